"""What came in a page and could not be taken for an event: kept byte for byte, in nobody's way."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, text, update
from sqlalchemy.dialects.sqlite import insert

from window_app.domain.line import PulledEvent, SetApart
from window_app.storage.engine import Database, Statement
from window_app.storage.schema import set_apart_table

UNREADABLE = "unreadable"
OTHER_CONTENT = "other_content"
TWICE = "twice"
NO_PLACE = "no_place"
BODY = "body"
FOLD = "fold"

_A = set_apart_table.c
_COLUMNS = tuple(column.name for column in set_apart_table.columns if column.name not in ("noticed_at", "seen_at"))
_keep = insert(set_apart_table).values({name: bindparam(name) for name in _COLUMNS})
_KEEP = Statement(
    _keep.on_conflict_do_update(
        index_elements=["station_id", "lseq", "chain_hash", "reason"],
        set_={"feed": _keep.excluded.feed, "fseq": _keep.excluded.fseq},
    )
)
_LIST = Statement(
    select(_A.feed, _A.fseq, _A.station_id, _A.lseq, _A.reason, _A.noticed_at, _A.seen_at)
    .order_by(_A.seen_at != text("''"), _A.noticed_at, _A.fseq, _A.station_id, _A.lseq)
    .limit(bindparam("most"))
)
_DATE = Statement(update(set_apart_table).where(_A.noticed_at == text("''")).values(noticed_at=bindparam("now")))
_COUNT = Statement(select(func.count()).select_from(set_apart_table))
_COUNT_NEW = Statement(select(func.count()).select_from(set_apart_table).where(_A.seen_at == text("''")))
_SEE = Statement(update(set_apart_table).where(_A.seen_at == text("''")).values(seen_at=bindparam("now")))
_MENDED = Statement(
    delete(set_apart_table).where(
        _A.station_id == bindparam("station"),
        _A.lseq == bindparam("lseq"),
        _A.chain_hash == bindparam("link"),
        _A.reason == bindparam("reason"),
    )
)
_OF_REASON = Statement(
    select(_A.feed, _A.fseq, _A.station_id, _A.lseq, _A.chain_hash, _A.envelope, _A.body)
    .where(_A.reason == bindparam("reason"))
    .order_by(_A.feed, _A.fseq)
)


def keep(database: Database, event: PulledEvent, reason: str, feed: str | None) -> None:
    """Keep it; `feed` where it holds its place there and no event does."""
    fseq = None if feed is None else event.fseq
    link = bytes.fromhex(event.link)
    database.run_rows(
        _KEEP, [(event.station_id.bytes, event.lseq, link, reason, feed, fseq, event.envelope, event.body)]
    )


def date(database: Database, now: datetime) -> None:
    """Note when what was kept in this transaction came."""
    database.run(_DATE, {"now": now.isoformat()})


def listed(database: Database, limit: int, names: Mapping[UUID, str]) -> tuple[SetApart, ...]:
    """Return what was set apart, what nobody has seen yet before the rest, then the oldest; `names` are stations'."""
    return tuple(
        SetApart(
            feed,
            fseq,
            UUID(bytes=station),
            lseq,
            reason,
            _moment(noticed),
            names.get(UUID(bytes=station), ""),
            seen_at=_moment(seen),
        )
        for feed, fseq, station, lseq, reason, noticed, seen in database.rows(_LIST, {"most": limit})
    )


def count(database: Database) -> int:
    """Return how many were set apart."""
    return int(database.rows(_COUNT)[0][0])


def count_new(database: Database) -> int:
    """Return how many of these no person has noted as seen."""
    return int(database.rows(_COUNT_NEW)[0][0])


def see(database: Database, now: datetime) -> None:
    """Note that a person has seen what lies there; it stays in the list."""
    database.run(_SEE, {"now": now.isoformat()})


def mended(database: Database, reason: str, places: Iterable[tuple[bytes, int, bytes]]) -> None:
    """Take away what was set apart for a reason that holds no more, by (station, number, link)."""
    names = ("station", "lseq", "link")
    database.run_many(_MENDED, [{**dict(zip(names, place, strict=True)), "reason": reason} for place in places])


def kept(database: Database, reason: str) -> list[tuple[str | None, PulledEvent]]:
    """Return what was set apart for a reason, each with the feed of which it holds a place, None for none."""
    return [
        (feed, PulledEvent(fseq or 0, UUID(bytes=station), lseq, "", link.hex(), envelope, body))
        for feed, fseq, station, lseq, link, envelope, body in database.rows(_OF_REASON, {"reason": reason})
    ]


def _moment(noticed: str) -> datetime | None:
    return datetime.fromisoformat(noticed) if noticed else None
