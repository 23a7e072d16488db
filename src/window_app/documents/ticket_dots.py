"""Lines and codes of a ticket as black dots, in our own fonts: what a ticket printer cannot draw by itself."""

from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from PIL import Image, ImageDraw, ImageFont

from window_app.documents.coverage import SANS, Coverage
from window_app.documents.fonts import FALLBACKS, code_mark
from window_app.documents.qr import QUIET_ZONE, qr_rows
from window_app.documents.unseen import is_unseen
from window_app.domain.tickets import Dots, TicketLine

HEIGHT = 24
"""Dots of a character of size 1, as the printers' own have."""
LEADING = 1.25
MARK_SCALE = 0.5
MODULE = 6
LIGHTEST_INK = 128
_INK = [255 if level < LIGHTEST_INK else 0 for level in range(256)]
Piece = tuple[str, ImageFont.FreeTypeFont, float]
"""What is drawn, in which font, and how wide it is."""


class TicketDots:
    """Draws with the fonts of a folder; any thread may call it."""

    def __init__(self, fonts_dir: Path) -> None:
        """Keep the folder; a font is opened when it is first needed."""
        self._directory = fonts_dir
        self._coverage: Coverage | None = None
        self._fonts: dict[tuple[str, int], ImageFont.FreeTypeFont] = {}
        self._lock = Lock()

    def line(self, line: TicketLine, width: int) -> Dots:
        """Return a line of text as dots, broken where it is wider than the paper."""
        with self._lock:
            size = HEIGHT * max(1, line.size)
            drawn = list(self._pieces(line.text, size))
            rows = list(_broken(drawn, width))
            step = round(size * LEADING)
            image = Image.new("L", (width, step * max(1, len(rows))), 255)
            pen = ImageDraw.Draw(image)
            weight = line.size // 2 if line.bold else 0
            for number, row in enumerate(rows):
                left = (width - sum(piece[2] for piece in row)) / 2 if line.centred else 0.0
                for text, font, advance in row:
                    pen.text(
                        (left, number * step + size),
                        text,
                        0,
                        font,
                        anchor="ls",
                        stroke_width=weight,
                    )
                    left += advance
        return _dots(image)

    def code(self, text: str, width: int) -> Dots:
        """Return a QR code as dots, in the middle of the paper."""
        rows = qr_rows(text)
        side = (len(rows) + 2 * QUIET_ZONE) * MODULE
        image = Image.new("L", (width, side), 255)
        pen, left = ImageDraw.Draw(image), (width - side) // 2
        for at, row in enumerate(rows):
            for over, black in enumerate(row):
                if black:
                    x, y = left + (over + QUIET_ZONE) * MODULE, (at + QUIET_ZONE) * MODULE
                    pen.rectangle((x, y, x + MODULE - 1, y + MODULE - 1), 0)
        return _dots(image)

    def _pieces(self, text: str, size: int) -> Iterator[Piece]:
        for character in text:
            name = self._font_of(character)
            shown = character if name is not None else code_mark(character)
            font = self._font(name or SANS, size if name is not None else round(size * MARK_SCALE))
            yield shown, font, font.getlength(shown)

    def _font_of(self, character: str) -> str | None:
        if is_unseen(character):
            return None
        if self._coverage is None:
            self._coverage = Coverage.read(self._directory)
        held = self._coverage
        return next((name for name in FALLBACKS[SANS] if held.has(name, ord(character))), None)

    def _font(self, name: str, size: int) -> ImageFont.FreeTypeFont:
        key = (name, size)
        if key not in self._fonts:
            self._fonts[key] = ImageFont.truetype(self._directory / f"{name}.ttf", size)
        return self._fonts[key]


def _broken(pieces: list[Piece], width: int) -> Iterator[list[Piece]]:
    row: list[Piece] = []
    taken = 0.0
    for piece in pieces:
        if row and taken + piece[2] > width:
            yield row
            row, taken = [], 0.0
        row.append(piece)
        taken += piece[2]
    yield row


def _dots(image: Image.Image) -> Dots:
    black = image.point(_INK, mode="1")
    return Dots(image.width, image.height, black.tobytes())
