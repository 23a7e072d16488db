"""One transaction of the store: events with their chain, outbox and projections, or nothing at all."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, text

from window_app.clock import Clock
from window_app.domain.events import Actor, Event, EventType, NewEvent
from window_app.domain.fold import visit_of
from window_app.domain.ids import new_id
from window_app.domain.papers import PaperRecord, PaperState
from window_app.domain.visits import VisitDraft
from window_app.storage import attachments, definition_sets, drafts, papers, party_projection, projections
from window_app.storage.authors import Own
from window_app.storage.engine import Database, Statement
from window_app.storage.envelopes import Author, seal
from window_app.storage.event_log import EPOCH, MICROSECOND, write_events
from window_app.storage.failures import AlreadyReceived
from window_app.storage.high_water import HighWater
from window_app.storage.schema import case_table
from window_app.storage.station_state import (
    Head,
    Tail,
    read_number,
    read_tail,
    serial_name,
    write_head,
    write_value,
)

_C = case_table.c
_RECEIVED = Statement(
    select(_C.position).where(_C.visit_id == bindparam("visit"), _C.matter_key == bindparam("key"), _C.own == text("1"))
)


class SqlUnitOfWork:
    """The open transaction of a store; `Store.unit_of_work` makes it and commits it.

    Attributes:
        claimed: pieces of attachments that events and drafts of this transaction name.
        unclaimed: pieces of attachments of drafts that it dropped; no event may state them.
    """

    def __init__(self, database: Database, own: Own, clock: Clock, reached: HighWater | None) -> None:
        self._database = database
        self._own = own
        self._clock = clock
        self._reached = reached
        self._tail: Tail | None = None
        self._appended = False
        self._received: set[tuple[UUID, str]] = set()
        self._issued: dict[str, tuple[int, Mapping[str, Any]]] = {}
        self._day = ""
        self._serial = 0
        self._series: dict[str, int] = {}
        self.claimed: set[str] = set()
        self.unclaimed: set[str] = set()

    def append(self, actor: Actor, events: Sequence[NewEvent]) -> tuple[Event, ...]:
        """Write events in order with their outbox entries and projections.

        Raises:
            AlreadyReceived: where a matter of a visit was taken in before.
            ValueError, TypeError: where an event holds what JSON cannot carry.
        """
        if not events:
            return ()
        tail, now = self._end(), self._clock.now()
        head, moment = tail.head, (now - EPOCH) // MICROSECOND
        own = self._own
        author = Author(actor, own.station_id, now, tail.clock_offset_ms, own.kind, own.office)
        sealed: list[tuple[Event, bytes]] = []
        for new in events:
            event, body = seal(new, author, new_id(now), head)
            sealed.append((event, body))
            head = Head(event.lseq, event.chain_hash, moment)
        written = tuple([event for event, _ in sealed])
        write_events(self._database, tail.position, sealed)
        self._note_papers(tail.position, written)
        if any(event.attachments for event in written):
            attachments.note(self._database, tail.position, written)
            self.claimed.update(name for event in written for file in event.attachments for name in file.pieces)
        self._project(written)
        if party_projection.behind(self._database, tail.position + len(written)):
            party_projection.catch_up(self._database, own)
        write_head(self._database, head)
        self._tail = Tail(head, tail.position + len(written), tail.clock_offset_ms)
        self._appended = True
        return written

    def _end(self) -> Tail:
        if self._tail is None:
            self._tail = read_tail(self._database)
        return self._tail

    def _note_papers(self, last_position: int, written: tuple[Event, ...]) -> None:
        for position, event in enumerate(written, last_position + 1):
            if event.type == EventType.PAPER_ISSUED and event.body:
                self._issued[str(event.facts.get("paper_id"))] = (position, event.body)

    def _project(self, written: tuple[Event, ...]) -> None:
        for event in written:
            if event.type == EventType.MATTER_RECEIVED:
                self._check_not_received(event)
        unfolded = projections.project(self._database, written, self._own)
        if unfolded:
            raise ValueError("own events that nobody can fold")

    def _check_not_received(self, event: Event) -> None:
        visit, key = visit_of(event), str(event.facts.get("matter_key") or "")
        if visit is None:
            return
        values = {"visit": visit.bytes, "key": key}
        if (visit, key) in self._received or self._database.rows(_RECEIVED, values):
            raise AlreadyReceived()
        self._received.add((visit, key))

    def next_serial(self, day: date) -> int:
        """Take the next serial of this station for a day (from 1); never given twice.

        A disk that was set back goes on behind the highest serial noted outside of it.
        """
        name = serial_name(day)
        last = read_number(self._database, name)
        if self._reached is not None and self._reached.day == day.isoformat():
            last = max(last, self._reached.serial)
        write_value(self._database, name, last + 1)
        self._day, self._serial = day.isoformat(), last + 1
        return last + 1

    def next_in_series(self, series: str) -> int:
        """Take the next number of a series of this station (from 1); never given twice.

        A disk that was set back goes on behind the highest number noted outside of it.
        """
        name = f"series {series}"
        noted = 0 if self._reached is None else self._reached.series.get(series, 0)
        number = max(read_number(self._database, name), noted) + 1
        write_value(self._database, name, number)
        self._series[series] = number
        return number

    def last_event_at(self) -> datetime | None:
        """Return the instant of this station's last event."""
        at = self._end().head.at
        return None if at is None else EPOCH + at * MICROSECOND

    def add_paper(self, record: PaperRecord) -> None:
        """Keep a paper's record in state ISSUED; what its event of this transaction says is not kept twice."""
        position, body = self._issued.get(str(record.paper_id), (None, {}))
        same = body.get("content") == record.content
        papers.add_paper(self._database, record, position if same else None)

    def set_paper_state(self, paper_id: UUID, state: PaperState) -> None:
        """Move a paper on.

        Raises:
            KeyError: where this store does not know it.
        """
        papers.set_state(self._database, paper_id, state)

    def store_pdf(self, paper_id: UUID, pdf: bytes) -> str:
        """Keep the PDF of a paper once and return its digest; a second call changes nothing."""
        return papers.store_pdf(self._database, paper_id, pdf)

    def count_reprint(self, paper_id: UUID) -> int:
        """Count one reprint and return its number, from 1."""
        return papers.count_reprint(self._database, paper_id)

    def save_draft(self, draft: VisitDraft, at: datetime) -> None:
        """Write a draft through."""
        drafts.save_draft(self._database, draft, at)
        self.claimed.update(name for one in draft.attachments for name in one.file.pieces)

    def drop_draft(self, visit_id: UUID) -> None:
        """Remove a draft that was received, guided or discarded."""
        draft = drafts.find_draft(self._database, visit_id)
        if draft is not None:
            self.unclaimed.update(name for one in draft.attachments for name in one.file.pieces)
        drafts.drop_draft(self._database, visit_id)

    def keep_definition_set(self, content_hash: str, content: bytes) -> None:
        """Keep a definition set by its hash; a second call changes nothing."""
        definition_sets.keep(self._database, content_hash, content, sent=False)

    def high_water(self) -> HighWater | None:
        """Return how far this transaction took the store; None where it drew and appended nothing."""
        if not (self._appended or self._serial or self._series):
            return None
        head = self._end().head
        day, serial = self._day, self._serial
        if not serial and self._reached is not None:
            day, serial = self._reached.day, self._reached.serial
        before = self._reached or HighWater("", 0, "")
        return HighWater(str(self._own.station_id), head.lseq, head.chain, day, serial, before.drawn(self._series))
