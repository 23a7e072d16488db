"""Whether a station may go on, and that the directory says so."""

from typing import Any
from uuid import UUID

from window_app.central.connecting import CentreFailed, Connection, one
from window_app.central.directory import Directory, read_directory
from window_app.central.reading import entries_of

_STATIONS = (
    b"SELECT s.station_id, s.issue_code, s.status, s.renewed_from, e.kind, e.name, e.hall, e.district, e.office,"
    b" e.enrolment_id FROM centre.station s JOIN centre.enrolment e USING (enrolment_id)"
    b" ORDER BY s.enrolled_at, s.station_id"
)
_NAMES = ("station_id", "issue_code", "status", "renewed_from", "kind", "name", "hall", "district", "office")


def set_status(
    connection: Connection, directory: Directory, station_id: UUID, status: str, *, key_lost: bool = False
) -> None:
    """Set the status of an installation, whatever stations it has been.

    Raises:
        CentreFailed: `central.no_station`.
    """
    all_of_it = one(connection, "SELECT enrolment_id FROM centre.station WHERE station_id = %s", station_id)
    stations = [] if all_of_it is None else _described(connection, all_of_it[0])
    if not stations:
        raise CentreFailed("central.no_station")
    for said in stations:
        changed = connection.execute(
            "UPDATE centre.station SET status = %s WHERE station_id = %s AND status <> %s",
            (status, said["station_id"], status),
        )
        if changed.rowcount:
            directory.add("station", {**said, "status": status})
    if key_lost:
        _revoke_keys(connection, directory, {said["station_id"] for said in stations})


def enter_renewed(connection: Connection, directory: Directory) -> int:
    """Enter stations that the centre itself renewed after a fork, where the root key is not at hand."""
    known = entries_of(read_directory(connection), "station", "station_id")
    fresh = [said for said in _described(connection) if said["station_id"] not in known]
    for said in fresh:
        directory.add("station", said)
    return len(fresh)


def _revoke_keys(connection: Connection, directory: Directory, stations: set[str]) -> None:
    keys = entries_of(read_directory(connection), "key", "key_id")
    for said in keys.values():
        if said["station_id"] in stations and not said["revoked"]:
            kept = {name: value for name, value in said.items() if name not in ("entry", "at")}
            directory.add("key", {**kept, "revoked": True})


def _described(connection: Connection, enrolment: UUID | None = None) -> list[dict[str, Any]]:
    """Return what the directory says of the stations of an enrolment, or of all."""
    found = []
    for *row, of in connection.execute(_STATIONS):
        said = dict(zip(_NAMES, row, strict=True))
        said["station_id"] = str(said["station_id"])
        said["renewed_from"] = None if said["renewed_from"] is None else str(said["renewed_from"])
        if enrolment in (None, of):
            found.append(said)
    return found
