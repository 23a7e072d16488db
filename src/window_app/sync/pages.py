"""Pages as the centre sends them: parallel lists of events, and the signed batches that hold them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from window_app.domain.line import Page, PageDamaged, PulledEvent, SignedBatch

_LINK = 64
"""Characters of a link in hex."""


class _Batches:
    """Batches of a page by station, to look up an event's link and the one before it."""

    def __init__(self, batches: Sequence[SignedBatch]) -> None:
        self._by_station: dict[UUID, list[SignedBatch]] = {}
        for batch in sorted(batches, key=lambda one: one.first_lseq):
            self._by_station.setdefault(batch.station_id, []).append(batch)

    def holding(self, station_id: UUID, lseq: int) -> SignedBatch | None:
        """Return the last batch that holds an event; None where there is none."""
        held = self._by_station.get(station_id, [])
        for batch in reversed(held[: bisect_right(held, lseq, key=lambda one: one.first_lseq)]):
            if lseq - batch.first_lseq < len(batch.links):
                return batch
        return None


def page_of(feed: str, after: int, answer: Sequence[Any]) -> Page:
    """Return the page of an answer: head, places, stations, lseqs, envelopes, bodies, then six lists of batches.

    Raises:
        PageDamaged: an event stands in no batch that came with it.
    """
    head, *events = answer[:6]
    if not events[0]:
        return Page(feed, after, head, ())
    batches = tuple(_batches(answer[6:12]))
    known = _Batches(batches)
    return Page(feed, after, head, tuple(_events(feed, events, known)), batches)


def _events(feed: str, columns: Sequence[Any], known: _Batches) -> Iterator[PulledEvent]:
    author, author_number = UUID(int=0), -1
    links: tuple[str, ...] = ()
    first, before = 0, ""
    for fseq, station_id, lseq, envelope, body in zip(*columns, strict=True):
        place = lseq - first
        # What was handed in together mostly stands together.
        if station_id.int != author_number or not 0 <= place < len(links):
            batch = known.holding(station_id, lseq)
            if batch is None:
                raise PageDamaged(feed=feed, fseq=fseq, part="batch")
            author, first, links, before = batch.station_id, batch.first_lseq, batch.links, batch.previous
            place, author_number = lseq - first, author.int
        previous = links[place - 1] if place else before
        # One object for one author: what compares them later is done at once.
        yield PulledEvent(fseq, author, lseq, previous, links[place], envelope, body)


def _batches(columns: Sequence[Any]) -> Iterator[SignedBatch]:
    for station_id, first, previous, links, key_id, signature in zip(*columns, strict=True):
        joined = links.hex()
        each = tuple(joined[at : at + _LINK] for at in range(0, len(joined), _LINK))
        yield SignedBatch(station_id, first, previous.hex(), each, key_id, signature)
