"""Events in the tables: written once in the order learnt, read back in the order of the fold."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, bindparam, func, insert, select, union_all

from window_app.domain.events import Event
from window_app.domain.fold import in_order
from window_app.storage import envelopes
from window_app.storage.authors import Authors
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.schema import body_table, event_table, other_seal_table

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_E, _B, _S = event_table.c, body_table.c, other_seal_table.c

INSERT_EVENT = Statement(
    insert(event_table).values({column.name: bindparam(column.name) for column in event_table.columns})
)
INSERT_BODY = Statement(insert(body_table).values(position=bindparam("position"), content=bindparam("content")))


def listed(name: str) -> ScalarSelect[Any]:
    """Return, for an `in_`, the binary ids that `as_list` wrote into the value of this name."""
    value = func.json_each(bindparam(name)).table_valued("value").c.value
    return select(func.unhex(value)).scalar_subquery()


def as_list(ids: Iterable[bytes]) -> str:
    """Return ids as the one value that a statement with `listed` takes."""
    return json.dumps([one.hex() for one in ids])


_COLUMNS = (_E.envelope, _E.chain_hash, _B.content, _E.fseq)
_WITH_BODY = event_table.outerjoin(body_table, _E.position == _B.position)
_OF_STREAM = Statement(
    select(*_COLUMNS).select_from(_WITH_BODY).where(_E.stream_id == bindparam("stream")).order_by(_E.position)
)
_OF_STREAMS = Statement(
    select(_E.stream_id, *_COLUMNS)
    .select_from(_WITH_BODY)
    .where(_E.stream_id.in_(listed("streams")))
    .order_by(_E.position)
)
_OF_TYPES = Statement(
    select(_E.stream_id, *_COLUMNS)
    .select_from(_WITH_BODY)
    .where(
        _E.stream_id.in_(listed("streams")),
        _E.type.in_(select(func.json_each(bindparam("types")).table_valued("value").c.value).scalar_subquery()),
    )
    .order_by(_E.position)
)
_AFTER = Statement(
    select(_E.position, *_COLUMNS)
    .select_from(_WITH_BODY)
    .where(_E.position > bindparam("after"))
    .order_by(_E.position)
    .limit(bindparam("most"))
)
_OF_STATION = Statement(
    union_all(
        select(_E.lseq, _E.envelope, _E.chain_hash, _E.body_digest, _B.content)
        .select_from(_WITH_BODY)
        .where(_E.station_id == bindparam("station"), _E.lseq > bindparam("after")),
        select(_S.lseq, _S.envelope, _S.chain_hash, _E.body_digest, _B.content)
        .select_from(
            other_seal_table.join(event_table, _S.position == _E.position).outerjoin(
                body_table, _S.position == _B.position
            )
        )
        .where(_S.station_id == bindparam("station"), _S.lseq > bindparam("after")),
    )
    .order_by("lseq")
    .limit(bindparam("most"))
)
_LINK = Statement(
    union_all(
        select(_E.chain_hash).where(_E.station_id == bindparam("station"), _E.lseq == bindparam("lseq")),
        select(_S.chain_hash).where(_S.station_id == bindparam("station"), _S.lseq == bindparam("lseq")),
    )
)
_BATCH = 1000


def write_events(database: Database, last_position: int, sealed: Sequence[tuple[Event, bytes]]) -> None:
    """Write own events and their bodies behind the last one that this store knows."""
    events, bodies = [], []
    for position, (event, body) in enumerate(sealed, last_position + 1):
        events.append(_event_row(position, event))
        bodies.append((position, body))
    database.run_rows(INSERT_EVENT, events)
    database.run_rows(INSERT_BODY, bodies)


def events_of(database: Database, stream_id: UUID, authors: Authors) -> tuple[Event, ...]:
    """Return the events of a stream in the order in which the fold takes them."""
    rows = database.rows(_OF_STREAM, {"stream": stream_id.bytes})
    return in_order(_read(row, authors) for row in rows)


def events_of_streams(
    database: Database, streams: Iterable[UUID], authors: Authors, types: Iterable[str] | None = None
) -> dict[UUID, list[Event]]:
    """Return the events of each of many streams, in the order in which this store learnt of them.

    With types only those of them, where a fold looks at no others.
    """
    by_id: dict[bytes, list[Event]] = {stream.bytes: [] for stream in streams}
    values = {"streams": as_list(by_id)}
    if types is None:
        rows = database.rows(_OF_STREAMS, values)
    else:
        rows = database.rows(_OF_TYPES, {**values, "types": json.dumps(sorted(types))})
    for row in rows:
        by_id[row[0]].append(_read(row[1:], authors))
    return {UUID(bytes=stream): events for stream, events in by_id.items()}


def all_events(database: Database, authors: Authors) -> Iterator[Event]:
    """Yield every event in the order in which this store learnt of it."""
    after = 0
    while rows := database.rows(_AFTER, {"after": after, "most": _BATCH}):
        for row in rows:
            yield _read(row[1:], authors)
        after = rows[-1][0]


def own_chain(database: Database, station_id: UUID) -> Iterator[Row]:
    """Yield (lseq, envelope, link, body digest, body or None) of a station's events in its own order."""
    after = 0
    while rows := own_stretch(database, station_id, after, _BATCH):
        yield from rows
        after = rows[-1][0]


def own_stretch(database: Database, station_id: UUID, after: int, most: int) -> list[Row]:
    """Return what `own_chain` yields, of so many events behind one."""
    return database.rows(_OF_STATION, {"station": station_id.bytes, "after": after, "most": most})


def link_at(database: Database, station_id: UUID, lseq: int) -> str | None:
    """Return the link of a station's chain at an event, in hex, or None where it is not held."""
    row = database.one(_LINK, {"station": station_id.bytes, "lseq": lseq})
    return None if row is None else str(row[0].hex())


def _read(row: Row, authors: Authors) -> Event:
    envelope, link, body, fseq = row
    return envelopes.read(envelope, link, body, fseq, authors.seat_of)


def _event_row(position: int, event: Event) -> Row:
    """Return an event in the order of the table's columns."""
    return (
        position,
        event.event_id.bytes,
        event.stream.kind.value,
        event.stream.id.bytes,
        event.type,
        event.version,
        event.station_id.bytes,
        event.lseq,
        None,
        event.fseq,
        (event.occurred_at - EPOCH) // MICROSECOND,
        bytes.fromhex(event.chain_hash),
        bytes.fromhex(event.body_digest),
        event.envelope_bytes,
    )
