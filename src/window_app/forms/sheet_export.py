"""Sheets written into a workbook for a jurist to read and edit."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from window_app.forms.files import DefinitionFiles
from window_app.forms.sheet_cells import cell_text
from window_app.forms.sheets import Sheet, cell_of, sheets_of
from window_app.rules.values import Value

_WIDTHS = {"reason.zh": 48, "reason.en": 48, "basis": 48, "id": 8, "nr": 5, "file": 24, "name": 34}
_SPOKEN_WIDTH = 48
_WIDTH = 18
_SHORT = 10
"""From which number of characters a cell is wrapped."""


def export_sheets(files: DefinitionFiles, path: Path) -> tuple[str, ...]:
    """Write all tables, parameters and limits into a workbook and return the names of its sheets.

    Every cell is text: nothing in it is a formula, a number or a link.
    """
    import xlsxwriter

    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    part = path.with_name(path.name + ".part")
    names = []
    try:
        with xlsxwriter.Workbook(part, as_text) as workbook:
            workbook.set_properties({"comments": f"definition set {files.content_hash}"})
            styles = {
                "head": workbook.add_format({"bold": True, "num_format": "@", "bg_color": "#DDE6F0", "border": 1}),
                "key": workbook.add_format({"num_format": "@", "bg_color": "#EEEEEE", "valign": "top"}),
                "cell": workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
            }
            for sheet in sheets_of(files):
                names.append(sheet.name)
                _write(workbook.add_worksheet(sheet.name), sheet, styles)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return tuple(names)


def _write(page: Value, sheet: Sheet, styles: Mapping[str, Any]) -> None:
    for place, column in enumerate(sheet.head):
        page.write_string(0, place, column, styles["head"])
        spoken = column.endswith((".zh", ".en"))
        style = styles["cell" if column in sheet.columns else "key"]
        page.set_column(place, place, _WIDTHS.get(column, _SPOKEN_WIDTH if spoken else _WIDTH), style)
    page.freeze_panes(1, len(sheet.keys))
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.head) - 1)
    for number, row in enumerate(sheet.rows, 1):
        shown = (*row.key, *(row.known.get(column, "") for column in sheet.shown))
        texts = (*shown, *(cell_text(cell_of(row.value, column)) for column in sheet.columns))
        for place, text in enumerate(texts):
            if text:
                page.write_string(number, place, text)
