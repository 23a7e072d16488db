"""A case goes from a counter's window to an office's, is decided there, and the decision comes back: all by keys."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from tests.ui.conftest import Sit
from tests.ui.stations import StationWindow

from window_app.domain.events import EventType
from window_app.ui.journey.keys import Held, Key

Collected = Callable[[str], dict[str, Any]]
TO_ARBITRATION = "02"


def take_in(counter: StationWindow, visit: dict[str, Any]) -> str:
    """Take a visit in by keys and wait until the centre has it."""
    received = counter.driver.take_in(visit).received
    assert received is not None
    counter.until_sent()
    return received.numbers[0][0]


def open_from_queue(office: StationWindow, number: str) -> None:
    """Open a case from the queue and wait until its content is here."""
    office.until_case(number)
    office.keys.press(Key.Key_F2)
    office.keys.wait_until(lambda: office.shell.queue.table.current() is not None)
    office.keys.press(Key.Key_Return)
    office.keys.wait_until(lambda: office.shell.case.view is not None and office.shell.case.view.here)
    office.keys.settle()


def texts(widget: QWidget) -> str:
    """Everything that is to be read in a widget."""
    labels = [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
    buttons = [one.text() for one in widget.findChildren(QPushButton) if one.isVisible()]
    return "\n".join(labels + buttons)


def events_of(station: StationWindow, number: str, kind: str) -> int:
    """How many events of a kind a station holds of a case."""
    return station.ask(lambda desk: sum(one.type == kind for one in desk.cases.get(number).events))


@pytest.mark.smoke
def test_what_a_counter_takes_in_is_decided_at_the_office_and_seen_at_the_counter(
    sit: Sit, collected: Collected
) -> None:
    number = take_in(sit("east"), collected(TO_ARBITRATION))
    office = sit("arbitration")
    open_from_queue(office, number)
    assert "已记录" in texts(office.shell.case)
    assert events_of(office, number, EventType.CASE_OPENED) == 1

    office.keys.press(Key.Key_F5)
    office.keys.wait_until(lambda: office.shell.case.view is not None and bool(office.shell.case.view.acknowledged))
    office.keys.press(Key.Key_D, Held.ControlModifier)
    office.keys.type("1")
    office.keys.press(Key.Key_Return, Held.ControlModifier)
    office.keys.wait_until(lambda: office.shell.case.view is not None and office.shell.case.view.mark == "accepted")
    decision = office.case.decision
    assert decision is not None
    assert decision.number
    assert decision.number in texts(office.shell.case)
    office.until_sent()

    counter = sit("east")
    counter.keys.press(Key.Key_F3)
    counter.keys.type(number)
    counter.keys.press(Key.Key_Return)
    counter.keys.wait_until(lambda: decision.number in texts(counter.shell.case))
    assert "已受理" in texts(counter.shell.case)
    assert not counter.shell.word.isVisible()
