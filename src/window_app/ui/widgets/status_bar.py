"""The bar at the bottom: who and where, the line to the centre, what is unsent, the printer, the keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from window_app.ui.theme import Theme
from window_app.ui.widgets.texts import Button, label, polish

HEIGHT = 34


class StatusBar(QWidget):
    """Says calmly how things stand; nothing in it holds anybody up."""

    unsent_asked = Signal()
    conflicts_asked = Signal()

    def __init__(self, theme: Theme, *, office: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._printer_warns = False
        self.setFixedHeight(theme.px(HEIGHT))
        self.practice = label(self.tr("Practice"), "practice")
        self.where = label("")
        self.line = label("", "pill-plain")
        self.unsent = Button("", "link")
        self.unsent.clicked.connect(self.unsent_asked)
        self.conflicts = Button("", "link")
        self.conflicts.clicked.connect(self.conflicts_asked)
        self.printer = label("")
        counter = self.tr("F2 new visit  F3 find  F5 take in  F6 print  F12 lock")
        self.keys = label(self.tr("F2 queue  F3 find  F5 take over  F12 lock") if office else counter, "faint")
        parts = QHBoxLayout(self)
        parts.setContentsMargins(14, 4, 14, 4)
        parts.setSpacing(16)
        for part in (self.practice, self.where, self.line, self.unsent, self.conflicts):
            parts.addWidget(part)
        parts.addStretch(1)
        parts.addWidget(self.printer)
        parts.addWidget(self.keys)
        for part in (self.practice, self.line, self.unsent, self.conflicts, self.printer):
            part.hide()

    def show_place(self, parts: list[str], *, practice: bool) -> None:
        """Say whose counter this is."""
        self.where.setText(" · ".join(part for part in parts if part))
        self.practice.setVisible(practice)
        self._fit()

    def show_line(self, tone: str, text: str) -> None:
        """Say whether the centre is reached; work goes on either way."""
        self.line.setText(text)
        self.line.setVisible(bool(text))
        polish(self.line, kind=tone)
        self._fit()

    def show_unsent(self, count: int, apart: int = 0) -> None:
        """Say how much waits for the centre, and how much of what came was set apart: one list has both."""
        text = self.tr("{n} unsent  Ctrl+L ›")
        if apart:
            text = self.tr("{n} unsent · {m} set apart  Ctrl+L ›") if count else self.tr("{m} set apart  Ctrl+L ›")
        self.unsent.setText(text.format(n=count, m=apart))
        self.unsent.setAccessibleName(self.unsent.text())
        self.unsent.setVisible(count + apart > 0)
        self._fit()

    def show_conflicts(self, count: int) -> None:
        """Say how many cases hold a conflict that nobody has settled."""
        self.conflicts.setText(self.tr("{n} to settle  Ctrl+J ›").format(n=count))
        self.conflicts.setAccessibleName(self.conflicts.text())
        self.conflicts.setVisible(count > 0)
        self._fit()

    def show_printer(self, name: str, *, ready: bool, simulated: bool, problem: str = "") -> None:
        """Say how the printer stands; `problem` is in a word what is wrong with it."""
        if simulated:
            text = self.tr("Printer simulated (files)")
        elif ready:
            text = self.tr("Printer {name} ready").format(name=name)
        else:
            wrong = problem or self.tr("not ready")
            text = self.tr("Printer {name}: {problem}").format(name=name or "–", problem=wrong)
        self.printer.setText(text)
        self._printer_warns = not ready and not simulated
        self.printer.setVisible(self._printer_warns)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        self.setMinimumWidth(1)
        self._fit()

    def _fit(self) -> None:
        """Leave the keys out first, then a printer that is ready, then the place; never what needs somebody."""
        kept = [self.practice, self.line, self.unsent, self.conflicts]
        kept += [self.printer] if self._printer_warns else []
        room = self.width() - 28
        room -= sum(part.sizeHint().width() + 16 for part in kept if not part.isHidden())
        spare = [self.where, self.keys] if self._printer_warns else [self.where, self.printer, self.keys]
        for part in spare:
            room -= part.sizeHint().width() + 16
            part.setVisible(bool(part.text()) and room >= 0)
