"""The outage form, 应急收件单: blank, numbered in advance, with a stub for the visitor to tear off."""

from collections.abc import Mapping, Sequence
from typing import Any

from window_app.documents.blocks import LABEL_WIDTH, SHARES, Block, BlockSetter, pairs
from window_app.documents.flow import Box, space
from window_app.documents.grid import Cell, row_boxes
from window_app.documents.qr import QUIET_ZONE, qr_rows
from window_app.documents.registry import Layout
from window_app.documents.sheet import MILLIMETRE, Sheet
from window_app.documents.typesetting import Line, Look, TextLook

ROW = 7 * MILLIMETRE
ROOM = {"claims": 14 * MILLIMETRE, "statement": 32 * MILLIMETRE, "applicant_signature": 9 * MILLIMETRE}
TABLE_ROW = 5.8 * MILLIMETRE
QR_SIDE = 25 * MILLIMETRE
TEAR = 7 * MILLIMETRE
STUB = "stub"


def _draw(setter: BlockSetter, content: Mapping[str, Any]) -> list[Box]:
    boxes: list[Box] = []
    caption = next((block["text"] for block in content["blocks"] if block["block"] == "qr"), "")
    for block in content["blocks"]:
        boxes += _block(setter, block, caption)
    return boxes


def _block(setter: BlockSetter, block: Block, caption: str) -> list[Box]:
    kind, name = block["block"], block["id"]
    if kind == "fields":
        narrower = QR_SIDE if name == STUB else 0.0
        return [*([] if name == "visit" else [space(setter.look.gap * 0.4)]), *_fields(setter, block, narrower)]
    if kind == "table":
        return [space(setter.look.gap * 0.4), *_table(setter, block)]
    if kind == "qr":
        return []
    if name == "tear":
        return [setter.dashed(block["text"], TEAR)]
    if name == "title":
        return [_code(setter, caption), *setter.title(block)]
    return setter.set_all([block])


def _fields(setter: BlockSetter, block: Block, narrower: float) -> list[Box]:
    """Return a grid with room to write in; beside a stub's grid stands the code."""
    look, width = setter.look, setter.look.width - narrower
    boxes: list[Box] = []
    for pair in pairs(block["items"], int(block.get("columns", 1))):
        cells = []
        for item, part in zip(pair, SHARES.get(len(pair), ()) or [1 / len(pair)] * len(pair), strict=True):
            cells.append(Cell(item["label"], LABEL_WIDTH, look.label, align="center", shaded=True))
            text = look.heading if item.get("strong") else look.cell
            cells.append(Cell(item["text"], width * part - LABEL_WIDTH, text, align="left"))
        least = max(ROOM.get(item["id"], ROW) for item in pair)
        boxes += row_boxes(setter.shelf, look, cells, least=least)
    return [_code(setter), *boxes] if narrower else boxes


def _table(setter: BlockSetter, block: Block) -> list[Box]:
    look = setter.look
    whole = sum(column["width"] for column in block["columns"])
    widths = [look.width * column["width"] / whole for column in block["columns"]]
    rows: list[tuple[Sequence[str], TextLook, bool]] = [([one["head"] for one in block["columns"]], look.label, True)]
    rows += [(row, look.cell, False) for row in block["rows"]]
    boxes: list[Box] = []
    for texts, text, shaded in rows:
        cells = [
            Cell(shown, width, text, align="center" if shaded else column["align"], shaded=shaded)
            for shown, width, column in zip(texts, widths, block["columns"], strict=True)
        ]
        boxes += row_boxes(setter.shelf, look, cells, least=TABLE_ROW)
    return boxes


def _code(setter: BlockSetter, caption: str = "") -> Box:
    """Return a box without height that draws the code at the right edge of the type area, its caption below."""
    right, look = setter.look.left + setter.look.width, setter.look.small

    def paint(sheet: Sheet, top: float) -> None:
        if setter.qr_text is None:
            return
        rows = qr_rows(setter.qr_text)
        quiet = QR_SIDE * QUIET_ZONE / (len(rows) + 2 * QUIET_ZONE)
        sheet.qr(right - QR_SIDE + quiet, top - QR_SIDE + quiet, QR_SIDE, rows)
        middle = right - (QR_SIDE - quiet) / 2
        width = sheet.width(look.font, look.size, caption)
        Line(caption, 0, 0).paint(sheet, middle - width / 2, top - QR_SIDE + quiet, look)

    return Box(0.0, paint)


LAYOUTS = (
    Layout(
        "outage_form",
        revision=1,
        look=Look(left=20 * MILLIMETRE, right=18 * MILLIMETRE, top=13 * MILLIMETRE, bottom=17 * MILLIMETRE),
        scales=(1.0, 0.95, 0.9),
        draw=_draw,
    ),
)
