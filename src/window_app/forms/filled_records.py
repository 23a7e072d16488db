"""Records of a form, read once: what was typed becomes values, and stays read while nobody types into it.

A list of a thousand workers is read anew with each key otherwise. Drafts are never changed in place,
so that a record that is the same mapping as before says the same as before.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from window_app.errors import WindowAppError
from window_app.forms.compiled import RANGE_ENDS, MatterConditions, record_facts
from window_app.forms.definitions import (
    FieldDefinition,
    FieldType,
    MaterialDefinition,
    MatterDefinition,
    SectionDefinition,
)
from window_app.forms.fields import Parsed, Problem, parse_field
from window_app.rules.conditions import Condition


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
class Cell:
    """A visible field's outcome: what was typed, its value, its fault."""

    field: FieldDefinition
    raw: Any
    parsed: Parsed | None
    fault: WindowAppError | None

    def facts(self) -> Iterator[tuple[str, Any]]:
        """Yield what conditions see of it."""
        if self.parsed is None:
            return
        if self.field.type is FieldType.DATE_RANGE:
            for end in RANGE_ENDS:
                if end in self.parsed.value:
                    yield f"{self.field.code}_{end}", self.parsed.value[end]
        else:
            yield self.field.code, self.parsed.value


@dataclass(frozen=True, slots=True)
class Record:
    """A record's visible cells and what conditions see of it."""

    index: int
    cells: tuple[Cell, ...]
    known: Mapping[str, Any]
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a record: the localities of the station, and the visit's own answers by section."""

    places: frozenset[str]
    answers: Mapping[str, Any]

    def typed(self, field: FieldDefinition, raw: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as typed
        """Return what was typed into a field; where nothing ever was, what it takes from the visit's own answers."""
        return raw.get(field.code) if field.takes is None or field.code in raw else self.told(field.takes)

    def told(self, place: tuple[str, str]) -> Any:  # noqa: ANN401 - as typed
        """Return the visit's own answer at a section's field."""
        section, code = place
        answers = self.answers.get(section)
        return answers.get(code) if isinstance(answers, Mapping) else None


def is_here(part: SectionDefinition | FieldDefinition | MaterialDefinition, places: frozenset[str]) -> bool:
    """Answer whether a station's localities have a part of a form."""
    return not part.only_in or not part.only_in.isdisjoint(places)


@dataclass(slots=True)
class _Kept:
    """What was made of a record, and of which facts beside its own it was made."""

    record: Record
    beside: tuple[Any, ...]
    problems: tuple[Problem, ...] | None = None
    visible: VisibleRecord | None = None


class RecordReader:
    """Reads the records of one matter's form; with what an earlier reading of the same form made of them."""

    def __init__(
        self,
        matter: MatterDefinition,
        conditions: MatterConditions,
        on: date,
        earlier: "RecordReader | None",
        around: Around,
    ) -> None:
        """Take the form and the legal date; an `earlier` reader of another form or day gives nothing."""
        self._around = around
        self._matter = matter
        self._conditions = conditions
        self._on = on
        self._kept: dict[tuple[str, int], _Kept] = {}
        self._cells: dict[tuple[str, int, str], Cell] = {}
        self._asked: dict[str, tuple[str, ...]] = {}
        self._before: Mapping[tuple[str, int], _Kept] = {}
        if earlier is not None:
            self._asked, self._before = earlier.handed_down(conditions, on)

    def handed_down(
        self, conditions: MatterConditions, on: date
    ) -> tuple[dict[str, tuple[str, ...]], Mapping[tuple[str, int], _Kept]]:
        """Return what holds for another reading too."""
        return (self._asked, self._kept) if conditions is self._conditions and on == self._on else ({}, {})

    def read(self, section: SectionDefinition, index: int, raw: Mapping[str, Any], known: Mapping[str, Any]) -> Record:
        """Return a record; `known` are the facts that conditions see beside its own fields."""
        key, beside = (section.code, id(raw)), self._beside(section, known)
        kept = self._kept.get(key) or self._before.get(key)
        if kept is None or kept.record.raw is not raw or kept.beside != beside:
            kept = _Kept(self._read(section, index, raw, known), beside)
        elif kept.record.index != index:
            kept = _Kept(replace(kept.record, index=index), beside)
        self._kept[key] = kept
        return kept.record

    def problems(
        self,
        section: SectionDefinition,
        record: Record,
        known: Mapping[str, Any],
        find: Callable[[SectionDefinition, Record], Iterator[Problem]],
    ) -> tuple[Problem, ...]:
        """Return what `find` finds in a record; asked once as long as nothing that it hangs on changes."""
        kept = self._still(section, record, known)
        if kept is None:
            return tuple(find(section, record))
        if kept.problems is None:
            kept.problems = tuple(find(section, record))
        return kept.problems

    def visible(
        self,
        section: SectionDefinition,
        record: Record,
        known: Mapping[str, Any],
        show: Callable[[SectionDefinition, Record], VisibleRecord],
    ) -> VisibleRecord:
        """Return a record as `show` shows it; the very same one as long as nothing that it hangs on changes."""
        kept = self._still(section, record, known)
        if kept is None:
            return show(section, record)
        if kept.visible is None:
            kept.visible = show(section, record)
        return kept.visible

    def _still(self, section: SectionDefinition, record: Record, known: Mapping[str, Any]) -> _Kept | None:
        kept = self._kept.get((section.code, id(record.raw)))
        if kept is None or kept.record is not record or kept.beside != self._beside(section, known):
            return None
        return kept

    def _beside(self, section: SectionDefinition, known: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the values of the facts that a section's conditions ask for and its records do not have."""
        names = self._asked.get(section.code)
        if names is None:
            names = self._asked[section.code] = self._facts_asked(section)
        taken = [self._around.told(field.takes) for field in section.fields if field.takes is not None]
        return (*[known.get(name) for name in names], *taken)

    def _facts_asked(self, section: SectionDefinition) -> tuple[str, ...]:
        conditions: list[Condition | None] = []
        for field in section.fields:
            own = self._conditions.fields[section.code, field.code]
            conditions += [own.show_if, own.due_if]
        checks = (check.code for check in self._matter.checks if check.section == section.code)
        conditions += [self._conditions.checks[code] for code in checks]
        names = {name for condition in conditions if condition is not None for name in condition.facts}
        return tuple(sorted(names - record_facts(section).keys()))

    def _read(self, section: SectionDefinition, index: int, raw: Mapping[str, Any], known: Mapping[str, Any]) -> Record:
        own: dict[str, Any] = {}
        cells = []
        for field in section.fields:
            shown = self._conditions.fields[section.code, field.code].show_if
            if is_here(field, self._around.places) and (shown is None or shown.test({**known, **own})):
                cell = self._cell(section, index, field, raw)
                cells.append(cell)
                own.update(cell.facts())
        return Record(index, tuple(cells), own, raw)

    def _cell(self, section: SectionDefinition, index: int, field: FieldDefinition, raw: Mapping[str, Any]) -> Cell:
        place = (section.code, index, field.code)
        if place not in self._cells:
            typed = self._around.typed(field, raw)
            try:
                self._cells[place] = Cell(field, typed, parse_field(field, typed, self._on), None)
            except WindowAppError as fault:
                self._cells[place] = Cell(field, typed, None, fault)
        return self._cells[place]
