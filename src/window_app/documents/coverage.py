"""Which of our fonts holds a character, known without opening a font.

`coverage.json` beside the fonts lists the ranges of each font's character map. After a font is changed,
`python -m window_app.documents.coverage DIRECTORY` writes it anew; a test compares it with the fonts.
"""

import json
import sys
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFile

FILE_NAME = "coverage.json"
SERIF = "NotoSerifSC-Regular"
SANS = "NotoSansSC-Regular"
RARE = "HanaMinB"
FONT_NAMES = (SERIF, SANS, RARE)
FIRST_PRINTABLE = 0x20
DELETE_TO_CONTROL_END = range(0x7F, 0xA0)


class Coverage:
    """Answers by code point which fonts have a glyph."""

    def __init__(self, ranges: Mapping[str, Sequence[tuple[int, int]]]) -> None:
        """Keep the ranges of each font, ascending and both ends included."""
        self._starts = {font: [start for start, _ in pairs] for font, pairs in ranges.items()}
        self._ends = {font: [end for _, end in pairs] for font, pairs in ranges.items()}

    @classmethod
    def read(cls, fonts_dir: Path) -> "Coverage":
        """Return the coverage table that lies beside the fonts."""
        content = json.loads((fonts_dir / FILE_NAME).read_text(encoding="ascii"))
        return cls({font: [(start, end) for start, end in pairs] for font, pairs in content.items()})

    def has(self, font: str, code_point: int) -> bool:
        """Tell whether a font draws a code point."""
        index = bisect_right(self._starts[font], code_point) - 1
        return index >= 0 and code_point <= self._ends[font][index]

    def code_points(self, font: str) -> Iterable[int]:
        """Yield every code point of a font, ascending."""
        for start, end in zip(self._starts[font], self._ends[font], strict=True):
            yield from range(start, end + 1)


def printable(code_point: int) -> bool:
    """Tell whether a code point is not a control character."""
    return code_point >= FIRST_PRINTABLE and code_point not in DELETE_TO_CONTROL_END


def measure(font_file: Path) -> list[tuple[int, int]]:
    """Return the ranges of the printable code points in a font's character map."""
    ranges: list[tuple[int, int]] = []
    glyphs = TTFontFile(str(font_file)).charToGlyph
    for code_point in sorted(code for code, glyph in glyphs.items() if glyph and printable(code)):
        if ranges and ranges[-1][1] == code_point - 1:
            ranges[-1] = (ranges[-1][0], code_point)
        else:
            ranges.append((code_point, code_point))
    return ranges


def write(fonts_dir: Path) -> Path:
    """Measure the fonts of a folder and write its coverage table."""
    table = {name: measure(fonts_dir / f"{name}.ttf") for name in FONT_NAMES}
    target = fonts_dir / FILE_NAME
    target.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="ascii")
    return target


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1]))}\n")
