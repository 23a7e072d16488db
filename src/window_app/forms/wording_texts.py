"""Filling the placeholders of a paper's texts: dates, periods, lists and citations as China writes them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from window_app.clock import CHINA
from window_app.errors import WindowAppError

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NAME = re.compile(r"([a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*)(?::([a-z]+))?")
NEGATION = re.compile(r"not\((.*)\)")
UNITS: Mapping[str, str] = {"workdays": "个工作日", "days": "日", "months": "个月", "years": "年"}
DIGITS = "零一二三四五六七八九"


class Scope:
    """The values that a text can name: those of the paper, over them those of a record of a list."""

    def __init__(self, paper: str, values: Mapping[str, Any]) -> None:
        """Keep the paper's code for messages and the values as JSON."""
        self._paper = paper
        self._values = values

    def find(self, name: str) -> Any:  # noqa: ANN401 - a JSON value of any kind
        """Return a value by its dotted name, or None."""
        value: Any = self._values
        for part in name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        return value

    def require(self, name: str) -> Any:  # noqa: ANN401 - a JSON value of any kind
        """Return a value that must be there.

        Raises:
            WindowAppError: `wording.value_missing`.
        """
        value = self.find(name)
        if value is None:
            raise WindowAppError("wording.value_missing", paper=self._paper, name=name)
        return value

    def text(self, name: str) -> str:
        """Return a value that must be there as it is printed; a record or a list is never printed as it stands.

        Raises:
            WindowAppError: `wording.value_missing`, `wording.value_no_text`.
        """
        value = self.require(name)
        if isinstance(value, Mapping | list):
            raise WindowAppError("wording.value_no_text", paper=self._paper, name=name)
        return str(value)

    def each(self, name: str) -> Iterator["Scope"]:
        """Yield a scope for each record of a list value, with its `index` from 1."""
        for index, record in enumerate(self.find(name) or (), start=1):
            fields = record if isinstance(record, Mapping) else {"text": record}
            yield Scope(self._paper, {**self._values, **fields, "index": index})

    def holds(self, entry: Mapping[str, Any]) -> bool:
        """Tell whether a block or item applies: `if` and `unless` name values, `when` compares them."""
        named = _names(entry.get("if"))
        if not all(self.find(name) for name in named):
            return False
        if any(self.find(name) for name in _names(entry.get("unless"))):
            return False
        return all(self._matches(name, wanted) for name, wanted in entry.get("when", {}).items())

    def _matches(self, name: str, wanted: Any) -> bool:  # noqa: ANN401 - a JSON value of any kind
        value = self.find(name)
        if isinstance(wanted, str) and (unwanted := NEGATION.fullmatch(wanted)):
            return str(value) not in re.split(r",\s*", unwanted[1])
        return value in wanted if isinstance(wanted, list) else bool(value == wanted)


def _names(entry: object) -> tuple[str, ...]:
    if entry is None:
        return ()
    return (entry,) if isinstance(entry, str) else tuple(str(name) for name in entry) if isinstance(entry, list) else ()


def placeholders(text: str) -> tuple[str, ...]:
    """Return the names of the values that a text asks for.

    Raises:
        ValueError: for a placeholder that no text can have.
    """
    names = []
    for inner in PLACEHOLDER.findall(text):
        match = NAME.fullmatch(inner)
        if match is None or (match[2] is not None and match[2] not in FORMATS):
            raise ValueError(inner)
        names.append(match[1])
    if text.count("{") != len(names) or text.count("}") != len(names):
        raise ValueError(text)
    return tuple(names)


def fill(text: str, scope: Scope) -> str:
    """Return a text with its placeholders filled in.

    Raises:
        WindowAppError: `wording.value_missing`, `wording.value_no_text`.
    """

    def value_of(match: re.Match[str]) -> str:
        name, _, form = match[1].partition(":")
        return scope.text(name) if form in ("", "text") else FORMATS[form](scope.require(name))

    return PLACEHOLDER.sub(value_of, text)


def json_values(value: Any) -> Any:  # noqa: ANN401 - JSON in, JSON out
    """Return values as plain JSON: dates as ISO text, amounts as text, records as mappings."""
    if is_dataclass(value) and not isinstance(value, type):
        return json_values(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): json_values(part) for key, part in value.items()}
    if isinstance(value, datetime):
        return value.astimezone(CHINA).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [json_values(part) for part in value]
    return value


