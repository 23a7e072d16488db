"""What comes from the centre is checked before it is written: density, chain, signatures, and who signed.

The centre is trusted to keep and to pass on, not to speak for a station: every link is recomputed
from the envelope and stands in a batch that the author signed with a key of the directory.
"""

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from window_app.domain.credit_list import signed_by_station
from window_app.domain.events import chain_hash, digest
from window_app.domain.line import (
    DIRECTORY,
    Checkpoint,
    Cursor,
    DirectoryEntry,
    Page,
    PageDamaged,
    PulledEvent,
    SignedBatch,
    directory_bytes,
)

Result = TypeVar("Result")
FindKey = Callable[[UUID, str], bytes | None]
_MOST_KEPT = 5000


class AuthorUnknown(PageDamaged):
    """The directory held here does not name the key of a batch; perhaps the centre's does by now."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a checked checkpoint says of the beginning of a feed."""

    fseq: int
    open_cases: tuple[UUID, ...]


class Checks:
    """Checks pages, directory entries and checkpoints; remembers signatures that held."""

    def __init__(self, root_key: bytes, find_key: FindKey) -> None:
        """Take the pinned root key and the way to a station's key, None where the directory does not name it."""
        self._root_key = root_key
        self._find_key = find_key
        self._held: dict[tuple[str, str], bytes] = {}
        self._keys: dict[tuple[UUID, str], bytes] = {}

    def forget_keys(self) -> None:
        """Look keys up anew: the directory has changed."""
        self._keys.clear()
        self._held.clear()

    def page(self, page: Page, feed: str, cursor: Cursor, limit: int) -> None:
        """Check a stretch of a feed behind a cursor.

        Raises:
            PageDamaged: it is not dense, not chained, or not signed by the stations it names.
        """
        fseqs = [event.fseq for event in page.events]
        dense = fseqs == list(range(cursor.after + 1, cursor.after + 1 + len(fseqs)))
        whole = (
            len(fseqs) <= limit and page.head >= cursor.after + len(fseqs) and bool(fseqs or page.head <= cursor.after)
        )
        if page.feed != feed or page.after != cursor.after or not dense or not whole:
            raise PageDamaged(feed=feed, fseq=cursor.after, part="dense")
        self.events(page)

    def events(self, page: Page) -> None:
        """Check the events of a page, wherever in the feed they stand.

        Raises:
            PageDamaged: an event is not what its author signed.
        """
        batches = _Batches(page.batches)
        signed: SignedBatch | None = None
        for event in page.events:
            part = _fault(event)
            # A batch holds hundreds of events: what its author signed is put together once for all that follow.
            if part is None and (signed is None or not _stands_in(event, signed)):
                found = [one for one in batches.near(event) if _stands_in(event, one)]
                if found:
                    signed = self._signed(page.feed, event.fseq, found)
                else:
                    part = "batch"
            if part is not None:
                raise PageDamaged(feed=page.feed, fseq=event.fseq, part=part)

    def directory(self, entries: Sequence[DirectoryEntry], after: int, previous: str) -> None:
        """Check entries of the directory behind the one held at `after`, whose digest is `previous`.

        Whether a station may sign what it signs hangs on what the directory says before it, so that is
        checked where the entries are written, one after another.

        Raises:
            PageDamaged: not dense, not chained, or not signed by the root key.
        """
        for dseq, entry in enumerate(entries, after + 1):
            if entry.dseq != dseq or entry.previous != previous:
                raise PageDamaged(feed=DIRECTORY, fseq=dseq, part="dense")
            content = directory_bytes(entry.dseq, entry.previous, entry.content)
            if not signed_by_station(entry.content) and not _holds(self._root_key, entry.signature, content):
                raise PageDamaged(feed=DIRECTORY, fseq=dseq, part="signature")
            previous = entry.link

    def checkpoint(self, feed: str, checkpoint: Checkpoint) -> Start:
        """Check where a feed begins and return what must be fetched first.

        Raises:
            PageDamaged: not signed by the root key, or of another feed.
        """
        if not _holds(self._root_key, checkpoint.signature, checkpoint.content):
            raise PageDamaged(feed=feed, fseq=0, part="signature")
        try:
            said = json.loads(checkpoint.content)
            if said["feed"] != feed:
                raise ValueError(feed)
            return Start(int(said["fseq"]), tuple(UUID(case_id) for case_id in said["open_cases"]))
        except (ValueError, KeyError, TypeError):
            raise PageDamaged(feed=feed, fseq=0, part="checkpoint") from None

    def _signed(self, feed: str, fseq: int, batches: Iterable[SignedBatch]) -> SignedBatch:
        """Return the first batch of those an event stands in that its author signed.

        Raises:
            PageDamaged: there is none.
        """
        unknown = False
        for batch in batches:
            signed = batch.signed_bytes
            if self._held.get((batch.key_id, batch.signature)) == signed:
                return batch
            public = self._key(batch.station_id, batch.key_id)
            if public is None:
                unknown = True
            elif _holds(public, batch.signature, signed):
                if len(self._held) >= _MOST_KEPT:
                    self._held.clear()
                self._held[(batch.key_id, batch.signature)] = signed
                return batch
        if unknown:
            raise AuthorUnknown(feed=feed, fseq=fseq, part="author")
        raise PageDamaged(feed=feed, fseq=fseq, part="signature")

    def _key(self, station_id: UUID, key_id: str) -> bytes | None:
        known = self._keys.get((station_id, key_id))
        if known is None:
            known = self._find_key(station_id, key_id)
            if known is not None:
                self._keys[(station_id, key_id)] = known
        return known


class _Batches:
    """The batches of a page by station and place, to find those that an event can stand in."""

    def __init__(self, batches: Iterable[SignedBatch]) -> None:
        self._by_station: dict[UUID, list[SignedBatch]] = {}
        self._longest = 0
        for batch in sorted(batches, key=_first_lseq):
            self._by_station.setdefault(batch.station_id, []).append(batch)
            self._longest = max(self._longest, len(batch.links))

    def near(self, event: PulledEvent) -> list[SignedBatch]:
        """Return the batches of its station that begin where one that holds it can begin."""
        known = self._by_station.get(event.station_id, [])
        begin = bisect_right(known, event.lseq - self._longest, key=_first_lseq)
        return known[begin : bisect_right(known, event.lseq, key=_first_lseq)]


def _first_lseq(batch: SignedBatch) -> int:
    return batch.first_lseq


def _stands_in(event: PulledEvent, batch: SignedBatch) -> bool:
    links = batch.links
    at = event.lseq - batch.first_lseq
    if not 0 <= at < len(links) or links[at] != event.link:
        return False
    if event.station_id is not batch.station_id and event.station_id != batch.station_id:
        return False
    return (links[at - 1] if at else batch.previous) == event.previous


def _fault(event: PulledEvent) -> str | None:
    """Return which part of an event does not fit the others, None where all do.

    An envelope that cannot be read is no fault of the line's where its author signed it so: the
    replica sets it apart, and what comes behind it goes on.
    """
    try:
        if chain_hash(event.previous, event.envelope) != event.link:
            return "chain"
    except ValueError:
        return "chain"
    if event.body is None:
        return None
    try:
        said: Any = json.loads(event.envelope)
        return None if digest(event.body) == said["body"] else "body"
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _holds(public: bytes, signature: str, content: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True
