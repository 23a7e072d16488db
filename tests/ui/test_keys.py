"""The window by its keys: visits begun, put aside, found again, locked; questions that hold nothing up."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from tests.ui.conftest import Open
from tests.ui.counter_window import CounterWindow

from window_app.settings import Settings
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.start.screens import SignInScreen, WelcomeScreen
from window_app.ui.views.visit.visit_steps import Step

Collected = Callable[[str], dict[str, Any]]


@pytest.mark.smoke
def test_the_first_start_offers_practice_and_key_one_opens_it(open_window: Open, tmp_path: Path) -> None:
    counter = open_window(directory=tmp_path / "fresh")
    assert isinstance(counter.screen, WelcomeScreen)
    counter.keys.press(Key.Key_1)
    assert counter.shell.status.practice.isVisible()
    assert counter.ask(lambda desk: desk.tracking.count()) > 0


def test_practice_is_said_on_every_screen(counter: CounterWindow) -> None:
    for name in counter.shell.screens:
        counter.shell.show_screen(name)
        counter.keys.settle()
        assert counter.shell.status.practice.isVisible(), name


def test_f2_begins_a_visit_with_the_focus_on_the_name(counter: CounterWindow) -> None:
    counter.keys.press(Key.Key_F2)
    first = counter.page.who.ordered()[0]
    assert first.has_focus()
    assert first.kind == "person_name"


def test_enter_goes_on_and_shift_enter_back(counter: CounterWindow) -> None:
    counter.keys.press(Key.Key_F2)
    boxes = counter.page.who.ordered()
    counter.keys.press(Key.Key_Return)
    assert boxes[1].has_focus()
    counter.keys.press(Key.Key_Return, Held.ShiftModifier)
    assert boxes[0].has_focus()


def test_f4_puts_a_visit_aside_and_the_drafts_take_it_up_again(counter: CounterWindow) -> None:
    counter.keys.press(Key.Key_F2)
    counter.keys.type("王小明")
    counter.keys.press(Key.Key_F4)
    assert counter.shell.visit is None
    counter.shell.rail.buttons["drafts"].click()
    counter.keys.settle()
    counter.keys.press(Key.Key_Return)
    assert counter.page.state is not None
    assert counter.page.state.visitor == "王小明"


def test_a_visit_nobody_typed_into_leaves_no_draft(counter: CounterWindow) -> None:
    counter.keys.press(Key.Key_F2)
    counter.keys.press(Key.Key_F4)
    assert counter.ask(lambda desk: desk.reception.drafts()) == ()


def test_number_keys_answer_and_an_earlier_answer_changes_without_losing_later_ones(
    counter: CounterWindow, collected: Collected
) -> None:
    visit = collected("01")
    counter.keys.press(Key.Key_F2)
    counter.driver.tell_who(visit["answers"])
    counter.driver.answer_questions({**visit["facts"], **visit["matters"][0]["facts"]})
    answers = answers_on(counter)
    assert len(answers) >= 3

    counter.keys.press(Key.Key_Left, Held.AltModifier)
    assert counter.driver.state.changing
    asked = counter.driver.state.ask
    assert asked is not None
    other = next(option for option in asked.options if option.value != asked.answer)
    counter.keys.type(other.key)
    counter.keys.settle()
    now = answers_on(counter)
    assert now[asked.question.fact] == other.value
    assert {fact: now[fact] for fact in answers if fact != asked.question.fact} == {
        fact: value for fact, value in answers.items() if fact != asked.question.fact
    }


def test_a_route_against_the_offer_needs_a_reason(counter: CounterWindow, collected: Collected) -> None:
    visit = collected("22")
    counter.keys.press(Key.Key_F2)
    counter.driver.tell_who(visit["answers"])
    counter.driver.answer_questions({**visit["facts"], **visit["matters"][0]["facts"]})
    counter.keys.press(Key.Key_O, Held.ControlModifier)
    counter.keys.press(Key.Key_Down)
    counter.keys.press(Key.Key_Tab)
    counter.keys.press(Key.Key_Return)
    assert counter.page.routes.override.problem.isVisible()
    assert route_and_reason(counter) == (None, "")
    counter.keys.type("来访人坚持, 已释明")
    counter.keys.press(Key.Key_Return)
    route, reason = route_and_reason(counter)
    assert route is not None
    assert reason == "来访人坚持, 已释明"


def test_an_article_opens_and_says_that_its_text_is_not_installed(counter: CounterWindow, collected: Collected) -> None:
    visit = collected("01")
    counter.keys.press(Key.Key_F2)
    counter.driver.tell_who(visit["answers"])
    counter.driver.answer_questions({**visit["facts"], **visit["matters"][0]["facts"]})
    card = counter.page.routes.cards[0]
    link = next(button for button in card.findChildren(QPushButton) if "第" in button.accessibleName())
    link.setFocus()
    counter.keys.press(Key.Key_Return)
    assert counter.page.article.isVisible()
    assert "未安装" in counter.page.article.missing.text()
    counter.keys.press(Key.Key_Escape)
    assert not counter.page.article.isVisible()


def test_a_case_is_found_by_initials_and_its_reprint_is_marked(counter: CounterWindow, collected: Collected) -> None:
    state = counter.driver.take_in(collected("01"))
    assert state.received is not None
    number = state.received.numbers[0][0]
    counter.driver.print_papers()
    for text in ("建国", "zjg", number, number[-8:]):
        counter.keys.press(Key.Key_F3)
        counter.keys.press(Key.Key_A, Held.ControlModifier)
        counter.keys.type(text)
        counter.keys.press(Key.Key_Return)
        assert counter.shell.current == "case", text
        assert counter.shell.case.number == number
        counter.keys.press(Key.Key_Escape)
    counter.keys.press(Key.Key_Return)
    counter.keys.press(Key.Key_F6)
    assert counter.shell.case.papers.cards[0].paper.reprints == 0, "a reprint needs a reason"
    counter.keys.press(Key.Key_1)
    assert counter.shell.case.papers.cards[0].paper.reprints == 1
    paper = counter.ask(lambda desk: desk.papers.get(state.received.papers[0].paper_id))  # type: ignore[union-attr] # asserted above
    assert paper.reprints == 1


def test_the_paper_is_asked_about_and_no_prints_again(counter: CounterWindow, collected: Collected) -> None:
    counter.driver.take_in(collected("01"))
    counter.keys.press(Key.Key_F6)
    card = counter.page.received.papers.cards[0]
    assert card.ask is not None
    counter.keys.press(Key.Key_N)
    assert counter.page.received.papers.cards[0].ask is not None
    counter.keys.press(Key.Key_Y)
    assert counter.page.received.papers.cards[0].paper.state == "confirmed"


def test_f5_twice_gives_one_number(counter: CounterWindow, collected: Collected) -> None:
    counter.driver.take_in(collected("01"))
    counter.keys.press(Key.Key_F5)
    assert counter.ask(lambda desk: desk.tracking.count()) == 1


def test_after_taking_in_a_late_key_changes_nothing(counter: CounterWindow, collected: Collected) -> None:
    before = counter.driver.take_in(collected("08"))
    counter.keys.press(Key.Key_1, Held.ControlModifier)
    counter.page.routes.cards[0].pick.click()
    counter.keys.settle()
    assert route_and_reason(counter) == (None, "")
    assert counter.ask(lambda desk: desk.reception.drafts()) == ()
    assert counter.driver.state.received == before.received


def test_f12_locks_and_the_visit_comes_back_as_it_was(counter: CounterWindow) -> None:
    counter.keys.press(Key.Key_F2)
    counter.keys.type("欧阳锋")
    counter.keys.press(Key.Key_F12)
    counter.keys.wait_until(lambda: isinstance(counter.screen, SignInScreen))
    counter.keys.press(Key.Key_Return)
    counter.keys.wait_until(lambda: counter.opening.shell is not None and counter.opening.shell.visit is not None)
    counter.keys.wait_until(lambda: counter.page.state is not None)
    assert counter.driver.state.visitor == "欧阳锋"


def test_masked_numbers_are_shown_on_request_and_the_look_is_recorded(
    counter: CounterWindow, collected: Collected
) -> None:
    counter.keys.press(Key.Key_F2)
    counter.driver.tell_who(collected("01")["answers"])
    counter.page.steps.open(Step.WHO)
    number = next(box for box in counter.page.who.ordered() if box.kind == "resident_id")
    line = number.editor.target()
    assert isinstance(line, QLineEdit)
    assert "*" in line.text()
    counter.keys.press(Key.Key_Return)
    counter.keys.press(Key.Key_R, Held.ControlModifier)
    assert line.text() == collected("01")["answers"]["applicant"]["id_number"]
    visit_id = counter.driver.state.visit_id
    events = counter.ask(lambda desk: desk.tracking.history(visit_id))
    assert [event.type for event in events] == ["IdentityRevealed"]
    assert "3201" not in str(events[0].facts)


def test_a_removed_record_comes_back_with_undo(counter: CounterWindow, collected: Collected) -> None:
    visit = collected("01")
    counter.keys.press(Key.Key_F2)
    counter.driver.tell_who(visit["answers"])
    counter.driver.answer_questions({**visit["facts"], **visit["matters"][0]["facts"]})
    counter.driver.choose("recommended")
    while counter.page.form.open_panel() is not None and counter.page.form.open_panel().section != "respondents":  # type: ignore[union-attr] # checked
        counter.keys.press(Key.Key_Return, Held.ControlModifier)
    counter.keys.press(Key.Key_N, Held.ControlModifier)
    counter.keys.type("第二家单位")
    counter.keys.press(Key.Key_Return)
    counter.keys.press(Key.Key_D, Held.ControlModifier)
    assert names_of_respondents(counter) == [None]
    counter.keys.press(Key.Key_U, Held.ControlModifier)
    assert names_of_respondents(counter) == [None, "第二家单位"]


def test_nothing_is_modal_and_everything_that_takes_the_focus_has_a_name(
    counter: CounterWindow, collected: Collected
) -> None:
    counter.driver.prepare(collected("01"))
    assert QApplication.activeModalWidget() is None
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in counter.page.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & widget.focusPolicy().TabFocus and not widget.accessibleName()
    ]
    assert not nameless


@pytest.mark.parametrize("chosen", [Settings(text_scale=200), Settings(theme="dark"), Settings(theme="contrast")])
def test_no_text_is_cut_off_in_any_look(open_window: Open, collected: Collected, chosen: Settings) -> None:
    counter = open_window(chosen=chosen)
    counter.driver.prepare(collected("12"))
    cut = [
        f"{part.text()} ({part.width()} < {part.sizeHint().width()})"
        for part in texts_on(counter.page.scroller)
        if part.width() < part.sizeHint().width() - 1 and not (isinstance(part, QLabel) and part.wordWrap())
    ]
    assert not cut


def test_the_side_is_a_drawer_in_a_small_window(counter: CounterWindow) -> None:
    counter.window.resize(1024, 768)
    counter.keys.press(Key.Key_F2)
    assert counter.page.side.is_drawer
    assert not counter.page.routes.isVisible()
    counter.keys.press(Key.Key_0, Held.ControlModifier)
    assert counter.page.routes.isVisible()
    counter.keys.press(Key.Key_Escape)
    assert not counter.page.routes.isVisible()


def test_every_word_on_the_page_is_chinese(counter: CounterWindow, collected: Collected) -> None:
    counter.driver.prepare(collected("12"))
    foreign: set[str] = set()
    for part in texts_on(counter.window):
        words = "".join(one if one.isascii() and one.isalpha() else " " for one in part.text()).split()
        foreign |= {word for word in words if len(word) > 2 and word.islower() and set(word) - set("abcdef")}
    assert not foreign


def route_and_reason(counter: CounterWindow) -> tuple[str | None, str]:
    """Return the current matter's route and the clerk's reason for it."""
    return counter.driver.state.matter.route, counter.driver.state.matter.override_reason


def answers_on(counter: CounterWindow) -> dict[str, object]:
    """Return the earlier answers on the page."""
    return {one.question.fact: one.answer for one in counter.driver.state.answered}


def names_of_respondents(counter: CounterWindow) -> list[object]:
    """Return the names typed for the other side, record by record."""
    section = next(one for one in counter.driver.state.sections if one.section == "respondents")
    return [record[0].value for record in section.records]


def texts_on(widget: QWidget) -> list[QLabel | QPushButton]:
    """Return the labels and buttons with a text that can be seen."""
    parts: list[QLabel | QPushButton] = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    return [part for part in parts if part.isVisible() and part.text()]
