"""Definition sets: kept once by content, handed in once, asked for where others name them."""

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from window_app.storage.engine import Database, Statement
from window_app.storage.schema import definition_set_table, unknown_set_table

_D, _U = definition_set_table.c, unknown_set_table.c
_keep = insert(definition_set_table).values(
    content_hash=bindparam("content_hash"), content=bindparam("content"), sent=bindparam("sent")
)
_KEEP = Statement(_keep.on_conflict_do_nothing())
_FIND = Statement(select(_D.content).where(_D.content_hash == bindparam("hash")))
_UNSENT = Statement(select(_D.content_hash, _D.content).where(_D.sent == 0).order_by(_D.content_hash))
_SENT = Statement(update(definition_set_table).where(_D.content_hash == bindparam("hash")).values(sent=1))
_UNKNOWN = Statement(select(_U.content_hash).order_by(_U.content_hash))
_NAME = Statement(
    insert(unknown_set_table)
    .from_select(
        ["content_hash"],
        select(bindparam("hash")).where(~select(_D.content_hash).where(_D.content_hash == bindparam("hash")).exists()),
    )
    .on_conflict_do_nothing()
)
_KNOWN_NOW = Statement(delete(unknown_set_table).where(_U.content_hash == bindparam("hash")))


def keep(database: Database, content_hash: str, content: bytes, *, sent: bool) -> None:
    """Keep a set by its hash; `sent` says that it came from the centre. A second call changes nothing."""
    database.run(_KEEP, {"content_hash": content_hash, "content": content, "sent": int(sent)})
    if sent:
        database.run(_KNOWN_NOW, {"hash": content_hash})


def find(database: Database, content_hash: str) -> bytes | None:
    """Return a kept set."""
    row = database.one(_FIND, {"hash": content_hash})
    return None if row is None else bytes(row[0])


def unsent(database: Database) -> tuple[tuple[str, bytes], ...]:
    """Return sets that own events name and that the centre was not yet given."""
    return tuple((content_hash, bytes(content)) for content_hash, content in database.rows(_UNSENT))


def note_sent(database: Database, content_hash: str) -> None:
    """Note that the centre holds a set."""
    database.run(_SENT, {"hash": content_hash})


def unknown(database: Database) -> tuple[str, ...]:
    """Return hashes of sets that events name and this store does not hold."""
    return tuple(row[0] for row in database.rows(_UNKNOWN))


def note_named(database: Database, hashes: Iterable[str]) -> None:
    """Note sets that events of others name; those held here are left out."""
    for content_hash in hashes:
        database.run(_NAME, {"hash": content_hash})
