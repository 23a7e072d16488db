"""What the definition set says of matters, offices and localities, as records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from window_app.domain.assessment import Citation, Text

Cells = Mapping[str, Any]
"""A condition as written: unary tests by the name of a fact or of a field of the same record."""

TODAY = "today"
"""A bound of a date field that means the legal date of the visit."""


class FieldType(StrEnum):
    """The types of form fields."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    PERSON_NAME = "person_name"
    RESIDENT_ID = "resident_id"
    USCC = "uscc"
    DATE = "date"
    DATE_RANGE = "date_range"
    MONEY = "money"
    INTEGER = "integer"
    CHOICE = "choice"
    BOOL = "bool"
    PHONE = "phone"
    ADDRESS = "address"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """A field of a form.

    Attributes:
        minimum, maximum: bounds of money, integer and date; `TODAY` stands for the visit's date.
        values: labels of a choice by code.
        fills: the field to fill in, by what the resident number tells (birth_date, sex, kind).
    """

    code: str
    type: FieldType
    label: Text
    hint: Text = field(default_factory=dict)
    due: bool = False
    due_if: Cells | None = None
    show_if: Cells | None = None
    values: Mapping[str, Text] = field(default_factory=dict)
    minimum: Decimal | date | str | None = None
    maximum: Decimal | date | str | None = None
    max_length: int | None = None
    supplies: str | None = None
    fills: Mapping[str, str] = field(default_factory=dict)
    basis: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeat:
    """How often a section's record may stand."""

    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class SectionDefinition:
    """A section of a form: one record, or a list of records where it repeats.

    Attributes:
        shared: the answers belong to the visit and are seen by all its matters.
        supplies: a list fact that the records give; their fields by the same name, or by `supplies`.
    """

    code: str
    title: Text
    fields: tuple[FieldDefinition, ...]
    hint: Text = field(default_factory=dict)
    shared: bool = False
    repeat: Repeat | None = None
    show_if: Cells | None = None
    supplies: str | None = None

    def field(self, code: str) -> FieldDefinition:
        """Return a field.

        Raises:
            KeyError: where the section has no such field.
        """
        for each in self.fields:
            if each.code == code:
                return each
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class CheckDefinition:
    """A check across the fields of a record; `severity` is "error" or "due"."""

    code: str
    section: str
    problem_if: Cells
    field: str | None
    severity: str
    message: Text
    basis: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class MaterialDefinition:
    """A line of the checklist.

    Attributes:
        original: "seen", "taken" or "none".
        copies: how many; None for one per respondent.
        optional: shown, but never due.
    """

    code: str
    title: Text
    original: str
    copies: int | None
    due_if: Cells | None = None
    optional: bool = False
    hint: Text = field(default_factory=dict)
    basis: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class MatterDefinition:
    """A matter that can be taken in: its form, materials, papers and the limit of the answer."""

    code: str
    title: Text
    route: str
    office_kind: str
    sections: tuple[SectionDefinition, ...]
    checks: tuple[CheckDefinition, ...]
    materials: tuple[MaterialDefinition, ...]
    papers: tuple[str, ...]
    answer_deadline: str
    basis: tuple[Citation, ...] = ()

    def section(self, code: str) -> SectionDefinition:
        """Return a section.

        Raises:
            KeyError: where the matter has no such section.
        """
        for each in self.sections:
            if each.code == code:
                return each
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class OfficeDefinition:
    """An office that decides, or to which a visitor is shown the way.

    Attributes:
        series: how its decisions are numbered, by state, with {year}, {station} and {serial}.
    """

    code: str
    title: Text
    kind: str
    district: str | None
    address: str
    phone: str
    hours: str
    serves: tuple[str, ...]
    series: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DecisionGround:
    """A lawful ground of a kind of office to give a case a state.

    Attributes:
        state: the state it gives; `after`: the states it may follow.
        to: kinds of offices that a transfer on this ground may go to.
        resumes: it goes on with what a suspension stopped.
        limit: the office's own limit that runs from then on.
    """

    code: str
    state: str
    title: Text
    after: frozenset[str]
    to: tuple[str, ...]
    resumes: bool
    limit: str | None
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class LocalityDefinition:
    """A province or city: what of it the engine does not read itself."""

    code: str
    title: Text
    parent: str | None
    districts: tuple[str, ...]


def read_citation(mapping: Mapping[str, Any]) -> Citation:
    """Return a citation from its parsed YAML."""
    item = mapping.get("item")
    return Citation(
        law=mapping["law"],
        article=str(mapping["article"]),
        paragraph=mapping.get("paragraph"),
        item=None if item is None else str(item),
        gist=mapping.get("gist", {}),
        verified=mapping.get("verified", True),
    )


def read_basis(mapping: Mapping[str, Any]) -> tuple[Citation, ...]:
    """Return the citations under `basis`."""
    return tuple(read_citation(each) for each in mapping.get("basis", ()))


