"""The screens of a desk are made when they are first asked for, and miss nothing of what was before."""

from tests.ui.conftest import Sit
from tests.ui.counter_window import CounterWindow

from window_app.domain.line import LineStatus, LinkState
from window_app.ui.journey.keys import Held, Key
from window_app.ui.shell import DeskShell


def test_a_desk_opens_with_its_first_screen_alone(counter: CounterWindow) -> None:
    shell = counter.shell
    assert [shell.stack.widget(at) for at in range(shell.stack.count())] == [shell.home]
    assert len(shell.screens) > 10


def test_a_screen_is_made_once_and_stays(counter: CounterWindow) -> None:
    shell = counter.shell
    made = {}
    for name in shell.screens:
        shell.show_screen(name)
        counter.keys.settle()
        made[name] = shell.stack.currentWidget()
    assert len(set(map(id, made.values()))) == len(shell.screens) == shell.stack.count()
    for name, screen in made.items():
        shell.show_screen(name)
        assert shell.stack.currentWidget() is screen
    counter.keys.settle()
    assert shell.stack.count() == len(shell.screens)


def test_a_screen_made_late_shows_how_the_line_stands_and_follows_it(counter: CounterWindow) -> None:
    shell = counter.shell
    down, busy = LineStatus(LinkState.DOWN), LineStatus(LinkState.CONNECTED)
    shell.line.status = down
    shell.line.changed.emit(down)
    assert DeskShell.unsent.made(shell) is None
    assert shell.unsent.status is down
    shell.line.changed.emit(busy)
    assert shell.unsent.status is busy
    counter.keys.settle()


def test_an_office_makes_no_page_of_a_counter_whatever_key_is_pressed(sit: Sit) -> None:
    office = sit("arbitration")
    for key, held in (
        (Key.Key_F9, Held.NoModifier),
        (Key.Key_F10, Held.NoModifier),
        (Key.Key_F9, Held.ShiftModifier),
        (Key.Key_F2, Held.NoModifier),
        (Key.Key_F12, Held.ShiftModifier),
        (Key.Key_F6, Held.NoModifier),
    ):
        office.keys.press(key, held)
    office.shell.refresh_status()
    office.keys.settle()
    assert office.shell.current == "queue"
    assert [office.shell.stack.widget(at) for at in range(office.shell.stack.count())] == [office.shell.queue]
