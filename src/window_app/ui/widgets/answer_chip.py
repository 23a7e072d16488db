"""An earlier answer: question and answer in one line, to be pressed and changed."""

from unicodedata import east_asian_width

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from window_app.ui.widgets.texts import ENTER, label

MOST_SHOWN = 80
MOST_SAID = 60
LEAST_ASKED = 16
"""Counted in letters; a character of full width counts as two."""


class AnswerChip(QFrame):
    """Shows a question with its answer; Enter or a click asks to change it."""

    pressed = Signal()

    def __init__(self, question: str, answer: str, *, being_changed: bool = False) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{question} {answer}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("chip", True)
        self.setProperty("changing", being_changed)
        self.setToolTip(question)
        line = QHBoxLayout(self)
        line.setContentsMargins(6, 1, 6, 1)
        line.setSpacing(6)
        # What was answered is worth more room than what was asked.
        said = shortened(answer, MOST_SAID)
        line.addWidget(label(shortened(question, max(LEAST_ASKED, MOST_SHOWN - letters(said))), "secondary"))
        line.addWidget(label(said, "strong"))

    def sizeHint(self) -> QSize:
        """Return the room that both texts take."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter and Space."""
        if event.key() in (*ENTER, Qt.Key.Key_Space) and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.pressed.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press on a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()


def letters(text: str) -> int:
    """Return how wide a text is in letters.

    >>> letters("wages"), letters("工资")
    (5, 4)
    """
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def shortened(text: str, most: int) -> str:
    """Return a text, or its beginning where it is wider than so many letters.

    >>> shortened("Since when are the wages owed?", 16), shortened("欠薪从何时开始", 8)
    ('Since when are …', '欠薪从…')
    """
    if letters(text) <= most:
        return text
    taken = 0
    for at, one in enumerate(text):
        taken += letters(one)
        if taken > most - 1:
            return text[:at] + "…"
    return text
