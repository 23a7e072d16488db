"""Rows of a sheet sorted: those that can be taken, those that cannot with every reason, those there already."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from window_app.domain.assessment import Text
from window_app.errors import WindowAppError
from window_app.forms import Problem
from window_app.forms.definitions import FieldType, SectionDefinition
from window_app.forms.fields import is_empty
from window_app.forms.sheet_columns import SheetColumn
from window_app.forms.tabular import TableFault
from window_app.services.sheet_claims import Claimants
from window_app.services.sheet_reading import BadCell, BadRow, GoodRow, SheetReading, SheetRow

Record = Mapping[str, Any]

_NUMBERS = (FieldType.RESIDENT_ID, FieldType.USCC)


class Sorting:
    """Takes the rows of a sheet from top to bottom."""

    def __init__(self, section: SectionDefinition, columns: tuple[SheetColumn, ...], present: Sequence[Record]) -> None:
        """Take the section, its columns in the sheet, and the records that it has already."""
        self._section = section
        self._columns = columns
        self._present = present
        self._claimants = Claimants(section)
        self._there = Numbers(section, present)
        self._seen = Numbers(section, ())
        self._taken = Numbers(section, ())
        self._most = section.repeat.maximum if section.repeat is not None else 1
        self._good: list[GoodRow] = []
        self._bad: list[BadRow] = []
        self._same = 0
        self._known = 0

    def take(
        self, row: SheetRow, record: Record, faults: Mapping[str, WindowAppError], problems: Sequence[Problem]
    ) -> None:
        """Take a row: its record as the form keeps it, what no form could take, what the form says of it."""
        cells = [*_cells(row, self._columns, {**faults, **row.refused}, problems)]
        if not cells and (self._is_there(record) or self._joins(row, record)):
            return
        if not cells:
            cells = [*self._doubled(row, record)] or [*self._too_many(row, record)]
        self._seen.note(record, row.number)
        if cells:
            self._bad.append(BadRow(row, tuple(cells)))
            return
        self._known += self._there.first_of(record) is not None
        self._taken.note(record, len(self._good))
        self._good.append(GoodRow(row.number, record))

    def reading(self) -> SheetReading:
        """Return what came of the rows."""
        return SheetReading(self._section, self._columns, tuple(self._good), tuple(self._bad), self._same)

    def _is_there(self, record: Record) -> bool:
        """Answer whether a record stands in the list already, and count it."""
        there = self._there.first_of(record)
        same = there is not None and self._claimants.has_all(self._present[there], record)
        self._same += same
        return same

    def _joins(self, row: SheetRow, record: Record) -> bool:
        """Put a further claim of somebody with an earlier row of theirs; answers whether it went there."""
        before, there = self._taken.first_of(record), self._there.first_of(record)
        if before is None or (there is not None and self._together(there, record) is None):
            return False
        earlier = self._good[before]
        whole = self._claimants.together(earlier.record, record)
        if whole is None:
            return False
        self._good[before] = GoodRow(earlier.number, whole, (*earlier.joined, row.number))
        return True

    def _together(self, there: int, record: Record) -> Record | None:
        return self._claimants.together(self._present[there], record)

    def _doubled(self, row: SheetRow, record: Record) -> Iterator[BadCell]:
        """Yield the cell whose number was there before, unless it is a further claim of the same person."""
        there = self._there.first_of(record)
        if there is not None and self._together(there, record) is not None and self._taken.first_of(record) is None:
            return
        for numbers, code in ((self._seen, "sheets.twice"), (self._there, "sheets.there_already")):
            first = numbers.first_of(record)
            if first is None:
                continue
            place = first if numbers is self._seen else first + 1
            column = next((one for one in self._columns if one.field.code == numbers.field_of(record)), None)
            yield _bad(row, column, TableFault(code, row=place))
            return

    def _too_many(self, row: SheetRow, record: Record) -> Iterator[BadCell]:
        fresh = len(self._good) - self._known
        if self._there.first_of(record) is None and fresh >= self._most - len(self._present):
            yield _bad(row, None, TableFault("sheets.too_many", limit=self._most))


class Numbers:
    """Identity numbers seen so far, each with where it was first."""

    def __init__(self, section: SectionDefinition, records: Iterable[Record]) -> None:
        self._fields = [field.code for field in section.fields if field.type in _NUMBERS]
        self._first: dict[tuple[str, str], int] = {}
        for at, record in enumerate(records):
            self.note(record, at)

    def note(self, record: Record, place: int) -> None:
        """Keep where a record's number was, unless it was seen before."""
        for number in self._of(record):
            self._first.setdefault(number, place)

    def first_of(self, record: Record) -> int | None:
        """Return where a record's number was first, None where it is new or the record has none."""
        return next((self._first[number] for number in self._of(record) if number in self._first), None)

    def field_of(self, record: Record) -> str:
        """Return the field whose number was there before."""
        return next((field for field, number in self._of(record) if (field, number) in self._first), "")

    def _of(self, record: Record) -> list[tuple[str, str]]:
        return [(field, str(record[field]).upper()) for field in self._fields if not is_empty(record.get(field))]


def _cells(
    row: SheetRow, columns: Sequence[SheetColumn], faults: Mapping[str, WindowAppError], problems: Sequence[Problem]
) -> Iterable[BadCell]:
    """Yield every reason why a row cannot be taken, in the order of the columns."""
    if row.fault is not None:
        yield _bad(row, None, row.fault)
        return
    by_field = {problem.field: problem for problem in problems}
    for column in columns:
        fault = faults.get(column.target)
        problem = by_field.pop(column.field.code, None) if fault is None else None
        if problem is not None:
            fault = WindowAppError(problem.code, **problem.params)
        if fault is not None:
            yield _bad(row, column, fault, None if problem is None else problem.message)
    shown = {column.field.code for column in columns}
    for field, problem in by_field.items():
        if field not in shown:
            yield _bad(row, None, WindowAppError(problem.code, **problem.params), problem.message)


def _bad(row: SheetRow, column: SheetColumn | None, fault: WindowAppError, message: Text | None = None) -> BadCell:
    if column is None:
        return BadCell(row.number, None, "", "", "", fault, message)
    text = row.texts.get(column.target, "")
    return BadCell(row.number, column.at, column.target, column.heading, text, fault, message)
