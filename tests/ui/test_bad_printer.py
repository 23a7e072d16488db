"""Printers that are missing, refuse or take their time: the paper stays, the screen says what to do."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.ui.conftest import Open
from tests.ui.counter_window import CounterWindow

from window_app import settings
from window_app.settings import Settings
from window_app.ui.journey.keys import Key, Keys

Collected = Callable[[str], dict[str, Any]]
TAKES = "#!/bin/sh\ncat > /dev/null\necho 'request id is hall-7 (1 file(s))'\n"
UNKNOWN = "#!/bin/sh\ncat > /dev/null\necho 'lp: The printer or class does not exist.' >&2\nexit 1\n"
REFUSES = "#!/bin/sh\ncat > /dev/null\necho 'lp: Destination is not accepting jobs.' >&2\nexit 1\n"


class FakePrinting:
    """A folder of `lp` and `lpstat` that stands alone on the PATH, with the shell and what it needs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("sh", "cat", "sleep", "test", "touch"):
            found = next(
                Path(place) / name for place in os.defpath.split(":") if place and (Path(place) / name).exists()
            )
            (folder / name).symlink_to(found)
        self.put("lpstat", "#!/bin/sh\nexit 0\n")

    def put(self, name: str, script: str) -> None:
        path = self.folder / name
        path.unlink(missing_ok=True)
        path.write_text(script)
        path.chmod(0o755)


@pytest.fixture
def printing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakePrinting:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return FakePrinting(folder)


@pytest.fixture
def counter(printing: FakePrinting, open_window: Open, practice_hall: Path, collected: Collected) -> CounterWindow:
    """A counter that prints through `lp`, with a receipt on the screen."""
    del printing
    settings.save(Settings(printer_driver="cups", printer_queue="hall"), practice_hall)
    opened = open_window()
    opened.driver.take_in(collected("01"))
    return opened


def note(counter: CounterWindow) -> str:
    return counter.page.received.papers.cards[0].note.text()


def state(counter: CounterWindow) -> str:
    return counter.page.received.papers.cards[0].paper.state


@pytest.mark.parametrize(("script", "word"), [(UNKNOWN, "没有名为"), (REFUSES, "停用或者不接收"), ("", "没有安装")])
def test_a_job_that_is_not_taken_leaves_the_paper_and_f6_prints_it_later(
    script: str, word: str, counter: CounterWindow, printing: FakePrinting
) -> None:
    if script:
        printing.put("lp", script)
    counter.keys.press(Key.Key_F6)
    assert word in note(counter)
    assert "再按 F6" in note(counter)
    assert state(counter) == "rendered"
    assert counter.page.received.papers.cards[0].ask is None

    printing.put("lp", TAKES)
    counter.keys.press(Key.Key_F6)
    assert "hall-7" in note(counter)
    counter.keys.press(Key.Key_Y)
    assert state(counter) == "confirmed"


def test_a_slow_printer_holds_up_neither_typing_nor_the_next_visit_and_prints_once(
    counter: CounterWindow, printing: FakePrinting, tmp_path: Path
) -> None:
    go, jobs = tmp_path / "go", tmp_path / "jobs"
    slow = f"cat > /dev/null\necho job >> {jobs}\nwhile ! test -e {go}; do sleep 0.05; done\n"
    printing.put("lp", f"#!/bin/sh\n{slow}echo 'request id is hall-8'\n")
    keys = Impatient(counter)
    keys.press(Key.Key_F6)
    keys.wait_until(jobs.exists)
    keys.press(Key.Key_F6)
    keys.wait_until(lambda: "请等它回应" in note(counter))
    shell, old = counter.shell, counter.page
    keys.press(Key.Key_F2)
    keys.wait_until(lambda: shell.visit is not None and shell.visit is not old and shell.visit.state is not None)
    keys.wait_until(lambda: counter.page.who.ordered()[0].has_focus())
    keys.type("黄药师")
    keys.press(Key.Key_Return)
    keys.wait_until(lambda: counter.driver.state.visitor == "黄药师")
    saved: list[str] = []
    counter.opening.tasks.run(
        lambda: [one.visitor for one in counter.desk.reception.drafts()], lambda found: saved.extend(found)
    )
    keys.wait_until(lambda: bool(saved))
    assert saved == ["黄药师"]
    assert not go.exists(), "all of this while lp had not answered"

    go.touch()
    counter.keys.settle()
    assert jobs.read_text().split() == ["job"]
    counter.keys.press(Key.Key_F4)
    card = counter.shell.home.papers.cards[0]
    assert card.paper.state == "printed"
    assert card.ask is not None


class Impatient(Keys):
    """Presses keys without waiting for what they started."""

    def __init__(self, counter: CounterWindow) -> None:
        super().__init__(counter.window, counter.opening.tasks)

    def settle(self) -> None:
        """Let what has arrived be shown, and wait for nothing."""
        self._turn()