def chinese_number(number: int) -> str:
    """Return a number below 1000 in Chinese numerals, as articles are numbered.

    >>> chinese_number(10), chinese_number(46), chinese_number(105), chinese_number(110)
    ('十', '四十六', '一百零五', '一百一十')
    """
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return (text + (DIGITS[ones] if ones else "")) or DIGITS[0]


def citation_text(citation: Mapping[str, Any]) -> str:
    """Return a citation as papers write it, from law, article, paragraph and item.

    >>> citation_text({"law": "劳动争议调解仲裁法", "article": 27, "paragraph": 4})
    '《劳动争议调解仲裁法》第二十七条第四款'
    """
    return _law_title(citation) + _place(citation)


def _law_title(citation: Mapping[str, Any]) -> str:
    law = str(citation["law"]).replace("《", "〈").replace("》", "〉")
    return f"《{law}》"


def _place(citation: Mapping[str, Any]) -> str:
    main, _, inserted = str(citation["article"]).partition("-")
    text = f"第{_numeral(main)}条"
    if inserted:
        text += f"之{_numeral(inserted)}"
    if citation.get("paragraph"):
        text += f"第{_numeral(str(citation['paragraph']))}款"
    if citation.get("item"):
        text += f"第（{_numeral(str(citation['item']))}）项"
    return text


def _numeral(text: str) -> str:
    return chinese_number(int(text)) if text.isdecimal() and int(text) < 1000 else text


def _date(value: Any) -> str:  # noqa: ANN401 - a JSON value
    day = date.fromisoformat(str(value)[:10])
    return f"{day.year}年{day.month}月{day.day}日"


def _instant(value: Any) -> str:  # noqa: ANN401 - a JSON value
    moment = datetime.fromisoformat(str(value)).astimezone(CHINA)
    return f"{_date(moment.date())} {moment.hour:02d}:{moment.minute:02d}"


def _list(value: Any) -> str:  # noqa: ANN401 - a JSON value
    return value if isinstance(value, str) else "、".join(str(part) for part in value)


def _sentences(value: Any) -> str:  # noqa: ANN401 - a JSON value
    texts = [value] if isinstance(value, str) else [str(part) for part in value]
    return "".join(text if text.endswith(("。", "！", "？")) else f"{text}。" for text in texts)


def _limits(value: Any) -> str:  # noqa: ANN401 - a JSON value
    return "\n".join(_sentences(part if isinstance(part, str) else _limit(part)) for part in value)


def _limit(limit: Mapping[str, Any]) -> str:
    title = limit["title"]["zh"] if isinstance(limit["title"], Mapping) else limit["title"]
    text = f"{title}：最后一日为{_date(limit['due_on'])}"
    if limit.get("provisional"):
        text += "（暂定，以放假安排公布后的日期为准）"
    if limit.get("basis"):
        text += f"，依据{_citations(limit['basis'])}"
    return text


def _citations(value: Any) -> str:  # noqa: ANN401 - a JSON value
    return "；".join(_by_law(value))


def _laws(value: Any) -> str:  # noqa: ANN401 - a JSON value
    return "\n".join(_by_law(value))


def _by_law(value: Any) -> list[str]:  # noqa: ANN401 - a JSON value
    """Return citations law by law: each law is named once, its articles follow, none of them twice."""
    if isinstance(value, str):
        return [value]
    citations: Sequence[Mapping[str, Any]] = [value] if isinstance(value, Mapping) else value
    laws: dict[str, dict[str, None]] = {}
    for citation in citations:
        laws.setdefault(_law_title(citation), {})[_place(citation)] = None
    return [law + "、".join(places) for law, places in laws.items()]


def _period(value: Any) -> str:  # noqa: ANN401 - a JSON value
    return f"{value['amount']}{UNITS[value['unit']]}"


def _ordinal(value: Any) -> str:  # noqa: ANN401 - a JSON value
    return chinese_number(int(value))


FORMATS: Mapping[str, Callable[[Any], str]] = {
    "ordinal": _ordinal,
    "text": str,
    "date": _date,
    "instant": _instant,
    "list": _list,
    "cite": _citations,
    "laws": _laws,
    "period": _period,
    "sentences": _sentences,
    "limits": _limits,
}
