"""Where a Chinese line may end.

No closing mark begins a line and no opening mark ends one; runs of marks stay with the character they
belong to; numbers and Latin words, dashes and ellipses are not torn.
"""

import re
from collections.abc import Callable, Sequence

CLOSING = "，。、；：？！”’）》〉」』】〕］｝〗〙…—～·％‰℃°′″,.;:?!)]}%»›"
OPENING = "（《〈「『【〔［｛〖〘“‘￥＄([{¥$#№§«‹"
WORD = r"[A-Za-z0-9À-ɏ][A-Za-z0-9À-ɏ@_.,:/%+\-–'~&=?#]*[A-Za-z0-9À-ɏ%]|[A-Za-z0-9À-ɏ]"
_OPEN, _CLOSE = re.escape(OPENING), re.escape(CLOSING)
ATOM = re.compile(
    rf"[ \u3000]+|(?:[{_OPEN}][{_OPEN} \u3000]*)?(?:{WORD}|—+|…+|[^ \u3000])?(?:[ \u3000]*[{_CLOSE}]+)*",
    re.DOTALL,
)
HALF_BLANK_AFTER = "，。、；：？！”’）》〉」』】〕］｝〗〙"
HALF_BLANK_BEFORE = "“‘（《〈「『【〔［｛〖〘"
SQUEEZED = re.compile(
    f"(?<=[{HALF_BLANK_AFTER}])(?=[{HALF_BLANK_AFTER}{HALF_BLANK_BEFORE}])"
    f"|(?<=[{HALF_BLANK_BEFORE}])(?=[{HALF_BLANK_BEFORE}])"
)
"""Between two full-width marks that meet and give up the blank half between them."""


def atoms(text: str) -> list[str]:
    """Split a text into pieces between which a line may end; their concatenation is the text.

    >>> atoms("依据《办法》第5条。")
    ['依', '据', '《办', '法》', '第', '5', '条。']
    """
    return [piece for piece in (match[0] for match in ATOM.finditer(text)) if piece]


def break_lines(text: str, width: float, measure: Callable[[str], float], first_indent: float = 0) -> list[str]:
    """Return the lines of a text, each at most `width` wide, the first shorter by its indent.

    A piece that is wider than a whole line (a word of 300 letters, a run of 50 marks) is torn
    where it must be.
    """
    lines: list[str] = []
    for part in text.replace("\r", "").split("\n"):
        room = width - (first_indent if not lines else 0)
        lines.extend(_break_part(part, room, width, measure))
    return lines


def _break_part(text: str, first: float, width: float, measure: Callable[[str], float]) -> list[str]:
    lines: list[str] = []
    line, used, room = "", 0.0, first
    for piece in _fitting(atoms(text), min(first, width), measure):
        size = measure(piece)
        if line and SQUEEZED.search(line[-1] + piece[0]):
            size += measure(line[-1] + piece[0]) - measure(line[-1]) - measure(piece[0])
        if used + size > room and line:
            lines.append(line.rstrip(" "))
            line, used, room, size = "", 0.0, width, measure(piece)
            if piece.isspace():
                continue
        line += piece
        used += size
    lines.append(line)
    return lines


def _fitting(pieces: Sequence[str], width: float, measure: Callable[[str], float]) -> list[str]:
    fitting: list[str] = []
    for piece in pieces:
        if len(piece) > 1 and measure(piece) > width:
            fitting.extend(piece)
        else:
            fitting.append(piece)
    return fitting
