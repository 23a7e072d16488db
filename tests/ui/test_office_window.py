"""A case goes from a counter's window to an office's, is decided there, and the decision comes back: all by keys."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from tests.ui.conftest import Sit
from tests.ui.stations import StationWindow

from window_app.domain.events import EventType
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.office.decision_panel import DecisionPanel, ReturnPanel

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


def decide(office: StationWindow, state: str, ground: str = "", *, to: str = "", reason: str = "") -> str:
    """Decide the case on show by keys and return what the panel said of the law."""
    office.keys.press(Key.Key_D, Held.ControlModifier)
    panel = office.shell.case.panel
    assert isinstance(panel, DecisionPanel)
    for name, wanted in (("state", state), ("ground", ground), ("to", to)):
        for _ in range(40 if wanted else 0):
            if panel.value(name) == wanted:
                break
            office.keys.press(Key.Key_Down)
        assert panel.value(name) == wanted or not wanted, name
        if panel.value(name):
            office.keys.press(Key.Key_Return)
    office.keys.type(reason)
    basis = panel.basis.text()
    office.keys.press(Key.Key_Return, Held.ControlModifier)
    office.keys.wait_until(lambda: office.case.mark == state and office.shell.case.panel is None)
    return basis


def state_of(station: StationWindow, number: str) -> str:
    """The state of a case as a station knows it."""
    row = station.ask(lambda desk: desk.tracking.case(number))
    return row.state if row is not None else ""


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


def test_an_office_returns_refuses_suspends_transfers_and_closes_by_keys(sit: Sit, collected: Collected) -> None:
    counter = sit("east")
    returned, closed, moved = (counter.receive(collected(TO_ARBITRATION)) for _ in range(3))
    counter.until_sent()
    office = sit("arbitration")

    office.until_case(moved)
    office.open_case(returned)
    office.keys.wait_until(lambda: office.case.here)
    office.keys.press(Key.Key_R, Held.ControlModifier)
    assert isinstance(office.shell.case.panel, ReturnPanel)
    office.keys.press(Key.Key_Return, Held.ControlModifier)
    assert office.shell.case.panel.problem.isVisible(), "nothing is returned without what is missing"
    office.keys.type("补充被申请人登记信息")
    office.keys.press(Key.Key_Return, Held.ControlModifier)
    office.keys.wait_until(lambda: office.case.mark == "returned")
    assert "补充被申请人登记信息" in texts(office.shell.case)
    basis = decide(office, "refused", "respondent_uncorrected", reason="逾期没有补正")
    assert "第30条" in basis
    assert office.case.decision is not None
    assert "《劳动人事争议仲裁办案规则》第31条" in office.case.decision.articles
    assert "逾期没有补正" in texts(office.shell.case)

    office.open_case(closed)
    for state, ground in (
        ("accepted", "qualified"), ("suspended", "certification"), ("accepted", "resumed"), ("closed", "award"),
    ):  # fmt: skip
        decide(office, state, ground)
    assert office.case.decision is not None
    assert "第43条" in office.case.decision.articles
    office.open_case(moved)
    decide(office, "accepted", "qualified")
    decide(office, "transferred", "no_jurisdiction", to="arbitration_neighbour", reason="劳动合同履行地在邻区")
    assert not office.case.ours
    office.until_sent()

    counter = sit("east")
    wanted = {returned: "refused", closed: "closed", moved: "transferred"}
    counter.keys.wait_until(lambda: {number: state_of(counter, number) for number in wanted} == wanted)
    counter.open_case(returned)
    assert counter.case.decision is not None
    assert "第31条" in counter.case.decision.articles
