"""The line that all one-line editors are made of."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit


class Line(QLineEdit):
    """A line that tells when it is entered and left, and whether an input method is composing in it."""

    left = Signal()
    entered = Signal()

    def __init__(self, *, latin: bool = False) -> None:
        super().__init__()
        self.composing = False
        self.setMinimumWidth(40)
        if latin:
            self.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhNoPredictiveText)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the line was entered."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the line was left; a menu of its own does not count."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to a page that has them for all its fields."""
        return False if left_to_page(event) else super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Keep in mind whether a word is being composed."""
        super().inputMethodEvent(event)
        self.composing = bool(event.preeditString())


def left_to_page(event: QEvent) -> bool:
    """Answer whether an event asks an editor to claim undo or redo before a shortcut of the page gets it."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
        event.ignore()
        return True
    return False
