"""Reading the local store: rows of the tables as the frozen records of the domain."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select, text

from window_app.domain.due import DueItem
from window_app.domain.events import Event
from window_app.domain.fold import VisitState, fold_visit
from window_app.domain.papers import StoredPaper
from window_app.domain.ports import CaseRow, OutboxRow, Station
from window_app.domain.receipt_numbers import LENGTH, ReceiptNumberInvalid, find_in, parse, plain
from window_app.domain.visits import DraftSummary, VisitDraft
from window_app.storage import (
    claims,
    definition_sets,
    drafts,
    due,
    event_log,
    outbox,
    papers,
    particulars,
    search_index,
)
from window_app.storage.authors import Authors, read_own
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.schema import case_table
from window_app.storage.station_state import ACKED, read_number

_C = case_table.c
_COLUMNS = (
    _C.case_id,
    _C.visit_id,
    _C.number,
    _C.matter,
    _C.route,
    _C.applicant,
    _C.respondent,
    _C.received_on,
    _C.due_on,
    _C.state,
    _C.last_lseq,
    _C.office,
    _C.acknowledged,
    _C.claimed_by,
    _C.decision_number,
    _C.conflicts,
    _C.own,
    _C.opened,
)
_BY_ID = Statement(select(*_COLUMNS).where(_C.case_id == bindparam("case")))
_BY_NUMBER = Statement(select(*_COLUMNS).where(_C.number_key == bindparam("number")).order_by(_C.position).limit(1))
_BY_START = Statement(
    select(_C.position)
    .where(_C.number_key >= bindparam("start"), _C.number_key < bindparam("beyond"))
    .order_by(_C.number_key.desc())
    .limit(bindparam("most"))
)
_AT_POSITIONS = Statement(
    select(*_COLUMNS)
    .where(_C.position.in_(select(func.json_each(bindparam("positions")).table_valued("value").c.value)))
    .order_by(_C.position.desc())
)
_OF_VISIT = Statement(select(*_COLUMNS).where(_C.visit_id == bindparam("visit"), _C.own == 1).order_by(_C.position))
_POSITION = Statement(select(_C.position).where(_C.number_key == bindparam("number")).order_by(_C.position).limit(1))
_WINDOW = Statement(
    select(*_COLUMNS).where(_C.position < bindparam("before")).order_by(_C.position.desc()).limit(bindparam("most"))
)
_COUNT = Statement(select(func.coalesce(func.max(_C.position), 0)))
_NOT_OURS = "own = 0 AND state NOT IN ('closed', 'voided')"
# These words let SQLite take the index that holds what others received and no office has closed.
_QUEUE = Statement(
    select(*_COLUMNS)
    .where(text(_NOT_OURS), _C.office == bindparam("office"), _C.due_on.is_not(None))
    .order_by(_C.due_on, _C.position)
    .limit(bindparam("most"))
)
_QUEUE_WITHOUT_LIMIT = Statement(
    select(*_COLUMNS)
    .where(text(_NOT_OURS), _C.office == bindparam("office"), _C.due_on.is_(None))
    .order_by(_C.position)
    .limit(bindparam("most"))
)
_QUEUE_OWN = Statement(
    select(*_COLUMNS)
    .where(text("own = 1 AND state NOT IN ('closed', 'voided')"), _C.office == bindparam("office"))
    .order_by(_C.due_on.is_(None), _C.due_on, _C.position)
    .limit(bindparam("most"))
)
_CONFLICTING = Statement(
    select(*_COLUMNS).where(_C.conflicts > text("0")).order_by(_C.position.desc()).limit(bindparam("most"))
)
_REUSE = Statement(
    select(
        func.count(),
        func.count().filter(_C.fields_prefilled + _C.materials_reused > 0),
        func.coalesce(func.sum(_C.fields_prefilled), 0),
        func.coalesce(func.sum(_C.materials_reused), 0),
    ).where(_C.own == 1, _C.received_on >= bindparam("first"), _C.received_on <= bindparam("last"))
)
_FIRST_PAGE = 1 << 62
_SHORTEST_START = 8


class StoredRecords:
    """The reading half of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._station = particulars.read_station(database)
        self._own = read_own(database, self._station)

    def station(self) -> Station:
        """Return who this installation is."""
        return self._station

    def drafts(self) -> tuple[DraftSummary, ...]:
        """Return the drafts, last changed first."""
        return drafts.summaries(self._database)

    def find_draft(self, visit_id: UUID) -> VisitDraft | None:
        """Return a draft."""
        return drafts.find_draft(self._database, visit_id)

    def find_case(self, number: str) -> CaseRow | None:
        """Return the case with this receipt number, however it is written, also inside a QR text."""
        try:
            wanted = parse(number)
        except ReceiptNumberInvalid:
            inside = find_in(number)
            if inside is None:
                return None
            wanted = inside
        row = self._database.one(_BY_NUMBER, {"number": wanted.compact})
        return None if row is None else self._case(row)

    def get_case(self, case_id: UUID) -> CaseRow:
        """Return a case.

        Raises:
            KeyError: where this store does not know it.
        """
        row = self._database.one(_BY_ID, {"case": case_id.bytes})
        if row is None:
            raise KeyError(case_id)
        return self._case(row)

    def cases_of_visit(self, visit_id: UUID) -> tuple[CaseRow, ...]:
        """Return the cases that this station made of a visit, in order of receiving."""
        return self._cases(self._database.rows(_OF_VISIT, {"visit": visit_id.bytes}))

    def visit(self, visit_id: UUID) -> VisitState:
        """Return the state of a visit as its own events tell it."""
        return fold_visit(visit_id, self.events(visit_id))

    def events(self, stream_id: UUID) -> tuple[Event, ...]:
        """Return the events of a stream in the order the fold takes them."""
        return event_log.events_of(self._database, stream_id, Authors(self._database, self._own))

    def search(self, text: str, limit: int) -> tuple[CaseRow, ...]:
        """Return cases by part of a name, pinyin initials, number, phone tail; newest first."""
        positions = self._by_start(text, limit) or search_index.find(self._database, text, limit)
        return self._cases(self._database.rows(_AT_POSITIONS, {"positions": json.dumps(positions)}))

    def cases(self, after: str | None, limit: int) -> tuple[CaseRow, ...]:
        """Return a window of the list, newest first, after the case whose number is given."""
        before = _FIRST_PAGE
        if after is not None:
            row = self._database.one(_POSITION, {"number": plain(after)})
            if row is None:
                return ()
            before = row[0]
        return self._cases(self._database.rows(_WINDOW, {"before": before, "most": limit}))

    def cases_at(self, offset: int, limit: int) -> tuple[CaseRow, ...]:
        """Return a window of the list, newest first, from a row counted from 0: a jump costs no scan."""
        before = self.count_cases() - offset + 1
        return self._cases(self._database.rows(_WINDOW, {"before": before, "most": limit}))

    def count_cases(self) -> int:
        """Return how many cases the list holds."""
        return int(self._database.rows(_COUNT)[0][0])

    def papers(self, *, case_id: UUID | None = None, visit_id: UUID | None = None) -> tuple[StoredPaper, ...]:
        """Return the papers of a case or of a visit, in order of issue."""
        return papers.papers_of(self._database, case_id=case_id, visit_id=visit_id)

    def find_slips(self, number: str) -> tuple[StoredPaper, ...]:
        """Return the papers of visits that carry a slip number."""
        return papers.papers_of_no_case(self._database, number)

    def get_paper(self, paper_id: UUID) -> StoredPaper:
        """Return a paper.

        Raises:
            KeyError: where this store does not know it.
        """
        return papers.get_paper(self._database, paper_id)

    def find_pdf(self, paper_id: UUID) -> bytes | None:
        """Return the stored PDF of a paper."""
        return papers.find_pdf(self._database, paper_id)

    def papers_issued(self, first: datetime, until: datetime) -> tuple[StoredPaper, ...]:
        """Return the papers issued from an instant on and before another, in order of issue."""
        return papers.issued_between(self._database, first, until)

    def unsettled_papers(self) -> tuple[StoredPaper, ...]:
        """Return papers nobody has yet said came out."""
        return papers.unsettled(self._database)

    def outbox(self, limit: int) -> tuple[OutboxRow, ...]:
        """Return what the centre has not confirmed, oldest first."""
        return outbox.rows(self._database, self._station.station_id, limit)

    def count_outbox(self) -> int:
        """Return how many events the centre has not confirmed."""
        return outbox.count(self._database, self._station.station_id)

    def queue(self, office: str, limit: int) -> tuple[CaseRow, ...]:
        """Return the cases an office has not closed, nearest limit first, those without one after them."""
        values = {"office": office, "most": limit}
        dated = self._database.rows(_QUEUE, values)
        rows = [*dated, *(self._database.rows(_QUEUE_WITHOUT_LIMIT, values) if len(dated) < limit else [])]
        found = self._cases([*rows, *self._database.rows(_QUEUE_OWN, values)])
        return tuple(sorted(found, key=lambda row: (row.due_on is None, row.due_on or date.min))[:limit])

    def claim_stations(self, claimed: Mapping[UUID, str]) -> Mapping[UUID, UUID]:
        """Return at which station the clerk who holds a case works; takes the code by which each is held."""
        return claims.stations(self._database, Authors(self._database, self._own), claimed)

    def is_here(self, station_id: UUID) -> bool:
        """Answer whether a station is this installation, under its present identity or an earlier one."""
        return station_id in self._own.ids

    def conflicting(self, limit: int) -> tuple[CaseRow, ...]:
        """Return the cases with a conflict that nobody has settled, newest first."""
        return self._cases(self._database.rows(_CONFLICTING, {"most": limit}))

    def find_definition_set(self, content_hash: str) -> bytes | None:
        """Return a kept definition set by its hash."""
        return definition_sets.find(self._database, content_hash)

    def reuse_totals(self, first: date, last: date) -> tuple[int, int, int, int]:
        """Return, of the cases received here between two days: all, those with reuse, fields, materials."""
        row = self._database.rows(_REUSE, {"first": first.isoformat(), "last": last.isoformat()})[0]
        return int(row[0]), int(row[1]), int(row[2]), int(row[3])

    def due_list(self, clerk: str | None, limit: int) -> tuple[DueItem, ...]:
        """Return what is open, the nearest date first; with a clerk only hers, her counter's and her office's."""
        return due.listing(self._database, clerk, limit)

    def count_due(self, clerk: str, today: date) -> tuple[int, int]:
        """Return how much is open for a clerk, and of it how much is due by a day."""
        return due.count(self._database, clerk, today)

    def find_due(self, due_id: UUID) -> DueItem | None:
        """Return an item of what is or was due."""
        return due.find(self._database, due_id)

    def due_about(self, stream_id: UUID) -> tuple[DueItem, ...]:
        """Return what is or was due about a case, a visit or a person."""
        return due.about(self._database, stream_id)

    def due_texts(self, items: Sequence[DueItem]) -> Mapping[UUID, str]:
        """Return what was written with items, by their ids, where it is held here."""
        return due.texts(self._database, items)

    def _by_start(self, text: str, limit: int) -> list[int]:
        start = plain(text)
        if not _SHORTEST_START <= len(start) <= LENGTH or not start[:6].isdigit():
            return []
        values = {"start": start, "beyond": start + "\uffff", "most": limit}
        return [int(row[0]) for row in self._database.rows(_BY_START, values)]

    def _cases(self, rows: list[Row]) -> tuple[CaseRow, ...]:
        acked = read_number(self._database, ACKED)
        return tuple(_case_row(row, acked) for row in rows)

    def _case(self, row: Row) -> CaseRow:
        return _case_row(row, read_number(self._database, ACKED))


def _case_row(row: Row, acked: int) -> CaseRow:
    case_id, visit_id, number, matter, route, applicant, respondent, received_on, due_on, state, last_lseq, *work = row
    office, acknowledged, claimed_by, decision_number, conflicts, own, opened = work
    return CaseRow(
        case_id=UUID(bytes=case_id),
        visit_id=UUID(bytes=visit_id or case_id),
        number=number,
        matter=matter,
        route=route,
        applicant=applicant,
        respondent=respondent,
        received_on=date.fromisoformat(received_on) if received_on else date.min,
        due_on=date.fromisoformat(due_on) if due_on else None,
        state=state,
        unsent=last_lseq > acked,
        office=office,
        acknowledged=bool(acknowledged),
        claimed_by=claimed_by,
        decision_number=decision_number,
        conflicts=conflicts,
        own=bool(own),
        opened=bool(opened),
    )
