"""Batches: own events as they go out, and what a station signs of them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


def batch_bytes(station_id: UUID, first_lseq: int, previous: str, links: Sequence[str]) -> bytes:
    """Return what a station signs for a batch: its place, the link before it and every link in it.

    `previous` and `links` are chain hashes in hex; `previous` is "" before the first event. All
    links are signed, not the last alone, so that a reader who holds only some of the events can
    check each of these.
    """
    joined = hashlib.sha256("".join(links).encode("ascii")).hexdigest()
    return f"window-app-batch\n{station_id}\n{first_lseq}\n{len(links)}\n{previous}\n{joined}".encode("ascii")


@dataclass(frozen=True, slots=True)
class SealedEvent:
    """An own event as it goes out: the exact bytes authored; `body` is None where it was erased."""

    lseq: int
    envelope: bytes
    link: str
    body: bytes | None


@dataclass(frozen=True, slots=True)
class OwnBatch:
    """A stretch of own events; `previous` is the link before the first, "" at the beginning."""

    station_id: UUID
    previous: str
    events: tuple[SealedEvent, ...]

    @property
    def first_lseq(self) -> int:
        """Return the sequence number of the first event."""
        return self.events[0].lseq

    @property
    def signed_bytes(self) -> bytes:
        """Return what the station signs."""
        return batch_bytes(self.station_id, self.first_lseq, self.previous, [event.link for event in self.events])


@dataclass(frozen=True, slots=True)
class SignedBatch:
    """The head of a batch as readers get it: every link in it, and who signed."""

    station_id: UUID
    first_lseq: int
    previous: str
    links: tuple[str, ...]
    key_id: str
    signature: str

    @property
    def signed_bytes(self) -> bytes:
        """Return what was signed."""
        return batch_bytes(self.station_id, self.first_lseq, self.previous, self.links)
