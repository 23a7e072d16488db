"""A clock behind the last event: F5 asks on the page before a number is given; going on is on record."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from tests.ui.counter_window import MORNING, CounterWindow

from window_app.services.practice import SampleClock
from window_app.ui.journey.keys import Key

Collected = Callable[[str], dict[str, Any]]


@pytest.fixture
def behind(counter: CounterWindow, collected: Collected) -> CounterWindow:
    """A visit ready for F5 on a machine whose clock was set back by two hours since the last case."""
    counter.driver.take_in(collected("20"))
    assert isinstance(counter.clock, SampleClock)
    counter.clock.instant = MORNING - timedelta(hours=2)
    counter.driver.prepare(collected("01"))
    counter.keys.press(Key.Key_F5)
    return counter


def test_f5_asks_on_the_page_and_gives_no_number_yet(behind: CounterWindow) -> None:
    ask = behind.page.asks.current
    assert ask is not None
    assert QApplication.activeModalWidget() is None
    assert "2026-11-20 08:00" in ask.accessibleName()
    assert "2026-11-20 10:00" in ask.accessibleName()
    assert behind.driver.state.received is None
    assert behind.ask(lambda desk: desk.tracking.count()) == 1


def test_setting_the_clock_right_takes_in_without_a_word_more(behind: CounterWindow) -> None:
    behind.keys.press(Key.Key_1)
    assert behind.page.asks.current is None
    assert behind.ask(lambda desk: desk.tracking.count()) == 1
    assert isinstance(behind.clock, SampleClock)
    behind.clock.instant = MORNING + timedelta(hours=1)
    behind.keys.press(Key.Key_F5)
    received = behind.driver.state.received
    assert received is not None
    assert not any("时钟" in warning for warning in received.warnings)
    assert opened_facts(behind)["clock_behind"] is False


def test_going_on_gives_one_number_and_records_it(behind: CounterWindow) -> None:
    behind.keys.press(Key.Key_2)
    received = behind.driver.state.received
    assert received is not None
    assert any("时钟" in warning for warning in received.warnings)
    assert opened_facts(behind)["clock_behind"] is True
    assert behind.ask(lambda desk: desk.tracking.count()) == 2


def opened_facts(counter: CounterWindow) -> dict[str, Any]:
    visit_id = counter.driver.state.visit_id
    events = counter.ask(lambda desk: desk.tracking.history(visit_id))
    return dict(next(event.facts for event in events if event.type == "VisitOpened"))
