"""An office finds a commitment in its queue and verifies it by keys; its screen says that nobody brings papers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from tests.services.committing import MATERIAL, taken_in
from tests.services.offices import District
from tests.ui.counter_window import MORNING, CounterWindow

from window_app.app import load_set
from window_app.services.commitment_review import Stage
from window_app.services.commitment_rulings import Finding
from window_app.services.practice import SampleClock
from window_app.ui import thread_guard
from window_app.ui.journey.keys import Held, Key

OFFICE = "employment_service"
Open = Callable[..., CounterWindow]


@pytest.fixture
def office(tmp_path: Path, open_window: Open) -> tuple[CounterWindow, str]:
    """The window of an office with one commitment to verify and one found false, and the number of the first."""
    with thread_guard.elsewhere():
        district = District(tmp_path / "stations", load_set(), SampleClock(MORNING))
        counter, place = district.open("A1C1"), district.open("J1C1", OFFICE, "e1")
        numbers = [taken_in(counter.desk), taken_in(counter.desk)]
        district.carry()
        for number in numbers:
            place.opened(number)
        assert place.desk.commitment_rulings is not None
        place.desk.commitment_rulings.verify(numbers[1], MATERIAL, Finding("false", "online", "社保系统", "仍在缴费"))
        district.close()
    return open_window(directory=tmp_path / "stations" / "J1C1"), numbers[0]


def read(widget: QWidget) -> str:
    """Everything that is to be read in a widget."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_a_commitment_is_found_in_the_queue_and_verified_by_keys(office: tuple[CounterWindow, str]) -> None:
    window, number = office
    keys, shell = window.front().keys, window.shell
    keys.press(Key.Key_F2)
    keys.type("5")
    assert shell.queue.commitments.isVisible()
    assert not shell.queue.table.isVisible()
    assert len(shell.queue.commitments.records.rows) == 2
    found = [one.row.number for one in shell.queue.commitments.records.rows]
    shell.queue.commitments.selectRow(found.index(number))
    keys.press(Key.Key_Return)
    keys.wait_until(lambda: shell.case.number == number and shell.case.commitments.card.isVisible())
    keys.press(Key.Key_U, Held.ControlModifier)
    panel = shell.case.panel
    assert panel is not None
    assert "不得要求申请人再提交" in read(panel)
    keys.press(Key.Key_Return)
    keys.press(Key.Key_Return)
    keys.type("1")
    keys.press(Key.Key_Return)
    keys.type("2")
    keys.press(Key.Key_Return, Held.ControlModifier)
    assert panel.problem.isVisible(), "what was looked at is missing, and what was typed stays"
    keys.type("原单位书面答复")
    keys.press(Key.Key_Return, Held.ControlModifier)
    keys.wait_until(lambda: shell.case.panel is None)
    keys.settle()
    assert "核实属实" in read(shell.case.commitments.card)
    (done,) = window.ask(lambda desk: desk.commitment_review.about(number))
    assert (done.stage, done.commitment.method) == (Stage.DONE, "written")
    assert shell.case.commitments.card.button.isHidden()
