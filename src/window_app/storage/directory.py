"""The directory as this store holds it: entries as signed, and what is looked up in them all the time."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_change

from window_app.domain.credit_list import CREDIT
from window_app.domain.events import StreamKind
from window_app.domain.line import DIRECTORY, DirectoryEntry, PageDamaged, SignedBatch
from window_app.domain.stores import KnownKey
from window_app.storage import bodies, clerk_names, credit_list, projections
from window_app.storage.authors import Own
from window_app.storage.engine import Database, Statement
from window_app.storage.schema import directory_table, event_table, known_key_table, known_station_table

REVOKED = "revoked"
_D, _S, _K, _E = directory_table.c, known_station_table.c, known_key_table.c, event_table.c
_END = Statement(select(_D.dseq, _D.link).order_by(_D.dseq.desc()).limit(1))
_INSERT = Statement(
    insert(directory_table).values({column.name: bindparam(column.name) for column in directory_table.columns})
)
_FILE = Statement(
    update(directory_table).where(_D.dseq == bindparam("at")).values(kind=bindparam("as"), subject=bindparam("about"))
)
_CLEAR = (Statement(delete(directory_table)), Statement(delete(known_key_table)), credit_list.CLEAR)
_NEWEST = Statement(
    select(_D.content)
    .where(_D.kind == bindparam("kind"))
    .group_by(_D.subject)
    .having(_D.dseq == func.max(_D.dseq))
    .order_by(_D.subject)
)
_SEAT = Statement(select(_S.kind, _S.office).where(_S.station_id == bindparam("station")))
_OWNER = Statement(select(_S.kind, _S.office).where(_K.station_id == _S.station_id, _K.key_id == bindparam("key")))
_station = insert_or_change(known_station_table).values(
    {column.name: bindparam(column.name) for column in known_station_table.columns}
)
_KEEP_STATION = Statement(
    _station.on_conflict_do_update(
        index_elements=["station_id"],
        set_={name: _station.excluded[name] for name in ("kind", "office", "status")},
    )
)
_key = insert_or_change(known_key_table).values(
    {column.name: bindparam(column.name) for column in known_key_table.columns}
)
# A key once revoked stays so, whatever an entry says later: an id is never given to another key.
_KEEP_KEY = Statement(
    _key.on_conflict_do_update(index_elements=["key_id"], set_={"revoked": func.max(_K.revoked, _key.excluded.revoked)})
)
_PUBLIC = Statement(select(_K.public).where(_K.key_id == bindparam("key")))
_KEYS_OF = Statement(select(_K.key_id).where(_K.station_id == bindparam("station")).order_by(_K.key_id))
_ALL_KEYS = Statement(
    select(_K.key_id, _K.public, _K.revoked, _S.status, _K.valid_from, _K.valid_until)
    .select_from(known_key_table.outerjoin(known_station_table, _K.station_id == _S.station_id))
    .order_by(_K.key_id)
)
_CASES_BY = Statement(
    select(_E.stream_id)
    .distinct()
    .where(_E.station_id == bindparam("station"), _E.stream_kind == StreamKind.CASE.value)
)
_SUBJECTS = {"station": "station_id", "key": "key_id", "definition_set": "hash", "list": "name"}


def end(database: Database) -> tuple[int, str]:
    """Return the last entry held: its number and digest; 0 and "" before the first."""
    row = database.one(_END)
    return (0, "") if row is None else (row[0], row[1])


def apply(database: Database, own: Own, entries: Sequence[DirectoryEntry]) -> dict[int, str]:
    """Write entries whose signatures were checked; from the first one on, they replace all that was held.

    Those that an office signs are checked here, against what the directory says before them.

    Returns:
        The numbers of the offices' entries that have no force, each with the reason.

    Raises:
        PageDamaged: they do not go on where the directory ends here.
    """
    faults: dict[int, str] = {}
    if not entries:
        return faults
    if entries[0].dseq == 1:
        for statement in _CLEAR:
            database.run(statement)
    known, link = end(database)
    for entry in entries:
        if entry.dseq <= known and entries[0].dseq != 1:
            continue
        if entry.dseq != known + 1 or entry.previous != link:
            raise PageDamaged(feed=DIRECTORY, fseq=entry.dseq, part="dense")
        known, link = entry.dseq, entry.link
        fault = _write(database, own, entry)
        if fault:
            faults[entry.dseq] = fault
    return faults


def note_authors(database: Database, own: Own, batches: Iterable[SignedBatch]) -> None:
    """Take a station that the directory does not name for what the owner of its key is.

    After a fork it goes on under a new id with the key that it had, and what the office does must not
    lose its force until an administrator signs the new id. What the directory says later comes before it.
    """
    for station_id, key_id in {(one.station_id, one.key_id) for one in batches}:
        station = station_id.bytes
        if station_id in own.ids or database.one(_SEAT, {"station": station}) is not None:
            continue
        owner = database.one(_OWNER, {"key": key_id})
        if owner is not None:
            database.run_rows(_KEEP_STATION, [(station, *owner, "")])
            _refresh_authored(database, own, station)


def public_key(database: Database, key_id: str) -> bytes | None:
    """Return the public bytes of a key, revoked or not."""
    row = database.one(_PUBLIC, {"key": key_id})
    return None if row is None else bytes(row[0])


def keys_of(database: Database, station_id: UUID) -> tuple[str, ...]:
    """Return the ids of a station's keys, revoked ones too."""
    return tuple(row[0] for row in database.rows(_KEYS_OF, {"station": station_id.bytes}))


