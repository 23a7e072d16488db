"""A stack of A4 pages to draw on: text with fallback fonts, rules, marks and QR codes."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import md5
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFString
from reportlab.pdfgen.canvas import Canvas

from window_app.clock import CHINA
from window_app.documents.archive import Description, make_archivable
from window_app.documents.coverage import SANS
from window_app.documents.fonts import MARK_PADDING, MARK_SCALE, SQUEEZE, FontShelf, code_mark, squeeze_points
from window_app.documents.qr import QUIET_ZONE
from window_app.documents.streams import Packed
from window_app.documents.subsets import Subset
from window_app.domain.ink import Curve, Place

# Page contents as plain deflate: half the time, and one form of stream in the whole file.
rl_config.useA85 = 0

PAGE_WIDTH, PAGE_HEIGHT = A4
MILLIMETRE = 72 / 25.4
CHINA_OFFSET_HOURS = 8
PROGRAM = "window-app"
INVERTED = b"10".ljust(256)
"""From 0 and 1 to digits that say the opposite."""


class _BareCanvas(Canvas):  # type: ignore[misc] # reportlab carries no types
    """A canvas whose pages begin without a font.

    WORKAROUND for reportlab 5.1, which begins each page with Helvetica, not embedded.
    """

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


class Sheet:
    """Pages of one document. Coordinates are points from the lower left corner."""

    def __init__(self, shelf: FontShelf, *, title: str, subject: str, issued_at: datetime, seed: bytes) -> None:
        """Begin a document; the same arguments and drawing give the same bytes."""
        self.shelf = shelf
        self._buffer = BytesIO()
        self._canvas: Any = _BareCanvas(
            self._buffer, pagesize=A4, pageCompression=1, invariant=1, lang="zh-CN", pdfVersion=(1, 7)
        )
        self._document = self._canvas._doc
        self._describe(title, subject, issued_at, seed)
        self._pages = 1
        self._subsets: dict[str, Subset] = {}

    def _describe(self, title: str, subject: str, issued_at: datetime, seed: bytes) -> None:
        local = issued_at.astimezone(CHINA)
        self._document._timeStamp = SimpleNamespace(
            YMDhms=(*local.timetuple()[:6],), dhh=CHINA_OFFSET_HOURS, dmm=0, t=issued_at.timestamp()
        )
        self._document.signature = md5(seed, usedforsecurity=False)
        self._document.Catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
        self._canvas.setTitle(title)
        self._canvas.setSubject(subject)
        self._canvas.setAuthor("")
        self._canvas.setCreator(PROGRAM)
        self._canvas.setProducer(PROGRAM)
        make_archivable(self._document, Description(title, subject, local, PROGRAM), self.shelf.directory)

    @property
    def document(self) -> Any:  # noqa: ANN401 - reportlab's untyped document
        """The PDF document, for what is no drawing."""
        return self._document

    @property
    def page_number(self) -> int:
        """The page drawn on now, from 1."""
        return self._pages

    def bookmark(self, title: str, top: float) -> None:
        """Name a place of this page in the document's list of bookmarks."""
        place = f"{self._pages}-{top:.1f}"
        self._canvas.bookmarkPage(place, fit="XYZ", top=top)
        self._canvas.addOutlineEntry(title, place)

    def next_page(self) -> None:
        """Close this page and begin another."""
        self._canvas.showPage()
        self._pages += 1

    def finish(self) -> bytes:
        """Close the last page and return the PDF."""
        self._canvas.showPage()
        for subset in self._subsets.values():
            subset.add_to(self._document)
        for page in range(1, self._pages + 1):
            drawn = self._document.idToObject[f"Page{page}"]
            drawn.Contents = Packed(drawn.stream.encode("ascii"))
        self._document.SaveToFile(self._buffer, self._canvas)
        return self._buffer.getvalue()

    def width(self, font: str, size: float, text: str) -> float:
        """Return the width of a text in points."""
        return self.shelf.width(font, size, text)

    def text(
        self, x: float, y: float, font: str, size: float, text: str, *, spacing: float = 0, bold: float = 0
    ) -> None:
        """Draw a line of text from `x` on the baseline `y`.

        Args:
            x: left end.
            y: baseline.
            font: name of the font wanted; characters it lacks come from another, or as a boxed code point.
            size: type size in points.
            text: what to draw, without line ends.
            spacing: points added after every character.
            bold: width in points of an outline that thickens the strokes.
        """
        operations = [f"BT {x:.3f} {y:.3f} Td"]
        if spacing:
            operations.append(f"{spacing:.4f} Tc")
        if bold:
            operations.append(f"2 Tr {bold:.2f} w")
        boxes: list[tuple[float, str]] = []
        at, runs = x, self.shelf.runs(font, text)
        lost = any(name is None for name, _ in runs)
        for name, run in runs:
            if name is None:
                at = self._leave_room(operations, boxes, at, y, font, size, run, spacing)
                continue
            operations.extend(self._show(name, size, run))
            at += self.width(font, size, run) + spacing * len(run) if lost else 0
        if bold:
            operations.append("0 Tr")
        operations.append("0 Tc ET" if spacing else "ET")
        self._canvas.addLiteral("\n".join(operations))
        for left, character in boxes:
            self._box(left, y, font, size, character)

    def _show(self, name: str, size: float, run: str) -> list[str]:
        subset = self._subset(name)
        shown = [f"/{subset.internal} {size:g} Tf"]
        start = 0
        for end in (*squeeze_points(run), len(run)):
            if start:
                shown.append(f"[{SQUEEZE}] TJ")
            shown.append(f"<{subset.codes(run[start:end]).hex()}> Tj")
            start = end
        return shown

    def _subset(self, name: str) -> Subset:
        if name not in self._subsets:
            self._subsets[name] = Subset(self.shelf.font(name).face, f"F{len(self._subsets) + 1}")
        return self._subsets[name]

    def _leave_room(
        self,
        operations: list[str],
        boxes: list[tuple[float, str]],
        at: float,
        y: float,
        font: str,
        size: float,
        run: str,
        spacing: float,
    ) -> float:
        for character in run:
            boxes.append((at, character))
            at += self.width(font, size, character) + spacing
        operations.append(f"1 0 0 1 {at:.3f} {y:.3f} Tm")
        return at

    def _box(self, x: float, y: float, font: str, size: float, character: str) -> None:
        width = self.width(font, size, character)
        margin = size * 0.04
        self.frame(x + margin, y - size * 0.14, width - 2 * margin, size * 0.94, line=0.5)
        left = x + MARK_PADDING * size / 1000
        self.text(left, y + size * 0.12, SANS, size * MARK_SCALE, code_mark(character))

    def rule(self, x1: float, y1: float, x2: float, y2: float, *, line: float = 0.5) -> None:
        """Draw a straight line."""
        self._canvas.addLiteral(f"{line:g} w {x1:.3f} {y1:.3f} m {x2:.3f} {y2:.3f} l S")

    def frame(self, x: float, y: float, width: float, height: float, *, line: float = 0.5) -> None:
        """Draw the outline of a rectangle."""
        self._canvas.addLiteral(f"{line:g} w {x:.3f} {y:.3f} {width:.3f} {height:.3f} re S")

    def drawing(self, x: float, y: float, width: float, height: float, lines: Sequence[Curve], *, pen: float) -> None:
        """Draw curves of a unit square, whose y goes down, into a rectangle, with round ends and joints."""

        def at(place: Place) -> str:
            return f"{x + place[0] * width:.3f} {y + (1 - place[1]) * height:.3f}"

        operations = [f"q 1 J 1 j {pen:g} w"]
        for line in lines:
            operations.append(f"{at(line.start)} m")
            operations.extend(f"{at(one)} {at(two)} {at(end)} c" for one, two, end in line.parts or _dot(line.start))
            operations.append("S")
        operations.append("Q")
        self._canvas.addLiteral("\n".join(operations))

    def shade(self, x: float, y: float, width: float, height: float, *, grey: float = 0.95) -> None:
        """Fill a rectangle with grey."""
        self._canvas.addLiteral(f"{grey:g} g {x:.3f} {y:.3f} {width:.3f} {height:.3f} re f 0 g")

    def ink(self, grey: float) -> None:
        """Draw text from now on in a grey; 0 is black."""
        self._canvas.addLiteral(f"{grey:g} g")

    def qr(self, x: float, y: float, side: float, rows: Sequence[Sequence[bool]]) -> None:
        """Draw the modules of a QR code in a square that includes its quiet zone."""
        count = len(rows) + 2 * QUIET_ZONE
        scale = side / count
        inner, edge = scale * len(rows), scale * QUIET_ZONE
        self._canvas.addLiteral(
            f"q 1 g {x:.3f} {y:.3f} {side:.3f} {side:.3f} re f 0 g"
            f" {inner:.4f} 0 0 {inner:.4f} {x + edge:.3f} {y + edge:.3f} cm\n"
            f"BI /W {len(rows)} /H {len(rows)} /IM true /F /AHx ID {_stencil(rows)}>\nEI Q"
        )

    def slanted(self, font: str, size: float, text: str, *, grey: float) -> None:
        """Draw a large text slanted across the middle of the page, light, to lie under everything else."""
        self._canvas.addLiteral(
            f"q {grey:g} g {grey:g} G 0.8192 0.5736 -0.5736 0.8192 {PAGE_WIDTH / 2:.3f} {PAGE_HEIGHT / 2:.3f} cm"
        )
        self.text(-self.width(font, size, text) / 2, -size / 3, font, size, text)
        self._canvas.addLiteral("Q")

    def attach(self, name: str, file: Any) -> None:  # noqa: ANN401 - reportlab's untyped dictionary
        """Enter a file into the document's catalogue as one that belongs to it."""
        reference = self._document.Reference(file)
        names = PDFDictionary({"Names": PDFArray([PDFString(name), reference])})
        self._document.Catalog.Names = PDFDictionary({"EmbeddedFiles": names})
        self._document.Catalog.AF = PDFArray([reference])


def _dot(place: Place) -> tuple[tuple[Place, Place, Place], ...]:
    return ((place, place, place),)


def _stencil(rows: Sequence[Sequence[bool]]) -> str:
    """Return rows of modules as a mask in hex: a dark one is 0, each row fills its last byte with 1."""
    filling = b"1" * (-len(rows) % 8)
    bits = [bytes(row).translate(INVERTED) + filling for row in rows]
    return "".join(f"{int(row, 2):0{len(row) // 4}x}" for row in bits)
