"""Makes the PDF of a paper from its record alone; the same record gives the same bytes."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock
from typing import Any

from window_app.documents.blocks import BlockSetter
from window_app.documents.coverage import SANS, SERIF
from window_app.documents.embedding import embed, find_embedded
from window_app.documents.flow import Box, paginate
from window_app.documents.fonts import FontShelf
from window_app.documents.registry import Layout, Registry, load_layouts
from window_app.documents.sheet import MILLIMETRE, PAGE_HEIGHT, PAGE_WIDTH, Sheet
from window_app.documents.signature import content_digest, qr_text
from window_app.documents.typesetting import Line, Look
from window_app.domain.papers import PaperRecord

WATERMARK_SIZE = 84
WATERMARK_GREY = 0.9
STAMP_SIZE = 12
PRACTICE = "练习 · 无效"
PREVIEW = "预览 · 无效"


class ReportlabPaperMaker:
    """Draws papers with the fonts of a folder. Can be called from any thread; one paper is made at a time."""

    def __init__(self, fonts_dir: Path, layouts: Registry | None = None) -> None:
        """Read the font table; fonts are opened at the first paper, or by `warm_up`."""
        self._shelf = FontShelf(fonts_dir)
        self._layouts = layouts or load_layouts()
        self._lock = Lock()

    def warm_up(self) -> None:
        """Open the two fonts that every paper needs, so that the first paper is as quick as the next."""
        self._shelf.font(SERIF)
        self._shelf.font(SANS)

    def render(self, record: PaperRecord, *, reprint: int = 0, preview: bool = False) -> bytes:
        """Return the PDF; `reprint` > 0 marks it as that reprint, `preview` as not valid.

        Raises:
            LayoutUnknown: where this program has no layout of the record's kind and revision.
        """
        layout = self._layouts.get(record.kind, int(record.content["layout"]))
        with self._lock:
            return self._render(layout, record, reprint, preview)

    def missing_characters(self, record: PaperRecord) -> tuple[str, ...]:
        """Return the characters of a paper that no font holds and that are drawn as their code point."""
        return self._shelf.missing("".join(_texts(record.content.get("blocks", ()))))

    def read_record(self, pdf: bytes) -> Mapping[str, Any] | None:
        """Return the record embedded in a PDF, or None where there is none."""
        found = find_embedded(pdf)
        record = None if found is None else found.get("record")
        return record if isinstance(record, dict) else None

    def _render(self, layout: Layout, record: PaperRecord, reprint: int, preview: bool) -> bytes:
        look, pages = self._set(layout, record, preview)
        title = record.content["title"]["zh"]
        sheet = Sheet(
            self._shelf,
            title=f"{title} {record.number}",
            subject=title,
            issued_at=record.issued_at,
            seed=f"{content_digest(record)}:{reprint}:{preview}".encode("ascii"),
        )
        marks = _marks(record, reprint, preview)
        for index, page in enumerate(pages):
            if index:
                sheet.next_page()
            _paint_marks(sheet, look, marks)
            top = PAGE_HEIGHT - look.top
            for box in page:
                if box.mark and len(pages) > 1:
                    sheet.bookmark(box.mark, top)
                box.paint(sheet, top)
                top -= box.height
            _paint_footer(sheet, look, record.number, index + 1, len(pages))
        if not preview:
            embed(sheet, record, reprint)
        return sheet.finish()

    def _set(self, layout: Layout, record: PaperRecord, preview: bool) -> tuple[Look, list[list[Box]]]:
        code = None if preview or not record.signature else qr_text(record)
        tries = []
        for scale in layout.scales:
            look = layout.look.scaled(scale)
            boxes = layout.draw(BlockSetter(self._shelf, look, code), record.content)
            tries.append((look, paginate(boxes, look.height)))
            if len(tries[-1][1]) <= layout.pages:
                return tries[-1]
        return tries[0]


def _marks(record: PaperRecord, reprint: int, preview: bool) -> list[str]:
    marks = [PRACTICE] if record.practice else []
    if preview:
        marks.append(PREVIEW)
    if reprint:
        marks.append(f"补打 第 {reprint} 次")
    return marks


def _paint_marks(sheet: Sheet, look: Look, marks: list[str]) -> None:
    if any(mark in (PRACTICE, PREVIEW) for mark in marks):
        shown = PREVIEW if PREVIEW in marks else PRACTICE
        sheet.slanted(SANS, WATERMARK_SIZE, shown, grey=WATERMARK_GREY)
    top = PAGE_HEIGHT - 12 * MILLIMETRE
    right = PAGE_WIDTH - look.right
    for mark in marks:
        width = sheet.width(SANS, STAMP_SIZE, mark) + 5 * MILLIMETRE
        sheet.frame(right - width, top - STAMP_SIZE * 1.6, width, STAMP_SIZE * 1.6, line=0.9)
        sheet.text(right - width + 2.5 * MILLIMETRE, top - STAMP_SIZE * 1.18, SANS, STAMP_SIZE, mark)
        right -= width + 2 * MILLIMETRE


def _paint_footer(sheet: Sheet, look: Look, number: str, page: int, pages: int) -> None:
    text = f"— {page} —" if look.dashed else f"第 {page} 页 共 {pages} 页"
    style = look.footer
    top = look.bottom - 8 * MILLIMETRE
    Line(number, 0, 0).paint(sheet, look.left, top, style)
    right = PAGE_WIDTH - look.right - sheet.width(style.font, style.size, text)
    Line(text, 0, 0).paint(sheet, right, top, style)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
