"""Fields of a received form by name ("applicant.phone", "respondents[1].name"), and whom a form names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from window_app.domain.cases import Party, SetValue

_NAME = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?:\[(0|[1-9][0-9]{0,3})\])?\.([A-Za-z_][A-Za-z0-9_]*)")
_ROLES = (
    ("applicant", "applicant"),
    ("applicants", "applicant"),
    ("respondent", "respondent"),
    ("respondents", "respondent"),
    ("workers", "worker"),
    ("parties", ""),
)


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where a field stands in the answers; `index` is None in a section that is not repeated."""

    section: str
    index: int | None
    field: str


def field_place(name: str) -> FieldPlace | None:
    """Return where a field of this name stands, or None where it is no name of a field.

    >>> field_place("respondents[1].name")
    FieldPlace(section='respondents', index=1, field='name')
    """
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    section, index, field = found.groups()
    return FieldPlace(section, None if index is None else int(index), field)


def value_in(answers: Mapping[str, Any], name: str) -> tuple[bool, Any]:
    """Return whether answers hold a field, and its value."""
    place = field_place(name)
    record = None if place is None else _record(answers, place)
    if place is None or record is None:
        return False, None
    return True, record.get(place.field)


def _record(answers: Mapping[str, Any], place: FieldPlace) -> Mapping[str, Any] | None:
    content = answers.get(place.section)
    if place.index is None:
        return content if isinstance(content, Mapping) else None
    if not isinstance(content, (list, tuple)) or place.index >= len(content):
        return None
    record = content[place.index]
    return record if isinstance(record, Mapping) else None


def corrected(body: Mapping[str, Any], visit_id: UUID | None, fields: Mapping[str, SetValue]) -> dict[str, Any]:
    """Return the body of a receiving as it reads with the fields set since; the body itself stays."""
    said = {**body, "answers": dict(_mapping(body.get("answers")))}
    for name, new in fields.items():
        place = field_place(name)
        if place is not None and new.known and _record(said["answers"], place) is not None:
            _set_answer(said["answers"], place, new.value)
            _set_party(said, place, visit_id, new.value)
    return said


def _set_answer(answers: dict[str, Any], place: FieldPlace, value: object) -> None:
    content = answers[place.section]
    if place.index is None:
        answers[place.section] = {**content, place.field: value}
    else:
        records = list(content)
        records[place.index] = {**records[place.index], place.field: value}
        answers[place.section] = records


def _set_party(said: dict[str, Any], place: FieldPlace, visit_id: UUID | None, value: object) -> None:
    """Set a field also where the body names the party of that section once more."""
    if visit_id is None:
        return
    party = str(uuid5(visit_id, f"{place.section}/{place.index or 0}"))
    for key in ("applicant", "respondents", "parties"):
        content = said.get(key)
        if isinstance(content, Mapping):
            said[key] = _changed(content, party, place.field, value)
        elif isinstance(content, list):
            said[key] = [_changed(one, party, place.field, value) for one in content]


def _changed(record: object, party: str, field: str, value: object) -> object:
    if isinstance(record, Mapping) and record.get("party_id") == party:
        return {**record, field: value}
    return record


def parties_in(body: Mapping[str, Any]) -> tuple[Party, ...]:
    """Return everybody whom a receiving names, in its own sections and in those of its answers."""
    if not body:
        return ()
    found: dict[Party, None] = {}
    answers = body.get("answers")
    for source in (body, answers) if isinstance(answers, Mapping) else (body,):
        for section, role in _ROLES:
            for record in _records(source.get(section)):
                found.update(dict.fromkeys(_named(record, role)))
    return tuple(found)


def _named(record: Mapping[str, Any], role: str) -> list[Party]:
    phone = str(record.get("phone") or "")
    names = (record.get(key) for key in ("name", "shop_sign", "alias"))
    return [Party(role or str(record.get("role") or "party"), str(name), phone) for name in names if name]


def _records(value: object) -> list[Mapping[str, Any]]:
    # What JSON gives is a dict or a list; asking for these first is cheaper than asking what is like them.
    if value is None or isinstance(value, str):
        return []
    if isinstance(value, (dict, Mapping)):
        return [value]
    if isinstance(value, (list, Sequence)):
        return [record for record in value if isinstance(record, (dict, Mapping))]
    return []


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