def known_keys(database: Database) -> tuple[KnownKey, ...]:
    """Return all keys that the directory names."""
    return tuple(
        KnownKey(key_id, bytes(public), bool(revoked), status == REVOKED, _moment(first), _moment(last))
        for key_id, public, revoked, status, first, last in database.rows(_ALL_KEYS)
    )


def newest(database: Database, kind: str) -> tuple[Mapping[str, Any], ...]:
    """Return the newest content of each entry of a kind."""
    return tuple(json.loads(row[0]) for row in database.rows(_NEWEST, {"kind": kind}))


def _write(database: Database, own: Own, entry: DirectoryEntry) -> str:
    said = _said(entry.content)
    kind = str(said.get("entry") or "")
    subject = str(said.get(_SUBJECTS.get(kind, "")) or entry.dseq)
    database.run_rows(
        _INSERT, [(entry.dseq, entry.previous, entry.content, entry.signature, entry.link, kind, subject)]
    )
    if kind == CREDIT:
        return credit_list.apply(database, entry)
    if kind == clerk_names.SOUND:
        return _note_clerk(database, entry)
    try:
        if kind == "station":
            _note_station(database, own, said)
        elif kind == "key":
            _note_key(database, said)
        elif kind == "erasure":
            bodies.erase(database, own, [UUID(one) for one in said["event_ids"]])
    except (ValueError, KeyError, TypeError, AttributeError):
        # Signed, but not of a form that this release knows: the entry stays for a newer one.
        return ""
    return ""


def _note_clerk(database: Database, entry: DirectoryEntry) -> str:
    subject, fault = clerk_names.judged(database, entry, credit_list.holds)
    kind = clerk_names.WITHOUT_FORCE if fault else clerk_names.SOUND
    database.run(_FILE, {"at": entry.dseq, "as": kind, "about": subject or str(entry.dseq)})
    return fault


def _said(content: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _note_station(database: Database, own: Own, said: Mapping[str, Any]) -> None:
    station_id, kind, office = UUID(said["station_id"]), str(said["kind"]), str(said.get("office") or "")
    known = database.one(_SEAT, {"station": station_id.bytes})
    row = (station_id.bytes, kind, office, str(said.get("status") or ""))
    database.run_rows(_KEEP_STATION, [row])
    if station_id not in own.ids and (known is None or tuple(known) != (kind, office)):
        _refresh_authored(database, own, station_id.bytes)


def _refresh_authored(database: Database, own: Own, station: bytes) -> None:
    """Fold the cases of an author anew: what it authored may not have been its to author."""
    cases = [UUID(bytes=row[0]) for row in database.rows(_CASES_BY, {"station": station})]
    projections.refresh(database, cases, own)


def _note_key(database: Database, said: Mapping[str, Any]) -> None:
    named = said.get("station_id")
    station = UUID(named).bytes if named else None
    limits = (_moment(str(said.get(name) or "")) for name in ("valid_from", "valid_until"))
    times = ["" if one is None else one.isoformat() for one in limits]
    row = (str(said["key_id"]), bytes.fromhex(said["public"]), station, int(bool(said.get("revoked"))), *times)
    database.run_rows(_KEEP_KEY, [row])


def _moment(written: str) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
