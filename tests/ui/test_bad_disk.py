"""A disk without room, while typing and at F5: said on the screen, nothing typed is lost, one number afterwards."""

from collections.abc import Callable
from typing import Any

from tests.ui.counter_window import CounterWindow

from window_app.domain.visits import DraftSummary
from window_app.services.desk import Desk
from window_app.storage.failures import DiskFull
from window_app.storage.opened import Store
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.start.screens import SignInScreen

Collected = Callable[[str], dict[str, Any]]


def fill_disk(counter: CounterWindow) -> None:
    """Let the store grow no more; what room its pages have is taken by other drafts."""

    def fill(desk: Desk) -> None:
        store = desk.upkeep
        assert isinstance(store, Store)
        (pages,) = store._database.pragma("page_count")[0]
        store._database.pragma(f"max_page_count = {pages}")
        for _ in range(500):
            try:
                desk.reception.save(desk.reception.begin())
            except DiskFull:
                return
        raise AssertionError("the disk is not full")

    counter.ask(fill)


def make_room(counter: CounterWindow) -> None:
    def more(desk: Desk) -> None:
        store = desk.upkeep
        assert isinstance(store, Store)
        store._database.pragma("max_page_count = 1000000")

    counter.ask(more)


def draft_of(counter: CounterWindow) -> DraftSummary:
    visit_id = counter.driver.state.visit_id
    return next(one for one in counter.ask(lambda desk: desk.reception.drafts()) if one.visit_id == visit_id)


def said(counter: CounterWindow) -> str:
    return counter.shell.word.text() if counter.shell.word.isVisible() else ""


def test_a_name_that_finds_no_room_is_told_and_stays_and_goes_with_the_next_save(counter: CounterWindow) -> None:
    fill_disk(counter)
    counter.keys.press(Key.Key_F2)
    counter.keys.type("司马光")
    counter.keys.press(Key.Key_Return)
    assert "磁盘空间已满" in said(counter)
    assert "留在屏幕上" in said(counter)
    assert counter.driver.state.visitor == "司马光"
    assert counter.page.who.ordered()[0].value() == "司马光"

    make_room(counter)
    counter.keys.type("13800000001")
    counter.keys.press(Key.Key_Return, Held.ControlModifier)
    assert said(counter) == ""
    assert draft_of(counter).visitor == "司马光"


def test_a_whole_visit_goes_on_without_room_and_is_taken_in_once_there_is(
    counter: CounterWindow, collected: Collected
) -> None:
    fill_disk(counter)
    counter.driver.prepare(collected("01"))
    counter.keys.press(Key.Key_F5)
    assert "磁盘空间已满" in said(counter)
    assert counter.page.working()
    make_room(counter)
    counter.keys.press(Key.Key_F5)
    assert said(counter) == ""
    received = counter.driver.state.received
    assert received is not None
    assert len(received.numbers) == 1
    row = counter.ask(lambda desk: desk.tracking.case(received.numbers[0][0]))
    assert row is not None
    assert row.applicant == collected("01")["answers"]["applicant"]["name"]


def test_f5_without_room_writes_nothing_and_gives_one_number_after_room_is_made(
    counter: CounterWindow, collected: Collected
) -> None:
    counter.driver.prepare(collected("01"))
    before = counter.driver.state
    fill_disk(counter)
    counter.keys.press(Key.Key_F5)
    counter.keys.press(Key.Key_F5)
    assert "磁盘空间已满" in said(counter)
    assert counter.driver.state == before
    assert counter.ask(lambda desk: (desk.tracking.count(), desk.papers.unsettled())) == (0, ())
    assert counter.ask(lambda desk: desk.tracking.history(before.visit_id)) == ()
    assert draft_of(counter).visitor == collected("01")["answers"]["applicant"]["name"]

    make_room(counter)
    counter.keys.press(Key.Key_F5)
    received = counter.driver.state.received
    assert received is not None
    assert said(counter) == ""
    assert counter.ask(lambda desk: desk.tracking.count()) == 1
    assert counter.ask(lambda desk: desk.upkeep.integrity()) == ()
    serials = {number for number, _ in received.numbers}
    assert len(serials) == 1


def test_what_is_not_stored_is_not_left_by_f2_f4_f12_or_a_first_closing(counter: CounterWindow) -> None:
    fill_disk(counter)
    counter.keys.press(Key.Key_F2)
    counter.keys.type("欧阳锋")
    counter.keys.press(Key.Key_Return)
    for key in (Key.Key_F2, Key.Key_F4, Key.Key_F12):
        counter.keys.press(key)
        assert not isinstance(counter.screen, SignInScreen)
        assert counter.driver.state.visitor == "欧阳锋"
        assert "磁盘空间已满" in said(counter)
    assert not counter.window.close()
    assert "再关闭一次" in said(counter)

    make_room(counter)
    counter.keys.press(Key.Key_F4)
    assert counter.shell.visit is None
    assert "欧阳锋" in [one.visitor for one in counter.ask(lambda desk: desk.reception.drafts())]


def test_a_discarded_visit_does_not_come_back_from_the_page_behind(counter: CounterWindow) -> None:
    counter.keys.press(Key.Key_F2)
    counter.keys.type("杨过")
    counter.keys.press(Key.Key_Return)
    counter.shell.rail.buttons["drafts"].click()
    counter.keys.settle()
    counter.keys.press(Key.Key_Delete)
    counter.keys.press(Key.Key_2)
    counter.keys.press(Key.Key_F2)
    counter.keys.press(Key.Key_F4)
    assert counter.ask(lambda desk: desk.reception.drafts()) == ()
