"""What is typed: drafts written through, input methods, bad input at its place, nothing lost."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from tests.ui.counter_window import CounterWindow

from window_app.domain.visits import VisitDraft
from window_app.ui.fields.field_box import FieldBox
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.visit.visit_page import WRITE_THROUGH_MS

Collected = Callable[[str], dict[str, Any]]


def stored(counter: CounterWindow) -> VisitDraft | None:
    visit_id = counter.driver.state.visit_id
    drafts = counter.ask(lambda desk: desk.reception.drafts())
    if not any(draft.visit_id == visit_id for draft in drafts):
        return None
    return counter.ask(lambda desk: desk.reception.resume(visit_id))


def wait(counter: CounterWindow, milliseconds: int) -> None:
    end = time.monotonic() + milliseconds / 1000
    counter.keys.wait_until(lambda: time.monotonic() > end)
    counter.keys.settle()


def test_half_a_second_after_the_last_key_the_draft_is_stored(counter: CounterWindow) -> None:
    counter.keys.press(Key.Key_F2)
    counter.keys.type("Li")
    assert stored(counter) is None
    wait(counter, WRITE_THROUGH_MS + 200)
    draft = stored(counter)
    assert draft is not None
    assert draft.answers["applicant"]["name"] == "Li"


def test_leaving_a_field_stores_it_at_once(counter: CounterWindow) -> None:
    counter.keys.press(Key.Key_F2)
    counter.keys.type("Li")
    counter.keys.press(Key.Key_Return)
    draft = stored(counter)
    assert draft is not None
    assert draft.answers["applicant"]["name"] == "Li"


def test_a_word_being_composed_is_not_stored_its_commit_is(counter: CounterWindow) -> None:
    counter.keys.press(Key.Key_F2)
    QApplication.sendEvent(counter.keys.target(), QInputMethodEvent("zhang", []))
    wait(counter, WRITE_THROUGH_MS + 200)
    assert stored(counter) is None
    commit = QInputMethodEvent("", [])
    commit.setCommitString("张𬭚")
    QApplication.sendEvent(counter.keys.target(), commit)
    counter.keys.press(Key.Key_Return)
    draft = stored(counter)
    assert draft is not None
    assert draft.answers["applicant"]["name"] == "张𬭚"


def at_the_form(counter: CounterWindow, visit: dict[str, Any], route: str = "arbitration") -> None:
    counter.keys.press(Key.Key_F2)
    counter.driver.tell_who(visit["answers"])
    counter.driver.answer_questions({**visit["facts"], **visit["matters"][0]["facts"]})
    counter.driver.choose(route)


def go_to(counter: CounterWindow, field: str) -> FieldBox:
    """Walk to the first field of this name, section by section, and stand in it."""
    while True:
        panel = counter.page.form.open_panel()
        assert panel is not None, field
        for box in panel.boxes():
            if box.address.field == field:
                counter.driver._walk_to(box)
                return box
        assert counter.page.form.next_stop() is not None, field
        counter.keys.press(Key.Key_Return, Held.ControlModifier)


BAD = [
    ("applicant", "birth_date", "2026-02-30"),
    ("applicant", "birth_date", "2090-01-01"),
    ("respondents", "uscc", "91320102MA1HY0001X"),
    ("respondents", "phone", "12ab"),
    ("claims", "amount", "0"),
    ("claims", "amount", "1000000000000"),
    ("claims", "amount", "很多"),
    ("respondents", "name", "单位\u0007名称"),
]


@pytest.mark.parametrize(("section", "field", "typed"), BAD)
def test_bad_input_is_told_at_its_field_and_stays_as_typed(
    section: str, field: str, typed: str, counter: CounterWindow, collected: Collected
) -> None:
    at_the_form(counter, collected("02"))
    while True:
        panel = counter.page.form.open_panel()
        assert panel is not None
        if panel.section == section:
            break
        counter.keys.press(Key.Key_Return, Held.ControlModifier)
    if section == "claims":
        go_to(counter, "kind")
        counter.keys.press(Key.Key_1)
        counter.keys.press(Key.Key_Return)
    box = go_to(counter, field)
    counter.keys.press(Key.Key_A, Held.ControlModifier)
    counter.keys.type(typed)
    counter.page.flush()
    counter.keys.settle()
    assert box._problem.isVisible(), counter.driver.state.sections
    assert len(box._problem.text()) > 6
    counter.keys.press(Key.Key_F5)
    assert counter.driver.state.received is None
    assert counter.page.note.isVisible()
    assert box.value() == typed
    assert counter.ask(lambda desk: desk.tracking.count()) == 0


def test_ten_thousand_characters_and_emoji_are_kept_whole(counter: CounterWindow, collected: Collected) -> None:
    visit = collected("02")
    long = "拖欠工资的经过" * 1428 + "😀完。"
    visit["matters"][0]["answers"]["statement"] = {"facts_and_reasons": long}
    visit["matters"][0]["route"] = "arbitration"
    counter.driver.take_in(visit)
    assert counter.driver.state.received is not None
    case = counter.ask(lambda desk: desk.tracking.window_at(0, 1)[0])
    events = counter.ask(lambda desk: desk.tracking.history(case.case_id))
    body = next(event.body for event in events if event.type == "MatterReceived")
    assert body is not None
    assert body["answers"]["statement"]["facts_and_reasons"] == long
