"""The real window on a real store, and a keyboard before it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from window_app import settings
from window_app.app import Entrance
from window_app.clock import Clock
from window_app.services.desk import Desk
from window_app.services.practice import SampleClock
from window_app.settings import Settings
from window_app.ui.journey.driver import Visit, VisitDriver
from window_app.ui.journey.keys import Keys
from window_app.ui.main import dressed_application
from window_app.ui.main_window import MainWindow
from window_app.ui.opening import Opening
from window_app.ui.shell import DeskShell
from window_app.ui.views.visit.visit_page import VisitPage

MORNING = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
Result = TypeVar("Result")


class CounterWindow:
    """A window as the program opens it. `shell` is there once a desk is at work."""

    def __init__(self, directory: Path, *, clock: Clock | None = None, chosen: Settings | None = None) -> None:
        self.directory = directory
        self.clock = clock or SampleClock(MORNING)
        self.entrance = Entrance(directory, self.clock)
        self.papers = directory / "saved"
        known = chosen or settings.load(directory)
        dressed_application(known)
        self.window = MainWindow(known)
        self.opening = Opening(self.window, self.entrance, papers_folder=self.papers)
        self.keys = Keys(self.window, self.opening.tasks)
        self.window.painted.connect(self.opening.start)
        self.window.show()
        self.keys.wait_until(lambda: self.window.stack.currentWidget() is not self.window.starting)
        self.keys.settle()

    @property
    def shell(self) -> DeskShell:
        assert self.opening.shell is not None, self.screen
        return self.opening.shell

    @property
    def screen(self) -> QWidget | None:
        return self.window.stack.currentWidget()

    @property
    def page(self) -> VisitPage:
        assert self.shell.visit is not None
        return self.shell.visit

    @property
    def desk(self) -> Desk:
        assert self.opening.desk is not None
        return self.opening.desk

    @property
    def driver(self) -> VisitDriver:
        return UnpaintedDriver(self)

    def ask(self, work: Callable[[Desk], Result]) -> Result:
        """Ask the services something where the store lives."""
        found: list[Result] = []
        self.opening.tasks.run(lambda: work(self.desk), found.append)
        self.keys.settle()
        return found[0]

    def front(self) -> "CounterWindow":
        """Bring this window to the front, where keys go: a window that another test closed had them last."""
        self.window.activateWindow()
        self.keys.wait_until(self.window.isActiveWindow)
        return self

    def close(self) -> None:
        self.window.close()
        self.opening.close()
        self.window.deleteLater()
        # At once: else it is dressed anew when the next window wears another look.
        QApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete.value)


class UnpaintedDriver(VisitDriver):
    """Goes a visit's way without a picture of each step, which is a quarter of the work; the end is painted.

    Every step of every kind of visit is painted in tests/ui/test_visits.py, at the sizes of text in test_large_text.py
    and in the headless run.
    """

    def __init__(self, counter: CounterWindow) -> None:
        super().__init__(counter.shell, counter.keys)
        self._window = counter.window

    def prepare(self, visit: Visit) -> None:
        with self._unpainted():
            super().prepare(visit)

    def tell_who(self, answers: Mapping[str, Any]) -> None:
        with self._unpainted():
            super().tell_who(answers)

    def answer_questions(self, facts: Mapping[str, Any]) -> None:
        with self._unpainted():
            super().answer_questions(facts)

    @contextmanager
    def _unpainted(self) -> Iterator[None]:
        before = self._window.updatesEnabled()
        self._window.setUpdatesEnabled(False)
        try:
            yield
        finally:
            self._window.setUpdatesEnabled(before)
