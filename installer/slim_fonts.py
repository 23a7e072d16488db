"""Makes the fonts of the papers smaller: fewer points, a coarser grid; whoever renews a font runs it once.

    python installer/slim_fonts.py NotoSerifSC-Regular.ttf resources/fonts/NotoSerifSC-Regular.ttf --grid 250 --bare
    python installer/slim_fonts.py NotoSansSC-Regular.ttf resources/fonts/NotoSansSC-Regular.ttf --grid 500
    python -m window_app.documents.coverage resources/fonts

An outline moves by at most a few thousandths of an em: less than a dot of a 600-dpi printer at the sizes of
the papers. What each page embeds shrinks by a third. The licence allows it; the names of the fonts are not reserved.
"""

import argparse
import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

TO_CUBIC = 2.0
TO_QUADRATIC = 2.5
"""How far, in thousandths of an em, a fitted curve may leave the one it stands for."""
BARE = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "gasp", "prep", "meta")
"""Tables that only a screen uses."""


def slim(font: TTFont, grid: int, *, bare: bool) -> None:
    """Fit the outlines with fewer points and lay them on a grid of so many steps an em."""
    for table in BARE if bare else ():
        if table in font:
            del font[table]
    glyphs, drawn = font["glyf"], font.getGlyphSet()
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        quadratic = Cu2QuPen(pen, max_err=TO_QUADRATIC, all_quadratic=True)
        drawn[name].draw(Qu2CuPen(quadratic, max_err=TO_CUBIC, all_cubic=True))
        glyphs[name] = pen.glyph(dropImpliedOnCurves=True)
    scale_upem(font, grid)
    for name in font.getGlyphOrder():
        glyph = glyphs[name]
        glyph.recalcBounds(glyphs)
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0))


def main() -> int:
    """Read one font, write the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--grid", type=int, default=250)
    parser.add_argument("--bare", action="store_true", help="without the tables that only a screen uses")
    chosen = parser.parse_args()
    font = TTFont(chosen.source, recalcTimestamp=False)
    slim(font, chosen.grid, bare=chosen.bare)
    font.save(chosen.target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
