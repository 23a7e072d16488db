"""Rows of an xlsx workbook. Formulas are never computed and never taken; nothing in the file is run."""

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO

from window_app.errors import WindowAppError
from window_app.forms.tabular_package import check_package, sheet_marks
from window_app.forms.tabular_rows import (
    HEADING_ROWS,
    Headed,
    Limits,
    RawRow,
    Source,
    TableFault,
    plain_heading,
    refused_text,
)
from window_app.rules.values import Value

_AT_A_TIME = 500
_KEPT_DIGITS = 15
_CONTROL = re.compile(r"_x00[01][0-9A-Fa-f]_")
_RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")
_VISIBLE = "visible"


class Workbook(Source):
    """The sheet of a workbook that has the headings looked for, else its first."""

    def __init__(self, path: Path, limits: Limits, headed: Headed | None) -> None:
        """Look the package through, then open it.

        Raises:
            TableFault: where the file is no workbook, or may not be read.
        """
        super().__init__()
        check_package(path, limits)
        self._limits = limits
        self._stream = path.open("rb")
        try:
            self._book = _opened(self._stream)
            # How many rows a sheet says it has is believed for the progress alone.
            said = {page.title: page.max_row for page in self._book.worksheets if hasattr(page, "iter_rows")}
            self._page = self._chosen(headed)
        except WindowAppError:
            self._stream.close()
            raise
        self._said_rows: int = said.get(self._page.title) or 0
        self._read = 0
        self._page.reset_dimensions()
        marks = sheet_marks(path, self._page.title)
        self._merges = _Merges(marks.merged, limits.columns)
        if marks.hidden_rows:
            self.notes.append(TableFault("tabular.hidden_rows"))

    def rows(self) -> Iterator[RawRow]:
        """Return every row from the top; a damaged end is said in the notes."""
        lines = self._page.iter_rows()
        number = 0
        while True:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    some = list(islice(lines, _AT_A_TIME))
            except Exception:  # whatever a reader of such files raises on a hostile one
                self.notes.append(TableFault("tabular.damaged_from", row=number + 1))
                return
            for line in some:
                number = self._read = number + 1
                yield self._raw(number, line)
            if len(some) < _AT_A_TIME:
                return

    def share(self) -> float | None:
        """Return how much of the sheet has been read, by what it says of its size; None where that cannot be."""
        return self._read / self._said_rows if 1 < self._said_rows >= self._read else None

    def close(self) -> None:
        """Give the file back."""
        self._book.close()
        self._stream.close()

    def _chosen(self, headed: Headed | None) -> Value:
        """Return the sheet to read; which others there are is said."""
        pages = [page for page in self._book.worksheets if hasattr(page, "iter_rows")]
        shown = [page for page in pages if page.sheet_state == _VISIBLE]
        if not pages:
            raise TableFault("tabular.empty")
        hidden = len(pages) - len(shown)
        if hidden:
            code = "tabular.hidden_sheets" if shown else "tabular.hidden_read"
            self.notes.append(TableFault(code, sheets=hidden))
        among = shown or pages
        chosen = next((page for page in among if headed and self._has_headings(page, headed)), among[0])
        if len(shown) > 1:
            self.notes.append(TableFault("tabular.other_sheets", sheet=chosen.title, others=len(shown) - 1))
        return chosen

    def _has_headings(self, page: Value, headed: Headed) -> bool:
        page.reset_dimensions()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                top = list(islice(page.iter_rows(values_only=True), HEADING_ROWS))
        except Exception:  # as above; said when the rows are read
            return False
        return any(isinstance(text, str) and headed(plain_heading(text)) for line in top for text in line)

    def _raw(self, number: int, line: Value) -> RawRow:
        cells: list[str] = []
        refused: dict[int, WindowAppError] = {}
        for at, cell in enumerate(line[: self._limits.columns]):
            value = cell.value
            if value is None:
                cells.append("")
                continue
            text, fault = cell_content(value, cell.data_type)
            if fault is not None:
                refused[at] = fault
            cells.append(text)
        while cells and not cells[-1]:
            cells.pop()
        for at, whole in self._merges.covered(number):
            refused[at] = TableFault("tabular.merged", range=whole)
        return RawRow(number, cells, refused)


def _opened(stream: IO[bytes]) -> Value:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # As a stream, since openpyxl judges names by their extension.
            return openpyxl.load_workbook(stream, read_only=True, data_only=False, keep_links=False)
    except Exception:  # whatever a reader of such files raises on a hostile one
        raise TableFault("tabular.damaged") from None


def cell_content(value: Value, kind: str) -> tuple[str, WindowAppError | None]:
    """Return the text of a cell, and why it cannot be taken where it cannot."""
    if kind == "f":
        return "", TableFault("tabular.formula")
    if kind == "e":
        return "", TableFault("tabular.error_value")
    if isinstance(value, str):
        text = (_CONTROL.sub("", value) if "_x00" in value else value).replace("\r\n", "\n").strip()
        fault = refused_text(text)
        return ("" if fault else text), fault
    if isinstance(value, bool):
        return str(value).lower(), None
    if isinstance(value, int | float):
        return _number(value)
    return _moment(value), None


def _number(value: int | float) -> tuple[str, WindowAppError | None]:
    """Return a number as it is read on the screen; past fifteen digits a spreadsheet has lost the rest."""
    if abs(value) >= 10**_KEPT_DIGITS:
        return "", TableFault("tabular.digits_lost")
    if isinstance(value, int) or value.is_integer():
        return str(int(value)), None
    return f"{Decimal(f'{value:.15g}'):f}", None


def _moment(value: Value) -> str:
    if isinstance(value, datetime):
        at_midnight = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if at_midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value).strip()


class _Merges:
    """Cells that a merge covers, asked for row by row from the top; its first cell keeps its value."""

    def __init__(self, ranges: set[str], columns: int) -> None:
        self._waiting = sorted((read for text in ranges if (read := _read_range(text))), reverse=True)
        self._columns = columns
        self._active: list[tuple[int, int, int, int, str]] = []

    def covered(self, row: int) -> Iterator[tuple[int, str]]:
        """Return column and range for each covered cell of a row."""
        while self._waiting and self._waiting[-1][0] <= row:
            self._active.append(self._waiting.pop())
        if not self._active:
            return
        self._active = [one for one in self._active if one[1] >= row]
        for top, _, left, right, text in self._active:
            for at in range(left, min(right + 1, self._columns)):
                if (row, at) != (top, left):
                    yield at, text


def _read_range(text: str) -> tuple[int, int, int, int, str] | None:
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    first, top, last, bottom = found.groups()
    return int(top), int(bottom), _column(first), _column(last), text


def _column(letters: str) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - ord("A") + 1
    return at - 1
