"""Where a Chinese line may end (GB/T 15834, 5.1).

No closing mark begins a line and no opening mark ends one; runs of marks stay with the character they
belong to; numbers and words of letters, dashes and ellipses are not torn; a slash neither begins nor ends
a line; a sign that stands on a letter stays with it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

CLOSING = "，。、；：？！”’）》〉」』】〕］｝〗〙〞〟…—～〜·・‐‑–－％‰℃°′″,.;:?!)]}%»›"
OPENING = "（《〈「『【〔［｛〖〘“‘〝￥＄([{¥$#№§«‹"
JOINING = "/／\u00a0\u202f\u2060"
"""What holds both its neighbours: slashes and the spaces that do not break."""
SIGNS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u0903\u093a-\u094f"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0f71-\u0f84\u1ab0-\u1aff\u1dc0-\u1dff\u200d\u20d0-\u20ff\u302a-\u302f"
    "\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
"""Accents, variation selectors and the like, as ranges: they belong to the character before them."""
LETTERS = "A-Za-z0-9À-ɏͰ-ϿЀ-ӿ０-９Ａ-Ｚａ-ｚ"
WORD = rf"[{LETTERS}][{LETTERS}{SIGNS}@_.．－,:/%+\-–'~&=?#]*[{LETTERS}{SIGNS}%]|[{LETTERS}]"
_OPEN, _CLOSE = re.escape(OPENING), re.escape(CLOSING)
_CORE = rf"(?:{WORD}|—+|…+|[^ \u3000{JOINING}][{SIGNS}]*)"
ATOM = re.compile(
    rf"[ \u3000]+|(?:[{_OPEN}][{_OPEN} \u3000]*)?"
    rf"(?:[{JOINING}]*{_CORE}(?:[{JOINING}]+{_CORE})*[{JOINING}]*|[{JOINING}]+)?"
    rf"(?:[ \u3000]*[{_CLOSE}]+(?:[{JOINING}]+{_CORE})*)*",
    re.DOTALL,
)
CHARACTER = re.compile(rf"[\s\S][{SIGNS}]*")
HALF_BLANK_AFTER = "，。、；：？！”’）》〉」』】〕］｝〗〙"
HALF_BLANK_BEFORE = "“‘（《〈「『【〔［｛〖〘"
MARKS = frozenset(HALF_BLANK_AFTER + HALF_BLANK_BEFORE)
SQUEEZED = re.compile(
    f"(?<=[{HALF_BLANK_AFTER}])(?=[{HALF_BLANK_AFTER}{HALF_BLANK_BEFORE}])"
    f"|(?<=[{HALF_BLANK_BEFORE}])(?=[{HALF_BLANK_BEFORE}])"
)
"""Between two full-width marks that meet and give up the blank half between them."""

Measure = Callable[[str], float]


def atoms(text: str) -> list[str]:
    """Split a text into pieces between which a line may end; their concatenation is the text.

    >>> atoms("依据《办法》第5条。")
    ['依', '据', '《办', '法》', '第', '5', '条。']
    """
    return [piece for piece in (match[0] for match in ATOM.finditer(text)) if piece]


def break_lines(
    text: str, width: float, measure: Measure, first_indent: float = 0, *, hang: float = 0, lonely: bool = True
) -> list[str]:
    """Return the lines of a text, each at most `width` wide, the first shorter by its indent.

    A piece that is wider than a whole line (a word of 300 letters, a run of 50 marks) is torn
    where it must be, the marks at its ends still with a letter each.

    Args:
        text: what to break; line ends in it are kept.
        width: of a line.
        measure: the width of a piece.
        first_indent: by how much the first line is shorter.
        hang: how far a full-width mark at the end of a line may stand out: its blank half.
        lonely: whether a single character may make the last line.
    """
    lines: list[str] = []
    for part in text.replace("\r", "").split("\n"):
        room = width - (first_indent if not lines else 0)
        if measure(part) <= min(room, width):
            lines.append(part.rstrip(" "))
            continue
        filled = _filled(part, room, width, measure, hang)
        if not lonely:
            _join_lonely(filled, width, measure)
        lines.extend("".join(pieces).rstrip(" ") for pieces in filled)
    return lines


def ends_half(line: str) -> bool:
    """Tell whether a line ends in a mark whose right half is blank."""
    return bool(line) and line[-1] in HALF_BLANK_AFTER


def _filled(text: str, first: float, width: float, measure: Measure, hang: float) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    used, room = 0.0, first
    for piece in _fitting(atoms(text), min(first, width), measure):
        size = measure(piece)
        line = lines[-1]
        if line and piece[0] in MARKS and SQUEEZED.search(line[-1][-1] + piece[0]):
            size += measure(line[-1][-1] + piece[0]) - measure(line[-1][-1]) - measure(piece[0])
        if line and used + size > room and used + size - (hang if ends_half(piece) else 0) > room:
            lines.append([])
            used, room, size = 0.0, width, measure(piece)
            if piece.isspace():
                continue
        lines[-1].append(piece)
        used += size
    return lines


def _join_lonely(lines: list[list[str]], width: float, measure: Measure) -> None:
    """Let the last line begin with a piece of the line before where it would hold one character alone."""
    if len(lines) < 2 or len(lines[-2]) < 3 or lines[-2][-1].isspace():
        return
    before, last = lines[-2], lines[-1]
    alone = "".join(last).strip(CLOSING + OPENING + " \u3000")
    if len(alone) == 1 and measure(before[-1] + "".join(last)) <= width:
        last.insert(0, before.pop())


def _fitting(pieces: Sequence[str], width: float, measure: Measure) -> Iterator[str]:
    for piece in pieces:
        if len(piece) > 1 and measure(piece) > width:
            yield from _torn(piece, width, measure)
        else:
            yield piece


def _torn(piece: str, width: float, measure: Measure) -> Iterable[str]:
    """Return a piece letter by letter; the marks at its ends stay with a letter while they fit a line."""
    core = piece.strip(CLOSING + OPENING + " \u3000")
    letters = CHARACTER.findall(core)
    if len(letters) < 2:
        return CHARACTER.findall(piece)
    at = piece.index(core)
    first, last = piece[:at] + letters[0], letters[-1] + piece[at + len(core) :]
    ends = [CHARACTER.findall(end) if measure(end) > width else [end] for end in (first, last)]
    return [*ends[0], *letters[1:-1], *ends[1]]
