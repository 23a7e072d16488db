"""Lines of text, measured and broken as Chinese is set, and the looks they are set in."""

from dataclasses import dataclass, replace

from window_app.documents.coverage import SANS, SERIF
from window_app.documents.fonts import FontShelf
from window_app.documents.linebreak import break_lines, ends_half
from window_app.documents.sheet import MILLIMETRE, PAGE_HEIGHT, PAGE_WIDTH, Sheet

WIDEST_SPACING = 0.06
"""How far, in ems, characters may be moved apart to make a line full."""
FULL_SPACING = 0.095
"""The same in full rules; from a tenth on, readers of the PDF would find spaces between the characters."""


@dataclass(frozen=True, slots=True)
class TextLook:
    """How a text is set. `leading` is the distance of lines, `bold` the outline that thickens strokes."""

    font: str
    size: float
    leading: float
    bold: float = 0

    def scaled(self, scale: float) -> "TextLook":
        """Return the same look smaller or larger."""
        return replace(self, size=self.size * scale, leading=self.leading * scale, bold=self.bold * scale)


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a whole paper. Margins follow GB/T 9704, top and bottom tightened for a form of one page.

    Attributes:
        full_rules: lines end, close and are filled by all rules of GB/T 15834, the signature never stands alone
            on a page, longer papers have bookmarks; without, as papers were drawn at first.
        dashed: page numbers as letters have them, between dashes.
    """

    left: float = 28 * MILLIMETRE
    right: float = 26 * MILLIMETRE
    top: float = 20 * MILLIMETRE
    bottom: float = 20 * MILLIMETRE
    issuer: TextLook = TextLook(SERIF, 16, 24)
    title: TextLook = TextLook(SERIF, 22, 34, bold=0.55)
    heading: TextLook = TextLook(SANS, 12, 20, bold=0.25)
    body: TextLook = TextLook(SERIF, 12, 19)
    cell: TextLook = TextLook(SERIF, 10.5, 14.2)
    label: TextLook = TextLook(SANS, 10, 14.2)
    item: TextLook = TextLook(SERIF, 10.5, 16)
    small: TextLook = TextLook(SERIF, 8.5, 11.5)
    footer: TextLook = TextLook(SERIF, 9, 12)
    padding: float = 1.15 * MILLIMETRE
    gap: float = 3.2 * MILLIMETRE
    full_rules: bool = False
    dashed: bool = False

    @property
    def width(self) -> float:
        """Width of the type area."""
        return float(PAGE_WIDTH) - self.left - self.right

    @property
    def height(self) -> float:
        """Height of the type area."""
        return float(PAGE_HEIGHT) - self.top - self.bottom

    def scaled(self, scale: float) -> "Look":
        """Return the look with type and gaps scaled; margins and title stay."""
        if scale == 1:
            return self
        texts = {name: getattr(self, name).scaled(scale) for name in ("heading", "body", "cell", "label", "item")}
        return replace(self, **texts, padding=self.padding * scale, gap=self.gap * scale)


FORM = Look(full_rules=True)
"""A form: what a counter hands out."""
LETTER = Look(
    top=30 * MILLIMETRE,
    bottom=28 * MILLIMETRE,
    issuer=TextLook(SERIF, 22, 34, bold=0.5),
    heading=TextLook(SANS, 15, 27, bold=0.25),
    body=TextLook(SERIF, 16, 28.5),
    cell=TextLook(SERIF, 12, 17),
    label=TextLook(SANS, 12, 17),
    item=TextLook(SERIF, 16, 28.5),
    small=TextLook(SERIF, 9, 12.5),
    footer=TextLook(SERIF, 12, 16),
    full_rules=True,
    dashed=True,
)
"""An official letter or notice, as GB/T 9704 has it: size-three body, 28 characters a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One set line: its text, where it begins and how far its characters are moved apart."""

    text: str
    x: float
    spacing: float

    def paint(self, sheet: Sheet, left: float, top: float, look: TextLook) -> None:
        """Draw the line with the top of its leading at `top`."""
        baseline = top - (look.leading + look.size * 0.72) / 2
        sheet.text(left + self.x, baseline, look.font, look.size, self.text, spacing=self.spacing, bold=look.bold)


def set_text(
    shelf: FontShelf,
    text: str,
    look: TextLook,
    width: float,
    *,
    indent: float = 0,
    align: str = "justify",
    full_rules: bool = False,
) -> list[Line]:
    """Return the lines of a text in a column.

    Args:
        shelf: the fonts.
        text: the text; line ends in it are kept.
        look: font and size.
        width: width of the column in points.
        indent: of the first line, in points.
        align: justify, left, center or right.
        full_rules: of the look it is set in.
    """
    measure = shelf.gauge(look.font, look.size)
    hang = look.size / 2 if full_rules else 0.0
    broken = break_lines(text.replace("\t", " "), width, measure, indent, hang=hang, lonely=not full_rules)
    last_of_part = _last_lines(text, broken)
    widest = look.size * (FULL_SPACING if full_rules else WIDEST_SPACING)
    lines = []
    for index, line in enumerate(broken):
        left = indent if index == 0 else 0.0
        slack = width - left - measure(line)
        gaps = max(len(line) - 1, 1)
        spacing = 0.0
        if align == "justify" and index not in last_of_part:
            slack += hang if ends_half(line) else 0
            spacing = min(slack / gaps, widest) if 0 < slack <= gaps * widest else 0.0
        elif align in ("center", "right"):
            left += slack / (2 if align == "center" else 1)
        lines.append(Line(line, left, spacing))
    return lines


def _last_lines(text: str, broken: list[str]) -> set[int]:
    if "\n" not in text:
        return {len(broken) - 1}
    ends: set[int] = set()
    parts = iter(text.replace("\t", " ").replace("\r", "").split("\n"))
    rest = next(parts)
    for index, line in enumerate(broken):
        rest = rest.lstrip(" ")[len(line) :]
        if not rest.strip():
            ends.add(index)
            rest = next(parts, "")
    return ends
