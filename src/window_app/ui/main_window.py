"""The main window: a frame that shows one screen after the other and knows when it was painted first."""

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from window_app.settings import Settings
from window_app.ui.theme import Theme, theme_for
from window_app.ui.views.start.screens import StartingScreen

SIZE = (1366, 768)
SMALLEST = (800, 560)


class MainWindow(QMainWindow):
    """Holds the screen on show.

    Signals:
        painted: the first picture stands; what takes time may begin.
        closing: the window is being closed; whoever holds unsaved things writes them through.
    """

    painted = Signal()
    closing = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.theme: Theme = theme_for(settings.theme, settings.text_scale)
        self.setWindowTitle(self.tr("One-window acceptance"))
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        self.stack = QStackedWidget()
        self.stack.setObjectName("stack")
        self.setCentralWidget(self.stack)
        self.painted_at = 0.0
        self.may_close: Callable[[], bool] = lambda: True
        self.starting = StartingScreen(self.theme.px(560))
        self.show_screen(self.starting)

    def show_screen(self, screen: QWidget) -> None:
        """Show a screen in the place of the one before, which is let go."""
        before = self.stack.currentWidget()
        self.stack.addWidget(screen)
        self.stack.setCurrentWidget(screen)
        if before is not None and before is not screen:
            self.stack.removeWidget(before)
            before.deleteLater()

    def application(self) -> QApplication:
        """Return the application this window belongs to.

        Raises:
            RuntimeError: where there is none any more.
        """
        known = QApplication.instance()
        if not isinstance(known, QApplication):
            raise RuntimeError("a window without its application")
        return known

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell, once, that the first picture stands."""
        super().paintEvent(event)
        if not self.painted_at:
            self.painted_at = time.monotonic()
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let everything typed be written before the window goes; `may_close` may ask for it to stay."""
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)
