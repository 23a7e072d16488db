"""A form being filled: what is visible, what is wrong or missing, and the facts it gives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from window_app.domain.assessment import Citation, Text
from window_app.domain.visits import MaterialState, MaterialTick, VisitDraft
from window_app.errors import WindowAppError
from window_app.forms.compiled import RANGE_ENDS, MatterConditions
from window_app.forms.definitions import (
    FieldDefinition,
    FieldType,
    MaterialDefinition,
    MatterDefinition,
    SectionDefinition,
)
from window_app.forms.fields import FieldFault, Parsed, Problem, is_empty, parse_field, told_by_number
from window_app.rules.values import FactType

if TYPE_CHECKING:
    from window_app.forms.loader import DefinitionSet

RESPONDENTS = "respondents"
"""The section whose records are counted for copies per respondent."""

_SETTLING_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class VisibleField:
    """A field as it stands in a record: the value as typed, and whether it has to be there in the end."""

    definition: FieldDefinition
    value: Any
    due: bool


@dataclass(frozen=True, slots=True)
class VisibleRecord:
    """A record of a section with its visible fields; `index` is 0 where the section does not repeat."""

    index: int
    fields: tuple[VisibleField, ...]


@dataclass(frozen=True, slots=True)
class VisibleSection:
    """A section that is shown; one that repeats may have no record yet."""

    definition: SectionDefinition
    records: tuple[VisibleRecord, ...]


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """A line of the checklist.

    Attributes:
        due: it has to be there in the end.
        copies: how many copies are wanted; `copies_given` how many were ticked.
        missing: due and not there, or fewer copies than wanted.
    """

    code: str
    title: Text
    due: bool
    copies: int
    state: MaterialState
    missing: bool
    copies_given: int
    original: str
    remark: str
    hint: Text
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A visible field's outcome: what was typed, its value, its fault."""

    field: FieldDefinition
    raw: Any
    parsed: Parsed | None
    fault: WindowAppError | None


@dataclass(frozen=True, slots=True)
class _Record:
    """A record's visible cells and what conditions see of it."""

    index: int
    cells: tuple[_Cell, ...]
    known: Mapping[str, Any]
    raw: Mapping[str, Any]


