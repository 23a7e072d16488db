"""How far this replica follows each feed, and what it counted of it, station by station."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import xor
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    bindparam,
    delete,
    func,
    insert,
    null,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects.sqlite import insert as insert_or_change
from sqlalchemy.sql.elements import Grouping

from window_app.domain.events import StreamKind
from window_app.domain.line import Checkpoint, Cursor, PageDamaged, PulledEvent, StationCount, place_mark
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.incoming import event_id_in
from window_app.storage.schema import event_table, feed_count_table, feed_table, set_apart_table


def _xor(one: ColumnElement[int], other: ColumnElement[int]) -> ColumnElement[int]:
    """Return the XOR of two numbers: SQLite has none, and what SQLAlchemy writes in its place lacks parentheses."""
    either, both = one.bitwise_or(other), one.bitwise_and(other)
    return type_coerce(Grouping(either) - Grouping(both), Integer)


_F, _N, _E, _A = feed_table.c, feed_count_table.c, event_table.c, set_apart_table.c
_FEED: BindParameter[str] = bindparam("feed")
_READ = Statement(select(_F.after, _F.witness, _F.base, _F.base_witness).where(_F.feed == _FEED))
_BEGIN = Statement(insert(feed_table).values({column.name: bindparam(column.name) for column in feed_table.columns}))
_MOVE = Statement(update(feed_table).where(_F.feed == _FEED).values(after=bindparam("to"), witness=bindparam("seen")))
_FROM_NOTHING = Statement(
    update(feed_table).where(_F.feed == _FEED).values(base=bindparam("to"), base_witness=bindparam("seen"))
)
_COUNTS = Statement(select(_N.station_id, _N.events, _N.last_lseq, _N.last_link, _N.places).where(_N.feed == _FEED))
_SET_BASE = Statement(
    insert(feed_count_table).values({column.name: bindparam(column.name) for column in feed_count_table.columns})
)
_count = insert_or_change(feed_count_table).values(
    {name: bindparam(name) for name in ("feed", "station_id", "events", "last_lseq", "last_link", "places")}
)
_COUNT = Statement(
    _count.on_conflict_do_update(
        index_elements=["feed", "station_id"],
        set_={
            "events": _N.events + _count.excluded.events,
            "last_lseq": _count.excluded.last_lseq,
            "last_link": _count.excluded.last_link,
            "places": _xor(_N.places, _count.excluded.places),
        },
    )
)
_BACK = Statement(
    update(feed_count_table)
    .where(_N.feed == _FEED, _N.station_id == bindparam("station"))
    .values(
        events=_N.events - bindparam("fewer"),
        last_lseq=bindparam("lseq"),
        last_link=bindparam("link"),
        places=_xor(_N.places, bindparam("gone", type_=Integer)),
    )
)
_BACK_TO_BASE = Statement(
    update(feed_count_table)
    .where(_N.feed == _FEED, _N.station_id == bindparam("station"))
    .values(events=_N.base_events, last_lseq=_N.base_lseq, last_link=_N.base_link, places=_N.base_places)
)
_DROP_EMPTY = Statement(delete(feed_count_table).where(_N.feed == _FEED, _N.events <= 0))
_DROP_ALL = Statement(delete(feed_count_table).where(_N.feed == _FEED))
_AT = Statement(select(_E.event_id).where(_E.feed == _FEED, _E.fseq == bindparam("fseq")))
_beyond: BindParameter[int] = bindparam("beyond")
_EVENTS_BEYOND = Statement(
    select(_E.station_id, _E.fseq, _E.event_id).where(_E.feed == _FEED, _E.fseq > _beyond, _E.fseq <= bindparam("upto"))
)
_APART_BEYOND = Statement(
    select(_A.station_id, _A.fseq, _A.envelope).where(_A.feed == _FEED, _A.fseq > _beyond, _A.fseq <= bindparam("upto"))
)
_LAST_OF = tuple(
    Statement(
        select(one.fseq, one.lseq, one.chain_hash, one.envelope)
        .where(
            one.feed == _FEED,
            one.station_id == bindparam("station"),
            one.fseq > bindparam("base"),
            one.fseq <= _beyond,
        )
        .order_by(one.fseq.desc())
        .limit(1)
    )
    for one in (_E, _A)
)
_TAKE_OFF = tuple(
    Statement(
        update(one)
        .where(one.c.feed == _FEED, one.c.fseq > _beyond, one.c.fseq <= bindparam("upto"))
        .values(feed=null(), fseq=null())
    )
    for one in (event_table, set_apart_table)
)
_other = event_table.alias("other")
_MIXED_CASES = Statement(
    select(_E.stream_id)
    .distinct()
    .where(
        _E.feed == _FEED,
        _E.fseq > _beyond,
        _E.stream_kind == StreamKind.CASE.value,
        select(_other.c.position)
        .where(_other.c.stream_id == _E.stream_id, _other.c.station_id != _E.station_id)
        .exists(),
    )
)
_FIRST_BEHIND = Statement(
    select(_E.feed, func.min(_E.fseq))
    .where(_E.station_id == bindparam("station"), _E.lseq > bindparam("lseq"), _E.fseq.is_not(None))
    .group_by(_E.feed)
)
_NO_END = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Place:
    """How far a feed is followed and where it was begun; a witness is the id of the event there."""

    after: int
    witness: bytes | None
    base: int
    base_witness: bytes | None

    @property
    def cursor(self) -> Cursor:
        """Return it as the line asks for it."""
        return Cursor(self.after, None if self.witness is None else UUID(bytes=self.witness))


def read(database: Database, feed: str) -> Place | None:
    """Return how far a feed is followed, or None where it was not begun."""
    row = database.one(_READ, {"feed": feed})
    return None if row is None else Place(*row)


def begin(database: Database, feed: str, checkpoint: Checkpoint | None) -> None:
    """Begin a feed at a checkpoint or at its beginning; one that was begun stays where it is."""
    if read(database, feed) is not None:
        return
    said = {} if checkpoint is None else json.loads(checkpoint.content)
    after = int(said.get("fseq") or 0)
    witness = UUID(said["event_id"]).bytes if after else None
    database.run(_BEGIN, {"feed": feed, "after": after, "witness": witness, "base": after, "base_witness": witness})
    counted = [(UUID(station).bytes, tuple(found)) for station, *found in said.get("counts") or ()]
    database.run_rows(_SET_BASE, [(feed, station, *found, *found) for station, found in counted])


def behind(place: Place | None, feed: str, after: int, events: Sequence[PulledEvent]) -> list[PulledEvent]:
    """Return the events of a page that stand behind the cursor.

    Raises:
        PageDamaged: they do not follow upon it one by one.
    """
    for expected, event in enumerate(events, after + 1):
        if event.fseq != expected:
            raise PageDamaged(feed=feed, fseq=event.fseq, part="dense")
    if place is None or after > place.after:
        raise PageDamaged(feed=feed, fseq=after, part="dense")
    return [event for event in events if event.fseq > place.after]


def advance(
    database: Database, feed: str, events: Sequence[PulledEvent], marks: Sequence[int], witness: bytes | None
) -> None:
    """Move the cursor behind events, which this also counts.

    `marks` are the marks of their places, `witness` is the id of the last one.
    """
    database.run(_MOVE, {"feed": feed, "to": events[-1].fseq, "seen": witness})
    by_station: dict[int, list[tuple[PulledEvent, int]]] = {}
    for event, mark in zip(events, marks, strict=True):
        by_station.setdefault(event.station_id.int, []).append((event, mark))
    rows: list[Row] = []
    for held in by_station.values():
        last, joined = held[-1][0], reduce(xor, [mark for _, mark in held])
        rows.append((feed, last.station_id.bytes, len(held), last.lseq, last.link, joined))
    database.run_rows(_COUNT, rows)


def clear_numbers(database: Database, feed: str, after: int, upto: int = _NO_END) -> None:
    """Take the numbers off events of a stretch: what stands there now comes in a page."""
    for statement in _TAKE_OFF:
        database.run(statement, {"feed": feed, "beyond": after, "upto": upto})


def counts(database: Database, feed: str) -> tuple[StationCount, ...]:
    """Return what was counted of a feed."""
    rows = database.rows(_COUNTS, {"feed": feed})
    return tuple(StationCount(UUID(bytes=station), *found) for station, *found in rows)


def mixed_cases(database: Database, feed: str, after: int) -> list[UUID]:
    """Return cases of several authors that have events beyond a number: their order hangs on it."""
    return [UUID(bytes=row[0]) for row in database.rows(_MIXED_CASES, {"feed": feed, "beyond": after})]


def steps_before(database: Database, station_id: UUID, lseq: int) -> list[tuple[str, int]]:
    """Return, by feed, how many steps it is back to before the first event of a station behind a sequence number."""
    found = []
    for feed, first in database.rows(_FIRST_BEHIND, {"station": station_id.bytes, "lseq": lseq}):
        place = read(database, feed)
        if place is not None and place.after > max(first - 1, place.base):
            found.append((feed, place.after - max(first - 1, place.base)))
    return found


def target_of(database: Database, feed: str, place: Place, steps: int) -> int:
    """Return the number to step back to: one with a known event, the beginning, or 0 from the beginning."""
    if place.after == place.base:
        return 0
    target = max(place.after - steps, place.base)
    while target > place.base and _event_at(database, feed, target) is None:
        target -= 1
    return target


def step_back(database: Database, feed: str, place: Place, target: int) -> Cursor:
    """Take the numbers off events beyond one and count them no more."""
    if target < place.base:
        witness = None
        database.run(_FROM_NOTHING, {"feed": feed, "to": 0, "seen": None})
        database.run(_DROP_ALL, {"feed": feed})
    else:
        witness = place.base_witness if target == place.base else _event_at(database, feed, target)
        _count_back(database, feed, place, target)
    clear_numbers(database, feed, target)
    database.run(_MOVE, {"feed": feed, "to": target, "seen": witness})
    return Place(target, witness, 0, None).cursor


def _event_at(database: Database, feed: str, fseq: int) -> bytes | None:
    row = database.one(_AT, {"feed": feed, "fseq": fseq})
    return None if row is None else bytes(row[0])


def _count_back(database: Database, feed: str, place: Place, target: int) -> None:
    stretch = {"feed": feed, "beyond": target, "upto": place.after}
    taken = database.rows(_EVENTS_BEYOND, stretch)
    taken.extend(
        (station, fseq, event_id_in(envelope)) for station, fseq, envelope in database.rows(_APART_BEYOND, stretch)
    )
    fewer: dict[bytes, tuple[int, int]] = {}
    for station, fseq, event_id in taken:
        many, gone = fewer.get(station, (0, 0))
        fewer[station] = many + 1, gone ^ place_mark(event_id or b"", fseq)
    for station, (many, gone) in fewer.items():
        values = {"feed": feed, "station": station}
        last = _last_of(database, {**values, "base": place.base, "beyond": target})
        if last is None:
            database.run(_BACK_TO_BASE, values)
        else:
            database.run(_BACK, {**values, "fewer": many, "gone": gone, "lseq": last[0], "link": last[1]})
    database.run(_DROP_EMPTY, {"feed": feed})


def _last_of(database: Database, values: dict[str, object]) -> tuple[int, str] | None:
    found: list[Row] = [row for statement in _LAST_OF for row in database.rows(statement, values)]
    if not found:
        return None
    _, lseq, link, envelope = max(found)
    return json.loads(envelope)["lseq"] if lseq is None else lseq, link.hex()
