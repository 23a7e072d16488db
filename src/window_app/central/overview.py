"""How the centre stands, for its administrator: numbers and names of stations, nothing of any visitor."""

from typing import Any

from window_app.central.connecting import Connection, as_administrator, one
from window_app.central.directory import check_directory, first_fault, read_directory
from window_app.central.reading import entries_of
from window_app.domain.events import digest


def overview(connection: Connection, root_key: bytes) -> dict[str, Any]:
    """Return the state of a centre as JSON values."""
    release = connection.info.server_version
    as_administrator(connection)
    entries = read_directory(connection)
    checked = check_directory(entries, root_key)
    sound = entries[: checked.sound]
    return {
        "centre": {**_centre(connection), "postgresql": release // 10000, "root": digest(root_key)[:16].upper()},
        "migrations": [str(name) for (name,) in connection.execute("SELECT name FROM centre.migration ORDER BY name")],
        "feeds": _feeds(connection),
        "stations": _stations(connection),
        "cases": _cases(connection),
        "anomalies": _counted(
            connection, "SELECT kind, count(*) FROM centre.anomaly WHERE settled_at IS NULL GROUP BY kind ORDER BY kind"
        ),
        "quarantine": _counted(
            connection,
            "SELECT reason, count(*) FROM centre.quarantine WHERE settled_at IS NULL GROUP BY reason ORDER BY reason",
        ),
        "directory": {
            "entries": len(entries),
            "first_fault": first_fault(entries, root_key),
            "keys": len(entries_of(sound, "key", "key_id")),
        },
        "open_doors": [str(name) for (name,) in connection.execute("SELECT centre.open_doors()")],
    }


def _centre(connection: Connection) -> dict[str, Any]:
    row = one(connection, "SELECT epoch, backup_days, protocol_from, protocol_to FROM centre.centre")
    return {} if row is None else {"epoch": row[0], "backup_days": row[1], "protocols": [row[2], row[3]]}


def _feeds(connection: Connection) -> list[dict[str, Any]]:
    rows = connection.execute(
        "SELECT f.feed_id, f.district, f.confidential, f.head,"
        " (SELECT max(c.fseq) FROM centre.checkpoint c WHERE c.feed_id = f.feed_id)"
        " FROM centre.feed f ORDER BY f.feed_id"
    )
    return [dict(zip(("feed", "district", "confidential", "head", "checkpoint"), row, strict=True)) for row in rows]


def _stations(connection: Connection) -> list[dict[str, Any]]:
    rows = connection.execute(
        "SELECT s.station_id, e.kind, e.district, e.hall, e.name, e.office, s.issue_code, s.status, s.renewed_from,"
        " s.last_lseq, s.contact_at, s.release, e.login,"
        " ARRAY(SELECT b.feed_id FROM centre.subscription b WHERE b.enrolment_id = e.enrolment_id ORDER BY b.place)"
        " FROM centre.station s JOIN centre.enrolment e USING (enrolment_id) ORDER BY s.enrolled_at, s.station_id"
    )
    names = (
        "station", "kind", "district", "hall", "name", "office", "issue_code", "status", "renewed_from",
        "events", "last_contact", "release", "login", "feeds",
    )  # fmt: skip
    return [dict(zip(names, row, strict=True)) for row in rows]


def _cases(connection: Connection) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    rows = connection.execute("SELECT feed_id, state, count(*) FROM centre.case_current GROUP BY 1, 2 ORDER BY 1, 2")
    for feed, state, count in rows:
        found.setdefault(str(feed), {})[str(state)] = int(count)
    return found


def _counted(connection: Connection, question: str) -> dict[str, int]:
    return {str(what): int(count) for what, count in connection.execute(question.encode())}
