"""Projections: the current cases and whom they name, folded from events and never edited by hand."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, update

from window_app.domain.events import Event, EventType, StreamKind
from window_app.domain.fold import CaseState, case_of, fold_case
from window_app.domain.receipt_numbers import plain
from window_app.storage import search_index
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.event_log import all_events, events_of
from window_app.storage.schema import PROJECTIONS, case_table

_C = case_table.c
_CASE_COLUMNS = tuple(column.name for column in case_table.columns)
_CHANGING = tuple(name for name in _CASE_COLUMNS if name not in ("position", "case_id"))
_KNOWN = Statement(select(_C.position, _C.last_lseq, _C.parties).where(_C.case_id == bindparam("case")))
_LAST = Statement(select(func.coalesce(func.max(_C.position), 0)))
_INSERT = Statement(insert(case_table).values({name: bindparam(name) for name in _CASE_COLUMNS}))
_UPDATE = Statement(
    update(case_table).where(_C.position == bindparam("at")).values({name: bindparam(name) for name in _CHANGING})
)
_CLEAR = tuple(Statement(delete(table)) for table in PROJECTIONS)


def project(database: Database, events: Iterable[Event], own_station: UUID) -> None:
    """Bring the projections up to date with events just written, in their order."""
    by_case, received = _by_case(events)
    fresh: list[tuple[CaseState, int]] = []
    for case_id, new in by_case.items():
        last = max((event.lseq for event in new if event.station_id == own_station), default=0)
        known = database.one(_KNOWN, {"case": case_id.bytes})
        if known is None and case_id not in received:
            continue
        begun_here = known is None and new[0].station_id == own_station
        state = fold_case(new if begun_here else _history(database, case_id, new))
        if state is None:
            continue
        if known is None:
            fresh.append((state, last))
        else:
            _change(database, known, state, last, own_station)
    if fresh:
        _add(database, fresh, own_station)


def _by_case(events: Iterable[Event]) -> tuple[dict[UUID, list[Event]], frozenset[UUID]]:
    """Sort events by case; cases received among them first, in the order of the receivings.

    In that order a case takes its place in the list, also when the list is made anew.
    """
    found: dict[UUID, list[Event]] = {}
    received: dict[UUID, None] = {}
    for event in events:
        if event.stream.kind is StreamKind.CASE or event.type == EventType.MATTER_RECEIVED:
            found.setdefault(case_of(event), []).append(event)
        if event.type == EventType.MATTER_RECEIVED:
            received[case_of(event)] = None
    order = dict.fromkeys((*received, *found))
    return {case_id: found[case_id] for case_id in order}, frozenset(received)


def rebuild(database: Database, own_station: UUID) -> None:
    """Make every projection anew from the events; the caller holds the transaction."""
    for statement in _CLEAR:
        database.run(statement)
    search_index.clear(database)
    batch: list[Event] = []
    for event in all_events(database):
        batch.append(event)
        if len(batch) == 1000:
            project(database, batch, own_station)
            batch.clear()
    project(database, batch, own_station)
    search_index.merge(database)


def _history(database: Database, case_id: UUID, new: list[Event]) -> Iterable[Event]:
    found = {event.event_id: event for event in events_of(database, case_id)}
    found.update({event.event_id: event for event in new})
    return found.values()


def _add(database: Database, fresh: list[tuple[CaseState, int]], own_station: UUID) -> None:
    first = int(database.rows(_LAST)[0][0]) + 1
    rows = [
        {"position": position, "case_id": state.case_id.bytes, **_row(state, last, own_station)}
        for position, (state, last) in enumerate(fresh, first)
    ]
    database.run_many(_INSERT, rows)
    search_index.advance(database, first + len(fresh) - 1)


def _change(database: Database, known: Row, state: CaseState, last: int, own_station: UUID) -> None:
    position, last_known, parties = known
    row = _row(state, max(last, last_known), own_station)
    database.run(_UPDATE, {"at": position, **row})
    if row["parties"] != parties:
        search_index.renew(database, position)


def _row(state: CaseState, last: int, own_station: UUID) -> dict[str, object]:
    return {
        "visit_id": None if state.visit_id is None else state.visit_id.bytes,
        "matter_key": state.matter_key,
        "number": state.number,
        "number_key": plain(state.number),
        "matter": state.matter,
        "route": state.route,
        "applicant": state.name_of("applicant"),
        "respondent": state.name_of("respondent"),
        "parties": search_index.parties_text(state.parties),
        "received_on": "" if state.received_on is None else state.received_on.isoformat(),
        "due_on": None if state.due_on is None else state.due_on.isoformat(),
        "state": state.status,
        "own": int(state.received_by == own_station),
        "last_lseq": last,
    }
