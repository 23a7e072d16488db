"""Going on as a new station after a fork: what the centre has not confirmed is sealed anew, nothing is lost."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update

from window_app.clock import Clock
from window_app.domain.events import (
    Actor,
    ActorKind,
    EventType,
    NewEvent,
    Stream,
    StreamKind,
    chain_hash,
)
from window_app.domain.ids import new_id
from window_app.domain.line import NewIdentity
from window_app.domain.ports import Station
from window_app.storage import former_chains, outbox, particulars, projections
from window_app.storage.authors import add_former, read_own
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.envelopes import Author, resealed, seal
from window_app.storage.event_log import EPOCH, MICROSECOND, write_events
from window_app.storage.schema import case_table, event_table, other_seal_table
from window_app.storage.station_state import (
    ACKED,
    ISSUE_CODE,
    Head,
    read_number,
    read_tail,
    write_head,
    write_value,
)

_E, _S = event_table.c, other_seal_table.c
_SYSTEM = Actor(ActorKind.SYSTEM, "line")
_BEYOND = Statement(
    select(_E.position)
    .where(_E.station_id == bindparam("station"), _E.lseq > bindparam("upto"))
    .union_all(select(_S.position).where(_S.station_id == bindparam("station"), _S.lseq > bindparam("upto")))
)
_AT = Statement(
    select(_E.position, _E.station_id, _E.lseq, _E.fseq, _E.envelope)
    .where(_E.position.in_(select(func.json_each(bindparam("positions")).table_valued("value").c.value)))
    .order_by(_E.position)
)
_RESEAL = Statement(
    update(event_table)
    .where(_E.position == bindparam("at"))
    .values(
        station_id=bindparam("new_station"),
        lseq=bindparam("new_lseq"),
        chain_hash=bindparam("new_link"),
        envelope=bindparam("new_envelope"),
    )
)
_SEAL_BESIDE = Statement(
    insert(other_seal_table).values({column.name: bindparam(column.name) for column in other_seal_table.columns})
)
_NOTHING_UNSENT = Statement(update(case_table).values(last_lseq=0).where(case_table.c.last_lseq != 0))
_CASES = Statement(
    select(_E.stream_id)
    .distinct()
    .where(_E.station_id == bindparam("station"), _E.stream_kind == StreamKind.CASE.value)
)


@dataclass(frozen=True, slots=True)
class Renewed:
    """What going on as a new station came to: who it is now, where its chain ends, how many were sealed anew."""

    station: Station
    head: Head
    sealed: int


def renew(
    database: Database, station: Station, identity: NewIdentity, clock: Clock, held: Mapping[UUID, int] | None = None
) -> Renewed:
    """Go on under a new identity inside the open transaction.

    Events that stand in a feed keep the seal the feed holds, and those of an earlier incarnation
    theirs; the new one is laid beside it, so that the new chain is whole.

    Args:
        database: the store.
        station: who this installation was until now.
        identity: who it is from now on.
        clock: for the event that says so.
        held: up to where the centre holds each incarnation's chain as this store does; an incarnation
            that is not named is left alone. Without it, the present one's acknowledgement counts.
    """
    former = station.station_id
    if held is None:
        rows = _unconfirmed(database, {former: read_number(database, ACKED)}, ())
    else:
        rows = _unconfirmed(database, held, [one for one, upto in held.items() if one != former or upto == 0])
    going_on = replace(station, station_id=identity.station_id, issue_code=identity.issue_code)
    outbox.clear_notes(database)
    head = _begin_chain(database, former, going_on, clock)
    head = _seal_anew(database, former, identity.station_id, head, rows)
    write_head(database, head)
    write_value(database, ACKED, 0)
    write_value(database, ISSUE_CODE, identity.issue_code)
    add_former(database, former)
    particulars.write_station(database, going_on)
    own = particulars.read_secrets(database)
    particulars.add_former(database, former, own.station_secret)
    particulars.write_secrets(database, replace(own, station_secret=identity.station_secret))
    _project(database, going_on)
    return Renewed(going_on, head, len(rows))


def _begin_chain(database: Database, former: UUID, station: Station, clock: Clock) -> Head:
    tail, now = read_tail(database), clock.now()
    new = NewEvent(
        Stream(StreamKind.DEVICE, station.station_id),
        EventType.STATION_RENEWED,
        facts={"previous": str(former), "previous_lseq": tail.head.lseq, "issue_code": station.issue_code},
    )
    author = Author(_SYSTEM, station.station_id, now, tail.clock_offset_ms, station.kind, station.office)
    event, body = seal(new, author, new_id(now), Head())
    write_events(database, tail.position, [(event, body)])
    return Head(event.lseq, event.chain_hash, (now - EPOCH) // MICROSECOND)


def _unconfirmed(database: Database, held: Mapping[UUID, int], cloned: Collection[UUID]) -> list[Row]:
    """Return the events that stand on no chain which the centre holds, in the order this store learnt of them.

    Of stations in `cloned`, also what a clone wrote at places where this store held something else.

    Whether an event has a number says nothing: the centre that gave it may have been set back. Where
    it is in doubt an event is sealed anew: one that the centre knows is not stored twice there.
    """
    wanted: set[int] = set()
    doubtful: set[tuple[bytes, int]] = set()
    for station_id, upto in held.items():
        wanted.update(row[0] for row in database.rows(_BEYOND, {"station": station_id.bytes, "upto": upto}))
        for one in former_chains.unplaced(database, station_id) if station_id in cloned else ():
            wanted.add(one.position)
            doubtful.add((station_id.bytes, one.lseq))
    confirmed = {station_id.bytes: upto for station_id, upto in held.items()}
    rows = database.rows(_AT, {"positions": json.dumps(sorted(wanted))})
    return [row for row in rows if row[2] is None or row[2] > confirmed.get(row[1], 0) or (row[1], row[2]) in doubtful]


def _seal_anew(database: Database, present: UUID, station_id: UUID, head: Head, rows: list[Row]) -> Head:
    replaced, beside = [], []
    lseq, link = head.lseq, head.chain
    for position, author, _, fseq, envelope in rows:
        lseq += 1
        sealed = resealed(envelope, station_id, lseq)
        link = chain_hash(link, sealed)
        if fseq is None and author == present.bytes:
            replaced.append((station_id.bytes, lseq, bytes.fromhex(link), sealed, position))
        else:
            beside.append((station_id.bytes, lseq, bytes.fromhex(link), sealed, position))
    database.run_rows(_RESEAL, replaced)
    database.run_rows(_SEAL_BESIDE, beside)
    return Head(lseq, link, head.at)


def _project(database: Database, station: Station) -> None:
    """Note anew which cases wait to be sent: sequence numbers count from 1 again."""
    database.run(_NOTHING_UNSENT)
    own = read_own(database, station)
    cases = [UUID(bytes=row[0]) for row in database.rows(_CASES, {"station": station.station_id.bytes})]
    projections.refresh(database, cases, own)
