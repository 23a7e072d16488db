"""What was read of a sheet brought along: rows that can be taken, cells that cannot with place and reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from window_app.domain.assessment import Text
from window_app.errors import WindowAppError
from window_app.forms.definitions import SectionDefinition
from window_app.forms.sheet_columns import SheetColumn
from window_app.forms.tabular import Row, column_letters


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as it was read and as it was corrected since: texts and refusals by column."""

    number: int
    texts: Mapping[str, str]
    refused: Mapping[str, WindowAppError] = field(default_factory=dict)
    fault: WindowAppError | None = None

    @classmethod
    def of(cls, row: Row, columns: tuple[SheetColumn, ...]) -> "SheetRow":
        """Return a row of a table by the columns that were recognised."""
        return cls(
            row.number,
            {one.target: row.cells[one.place] for one in columns if row.cells[one.place]},
            {one.target: row.refused[one.place] for one in columns if one.place in row.refused},
            row.fault,
        )

    def corrected(self, target: str, text: str) -> "SheetRow":
        """Return the row with another text in a column; with "" for a column the row as a whole is let pass."""
        if not target:
            return replace(self, fault=None)
        refused = {name: why for name, why in self.refused.items() if name != target}
        return replace(self, texts={**self.texts, target: text.strip()}, refused=refused)


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be taken.

    Attributes:
        row: as the spreadsheet counts.
        at: the column, 0 being A; None for the row as a whole.
        target: the column's own name for `correct`, "" for the row as a whole.
        heading: what stands over it in the sheet.
        text: what stands in it; "" where that cannot be read.
        message: the form's own words for it, None where the error's code has a text.
    """

    row: int
    at: int | None
    target: str
    heading: str
    text: str
    error: WindowAppError
    message: Text | None = None

    @property
    def address(self) -> str:
        """Return where it stands as a spreadsheet says it, "C5"; the row's number where it is the whole row."""
        return str(self.row) if self.at is None else f"{column_letters(self.at)}{self.row}"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken as it is, with every reason."""

    row: SheetRow
    cells: tuple[BadCell, ...]


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A row that can be taken, as the form keeps it; `joined` are further rows with other claims of the same person."""

    number: int
    record: Mapping[str, Any]
    joined: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A sheet that was read and checked.

    Attributes:
        good: rows to be taken; `bad` those to be put right first.
        same: how many rows stand in the form already, just so.
        notes: what to tell of the sheet as a whole.
    """

    section: SectionDefinition
    columns: tuple[SheetColumn, ...]
    good: tuple[GoodRow, ...]
    bad: tuple[BadRow, ...]
    same: int = 0
    notes: tuple[WindowAppError, ...] = ()

    @property
    def bad_cells(self) -> tuple[BadCell, ...]:
        """Return every cell that cannot be taken, from top to bottom."""
        return tuple(cell for row in self.bad for cell in row.cells)

    @property
    def joined(self) -> int:
        """Return how many rows were put with an earlier one of the same person."""
        return sum(len(row.joined) for row in self.good)

    def only_bad(self) -> "SheetReading":
        """Return what is left to do once the good rows were taken."""
        return replace(self, good=(), same=0, notes=())


@dataclass(frozen=True, slots=True)
class MoneyTotal:
    """A money column added up over the records that have it."""

    field: str
    count: int
    total: str
    least: str
    most: str


@dataclass(frozen=True, slots=True)
class KindTotal:
    """How many records have a value of a choice, and the first money column added up over them."""

    field: str
    value: str
    count: int
    total: str


@dataclass(frozen=True, slots=True)
class SheetTotals:
    """What a section's records come to."""

    count: int
    money: tuple[MoneyTotal, ...]
    kinds: tuple[KindTotal, ...]
