"""What is due, folded from the events of its streams, and the lists read from that."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, case, delete, exists, func, or_, select, text
from sqlalchemy.dialects.sqlite import insert

from window_app.domain.due import DUE_TYPES, DueItem, DueLink, DueOwner, OwnerKind, fold_due
from window_app.domain.due_causes import ENDING_TYPES
from window_app.domain.events import Event, Stream, StreamKind
from window_app.domain.fold import in_order
from window_app.storage.authors import Authors, Own
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.event_log import as_list, events_of_streams, listed
from window_app.storage.schema import body_table, case_table, due_table, event_table

_D, _C, _E, _B = due_table.c, case_table.c, event_table.c, body_table.c
_NAMES = tuple(column.name for column in due_table.columns)
_insert = insert(due_table).values({name: bindparam(name) for name in _NAMES})
_PUT = Statement(
    _insert.on_conflict_do_update(
        index_elements=["due_id"], set_={name: _insert.excluded[name] for name in _NAMES if name != "due_id"}
    )
)
_DROP = Statement(delete(due_table).where(_D.stream_id.in_(listed("streams"))))
_KNOWN = Statement(select(_D.stream_id).distinct().where(_D.stream_id.in_(listed("streams"))))
_TYPES = DUE_TYPES | ENDING_TYPES
_OPEN = _D.result == text("''")
_MINE = or_(
    _D.owner_kind != OwnerKind.CLERK.value,
    _D.owner == bindparam("clerk"),
)
# Of other stations' items only those show whose case is known here.
_SHARED = or_(_D.own == 1, _D.here == 1, exists().where(_C.case_id == _D.case_id))
_ORDER = (case((_D.due_on.is_(None), 1), else_=0), _D.due_on, _D.opened_at, _D.due_id)
_ALL = Statement(select(*due_table.c).where(_OPEN, _SHARED).order_by(*_ORDER).limit(bindparam("most")))
_OWN = Statement(select(*due_table.c).where(_OPEN, _D.here == 1, _MINE).order_by(*_ORDER).limit(bindparam("most")))
_COUNT = Statement(
    select(func.count(), func.coalesce(func.sum(case((_D.due_on <= bindparam("today"), 1), else_=0)), 0)).where(
        _OPEN, _D.here == 1, _MINE
    )
)
_ONE = Statement(select(*due_table.c).where(_D.due_id == bindparam("due")))
_OF = Statement(
    select(*due_table.c)
    .where(or_(_D.case_id == bindparam("about"), _D.visit_id == bindparam("about"), _D.stream_id == bindparam("about")))
    .order_by(_D.opened_at, _D.due_id)
)
_SAID = Statement(
    select(_E.event_id, _B.content)
    .select_from(event_table.join(body_table, _E.position == _B.position))
    .where(_E.stream_id.in_(listed("streams")), _E.event_id.in_(listed("events")))
)


def project(database: Database, events: Sequence[Event], own: Own, whole: Collection[UUID] | None = None) -> None:
    """Bring what is due up to date with events just written or given their numbers.

    Of streams that are `whole` nothing else is held than what stands among these events.
    """
    touched = {event.stream.id for event in events if event.type in DUE_TYPES}
    ending = {event.stream.id for event in events if event.type in ENDING_TYPES} - touched
    if ending:
        found = database.rows(_KNOWN, {"streams": as_list(stream.bytes for stream in ending)})
        touched.update(UUID(bytes=row[0]) for row in found)
    if not touched:
        return
    begun: dict[UUID, list[Event]] = {stream: [] for stream in touched if whole and stream in whole}
    for event in events if begun else ():
        if event.type in _TYPES and event.stream.id in begun:
            begun[event.stream.id].append(event)
    _put(database, begun.values(), own)
    _write(database, touched - begun.keys(), own)


def refresh(database: Database, streams: Iterable[UUID], own: Own) -> None:
    """Fold the streams anew."""
    wanted = set(streams)
    if wanted:
        _write(database, wanted, own)


def listing(database: Database, clerk: str | None, most: int) -> tuple[DueItem, ...]:
    """Return what is open, the nearest date first; with a clerk only what is hers, her counter's or her office's."""
    rows = database.rows(_ALL, {"most": most}) if clerk is None else database.rows(_OWN, {"clerk": clerk, "most": most})
    return tuple(_item(row) for row in rows)


def count(database: Database, clerk: str, today: date) -> tuple[int, int]:
    """Return how much is open for a clerk, and of it how much is due by a day."""
    row = database.rows(_COUNT, {"clerk": clerk, "today": today.isoformat()})[0]
    return int(row[0]), int(row[1])


def find(database: Database, due_id: UUID) -> DueItem | None:
    """Return an item."""
    row = database.one(_ONE, {"due": due_id.bytes})
    return None if row is None else _item(row)


def about(database: Database, stream_id: UUID) -> tuple[DueItem, ...]:
    """Return what is or was due about a case, a visit or a person, in the order of opening."""
    return tuple(_item(row) for row in database.rows(_OF, {"about": stream_id.bytes}))


def texts(database: Database, items: Iterable[DueItem]) -> dict[UUID, str]:
    """Return what was written with each item, by its id; nothing where the body is not held here."""
    said = {item.said_by.bytes: item for item in items}
    streams = {item.link.stream.id.bytes for item in said.values()}
    found: dict[UUID, str] = {}
    for event_id, content in database.rows(_SAID, {"streams": as_list(streams), "events": as_list(said)}):
        body = json.loads(content)["body"]
        if isinstance(body.get("text"), str):
            found[said[event_id].due_id] = body["text"]
    return found


def _write(database: Database, streams: set[UUID], own: Own) -> None:
    if not streams:
        return
    histories = events_of_streams(database, streams, Authors(database, own), _TYPES)
    database.run(_DROP, {"streams": as_list(stream.bytes for stream in streams)})
    _put(database, histories.values(), own)


def _put(database: Database, histories: Iterable[Sequence[Event]], own: Own) -> None:
    rows = [_PUT.row(_row(item, own)) for events in histories for item in fold_due(in_order(events))]
    database.run_packed(_PUT, rows)


def _row(item: DueItem, own: Own) -> dict[str, object]:
    owner, link = item.owner, item.link
    ours = owner.kind is OwnerKind.OFFICE and bool(own.office) and owner.code == own.office
    return {
        "due_id": item.due_id.bytes,
        "stream_kind": link.stream.kind.value,
        "stream_id": link.stream.id.bytes,
        "case_id": None if link.case_id is None else link.case_id.bytes,
        "visit_id": None if link.visit_id is None else link.visit_id.bytes,
        "cause": item.cause,
        "reason": item.reason,
        "owner_kind": owner.kind.value,
        "owner": owner.code,
        "owner_station": None if owner.station is None else owner.station.bytes,
        "here": int(ours or owner.station in own.ids),
        "own": int(item.station_id in own.ids),
        "due_on": None if item.due_on is None else item.due_on.isoformat(),
        "opened_at": item.opened_at.isoformat(),
        "opened_by": item.opened_by,
        "station_id": item.station_id.bytes,
        "last_event": item.last_event.bytes,
        "said_by": item.said_by.bytes,
        "result": item.result,
        "settled_at": None if item.settled_at is None else item.settled_at.isoformat(),
        "settled_by": item.settled_by,
    }


def _item(row: Row) -> DueItem:
    said = dict(zip(_NAMES, row, strict=True))
    return DueItem(
        due_id=UUID(bytes=said["due_id"]),
        link=DueLink(
            Stream(StreamKind(said["stream_kind"]), UUID(bytes=said["stream_id"])),
            _id(said["case_id"]),
            _id(said["visit_id"]),
        ),
        cause=said["cause"],
        reason=said["reason"],
        owner=DueOwner(OwnerKind(said["owner_kind"]), said["owner"], _id(said["owner_station"])),
        due_on=date.fromisoformat(said["due_on"]) if said["due_on"] else None,
        opened_at=datetime.fromisoformat(said["opened_at"]),
        opened_by=said["opened_by"],
        station_id=UUID(bytes=said["station_id"]),
        last_event=UUID(bytes=said["last_event"]),
        said_by=UUID(bytes=said["said_by"]),
        result=said["result"],
        settled_at=datetime.fromisoformat(said["settled_at"]) if said["settled_at"] else None,
        settled_by=said["settled_by"],
        here=bool(said["here"]),
    )


def _id(value: bytes | None) -> UUID | None:
    return None if value is None else UUID(bytes=value)
