"""A visit as the services state it to the store, to be taken into another store under a stopwatch."""

import json
from dataclasses import dataclass
from time import perf_counter
from uuid import UUID

from window_app.cli.bench.desks import store_of
from window_app.domain.events import Event, NewEvent, StreamKind, canonical_bytes
from window_app.domain.papers import PaperRecord
from window_app.domain.receipt_numbers import draw
from window_app.domain.visits import VisitDraft
from window_app.services.desk import Desk
from window_app.storage.store import Store

MOST_PARTIES = 64
"""Of one visit that is measured."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Everything that receiving a visit hands to the store: events in order, papers, so many numbers."""

    draft: VisitDraft
    events: tuple[NewEvent, ...]
    papers: tuple[PaperRecord, ...]
    numbers: int

    @classmethod
    def of(cls, desk: Desk, draft: VisitDraft) -> "Stated":
        """Return what a desk that has received a visit said of it."""
        store = store_of(desk)
        written = _events(store, draft.visit_id)
        return cls(
            draft,
            tuple(_new(event) for event in written),
            tuple(paper.record for paper in store.papers(visit_id=draft.visit_id)),
            len(store.cases_of_visit(draft.visit_id)),
        )

    def taken_into(self, desk: Desk) -> float:
        """Take the visit into a desk's store, once its draft lies there, and return the seconds it took.

        Timed is what receiving does to the store: it makes sure that the draft is ready, was not
        received before and that the clock does not stand behind; draws the numbers; writes
        events, projection and papers; drops the draft; commits.

        Raises:
            ValueError: where the visit cannot be taken in, so that nothing was measured.
        """
        records, clock, station = store_of(desk), desk.clock, desk.station
        with records.unit_of_work() as work:
            work.save_draft(self.draft, clock.now())
        desk.receiving.ready(self.draft)
        start = perf_counter()
        if desk.receiving.ready(self.draft) or desk.receiving.find_received(self.draft.visit_id) is not None:
            raise ValueError(self.draft.visit_id)
        with records.unit_of_work() as work:
            last, day = work.last_event_at(), clock.today()
            if last is not None and clock.now() < last:
                raise ValueError(last)
            for _ in range(self.numbers):
                str(draw(station.district, station.issue_code, day, work.next_serial(day)))
            work.append(desk.session.actor, self.events)
            for record in self.papers:
                work.add_paper(record)
            work.drop_draft(self.draft.visit_id)
        return perf_counter() - start

    def bytes_kept(self, desk: Desk) -> int:
        """Return how many bytes of envelopes and bodies a store keeps of the visit."""
        kept = _events(store_of(desk), self.draft.visit_id)
        return sum(len(event.envelope_bytes) + len(canonical_bytes(event.body)) for event in kept)


def _events(store: Store, visit_id: UUID) -> list[Event]:
    """Return what receiving a visit put on record: of its parties first, then of itself and its cases."""
    streams = (visit_id, *(case.case_id for case in store.cases_of_visit(visit_id)))
    own = sorted((event for stream in streams for event in store.events(stream)), key=lambda event: event.lseq)
    return [*_of_parties(store, own[0].lseq), *own]


def _of_parties(store: Store, first: int) -> list[Event]:
    """Return the events of persons and employers that stand right before a visit's first one."""
    after = max(0, first - 1 - MOST_PARTIES)
    batch = store.own_batch(after, first - 1 - after)
    ids: list[UUID] = []
    for sealed in reversed(batch.events if batch is not None else ()):
        kind, stream = json.loads(sealed.envelope)["stream"]
        if kind not in (StreamKind.PERSON, StreamKind.EMPLOYER):
            break
        ids.append(UUID(stream))
    known = {event.lseq: event for stream in set(ids) for event in store.events(stream)}
    return [known[lseq] for lseq in range(first - len(ids), first)]


def _new(event: Event) -> NewEvent:
    return NewEvent(
        stream=event.stream,
        type=event.type,
        body=event.body or {},
        facts=event.facts,
        tokens=event.tokens,
        readers=event.readers,
        confidentiality=event.confidentiality,
        base=event.base,
        critical=event.critical,
        version=event.version,
    )
