"""Projections: the current cases and whom they name, folded from events and never edited by hand."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, update

from window_app.domain.events import Event, EventType, StreamKind
from window_app.domain.fold import case_of, fold_case
from window_app.storage import commitments, due, party_projection, search_index
from window_app.storage.authors import Authors, Own
from window_app.storage.case_rows import Begun, CaseColumns, row_of
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.event_log import all_events, as_list, events_of_streams, listed
from window_app.storage.schema import PROJECTIONS, case_table

_C = case_table.c
_CASE_COLUMNS = tuple(column.name for column in case_table.columns)
_CHANGING = tuple(name for name in _CASE_COLUMNS if name not in ("position", "case_id"))
_KNOWN = Statement(select(_C.case_id, _C.position, _C.parties).where(_C.case_id == bindparam("case")))
_ALL_KNOWN = Statement(select(_C.case_id, _C.position, _C.parties).where(_C.case_id.in_(listed("cases"))))
_LAST = Statement(select(func.coalesce(func.max(_C.position), 0)))
_INSERT = Statement(insert(case_table).values({name: bindparam(name) for name in _CASE_COLUMNS}))
_UPDATE = Statement(
    update(case_table).where(_C.position == bindparam("at")).values({name: bindparam(name) for name in _CHANGING})
)
_CLEAR = tuple(Statement(delete(table)) for table in PROJECTIONS)
_BATCH = 1000
_NONE_BEGUN: Mapping[UUID, CaseColumns] = {}


def project(
    database: Database,
    events: Iterable[Event | Begun],
    own: Own,
    whole: Collection[UUID] | None = None,
) -> tuple[UUID, ...]:
    """Bring the projections up to date with events just written, in their order.

    Args:
        database: the store, in an open transaction.
        events: what was written; a case in place of its receiving where there is nothing else of it.
        own: who this installation is.
        whole: cases of which no other events are held; None for own events just authored, where it
            is every case that begins among them.

    Returns:
        The cases that could not be folded; their rows stay as they were.
    """
    written = tuple(events)
    told = tuple([one for one in written if not isinstance(one, Begun)])
    due.project(database, told, own, whole)
    commitments.project(database, told, own)
    by_case, received = _by_case(written)
    known = _known(database, by_case)
    wanted = {case_id: new for case_id, new in by_case.items() if case_id in known or case_id in received}
    if whole is None:
        whole = {case_id for case_id, new in wanted.items() if case_id not in known and _begins(new[0], own)}
    others = [case_id for case_id in wanted if case_id not in whole]
    histories = _histories(database, own, others, wanted)
    folded = {case_id: histories.get(case_id, new) for case_id, new in wanted.items()}
    begun = {one.case_id: one.row for one in written if isinstance(one, Begun)}
    return _write(database, own, known, folded, begun)


def refresh(database: Database, cases: Iterable[UUID], own: Own) -> tuple[UUID, ...]:
    """Fold cases anew whose events are the same, but not what is known of them; return those that cannot be folded."""
    wanted: dict[UUID, list[Event]] = {case_id: [] for case_id in cases}
    if not wanted:
        return ()
    unfolded = _write(database, own, _known(database, wanted), _histories(database, own, list(wanted), wanted))
    commitments.refresh(database, wanted, own)
    return unfolded


def rebuild(database: Database, own: Own) -> frozenset[UUID]:
    """Make every projection anew from the events; the caller holds the transaction.

    Returns:
        The cases that could not be folded.
    """
    for statement in _CLEAR:
        database.run(statement)
    search_index.clear(database)
    received: dict[UUID, None] = {}
    opened: dict[UUID, None] = {}
    committed: dict[UUID, None] = {}
    unfolded: set[UUID] = set()
    for event in all_events(database, Authors(database, own)):
        if event.type == EventType.DUE_OPENED:
            opened[event.stream.id] = None
        if event.type == EventType.COMMITMENT_MADE:
            committed[event.stream.id] = None
        # What else there is of a case its history brings, wherever it stands.
        if event.type == EventType.MATTER_RECEIVED:
            received[case_of(event)] = None
        if len(received) == _BATCH:
            unfolded.update(refresh(database, received, own))
            received.clear()
    unfolded.update(refresh(database, received, own))
    due.refresh(database, opened, own)
    commitments.rebuild(database, committed, own)
    party_projection.clear(database)
    party_projection.catch_up(database, own)
    search_index.merge(database)
    return frozenset(unfolded)


def _by_case(events: Iterable[Event | Begun]) -> tuple[dict[UUID, list[Event]], frozenset[UUID]]:
    """Sort events by case; cases received among them first, in the order of the receivings.

    In that order a case takes its place in the list, also when the list is made anew.
    """
    found: dict[UUID, list[Event]] = {}
    received: dict[UUID, None] = {}
    for event in events:
        if isinstance(event, Begun):
            found[event.case_id] = []
            received[event.case_id] = None
            continue
        begins = event.type == EventType.MATTER_RECEIVED
        if begins or event.stream.kind is StreamKind.CASE:
            case_id = case_of(event)
            found.setdefault(case_id, []).append(event)
            if begins:
                received[case_id] = None
    order = dict.fromkeys((*received, *found))
    return {case_id: found[case_id] for case_id in order}, frozenset(received)


def _begins(event: Event, own: Own) -> bool:
    return event.type == EventType.MATTER_RECEIVED and event.station_id == own.station_id


def _known(database: Database, cases: Collection[UUID]) -> dict[UUID, Row]:
    if len(cases) == 1:
        rows = database.rows(_KNOWN, {"case": next(iter(cases)).bytes})
    elif cases:
        rows = database.rows(_ALL_KNOWN, {"cases": as_list(case_id.bytes for case_id in cases)})
    else:
        rows = []
    return {UUID(bytes=row[0]): row for row in rows}


def _histories(
    database: Database, own: Own, cases: list[UUID], new: Mapping[UUID, list[Event]]
) -> dict[UUID, Sequence[Event]]:
    if not cases:
        return {}
    histories: dict[UUID, Sequence[Event]] = {}
    for case_id, held in events_of_streams(database, cases, Authors(database, own)).items():
        ids = {event.event_id for event in held}
        histories[case_id] = [*held, *(event for event in new[case_id] if event.event_id not in ids)]
    return histories


def _write(
    database: Database,
    own: Own,
    known: Mapping[UUID, Row],
    wanted: Mapping[UUID, Sequence[Event]],
    begun: Mapping[UUID, CaseColumns] = _NONE_BEGUN,
) -> tuple[UUID, ...]:
    fresh: list[CaseColumns] = []
    changed: list[tuple[Row, CaseColumns]] = []
    unfolded: list[UUID] = []
    for case_id, events in wanted.items():
        try:
            row = begun[case_id] if case_id in begun else _row(events, own)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            # Of another program's making. It must hold up neither the feed nor the other cases.
            unfolded.append(case_id)
            continue
        if row is None:
            continue
        if case_id in known:
            changed.append((known[case_id], row))
        else:
            row["case_id"] = bytearray(case_id.bytes)
            fresh.append(row)
    _change(database, changed)
    _add(database, fresh)
    return tuple(unfolded)


def _row(events: Sequence[Event], own: Own) -> CaseColumns | None:
    state = fold_case(events)
    return None if state is None else row_of(state, events, own)


def _add(database: Database, fresh: list[CaseColumns]) -> None:
    if not fresh:
        return
    first = int(database.rows(_LAST)[0][0]) + 1
    for position, row in enumerate(fresh, first):
        row["position"] = position
    database.run_packed(_INSERT, [_INSERT.row(row) for row in fresh], bound=True)
    search_index.advance(database, first + len(fresh) - 1)


def _change(database: Database, changed: list[tuple[Row, CaseColumns]]) -> None:
    if not changed:
        return
    database.run_many(_UPDATE, [{"at": known[1], **row} for known, row in changed])
    for (_, position, parties), row in changed:
        if row["parties"] != parties:
            search_index.renew(database, position)
