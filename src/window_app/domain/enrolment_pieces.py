"""An enrolment as texts of QR codes, for a machine that neither line nor memory stick reaches.

Each text is upper-case ASCII without anything that a keyboard layout could change, so that a scanner
which types like a keyboard gives it unaltered:

    WINDOW-APP:<number>/<count>:<digest of the whole>:<check>:<base32>
"""

import base64
import hashlib
import json
import re
import zlib
from dataclasses import dataclass

from window_app.domain.events import canonical_bytes

MARK = "WINDOW-APP"
PIECE_CHARACTERS = 700
MOST_PIECES = 20
MOST_BYTES = 64 * 1024
_TEXT = re.compile(
    rf"{MARK}:([0-9]{{1,2}})/([0-9]{{1,2}}):([A-Z2-7]{{8}}):([A-Z2-7]{{8}}):([A-Z2-7]{{1,{PIECE_CHARACTERS}}})\Z"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One text, understood: `number` of `count`, from 1, of the whole with that digest."""

    number: int
    count: int
    whole: str
    part: str

    @property
    def text(self) -> str:
        """Return the text as it stands in the QR code."""
        head = f"{MARK}:{self.number}/{self.count}:{self.whole}"
        return f"{head}:{_short(head + self.part)}:{self.part}"


def split(content: bytes) -> tuple[str, ...]:
    """Return the texts of an enrolment file, one a QR code.

    Raises:
        ValueError: where the content is no JSON, or too long for so many codes.
    """
    packed = zlib.compress(canonical_bytes(json.loads(content)), 9)
    line = base64.b32encode(packed).decode("ascii").rstrip("=")
    count = -(-len(line) // PIECE_CHARACTERS)
    if count > MOST_PIECES:
        raise ValueError("too long for QR codes")
    size = -(-len(line) // count)
    parts = [line[at : at + size] for at in range(0, len(line), size)]
    return tuple(Piece(at, len(parts), _short(line), part).text for at, part in enumerate(parts, start=1))


def read_piece(text: str) -> Piece | None:
    """Return a piece, however its letters and blanks were typed; None where it is none or was misread."""
    found = _TEXT.match("".join(text.split()).upper())
    if found is None:
        return None
    piece = Piece(int(found[1]), int(found[2]), found[3], found[5])
    fits = piece.text == found[0] and 1 <= piece.number <= piece.count <= MOST_PIECES
    return piece if fits else None


def join(parts: list[str], whole: str) -> bytes:
    """Return the enrolment file of all parts in order.

    Raises:
        ValueError: where they do not make the whole.
    """
    line = "".join(parts)
    if _short(line) != whole:
        raise ValueError("not the whole")
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(base64.b32decode(line + "=" * (-len(line) % 8)), MOST_BYTES)
    except zlib.error:
        raise ValueError("not packed") from None
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise ValueError("too long")
    return content


def _short(text: str) -> str:
    return base64.b32encode(hashlib.sha256(text.encode("ascii")).digest())[:8].decode("ascii")
