"""Verbs of the employer directory."""

import argparse
import sys
from dataclasses import asdict

from window_app.cli.counter import sign_in
from window_app.cli.speech import say, warn
from window_app.i18n import Catalogue
from window_app.services.employers import ImportProgress

SHOWN = 50


def take_in(chosen: argparse.Namespace) -> int:
    """Take a directory in; the answer says which rows were refused, and why."""
    desk = sign_in(chosen, may_begin=True)
    catalogue = Catalogue(desk.settings.language)
    try:
        report = desk.employers.take_in(chosen.file, keep=chosen.keep, every=_tell if sys.stderr.isatty() else None)
    finally:
        desk.close()
    for note in report.notes:
        warn(catalogue.message(note))
    say(
        {
            "taken": report.taken,
            "refused": report.refused,
            "entries": report.state.entries,
            "unread": list(report.unread),
            "refusals": [
                {"row": one.row, "column": one.column, "reason": catalogue.message(one.reason)}
                for one in report.refusals
            ],
        }
    )
    return 0


def find(chosen: argparse.Namespace) -> int:
    """Find employers in the directory."""
    desk = sign_in(chosen, read_only=True)
    try:
        found = desk.employers.find(chosen.text, SHOWN)
    finally:
        desk.close()
    say({"employers": [asdict(one) for one in found]})
    return 0


def _tell(progress: ImportProgress) -> None:
    share = "" if progress.share is None else f"{progress.share:5.0%} "
    print(f"\r{share}{progress.rows:,}", end="", file=sys.stderr, flush=True)
