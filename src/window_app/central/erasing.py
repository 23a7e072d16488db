"""Erasing a body by law: the envelope, and with it the chain, stays."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from window_app.central.connecting import CentreFailed, Connection, one
from window_app.central.directory import Directory


def erase(connection: Connection, directory: Directory, event_id: UUID, reason: str, at: datetime) -> dict[str, Any]:
    """Erase the body of an event and enter that in the directory, by which the stations erase theirs.

    Raises:
        CentreFailed: `central.no_event`.
    """
    if one(connection, "SELECT 1 FROM centre.event_key WHERE event_id = %s", event_id) is None:
        raise CentreFailed("central.no_event")
    done = connection.execute(
        "UPDATE centre.body SET content = NULL, erased_at = %s, erased_for = %s"
        " WHERE event_id = %s AND erased_at IS NULL",
        (at, reason, event_id),
    )
    _erase_files(connection, event_id)
    if done.rowcount:
        directory.add("erasure", {"event_ids": [str(event_id)]})
    return {"event": str(event_id), "already": not done.rowcount, "quarantined": _quarantined(connection, event_id)}


def _erase_files(connection: Connection, event_id: UUID) -> None:
    """Remove the sealed pieces of an event's attachments, save of those that another event states as well."""
    connection.execute("UPDATE centre.attachment SET erased = true WHERE event_id = %s", (event_id,))
    connection.execute(
        "DELETE FROM centre.piece AS p USING centre.attachment AS a"
        " WHERE a.event_id = %s AND p.digest = a.digest AND p.enrolment_id = a.enrolment_id AND NOT EXISTS"
        " (SELECT FROM centre.attachment AS o"
        "  WHERE o.digest = a.digest AND o.enrolment_id = a.enrolment_id AND NOT o.erased)",
        (event_id,),
    )


def _quarantined(connection: Connection, event_id: UUID) -> list[int]:
    """Return where the same event also lies in quarantine, with its body: a person decides there."""
    found = []
    for number, envelope in connection.execute(
        "SELECT quarantine_id, envelope FROM centre.quarantine WHERE body IS NOT NULL"
    ):
        try:
            if str(json.loads(envelope)["event"]) == str(event_id):
                found.append(int(number))
        except (ValueError, KeyError, TypeError):
            continue
    return found
