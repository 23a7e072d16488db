"""Setting a counter up from its file, signing in, wrong passwords, a second start, all by keys."""

from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.ui.conftest import Open
from tests.ui.counter_window import MORNING, CounterWindow

from window_app.central.enrolment import EnrolmentAuthority, SealCost, StationParticulars
from window_app.ui import single, thread_guard
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.start.screens import SignInScreen, StartingScreen
from window_app.ui.views.start.setting_up import EnrolmentScreen

PASSWORD = "Kuai-Le-2026"


@pytest.fixture
def file_and_code(tmp_path: Path) -> tuple[Path, str]:
    with thread_guard.elsewhere():
        cost = SealCost(memory_kib=64, passes=1, lanes=1)
        authority = EnrolmentAuthority(Ed25519PrivateKey.from_private_bytes(b"r" * 32), b"d" * 32, cost)
        counter = StationParticulars(
            uuid4(), "counter", "3号窗口", "示范区人社服务大厅", "12333", "示范区人民路1号", "440305", "A1C2"
        )
        content, code = authority.enrol(counter, MORNING)
    path = tmp_path / "enrolment.json"
    path.write_bytes(content)
    return path, code


def fill_in(counter: CounterWindow, file: Path, code: str) -> None:
    for text in (str(file), code, "0312", "李窗口", PASSWORD, PASSWORD):
        counter.keys.type(text)
        counter.keys.press(Key.Key_Return)


@pytest.fixture
def enrolled(open_window: Open, tmp_path: Path, file_and_code: tuple[Path, str]) -> CounterWindow:
    """A counter set up from its file through the window."""
    counter = open_window(directory=tmp_path / "real")
    counter.keys.press(Key.Key_2)
    fill_in(counter, *file_and_code)
    counter.keys.wait_until(lambda: counter.opening.shell is not None)
    return counter


def type_password(counter: CounterWindow, password: str) -> None:
    counter.keys.wait_until(lambda: isinstance(counter.screen, SignInScreen))
    counter.keys.type(password)
    counter.keys.press(Key.Key_Return)


def test_an_enrolment_file_makes_a_counter_that_is_not_practice(enrolled: CounterWindow) -> None:
    assert not enrolled.shell.status.practice.isVisible()
    assert "3号窗口" in enrolled.shell.status.where.text()
    assert enrolled.desk.station.issue_code == "A1C2"


def test_a_wrong_code_is_told_and_everything_typed_stays(
    open_window: Open, tmp_path: Path, file_and_code: tuple[Path, str]
) -> None:
    counter = open_window(directory=tmp_path / "real")
    counter.keys.press(Key.Key_2)
    fill_in(counter, file_and_code[0], "2222-2222-2222-2222-2222")
    screen = counter.screen
    assert isinstance(screen, EnrolmentScreen)
    assert screen.problem.isVisible()
    assert screen.values()["name"] == "李窗口"


def test_a_wrong_password_is_told_and_the_right_one_opens(enrolled: CounterWindow) -> None:
    enrolled.keys.press(Key.Key_F12)
    type_password(enrolled, "falsch-falsch")
    screen = enrolled.screen
    assert isinstance(screen, SignInScreen)
    assert "密码" in screen.problem.text()
    assert screen.password.text() == ""
    type_password(enrolled, PASSWORD)
    enrolled.keys.wait_until(lambda: enrolled.opening.shell is not None)


def test_wrong_passwords_in_a_row_make_the_clerk_wait(enrolled: CounterWindow) -> None:
    enrolled.keys.press(Key.Key_F12)
    for _ in range(8):
        type_password(enrolled, "falsch-falsch")
    screen = enrolled.screen
    assert isinstance(screen, SignInScreen)
    assert "秒" in screen.problem.text()


def test_two_passwords_that_differ_are_told_before_anything_is_made(
    open_window: Open, tmp_path: Path, file_and_code: tuple[Path, str]
) -> None:
    counter = open_window(directory=tmp_path / "real")
    counter.keys.press(Key.Key_2)
    for text in (str(file_and_code[0]), file_and_code[1], "0312", "李窗口", PASSWORD, PASSWORD + "x"):
        counter.keys.type(text)
        counter.keys.press(Key.Key_Return)
    screen = counter.screen
    assert isinstance(screen, EnrolmentScreen)
    assert "不一致" in screen.problem.text()
    assert not (tmp_path / "real" / "store.db").exists()


def test_a_second_window_on_the_same_store_brings_the_first_to_the_front(counter: CounterWindow) -> None:
    assert single.raise_first(counter.directory)
    assert not single.raise_first(counter.directory / "elsewhere")


def test_a_store_in_use_by_a_command_is_told_with_a_way_to_try_again(open_window: Open, practice_hall: Path) -> None:
    from window_app.app import Entrance

    with thread_guard.elsewhere():
        command = Entrance(practice_hall).practise()
    counter = open_window()
    screen = counter.screen
    assert isinstance(screen, StartingScreen)
    assert screen.problem.isVisible()
    with thread_guard.elsewhere():
        command.close()
    counter.keys.press(Key.Key_Return)
    counter.keys.wait_until(lambda: counter.opening.shell is not None)


def test_settings_change_the_look_at_once_and_are_kept(counter: CounterWindow, open_window: Open) -> None:
    counter.shell.show_screen("administration")
    counter.keys.settle()
    page = counter.shell.administration
    page.theme.setFocus()
    counter.keys.press(Key.Key_Down)
    counter.keys.press(Key.Key_Return, Held.ControlModifier)
    assert counter.window.settings.theme == "dark"
    again = open_window()
    assert again.window.settings.theme == "dark"
