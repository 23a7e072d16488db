"""Names of clerks in this store: entries of the directory, checked one by one; what waits to be said of one's own."""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select

from window_app.domain.clerk_names import ACTIVE, ClerkName, KeyOwner, fault_of, read_name
from window_app.domain.line import DirectoryEntry
from window_app.storage.authors import Own
from window_app.storage.engine import Database, Statement
from window_app.storage.schema import directory_table, known_key_table, known_station_table

SOUND = "clerk"
WITHOUT_FORCE = "clerk_without_force"
_D, _K, _S = directory_table.c, known_key_table.c, known_station_table.c
_OWNER = Statement(
    select(_K.public, _K.revoked, _S.station_id, _S.status).where(
        _K.key_id == bindparam("key"), _S.station_id == _K.station_id
    )
)
_NAMES = Statement(select(_D.content).where(_D.kind == SOUND).group_by(_D.subject).having(_D.dseq == func.max(_D.dseq)))
_SAID = Statement(
    select(_D.content)
    .where(
        or_(_D.kind == SOUND, _D.kind == WITHOUT_FORCE),
        _D.subject >= bindparam("first"),
        _D.subject < bindparam("beyond"),
    )
    .order_by(_D.dseq)
)


def judged(database: Database, entry: DirectoryEntry, holds: Callable[[bytes, str, bytes], bool]) -> tuple[str, str]:
    """Return under what an entry is found, and why it has no force; "" where it has."""
    said = read_name(entry.content)
    fault = fault_of(entry, said, None if said is None else _owner(database, said.key_id), holds)
    return ("", fault) if said is None else (f"{said.station_id}/{said.code}", fault)


def names(database: Database) -> dict[tuple[UUID, str], str]:
    """Return what clerks are called, by their station and code."""
    found = (read_name(row[0]) for row in database.rows(_NAMES))
    return {(one.station_id, one.code): one.name for one in found if one is not None}


def waiting(database: Database, own: Own, clerks: Iterable[tuple[str, str]], key_id: str) -> tuple[ClerkName, ...]:
    """Return what the directory does not say yet of the clerks (code, name) of this station.

    Nothing where it does not name the station with this key: its entries would have no force. What was said is
    not said again, not even where it has none, or a fault would fill the directory.
    """
    owner = _owner(database, key_id)
    if owner is None or owner.revoked or owner.status != ACTIVE or owner.station_id != own.station_id:
        return ()
    said = _said_of(database, own.station_id)
    wanted = (ClerkName(own.station_id, code, name, key_id) for code, name in clerks)
    return tuple(one for one in wanted if said.get(one.code) != one.name and read_name(one.content()) == one)


def _said_of(database: Database, station_id: UUID) -> Mapping[str, str]:
    found: dict[str, str] = {}
    # Subjects are a station and a code with "/" between; "0" is the sign behind it.
    for (content,) in database.rows(_SAID, {"first": f"{station_id}/", "beyond": f"{station_id}0"}):
        said = read_name(content)
        if said is not None and said.station_id == station_id:
            found[said.code] = said.name
    return found


def _owner(database: Database, key_id: str) -> KeyOwner | None:
    row = database.one(_OWNER, {"key": key_id})
    return None if row is None else KeyOwner(bytes(row[0]), bool(row[1]), UUID(bytes=row[2]), str(row[3]))
