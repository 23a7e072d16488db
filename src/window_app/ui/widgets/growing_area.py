"""A scroll area whose content is never lower than its broken lines need."""

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

MARGIN = 24
LABEL = 90
"""Room for the name above a field, in the largest text."""


class GrowingArea(QScrollArea):
    """Gives its content the height that its layout needs at the present width.

    Left to itself, Qt asks for that height before the lines inside are shown, and the content stays
    squeezed into the height of the area until the next resize. So the height is asked for again once
    a change has been laid out; who needs it within the same turn calls `settle`.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._follow)
        self.setWidgetResizable(True)
        self.setWidget(content)
        content.installEventFilter(self)

    def settle(self, changed: QWidget | None = None) -> None:
        """Lay the content out now; `changed` is the part deep inside that grew or shrank, if only one did."""
        part = changed
        while part is not None and part is not self._content:
            inner = part.layout()
            if inner is not None:
                inner.invalidate()
            part.updateGeometry()
            part = part.parentWidget()
        layout = self._content.layout()
        if layout is not None:
            layout.invalidate()
            self._fit()
            self._grow()
            layout.activate()

    def bring_into_sight(self, part: QWidget, above: int = MARGIN) -> None:
        """Scroll until a part is in sight with so much above it; of one higher than the area, until its head is.

        One that fills the area already stays as it is. Qt's own way leaves no room above what is just in sight.
        """
        bar, area = self.verticalScrollBar(), self.viewport().height()
        top = part.mapTo(self._content, QPoint()).y()
        bottom = top + part.height()
        if part.height() + above <= area:
            bar.setValue(min(max(bar.value(), bottom + MARGIN - area), top - above))
        elif not top <= bar.value() <= bottom - area:
            bar.setValue(top - MARGIN)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for the height again after the content was laid out."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self._content:
            self._later.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self._fit()

    def _follow(self) -> None:
        """Fit, and keep in sight what has the keyboard where that moved things."""
        before = self._content.minimumHeight()
        self._fit()
        layout, focus = self._content.layout(), QApplication.focusWidget()
        if layout is None or focus is None or before == self._content.minimumHeight():
            return
        if self._content.isAncestorOf(focus):
            self._grow()
            layout.activate()
            self.bring_into_sight(focus, LABEL)

    def _grow(self) -> None:
        """Give the content its height at once, so that the bar reaches whatever is scrolled to in the same turn."""
        self._content.resize(self._content.width(), max(self._content.minimumHeight(), self.viewport().height()))

    def _fit(self) -> None:
        layout = self._content.layout()
        if layout is None:
            return
        for _ in range(2):  # the bar that the height calls for takes some of the width
            broken = layout.hasHeightForWidth()
            width = self.viewport().width()
            needed = layout.totalHeightForWidth(width) if broken else layout.totalSizeHint().height()
            if needed == self._content.minimumHeight():
                return
            self._content.setMinimumHeight(needed)
