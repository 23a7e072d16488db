"""What a form says, field by field, as papers print it: every field of every section, "" where nothing was said."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from window_app.forms import DefinitionSet
from window_app.forms.definitions import FieldDefinition, FieldType, MatterDefinition, SectionDefinition
from window_app.forms.fields import is_empty
from window_app.i18n import Catalogue
from window_app.services.listed_claims import in_words as claims_in_words
from window_app.services.slip_lines import in_words

Words = dict[str, Any]
_STORIES = (("statement", "facts_and_reasons"), ("violation", "happened"), ("agreement", "content"))
_ASKED = ("claims", "requests", "mediation_requests")
_YES, _NO = "■同意　□不同意", "□同意　■不同意"
_OPEN = "□同意　□不同意"
ORDINALS = "一二三四五六七八九十"


class FormWords:
    """Puts the answers of forms into words."""

    def __init__(self, definitions: DefinitionSet) -> None:
        self._definitions = definitions
        self._texts = Catalogue("zh_CN")
        self._blank = _blank_sections(definitions.matters.values())

    def sections(self, matter: MatterDefinition | None, answers: Mapping[str, Any], on: date) -> Words:
        """Return every section known to the definitions: a record of texts, or a list of such where it repeats."""
        words: Words = {code: [] if repeats else dict(fields) for code, (fields, repeats) in self._blank.items()}
        for section in () if matter is None else matter.sections:
            said = answers.get(section.code)
            if section.repeat is None:
                words[section.code] = self._record(section, said if isinstance(said, Mapping) else {}, on)
            else:
                records = said if isinstance(said, Sequence) and not isinstance(said, str) else ()
                words[section.code] = [self._record(section, one, on) for one in records if isinstance(one, Mapping)]
        words["delivery"]["electronic_choice"] = _choice(answers.get("delivery"))
        return words

    def asked(self, matter: MatterDefinition | None, answers: Mapping[str, Any], on: date) -> list[Words]:
        """Return the claims or requests one by one in words: what, for which time, how much."""
        words = self.sections(matter, answers, on)
        return [{"text": _in_a_line(one)} for code in _ASKED for one in words.get(code, ())]

    def story(self, answers: Mapping[str, Any]) -> str:
        """Return what happened, as the form tells it; "" where it does not."""
        for section, field in _STORIES:
            said = answers.get(section)
            if isinstance(said, Mapping) and said.get(field):
                return str(said[field])
        return ""

    def office_kind(self, kind: str) -> str:
        """Return how an office of a kind is called where none is known by name."""
        return self._texts.text(f"office.kind.{kind}")

    def _record(self, section: SectionDefinition, record: Mapping[str, Any], on: date) -> Words:
        blank, _ = self._blank[section.code]
        told = {field.code: self._value(field, record.get(field.code)) for field in section.fields}
        return {**blank, **told, **_worked_out(record, on), "own_claims": claims_in_words(section, record)}

    def _value(self, field: FieldDefinition, value: Any) -> str:  # noqa: ANN401 - a stored value of any type
        if is_empty(value):
            return ""
        if field.type is FieldType.MONEY:
            return f"{Decimal(str(value)):,.2f}"
        return in_words(field, value, self._texts)


def numbered(records: Sequence[Words]) -> list[Words]:
    """Return parties with a mark that tells them apart where they are several."""
    if len(records) < 2:
        return [{**one, "mark": ""} for one in records]
    return [{**one, "mark": ORDINALS[at] if at < len(ORDINALS) else str(at + 1)} for at, one in enumerate(records)]


def _blank_sections(matters: Any) -> dict[str, tuple[dict[str, str], bool]]:  # noqa: ANN401 - matter definitions
    found: dict[str, tuple[dict[str, str], bool]] = {}
    for matter in matters:
        for section in matter.sections:
            fields, repeats = found.get(section.code, ({}, section.repeat is not None))
            found[section.code] = ({**fields, **dict.fromkeys((one.code for one in section.fields), "")}, repeats)
    return {code: ({**fields, **_worked_out({}, date.min)}, repeats) for code, (fields, repeats) in found.items()}


def _worked_out(record: Mapping[str, Any], on: date) -> Words:
    """Return what papers say of a person or an employer beside the fields themselves."""
    number = str(record.get("id_number") or record.get("other_number") or "")
    return {
        "identity": number,
        "age": _age(record.get("birth_date"), on),
        "is_unit": bool(record.get("uscc") or record.get("representative")) and not number,
        "is_person": bool(number),
        "own_claims": "",
    }


def _age(birth: object, on: date) -> str:
    try:
        born = date.fromisoformat(str(birth))
    except ValueError:
        return ""
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return f"{years}岁" if 0 <= years < 150 else ""


def _choice(delivery: object) -> str:
    said = delivery.get("electronic") if isinstance(delivery, Mapping) else None
    return _OPEN if said is None else _YES if said else _NO


def _in_a_line(claim: Words) -> str:
    """Return a claim as one sentence: what is asked for, the time it is about, the sum, its own words."""
    period = "至".join(part for part in (claim.get("from", ""), claim.get("to", "")) if part)
    head = (claim.get("kind") or claim.get("subject") or "") + (f"（{period}）" if period else "")
    amount = f"{claim['amount']}元" if claim.get("amount") else ""
    parts = [part for part in (head, amount) if part]
    return "；".join(_sentences(["，".join(parts), claim.get("content", "")])) + "。"


def _sentences(parts: Sequence[str]) -> Iterator[str]:
    for part in parts:
        said = part.strip().rstrip("。；")
        if said:
            yield said
