"""The chain of a station that this installation no longer is, as far as this store holds it without a hole."""

import json
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, literal, select, union_all

from window_app.domain.events import chain_hash
from window_app.domain.line import OwnBatch, SealedEvent
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.schema import body_table, event_table, other_seal_table

_E, _B, _S = event_table.c, body_table.c, other_seal_table.c
_PLACED = Statement(
    union_all(
        select(_E.lseq, _E.fseq.is_(None).label("rank"), _E.envelope, _E.chain_hash, _B.content)
        .select_from(event_table.outerjoin(body_table, _E.position == _B.position))
        .where(_E.station_id == bindparam("station"), _E.lseq >= bindparam("start")),
        select(_S.lseq, literal(2).label("rank"), _S.envelope, _S.chain_hash, _B.content)
        .select_from(other_seal_table.outerjoin(body_table, _S.position == _B.position))
        .where(_S.station_id == bindparam("station"), _S.lseq >= bindparam("start")),
    )
    .order_by("lseq", "rank")
    .limit(bindparam("most"))
)
_UNPLACED = Statement(
    select(_E.position, _E.fseq, _E.envelope, _E.chain_hash, _B.content)
    .select_from(event_table.outerjoin(body_table, _E.position == _B.position))
    .where(_E.station_id == bindparam("station"), _E.lseq.is_(None))
)


class _Link(NamedTuple):
    rank: int
    envelope: bytes
    link: str
    body: bytes | None


class Unplaced(NamedTuple):
    """An event at whose place of its station this store held another one already: a disk was cloned."""

    lseq: int
    position: int


def batch(database: Database, station_id: UUID, after: int, limit: int) -> OwnBatch | None:
    """Return what stands behind a sequence number; None where nothing does, or not without a hole.

    Where a clone wrote at the same places, what a feed holds comes before what it does not.
    """
    found = _around(database, station_id, after, limit)
    for previous in [""] if after == 0 else [one.link for one in found.get(after, ())]:
        events, link = [], previous
        for lseq in range(after + 1, after + 1 + limit):
            following = next((one for one in found.get(lseq, ()) if chain_hash(link, one.envelope) == one.link), None)
            if following is None:
                break
            link = following.link
            events.append(SealedEvent(lseq, following.envelope, link, following.body))
        if events:
            return OwnBatch(station_id, previous, tuple(events))
    return None


def unplaced(database: Database, station_id: UUID) -> list[Unplaced]:
    """Return the events of a station that stand at a place where this store holds another one."""
    return [Unplaced(_lseq(row[2]), row[0]) for row in _unplaced(database, station_id)]


def _around(database: Database, station_id: UUID, after: int, limit: int) -> dict[int, list[_Link]]:
    found: dict[int, list[_Link]] = {}
    # At most two seals stand at one place of the tables.
    values = {"station": station_id.bytes, "start": after, "most": 2 * (limit + 1)}
    for lseq, rank, envelope, link, body in database.rows(_PLACED, values):
        found.setdefault(lseq, []).append(_Link(rank, envelope, link.hex(), body))
    for _, fseq, envelope, link, body in _unplaced(database, station_id):
        found.setdefault(_lseq(envelope), []).append(_Link(int(fseq is None), envelope, link.hex(), body))
    for links in found.values():
        links.sort(key=lambda one: one.rank)
    return found


def _unplaced(database: Database, station_id: UUID) -> list[Row]:
    return database.rows(_UNPLACED, {"station": station_id.bytes})


def _lseq(envelope: bytes) -> int:
    return int(json.loads(envelope)["lseq"])
