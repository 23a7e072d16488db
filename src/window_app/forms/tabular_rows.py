"""What a table of another's making is read into: rows of texts, refused cells with their reason, limits."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import TracebackType

from window_app.errors import WindowAppError

Headed = Callable[[str], bool]
"""Answers whether a (plain) heading is one that is looked for."""

CELL_CHARACTERS = 32_767
"""More than a spreadsheet can hold in a cell is no cell."""
HEADING_ROWS = 20
"""So many rows from the top the headings are looked for."""


class TableFault(WindowAppError):
    """A table, row or cell that cannot be taken; the code says why, without repeating what stands there."""

    code = "tabular.unreadable"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may at most be, so that none can fill memory or keep the program busy.

    Attributes:
        size: bytes of the file.
        unpacked: bytes of a workbook's parts together; `strings` those of the texts it shares.
        ratio: how many times larger than packed the parts may be, once they pass 20 MB.
        parts: parts of a workbook.
    """

    size: int = 40_000_000
    unpacked: int = 400_000_000
    strings: int = 80_000_000
    ratio: int = 200
    parts: int = 2_000
    rows: int = 20_000
    columns: int = 200


DIRECTORY = Limits(size=400_000_000, unpacked=4_000_000_000, strings=600_000_000, rows=1_100_000, columns=60)
"""For a directory of up to a million rows."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the headings.

    Attributes:
        number: as a spreadsheet counts, 1 being the first row of the sheet or file.
        cells: the texts without the space round them, as many as there are headings.
        refused: by place in `cells`, why a cell cannot be taken; its text is "".
        fault: why the row as a whole cannot be taken.
    """

    number: int
    cells: tuple[str, ...]
    refused: Mapping[int, WindowAppError] = field(default_factory=dict)
    fault: WindowAppError | None = None


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it was found, not yet measured against headings."""

    number: int
    cells: Sequence[str]
    refused: Mapping[int, WindowAppError] = field(default_factory=dict)
    fault: WindowAppError | None = None


class Source:
    """Where rows come from; a reader for each kind of file is one of these."""

    shifts = False
    """Whether a row longer than its headings has its cells in wrong columns."""

    def __init__(self) -> None:
        self.notes: list[WindowAppError] = []

    def rows(self) -> Iterator[RawRow]:
        """Return every row from the top, empty ones too; a source of its own has none."""
        return iter(())

    def share(self) -> float | None:
        """Return how much of the file has been read, None where nobody knows."""
        return None

    def close(self) -> None:
        """Give the file back."""


class Table:
    """A table being read, row by row; a context manager that gives the file back.

    Attributes:
        headings: the texts of the heading row, "" where a column has none.
        heading_row: its number.
        columns: for each heading where it stands in the sheet, 0 being column A.
    """

    def __init__(self, source: Source, limits: Limits, headed: Headed | None) -> None:
        """Read as far as the headings.

        Raises:
            TableFault: `tabular.empty`, `tabular.no_headings`.
        """
        self._source = source
        self._limits = limits
        self._lines = source.rows()
        self.heading_row, cells = self._find_headings(headed)
        self.columns = tuple(at for at, text in enumerate(cells) if text)
        self.headings = tuple(cells[at] for at in self.columns)

    @property
    def notes(self) -> tuple[WindowAppError, ...]:
        """Return what the person should be told of the table; more may come while rows are read."""
        return tuple(self._source.notes)

    @property
    def share(self) -> float | None:
        """Return how much has been read, from 0 to 1; None where nobody knows."""
        return self._source.share()

    def rows(self) -> Iterator[Row]:
        """Return the rows below the headings, but for the empty ones; to be gone through once."""
        for raw in self._lines:
            if raw.number > self._limits.rows + self.heading_row:
                self._source.notes.append(TableFault("tabular.too_many_rows", rows=self._limits.rows))
                return
            row = self._row(raw)
            if any(row.cells) or row.refused or row.fault is not None:
                yield row

    def close(self) -> None:
        """Give the file back; may be called again."""
        self._source.close()

    def __enter__(self) -> "Table":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _find_headings(self, headed: Headed | None) -> tuple[int, list[str]]:
        best: tuple[int, RawRow | None] = (0, None)
        read: list[RawRow] = []
        for raw in islice(self._lines, HEADING_ROWS):
            if not (any(raw.cells) or raw.refused or raw.fault):
                continue
            read.append(raw)
            found = sum(bool(text) and headed(plain_heading(text)) for text in raw.cells) if headed else 1
            if found > best[0]:
                best = found, raw
            if headed is None:
                break
        if not read:
            raise TableFault("tabular.empty")
        if best[1] is None:
            raise TableFault("tabular.no_headings")
        below = [raw for raw in read if raw.number > best[1].number]
        self._lines = _chained(below, self._lines)
        return best[1].number, [text.strip() for text in best[1].cells]

    def _row(self, raw: RawRow) -> Row:
        have = len(raw.cells)
        cells = tuple([raw.cells[at] if at < have else "" for at in self.columns])
        refused = raw.refused
        if refused:
            refused = {place: raw.refused[at] for place, at in enumerate(self.columns) if at in refused}
        fault = raw.fault
        if fault is None and self._source.shifts and any(raw.cells[max(self.columns) + 1 :]):
            fault = TableFault("tabular.shifted", cells=have, headings=len(self.columns))
        return Row(raw.number, cells, refused, fault)


def _chained(first: list[RawRow], rest: Iterator[RawRow]) -> Iterator[RawRow]:
    yield from first
    yield from rest


def plain_heading(text: str) -> str:
    """Return a heading as it is compared: without space, brackets' contents and marks, small letters.

    >>> plain_heading(" 身份证 号码（18位）* ")
    '身份证号码'
    """
    narrow = unicodedata.normalize("NFKC", text).casefold()
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】", "", narrow)
    return re.sub(r"[\s*:：、/_.-]+", "", bare) or re.sub(r"\s+", "", narrow)


def column_letters(at: int) -> str:
    """Return the letters of a column.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def refused_text(text: str) -> WindowAppError | None:
    """Return why a text of a cell cannot be taken, None where it can."""
    if len(text) > CELL_CHARACTERS:
        return TableFault("tabular.cell_long", length=len(text), limit=CELL_CHARACTERS)
    if "\ufffd" in text:
        return TableFault("tabular.undecodable")
    return None
