"""The list of what is unsent, by keys, on a real line that is cut, mended and refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.postgres import CentreDatabase
from tests.sync.proxy import Proxy
from tests.ui.conftest import Sit
from tests.ui.stations import CHOSEN, StationWindow

from window_app.clock import SystemClock
from window_app.domain.line import LinkState
from window_app.services.practice import SampleClock
from window_app.ui import thread_guard
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.start.screens import SignInScreen

Collected = Callable[[str], dict[str, Any]]


def unsent(station: StationWindow) -> int:
    """How many events the centre has not confirmed."""
    return station.ask(lambda desk: desk.tracking.count_unsent())


def states(station: StationWindow) -> set[str]:
    """The states that the list shows."""
    return {row.state for row in station.shell.unsent.table.records.rows}


class ProxySwitch:
    """The switch of a demonstration, in the line of a test."""

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy

    def is_cut(self) -> bool:
        return self._proxy.faults.refuse

    def cut(self) -> None:
        self._proxy.faults.refuse = True
        self._proxy.cut_all()

    def mend(self) -> None:
        self._proxy.heal()


def test_with_a_cut_line_taking_in_goes_on_and_the_list_says_what_waits_and_why(sit: Sit, collected: Collected) -> None:
    east = sit("east")
    east.keys.wait_until(lambda: east.shell.line.status.state is LinkState.CONNECTED)
    assert "已连中心库" in east.shell.status.line.text()
    east.shell.demo.show_demo(ProxySwitch(east.proxy))
    east.keys.settle()
    east.keys.press(Key.Key_F11)
    assert "接通" in east.shell.demo.switch.text()
    east.keys.wait_until(lambda: east.shell.line.status.state is LinkState.DOWN)
    received = east.driver.take_in(collected("02")).received
    assert received is not None
    waiting = unsent(east)
    assert waiting > 0
    east.keys.wait_until(lambda: str(waiting) in east.shell.status.unsent.text())
    assert "可照常收件" in east.shell.status.line.text()

    east.keys.press(Key.Key_L, Held.ControlModifier)
    screen = east.shell.unsent
    assert len(screen.table.records.rows) == waiting
    assert states(east) <= {"waiting", "unknown"}
    assert received.numbers[0][0] in {row.number for row in screen.table.records.rows}
    assert screen.why.text().endswith("。")
    assert "最近联系" in screen.contact.text()
    assert "一致" in screen.clock.text()

    east.keys.press(Key.Key_F11)
    east.keys.press(Key.Key_F5)
    east.until_sent()
    east.keys.wait_until(lambda: screen.empty.isVisible())
    assert not east.shell.status.unsent.isVisible()


def test_what_is_taken_in_goes_out_at_once_and_not_with_the_next_poll(sit: Sit, collected: Collected) -> None:
    east = sit("east", chosen=replace(CHOSEN, line_poll_seconds=3600))
    east.until_sent()
    received = east.driver.take_in(collected("02")).received
    assert received is not None
    east.until_sent()
    east.open_case(received.numbers[0][0])
    east.keys.press(Key.Key_K, Held.ControlModifier)
    east.until_sent()


def test_what_a_revoked_station_sends_is_refused_with_what_to_do_and_nothing_is_lost(
    sit: Sit, centre: CentreDatabase, collected: Collected
) -> None:
    east = sit("east")
    east.until_sent()
    with thread_guard.elsewhere():
        centre.administration.revoke(centre.stations["east"].enrolment.station.station_id)
    east.receive(collected("02"))
    east.keys.press(Key.Key_L, Held.ControlModifier)
    east.keys.wait_until(lambda: "refused" in states(east))
    east.keys.settle()
    screen = east.shell.unsent
    assert not screen.advice.isVisible()
    assert "怎么办" in screen.action.text()
    east.keys.press(Key.Key_Return)
    assert screen.advice.isVisible()
    assert "不会丢失" in screen.advice.text()
    assert unsent(east) > 0


def test_the_line_ends_with_the_lock_and_begins_again_with_the_sign_in(sit: Sit) -> None:
    east = sit("east")
    east.keys.wait_until(lambda: east.shell.line.status.state is LinkState.CONNECTED)
    east.keys.press(Key.Key_F12)
    east.keys.wait_until(lambda: isinstance(east.screen, SignInScreen))
    east.sign_in()
    east.keys.wait_until(lambda: east.shell.line.status.state is LinkState.CONNECTED)


def test_a_clock_far_from_the_centres_is_said_above_every_screen_and_asked_about_before_a_number(
    sit: Sit, collected: Collected
) -> None:
    east = sit("east", clock=SampleClock(SystemClock().now() - timedelta(minutes=20)))
    east.keys.wait_until(lambda: east.shell.line.status.clock_off)
    east.keys.wait_until(east.shell.clock_word.isVisible)
    assert "慢" in east.shell.clock_word.text()
    east.driver.prepare(collected("02"))
    east.keys.press(Key.Key_F5)
    assert east.page.asks.current is not None
    assert east.driver.state.received is None
    east.keys.press(Key.Key_2)
    assert east.driver.state.received is not None
