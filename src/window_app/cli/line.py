"""Verbs of the line: one round with the centre, and how it stands."""

import argparse
import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from window_app import settings
from window_app.cli.speech import Misunderstood, read_secrets, say, warn
from window_app.i18n import Catalogue

if TYPE_CHECKING:
    from window_app.domain.line import SetApart
    from window_app.domain.ports import OutboxRow


def sync(chosen: argparse.Namespace) -> int:
    """Go through one round and report it; 0 done, 1 not done, 2 an address that is none."""
    from window_app.app import Entrance, sync_once
    from window_app.services.session import NoHall
    from window_app.sync.opening import AddressInvalid

    hall = Entrance(chosen.data).describe()
    if hall is None:
        raise NoHall()
    clerk = None if hall.practice else os.environ.get("WINDOW_APP_CLERK")
    if not hall.practice and not clerk:
        raise Misunderstood("cli.no_clerk")
    password = None if hall.practice else read_secrets(1)[0]
    try:
        report = sync_once(chosen.data, clerk, password, address=chosen.address)
    except AddressInvalid as error:
        raise Misunderstood(error.code, **error.params) from None
    said = asdict(report)
    said["params"] = dict(report.params)
    say(said)
    if report.reason:
        warn(Catalogue(settings.load(chosen.data).language).text(report.reason, **dict(report.params)))
    return 0 if report.outcome == "done" else 1


def status(chosen: argparse.Namespace) -> int:
    """Say how the line stands by what this store knows: nothing is sent. 0 where nothing asks for a person, else 1."""
    from window_app.cli.cases import desk_of

    texts = Catalogue(settings.load(chosen.data).language)
    with desk_of(chosen, read_only=True) as desk:
        contact, tracking = desk.tracking.last_contact(), desk.tracking
        unsent, apart = tracking.unsent(), tracking.set_apart()
        said = {
            "station": {"id": str(desk.station.station_id), "name": desk.station.name, "kind": desk.station.kind},
            "last_contact": None if contact is None else contact[0].isoformat(),
            "offset_ms": None if contact is None else contact[1],
            "unsent": {"count": tracking.count_unsent(), "first": [_unsent(row, texts) for row in unsent]},
            "set_apart": {
                "count": tracking.count_set_apart(),
                "new": tracking.count_set_apart(new=True),
                "first": [_apart(row, texts) for row in apart],
            },
        }
        new = tracking.count_set_apart(new=True)
    say(said)
    return 1 if new or any(row.state == "refused" for row in unsent) else 0


def seen(chosen: argparse.Namespace) -> int:
    """Note that a person saw to what was set apart: it stays in the list and is no longer counted as new."""
    from window_app.cli.cases import desk_of

    with desk_of(chosen) as desk:
        new = desk.tracking.count_set_apart(new=True)
        desk.tracking.see_set_apart()
    say({"seen": new})
    return 0


def _unsent(row: "OutboxRow", texts: Catalogue) -> dict[str, Any]:
    return {
        "number": row.number,
        "event": row.type,
        "state": row.state,
        "since": row.occurred_at.isoformat(),
        "tries": row.tries,
        "reason": texts.text(row.reason) if row.reason else "",
        "to_do": texts.text(f"ui.unsent.advice.{row.state}"),
    }


def _apart(row: "SetApart", texts: Catalogue) -> dict[str, Any]:
    return {
        "station": row.station or str(row.station_id),
        "lseq": row.lseq,
        "feed": row.feed,
        "fseq": row.fseq,
        "since": None if row.noticed_at is None else row.noticed_at.isoformat(),
        "seen": None if row.seen_at is None else row.seen_at.isoformat(),
        "reason": texts.text(f"line.apart.{row.reason}"),
        "to_do": texts.text(f"line.apart.advice.{row.reason}"),
    }
