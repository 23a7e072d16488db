"""What the centre kept for a person: events that could stand in no feed, and all that revoked stations sent."""

from datetime import datetime
from typing import Any

from window_app.central.connecting import CentreFailed, Connection, one


def waiting(connection: Connection) -> list[dict[str, Any]]:
    """Return what nobody has settled, oldest first."""
    rows = connection.execute(
        "SELECT q.quarantine_id, q.station_id, e.name, e.hall, q.lseq, q.reason, q.received_at, length(q.envelope),"
        " q.body IS NOT NULL FROM centre.quarantine q"
        " LEFT JOIN centre.station s USING (station_id) LEFT JOIN centre.enrolment e USING (enrolment_id)"
        " WHERE q.settled_at IS NULL ORDER BY q.quarantine_id"
    )
    names = ("id", "station", "name", "hall", "lseq", "reason", "received_at", "size", "has_body")
    return [dict(zip(names, row, strict=True)) for row in rows]


def content(connection: Connection, quarantine_id: int) -> dict[str, Any]:
    """Return what one of them holds, as text as far as it is text.

    Raises:
        CentreFailed: `central.no_quarantine`.
    """
    row = one(
        connection,
        "SELECT station_id, lseq, reason, received_at, envelope, body, settled_at, settled_by"
        " FROM centre.quarantine WHERE quarantine_id = %s",
        quarantine_id,
    )
    if row is None:
        raise CentreFailed("central.no_quarantine", number=quarantine_id)
    names = ("station", "lseq", "reason", "received_at", "envelope", "body", "settled_at", "settled_by")
    said = dict(zip(names, row, strict=True))
    for part in ("envelope", "body"):
        said[part] = None if said[part] is None else said[part].decode("utf-8", errors="backslashreplace")
    return {"id": quarantine_id, **said}


def settle(connection: Connection, quarantine_id: int, by: str, at: datetime) -> None:
    """Note who settled one and when.

    Raises:
        CentreFailed: `central.no_quarantine`, `central.settled_by`.
    """
    if not by.strip():
        raise CentreFailed("central.settled_by")
    done = connection.execute(
        "UPDATE centre.quarantine SET settled_at = %s, settled_by = %s WHERE quarantine_id = %s AND settled_at IS NULL",
        (at, by.strip(), quarantine_id),
    )
    if not done.rowcount:
        raise CentreFailed("central.no_quarantine", number=quarantine_id)
