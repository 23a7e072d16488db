"""Two counters correct the same entry without a line; both values are shown and a person settles it, by keys."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLabel
from tests.ui.conftest import Sit
from tests.ui.stations import StationWindow

from window_app.domain.events import EventType
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.case.case_panels import CorrectionPanel

Collected = Callable[[str], dict[str, Any]]
PHONE = "applicant.phone"


def correct_phone(station: StationWindow, phone: str) -> None:
    """Correct the applicant's telephone on the page of the case, by keys."""
    station.keys.press(Key.Key_E, Held.ControlModifier)
    panel = station.shell.case.panel
    assert isinstance(panel, CorrectionPanel)
    for _ in range(panel.field.count()):
        if panel.value("field") == PHONE:
            break
        station.keys.press(Key.Key_Down)
    station.keys.press(Key.Key_Return)
    station.keys.type(phone)
    station.keys.press(Key.Key_Return)
    station.keys.type("来访人当面更正")
    station.keys.press(Key.Key_Return, Held.ControlModifier)
    assert station.shell.case.panel is None


def disputed(station: StationWindow) -> int:
    """How many cases a station has to settle."""
    return station.ask(lambda desk: len(desk.corrections.disputed()))


def test_two_corrections_of_one_entry_are_shown_side_by_side_and_settled_with_a_reason(
    sit: Sit, collected: Collected
) -> None:
    east = sit("east")
    number = east.receive(collected("02"))
    east.until_sent()

    west = sit("west")
    west.until_case(number)
    west.open_case(number)
    assert not west.case.here
    west.keys.press(Key.Key_G, Held.ControlModifier)
    west.keys.type("1")
    west.keys.press(Key.Key_Return, Held.ControlModifier)
    west.keys.wait_until(lambda: west.case.here)

    west.cut()
    correct_phone(west, "13900002222")
    east = sit("east")
    east.open_case(number)
    correct_phone(east, "13900001111")
    east.until_sent()

    west = sit("west")
    west.mend()
    west.until_sent()
    west.keys.wait_until(lambda: disputed(west) == 1)
    west.keys.wait_until(lambda: "李窗口" in west.ask(lambda desk: desk.clerks.names()).said.values())
    west.keys.wait_until(west.shell.status.conflicts.isVisible)
    west.keys.press(Key.Key_J, Held.ControlModifier)
    west.keys.press(Key.Key_Return)
    west.keys.wait_until(lambda: bool(west.shell.case.conflicts))
    west.keys.press(Key.Key_G, Held.ControlModifier)
    west.keys.type("2")
    west.keys.press(Key.Key_Return, Held.ControlModifier)
    west.keys.wait_until(lambda: west.case.whole)
    west.keys.press(Key.Key_T, Held.ControlModifier)
    panel = west.shell.case.panel
    assert panel is not None
    shown = " ".join(one.text() for one in west.shell.case.conflicts[0].findChildren(QLabel))
    assert "139****1111" in shown
    assert "139****2222" in shown
    assert all(name in shown for name in ("李窗口", "王窗口")), "each value with the name of who gave it"
    assert "13900001111" not in shown
    west.keys.type("2")
    west.keys.press(Key.Key_Return)
    west.keys.type("已与来访人电话核对")
    west.keys.press(Key.Key_Return, Held.ControlModifier)
    assert not west.shell.case.conflicts
    assert disputed(west) == 0
    west.until_sent()

    east = sit("east")
    east.keys.wait_until(lambda: any(kind == EventType.CONFLICT_RESOLVED for kind in kinds(east, number)))
    assert disputed(east) == 0


def kinds(station: StationWindow, number: str) -> list[str]:
    """The kinds of a case's events as a station holds them."""
    return station.ask(lambda desk: [event.type for event in desk.cases.get(number).events])
