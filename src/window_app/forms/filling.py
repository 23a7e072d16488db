"""A form being filled: what is visible, what is wrong or missing, and the facts it gives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from window_app.domain.assessment import Citation, Text
from window_app.domain.visits import EXCUSED, MaterialState, MaterialTick, VisitDraft
from window_app.errors import WindowAppError
from window_app.forms.compiled import MatterConditions
from window_app.forms.definitions import (
    FieldDefinition,
    MaterialDefinition,
    MatterDefinition,
    SectionDefinition,
)
from window_app.forms.fields import FieldFault, Problem, is_empty, told_by_number
from window_app.forms.filled_records import Around, Record, RecordReader, VisibleField, VisibleRecord, is_here
from window_app.forms.own_claims import differing_sum, sum_told
from window_app.forms.told import told_facts
from window_app.rules.values import FactType

if TYPE_CHECKING:
    from window_app.forms.loader import DefinitionSet

RESPONDENTS = "respondents"
"""The section whose records are counted for copies per respondent."""

_SETTLING_ROUNDS = 4


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
        earlier: "FormFilling | None" = None,
    ) -> None:
        """Take the draft as it stands; `on` is the legal date of the visit, `station_facts` locality and district.

        `earlier` is the same form before the last change: records that are still the same mapping are not read anew.

        Raises:
            KeyError: where the draft has no such matter.
        """
        self.matter = matter
        self.on = on
        self._definitions = definitions
        self._draft = draft
        self._own = draft.matter(matter_key)
        self._conditions: MatterConditions = definitions.conditions[matter.code]
        locality = (station_facts or {}).get("locality")
        self._listed = definitions.listed_in(locality)
        self._places = frozenset(() if locality is None else definitions.rules.chain(locality))
        before: RecordReader | None = None if earlier is None else earlier._reader
        around = Around(self._places, draft.answers)
        self._reader: RecordReader = RecordReader(matter, self._conditions, on, before, around)
        self._broken: list[Problem] = []
        self._records: dict[str, tuple[Record, ...]] = {}
        self._supplied: dict[str, Any] = {}
        given = {"applied_on": on, **(station_facts or {})}
        self._known = told_facts(definitions.vocabulary, draft, matter_key, given)
        self._settle()

    def is_of(self, draft: VisitDraft, on: date) -> bool:
        """Answer whether this is the form of a draft, the very same one, on a day."""
        return self._draft is draft and self.on == on

    def visible_sections(self) -> tuple[VisibleSection, ...]:
        """Return the sections shown, each with its records and their visible fields, in order."""
        return tuple(
            VisibleSection(
                section,
                tuple(
                    self._reader.visible(section, record, self._known, self._visible)
                    for record in self._records[section.code]
                ),
            )
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
        return tuple(self._line(material) for material in self.matter.materials if is_here(material, self._places))

    def facts(self) -> dict[str, Any]:
        """Return the facts that visible, valid fields give, lists of records included."""
        return dict(self._supplied)

    def known_facts(self) -> dict[str, Any]:
        """Return all facts that the form's conditions see: told, given by fields, and derived."""
        return dict(self._known)

    def fills(self, section: str, index: int, field: str, value: object) -> dict[str, str]:
        """Return the fields to fill in from what was just typed, by field: what a number tells, what amounts come to.

        Raises:
            KeyError: where the form has no such field.
        """
        definition = self.matter.section(section)
        told = told_by_number(definition.field(field), value, self.on)
        records = self._records.get(section, ())
        return {**told, **(sum_told(definition, records[index].raw, field) if index < len(records) else {})}

    def normalised(self) -> dict[str, Any]:
        """Return the answers of the visible fields as they are stored: valid values, None for blank, by section."""
        return {
            section.code: _stored(section, self._records[section.code])
            for section in self.matter.sections
            if section.code in self._records
        }

    def counts(self) -> dict[str, Any]:
        """Return the codes and numbers that the statistics count, by section and field."""
        return {
            f"{section.code}.{cell.field.code}": cell.parsed.stored
            for section in self.matter.sections
            for record in self._records.get(section.code, ())
            for cell in record.cells
            if cell.field.counted and cell.parsed is not None
        }

    # --- settling: visibility depends on facts, facts on visible fields ---

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

    def _read_sections(self) -> Iterator[tuple[str, tuple[Record, ...]]]:
        for section in self.matter.sections:
            shown = self._conditions.sections[section.code]
            if is_here(section, self._places) and (shown is None or shown.test(self._known)):
                raw = list(self._raw_records(section))
                yield (
                    section.code,
                    tuple(self._reader.read(section, index, each, self._known) for index, each in enumerate(raw)),
                )

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

    def _record_facts(self, record: Record) -> Iterator[tuple[str, Any]]:
        vocabulary = self._definitions.vocabulary
        for cell in record.cells:
            if cell.field.supplies is not None and cell.parsed is not None:
                value = _fact_value(cell.parsed.value, vocabulary.get(cell.field.supplies).type)
                if vocabulary.get(cell.field.supplies).accepts(value):
                    yield cell.field.supplies, value

    def _list_fact(self, fact: str, records: Sequence[Record]) -> list[dict[str, Any]]:
        names = self._definitions.vocabulary.get(fact).fields
        return [dict(_list_record(record, names)) for record in records if _is_filled(record)]

    # --- problems ---

    def _section_problems(self, section: SectionDefinition) -> Iterator[Problem]:
        records = self._records[section.code]
        yield from _count_problems(section, records)
        for record in records:
            yield from self._reader.problems(section, record, self._known, self._record_problems)

    def _record_problems(self, section: SectionDefinition, record: Record) -> Iterator[Problem]:
        yield from _unknown_fields(section, record, self._definitions.field_codes(section.code))
        for cell in record.cells:
            if cell.fault is not None:
                yield _problem(section.code, record.index, cell.field.code, cell.fault)
            elif cell.parsed is None and self._is_due(section, record, cell.field):
                params = {"label": cell.field.label}
                yield Problem(section.code, record.index, cell.field.code, "field.due", params, None, "due")
        yield from _number_mismatches(section, record, self.on)
        yield from _differing_sum(section, record)
        yield from self._check_problems(section, record)
        for cell in record.cells:
            listed = self._listed.get((section.code, cell.field.code))
            if listed is not None and cell.parsed is not None and cell.parsed.stored not in listed.values:
                yield Problem(
                    section.code, record.index, cell.field.code, "locality.listed", {}, listed.message, "warning"
                )

    def _is_due(self, section: SectionDefinition, record: Record, field: FieldDefinition) -> bool:
        if not field.due_in.isdisjoint(self._places):
            return True
        condition = self._conditions.fields[section.code, field.code].due_if
        holds = None if condition is None else condition.test({**self._known, **record.known})
        return field.due if holds is None else holds

    def _check_problems(self, section: SectionDefinition, record: Record) -> Iterator[Problem]:
        for check in self.matter.checks:
            if check.section != section.code:
                continue
            if self._conditions.checks[check.code].test({**self._known, **record.known}):
                code = f"check.{check.code}"
                place = (section.code, record.index, check.field or "")
                yield Problem(*place, code, {}, check.message, check.severity)

    # --- what is shown ---

    def _visible(self, section: SectionDefinition, record: Record) -> VisibleRecord:
        fields = (
            VisibleField(cell.field, cell.raw, self._is_due(section, record, cell.field)) for cell in record.cells
        )
        return VisibleRecord(record.index, tuple(fields))

    def _tick(self, material: str) -> MaterialTick:
        """Return how a material stands; a signed commitment stands in the place of one that was not brought."""
        tick = self._draft.materials.get(material, MaterialTick(MaterialState.MISSING))
        commitment = self._own.commitments.get(material)
        if tick.state is MaterialState.MISSING and commitment is not None and commitment.committed:
            return MaterialTick(MaterialState.COMMITTED)
        return MaterialTick(MaterialState.MISSING) if tick.state is MaterialState.COMMITTED else tick

    def _line(self, material: MaterialDefinition) -> MaterialLine:
        condition = self._conditions.materials[material.code]
        due = not material.optional and (condition is None or condition.test(self._known) is True)
        due = due or not material.due_in.isdisjoint(self._places)
        copies = material.copies
        if copies is None:
            copies = max(1, len(self._records.get(RESPONDENTS, ())))
        tick = self._tick(material.code)
        # Zero copies on a ticked line means that nobody counted them, not that there are none.
        short = tick.state not in EXCUSED and 0 < tick.copies < copies
        lacking = tick.state is MaterialState.MISSING or short
        unexplained = tick.state is MaterialState.WAIVED and not tick.remark.strip()
        return MaterialLine(
            code=material.code,
            title=material.title,
            due=due,
            copies=copies,
            state=tick.state,
            missing=due and (lacking or unexplained),
            copies_given=tick.copies,
            original=material.original,
            remark=tick.remark,
            hint=material.hint,
            basis=material.basis,
        )


