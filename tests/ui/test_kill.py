"""SIGKILL of the real program in another process; what was typed or taken in is where it was."""

from pathlib import Path

import pytest
from tests.forking import ForkedWithPipes
from tests.ui.conftest import Open

from window_app.ui import thread_guard
from window_app.ui.journey.keys import Key

pytestmark = pytest.mark.kill


def kill_when(how_far: str, directory: Path) -> None:
    """Start the program, let it come so far, and kill it."""
    with thread_guard.elsewhere():
        program = ForkedWithPipes(["tests.ui.program", str(directory), how_far])
        with program.stdout as told:
            said = told.readline()
            program.kill()
        assert said.strip() == "ready"


def test_a_name_just_typed_is_asked_about_and_comes_back(open_window: Open, practice_hall: Path) -> None:
    kill_when("typing", practice_hall)
    counter = open_window()
    assert counter.shell.home.ask is not None
    assert "司马光" in counter.shell.home.ask.accessibleName()
    counter.keys.press(Key.Key_1)
    assert counter.driver.state.visitor == "司马光"


def test_a_visit_killed_before_f5_can_be_taken_in_afterwards(open_window: Open, practice_hall: Path) -> None:
    kill_when("prepared", practice_hall)
    counter = open_window()
    counter.keys.press(Key.Key_1)
    counter.keys.press(Key.Key_F5)
    received = counter.driver.state.received
    assert received is not None
    assert len(received.numbers) == 1


def test_a_visit_killed_after_f5_is_a_case_whose_paper_waits_to_be_printed(
    open_window: Open, practice_hall: Path
) -> None:
    kill_when("received", practice_hall)
    counter = open_window()
    assert counter.ask(lambda desk: desk.tracking.count()) == 1
    assert counter.ask(lambda desk: desk.reception.drafts()) == ()
    assert len(counter.shell.home.papers.cards) == 1
    counter.keys.press(Key.Key_F6)
    counter.keys.press(Key.Key_Y)
    assert counter.ask(lambda desk: desk.papers.unsettled()) == ()


def test_a_paper_killed_between_printing_and_the_answer_is_asked_about_again(
    open_window: Open, practice_hall: Path
) -> None:
    kill_when("printed", practice_hall)
    counter = open_window()
    card = counter.shell.home.papers.cards[0]
    assert card.paper.state == "printed"
    assert card.ask is not None