class FormFilling:
    """The form of one matter as far as a visit's draft has filled it. Immutable; made anew after each change."""

    def __init__(
        self,
        matter: MatterDefinition,
        definitions: "DefinitionSet",
        draft: VisitDraft,
        matter_key: str,
        on: date,
        station_facts: Mapping[str, Any] | None = None,
    ) -> None:
        """Take the draft as it stands; `on` is the legal date of the visit, `station_facts` locality and district.

        Raises:
            KeyError: where the draft has no such matter.
        """
        self.matter = matter
        self.on = on
        self._definitions = definitions
        self._draft = draft
        self._own = draft.matter(matter_key)
        self._conditions: MatterConditions = definitions.conditions[matter.code]
        self._cells: dict[tuple[str, int, str], _Cell] = {}
        self._broken: list[Problem] = []
        self._records: dict[str, tuple[_Record, ...]] = {}
        self._supplied: dict[str, Any] = {}
        self._known = self._told_facts(station_facts or {})
        self._settle()

    def visible_sections(self) -> tuple[VisibleSection, ...]:
        """Return the sections shown, each with its records and their visible fields, in order."""
        return tuple(
            VisibleSection(section, tuple(self._visible(section, record) for record in self._records[section.code]))
            for section in self.matter.sections
            if section.code in self._records
        )

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong and what is missing, in the order of the form. Materials stand apart."""
        found = [*self._broken]
        for section in self.matter.sections:
            if section.code in self._records:
                found.extend(self._section_problems(section))
        return tuple(found)

    def materials(self) -> tuple[MaterialLine, ...]:
        """Return the checklist in the order of the definition."""
        return tuple(self._line(material) for material in self.matter.materials)

    def facts(self) -> dict[str, Any]:
        """Return the facts that visible, valid fields give, lists of records included."""
        return dict(self._supplied)

    def known_facts(self) -> dict[str, Any]:
        """Return all facts that the form's conditions see: told, given by fields, and derived."""
        return dict(self._known)

    def fills(self, section: str, index: int, field: str, value: object) -> dict[str, str]:
        """Return the fields to fill in from a number just typed, by field; nothing where it tells nothing.

        Raises:
            KeyError: where the form has no such field.
        """
        del index
        return told_by_number(self.matter.section(section).field(field), value, self.on)

    def normalised(self) -> dict[str, Any]:
        """Return the answers of the visible fields as they are stored: valid values, by section."""
        return {
            section.code: _stored(section, self._records[section.code])
            for section in self.matter.sections
            if section.code in self._records
        }

    # --- settling: visibility depends on facts, facts on visible fields ---

    def _told_facts(self, station_facts: Mapping[str, Any]) -> dict[str, Any]:
        vocabulary = self._definitions.vocabulary
        given = {"applied_on": self.on, **station_facts}
        known: dict[str, Any] = {name: value for name, value in given.items() if name in vocabulary}
        for name, value in (*self._draft.facts.items(), *self._own.facts.items()):
            if value is None or name not in vocabulary:
                continue
            try:
                known[name] = vocabulary.read_fact(name, value)
            except WindowAppError:
                continue  # the interview reports it at its question; here it counts as not known
        return vocabulary.complete(known)

    def _settle(self) -> None:
        told = self._known
        for _ in range(_SETTLING_ROUNDS):
            before = self._supplied
            self._broken = []
            self._records = dict(self._read_sections())
            self._supplied = self._supply()
            self._known = self._definitions.vocabulary.complete({**told, **self._supplied})
            if self._supplied == before:
                break

    def _read_sections(self) -> Iterator[tuple[str, tuple[_Record, ...]]]:
        for section in self.matter.sections:
            shown = self._conditions.sections[section.code]
            if shown is None or shown.test(self._known):
                raw = list(self._raw_records(section))
                yield section.code, tuple(self._read_record(section, index, each) for index, each in enumerate(raw))

    def _raw_records(self, section: SectionDefinition) -> Iterator[Mapping[str, Any]]:
        answers = self._draft.answers if section.shared else self._own.answers
        content = answers.get(section.code)
        if content is None:
            content = {} if section.repeat is None else [{}] * section.repeat.minimum
        records = [content] if section.repeat is None else content
        if not isinstance(records, list | tuple):
            self._broken.append(_problem(section.code, None, "", FieldFault("field.section_form")))
            return
        for index, record in enumerate(records):
            if isinstance(record, Mapping):
                yield record
            else:
                self._broken.append(_problem(section.code, index, "", FieldFault("field.section_form")))
                yield {}

    def _read_record(self, section: SectionDefinition, index: int, raw: Mapping[str, Any]) -> _Record:
        known: dict[str, Any] = {}
        cells = []
        for field in section.fields:
            shown = self._conditions.fields[section.code, field.code].show_if
            if shown is None or shown.test({**self._known, **known}):
                place = (section.code, index, field.code)
                if place not in self._cells:
                    self._cells[place] = _read_cell(field, raw.get(field.code), self.on)
                cell = self._cells[place]
                cells.append(cell)
                known.update(_as_facts(cell))
        return _Record(index, tuple(cells), known, raw)

    def _supply(self) -> dict[str, Any]:
        supplied: dict[str, Any] = {}
        for section in self.matter.sections:
            records = self._records.get(section.code, ())
            if section.supplies is not None and records:
                supplied[section.supplies] = self._list_fact(section.supplies, records)
            elif section.supplies is None:
                for record in records:
                    supplied.update(self._record_facts(record))
        return supplied

    def _record_facts(self, record: _Record) -> Iterator[tuple[str, Any]]:
        vocabulary = self._definitions.vocabulary
        for cell in record.cells:
            if cell.field.supplies is not None and cell.parsed is not None:
                value = _fact_value(cell.parsed.value, vocabulary.get(cell.field.supplies).type)
                if vocabulary.get(cell.field.supplies).accepts(value):
                    yield cell.field.supplies, value

    def _list_fact(self, fact: str, records: Sequence[_Record]) -> list[dict[str, Any]]:
        names = self._definitions.vocabulary.get(fact).fields
        return [dict(_list_record(record, names)) for record in records if _is_filled(record)]

    # --- problems ---

    def _section_problems(self, section: SectionDefinition) -> Iterator[Problem]:
        records = self._records[section.code]
        yield from _count_problems(section, records)
        for record in records:
            yield from _unknown_fields(section, record, self._definitions.field_codes(section.code))
            for cell in record.cells:
                if cell.fault is not None:
                    yield _problem(section.code, record.index, cell.field.code, cell.fault)
                elif cell.parsed is None and self._is_due(section, record, cell.field):
                    params = {"label": cell.field.label}
                    yield Problem(section.code, record.index, cell.field.code, "field.due", params, None, "due")
            yield from _number_mismatches(section, record, self.on)
            yield from self._check_problems(section, record)

    def _is_due(self, section: SectionDefinition, record: _Record, field: FieldDefinition) -> bool:
        condition = self._conditions.fields[section.code, field.code].due_if
        holds = None if condition is None else condition.test({**self._known, **record.known})
        return field.due if holds is None else holds

    def _check_problems(self, section: SectionDefinition, record: _Record) -> Iterator[Problem]:
        for check in self.matter.checks:
            if check.section != section.code:
                continue
            if self._conditions.checks[check.code].test({**self._known, **record.known}):
                code = f"check.{check.code}"
                place = (section.code, record.index, check.field or "")
                yield Problem(*place, code, {}, check.message, check.severity)

    # --- what is shown ---

    def _visible(self, section: SectionDefinition, record: _Record) -> VisibleRecord:
        fields = (
            VisibleField(cell.field, cell.raw, self._is_due(section, record, cell.field)) for cell in record.cells
        )
        return VisibleRecord(record.index, tuple(fields))

    def _line(self, material: MaterialDefinition) -> MaterialLine:
        condition = self._conditions.materials[material.code]
        due = not material.optional and (condition is None or condition.test(self._known) is True)
        copies = material.copies
        if copies is None:
            copies = max(1, len(self._records.get(RESPONDENTS, ())))
        tick = self._draft.materials.get(material.code, MaterialTick(MaterialState.MISSING))
        # Zero copies on a ticked line means that nobody counted them, not that there are none.
        short = tick.state is not MaterialState.NOT_NEEDED and 0 < tick.copies < copies
        return MaterialLine(
            code=material.code,
            title=material.title,
            due=due,
            copies=copies,
            state=tick.state,
            missing=due and (tick.state is MaterialState.MISSING or short),
            copies_given=tick.copies,
            original=material.original,
            remark=tick.remark,
            hint=material.hint,
            basis=material.basis,
        )