def _problem(section: str, index: int | None, field: str, fault: WindowAppError) -> Problem:
    return Problem(section, index, field, fault.code, fault.params, None, "error")


def _fact_value(value: object, kind: FactType) -> Any:  # noqa: ANN401 - a fact's value of any type
    """Bring a field's value to the fact's type: a number as text where the fact is text, whole yuan as integer."""
    if kind is FactType.TEXT and not isinstance(value, str):
        return str(value)
    return value


def _is_filled(record: Record) -> bool:
    return any(cell.parsed is not None for cell in record.cells)


def _list_record(record: Record, names: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for cell in record.cells:
        for name, value in cell.facts():
            target = cell.field.supplies or name
            if target in names:
                yield target, value


def _stored(section: SectionDefinition, records: Sequence[Record]) -> Any:  # noqa: ANN401 - record or list of records
    stored = [dict(_stored_cells(record)) for record in records]
    return stored if section.repeat is not None else stored[0]


def _stored_cells(record: Record) -> Iterator[tuple[str, Any]]:
    for cell in record.cells:
        if cell.parsed is not None:
            yield cell.field.code, cell.parsed.stored
        elif cell.fault is None and cell.field.code in record.raw:
            yield cell.field.code, None  # emptied on purpose, which is not the same as never answered


def _count_problems(section: SectionDefinition, records: Sequence[Record]) -> Iterator[Problem]:
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


def _unknown_fields(section: SectionDefinition, record: Record, known: frozenset[str]) -> Iterator[Problem]:
    for name, value in record.raw.items():
        if name not in known and not is_empty(value):
            yield _problem(section.code, record.index, str(name), FieldFault("field.unknown", field=str(name)))


def _number_mismatches(section: SectionDefinition, record: Record, on: date) -> Iterator[Problem]:
    """Yield fields that contradict the resident number of the same record."""
    values = {cell.field.code: cell for cell in record.cells}
    for cell in record.cells:
        for target, told in told_by_number(cell.field, cell.raw, on).items():
            other = values.get(target)
            if other is not None and other.parsed is not None and other.parsed.stored != told:
                fault = FieldFault("field.differs_from_number", number=cell.field.label)
                yield _problem(section.code, record.index, target, fault)


def _differing_sum(section: SectionDefinition, record: Record) -> Iterator[Problem]:
    """Yield that the total of a person's claims is not what their amounts come to."""
    own = section.own_claims
    told = None if own is None else differing_sum(own, dict(_stored_cells(record)))
    if own is not None and told is not None:
        yield _problem(section.code, record.index, own.total, FieldFault("field.sum_differs", sum=told))
