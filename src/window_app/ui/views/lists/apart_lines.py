"""What came from the centre and was set apart: whose, since when, why, and what to do."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy

from window_app.domain.line import SetApart
from window_app.ui.views.lists.line_words import LineWords
from window_app.ui.views.lists.waiting_card import WaitingCard

LEAST_HEIGHT = 84
LEAST_WIDTH = 320


class ApartLines(QScrollArea):
    """What was set apart, by reason; takes no more room than the list above it leaves, and scrolls in that."""

    def __init__(self, words: LineWords) -> None:
        super().__init__()
        self._words = words
        self._card = WaitingCard()
        self.setWidget(self._card)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(self.tr("Set apart"))
        self.hide()

    @property
    def texts(self) -> list[str]:
        """Return the lines on show, without the heading."""
        return self._card.texts

    def show_rows(self, rows: Sequence[SetApart], count: int) -> None:
        """Show these, the oldest of so many; what is to be done stands once under all of one reason."""
        self._card.begin(self.tr("Set apart: {n}").format(n=count), len(rows))
        for reason in dict.fromkeys(one.reason for one in rows):
            held = [one for one in rows if one.reason == reason]
            new = any(one.seen_at is None for one in held)
            self._card.add(self._words.apart(held), "" if new else "faint")
            self._card.add(self._words.apart_advice(reason), "secondary" if new else "faint")
        self.setVisible(bool(rows))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return room for all lines."""
        return QSize(super().sizeHint().width(), self._card.heightForWidth(max(self.viewport().width(), LEAST_WIDTH)))

    def minimumSizeHint(self) -> QSize:
        """Return room for a few lines; the rest is scrolled to."""
        return QSize(LEAST_WIDTH, min(LEAST_HEIGHT, self.sizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height once new lines have theirs: Qt shows what is put into a layout a little later."""
        if watched is self._card and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height where the lines break otherwise."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
