"""Bodies of events: kept where they fit, taken away by law and where a report must be forgotten."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, null, or_, select, text, update
from sqlalchemy.dialects.sqlite import insert

from window_app.domain.events import Confidentiality, EventType, StreamKind
from window_app.domain.fold import fold_case
from window_app.domain.line import PulledEvent
from window_app.storage import incoming, party_projection, projections, setting_apart
from window_app.storage.authors import Authors, Own
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.event_log import as_list, events_of_streams, listed
from window_app.storage.schema import (
    body_table,
    case_table,
    erased_table,
    event_table,
    paper_table,
    pdf_table,
)

_E, _B, _X, _P, _C = event_table.c, body_table.c, erased_table.c, paper_table.c, case_table.c
_KEEP = Statement(
    insert(body_table).values(position=bindparam("position"), content=bindparam("content")).on_conflict_do_nothing()
)
_positions = select(func.json_each(bindparam("positions")).table_valued("value").c.value).scalar_subquery()
_HELD = Statement(select(_B.position).where(_B.position.in_(_positions)))
_CONTENT = Statement(select(_B.position, _B.content).where(_B.position.in_(_positions)))
_ANY_ERASED = Statement(select(_X.event_id).limit(1))
_ERASED = Statement(select(_X.event_id).where(_X.event_id.in_(listed("events"))))
_NOTE_ERASED = Statement(insert(erased_table).values(event_id=bindparam("event_id")).on_conflict_do_nothing())
# "IS NOT NULL" lets SQLite take the index that confirmed events alone stand in.
_BY_ID = Statement(
    select(
        _E.event_id,
        _E.position,
        _E.body_digest,
        _E.stream_kind,
        _E.stream_id,
        _E.type,
        _E.station_id,
        _E.lseq,
        _E.chain_hash,
        _E.envelope,
    ).where(_E.event_id.in_(listed("events")), _E.fseq.is_not(None))
)
_PLACES = Statement(select(_E.position).where(_E.event_id.in_(listed("events"))))
_OF_POSITIONS = Statement(select(_E.stream_kind, _E.stream_id, _E.type, _E.envelope).where(_E.position.in_(_positions)))
_DROP = Statement(delete(body_table).where(_B.position.in_(_positions)))
_PDFS = Statement(select(_P.pdf_digest).where(or_(_P.issued.in_(_positions), _P.paper_id.in_(listed("papers")))))
_EMPTY_PAPERS = Statement(
    update(paper_table)
    .where(or_(_P.issued.in_(_positions), _P.paper_id.in_(listed("papers"))))
    .values(pdf_digest=null(), content=null())
)
_DROP_PDFS = Statement(
    delete(pdf_table).where(
        pdf_table.c.digest.in_(listed("pdfs")),
        ~select(_P.position).where(_P.pdf_digest == pdf_table.c.digest).exists(),
    )
)
_TO_FORGET = Statement(
    select(_C.case_id, _C.visit_id).where(
        _C.confidential == text("1"), _C.own == text("1"), _C.opened == text("1"), _C.acknowledged == text("1")
    )
)
_CONFIDENTIAL_OF_VISIT = Statement(
    select(_C.case_id).where(_C.visit_id == bindparam("visit"), _C.own == text("1"), _C.confidential == text("1"))
)
_OWN_PLACES = Statement(
    select(_E.position, _E.station_id, _E.lseq, _E.envelope)
    .select_from(event_table.join(body_table, _E.position == _B.position))
    .where(_E.stream_id.in_(listed("streams")))
)


def write(database: Database, rows: list[Row]) -> int:
    """Keep bodies, as (position, bytes), where none is held; return how many were new."""
    return database.run_rows(_KEEP, rows)


def held(database: Database, positions: Sequence[int]) -> set[int]:
    """Return those of many positions whose bodies are held."""
    return {row[0] for row in database.rows(_HELD, {"positions": json.dumps(positions)})} if positions else set()


def of(database: Database, positions: Sequence[int]) -> dict[int, bytes]:
    """Return the bodies held at positions."""
    return dict(database.rows(_CONTENT, {"positions": json.dumps(positions)})) if positions else {}


def erased(database: Database, event_ids: Sequence[bytes]) -> set[bytes]:
    """Return those of many events whose bodies were erased by law."""
    if not event_ids or database.one(_ANY_ERASED) is None:
        return set()
    return {row[0] for row in database.rows(_ERASED, {"events": as_list(event_ids)})}


def keep_fetched(database: Database, own: Own, fetched: Iterable[tuple[UUID, bytes]]) -> int:
    """Keep bodies that fit their envelopes and were not erased; return how many were new."""
    contents = {event_id.bytes: content for event_id, content in fetched}
    gone = erased(database, list(contents))
    rows: list[Row] = []
    fitting: list[tuple[bytes, int, bytes]] = []
    cases: dict[UUID, None] = {}
    others: set[tuple[str, UUID]] = set()
    for event_id, position, body_digest, kind, stream, *seal in database.rows(_BY_ID, {"events": as_list(contents)}):
        content = contents[event_id]
        if event_id in gone:
            continue
        if not incoming.fits(content, body_digest.hex()):
            _set_apart(database, seal, content)
            continue
        rows.append((position, content))
        fitting.append(_place(seal))
        if kind == StreamKind.CASE:
            cases[UUID(bytes=stream)] = None
        else:
            others.add((kind, UUID(bytes=stream)))
    new = write(database, rows)
    if setting_apart.count(database):
        setting_apart.mended(database, setting_apart.BODY, fitting)
    if new:
        projections.refresh(database, cases, own)
        party_projection.refresh(database, own, others)
    return new


def erase(database: Database, own: Own, event_ids: Sequence[UUID]) -> None:
    """Take the bodies of events away by law, and what papers say of them; whoever sends them later finds no place."""
    ids = [event_id.bytes for event_id in event_ids]
    database.run_rows(_NOTE_ERASED, [(event_id,) for event_id in ids])
    drop(database, own, [row[0] for row in database.rows(_PLACES, {"events": as_list(ids)})])


def drop(database: Database, own: Own, positions: Sequence[int]) -> int:
    """Take bodies away with the stored papers that they speak of; return how many bodies there were."""
    if not positions:
        return 0
    places = json.dumps(positions)
    cases: dict[UUID, None] = {}
    others: set[tuple[str, UUID]] = set()
    papers: list[bytes] = []
    for kind, stream, event_type, envelope in database.rows(_OF_POSITIONS, {"positions": places}):
        if kind == StreamKind.CASE:
            cases[UUID(bytes=stream)] = None
        else:
            others.add((kind, UUID(bytes=stream)))
        if event_type == EventType.PAPER_ISSUED:
            papers.extend(_paper_in(envelope))
    named = {"positions": places, "papers": as_list(papers)}
    pdfs = [row[0] for row in database.rows(_PDFS, named) if row[0] is not None]
    database.run(_EMPTY_PAPERS, named)
    database.run(_DROP_PDFS, {"pdfs": as_list(pdfs)})
    gone = database.run(_DROP, {"positions": places})
    projections.refresh(database, cases, own)
    party_projection.refresh(database, own, others)
    return gone


def forget_confidential(database: Database, own: Own, before: datetime, acked: int) -> int:
    """Forget bodies of own reports that an office acknowledged before a moment; return how many."""
    ready = _acknowledged_before(database, own, before)
    visits = {visit for visit in ready.values() if visit is not None and _whole_visit(database, visit, ready)}
    streams = [*(case_id.bytes for case_id in ready), *visits]
    positions = []
    for position, station, lseq, envelope in database.rows(_OWN_PLACES, {"streams": as_list(streams)}):
        author = UUID(bytes=station)
        confirmed = author in own.ids and (author != own.station_id or (lseq is not None and lseq <= acked))
        if confirmed and json.loads(envelope)["class"] == Confidentiality.CONFIDENTIAL:
            positions.append(position)
    return drop(database, own, positions)


def _acknowledged_before(database: Database, own: Own, before: datetime) -> dict[UUID, bytes | None]:
    candidates = {UUID(bytes=case_id): visit for case_id, visit in database.rows(_TO_FORGET)}
    if not candidates:
        return {}
    ready = {}
    for case_id, events in events_of_streams(database, candidates, Authors(database, own)).items():
        state = fold_case(events)
        if state is not None and state.acknowledged_at is not None and state.acknowledged_at < before:
            ready[case_id] = candidates[case_id]
    return ready


def _whole_visit(database: Database, visit: bytes, ready: Mapping[UUID, object]) -> bool:
    rows = database.rows(_CONFIDENTIAL_OF_VISIT, {"visit": visit})
    return all(UUID(bytes=row[0]) in ready for row in rows)


def _paper_in(envelope: bytes) -> list[bytes]:
    try:
        return [UUID(json.loads(envelope)["facts"]["paper_id"]).bytes]
    except (ValueError, KeyError, TypeError, AttributeError):
        return []


def _place(seal: Sequence[Any]) -> tuple[bytes, int, bytes]:
    """Return station, number and link of an event as its author sealed it."""
    _, station, lseq, link, envelope = seal
    return station, json.loads(envelope)["lseq"] if lseq is None else lseq, link


def _set_apart(database: Database, seal: Sequence[Any], content: bytes) -> None:
    station, place, link = _place(seal)
    pulled = PulledEvent(0, UUID(bytes=station), place, "", link.hex(), seal[-1], content)
    setting_apart.keep(database, pulled, setting_apart.BODY, None)
