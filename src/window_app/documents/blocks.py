"""From the blocks of a paper's content to boxes: the one place that knows how each block looks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from window_app.documents.flow import Box, held, space
from window_app.documents.fonts import FontShelf
from window_app.documents.grid import Cell, row_boxes
from window_app.documents.qr import QUIET_ZONE, qr_rows
from window_app.documents.sheet import MILLIMETRE, PAGE_WIDTH, Sheet
from window_app.documents.typesetting import Line, Look, TextLook, set_text
from window_app.errors import WindowAppError

Block = Mapping[str, Any]
LABEL_WIDTH = 21 * MILLIMETRE
SHARES = {2: (0.54, 0.46)}
"""How a row of so many pairs is shared out; a receipt number needs the wider part."""
QR_SIDE = 34 * MILLIMETRE
QR_CAPTION_RISE = 3 * MILLIMETRE
SIGN_GAP = 8 * MILLIMETRE
SEAL_GREY = 0.55
LONG_TITLE = 6
TITLE_SPACING = 0.35
HELD = 60 * MILLIMETRE
"""How much of what stands before a signature goes to the next page with it, at most."""
DASH = 2 * MILLIMETRE
TEAR = 10 * MILLIMETRE


@dataclass(frozen=True, slots=True)
class BlockSetter:
    """Sets blocks in one look.

    Attributes:
        qr_text: what the QR code holds; None for a preview, which has none.
    """

    shelf: FontShelf
    look: Look
    qr_text: str | None

    def set_all(self, blocks: Sequence[Block]) -> list[Box]:
        """Return the boxes of blocks in order; a QR code stands beside the signature before it.

        Raises:
            WindowAppError: `paper.block_unknown`.
        """
        boxes: list[Box] = []
        for block, following in zip_longest(blocks, blocks[1:]):
            kind = block["block"]
            if kind == "qr" and boxes and self._beside(blocks, block):
                continue
            if kind not in SETTERS:
                raise WindowAppError("paper.block_unknown", block=kind)
            boxes.extend(self._before(blocks, block))
            if kind == "signature" and following is not None and following["block"] == "qr":
                boxes = self._closed(boxes, self.closing(block, following))
            elif kind in ("signature", "qr"):
                boxes = self._closed(boxes, SETTERS[kind](self, block))
            else:
                boxes.extend(SETTERS[kind](self, block))
        return boxes

    def _before(self, blocks: Sequence[Block], block: Block) -> list[Box]:
        """Return the space between running text and a grid; grids that follow each other are one."""
        at = next(index for index, other in enumerate(blocks) if other is block)
        running = at > 0 and blocks[at - 1]["block"] in ("paragraph", "list", "note")
        return [space(self.look.gap)] if self.look.full_rules and running and block["block"] == "fields" else []

    def _closed(self, boxes: list[Box], closing: list[Box]) -> list[Box]:
        return held(boxes, closing, HELD) if self.look.full_rules and closing else [*boxes, *closing]

    @staticmethod
    def _beside(blocks: Sequence[Block], block: Block) -> bool:
        at = next(index for index, other in enumerate(blocks) if other is block)
        return at > 0 and blocks[at - 1]["block"] == "signature"

    def lines(
        self, text: str, look: TextLook, *, indent: float = 0, left: float = 0, align: str = "justify"
    ) -> list[Box]:
        """Return one box for each line of a text; single lines are not left alone on a page."""
        width = self.look.width - left
        lines = set_text(self.shelf, text, look, width, indent=indent, align=align, full_rules=self.look.full_rules)
        count = len(lines)
        return [
            Box(look.leading, self._painter(line, look, left), keep=index in (0, count - 2) and index < count - 1)
            for index, line in enumerate(lines)
        ]

    def _painter(self, line: Line, look: TextLook, left: float) -> Callable[[Sheet, float], None]:
        def paint(sheet: Sheet, top: float) -> None:
            line.paint(sheet, self.look.left + left, top, look)

        return paint

    def title(self, block: Block) -> list[Box]:
        """Return the issuer above the title, both centred, a short title set wide."""
        boxes = self.lines(block["issuer"], self.look.issuer, align="center") if block.get("issuer") else []
        spacing = self.look.title.size * TITLE_SPACING if len(block["text"]) < LONG_TITLE else 0.0
        for line in set_text(self.shelf, block["text"], self.look.title, self.look.width, align="center"):
            wide = replace(line, x=line.x - spacing * (len(line.text) - 1) / 2, spacing=spacing)
            boxes.append(Box(self.look.title.leading, self._painter(wide, self.look.title, 0)))
        return [*boxes, space(self.look.gap)]

    def heading(self, block: Block) -> list[Box]:
        """Return a heading, kept with what follows."""
        boxes = self.lines(block["text"], self.look.heading, align="left")
        marks = [block["text"] if self.look.full_rules else "", *[""] * len(boxes)]
        kept = (Box(box.height, box.paint, keep=True, mark=mark) for box, mark in zip(boxes, marks, strict=False))
        return [space(self.look.gap), *kept]

    def reference(self, block: Block) -> list[Box]:
        """Return the number of a decision or letter, centred below its title."""
        return [*self.lines(block["text"], self.look.body, align="center"), space(self.look.gap)]

    def tear(self, block: Block) -> list[Box]:
        """Return a dashed line across the page to tear or cut along, with what it is for."""
        return [self.dashed(block["text"], TEAR)]

    def dashed(self, text: str, height: float) -> Box:
        """Return a dashed line across the page with a text in its middle; what follows stays with it."""
        look = self.look.small

        def paint(sheet: Sheet, top: float) -> None:
            middle = top - height / 2
            width = sheet.width(look.font, look.size, text) + 4 * MILLIMETRE
            start = PAGE_WIDTH / 2 - width / 2
            at = 0.0
            while at < PAGE_WIDTH:
                if at + DASH < start or at > start + width:
                    sheet.rule(at, middle, at + DASH, middle)
                at += 2 * DASH
            Line(text, 0, 0).paint(sheet, start + 2 * MILLIMETRE, middle + look.leading / 2, look)

        return Box(height, paint, keep=True)

    def paragraph(self, block: Block) -> list[Box]:
        """Return a paragraph, its first line indented by two characters where asked for."""
        indent = 2 * self.look.body.size if block.get("indent", True) else 0.0
        return [space(self.look.gap * 0.6), *self.lines(block["text"], self.look.body, indent=indent)]

    def fields(self, block: Block) -> list[Box]:
        """Return labels and values in a ruled grid of one or two pairs a row."""
        boxes: list[Box] = []
        for pair in pairs(block["items"], int(block.get("columns", 1))):
            cells = []
            for item, part in zip(pair, SHARES.get(len(pair), ()) or [1 / len(pair)] * len(pair), strict=True):
                share = self.look.width * part
                label = Cell(item["label"], LABEL_WIDTH, self.look.label, align="center", shaded=True)
                look = self.look.heading if item.get("strong") else self.look.cell
                cells += [label, Cell(item["text"], share - LABEL_WIDTH, look, align="left")]
            boxes += row_boxes(self.shelf, self.look, cells, least=max(_room(item) for item in pair))
        return boxes

    def table(self, block: Block) -> list[Box]:
        """Return a table whose head comes again on each page; without rows its `empty` text."""
        boxes = self.heading({"text": block["heading"]}) if block.get("heading") else [space(self.look.gap)]
        if not block["rows"]:
            return boxes + self.lines(block.get("empty", ""), self.look.cell)
        whole = sum(column["width"] for column in block["columns"])
        widths = [self.look.width * column["width"] / whole for column in block["columns"]]
        head = [
            Cell(column["head"], width, self.look.label, align="center", shaded=True)
            for column, width in zip(block["columns"], widths, strict=True)
        ]
        (top,) = row_boxes(self.shelf, self.look, head)
        boxes.append(Box(top.height, top.paint, keep=True))
        for row in block["rows"]:
            cells = [
                Cell(text, width, self.look.cell, align=column["align"])
                for text, width, column in zip(row, widths, block["columns"], strict=True)
            ]
            boxes += row_boxes(self.shelf, self.look, cells, again=top, least=_room(block))
        return boxes

    def numbered(self, block: Block) -> list[Box]:
        """Return numbered items with hanging numbers."""
        boxes = self.heading({"text": block["heading"]}) if block.get("heading") else [space(self.look.gap)]
        for number, item in enumerate(block["items"], start=1):
            look = self.look.item
            if item.get("strong"):
                look = TextLook(look.font, look.size, look.leading, bold=0.3)
            left = 1.9 * look.size
            lines = self.lines(item["text"], look, left=left)
            boxes.append(self._numbered(lines[0], f"{number}．", look))
            boxes += lines[1:]
        return boxes

    def _numbered(self, box: Box, number: str, look: TextLook) -> Box:
        def paint(sheet: Sheet, top: float) -> None:
            Line(number, 0, 0).paint(sheet, self.look.left, top, look)
            box.paint(sheet, top)

        return Box(box.height, paint, keep=box.keep)

    def note(self, block: Block) -> list[Box]:
        """Return small print."""
        return [space(self.look.gap * 0.6), *self.lines(block["text"], self.look.small)]

    def signature(self, block: Block) -> list[Box]:
        """Return lines to sign on, issuer, date and the place of the seal, at the right."""
        return [space(self.look.gap), self._closing(block, None)]

    def qr(self, block: Block) -> list[Box]:
        """Return a QR code that stands alone."""
        return [space(self.look.gap), self._closing(None, block)]

    def closing(self, signature: Block, code: Block) -> list[Box]:
        """Return QR code and signature side by side."""
        return [space(self.look.gap * 1.5), self._closing(signature, code)]

    def _closing(self, signature: Block | None, code: Block | None) -> Box:
        caption = [] if code is None else set_text(self.shelf, code["text"], self.look.small, QR_SIDE, align="left")
        height = QR_SIDE + len(caption) * self.look.small.leading

        def paint(sheet: Sheet, top: float) -> None:
            if code is not None:
                self._paint_qr(sheet, top)
                for index, line in enumerate(caption):
                    below = top - QR_SIDE + QR_CAPTION_RISE - index * self.look.small.leading
                    line.paint(sheet, self.look.left, below, self.look.small)
            if signature is not None:
                self._paint_signature(sheet, top, signature)

        return Box(height, paint)

    def _paint_qr(self, sheet: Sheet, top: float) -> None:
        if self.qr_text is not None:
            rows = qr_rows(self.qr_text)
            quiet = QR_SIDE * QUIET_ZONE / (len(rows) + 2 * QUIET_ZONE)
            sheet.qr(self.look.left - quiet, top - QR_SIDE + quiet, QR_SIDE, rows)
            return
        margin = 3 * MILLIMETRE
        sheet.frame(self.look.left + margin, top - QR_SIDE + margin, QR_SIDE - 2 * margin, QR_SIDE - 2 * margin)
        empty = Line("预览", (QR_SIDE - sheet.width(self.look.body.font, self.look.body.size, "预览")) / 2, 0)
        empty.paint(sheet, self.look.left, top - QR_SIDE / 2 + self.look.body.leading / 2, self.look.body)

    def _paint_signature(self, sheet: Sheet, top: float, block: Block) -> None:
        look = self.look.body
        left = self.look.left + QR_SIDE + 10 * MILLIMETRE
        right = self.look.left + self.look.width
        for item in block["items"]:
            label = f"{item['label']}："
            Line(label, 0, 0).paint(sheet, left, top, look)
            start = left + sheet.width(look.font, look.size, label)
            base = top - look.leading * 0.86
            sheet.rule(start, base, right, base)
            top -= SIGN_GAP
        self._paint_issuer(sheet, top, right - left, block)

    def _paint_issuer(self, sheet: Sheet, top: float, room: float, block: Block) -> None:
        look = self.look.body
        seal = f"（{block['seal']}）" if block.get("seal") else ""
        shown = [(block.get("issuer", ""), 0.0), (block.get("date", ""), 0.0), (seal, SEAL_GREY)]
        width = min(max(sheet.width(look.font, look.size, text) for text, _ in shown) + 1, room)
        left = self.look.left + self.look.width - width
        for text, grey in shown:
            sheet.ink(grey)
            for line in set_text(self.shelf, text, look, width, align="center") if text else ():
                line.paint(sheet, left, top, look)
                top -= look.leading
        sheet.ink(0)


def _room(part: Block) -> float:
    """Return the height that a row of a grid has at least: room to write or sign in, given in millimetres."""
    return float(part.get("room", 0)) * MILLIMETRE


def pairs(items: Sequence[Block], columns: int) -> list[list[Block]]:
    """Return the items of a grid row by row; a wide one has a row of its own."""
    rows: list[list[Block]] = []
    room = 0
    for item in items:
        if item.get("wide") or room == 0:
            rows.append([item])
            room = 0 if item.get("wide") else columns - 1
        else:
            rows[-1].append(item)
            room -= 1
    return rows


SETTERS: Mapping[str, Callable[[BlockSetter, Block], list[Box]]] = {
    "title": BlockSetter.title,
    "reference": BlockSetter.reference,
    "tear": BlockSetter.tear,
    "heading": BlockSetter.heading,
    "paragraph": BlockSetter.paragraph,
    "fields": BlockSetter.fields,
    "table": BlockSetter.table,
    "list": BlockSetter.numbered,
    "note": BlockSetter.note,
    "signature": BlockSetter.signature,
    "qr": BlockSetter.qr,
}
