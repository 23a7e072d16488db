"""The page of a case by its keys: claims, corrections, papers completed, what a newer program wrote."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from tests.ui.counter_window import CounterWindow

from window_app.domain.events import EventType, NewEvent, Stream, StreamKind
from window_app.services.desk import Desk
from window_app.storage.opened import Store
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.case.case_panels import CorrectionPanel
from window_app.ui.views.case.case_view import CaseView

Collected = Callable[[str], dict[str, Any]]


@pytest.fixture
def number(counter: CounterWindow, collected: Collected) -> str:
    """A case that was taken in, with its page on show."""
    visit = collected("02")

    def receive(desk: Desk) -> str:
        return str(desk.receiving.receive(desk.intake.from_json(visit)).cases[0].number)

    taken = counter.ask(receive)
    counter.shell.show_case(taken)
    counter.keys.settle()
    return taken


def view(counter: CounterWindow) -> CaseView:
    """What the page shows."""
    assert counter.shell.case.view is not None
    return counter.shell.case.view


def history(counter: CounterWindow) -> str:
    """What the page says happened."""
    return "\n".join(what for _, what, _ in view(counter).history)


def test_one_key_claims_a_case_and_releases_it(counter: CounterWindow, number: str) -> None:
    counter.keys.press(Key.Key_K, Held.ControlModifier)
    assert view(counter).mine
    assert "放回" in counter.shell.case.verbs.buttons["claim"].text()
    counter.keys.press(Key.Key_K, Held.ControlModifier)
    assert not view(counter).mine
    assert "认领" in history(counter)
    assert "放回" in history(counter)
    assert number == view(counter).case.number


def test_a_wrong_correction_is_told_in_the_panel_and_escape_leaves_the_case_as_it_was(
    counter: CounterWindow, number: str
) -> None:
    before = len(view(counter).history)
    counter.keys.press(Key.Key_E, Held.ControlModifier)
    panel = counter.shell.case.panel
    assert isinstance(panel, CorrectionPanel)
    counter.keys.press(Key.Key_Return, Held.ControlModifier)
    assert panel.problem.isVisible()
    for _ in range(panel.field.count()):
        if panel.value("field") == "applicant.id_number":
            break
        counter.keys.press(Key.Key_Down)
    counter.keys.press(Key.Key_Return)
    counter.keys.type("320102198804122311")
    counter.keys.press(Key.Key_Return)
    counter.keys.type("核对证件")
    counter.keys.press(Key.Key_Return, Held.ControlModifier)
    assert counter.shell.case.panel is panel
    assert panel.problem.isVisible()
    counter.keys.press(Key.Key_Escape)
    assert not counter.shell.case.escape()
    assert counter.shell.current == "case"
    assert len(view(counter).history) == before
    assert number == view(counter).case.number


def test_papers_completed_later_go_on_record(counter: CounterWindow, collected: Collected) -> None:
    visit = {**collected("02"), "materials": {}}

    def receive(desk: Desk) -> str:
        return str(desk.receiving.receive(desk.intake.from_json(visit)).cases[0].number)

    counter.shell.show_case(counter.ask(receive))
    counter.keys.settle()
    assert "complete" in view(counter).verbs
    counter.keys.press(Key.Key_M, Held.ControlModifier)
    counter.keys.press(Key.Key_Return, Held.ControlModifier)
    assert "材料补齐" in history(counter)
    assert "complete" not in view(counter).verbs


def test_what_a_newer_program_wrote_makes_the_case_read_only_and_says_what_to_do(
    counter: CounterWindow, number: str
) -> None:
    def write(desk: Desk) -> None:
        store = desk.upkeep
        assert isinstance(store, Store)
        stream = Stream(StreamKind.CASE, desk.cases.get(number).case_id)
        with store.unit_of_work() as work:
            work.append(desk.session.actor, [NewEvent(stream, "CaseMerged", critical=True)])

    counter.ask(write)
    counter.shell.case.look_again()
    counter.keys.settle()
    assert view(counter).read_only
    assert "升级程序" in counter.shell.case.warning.text()
    assert all(button.isHidden() for button in counter.shell.case.verbs.buttons.values())
    assert "CaseMerged" in history(counter)
    counter.keys.press(Key.Key_K, Held.ControlModifier)
    assert not view(counter).mine


def test_numbers_stay_masked_on_the_page(counter: CounterWindow, number: str) -> None:
    shown = " ".join(one.text() for one in counter.shell.case.findChildren(QLabel) if one.isVisible())
    assert number in shown
    assert "138****" in shown
    assert EventType.IDENTITY_REVEALED not in {
        event.type for event in counter.ask(lambda desk: desk.cases.get(number).events)
    }
