"""The verb of the line: one round with the centre."""

import argparse
import os
from dataclasses import asdict

from window_app import settings
from window_app.cli.speech import Misunderstood, read_secrets, say, warn
from window_app.i18n import Catalogue


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
