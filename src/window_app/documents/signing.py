"""Papers that are signed: lines to sign on, the ink of a signature given on the screen, pages of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from window_app.documents.blocks import Block, BlockSetter
from window_app.documents.flow import Box, new_page, space
from window_app.documents.sheet import MILLIMETRE, Sheet
from window_app.documents.typesetting import Line, set_text
from window_app.domain.ink import ASPECT, Curve, curves, from_json

LABEL = 0.36
"""Where the lines to sign on begin, as a part of the type area."""
ROW = 9 * MILLIMETRE
INK_HEIGHT = 17 * MILLIMETRE
ABOVE = 1.5 * MILLIMETRE
PEN = 1.1
SIGNING, PAGE, CODE, GRID, TEXT = "signing", "page", "qr", "fields", "paragraph"


@dataclass(frozen=True, slots=True)
class _SigningLine:
    """A line with its label before it, and on it a text, a drawing, or room for a pen."""

    label: str
    start: float
    height: float
    said: Sequence[Line]
    drawn: Sequence[Curve]


def set_signed(setter: BlockSetter, content: Mapping[str, Any]) -> list[Box]:
    """Return the boxes of a paper that may hold lines to sign on and may begin new pages.

    A code that follows lines to sign on stands beside them.
    """
    boxes: list[Box] = []
    plain: list[Block] = []
    for before, block in pairwise([{"block": ""}, *content["blocks"], {"block": ""}]):
        beside = before["block"] == SIGNING and block["block"] == CODE
        if before["block"] == SIGNING:
            boxes += _signing(setter, before["items"], content["values"], block if beside else None)
        if block["block"] in (SIGNING, PAGE, ""):
            boxes += setter.set_all(plain)
            plain = []
            boxes += [new_page()] if block["block"] == PAGE else []
        elif not beside:
            if before["block"] == TEXT and block["block"] == GRID:
                boxes += [*setter.set_all(plain), space(setter.look.gap * 0.6)]
                plain = []
            plain.append(block)
    return boxes


def _signing(
    setter: BlockSetter, items: Sequence[Mapping[str, Any]], values: Mapping[str, Any], code: Block | None
) -> list[Box]:
    lines = [_line(setter, item, values) for item in items]
    beside = None if code is None else setter.qr(code)[-1]
    height = max(sum(line.height for line in lines), 0.0 if beside is None else beside.height)

    def paint(sheet: Sheet, top: float) -> None:
        if beside is not None:
            beside.paint(sheet, top)
        for line in lines:
            _paint(setter, sheet, top, line)
            top -= line.height

    return [space(setter.look.gap), Box(height, paint)]


def _line(setter: BlockSetter, item: Mapping[str, Any], values: Mapping[str, Any]) -> _SigningLine:
    look = setter.look.body
    label = f"{item['label']}："
    start = setter.look.left + setter.look.width * LABEL + setter.shelf.width(look.font, look.size, label)
    room = setter.look.left + setter.look.width - start
    said = set_text(setter.shelf, item["text"], look, room, align="left") if item.get("text") else []
    drawn = curves(from_json(values[item["ink"]])) if "ink" in item else ()
    least = INK_HEIGHT + ABOVE if drawn else ROW
    return _SigningLine(label, start, max(least, len(said) * look.leading + ABOVE), said, drawn)


def _paint(setter: BlockSetter, sheet: Sheet, top: float, line: _SigningLine) -> None:
    look = setter.look.body
    left = setter.look.left + setter.look.width * LABEL
    right = setter.look.left + setter.look.width
    bottom = top - line.height
    base = bottom + look.leading * 0.14
    Line(line.label, 0, 0).paint(sheet, left, bottom + look.leading, look)
    for place, said in enumerate(line.said):
        said.paint(sheet, line.start, bottom + (len(line.said) - place) * look.leading, look)
    sheet.rule(line.start, base, right, base)
    if line.drawn:
        width = min(INK_HEIGHT * ASPECT, right - line.start)
        sheet.drawing(line.start, base, width, width / ASPECT, line.drawn, pen=PEN)