def _problem(section: str, index: int | None, field: str, fault: WindowAppError) -> Problem:
    return Problem(section, index, field, fault.code, fault.params, None, "error")


def _read_cell(field: FieldDefinition, raw: object, on: date) -> _Cell:
    try:
        return _Cell(field, raw, parse_field(field, raw, on), None)
    except WindowAppError as fault:
        return _Cell(field, raw, None, fault)


def _as_facts(cell: _Cell) -> Iterator[tuple[str, Any]]:
    if cell.parsed is None:
        return
    if cell.field.type is FieldType.DATE_RANGE:
        for end in RANGE_ENDS:
            if end in cell.parsed.value:
                yield f"{cell.field.code}_{end}", cell.parsed.value[end]
    else:
        yield cell.field.code, cell.parsed.value


def _fact_value(value: object, kind: FactType) -> Any:  # noqa: ANN401 - a fact's value of any type
    """Bring a field's value to the fact's type: a number as text where the fact is text, whole yuan as integer."""
    if kind is FactType.TEXT and not isinstance(value, str):
        return str(value)
    return value


def _is_filled(record: _Record) -> bool:
    return any(cell.parsed is not None for cell in record.cells)


def _list_record(record: _Record, names: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for cell in record.cells:
        for name, value in _as_facts(cell):
            target = cell.field.supplies or name
            if target in names:
                yield target, value


def _stored(section: SectionDefinition, records: Sequence[_Record]) -> Any:  # noqa: ANN401 - record or list of records
    stored = [
        {cell.field.code: cell.parsed.stored for cell in record.cells if cell.parsed is not None} for record in records
    ]
    return stored if section.repeat is not None else stored[0]


def _count_problems(section: SectionDefinition, records: Sequence[_Record]) -> Iterator[Problem]:
    repeat = section.repeat
    if repeat is None:
        return
    params: dict[str, object] = {"title": section.title, "count": len(records)}
    if len(records) > repeat.maximum:
        params["maximum"] = repeat.maximum
        yield Problem(section.code, None, "", "section.too_many", params, None, "error")
    elif len(records) < repeat.minimum:
        params["minimum"] = repeat.minimum
        yield Problem(section.code, None, "", "section.too_few", params, None, "due")


def _unknown_fields(section: SectionDefinition, record: _Record, known: frozenset[str]) -> Iterator[Problem]:
    for name, value in record.raw.items():
        if name not in known and not is_empty(value):
            yield _problem(section.code, record.index, str(name), FieldFault("field.unknown", field=str(name)))


def _number_mismatches(section: SectionDefinition, record: _Record, on: date) -> Iterator[Problem]:
    """Yield fields that contradict the resident number of the same record."""
    values = {cell.field.code: cell for cell in record.cells}
    for cell in record.cells:
        for target, told in told_by_number(cell.field, cell.raw, on).items():
            other = values.get(target)
            if other is not None and other.parsed is not None and other.parsed.stored != told:
                fault = FieldFault("field.differs_from_number", number=cell.field.label)
                yield _problem(section.code, record.index, target, fault)
