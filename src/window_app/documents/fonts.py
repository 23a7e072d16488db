"""The fonts of the papers: parsed once, opened when first needed, one subset embedded per document."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

from reportlab.pdfbase.ttfonts import TTFontFace

from window_app.documents.coverage import RARE, SANS, SERIF, Coverage
from window_app.documents.linebreak import MARKS, SQUEEZED
from window_app.documents.unseen import is_unseen

SQUEEZE = 500
MARK_SCALE = 0.62
MARK_PADDING = 150
SHORT, MOST_KNOWN = 4, 100_000
"""How long a piece is whose width is kept, and how many are."""
BLANKS = frozenset("\t\n\r ")
"""White space that lines are made of and that is never drawn itself."""
FALLBACKS = {SERIF: (SERIF, SANS, RARE), SANS: (SANS, SERIF, RARE)}


def code_mark(character: str) -> str:
    """Return what is drawn, boxed, for a character that no font holds.

    >>> code_mark(chr(0x30EDD))
    'U+30EDD'
    """
    return f"U+{ord(character):04X}"


def squeeze_points(text: str) -> list[int]:
    """Return the places in a text before which half an em is given up."""
    return [] if MARKS.isdisjoint(text) else [match.start() for match in SQUEEZED.finditer(text)]


class PaperFont:
    """A TrueType font, parsed."""

    def __init__(self, font_file: Path) -> None:
        """Parse the font file."""
        self.face: Any = TTFontFace(str(font_file))

    def advance(self, character: str) -> float:
        """Return the width of a character in thousandths of the type size."""
        return float(self.face.getCharWidth(ord(character)))


class FontShelf:
    """The fonts of one folder. A font is opened when a character first needs it, then kept."""

    def __init__(self, fonts_dir: Path) -> None:
        """Read the coverage table; no font is opened yet."""
        self.directory = fonts_dir
        self._coverage = Coverage.read(fonts_dir)
        self._fonts: dict[str, PaperFont] = {}
        self._found: dict[str, dict[str, str | None]] = {name: {} for name in FALLBACKS}
        self._own: dict[str, set[str]] = {name: set() for name in FALLBACKS}
        self._drawn: set[str] = set()
        self._advances: dict[str, dict[str, float]] = {name: {} for name in FALLBACKS}
        self._lock = Lock()

    def font(self, name: str) -> PaperFont:
        """Return a font by name, opening it at the first call."""
        with self._lock:
            if name not in self._fonts:
                self._fonts[name] = PaperFont(self.directory / f"{name}.ttf")
            return self._fonts[name]

    def opened(self) -> tuple[str, ...]:
        """Return the names of the fonts opened so far."""
        return tuple(sorted(self._fonts))

    def name_for(self, wanted: str, character: str) -> str | None:
        """Return the font that draws a character where `wanted` is asked for, None where no font can.

        What nobody would see is drawn by none either: it shows as its code point.
        """
        found = self._found[wanted]
        if character not in found:
            able = (name for name in FALLBACKS[wanted] if self._coverage.has(name, ord(character)))
            found[character] = None if is_unseen(character) else next(able, None)
        return found[character]

    def advance(self, wanted: str, character: str) -> float:
        """Return the width of a character as drawn, a code-point mark included, in thousandths of the size."""
        advances = self._advances[wanted]
        if character not in advances:
            name = self.name_for(wanted, character)
            if name is None:
                mark = sum(self.advance(SANS, sign) for sign in code_mark(character))
                advances[character] = mark * MARK_SCALE + 2 * MARK_PADDING
            else:
                advances[character] = self.font(name).advance(character)
        return advances[character]

    def width(self, wanted: str, size: float, text: str) -> float:
        """Return the width of a text in points, meeting marks squeezed."""
        return self._thousandths(wanted, text) * size / 1000

    def gauge(self, wanted: str, size: float) -> Callable[[str], float]:
        """Return what measures texts of one font and size; characters and short pieces are looked up."""
        known = self._advances[wanted]

        def measure(text: str) -> float:
            advance = known.get(text)
            if advance is None:
                advance = self._thousandths(wanted, text)
                if len(text) <= SHORT and len(known) < MOST_KNOWN:
                    known[text] = advance
            return advance * size / 1000

        return measure

    def _thousandths(self, wanted: str, text: str) -> float:
        advances = self._advances[wanted]
        try:
            whole = sum([advances[character] for character in text])
        except KeyError:
            whole = sum([self.advance(wanted, character) for character in text])
        return whole - SQUEEZE * len(squeeze_points(text))

    def runs(self, wanted: str, text: str) -> list[tuple[str | None, str]]:
        """Split a text into stretches of one font; None stands for characters that no font draws."""
        if self._own[wanted].issuperset(text):
            return [(wanted, text)] if text else []
        runs: list[tuple[str | None, str]] = []
        for character in text:
            name = self.name_for(wanted, character)
            if name == wanted:
                self._own[wanted].add(character)
            if runs and runs[-1][0] == name:
                runs[-1] = (name, runs[-1][1] + character)
            else:
                runs.append((name, character))
        return runs

    def missing(self, text: str) -> tuple[str, ...]:
        """Return the characters of a text that show as their code point, each once, in order of appearance."""
        characters = dict.fromkeys(text)
        fresh = characters.keys() - self._drawn
        lost = {each for each in fresh if each not in BLANKS and self.name_for(SERIF, each) is None}
        self._drawn |= fresh - lost
        return tuple(character for character in characters if character in lost)
