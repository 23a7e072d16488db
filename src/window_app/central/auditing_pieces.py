"""The audit of sealed pieces: each is what its event names, none is without one, none is lost from the middle.

Pieces of a file come in order, each on its own: what is lacking at the end may still be on its way, what is lacking
before it was lost here. Nobody at the centre can open a piece; what is in it is told by its digest alone.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from window_app.central.connecting import Connection

Told = Callable[..., None]
_PORTION = 20
_PIECES = (
    "SELECT p.enrolment_id, p.digest, p.number, p.size, p.content, a.pieces, a.erased"
    " FROM centre.piece AS p LEFT JOIN LATERAL"
    " (SELECT o.pieces, o.erased FROM centre.attachment AS o"
    "  WHERE o.digest = p.digest AND o.enrolment_id = p.enrolment_id ORDER BY o.erased LIMIT 1) AS a ON true"
    " ORDER BY p.enrolment_id, p.digest, p.number"
)
_STATED = "SELECT count(DISTINCT (enrolment_id, digest)) FROM centre.attachment WHERE NOT erased"


@dataclass
class _File:
    """The pieces of one file as they come by."""

    named: tuple[bytes, ...]
    numbers: list[int] = field(default_factory=list)
    sound: bool = True
    whole: Any = field(default_factory=hashlib.sha256)


def check_pieces(connection: Connection, told: Told) -> dict[str, int]:
    """Recompute the digests of all pieces and say how many files are whole and how many still on their way.

    `told` takes what does not fit: `piece` (not what its event names), `piece_lost` (one is lacking before others
    that came after it), `piece_orphan` (no event states its file), `piece_erased` (its file was erased by law).
    """
    whole = 0
    last: tuple[object, bytes] | None = None
    file = _File(())
    for row in chain(_streamed(connection), (None,)):
        key = None if row is None else (row[0], bytes(row[1]))
        if key != last and last is not None:
            whole += _closed(file, last[1], told)
        if row is None:
            break
        if key != last:
            last, file = key, _File(tuple(map(bytes, row[5] or ())))
        _add(file, row, told)
    stated = connection.execute(_STATED.encode()).fetchone()
    return {"files": whole, "files_on_their_way": (stated[0] if stated else 0) - whole}


def _add(file: _File, row: Any, told: Told) -> None:  # noqa: ANN401 - a row of the question
    _, digest, number, size, content, pieces, erased = row
    if pieces is None or erased:
        told("piece_orphan" if pieces is None else "piece_erased", file=digest.hex()[:16], number=number)
        file.sound = False
        return
    named = number < len(file.named) and hashlib.sha256(content).digest() == file.named[number]
    if not named or size != len(content):
        told("piece", file=digest.hex()[:16], number=number)
        file.sound = False
    file.numbers.append(number)
    file.whole.update(content)


def _closed(file: _File, digest: bytes, told: Told) -> int:
    """Say what a file lacks; 1 where it is whole."""
    count = len(file.numbers)
    if not file.sound:
        return 0
    if file.numbers != list(range(count)):
        told("piece_lost", file=digest.hex()[:16], number=next(n for n in range(count) if file.numbers[n] != n))
        return 0
    if count == len(file.named) and file.whole.digest() != digest:
        told("piece", file=digest.hex()[:16], number=-1)
        return 0
    return int(count == len(file.named))


def _streamed(connection: Connection) -> Iterator[Any]:
    """Return rows in small portions: a piece is large."""
    with connection.cursor(name="audit_pieces") as cursor:
        cursor.itersize = _PORTION
        cursor.execute(_PIECES.encode())
        yield from cursor
