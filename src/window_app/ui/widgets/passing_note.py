"""A word over the foot of a page: what a key just did. It goes with the next thing that is done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from window_app.ui.widgets.texts import label

MARGIN = 16
WIDEST = 720


class PassingNote(QFrame):
    """Lies over its page and takes neither focus nor clicks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = label("", wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 10, 14, 10)
        line.addWidget(self._text)
        self.hide()

    @property
    def text(self) -> str:
        """Return what is said, "" for nothing."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str) -> None:
        """Say something; "" takes it away."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.place()

    def place(self) -> None:
        """Follow the size of the page."""
        page = self.parentWidget()
        if page is None or self.isHidden():
            return
        margins = self.contentsMargins().left() + self.contentsMargins().right() + 2 * MARGIN
        wanted = self._text.fontMetrics().horizontalAdvance(self._text.text()) + margins + MARGIN
        width = min(wanted, WIDEST, page.width() - 2 * MARGIN)
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setGeometry(MARGIN, page.height() - height - MARGIN, width, height)
        self.raise_()
