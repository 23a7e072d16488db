"""Why is it printed again? Laid into the card; a number key answers, another reason is written out."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from window_app.domain.papers import OTHER_REASON, REPRINT_REASONS
from window_app.ui.fields.line import Line
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.growing_area import GrowingArea
from window_app.ui.widgets.texts import Button, label


class ReprintAsk(QFrame):
    """The reasons as buttons with their keys, and a line for another one.

    Signals:
        answered: carries the reason's code, and words where there are some.
        dropped: nothing is printed.
    """

    answered = Signal(str, str)
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ask")
        question = self.tr("Why is it printed again? It is counted and marked on the paper.")
        self.setAccessibleName(question)
        self.buttons: dict[str, Button] = {}
        self.words = Line()
        self.words.setAccessibleName(self.tr("Reason in words"))
        self.words.setPlaceholderText(self.tr("write the reason, then Enter"))
        self.words.returnPressed.connect(self._write)
        self.words.hide()
        self.problem = label(self.tr("Write the reason first."), "note-error")
        self.problem.hide()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(12, 8, 12, 8)
        lines.setSpacing(8)
        cancel = Button(self.tr("Leave it  Esc"))
        cancel.clicked.connect(self.dropped)
        head = QHBoxLayout()
        head.addWidget(label(question, wrap=True), 1)
        head.addWidget(cancel)
        lines.addLayout(head)
        choices = QWidget()
        ways = FlowLayout(choices)
        shown = self._shown()
        for number, code in enumerate(REPRINT_REASONS, start=1):
            button = Button(f"{number}  {shown[code]}", parent=self)
            button.clicked.connect(lambda _=False, code=code: self._choose(code))
            self.buttons[code] = button
            ways.addWidget(button)
        lines.addWidget(choices)
        lines.addWidget(self.words)
        lines.addWidget(self.problem)

    def take_focus(self) -> None:
        """Put the focus on the first reason, and the whole question into sight."""
        self.buttons[REPRINT_REASONS[0]].setFocus()
        self._come_into_sight()

    def _come_into_sight(self) -> None:
        at = self.parentWidget()
        while at is not None and not isinstance(at, GrowingArea):
            at = at.parentWidget()
        if at is not None:
            at.settle(self)
            at.bring_into_sight(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number."""
        number = event.text()
        if number.isdecimal() and 1 <= int(number) <= len(REPRINT_REASONS) and not self.words.hasFocus():
            self.buttons[REPRINT_REASONS[int(number) - 1]].click()
            return
        super().keyPressEvent(event)

    def _choose(self, code: str) -> None:
        if code == OTHER_REASON:
            self.words.show()
            self.words.setFocus()
            self._come_into_sight()
        else:
            self.answered.emit(code, "")

    def _write(self) -> None:
        text = self.words.text().strip()
        self.problem.setVisible(not text)
        if text:
            self.answered.emit(OTHER_REASON, text)

    def _shown(self) -> dict[str, str]:
        return {
            "lost": self.tr("The original is lost"),
            "damaged": self.tr("It is damaged"),
            "unreadable": self.tr("It cannot be read"),
            "not_out": self.tr("It did not come out"),
            "another": self.tr("One more is wanted"),
            "other": self.tr("Another reason"),
        }
