"""Own events on their way: the chain as authored, what the centre confirmed, what became of a try."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, func, or_, select, union_all
from sqlalchemy.dialects.sqlite import insert

from window_app.domain.line import OwnBatch, SealedEvent
from window_app.domain.ports import OutboxRow
from window_app.storage import event_log
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.schema import case_table, event_table, other_seal_table, outbox_table
from window_app.storage.station_state import (
    ACKED,
    CENTRE_EPOCH,
    CLOCK_OFFSET,
    CONTACT,
    read_head,
    read_number,
    read_value,
    write_value,
)

WAITING = "waiting"
REFUSED = "refused"
_C, _O, _E, _S = case_table.c, outbox_table.c, event_table.c, other_seal_table.c
# Not confirmed, or confirmed but set aside at the centre: that stands in no feed until a person lets it.
_SET_ASIDE = select(_O.lseq).where(_O.state == REFUSED, _O.lseq <= bindparam("acked"))
_PLACES = union_all(
    select(_E.lseq, _E.position).where(
        _E.station_id == bindparam("station"),
        or_(_E.lseq > bindparam("acked"), and_(_E.lseq.in_(_SET_ASIDE), _E.fseq.is_(None))),
    ),
    select(_S.lseq, _S.position).where(
        _S.station_id == bindparam("station"),
        or_(_S.lseq > bindparam("acked"), _S.lseq.in_(_SET_ASIDE)),
    ),
).subquery()
_COUNT_SET_ASIDE = Statement(select(func.count()).select_from(_PLACES).where(_PLACES.c.lseq <= bindparam("acked")))
_OUTBOX = Statement(
    select(_E.event_id, _E.type, _C.number, _O.state, _E.occurred_at, _O.tries, _O.reason, _PLACES.c.lseq)
    .select_from(
        _PLACES.join(event_table, _PLACES.c.position == _E.position)
        .outerjoin(outbox_table, _O.lseq == _PLACES.c.lseq)
        .outerjoin(case_table, _C.case_id == _E.stream_id)
    )
    .order_by(_PLACES.c.lseq)
    .limit(bindparam("most"))
)
_note = insert(outbox_table).values(
    lseq=bindparam("lseq"), state=bindparam("state"), tries=1, reason=bindparam("reason")
)
_NOTE = Statement(
    _note.on_conflict_do_update(
        index_elements=["lseq"],
        set_={"state": _note.excluded.state, "reason": _note.excluded.reason, "tries": _O.tries + 1},
    )
)
_FORGET_BETWEEN = Statement(delete(outbox_table).where(_O.lseq >= bindparam("first"), _O.lseq <= bindparam("last")))
_FORGET_UPTO = Statement(delete(outbox_table).where(_O.lseq <= bindparam("last"), _O.state != REFUSED))

BATCH_BYTES = 8_000_000
"""A batch holds so much of envelopes and bodies."""


def own_batch(database: Database, station_id: UUID, after: int, limit: int) -> OwnBatch | None:
    """Return own events behind a sequence number, as authored; None where there are none.

    No more than some megabytes at once, but always one: a case of a thousand people is large.
    """
    rows = event_log.own_stretch(database, station_id, after, limit)
    previous = event_log.link_at(database, station_id, after) if after > 0 else ""
    if not rows or previous is None:
        return None
    events: list[SealedEvent] = []
    size = 0
    for lseq, envelope, link, _, body in rows:
        size += len(envelope) + len(body or b"")
        if events and size > BATCH_BYTES:
            break
        events.append(SealedEvent(lseq, envelope, link.hex(), body))
    return OwnBatch(station_id, previous, tuple(events))


def note_acked(database: Database, lseq: int, epoch: str) -> None:
    """Note up to where the centre holds own events; notes on these are of no use any more.

    But for those on what it had confirmed before and set aside.
    """
    before = read_number(database, ACKED)
    write_value(database, ACKED, lseq)
    write_value(database, CENTRE_EPOCH, epoch)
    database.run(_FORGET_UPTO, {"last": lseq})
    database.run(_FORGET_BETWEEN, {"first": min(before, lseq) + 1, "last": lseq})


def note_outcome(database: Database, first: int, last: int, state: str, reason: str) -> None:
    """Note what became of sending own events; "waiting" takes the note away.

    What the centre has confirmed can only be "refused" any more: set aside for a person.
    """
    if state != REFUSED:
        first = max(first, read_number(database, ACKED) + 1)
    last = min(last, read_head(database).lseq)
    if state == WAITING:
        database.run(_FORGET_BETWEEN, {"first": first, "last": last})
    else:
        rows = [{"lseq": lseq, "state": state, "reason": reason} for lseq in range(first, last + 1)]
        database.run_many(_NOTE, rows)


def note_contact(database: Database, at: datetime, offset_ms: int) -> None:
    """Note the last contact and the clock's offset, which envelopes carry from now on."""
    write_value(database, CLOCK_OFFSET, offset_ms)
    write_value(database, CONTACT, f"{at.isoformat()} {offset_ms}")


def last_contact(database: Database) -> tuple[datetime, int] | None:
    """Return what was noted of the last contact, or None before the first."""
    said = read_value(database, CONTACT)
    if said is None:
        return None
    at, offset_ms = said.split(" ")
    return datetime.fromisoformat(at), int(offset_ms)


def rows(database: Database, station_id: UUID, limit: int) -> tuple[OutboxRow, ...]:
    """Return what the centre has not confirmed or has set aside, oldest first."""
    values = {"station": station_id.bytes, "acked": read_number(database, ACKED), "most": limit}
    return tuple(_row(row) for row in database.rows(_OUTBOX, values))


def count(database: Database, station_id: UUID) -> int:
    """Return how many events the centre has not confirmed or has set aside."""
    acked = read_number(database, ACKED)
    aside = database.rows(_COUNT_SET_ASIDE, {"station": station_id.bytes, "acked": acked})[0][0]
    return max(read_head(database).lseq - acked, 0) + int(aside)


def clear_notes(database: Database) -> None:
    """Forget what became of tries: their numbers mean other events from now on."""
    database.run(_FORGET_BETWEEN, {"first": 0, "last": read_head(database).lseq})


def _row(row: Row) -> OutboxRow:
    event_id, kind, number, state, occurred_at, tries, reason, lseq = row
    moment = event_log.EPOCH + timedelta(microseconds=occurred_at)
    return OutboxRow(UUID(bytes=event_id), kind, number or "", state or WAITING, moment, tries or 0, reason or "", lseq)