def read_matter(mapping: Mapping[str, Any], choices: Mapping[str, Mapping[str, Text]]) -> MatterDefinition:
    """Return a matter from its parsed YAML; `choices` are the values of the enum facts."""
    return MatterDefinition(
        code=mapping["matter"],
        title=mapping["title"],
        route=mapping["route"],
        office_kind=mapping["office_kind"],
        sections=tuple(_section(each, choices) for each in mapping["sections"]),
        checks=tuple(_check(each) for each in mapping.get("checks", ())),
        materials=tuple(_material(each) for each in mapping["materials"]),
        papers=tuple(mapping["papers"]),
        answer_deadline=mapping["answer_deadline"],
        basis=read_basis(mapping),
    )


def _section(mapping: Mapping[str, Any], choices: Mapping[str, Mapping[str, Text]]) -> SectionDefinition:
    repeat = mapping.get("repeat")
    return SectionDefinition(
        code=mapping["section"],
        title=mapping["title"],
        fields=tuple(_field(each, choices) for each in mapping["fields"]),
        hint=mapping.get("hint", {}),
        shared=mapping.get("shared", False),
        repeat=None if repeat is None else Repeat(repeat.get("min", 0), repeat.get("max", 1000)),
        show_if=mapping.get("show_if"),
        supplies=mapping.get("supplies"),
    )


def _field(mapping: Mapping[str, Any], choices: Mapping[str, Mapping[str, Text]]) -> FieldDefinition:
    kind = FieldType(mapping["type"])
    return FieldDefinition(
        code=mapping["field"],
        type=kind,
        label=mapping["label"],
        hint=mapping.get("hint", {}),
        due=mapping.get("due", False),
        due_if=mapping.get("due_if"),
        show_if=mapping.get("show_if"),
        values=_values(mapping, choices),
        minimum=_bound(kind, mapping.get("min")),
        maximum=_bound(kind, mapping.get("max")),
        max_length=mapping.get("max_length"),
        supplies=mapping.get("supplies"),
        fills=mapping.get("fills", {}),
        basis=read_basis(mapping),
    )


def _values(mapping: Mapping[str, Any], choices: Mapping[str, Mapping[str, Text]]) -> Mapping[str, Text]:
    """Return a choice's own values, or those of the enum fact it names or supplies."""
    stated = mapping.get("values")
    if mapping["type"] != FieldType.CHOICE:
        return {}
    if stated is None:
        return choices.get(mapping.get("supplies", ""), {})
    fact = stated.get("fact")
    return choices.get(fact, {}) if isinstance(fact, str) else stated


def _bound(kind: FieldType, value: int | str | None) -> Decimal | date | str | None:
    if value is None or value == TODAY:
        return value
    if kind in (FieldType.DATE, FieldType.DATE_RANGE):
        return date.fromisoformat(str(value))
    return Decimal(str(value))


def _check(mapping: Mapping[str, Any]) -> CheckDefinition:
    return CheckDefinition(
        code=mapping["check"],
        section=mapping["section"],
        problem_if=mapping["problem_if"],
        field=mapping.get("field"),
        severity=mapping["severity"],
        message=mapping["message"],
        basis=read_basis(mapping),
    )


def _material(mapping: Mapping[str, Any]) -> MaterialDefinition:
    copies = mapping["copies"]
    return MaterialDefinition(
        code=mapping["material"],
        title=mapping["title"],
        original=mapping["original"],
        copies=None if copies == "per_respondent" else copies,
        due_if=mapping.get("due_if"),
        optional=mapping.get("optional", False),
        hint=mapping.get("hint", {}),
        basis=read_basis(mapping),
    )


def read_office(mapping: Mapping[str, Any]) -> OfficeDefinition:
    """Return an office from its parsed YAML."""
    return OfficeDefinition(
        code=mapping["office"],
        title=mapping["title"],
        kind=mapping["kind"],
        district=mapping.get("district"),
        address=_chinese(mapping.get("address", "")),
        phone=mapping.get("phone", ""),
        hours=_chinese(mapping.get("hours", "")),
        serves=tuple(mapping["serves"]),
        series=mapping.get("series", {}),
    )


def read_decisions(mapping: Mapping[str, Any]) -> tuple[DecisionGround, ...]:
    """Return the grounds of a kind of office from its parsed YAML, in order."""
    return tuple(
        DecisionGround(
            code=each["ground"],
            state=each["state"],
            title=each["title"],
            after=frozenset(each["after"]),
            to=tuple(each.get("to", ())),
            resumes=each.get("resumes", False),
            limit=each.get("limit"),
            basis=read_basis(each),
        )
        for each in mapping["grounds"]
    )


def _chinese(text: str | Mapping[str, str]) -> str:
    return text if isinstance(text, str) else text["zh"]


def read_locality(mapping: Mapping[str, Any]) -> LocalityDefinition:
    """Return a locality from its parsed YAML."""
    districts: Sequence[str] = mapping.get("districts", ())
    return LocalityDefinition(mapping["locality"], mapping["title"], mapping.get("parent"), tuple(districts))
