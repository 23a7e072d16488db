"""A counter that two clerks share, and its window with one of them signed in."""

from dataclasses import replace
from pathlib import Path

from tests.ui.counter_window import MORNING, CounterWindow

from window_app.app import practice_secrets, practice_station
from window_app.domain.stores import FirstClerk
from window_app.services.practice import SampleClock
from window_app.storage import store
from window_app.ui import thread_guard
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.start.screens import SignInScreen

PASSWORDS = {"0012": "correct horse", "0013": "battery staple"}


def set_up(directory: Path) -> None:
    """Make the counter with 李窗口 (0012) and 王柜台 (0013)."""
    clock = SampleClock(MORNING)
    station = replace(practice_station(), practice=False)
    with thread_guard.elsewhere():
        first = FirstClerk("0012", "李窗口", PASSWORDS["0012"])
        store.create(directory, station, practice_secrets(), first, profile=store.CHEAP, clock=clock).close()
        records = store.open(directory, "0012", PASSWORDS["0012"], clock=clock)
        records.admit_clerk("0013", "王柜台", password=PASSWORDS["0013"], profile=store.CHEAP)
        records.close()


def sign_in(counter: CounterWindow, clerk: str) -> None:
    """Sign a clerk in, at the first screen or at the lock."""
    keys = counter.keys
    counter.window.activateWindow()
    keys.wait_until(counter.window.isActiveWindow)
    keys.wait_until(lambda: isinstance(counter.screen, SignInScreen))
    screen = counter.screen
    assert isinstance(screen, SignInScreen)
    if keys.target() is not screen.clerk:
        keys.press(Key.Key_Tab, Held.ShiftModifier)
    keys.press(Key.Key_A, Held.ControlModifier)
    keys.type(clerk)
    keys.press(Key.Key_Return)
    keys.type(PASSWORDS[clerk])
    keys.press(Key.Key_Return)
    keys.wait_until(lambda: counter.opening.shell is not None)
    keys.settle()


def change_places(counter: CounterWindow, clerk: str) -> None:
    """Lock the counter and let another clerk sit down."""
    counter.keys.press(Key.Key_F12)
    sign_in(counter, clerk)
