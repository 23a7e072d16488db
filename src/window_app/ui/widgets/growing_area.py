"""A scroll area whose content is never lower than its broken lines need."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class GrowingArea(QScrollArea):
    """Gives its content the height that its layout needs at the present width, at once.

    Left to itself, Qt asks for that height before the lines inside are shown, and the content stays
    squeezed into the height of the area until the next resize. Who changes the content calls `settle`.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self.setWidgetResizable(True)
        self.setWidget(content)

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
            layout.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self._fit()

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
