"""Rows of a ruled grid: cells of equal height, torn between lines where a page is not enough."""

from collections.abc import Sequence
from dataclasses import dataclass

from window_app.documents.flow import Box
from window_app.documents.fonts import FontShelf
from window_app.documents.sheet import MILLIMETRE, Sheet
from window_app.documents.typesetting import Line, Look, TextLook, set_text

LINES_A_BOX = 24
SIDE_PADDING = 1.6 * MILLIMETRE
THIN = 0.5


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in a cell of a row. `width` includes the padding."""

    text: str
    width: float
    look: TextLook
    align: str = "left"
    shaded: bool = False


def row_boxes(
    shelf: FontShelf, look: Look, cells: Sequence[Cell], *, again: Box | None = None, least: float = 0
) -> list[Box]:
    """Return the boxes of a row: one, or several where a cell has more lines than a box may hold.

    `least` is the height that a row has at any rate, as room to write in.
    """
    full = look.full_rules
    columns = [
        set_text(shelf, cell.text, cell.look, cell.width - 2 * SIDE_PADDING, align=cell.align, full_rules=full)
        for cell in cells
    ]
    count = max(len(lines) for lines in columns)
    boxes = []
    for start in range(0, count, LINES_A_BOX):
        part = [lines[start : start + LINES_A_BOX] for lines in columns]
        height = max(len(lines) * cell.look.leading for lines, cell in zip(part, cells, strict=True))
        boxes.append(_row(look, cells, part, max(height + 2 * look.padding, least), again))
    return boxes


def _row(look: Look, cells: Sequence[Cell], part: Sequence[Sequence[Line]], height: float, again: Box | None) -> Box:
    def paint(sheet: Sheet, top: float) -> None:
        left = look.left
        for cell, lines in zip(cells, part, strict=True):
            if cell.shaded:
                sheet.shade(left, top - height, cell.width, height)
            inner = top - (height - len(lines) * cell.look.leading) / 2
            for index, line in enumerate(lines):
                line.paint(sheet, left + SIDE_PADDING, inner - index * cell.look.leading, cell.look)
            sheet.frame(left, top - height, cell.width, height, line=THIN)
            left += cell.width

    return Box(height, paint, again=again)
