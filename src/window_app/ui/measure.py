"""Start to first paint, for `window-app bench start`; each function belongs in a process of its own."""

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from window_app.services.desk import Entrance


def empty_paint() -> float:
    """Show an empty main window and return the moment (monotonic clock) of its first paint."""
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    painted: list[float] = []

    class Empty(QMainWindow):
        """The floor: nothing in it."""

        def paintEvent(self, event: QPaintEvent) -> None:
            """Note the moment."""
            super().paintEvent(event)
            painted.append(time.monotonic())

    application = QApplication([])
    window = Empty()
    window.show()
    while not painted:
        application.processEvents()
    window.close()
    return painted[0]


def first_paint(entrance: "Entrance") -> float:
    """Start the program as `run` does and return the moment of its first paint."""
    from window_app import settings
    from window_app.ui.main import dressed_application
    from window_app.ui.main_window import MainWindow

    chosen = settings.load(entrance.directory)
    application = dressed_application(chosen)
    window = MainWindow(chosen)
    window.show()
    while not window.painted_at:
        application.processEvents()
    window.close()
    return window.painted_at
