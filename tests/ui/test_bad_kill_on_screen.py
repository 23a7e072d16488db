"""The installed program on a real X display: shown, typed into, killed, and asked about after the restart."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from window_app.app import Entrance
from window_app.clock import SystemClock
from window_app.ui import thread_guard

NEEDED = ("Xvfb", "xdotool")
TITLE = "一口受理"
PATIENCE = 60.0

pytestmark = [
    pytest.mark.journey,
    pytest.mark.kill,
    pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason="needs Xvfb and xdotool"),
]


class Screen:
    """A display of its own, with a keyboard."""

    def __init__(self, display: str) -> None:
        self.environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}

    @contextmanager
    def program(self, directory: Path) -> Iterator["subprocess.Popen[bytes]"]:
        """Run the desktop program until the context ends; its window has the keyboard."""
        command = [sys.executable, "-m", "window_app.cli", "--data", str(directory)]
        with subprocess.Popen(command, env=self.environment) as running:
            try:
                wait_for(lambda: running.poll() is None and self.window() != "", "the window")
                self.call("windowfocus", "--sync", self.window())
                yield running
            finally:
                with suppress(ProcessLookupError):
                    running.kill()
                running.wait(timeout=30)

    def window(self) -> str:
        found = self.call("search", "--onlyvisible", "--name", TITLE, check=False).split()
        return found[0] if found else ""

    def press(self, *keys: str) -> None:
        self.call("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        self.call("type", "--delay", "30", text)

    def call(self, *words: str, check: bool = True) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=30, check=check
        )
        return done.stdout


@pytest.fixture
def screen() -> Iterator[Screen]:
    with thread_guard.elsewhere():
        ready, said = os.pipe()
        command = ["Xvfb", "-displayfd", str(said), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
        with subprocess.Popen(command, pass_fds=(said,), stderr=subprocess.DEVNULL) as server:
            os.close(said)
            with os.fdopen(ready) as answer:
                number = answer.readline().strip()
            yield Screen(f":{number}")
            server.terminate()


def test_a_name_half_typed_when_the_program_was_killed_is_asked_about(screen: Screen, practice_hall: Path) -> None:
    with thread_guard.elsewhere():
        with screen.program(practice_hall) as first:
            type_until(lambda: lock_holder(practice_hall), lambda: None, "the desk")
            type_until(lambda: bool(drafts(practice_hall)), lambda: begin(screen), "the draft")
            os.kill(first.pid, signal.SIGKILL)
            first.wait(timeout=30)
        assert drafts(practice_hall) == [("zhang", 0)]

        with screen.program(practice_hall):
            type_until(lambda: drafts(practice_hall) != [("zhang", 0)], lambda: go_on(screen), "the question")
        ((visitor, answered),) = drafts(practice_hall)
        assert visitor == "zhang"
        assert answered >= 1


def begin(screen: Screen) -> None:
    screen.press("F2")
    time.sleep(1.0)
    screen.type("zhang")
    time.sleep(2.0)


def go_on(screen: Screen) -> None:
    """Answer "go on with it?" and the first question after it; where nothing is asked the keys do nothing."""
    screen.press("1")
    time.sleep(1.5)
    screen.press("1")
    time.sleep(1.5)


def drafts(directory: Path) -> list[tuple[str, int]]:
    """Return the visitors of all drafts with the number of answers given, read beside the running program."""
    desk = Entrance(directory, SystemClock()).practise(read_only=True)
    try:
        found = [(one.visitor, desk.reception.resume(one.visit_id)) for one in desk.reception.drafts()]
        return [(visitor, len(draft.facts) + len(draft.matters[0].facts)) for visitor, draft in found]
    finally:
        desk.close()


def lock_holder(directory: Path) -> bool:
    return b"window-app" in (directory / "store.lock").read_bytes()


def type_until(holds: Callable[[], bool], try_: Callable[[], None], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"{what} did not come"
        try_()
        time.sleep(0.2)


def wait_for(holds: Callable[[], bool], what: str) -> None:
    type_until(holds, lambda: None, what)
