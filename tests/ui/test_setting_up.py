"""Setting a station up by scanned QR codes, and a hall on its own, by keys."""

from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.ui.conftest import Open
from tests.ui.counter_window import MORNING, CounterWindow

from window_app.central.enrolment import EnrolmentAuthority, SealCost, StationParticulars
from window_app.clock import SystemClock
from window_app.domain.enrolment_pieces import split
from window_app.domain.line import LinkState
from window_app.ui import thread_guard
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.start.screens import WelcomeScreen
from window_app.ui.views.start.setting_up import EnrolmentScreen, HallScreen

PASSWORD = "Kuai-Le-2026"


@pytest.fixture
def pieces_and_code() -> tuple[tuple[str, ...], str]:
    with thread_guard.elsewhere():
        cost = SealCost(memory_kib=64, passes=1, lanes=1)
        authority = EnrolmentAuthority(Ed25519PrivateKey.from_private_bytes(b"r" * 32), b"d" * 32, cost)
        counter = StationParticulars(
            uuid4(), "counter", "3号窗口", "示范区人社服务大厅", "12333", "示范区人民路1号", "440305", "A1C2"
        )
        content, code = authority.enrol(counter, MORNING)
    return tuple(split(content)), code


@pytest.fixture
def fresh(open_window: Open, tmp_path: Path) -> CounterWindow:
    """A machine on which nothing has been set up."""
    counter = open_window(directory=tmp_path / "fresh")
    assert isinstance(counter.screen, WelcomeScreen)
    return counter


def scan(counter: CounterWindow, text: str) -> None:
    """Scan a code: a scanner types it and presses Enter."""
    for at in range(0, len(text), 60):
        counter.keys.type(text[at : at + 60])
    counter.keys.press(Key.Key_Return)


def test_codes_scanned_in_any_order_set_a_station_up(
    fresh: CounterWindow, pieces_and_code: tuple[tuple[str, ...], str]
) -> None:
    pieces, code = pieces_and_code
    fresh.keys.press(Key.Key_2)
    screen = fresh.screen
    assert isinstance(screen, EnrolmentScreen)
    fresh.keys.press(Key.Key_Return)
    assert screen.scan.hasFocus()
    for piece in reversed(pieces[1:]):
        scan(fresh, piece)
        assert screen.scan.hasFocus()
        assert screen.scan.text() == ""
    assert "还缺第 1 张" in screen.scanned_word.text()
    scan(fresh, "WINDOW-APP:1/3:NOT-A-PIECE")
    assert screen.problem.isVisible()
    scan(fresh, pieces[0])
    assert not screen.problem.isVisible()
    for text in (code, "0312", "李窗口", PASSWORD, PASSWORD):
        fresh.keys.type(text)
        fresh.keys.press(Key.Key_Return)
    fresh.keys.wait_until(lambda: fresh.opening.shell is not None)
    assert fresh.desk.station.issue_code == "A1C2"


def test_a_hall_on_its_own_is_set_up_and_reaches_its_own_centre(open_window: Open, tmp_path: Path) -> None:
    hall = open_window(directory=tmp_path / "hall", clock=SystemClock())
    hall.keys.press(Key.Key_3)
    assert isinstance(hall.screen, HallScreen)
    for text in ("310101", "浦江区人社服务大厅", "", "", "浦江路1号", "0101", "赵主任", PASSWORD, PASSWORD):
        if text:
            hall.keys.type(text)
        hall.keys.press(Key.Key_Return)
    hall.keys.wait_until(lambda: hall.opening.shell is not None)
    assert not hall.shell.status.practice.isVisible()
    hall.keys.wait_until(lambda: hall.shell.line.status.state is LinkState.CONNECTED)


def test_a_hall_with_a_wrong_district_is_told_and_nothing_is_made(open_window: Open, tmp_path: Path) -> None:
    hall = open_window(directory=tmp_path / "hall")
    hall.keys.press(Key.Key_3)
    screen = hall.screen
    assert isinstance(screen, HallScreen)
    hall.keys.type("31")
    hall.keys.press(Key.Key_Return, Held.ControlModifier)
    assert screen.problem.isVisible()
    assert not (tmp_path / "hall" / "store.db").exists()
    hall.keys.press(Key.Key_Escape)
    assert isinstance(hall.screen, WelcomeScreen)
