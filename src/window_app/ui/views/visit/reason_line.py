"""Where a reason is written at a line of the checklist."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from window_app.ui.widgets.texts import ENTER


class ReasonLine(QLineEdit):
    """Where the reason of a waiver is written: Enter takes it, Escape leaves it."""

    given = Signal(str)
    dropped = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep Escape to itself while it is typed in."""
        overrides = event.type() is QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take or leave what was typed."""
        if event.key() in ENTER:
            self.given.emit(self.text().strip())
        elif event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)
