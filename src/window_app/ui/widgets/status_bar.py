"""The bar at the bottom: who and where, the line to the centre, what is unsent, the printer, the keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from window_app.ui.theme import Theme
from window_app.ui.widgets.texts import Button, label

HEIGHT = 34
KEYS_FROM = 1250


class StatusBar(QWidget):
    """Says calmly how things stand; nothing in it holds anybody up."""

    unsent_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self.setFixedHeight(theme.px(HEIGHT))
        self.practice = label(self.tr("Practice"), "practice")
        self.where = label("")
        self.line = label("", "pill-caution")
        self.unsent = Button("", "link")
        self.unsent.clicked.connect(self.unsent_asked)
        self.printer = label("")
        self.keys = label(self.tr("F2 new visit  F3 find  F5 take in  F6 print  F12 lock"), "faint")
        parts = QHBoxLayout(self)
        parts.setContentsMargins(14, 4, 14, 4)
        parts.setSpacing(16)
        for part in (self.practice, self.where, self.line, self.unsent):
            parts.addWidget(part)
        parts.addStretch(1)
        parts.addWidget(self.printer)
        parts.addWidget(self.keys)
        for part in (self.practice, self.line, self.unsent, self.printer):
            part.hide()

    def show_place(self, parts: list[str], *, practice: bool) -> None:
        """Say whose counter this is."""
        self.where.setText(" · ".join(part for part in parts if part))
        self.practice.setVisible(practice)

    def show_line(self, connected: bool) -> None:
        """Say whether the centre is reached; work goes on either way."""
        self.line.setText("" if connected else self.tr("● Not connected to a centre; work goes on"))
        self.line.setVisible(not connected)

    def show_unsent(self, count: int) -> None:
        """Say how much waits for the centre."""
        self.unsent.setText(self.tr("{n} unsent ›").format(n=count))
        self.unsent.setAccessibleName(self.unsent.text())
        self.unsent.setVisible(count > 0)

    def show_printer(self, name: str, *, ready: bool, simulated: bool) -> None:
        """Say how the printer stands."""
        if simulated:
            text = self.tr("Printer simulated (files)")
        elif ready:
            text = self.tr("Printer {name} ready").format(name=name)
        else:
            text = self.tr("Printer {name} not ready").format(name=name or "–")
        self.printer.setText(text)
        self.printer.setVisible(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the keys out where there is no room."""
        super().resizeEvent(event)
        wide = self.width() >= KEYS_FROM * self._theme.scale
        self.keys.setVisible(wide)
        self.setMinimumWidth(1)
        self.where.setAlignment(Qt.AlignmentFlag.AlignVCenter)
