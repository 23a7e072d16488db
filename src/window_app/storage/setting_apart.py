"""What came in a page and could not be taken for an event: kept byte for byte, in nobody's way."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.sqlite import insert

from window_app.domain.line import PulledEvent
from window_app.storage.engine import Database, Statement
from window_app.storage.schema import set_apart_table

UNREADABLE = "unreadable"
OTHER_CONTENT = "other_content"
TWICE = "twice"
NO_PLACE = "no_place"
BODY = "body"
FOLD = "fold"

_A = set_apart_table.c
_keep = insert(set_apart_table).values({column.name: bindparam(column.name) for column in set_apart_table.columns})
_KEEP = Statement(
    _keep.on_conflict_do_update(
        index_elements=["station_id", "lseq", "chain_hash", "reason"],
        set_={"feed": _keep.excluded.feed, "fseq": _keep.excluded.fseq},
    )
)
_LIST = Statement(
    select(_A.feed, _A.fseq, _A.station_id, _A.lseq, _A.reason)
    .order_by(_A.fseq, _A.station_id, _A.lseq)
    .limit(bindparam("most"))
)
_COUNT = Statement(select(func.count()).select_from(set_apart_table))


@dataclass(frozen=True, slots=True)
class SetApart:
    """One that was set apart.

    Attributes:
        feed, fseq: its place in a feed; None where the event itself was taken, its body or its fold not.
        reason: "unreadable", "other_content" (another event under a known id), "twice", "no_place" (its
            station has others at its place), "body" (does not fit the envelope), "fold".
    """

    feed: str | None
    fseq: int | None
    station_id: UUID
    lseq: int
    reason: str


def keep(database: Database, event: PulledEvent, reason: str, feed: str | None) -> None:
    """Keep it; `feed` where it holds its place there and no event does."""
    fseq = None if feed is None else event.fseq
    link = bytes.fromhex(event.link)
    database.run_rows(
        _KEEP, [(event.station_id.bytes, event.lseq, link, reason, feed, fseq, event.envelope, event.body)]
    )


def listed(database: Database, limit: int) -> tuple[SetApart, ...]:
    """Return what was set apart."""
    return tuple(
        SetApart(feed, fseq, UUID(bytes=station), lseq, reason)
        for feed, fseq, station, lseq, reason in database.rows(_LIST, {"most": limit})
    )


def count(database: Database) -> int:
    """Return how many were set apart."""
    return int(database.rows(_COUNT)[0][0])
