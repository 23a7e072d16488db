"""What both ends count of a feed, station by station, and the signed checkpoint that says where to begin."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from struct import Struct
from uuid import UUID

_packed = Struct(">Q").pack
_mark_in = Struct(">q").unpack_from


def place_mark(event_id: bytes, fseq: int) -> int:
    """Return the mark of an event at a place of a feed, as a signed number of 64 bits.

    Marks of a list are joined by XOR, so one can be put in or taken out without reading the others. The centre
    computes the same in SQL.

    >>> place_mark(bytes(16), 1) == place_mark(bytes(16), 2)
    False
    >>> place_mark(bytes(range(16)), 7)
    -1571375571113642139
    """
    mark: int = _mark_in(sha256(event_id + _packed(fseq)).digest())[0]
    return mark


def place_marks(places: Iterable[tuple[bytes, int]]) -> int:
    """Return the joined marks of many events, each with its place.

    >>> place_marks([(bytes(16), 1), (bytes(16), 2)]) == place_mark(bytes(16), 1) ^ place_mark(bytes(16), 2)
    True
    """
    joined = 0
    for event_id, fseq in places:
        joined ^= int.from_bytes(sha256(event_id + fseq.to_bytes(8, "big")).digest()[:8], "big")
    return joined - (1 << 64) if joined >> 63 else joined


@dataclass(frozen=True, slots=True)
class StationCount:
    """How many events of a station a feed holds, with the last one's place and link.

    `places` is the XOR of their place marks: two lists of the same events in another order have another one.
    """

    station_id: UUID
    events: int
    last_lseq: int
    last_link: str
    places: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where a new installation begins a feed, signed by the root key over `content`.

    `content` is canonical JSON: {"feed", "fseq", "link", "event_id", "at", "counts": [[station, events,
    last_lseq, last_link, places]], "open_cases": [case ids]}.
    """

    content: bytes
    signature: str
