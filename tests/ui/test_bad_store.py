"""A store that cannot be opened: the first screen says why, where it lies and what to do, and touches nothing."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.ui.conftest import Open
from tests.ui.counter_window import CounterWindow

from window_app.app import Entrance
from window_app.services.desk import Desk
from window_app.settings import Settings
from window_app.storage.engine import Statement
from window_app.storage.opened import Store
from window_app.ui import thread_guard
from window_app.ui.journey.keys import Key
from window_app.ui.main_window import MainWindow
from window_app.ui.opening import Opening
from window_app.ui.views.start.screens import StartingScreen


def flip_first_page(directory: Path) -> None:
    content = bytearray((directory / "store.db").read_bytes())
    content[200] ^= 0x10
    (directory / "store.db").write_bytes(content)


def empty_database(directory: Path) -> None:
    (directory / "store.db").write_bytes(b"")


def lose_slots(directory: Path) -> None:
    (directory / "slots.json").unlink()


def cut_slots(directory: Path) -> None:
    slots = directory / "slots.json"
    slots.write_bytes(slots.read_bytes()[:20])


def contents(directory: Path) -> dict[str, bytes]:
    names = ("store.db", "slots.json")
    return {name: (directory / name).read_bytes() for name in names if (directory / name).exists()}


@pytest.mark.parametrize("harm", [flip_first_page, empty_database, lose_slots, cut_slots])
def test_a_damaged_store_is_told_with_file_and_backup_and_never_written(
    harm: object, open_window: Open, practice_hall: Path
) -> None:
    assert callable(harm)
    sound = contents(practice_hall)
    harm(practice_hall)
    harmed = contents(practice_hall)
    counter = open_window()
    screen = counter.screen
    assert isinstance(screen, StartingScreen)
    for word in ("已损坏", str(practice_hall / "store.db"), "备份", "不要删除"):
        assert word in screen.problem.text()
    counter.keys.press(Key.Key_Return)
    assert contents(practice_hall) == harmed

    for name, content in sound.items():
        (practice_hall / name).write_bytes(content)
    counter.keys.press(Key.Key_Return)
    counter.keys.wait_until(lambda: counter.opening.shell is not None)


def test_a_store_of_a_newer_program_is_told_and_not_touched(open_window: Open, practice_hall: Path) -> None:
    with thread_guard.elsewhere():
        desk = Entrance(practice_hall).practise()
        make_newer(desk)
        desk.close()
    before = contents(practice_hall)
    counter = open_window()
    screen = counter.screen
    assert isinstance(screen, StartingScreen)
    assert "更新版本" in screen.problem.text()
    assert str(practice_hall / "store.db") in screen.problem.text()
    assert contents(practice_hall) == before


def test_slots_of_a_newer_program_are_told(open_window: Open, practice_hall: Path) -> None:
    slots = practice_hall / "slots.json"
    content = json.loads(slots.read_text("utf-8"))
    slots.write_text(json.dumps({**content, "format": 99}), "utf-8")
    screen = open_window().screen
    assert isinstance(screen, StartingScreen)
    assert "更新版本" in screen.problem.text()


def test_a_second_start_goes_away_and_leaves_the_first_with_its_visit(counter: CounterWindow) -> None:
    counter.keys.press(Key.Key_F2)
    counter.keys.type("小龙女")
    second = MainWindow(Settings())
    opening = Opening(second, Entrance(counter.directory))
    second.painted.connect(opening.start)
    second.show()
    counter.keys.wait_until(lambda: bool(second.painted_at) and not second.isVisible())
    opening.close()
    second.deleteLater()
    assert opening.desk is None
    counter.keys.press(Key.Key_Return)
    assert counter.driver.state.visitor == "小龙女"


def make_newer(desk: Desk) -> None:
    store = desk.upkeep
    assert isinstance(store, Store)
    with store._database.transaction():
        store._database.run(Statement(text("UPDATE alembic_version SET version_num = '9999'")))
