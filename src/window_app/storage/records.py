"""Reading the local store: rows of the tables as the frozen records of the domain."""

import json
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select

from window_app.domain.events import Event
from window_app.domain.fold import VisitState, fold_visit
from window_app.domain.papers import StoredPaper
from window_app.domain.ports import CaseRow, OutboxRow, Station
from window_app.domain.receipt_numbers import LENGTH, ReceiptNumberInvalid, find_in, parse, plain
from window_app.domain.visits import DraftSummary, VisitDraft
from window_app.storage import drafts, event_log, papers, particulars, search_index
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.schema import case_table, definition_set_table, event_table, outbox_table
from window_app.storage.station_state import ACKED, read_head, read_number

_C, _O, _E = case_table.c, outbox_table.c, event_table.c
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
_UNCONFIRMED = and_(_E.station_id == bindparam("station"), _E.lseq > bindparam("acked"))
_OUTBOX = Statement(
    select(_E.event_id, _E.type, _C.number, _O.state, _E.occurred_at, _O.tries, _O.reason)
    .select_from(
        event_table.outerjoin(outbox_table, _O.lseq == _E.lseq).outerjoin(case_table, _C.case_id == _E.stream_id)
    )
    .where(_UNCONFIRMED)
    .order_by(_E.lseq)
    .limit(bindparam("most"))
)
_DEFINITION_SET = Statement(
    select(definition_set_table.c.content).where(definition_set_table.c.content_hash == bindparam("hash"))
)
WAITING = "waiting"
_FIRST_PAGE = 1 << 62
_SHORTEST_START = 8


class StoredRecords:
    """The reading half of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._station = particulars.read_station(database)

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
        return event_log.events_of(self._database, stream_id)

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

    def unsettled_papers(self) -> tuple[StoredPaper, ...]:
        """Return papers nobody has yet said came out."""
        return papers.unsettled(self._database)

    def outbox(self, limit: int) -> tuple[OutboxRow, ...]:
        """Return what the centre has not confirmed, oldest first."""
        acked = read_number(self._database, ACKED)
        values = {"station": self._station.station_id.bytes, "acked": acked, "most": limit}
        return tuple(_outbox_row(row) for row in self._database.rows(_OUTBOX, values))

    def count_outbox(self) -> int:
        """Return how many events the centre has not confirmed."""
        return read_head(self._database).lseq - read_number(self._database, ACKED)

    def find_definition_set(self, content_hash: str) -> bytes | None:
        """Return a kept definition set by its hash."""
        row = self._database.one(_DEFINITION_SET, {"hash": content_hash})
        return None if row is None else bytes(row[0])

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
    case_id, visit_id, number, matter, route, applicant, respondent, received_on, due_on, state, last_lseq = row
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
    )


def _outbox_row(row: Row) -> OutboxRow:
    event_id, kind, number, state, occurred_at, tries, reason = row
    moment = event_log.EPOCH + timedelta(microseconds=occurred_at)
    return OutboxRow(UUID(bytes=event_id), kind, number or "", state or WAITING, moment, tries or 0, reason or "")
