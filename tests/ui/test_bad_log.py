"""Defects behind and before the screen: told, logged as codes, without anything that was typed."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from tests.ui.counter_window import CounterWindow

from window_app import log
from window_app.ui import faults
from window_app.ui.journey.keys import Held, Key

Collected = Callable[[str], dict[str, Any]]
NAME = "诸葛孔明"
NUMBER = "370102199504042646"


@pytest.fixture
def logged(counter: CounterWindow) -> Iterator[CounterWindow]:
    """A counter with its log, as `window-app` starts it."""
    kept = log.start(counter.directory)
    with faults.watched(counter.opening.tell):
        yield counter
    log.stop(kept)


def lines(counter: CounterWindow) -> list[dict[str, Any]]:
    folder = counter.directory / log.FOLDER
    return [json.loads(line) for path in folder.iterdir() for line in path.read_text("utf-8").splitlines()]


def fail() -> None:
    raise ValueError(f"{NAME} {NUMBER}")


def fail_in_a_slot(counter: CounterWindow) -> None:
    """Raise where a signal calls; Qt 6.9 swallows what a bare `QTimer.singleShot` raises."""
    timer = QTimer(counter.window, singleShot=True, interval=0)
    timer.timeout.connect(fail)
    timer.start()


def test_a_defect_of_the_worker_is_a_code_in_the_log_and_a_word_on_the_screen(logged: CounterWindow) -> None:
    logged.opening.tasks.run(fail)
    logged.keys.settle()
    assert "程序内部出错" in logged.shell.word.text()
    entry = lines(logged)[-1]
    assert (entry["code"], entry["error"]["type"]) == ("task.failed", "ValueError")
    assert any("test_bad_log" in place for place in entry["error"]["where"])


def test_a_defect_of_the_interface_is_a_code_in_the_log_and_a_word_on_the_screen(
    logged: CounterWindow, capsys: pytest.CaptureFixture[str]
) -> None:
    fail_in_a_slot(logged)
    logged.keys.wait_until(lambda: logged.shell.word.isVisible())
    assert "程序内部出错" in logged.shell.word.text()
    entry = lines(logged)[-1]
    assert (entry["part"], entry["code"], entry["error"]["type"]) == ("interface", "interface.failed", "ValueError")
    assert NAME not in "".join(capsys.readouterr())


def test_a_visit_with_all_its_failures_leaves_no_name_in_any_file_of_the_log(
    logged: CounterWindow, collected: Collected
) -> None:
    person = collected("01")["answers"]["applicant"]
    logged.driver.prepare(collected("01"))
    logged.keys.press(Key.Key_F5)
    logged.keys.press(Key.Key_F6)
    logged.keys.press(Key.Key_F3)
    logged.keys.type(NAME)
    logged.keys.press(Key.Key_Return)
    logged.keys.press(Key.Key_F2)
    logged.keys.type(NAME)
    logged.keys.press(Key.Key_Return, Held.ControlModifier)
    logged.opening.tasks.run(fail)
    logged.opening.tasks.run_free(fail)
    fail_in_a_slot(logged)
    logged.keys.wait_until(lambda: len(lines(logged)) >= 3)
    folder: Path = logged.directory / log.FOLDER
    kept = b"".join(path.read_bytes() for path in folder.iterdir())
    for value in (NAME, NUMBER, person["name"], person["id_number"], person["phone"]):
        assert value.encode() not in kept
        assert json.dumps(value).strip('"').encode() not in kept
