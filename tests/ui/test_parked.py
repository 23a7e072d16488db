"""Several visits parked, found after a crash, handed to a colleague, moved to newer definitions: by keys."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.forking import ForkedWithPipes
from tests.services.newer_set import newer, renamed, with_field, without_field
from tests.ui.conftest import Open
from tests.ui.counter_window import MORNING, CounterWindow
from tests.ui.test_typing import at_the_form, go_to, stored
from tests.ui.two_clerks import change_places, set_up, sign_in

from window_app import paths
from window_app.domain.events import EventType
from window_app.services.practice import SampleClock
from window_app.ui import thread_guard
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.visit.visit_steps import Step

Collected = Callable[[str], dict[str, Any]]


@pytest.fixture
def shared(open_window: Open, tmp_path: Path) -> CounterWindow:
    """A counter of two clerks, 李窗口 signed in."""
    set_up(tmp_path / "shared")
    counter = open_window(directory=tmp_path / "shared")
    sign_in(counter, "0012")
    return counter


def begin(counter: CounterWindow, name: str) -> None:
    counter.keys.press(Key.Key_F2)
    counter.keys.type(name)
    counter.keys.press(Key.Key_Return)


def column(counter: CounterWindow, at: int) -> list[str]:
    model = counter.shell.drafts.table.model()
    return [str(model.index(row, at).data()) for row in range(model.rowCount())]


def test_three_visits_are_parked_and_each_goes_on_where_it_was(counter: CounterWindow) -> None:
    for name in ("Ann", "Bo", "Cy"):
        begin(counter, name)
        counter.keys.press(Key.Key_F4)
    counter.shell.show_screen("drafts")
    counter.keys.settle()
    assert column(counter, 0) == ["Cy", "Bo", "Ann"]
    counter.keys.press(Key.Key_Down)
    counter.keys.press(Key.Key_Return)
    assert counter.driver.state.visitor == "Bo"
    counter.keys.press(Key.Key_Return, Held.ControlModifier)
    begin(counter, "Di")  # the one on the page is put aside by the next
    counter.shell.show_screen("drafts")
    counter.keys.settle()
    assert sorted(column(counter, 0)) == ["Ann", "Bo", "Cy", "Di"]


def test_two_parked_visits_outlive_a_sigkill(open_window: Open, practice_hall: Path) -> None:
    with thread_guard.elsewhere():
        program = ForkedWithPipes(["tests.ui.program", str(practice_hall), "parked"])
        with program.stdout as told:
            said = told.readline()
            program.kill()
    assert said.strip() == "ready"
    counter = open_window()
    assert counter.shell.home.ask is not None
    assert "Bo" in counter.shell.home.ask.accessibleName()
    counter.keys.press(Key.Key_2)
    assert "Ann" in counter.shell.home.ask.accessibleName()
    counter.keys.press(Key.Key_1)
    assert counter.driver.state.visitor == "Ann"
    assert stored(counter) == counter.driver.state.draft


def test_a_visit_is_handed_to_a_colleague_who_sees_from_whom_and_why(shared: CounterWindow) -> None:
    begin(shared, "Ann")
    visit_id = shared.driver.state.visit_id
    shared.keys.press(Key.Key_H, Held.ControlModifier)
    assert shared.page.handing.isVisible()
    assert shared.page.handing.value("to") == "0013"  # the only one there is
    shared.keys.press(Key.Key_Return)
    shared.keys.type("back at three")
    shared.keys.press(Key.Key_Return, Held.ControlModifier)
    assert shared.shell.visit is None
    change_places(shared, "0013")
    ask = shared.shell.home.ask
    assert ask is not None
    for told in ("李窗口", "Ann", "back at three"):
        assert told in ask.accessibleName()
    shared.keys.press(Key.Key_2)
    shared.shell.show_screen("drafts")
    shared.keys.settle()
    assert column(shared, 2) == ["李窗口转交给您"]
    shared.keys.press(Key.Key_Return)
    assert shared.driver.state.visitor == "Ann"
    events = shared.ask(lambda desk: desk.tracking.history(visit_id))
    assert [(one.type, one.actor.id) for one in events] == [
        (EventType.DRAFT_HANDED_OVER, "0012"),
        (EventType.DRAFT_TAKEN_UP, "0013"),
    ]


def test_somebody_elses_visit_is_taken_up_only_after_being_asked(shared: CounterWindow) -> None:
    begin(shared, "Ann")
    visit_id = shared.driver.state.visit_id
    change_places(shared, "0013")
    assert shared.shell.visit is None  # what was open before the lock is another's
    assert shared.shell.home.ask is None
    shared.shell.show_screen("drafts")
    shared.keys.settle()
    assert column(shared, 2) == ["李窗口"]
    shared.keys.press(Key.Key_Return)
    assert shared.shell.visit is None
    shared.keys.press(Key.Key_2)
    assert shared.driver.state.visitor == "Ann"
    events = shared.ask(lambda desk: desk.tracking.history(visit_id))
    assert [one.type for one in events] == [EventType.DRAFT_TAKEN_UP]


def test_the_list_hands_over_too_and_without_colleagues_says_what_to_do(
    shared: CounterWindow, open_window: Open, practice_hall: Path
) -> None:
    begin(shared, "Ann")
    shared.keys.press(Key.Key_F4)
    shared.shell.show_screen("drafts")
    shared.keys.settle()
    shared.keys.press(Key.Key_H, Held.ControlModifier)
    shared.keys.press(Key.Key_Return, Held.ControlModifier)
    shared.keys.settle()
    assert column(shared, 2) == ["李窗口 → 王柜台"]
    alone = open_window(directory=practice_hall)
    begin(alone, "Bo")
    alone.keys.press(Key.Key_H, Held.ControlModifier)
    assert "管理员" in alone.page.handing.problem.text()
    alone.keys.press(Key.Key_Escape)
    assert not alone.page.handing.isVisible()
    assert alone.page.boxes()[0].has_focus()


@pytest.fixture
def newer_forms(tmp_path: Path) -> Path:
    return newer(
        tmp_path,
        without_field("respondents", "shop_sign"),
        renamed("applicant", "occupation", {"zh": "工种", "en": "Trade"}),
        with_field("applicant", {"field": "nickname", "type": "text", "label": {"zh": "曾用名", "en": "Former name"}}),
    )


@pytest.fixture
def old_visit(counter: CounterWindow, collected: Collected) -> CounterWindow:
    """A visit in the middle of its form, with a shop sign."""
    at_the_form(counter, collected("01"))
    go_to(counter, "shop_sign")
    counter.keys.type("Hongyuan Hardware")
    counter.keys.press(Key.Key_Return)
    counter.keys.press(Key.Key_F4)
    return counter


def test_an_old_draft_says_what_changed_and_moves_when_accepted(
    old_visit: CounterWindow,
    open_window: Open,
    practice_hall: Path,
    newer_forms: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    del old_visit
    monkeypatch.setattr(paths, "definitions_dir", lambda: newer_forms)
    counter = open_window(directory=practice_hall)
    counter.keys.press(Key.Key_1)
    page = counter.page
    assert page.moving.isVisible()
    assert page.moving.accept.hasFocus()
    told = "\n".join(page.moving.lines)
    for change in ("招牌、店名或工地名称", "曾用名", "“职业”改称“工种”"):
        assert change in told
    before = stored(counter)
    counter.keys.press(Key.Key_F5)  # nothing is taken in, nothing typed, before the clerk accepts
    counter.keys.type("xx")
    assert counter.driver.state.received is None
    assert stored(counter) == before
    counter.keys.press(Key.Key_1)
    assert not page.moving.isVisible()
    assert page.steps.current is Step.FORM
    moved = stored(counter)
    assert moved == counter.driver.state.draft
    assert moved is not None
    assert moved != before
    assert page.kept.isVisible()
    counter.keys.press(Key.Key_K, Held.ControlModifier | Held.ShiftModifier)
    assert [(one.label, one.value) for one in page.kept.views] == [("招牌、店名或工地名称", "Hongyuan Hardware")]
    assert page.kept.unfolded


def test_an_old_draft_may_wait_as_it_is(
    old_visit: CounterWindow,
    open_window: Open,
    practice_hall: Path,
    newer_forms: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visit_id = old_visit.ask(lambda desk: desk.reception.drafts())[0].visit_id
    before = old_visit.ask(lambda desk: desk.reception.resume(visit_id))
    monkeypatch.setattr(paths, "definitions_dir", lambda: newer_forms)
    counter = open_window(directory=practice_hall, clock=SampleClock(MORNING))
    counter.keys.press(Key.Key_1)
    counter.keys.press(Key.Key_2)
    assert counter.shell.visit is None
    assert counter.ask(lambda desk: desk.reception.resume(visit_id)) == before
