"""An earlier answer: question and answer in one line, to be pressed and changed."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from window_app.ui.widgets.texts import ENTER, label

MOST_SHOWN = 46
LEAST_ASKED = 12


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
        said = _shortened(answer, MOST_SHOWN - LEAST_ASKED)
        line.addWidget(label(_shortened(question, max(LEAST_ASKED, MOST_SHOWN - len(said) - LEAST_ASKED)), "secondary"))
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


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
