"""A workbook read back: texts of cells by sheet, row and column. Nothing in it is ever computed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

from window_app.errors import WindowAppError
from window_app.forms.sheets import Sheet
from window_app.forms.tabular_package import check_package
from window_app.forms.tabular_rows import Limits, TableFault
from window_app.rules.values import Value

_MOST_ROWS = 5000
_MOST_BYTES = 20_000_000
_LIMITS = Limits(size=_MOST_BYTES)
_NO_WORKBOOK = ("tabular.damaged", "tabular.no_workbook", "tabular.other_document")


@dataclass(frozen=True, slots=True)
class SheetMistake:
    """A cell that cannot be taken.

    Attributes:
        row: as the spreadsheet counts, the head being row 1.
        column: the column's letters and its name, "" for the whole row.
        error: the reason.
    """

    sheet: str
    row: int
    column: str
    error: WindowAppError


@dataclass(frozen=True)
class ReadRow:
    """A row as it stands on a sheet: texts by column; `broken` where one of its cells is no text."""

    number: int
    cells: Mapping[str, str]
    broken: bool = False


def read_workbook(path: Path, sheets: tuple[Sheet, ...]) -> tuple[dict[str, list[ReadRow]], list[SheetMistake]]:
    """Return the rows of every sheet, and the cells that are no text.

    Raises:
        WindowAppError: where the file is no workbook, or a sheet or column of the export is missing.
    """
    import openpyxl

    if path.stat().st_size > _MOST_BYTES:
        raise WindowAppError("sheet.no_workbook", file=path.name)
    try:
        check_package(path, _LIMITS)
    except TableFault as fault:
        if fault.code in _NO_WORKBOOK:
            raise WindowAppError("sheet.no_workbook", file=path.name) from None
        raise
    try:
        workbook = openpyxl.load_workbook(path, data_only=False, keep_links=False)
    except (BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError):
        raise WindowAppError("sheet.no_workbook", file=path.name) from None
    found: dict[str, list[ReadRow]] = {}
    mistakes: list[SheetMistake] = []
    for sheet in sheets:
        if sheet.name not in workbook.sheetnames:
            raise WindowAppError("sheet.missing", sheet=sheet.name)
        found[sheet.name] = list(_rows(workbook[sheet.name], sheet, mistakes))
    return found, mistakes


def _rows(page: Value, sheet: Sheet, mistakes: list[SheetMistake]) -> Iterator[ReadRow]:
    if page.max_row > _MOST_ROWS:
        raise WindowAppError("sheet.too_long", sheet=sheet.name, rows=_MOST_ROWS)
    lines = page.iter_rows()
    head = [str(cell.value or "") for cell in next(lines, ())]
    _check_head(sheet, head)
    for line in lines:
        cells, before = {}, len(mistakes)
        for column, cell in zip(head, line, strict=False):
            text = _text(cell)
            if text is None:
                place = f"{cell.column_letter} ({column})"
                mistakes.append(SheetMistake(sheet.name, cell.row, place, WindowAppError("sheet.not_text")))
            elif text:
                cells[column] = text
        broken = len(mistakes) > before
        if cells or broken:
            yield ReadRow(line[0].row, cells, broken=broken)


def _check_head(sheet: Sheet, head: list[str]) -> None:
    for column in head:
        if column and (column not in sheet.head or head.count(column) > 1):
            raise WindowAppError("sheet.column_unknown", sheet=sheet.name, column=column)
    for column in sheet.head:
        if column not in head:
            raise WindowAppError("sheet.column_missing", sheet=sheet.name, column=column)


def _text(cell: Value) -> str | None:
    """Return the text of a cell; None for a formula or a value that no rule can hold."""
    value = cell.value
    if value is None or isinstance(value, str):
        return None if cell.data_type in ("f", "e") else (value or "").strip().replace("\r\n", "\n")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute or value.second) else None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float | date) else None
