"""What the store knows of attachments: which own ones must still be handed in, which pieces are wanted here."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, delete, func, null, select, text, update
from sqlalchemy.dialects.sqlite import insert

from window_app.domain.attachments import UnsentAttachment
from window_app.domain.events import Attachment, Event
from window_app.storage import drafts
from window_app.storage.authors import Own
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.event_log import EPOCH
from window_app.storage.schema import (
    attachment_event_table,
    attachment_table,
    body_table,
    case_table,
    event_table,
)
from window_app.storage.vault import Vault

_A, _L, _E, _C, _B = attachment_table.c, attachment_event_table.c, event_table.c, case_table.c, body_table.c
_FILE = (_A.digest, _A.size, _A.media_type, _A.pieces)
_add = insert(attachment_table).values(
    digest=bindparam("digest"),
    size=bindparam("size"),
    media_type=bindparam("media_type"),
    pieces=bindparam("pieces"),
    own=bindparam("own"),
    whole_at=bindparam("whole_at"),
)
_ADD = Statement(_add.on_conflict_do_nothing())
_ADD_FETCHED = Statement(
    _add.on_conflict_do_update(index_elements=["digest"], set_={"dropped": 0, "whole_at": _add.excluded.whole_at})
)
_LINK = Statement(
    insert(attachment_event_table)
    .values(digest=bindparam("digest"), position=bindparam("position"))
    .on_conflict_do_nothing()
)
_IS_OPEN = (_A.own == text("1"), _A.whole_at.is_(None), _A.dropped == text("0"))
# What an earlier incarnation sealed was confirmed, or it would have been sealed anew.
_AWAITED = (
    select(_L.digest)
    .select_from(attachment_event_table.join(event_table, _L.position == _E.position))
    .where(_L.digest == _A.digest, _E.station_id == bindparam("station"), _E.lseq > bindparam("acked"))
    .exists()
)
_first = select(func.min(_L.position)).where(_L.digest == _A.digest).scalar_subquery()
_OPEN = Statement(select(*_FILE).where(*_IS_OPEN, ~_AWAITED).order_by(_first).limit(bindparam("most")))
_UNSENT = Statement(
    select(*_FILE, _A.sent, _A.reason, _E.occurred_at, _E.envelope, _C.number)
    .select_from(
        attachment_table.join(event_table, _E.position == _first).outerjoin(case_table, _C.case_id == _E.stream_id)
    )
    .where(*_IS_OPEN)
    .order_by(_E.position)
    .limit(bindparam("most"))
)
_WHOLE = Statement(
    select(_A.digest).where(_A.own == text("1"), _A.whole_at.is_not(None), _A.dropped == text("0")).order_by(_A.digest)
)
_NOTE_SENT = Statement(
    update(attachment_table)
    .where(_A.digest == bindparam("file"))
    .values(sent=bindparam("count"), reason=bindparam("why"))
)
_NOTE_WHOLE = Statement(
    update(attachment_table)
    .where(_A.digest == bindparam("file"), _A.whole_at.is_(None))
    .values(sent=func.length(_A.pieces) / 32, reason="", whole_at=bindparam("at"))
)
_NOTE_LOST = Statement(
    update(attachment_table)
    .where(_A.digest == bindparam("file"), _A.own == text("1"), _A.dropped == text("0"))
    .values(sent=0, reason="", whole_at=null())
)
# In text, ISO instants of one zone and one precision stand in the order of time.
_RIPE = Statement(
    select(_A.digest, _A.pieces).where(_A.dropped == text("0"), _A.whole_at < bindparam("before"), ~_AWAITED)
)
_DROP = Statement(update(attachment_table).where(_A.digest == bindparam("file")).values(dropped=1))
_KEPT = Statement(select(*_FILE, _A.own, _A.whole_at).where(_A.dropped == text("0")).order_by(_A.digest))
_WANTED = Statement(select(_A.pieces).where(_A.dropped == text("0")))
# Handed in and erased or forgotten since: nobody has the key any more, and the centre needs nothing of it.
_KEYLESS = Statement(
    select(_A.digest, _A.pieces).where(
        _A.dropped == text("0"),
        _A.own == text("1"),
        _A.whole_at.is_not(None),
        ~select(_L.position)
        .select_from(attachment_event_table.join(body_table, _L.position == _B.position))
        .where(_L.digest == _A.digest)
        .exists(),
    )
)
_FORGET = Statement(delete(attachment_table).where(_A.digest == bindparam("file"), _A.own == text("0")))
_PIECE = 32


def note(database: Database, position: int, events: Sequence[Event]) -> None:
    """Note what own events, the first of them behind a position, state of attachments; in their transaction."""
    for at, event in enumerate(events, position + 1):
        for file in event.attachments:
            database.run(_ADD, _values(file, own=1, whole_at=None))
            database.run(_LINK, {"digest": bytes.fromhex(file.digest), "position": at})


def note_fetched(database: Database, file: Attachment, at: datetime) -> None:
    """Note that pieces of an attachment that the centre holds are kept here for a while."""
    database.run(_ADD_FETCHED, _values(file, own=0, whole_at=_moment(at)))


def open_ones(database: Database, own: Own, acked: int, limit: int) -> tuple[Attachment, ...]:
    """Return own attachments of confirmed events that the centre does not hold whole, oldest first."""
    values = {"station": own.station_id.bytes, "acked": acked, "most": limit}
    return tuple(_file(row) for row in database.rows(_OPEN, values))


def unsent(database: Database, limit: int) -> tuple[UnsentAttachment, ...]:
    """Return own attachments that the centre does not hold whole, oldest first."""
    return tuple(_unsent(row) for row in database.rows(_UNSENT, {"most": limit}))


def whole(database: Database) -> tuple[str, ...]:
    """Return digests of own attachments that the centre held whole and whose pieces are still here."""
    return tuple(row[0].hex() for row in database.rows(_WHOLE))


def note_sent(database: Database, digest: str, sent: int, reason: str) -> None:
    """Note how many pieces the centre holds, and why it does not go on."""
    database.run(_NOTE_SENT, {"file": bytes.fromhex(digest), "count": sent, "why": reason})


def note_whole(database: Database, digest: str, at: datetime) -> None:
    """Note that the centre holds an attachment whole."""
    database.run(_NOTE_WHOLE, {"file": bytes.fromhex(digest), "at": _moment(at)})


def note_lost(database: Database, digests: Iterable[str]) -> None:
    """Note that the centre no longer holds attachments whole."""
    database.run_many(_NOTE_LOST, [{"file": bytes.fromhex(one)} for one in digests])


def drop(database: Database, own: Own, acked: int, before: datetime) -> tuple[list[str], int]:
    """Give attachments up that the centre has held whole since before a moment, and those that nobody can open.

    Only where it has confirmed every event that states them. Returns the pieces that nothing wants any more, to be
    removed once this is committed, and how many attachments they belong to.
    """
    values = {"station": own.station_id.bytes, "acked": acked, "before": _moment(before)}
    rows = [*database.rows(_RIPE, values), *database.rows(_KEYLESS)]
    for digest, _ in rows:
        database.run(_FORGET, {"file": digest})
        database.run(_DROP, {"file": digest})
    still = wanted(database)
    names = {name for _, pieces in rows for name in _names(pieces)}
    return sorted(names - still), len({digest for digest, _ in rows})


def wanted(database: Database) -> set[str]:
    """Return the names of all pieces that a draft or the table of attachments wants."""
    names = {name for (pieces,) in database.rows(_WANTED) for name in _names(pieces)}
    for draft in drafts.every(database):
        for attached in draft.attachments:
            names.update(attached.file.pieces)
    return names


class Kept(StrEnum):
    """Why the pieces of a file are here: a draft has it, the centre lacks it or holds it, or it was fetched."""

    DRAFT = "draft"
    UNSENT = "not yet at the centre"
    HELD = "held by the centre too"
    FETCHED = "fetched"


def kept(database: Database) -> Iterator[tuple[Attachment, Kept]]:
    """Yield the files whose pieces are kept here, with why."""
    for row in database.rows(_KEPT):
        own, whole_at = row[4:]
        yield _file(row), Kept.FETCHED if not own else Kept.UNSENT if whole_at is None else Kept.HELD
    for draft in drafts.every(database):
        for attached in draft.attachments:
            yield attached.file, Kept.DRAFT


def sweep(database: Database, vault: Vault) -> int:
    """Remove pieces that no draft and no event of this store names, as a kill or a discarded draft leaves them."""
    if vault.is_empty():
        return 0
    with database.lock:
        return vault.sweep(wanted(database))


def _values(file: Attachment, *, own: int, whole_at: str | None) -> dict[str, object]:
    return {
        "digest": bytes.fromhex(file.digest),
        "size": file.size,
        "media_type": file.media_type,
        "pieces": bytes.fromhex("".join(file.pieces)),
        "own": own,
        "whole_at": whole_at,
    }


def _names(pieces: bytes) -> tuple[str, ...]:
    return tuple(pieces[at : at + _PIECE].hex() for at in range(0, len(pieces), _PIECE))


def _file(row: Row) -> Attachment:
    digest, size, media_type, pieces = row[:4]
    return Attachment(digest.hex(), size, media_type, _names(pieces))


def _unsent(row: Row) -> UnsentAttachment:
    sent, reason, occurred_at, envelope, number = row[4:]
    moment = EPOCH + timedelta(microseconds=occurred_at)
    return UnsentAttachment(_file(row), number or "", _material(envelope), moment, sent, reason)


def _material(envelope: bytes) -> str:
    return str(json.loads(envelope)["facts"].get("material") or "")


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
