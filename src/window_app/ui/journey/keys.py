"""Pressing keys on a real window, and waiting until it has come to rest."""

from collections.abc import Callable
from time import monotonic, sleep

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from window_app.ui.qt_tasks import QtTasks

PATIENCE = 30.0
TYPED_AT_MOST = 60
Key = Qt.Key
Held = Qt.KeyboardModifier


class NothingHappened(Exception):
    """The window did not come to what was waited for."""


class Keys:
    """The keyboard of one window. Text that no keyboard has comes as an input method's commit."""

    def __init__(self, window: QWidget, tasks: QtTasks) -> None:
        self._window = window
        self._tasks = tasks

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Held.NoModifier) -> None:
        """Press a key where the focus is, and wait until everything it started is done."""
        QTest.keyClick(self.target(), key, held)
        self.settle()

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        plain = text.isascii() and text.isprintable() and len(text) <= TYPED_AT_MOST
        if plain:
            QTest.keyClicks(self.target(), text)
        else:
            event = QInputMethodEvent("", [])
            event.setCommitString(text)
            QApplication.sendEvent(self.target(), event)
        QApplication.processEvents()

    def target(self) -> QWidget:
        """Return the widget that has the focus, the window where none has."""
        for found in (QApplication.focusWidget(), self._window.focusWidget()):
            if isinstance(found, QWidget):
                return found
        return self._window

    def settle(self) -> None:
        """Wait until no work is under way."""
        self.wait_until(lambda: self._tasks.running == 0)

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds.

        Raises:
            NothingHappened: it did not within half a minute.
        """
        end = monotonic() + PATIENCE
        self._turn()
        while not holds():
            if monotonic() > end:
                raise NothingHappened(f"focus on {self.target()!r}")
            sleep(0.002)
            self._turn()
        # What came last is laid out in one turn and given its height in the next.
        for _ in range(3):
            self._turn()

    def _turn(self) -> None:
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
