"""What a clerk types as an answer, turned into the JSON value of a fact."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from window_app.domain.assessment import Text
from window_app.errors import WindowAppError
from window_app.rules.values import Value

UNCLEAR = "unclear"
_UNCLEAR_WORDS = frozenset({UNCLEAR, "不清楚", "不确定", "说不清", "不知道", "not clear", "unclear"})
_YES = frozenset({"true", "yes", "y", "是", "有", "对", "1"})
_NO = frozenset({"false", "no", "n", "否", "不是", "没有", "无", "0"})
_MYRIAD = Decimal(10_000)
_AMOUNT = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")
_DATE = re.compile(r"^(\d{4})\s*(?:-|/|\.|年)\s*(\d{1,2})\s*(?:-|/|\.|月)\s*(\d{1,2})\s*[日号]?$")
_DENSE_DATE = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_ISO_DURATION = re.compile(r"^P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$")
_SPOKEN_DURATION = re.compile(r"^(?:(\d+)年)?零?(?:(\d+)个?月)?零?(?:(\d+)[天日])?$")


class AnswerInvalid(WindowAppError):
    """The text typed is no answer to this question; the code says what is expected."""

    code = "answer.invalid"


def read_answer(kind: str, typed: Value, *, values: Mapping[str, Text] | None = None, unclear: bool = False) -> Value:
    """Return the JSON value of what was typed for a fact of a kind.

    Raises:
        AnswerInvalid: codes `answer.choice`, `answer.bool`, `answer.integer`, `answer.money`,
            `answer.date`, `answer.duration`, `answer.empty`, `answer.invalid`.
    """
    if unclear and isinstance(typed, str) and plain(typed).lower() in _UNCLEAR_WORDS:
        return UNCLEAR
    if kind == "enum":
        return _choice(typed, values or {})
    reader = _READERS.get(kind)
    if reader is None:
        raise AnswerInvalid(kind=kind)
    return reader(typed)


def plain(text: str) -> str:
    """Return a text with full-width digits and letters made plain and its ends stripped."""
    return unicodedata.normalize("NFKC", text).strip()


def _choice(typed: Value, values: Mapping[str, Text]) -> str:
    if isinstance(typed, str):
        if typed in values:
            return typed
        wanted = plain(typed).casefold()
        for value, label in values.items():
            if wanted in {plain(text).casefold() for text in label.values()}:
                return value
    raise AnswerInvalid("answer.choice")


def _bool(typed: Value) -> bool:
    if isinstance(typed, bool):
        return typed
    word = plain(str(typed)).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise AnswerInvalid("answer.bool")


def _integer(typed: Value) -> int:
    if isinstance(typed, int) and not isinstance(typed, bool):
        return typed
    text = plain(str(typed)).replace(",", "")
    if re.fullmatch(r"-?\d{1,12}", text):
        return int(text)
    return _spoken_number(text)


def _spoken_number(text: str) -> int:
    if re.fullmatch(r"[零〇一二两三四五六七八九十百千万]{1,12}", text):
        import cn2an  # slow to load, and only spoken numbers need it

        try:
            return int(cn2an.cn2an(text.replace("〇", "零"), "smart"))
        except ValueError:
            raise AnswerInvalid("answer.integer") from None
    raise AnswerInvalid("answer.integer")


def _money(typed: Value) -> str:
    text = plain(str(typed)).replace(",", "").removeprefix("¥").removesuffix("元").strip()
    factor = Decimal(1)
    if text.endswith("万"):
        text, factor = text[:-1], _MYRIAD
    if isinstance(typed, bool) or not _AMOUNT.fullmatch(text):
        raise AnswerInvalid("answer.money")
    amount = Decimal(text) * factor
    if amount != round(amount, 2):
        raise AnswerInvalid("answer.money")
    return str(int(amount)) if amount == int(amount) else f"{amount:.2f}"


def _date(typed: Value) -> str:
    if isinstance(typed, date):
        return typed.isoformat()
    text = plain(str(typed))
    parts = _DATE.match(text) or _DENSE_DATE.match(text)
    if parts is None:
        raise AnswerInvalid("answer.date")
    try:
        return date(int(parts[1]), int(parts[2]), int(parts[3])).isoformat()
    except ValueError:
        raise AnswerInvalid("answer.no_such_date", date=text) from None


def _duration(typed: Value) -> str:
    text = plain(str(typed)).replace(" ", "")
    spoken = text.replace("半年", "6个月")
    parts = _ISO_DURATION.match(text.upper()) or _SPOKEN_DURATION.match(spoken)
    if parts is None or not any(parts.groups()):
        raise AnswerInvalid("answer.duration")
    named = zip(parts.groups(), "YMD", strict=True)
    return "P" + "".join(f"{int(amount)}{unit}" for amount, unit in named if amount)


def _text(typed: Value) -> str:
    text = str(typed).strip()
    if not text:
        raise AnswerInvalid("answer.empty")
    return text


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "bool": _bool,
    "integer": _integer,
    "money": _money,
    "date": _date,
    "duration": _duration,
    "text": _text,
}
