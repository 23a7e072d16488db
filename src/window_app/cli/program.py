"""Verbs about the program itself: the desktop, its checks, its speed."""

import argparse
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from window_app.cli.speech import say

if TYPE_CHECKING:
    from window_app.app import Entrance
    from window_app.domain.enrolment import HallParticulars
    from window_app.domain.stores import StoreDescription
    from window_app.services.desk import Desk, LineSwitch
    from window_app.services.setup import Enrolment
    from window_app.tasks import TaskRunner


class LateEntrance:
    """The entrance, loaded by the first call of it: the window is painted before store, law and papers are."""

    def __init__(self, directory: Path) -> None:
        """Name the data directory; nothing is loaded yet."""
        self.directory = directory

    @cached_property
    def _entrance(self) -> "Entrance":
        from window_app.app import Entrance

        return Entrance(self.directory)

    def describe(self) -> "StoreDescription | None":
        """Return who may sign in here, or None where nothing has been set up."""
        return self._entrance.describe()

    def create_practice(self) -> None:
        """Set up a practice hall with sample cases; a call after a kill completes it."""
        self._entrance.create_practice()

    def read_enrolment(self, content: bytes, code: str) -> "Enrolment":
        """Check an enrolment file and open its sealed part with the one-time code."""
        return self._entrance.read_enrolment(content, code)

    def enrol(self, enrolment: "Enrolment", clerk_code: str, clerk_name: str, password: str) -> None:
        """Set this machine up as the counter of an enrolment."""
        self._entrance.enrol(enrolment, clerk_code, clerk_name, password)

    def create_hall(self, hall: "HallParticulars", clerk_code: str, clerk_name: str, password: str) -> None:
        """Set this machine up as a hall that stands alone."""
        self._entrance.create_hall(hall, clerk_code, clerk_name, password)

    def demo(self) -> "LineSwitch | None":
        """Return the switch of the demonstration's line; None where this folder belongs to none."""
        return self._entrance.demo()

    def set_password(self, clerk: str, secret: str, password: str) -> None:
        """Put a password in the place of a clerk's one-time code, or of her old password."""
        self._entrance.set_password(clerk, secret, password)

    def sign_in(
        self,
        clerk: str | None = None,
        password: str | None = None,
        *,
        read_only: bool = False,
        runner: "TaskRunner | None" = None,
    ) -> "Desk":
        """Sign a clerk in and return the desk; with a runner the line to the centre begins to run."""
        return self._entrance.sign_in(clerk, password, read_only=read_only, runner=runner)


def desktop(chosen: argparse.Namespace) -> int:
    """Open the desktop program."""
    from window_app import log
    from window_app.ui.main import run

    kept = log.start(chosen.data)
    try:
        return run(LateEntrance(chosen.data), headless=chosen.headless, out=chosen.out)
    finally:
        log.stop(kept)


def check(chosen: argparse.Namespace) -> int:
    """Check definitions, examples, fonts, the store, the line and the printer."""
    from window_app.cli.checking import check_everything

    results = check_everything(chosen.data)
    say({"checks": results})
    return 0 if all(result["ok"] for result in results) else 1


def bench(chosen: argparse.Namespace) -> int:
    """Measure the speed against floors of the same run."""
    from window_app.cli.bench import measure

    measures = measure(tuple(chosen.names))
    say({"measures": measures})
    return 0 if all(one["met"] for one in measures) else 1


def rebuild(chosen: argparse.Namespace) -> int:
    """Make the projections anew from the events."""
    from window_app.cli.counter import sign_in

    desk = sign_in(chosen)
    try:
        desk.upkeep.rebuild()
        say({"cases": desk.tracking.count()})
    finally:
        desk.close()
    return 0
