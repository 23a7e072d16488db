"""What the definition set says of matters, offices and localities, as records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from window_app.domain.assessment import Citation, Text

Cells = Mapping[str, Any]
"""A condition as written: unary tests by the name of a fact or of a field of the same record."""

CASE = "case"
"""How a matter ends that is taken in."""
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
    INDUSTRY = "industry"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """A field of a form.

    Attributes:
        minimum, maximum: bounds of money, integer and date; `TODAY` stands for the visit's date.
        values: labels of a choice by code.
        fills: the field to fill in, by what the resident number tells (birth_date, sex, kind).
        headings: what the column of an imported sheet may be called, beside the label.
        takes: section and field of the visit whose answer stands here until another is typed.
        on_slip: printed on the guidance slip of a matter that does not end in a case.
        counted: its code or number stands in the envelope of such a matter, for the statistics.
        only_in, due_in: localities that alone ask for it, or in which it has to be there.
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
    headings: tuple[str, ...] = ()
    basis: tuple[Citation, ...] = ()
    takes: tuple[str, str] | None = None
    on_slip: bool = False
    counted: bool = False
    only_in: frozenset[str] = frozenset()
    due_in: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Repeat:
    """How often a section's record may stand."""

    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class OwnClaims:
    """Which fields of a list of people say what each of them asks for.

    Attributes:
        kind: the choice of what is asked for; `several` its value where one person asks for more than one thing.
        amounts: the field of each kind's amount, by the value of the choice; they stand where it is `several`.
        total: the amount of a single claim, and the sum of several.
        since, until: the time it is about; of several claims the earliest and the latest day.
        note: where words stand.
    """

    kind: str
    several: str
    amounts: Mapping[str, str]
    total: str
    since: str
    until: str
    note: str


@dataclass(frozen=True, slots=True)
class SectionDefinition:
    """A section of a form: one record, or a list of records where it repeats.

    Attributes:
        shared: the answers belong to the visit and are seen by all its matters.
        supplies: a list fact that the records give; their fields by the same name, or by `supplies`.
        own_claims: where each record is a person with claims of their own.
        only_in: localities that alone have it; empty for everywhere.
    """

    code: str
    title: Text
    fields: tuple[FieldDefinition, ...]
    hint: Text = field(default_factory=dict)
    shared: bool = False
    repeat: Repeat | None = None
    show_if: Cells | None = None
    supplies: str | None = None
    only_in: frozenset[str] = frozenset()
    own_claims: OwnClaims | None = None

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
    """A check across the fields of a record; `severity` is "error", "due" or "warning" (told, and nothing more)."""

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
        only_in, due_in: localities that alone ask for it, or in which it is due.
    """

    code: str
    title: Text
    original: str
    copies: int | None
    due_if: Cells | None = None
    optional: bool = False
    hint: Text = field(default_factory=dict)
    basis: tuple[Citation, ...] = ()
    only_in: frozenset[str] = frozenset()
    due_in: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MatterDefinition:
    """A matter with a form: sections, materials, papers.

    Attributes:
        ends: "case" where it is taken in; "inquiry", "guidance" or "referral" where it ends with a slip.
        answer_deadline: the limit of the office's answer; None where no rule states one.
    """

    code: str
    title: Text
    route: str
    office_kind: str
    sections: tuple[SectionDefinition, ...]
    checks: tuple[CheckDefinition, ...]
    materials: tuple[MaterialDefinition, ...]
    papers: tuple[str, ...]
    answer_deadline: str | None
    basis: tuple[Citation, ...] = ()
    ends: str = CASE

    @property
    def is_taken_in(self) -> bool:
        """Whether it becomes a case with a receipt number."""
        return self.ends == CASE

    def section(self, code: str) -> SectionDefinition:
        """Return a section.

        Raises:
            KeyError: where the matter has no such section.
        """
        for each in self.sections:
            if each.code == code:
                return each
        raise KeyError(code)


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
        answer_deadline=mapping.get("answer_deadline"),
        basis=read_basis(mapping),
        ends=mapping.get("ends", CASE),
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
        only_in=frozenset(mapping.get("only_in", ())),
        own_claims=OwnClaims(**mapping["own_claims"]) if "own_claims" in mapping else None,
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
        headings=tuple(mapping.get("headings", ())),
        basis=read_basis(mapping),
        takes=_place(mapping.get("takes")),
        on_slip=mapping.get("on_slip", False),
        counted=mapping.get("counted", False),
        only_in=frozenset(mapping.get("only_in", ())),
        due_in=frozenset(mapping.get("due_in", ())),
    )


def _place(text: str | None) -> tuple[str, str] | None:
    if text is None:
        return None
    section, _, code = text.partition(".")
    return section, code


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
        only_in=frozenset(mapping.get("only_in", ())),
        due_in=frozenset(mapping.get("due_in", ())),
    )
