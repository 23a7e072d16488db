"""Undo and redo over the whole visit page, by keys: what is shown, what is stored, where the focus goes."""

from collections.abc import Callable
from typing import Any

from tests.ui.counter_window import CounterWindow
from tests.ui.test_typing import at_the_form, go_to, stored

from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.visit.visit_steps import Step

Collected = Callable[[str], dict[str, Any]]


def undo(counter: CounterWindow) -> None:
    counter.keys.press(Key.Key_Z, Held.ControlModifier)


def redo(counter: CounterWindow) -> None:
    counter.keys.press(Key.Key_Y, Held.ControlModifier)


def who(counter: CounterWindow) -> list[object]:
    return [box.value() for box in counter.page.who.ordered()]


def same_as_stored(counter: CounterWindow) -> None:
    assert stored(counter) == counter.driver.state.draft


def test_a_field_is_undone_where_it_stands_and_the_page_says_what_it_was(counter: CounterWindow) -> None:
    counter.keys.press(Key.Key_F2)
    counter.keys.type("Li Na")
    counter.keys.press(Key.Key_Return)
    counter.keys.press(Key.Key_Return, Held.ShiftModifier)
    counter.keys.type(" Li")
    undo(counter)
    assert who(counter)[0] == "Li Na"
    assert counter.page.who.ordered()[0].has_focus()
    assert "Li" in counter.page.passing.text
    same_as_stored(counter)
    undo(counter)
    assert who(counter)[0] == ""
    undo(counter)
    assert counter.page.passing.text == "没有可以撤销的步骤。"
    redo(counter)
    redo(counter)
    assert who(counter)[0] == "Li Na Li"
    same_as_stored(counter)
    redo(counter)
    assert counter.page.passing.text == "没有可以重做的步骤。"


def test_undo_goes_back_over_fields_route_answers_and_who_is_here(counter: CounterWindow, collected: Collected) -> None:
    at_the_form(counter, collected("01"))
    box = go_to(counter, "residence")
    counter.keys.type("Road 1")
    counter.keys.press(Key.Key_Return)
    full = counter.driver.state.draft
    undo(counter)
    assert go_to(counter, "residence").value() == ""
    assert box.address.field == "residence"
    undo(counter)
    assert counter.driver.state.matter.route is None
    assert counter.page.steps.current is Step.WHAT
    steps = 0
    while counter.driver.state.can_undo:
        undo(counter)
        same_as_stored(counter)
        steps += 1
    assert steps > 5
    assert who(counter) == ["", "", ""]
    for _ in range(steps + 2):
        redo(counter)
    assert counter.driver.state.draft == full
    same_as_stored(counter)


def test_ticks_and_removed_records_come_back(counter: CounterWindow, collected: Collected) -> None:
    counter.driver.prepare(collected("01"))
    ticked = dict(counter.driver.state.draft.materials)
    assert ticked
    undo(counter)
    assert counter.driver.state.draft.materials != ticked
    assert counter.page.steps.current is Step.MATERIALS
    redo(counter)
    assert counter.driver.state.draft.materials == ticked
    same_as_stored(counter)


def test_a_new_change_ends_what_could_be_done_again(counter: CounterWindow) -> None:
    counter.keys.press(Key.Key_F2)
    counter.keys.type("Li")
    counter.keys.press(Key.Key_Return)
    undo(counter)
    assert counter.page.redo_button.isEnabled()
    counter.keys.type("Wu")
    counter.keys.press(Key.Key_Return)
    assert not counter.page.redo_button.isEnabled()
    redo(counter)
    assert who(counter)[0] == "Wu"


def test_a_taken_in_visit_is_not_undone(counter: CounterWindow, collected: Collected) -> None:
    state = counter.driver.take_in(collected("01"))
    assert state.received is not None
    undo(counter)
    assert counter.driver.state.draft == state.draft
    assert not counter.page.undo_button.isVisible()


def test_numbers_stay_masked_in_what_was_undone(counter: CounterWindow) -> None:
    counter.keys.press(Key.Key_F2)
    counter.keys.press(Key.Key_Return)
    counter.keys.type("320102198804122310")
    counter.keys.press(Key.Key_Return)
    undo(counter)
    assert "3201" in counter.page.passing.text
    assert "19880412" not in counter.page.passing.text
