"""The fonts of the papers: parsed once, opened when first needed, one subset embedded per document."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from window_app.documents.coverage import RARE, SANS, SERIF, Coverage
from window_app.documents.linebreak import SQUEEZED
from window_app.documents.unseen import is_unseen

MAPPINGS_A_BLOCK = 100
SQUEEZE = 500
MARK_SCALE = 0.62
MARK_PADDING = 150
BLANKS = frozenset("\t\n\r ")
"""White space that lines are made of and that is never drawn itself."""
FALLBACKS = {SERIF: (SERIF, SANS, RARE), SANS: (SANS, SERIF, RARE)}


def unicode_map(font_name: str, subset: Sequence[int]) -> str:
    """Return the ToUnicode map of a subset: from byte code to UTF-16BE, surrogate pairs included.

    WORKAROUND for reportlab 5.1 `ttfonts.makeToUnicodeCMap`, which writes code points above U+FFFF
    as five hex digits, so that rare characters extract as others. Blocks hold at most 100 mappings,
    as the CMap format demands.
    """
    mappings = [f"<{code:02X}> <{_utf16(point)}>" for code, point in enumerate(subset) if point]
    blocks = [mappings[at : at + MAPPINGS_A_BLOCK] for at in range(0, len(mappings), MAPPINGS_A_BLOCK)]
    body = [f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks]
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        f"/CMapName /{font_name} def\n/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange"
    )
    tail = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    return "\n".join([head, *body, tail])


def _utf16(code_point: int) -> str:
    return chr(code_point).encode("utf-16-be").hex().upper()


def code_mark(character: str) -> str:
    """Return what is drawn, boxed, for a character that no font holds.

    >>> code_mark(chr(0x30EDD))
    'U+30EDD'
    """
    return f"U+{ord(character):04X}"


def squeeze_points(text: str) -> list[int]:
    """Return the places in a text before which half an em is given up."""
    return [match.start() for match in SQUEEZED.finditer(text)]


class Window:
    """A part of some bytes that can be sliced as if it were bytes of its own."""

    def __init__(self, whole: bytes, start: int, length: int) -> None:
        """Keep the whole and where the part lies in it."""
        self._whole = whole
        self._start = start
        self._end = start + length

    def __getitem__(self, part: slice) -> bytes:
        return self._whole[self._start + part.start : min(self._start + part.stop, self._end)]


class PaperFont(TTFont):  # type: ignore[misc] # reportlab carries no types
    """A TrueType font that is embedded as subsets whose text can be copied out again."""

    def __init__(self, name: str, font_file: Path) -> None:
        """Parse the font file."""
        super().__init__(name, str(font_file), asciiReadable=False)
        self._whole_table = self.face.get_table
        self.face.get_table = self._table

    def _table(self, tag: str) -> Any:  # noqa: ANN401 - bytes, or what can be sliced like bytes
        """Return a table of the font; that of the outlines without copying ten megabytes for each paper."""
        if tag != "glyf":
            return self._whole_table(tag)
        start, length = self.face.get_table_pos(tag)
        return Window(self.face._ttf_data, start, length)

    def advance(self, character: str) -> float:
        """Return the width of a character in thousandths of the type size."""
        return float(self.face.getCharWidth(ord(character)))

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401 - reportlab's name and untyped document
        """Add the subsets used by a document to it, each with its own text map."""
        state = self.state[doc]
        state.frozen = 1
        for number, subset in enumerate(state.subsets):
            self._add_subset(doc, number, subset)
        del self.state[doc]

    def _add_subset(self, doc: Any, number: int, subset: Sequence[int]) -> None:  # noqa: ANN401 - untyped document
        internal = self.getSubsetInternalName(number, doc)[1:]
        base = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode("ascii")
        font = pdfdoc.PDFTrueTypeFont()
        font.Name = internal
        font.BaseFont = base
        font.FirstChar = 0
        font.LastChar = len(subset) - 1
        font.Widths = pdfdoc.PDFArray([self.face.getCharWidth(code) for code in subset])
        text_map = pdfdoc.PDFStream(content=unicode_map(base, subset), filters=[pdfdoc.PDFZCompress])
        font.ToUnicode = doc.Reference(text_map, f"toUnicodeCMap:{base}")
        font.FontDescriptor = self.face.addSubsetObjects(doc, base, subset)
        doc.Reference(font, internal)
        doc.idToObject["BasicFonts"].dict[internal] = font


class FontShelf:
    """The fonts of one folder. A font is opened when a character first needs it, then kept."""

    def __init__(self, fonts_dir: Path) -> None:
        """Read the coverage table; no font is opened yet."""
        self._directory = fonts_dir
        self._coverage = Coverage.read(fonts_dir)
        self._fonts: dict[str, PaperFont] = {}
        self._found: dict[tuple[str, str], str | None] = {}
        self._drawn: set[str] = set()
        self._advances: dict[str, dict[str, float]] = {name: {} for name in FALLBACKS}
        self._lock = Lock()

    def font(self, name: str) -> PaperFont:
        """Return a font by name, opening it at the first call."""
        with self._lock:
            if name not in self._fonts:
                self._fonts[name] = PaperFont(name, self._directory / f"{name}.ttf")
            return self._fonts[name]

    def opened(self) -> tuple[str, ...]:
        """Return the names of the fonts opened so far."""
        return tuple(sorted(self._fonts))

    def name_for(self, wanted: str, character: str) -> str | None:
        """Return the font that draws a character where `wanted` is asked for, None where no font can.

        What nobody would see is drawn by none either: it shows as its code point.
        """
        key = (wanted, character)
        if key not in self._found and is_unseen(character):
            self._found[key] = None
        if key not in self._found:
            fallbacks = (name for name in FALLBACKS[wanted] if self._coverage.has(name, ord(character)))
            self._found[key] = next(fallbacks, None)
        return self._found[key]

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
        advances = self._advances[wanted]
        try:
            whole = sum([advances[character] for character in text])
        except KeyError:
            whole = sum([self.advance(wanted, character) for character in text])
        return (whole - SQUEEZE * len(squeeze_points(text))) * size / 1000

    def runs(self, wanted: str, text: str) -> list[tuple[str | None, str]]:
        """Split a text into stretches of one font; None stands for characters that no font draws."""
        runs: list[tuple[str | None, str]] = []
        for character in text:
            name = self.name_for(wanted, character)
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
