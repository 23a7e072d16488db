"""A draft of an older definition set: what changes for it, and the answers that the new set has no place for."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from window_app.ui.views.visit.state import KeptView, MovingView
from window_app.ui.widgets.texts import Button, bind, clear, label, row


class MovingPanel(QFrame):
    """Shows what changes and asks to go on; nothing is changed before.

    Signals:
        accepted: the draft is to be moved.
        put_off: it is to stay as it is.
    """

    accepted = Signal()
    put_off = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        title = self.tr("The rules were updated since this visit was begun")
        self.setAccessibleName(title)
        self.lines: tuple[str, ...] = ()
        self._told = QVBoxLayout()
        self._told.setSpacing(4)
        self._kept = QVBoxLayout()
        self._kept.setSpacing(4)
        self.accept = Button(self.tr("1  Go on under the new rules"), "primary")
        self.later = Button(self.tr("2  Later, leave it as it is"))
        self.accept.clicked.connect(self.accepted)
        self.later.clicked.connect(self.put_off)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(18, 14, 18, 14)
        lines.setSpacing(10)
        lines.addWidget(label(title, "step-title", wrap=True))
        lines.addLayout(self._told)
        lines.addLayout(self._kept)
        lines.addWidget(label(self.tr("What was filled in stays; nothing is dropped."), "secondary", wrap=True))
        lines.addLayout(row(self.accept, self.later, None))
        self.hide()

    def show_moving(self, view: MovingView | None) -> None:
        """Show what changes; None hides the panel."""
        self.setVisible(view is not None)
        if view is None:
            return
        clear(self._told)
        clear(self._kept)
        unknown = self.tr("The old rules are not on this machine; only what no longer fits can be shown.")
        self.lines = view.lines if view.complete else (unknown, *view.lines)
        for line in self.lines:
            self._told.addWidget(label("· " + line, wrap=True))
        if view.kept:
            self._kept.addWidget(label(self.tr("Kept apart, to be read at any time:"), "field-label", wrap=True))
            for one in view.kept:
                self._kept.addWidget(label(f"    {one.label}：{one.value}", "secondary", wrap=True))
        self.accept.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by number."""
        buttons = {Qt.Key.Key_1: self.accept, Qt.Key.Key_2: self.later}
        button = buttons.get(Qt.Key(event.key())) if not event.modifiers() else None
        if button is None:
            super().keyPressEvent(event)
        else:
            button.click()


class KeptStrip(QFrame):
    """One line that unfolds to the answers that the set in force has no place for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views: tuple[KeptView, ...] = ()
        self.unfolded = False
        self.line = Button("", "quiet-link")
        self.line.clicked.connect(self._turn)
        bind(self, "Ctrl+Shift+K", self.line)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(4)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addLayout(row(self.line, None))
        lines.addLayout(self._answers)
        self.hide()

    def show_kept(self, views: Sequence[KeptView]) -> None:
        """Show these answers, folded; none hides the strip."""
        if tuple(views) != self.views:
            self.views = tuple(views)
            self._draw()
        self.setVisible(bool(self.views))

    def _turn(self) -> None:
        self.unfolded = not self.unfolded
        self._draw()

    def _draw(self) -> None:
        sign = "▾" if self.unfolded else "▸"
        text = self.tr("{n} earlier answers have no place under the new rules and are kept  Ctrl+Shift+K")
        self.line.setText(f"{sign} " + text.format(n=len(self.views)))
        self.line.setAccessibleName(self.line.text())
        clear(self._answers)
        for one in self.views if self.unfolded else ():
            self._answers.addWidget(label(f"    {one.label}：{one.value}", "secondary", wrap=True))
