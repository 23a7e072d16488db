"""Windows of counters and offices that are enrolled at one real centre, each over a line that can be cut."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.postgres import CentreDatabase
from tests.sync.proxy import Proxy
from tests.ui.counter_window import CounterWindow

from window_app import settings
from window_app.app import Entrance
from window_app.clock import Clock, SystemClock
from window_app.domain.line import LinkState
from window_app.settings import Settings
from window_app.storage import store
from window_app.ui import thread_guard
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.case.case_view import CaseView
from window_app.ui.views.start.screens import SignInScreen

PASSWORD = "Kuai-Le-2026"
CLERKS = {
    "east": ("0312", "李窗口"),
    "west": ("0415", "王窗口"),
    "arbitration": ("0801", "周仲裁"),
    "inspection": ("0901", "吴监察"),
}
CHOSEN = Settings(line_poll_seconds=1, line_spread_seconds=0, line_deadline_seconds=5)


class StationWindow(CounterWindow):
    """The window of one station of the centre, signed in."""

    def __init__(
        self,
        folder: Path,
        centre: CentreDatabase,
        name: str,
        chosen: Settings = CHOSEN,
        clock: Clock | None = None,
    ) -> None:
        directory = folder / name
        with thread_guard.elsewhere():
            way = centre.stations[name].address
            self.proxy = Proxy(way.host, way.port)
            if not directory.exists():
                set_up(directory, centre, name, self.proxy.port)
            settings.save(chosen, directory)
        super().__init__(directory, clock=clock or SystemClock(), chosen=chosen)
        self.sign_in()

    def sign_in(self) -> None:
        """Sign the station's clerk in."""
        self.front()
        self.keys.wait_until(lambda: isinstance(self.screen, SignInScreen))
        self.keys.type(PASSWORD)
        self.keys.press(Key.Key_Return)
        self.keys.wait_until(lambda: self.opening.shell is not None)

    def front(self) -> "StationWindow":
        """Bring this window to the front, where keys go."""
        self.window.activateWindow()
        self.keys.wait_until(self.window.isActiveWindow)
        return self

    def until_sent(self) -> None:
        """Wait until the centre has confirmed everything."""
        self.keys.wait_until(lambda: self.shell.line.status.state is LinkState.CONNECTED)
        self.keys.wait_until(lambda: self.ask(lambda desk: desk.tracking.count_unsent()) == 0)

    def cut(self) -> None:
        """Cut the line and wait until the window says so."""
        self.proxy.faults.refuse = True
        with thread_guard.elsewhere():
            self.proxy.cut_all()
        self.keys.wait_until(lambda: self.shell.line.status.state is LinkState.DOWN)

    def mend(self) -> None:
        """Mend the line and wait until the centre is reached."""
        self.proxy.heal()
        self.shell.line.nudge()
        self.keys.wait_until(lambda: self.shell.line.status.state is LinkState.CONNECTED)

    def receive(self, collected: dict[str, Any]) -> str:
        """Take a collected visit in through the services and return its number."""
        return self.ask(
            lambda desk: desk.receiving.receive(desk.intake.from_json(collected), clock_confirmed=True).cases[0].number
        )

    def open_case(self, number: str) -> None:
        """Find a case by its number and open it, by keys."""
        self.keys.press(Key.Key_F3)
        self.keys.press(Key.Key_A, Held.ControlModifier)
        self.keys.type(number)
        self.keys.press(Key.Key_Return)
        self.keys.wait_until(lambda: self.shell.case.view is not None)
        self.keys.settle()

    @property
    def case(self) -> CaseView:
        """What the page of the case shows."""
        assert self.shell.case.view is not None
        return self.shell.case.view

    def until_case(self, number: str) -> None:
        """Wait until a case has come here."""
        self.keys.wait_until(lambda: self.ask(lambda desk: desk.tracking.case(number)) is not None)

    def close(self) -> None:
        super().close()
        with thread_guard.elsewhere():
            self.proxy.close()


def set_up(directory: Path, centre: CentreDatabase, name: str, port: int) -> None:
    """Set a station up from its enrolment, with its line through a port of ours."""
    enrolment = centre.stations[name].enrolment
    line = replace(centre.stations[name].address, port=port)
    routed = replace(enrolment, secrets=replace(enrolment.secrets, line=line))
    code, clerk = CLERKS[name]
    Entrance(directory, SystemClock()).enrol(routed, code, clerk, PASSWORD, profile=store.CHEAP)
