"""Events in the tables: written once in the order learnt, read back in the order of the fold."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, insert, select

from window_app.domain.events import Event
from window_app.domain.fold import in_order
from window_app.storage import envelopes
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.schema import body_table, event_table

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_E, _B = event_table.c, body_table.c

_INSERT_EVENT = Statement(
    insert(event_table).values({column.name: bindparam(column.name) for column in event_table.columns})
)
_INSERT_BODY = Statement(insert(body_table).values(position=bindparam("position"), content=bindparam("content")))
_COLUMNS = (_E.envelope, _E.chain_hash, _B.content, _E.fseq)
_WITH_BODY = event_table.outerjoin(body_table, _E.position == _B.position)
_OF_STREAM = Statement(
    select(*_COLUMNS).select_from(_WITH_BODY).where(_E.stream_id == bindparam("stream")).order_by(_E.position)
)
_AFTER = Statement(
    select(_E.position, *_COLUMNS)
    .select_from(_WITH_BODY)
    .where(_E.position > bindparam("after"))
    .order_by(_E.position)
    .limit(bindparam("most"))
)
_OF_STATION = Statement(
    select(_E.lseq, _E.envelope, _E.chain_hash, _E.body_digest, _B.content)
    .select_from(_WITH_BODY)
    .where(_E.station_id == bindparam("station"), _E.lseq > bindparam("after"))
    .order_by(_E.lseq)
    .limit(bindparam("most"))
)
_LINK = Statement(select(_E.chain_hash).where(_E.station_id == bindparam("station"), _E.lseq == bindparam("lseq")))
_BATCH = 1000


def write_events(database: Database, last_position: int, sealed: Sequence[tuple[Event, bytes]]) -> None:
    """Write own events and their bodies behind the last one that this store knows."""
    events, bodies = [], []
    for position, (event, body) in enumerate(sealed, last_position + 1):
        events.append(_event_row(position, event))
        bodies.append((position, body))
    database.run_rows(_INSERT_EVENT, events)
    database.run_rows(_INSERT_BODY, bodies)


def events_of(database: Database, stream_id: UUID) -> tuple[Event, ...]:
    """Return the events of a stream in the order in which the fold takes them."""
    return in_order(_read(row) for row in database.rows(_OF_STREAM, {"stream": stream_id.bytes}))


def all_events(database: Database) -> Iterator[Event]:
    """Yield every event in the order in which this store learnt of it."""
    after = 0
    while rows := database.rows(_AFTER, {"after": after, "most": _BATCH}):
        for row in rows:
            yield _read(row[1:])
        after = rows[-1][0]


def own_chain(database: Database, station_id: UUID) -> Iterator[Row]:
    """Yield (lseq, envelope, link, body digest, body or None) of a station's events in its own order."""
    after = 0
    while rows := database.rows(_OF_STATION, {"station": station_id.bytes, "after": after, "most": _BATCH}):
        yield from rows
        after = rows[-1][0]


def link_at(database: Database, station_id: UUID, lseq: int) -> str | None:
    """Return the link of a station's chain at an event, in hex, or None where it is not held."""
    row = database.one(_LINK, {"station": station_id.bytes, "lseq": lseq})
    return None if row is None else str(row[0].hex())


def _read(row: Row) -> Event:
    envelope, link, body, fseq = row
    return envelopes.read(envelope, link, body, fseq)


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
