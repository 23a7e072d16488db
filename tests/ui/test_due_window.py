"""What is due and outage forms in the real window, by keys alone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.ui.counter_window import CounterWindow

from window_app.domain.events import Stream, StreamKind
from window_app.domain.outage import FormState, OutageForm, PrintedForm
from window_app.services.desk import Desk
from window_app.services.due import DueRow
from window_app.services.practice import SampleClock
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.visit.state import VisitState
from window_app.ui.views.visit.visit_steps import Step

Collected = Callable[[str], dict[str, Any]]
CTRL, SHIFT = Held.ControlModifier, Held.ShiftModifier


@pytest.fixture
def number(counter: CounterWindow, collected: Collected) -> str:
    """A case that was taken in, with its page on show."""
    visit = collected("02")
    taken = counter.ask(lambda desk: str(desk.receiving.receive(desk.intake.from_json(visit)).cases[0].number))
    counter.shell.show_case(taken)
    counter.keys.settle()
    return taken


def due(counter: CounterWindow) -> tuple[DueRow, ...]:
    return counter.ask(lambda desk: desk.due.rows())


def state_of(counter: CounterWindow) -> VisitState:
    assert counter.page.state is not None
    return counter.page.state


def pass_days(counter: CounterWindow, days: int) -> None:
    assert isinstance(counter.clock, SampleClock)
    counter.clock.instant += timedelta(days=days)


@pytest.mark.usefixtures("number")
def test_something_due_is_noted_on_the_case_and_settled_in_the_list(counter: CounterWindow) -> None:
    keys, shell = counter.keys, counter.shell
    before = len(due(counter))
    keys.press(Key.Key_W, CTRL)
    keys.type("+3")
    keys.press(Key.Key_Return)
    keys.type("回电告知补正材料")
    keys.press(Key.Key_Return, CTRL)
    assert shell.case.panel is None
    assert shell.case.view is not None
    assert any("回电告知补正材料" in text for text, _ in shell.case.view.due)
    assert len(due(counter)) == before + 1
    shell.show_screen("due")
    keys.settle()
    assert f" {before + 1}" in shell.rail.buttons["due"].text()
    keys.press(Key.Key_F5)
    keys.press(Key.Key_Return, CTRL)
    assert len(due(counter)) == before
    assert shell.due.panel is None


@pytest.mark.usefixtures("number")
def test_a_date_that_cannot_be_is_said_at_its_line_and_what_was_typed_stays(counter: CounterWindow) -> None:
    keys = counter.keys
    keys.press(Key.Key_W, CTRL)
    keys.type("2020-01-01")
    keys.press(Key.Key_Return, CTRL)
    panel = counter.shell.case.panel
    assert panel is not None
    assert "已经过去" in panel.problem.text()
    assert panel.value("day") == "2020-01-01"
    keys.press(Key.Key_Escape)
    assert counter.shell.case.panel is None


def test_the_list_leads_to_the_case_moves_and_hands_on_by_keys(counter: CounterWindow, number: str) -> None:
    keys, shell = counter.keys, counter.shell

    def note(desk: Desk) -> object:
        case = desk.tracking.case(number)
        assert case is not None
        return desk.due.open(Stream(StreamKind.CASE, case.case_id), "follow_up", desk.clock.today(), "a")

    counter.ask(note)
    shell.show_screen("due")
    keys.settle()
    keys.press(Key.Key_R, CTRL)
    keys.type("+2")
    keys.press(Key.Key_Return)
    keys.type("等回音")
    keys.press(Key.Key_Return, CTRL)
    (row,) = (one for one in due(counter) if one.item.cause == "follow_up")
    assert row.item.due_on == date(2026, 11, 24)
    keys.press(Key.Key_H, CTRL)
    keys.press(Key.Key_1)
    keys.press(Key.Key_Return, CTRL)
    assert not [one for one in due(counter) if one.item.owner == row.item.owner]
    keys.press(Key.Key_2)
    keys.press(Key.Key_Return)
    assert shell.current == "case"
    assert shell.case.number == number


def test_something_due_about_a_visit_leads_back_to_it(counter: CounterWindow) -> None:
    keys, shell = counter.keys, counter.shell
    keys.press(Key.Key_F2)
    keys.press(Key.Key_W, CTRL)
    keys.type("+1")
    keys.press(Key.Key_Return, CTRL)
    visit_id = state_of(counter).visit_id
    assert [row.item.link.visit_id for row in due(counter)] == [visit_id]
    keys.press(Key.Key_F4)
    shell.show_screen("due")
    keys.settle()
    keys.press(Key.Key_Return)
    assert shell.current == "visit"
    assert state_of(counter).visit_id == visit_id


def test_the_home_page_says_how_much_is_due_today(counter: CounterWindow) -> None:
    def note(desk: Desk) -> object:
        draft = desk.reception.begin()
        desk.reception.save(draft)
        return desk.due.open(Stream(StreamKind.VISIT, draft.visit_id), "call_back", desk.clock.today(), "x")

    counter.ask(note)
    counter.shell.refresh_status()
    counter.keys.settle()
    assert "待办 1 项，其中今天到期或者逾期 1 项" in counter.shell.home.due.text()


def forms(counter: CounterWindow) -> tuple[PrintedForm, ...]:
    return counter.ask(lambda desk: desk.outage.forms())


def test_forms_are_printed_listed_printed_again_and_voided_by_keys(counter: CounterWindow) -> None:
    keys, shell = counter.keys, counter.shell
    shell.show_screen("administration")
    keys.settle()
    keys.press(Key.Key_O, Held.AltModifier)
    assert shell.current == "outage"
    keys.press(Key.Key_P, CTRL)
    keys.type("3")
    keys.press(Key.Key_Return, CTRL)
    assert [form.state for form in forms(counter)] == [FormState.OPEN] * 3
    keys.press(Key.Key_F6)
    assert len(forms(counter)) == 3
    assert len(list((counter.directory / "printed").glob("*outage_form*"))) >= 1
    keys.press(Key.Key_Delete)
    keys.press(Key.Key_1)
    keys.press(Key.Key_Return, CTRL)
    assert sorted(form.state for form in forms(counter)) == ["open", "open", "void"]
    keys.press(Key.Key_4)
    assert shell.outage.table.records.rowCount() == 1


def test_a_number_of_forms_that_nobody_prints_is_refused_at_its_line(counter: CounterWindow) -> None:
    keys, shell = counter.keys, counter.shell
    shell.show_screen("outage")
    keys.settle()
    keys.press(Key.Key_P, CTRL)
    keys.type("1000")
    keys.press(Key.Key_Return, CTRL)
    assert shell.outage.panel is not None
    assert "1 至" in shell.outage.panel.problem.text()
    assert forms(counter) == ()


def test_an_outage_form_is_typed_in_by_keys_and_its_number_is_the_receipt_s(counter: CounterWindow) -> None:
    keys = counter.keys
    (number,) = counter.ask(lambda desk: desk.outage.reserve(1)[1])
    pass_days(counter, 3)
    keys.press(Key.Key_F2, SHIFT)
    strip = counter.shell.visits.outage
    assert strip.isVisible()
    assert strip.number.hasFocus()
    keys.type(number[:-1])
    keys.press(Key.Key_Return)
    keys.settle()
    assert strip._said["number"].isVisible()
    keys.press(Key.Key_Return, SHIFT)
    keys.type(number[-1])
    keys.press(Key.Key_Return)
    assert strip._said["number"].isHidden()
    keys.type("2026-11-20")
    keys.press(Key.Key_Return)
    keys.press(Key.Key_1)
    keys.press(Key.Key_Return)
    assert counter.page.steps.current is Step.WHO
    assert not strip.isAncestorOf(keys.target())
    assert state_of(counter).draft.outage == OutageForm(number, "2026-11-20", "power")


def test_taking_in_leads_to_the_strip_where_the_form_is_not_right(counter: CounterWindow, collected: Collected) -> None:
    keys, shell = counter.keys, counter.shell
    visit = {**collected("02"), "outage": {"number": "1", "day": "2026-11-20", "reason": "line"}}
    draft = counter.ask(lambda desk: desk.reception.save(desk.intake.from_json(visit)))
    shell.visits.resume(draft.visit_id)
    keys.settle()
    keys.press(Key.Key_F5)
    strip = shell.visits.outage
    assert strip.isVisible()
    assert strip.number.hasFocus()
    assert "1" in strip._said["number"].text()
    assert counter.page.working()


def test_a_form_typed_in_before_leads_to_its_case_by_one_key(counter: CounterWindow, collected: Collected) -> None:
    keys, shell = counter.keys, counter.shell
    (number,) = counter.ask(lambda desk: desk.outage.reserve(1)[1])
    form = {"number": number, "day": "2026-11-20", "reason": "line"}
    counter.ask(lambda desk: desk.receiving.receive(desk.intake.from_json({**collected("02"), "outage": form})))
    keys.press(Key.Key_F2, SHIFT)
    strip = shell.visits.outage
    keys.type(number)
    keys.press(Key.Key_Return)
    keys.settle()
    assert strip.earlier.isVisible()
    keys.press(Key.Key_E, Held.ControlModifier)
    assert shell.current == "case"
    assert shell.case.number == number
