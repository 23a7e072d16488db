"""Sheets of people: read into a repeated section of a form, checked row by row, added up.

What a row may hold is what the form says: a sheet's rows are put through the form itself, so that
nothing is good here that would be wrong there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from window_app.clock import Clock
from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet, FormFilling, Problem
from window_app.forms.definitions import FieldDefinition, FieldType, MatterDefinition, SectionDefinition
from window_app.forms.fields import is_empty, told_by_number
from window_app.forms.sheet_columns import SheetColumn, find_columns, known_headings, record_of
from window_app.forms.tabular import Limits, TableFault, read_table
from window_app.forms.tabular_writing import write_remarks, write_template
from window_app.services.judging import Judge
from window_app.services.listed_claims import sums_by_kind
from window_app.services.sheet_claims import Claimants
from window_app.services.sheet_reading import BadCell, KindTotal, MoneyTotal, SheetReading, SheetRow, SheetTotals
from window_app.services.sheet_sorting import Numbers, Sorting

Progress = Callable[[int, float | None], None]
Record = Mapping[str, Any]

LIMITS = Limits()
_TOLD_EVERY = 100


class Sheets:
    """Reads sheets for one desk. Nothing here is stored; a draft comes back changed."""

    def __init__(self, definitions: DefinitionSet, judge: Judge, clock: Clock) -> None:
        self._definitions = definitions
        self._judge = judge
        self._clock = clock

    def read(
        self, draft: VisitDraft, key: str, section: str, source: Path | str, progress: Progress | None = None
    ) -> SheetReading:
        """Read a file, or what was pasted, and check every row against the form.

        Args:
            draft: the visit; its own records are not read twice.
            key: the matter that is worked on.
            section: a repeated section of its form.
            source: a file's path, or the pasted text itself.
            progress: told how many rows were read and which share of the file that is, where known;
                what it raises ends the reading.

        Raises:
            WindowAppError: where nothing can be read, or there is no such section.
        """
        definition = self._section(draft, key, section)
        known = known_headings(definition)
        with read_table(source, limits=LIMITS, headed=known.__contains__) as table:
            columns, others = find_columns(definition, table.headings, table.columns)
            rows = []
            for at, row in enumerate(table.rows(), 1):
                rows.append(SheetRow.of(row, columns))
                if progress is not None and at % _TOLD_EVERY == 0:
                    progress(at, table.share)
            notes = table.notes
        if others:
            notes = (*notes, TableFault("sheets.other_columns", columns="、".join(others[:8]), count=len(others)))
        if progress is not None:
            progress(len(rows), 1.0)
        return replace(self._checked(draft, key, definition, columns, rows), notes=notes)

    def correct(
        self, draft: VisitDraft, key: str, reading: SheetReading, number: int, target: str, text: str
    ) -> SheetReading:
        """Return a reading with a cell put right and everything that was not good checked again.

        Raises:
            WindowAppError: where the draft's form has no such section any more.
        """
        definition = self._section(draft, key, reading.section.code)
        rows = [bad.row.corrected(target, text) if bad.row.number == number else bad.row for bad in reading.bad]
        return self._checked(draft, key, definition, reading.columns, rows)

    def leave_out(self, reading: SheetReading, number: int) -> SheetReading:
        """Return a reading without a bad row."""
        return replace(reading, bad=tuple(bad for bad in reading.bad if bad.row.number != number))

    def add(self, draft: VisitDraft, key: str, reading: SheetReading) -> VisitDraft:
        """Return the draft with the good rows added to the section.

        Who is there already is not added again; claims of theirs that are new stand beside the others.

        Raises:
            WindowAppError: where the draft's form has no such section any more.
        """
        definition = self._section(draft, key, reading.section.code)
        present = _filled(_content(draft, key, definition))
        numbers, claimants = Numbers(definition, present), Claimants(definition)
        for row in reading.good:
            there = numbers.first_of(row.record)
            if there is None:
                present.append(row.record)
            else:
                present[there] = claimants.together(present[there], row.record) or present[there]
        most = definition.repeat.maximum if definition.repeat is not None else 1
        return _with_content(draft, key, definition, present[:most])

    def clear(self, draft: VisitDraft, key: str, section: str) -> VisitDraft:
        """Return the draft with no record in a section."""
        return _with_content(draft, key, self._section(draft, key, section), [])

    def totals(self, draft: VisitDraft, key: str, section: str) -> SheetTotals:
        """Return what the records of a section come to; values that cannot be read are not added."""
        definition = self._section(draft, key, section)
        filling = self._judge.filling(draft, key)
        stored = {} if filling is None else filling.normalised()
        return totals_of(definition, _filled(stored.get(section, ())))

    def columns(self, draft: VisitDraft, key: str, section: str) -> SectionDefinition:
        """Return the section whose fields are a sheet's columns.

        Raises:
            WindowAppError: where the form has no such repeated section.
        """
        return self._section(draft, key, section)

    def save_template(self, draft: VisitDraft, key: str, section: str, path: Path) -> None:
        """Write an empty sheet to be filled in: headings, choice lists, and a page that explains them.

        Raises:
            WindowAppError: where it cannot be written.
        """
        write_template(self._section(draft, key, section), path)

    def save_bad(self, reading: SheetReading, path: Path, say: Callable[[BadCell], str]) -> None:
        """Write the bad rows with the reasons beside them, to be put right and read again.

        Raises:
            WindowAppError: where it cannot be written.
        """
        heads = [column.heading for column in reading.columns]
        lines = []
        for bad in reading.bad:
            texts = [bad.row.texts.get(column.target, "") for column in reading.columns]
            wrong = {at for at, column in enumerate(reading.columns) if column.target in {c.target for c in bad.cells}}
            remark = "；".join(f"{cell.address} {cell.heading}：{say(cell)}" for cell in bad.cells)
            lines.append((texts, wrong, remark))
        write_remarks(path, heads, lines)

    # -- checking

    def _checked(
        self,
        draft: VisitDraft,
        key: str,
        section: SectionDefinition,
        columns: tuple[SheetColumn, ...],
        rows: Sequence[SheetRow],
    ) -> SheetReading:
        claimants = Claimants(section)
        made = [claimants.settled(*record_of(columns, row.texts)) for row in rows]
        filling, stored = self._through_form(draft, key, section, [record for record, _ in made])
        wrong = _by_record(filling.problems(), section.code)
        sorting = Sorting(section, columns, _filled(_content(draft, key, section)))
        for index, (row, (_, faults)) in enumerate(zip(rows, made, strict=True)):
            sorting.take(row, stored[index], faults, wrong.get(index, ()))
        return sorting.reading()

    def _through_form(
        self, draft: VisitDraft, key: str, section: SectionDefinition, records: Sequence[Record]
    ) -> tuple[FormFilling, list[Record]]:
        """Return the form with these records alone, and each as the form keeps it, with what its number tells."""
        definition, on = self._definition(draft, key), draft.legal_day(self._clock.today())
        alone = _with_content(draft, key, section, records)
        filling = FormFilling(definition, self._definitions, alone, key, on, self._judge.station_facts())
        if section.code not in (shown.definition.code for shown in filling.visible_sections()):
            raise WindowAppError("sheets.no_section")
        told = [field for field in section.fields if field.fills]
        stored: list[Record] = []
        for record in filling.normalised()[section.code]:
            filled = {
                code: text for one in told for code, text in told_by_number(one, record.get(one.code), on).items()
            }
            stored.append({**filled, **record})
        return filling, stored

    def _definition(self, draft: VisitDraft, key: str) -> MatterDefinition:
        filling = self._judge.filling(draft, key)
        if filling is None:
            raise WindowAppError("sheets.no_section")
        return filling.matter

    def _section(self, draft: VisitDraft, key: str, section: str) -> SectionDefinition:
        for found in self._definition(draft, key).sections:
            if found.code == section and found.repeat is not None:
                return found
        raise WindowAppError("sheets.no_section")


def _by_record(problems: Iterable[Problem], section: str) -> dict[int, list[Problem]]:
    found: dict[int, list[Problem]] = {}
    for one in problems:
        if one.section == section and one.severity == "error" and one.index is not None:
            found.setdefault(one.index, []).append(one)
    return found


def _filled(records: Iterable[Record]) -> list[Record]:
    return [record for record in records if not all(is_empty(value) for value in record.values())]


def _content(draft: VisitDraft, key: str, section: SectionDefinition) -> Sequence[Record]:
    answers = draft.answers if section.shared else draft.matter(key).answers
    content = answers.get(section.code)
    return [one for one in content if isinstance(one, Mapping)] if isinstance(content, list | tuple) else []


def _with_content(draft: VisitDraft, key: str, section: SectionDefinition, records: Sequence[Record]) -> VisitDraft:
    if section.shared:
        return replace(draft, answers={**draft.answers, section.code: list(records)})
    matter = draft.matter(key)
    return draft.with_matter(replace(matter, answers={**matter.answers, section.code: list(records)}))


def totals_of(section: SectionDefinition, records: Sequence[Record]) -> SheetTotals:
    """Return what records as the form keeps them come to; of several claims of a person each counts by itself."""
    own = section.own_claims
    parts = () if own is None else own.amounts.values()
    money = [field.code for field in section.fields if field.type is FieldType.MONEY and field.code not in parts]
    amounts = (_money(field, records) for field in money)
    kinds: list[KindTotal] = []
    for field in section.fields:
        if field.type is not FieldType.CHOICE:
            continue
        if own is not None and field.code == own.kind:
            sums = sums_by_kind(own, records)
            kinds += [KindTotal(own.kind, one.kind, one.count, f"{one.total:.2f}") for one in sums]
        else:
            kinds += _having(field, records, money[0] if money else "")
    return SheetTotals(len(records), tuple(one for one in amounts if one is not None), tuple(kinds))


def _having(field: FieldDefinition, records: Sequence[Record], money: str) -> list[KindTotal]:
    found = []
    for value in field.values:
        having = [record for record in records if record.get(field.code) == value]
        if having:
            total = sum((Decimal(one[money]) for one in having if money and not is_empty(one.get(money))), Decimal(0))
            found.append(KindTotal(field.code, value, len(having), f"{total:.2f}"))
    return found


def _money(field: str, records: Sequence[Record]) -> MoneyTotal | None:
    amounts = [Decimal(record[field]) for record in records if not is_empty(record.get(field))]
    if not amounts:
        return None
    return MoneyTotal(field, len(amounts), f"{sum(amounts):.2f}", f"{min(amounts):.2f}", f"{max(amounts):.2f}")
