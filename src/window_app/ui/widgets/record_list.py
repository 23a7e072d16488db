"""The records of a section in short lines, of which only those on show are drawn."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from window_app.ui.widgets.texts import ENTER

Index = QModelIndex | QPersistentModelIndex
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ROOT = QModelIndex()
SHOWN_LINES = 6


class _Lines(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.line: Callable[[int], str] = str

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else self.count

    def data(self, index: Index, role: int = DISPLAY) -> object:
        return self.line(index.row()) if role == DISPLAY and index.isValid() else None


class RecordList(QListView):
    """Some lines of a long list of records, the one on show selected; Enter or a click opens another.

    Signals:
        opened: the number of a record, from 0.
    """

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = _Lines()
        self._lines.setParent(self)
        self.setModel(self._lines)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    def show_records(self, count: int, line: Callable[[int], str], current: int, name: str) -> None:
        """Show so many records; `line` gives the text of one when it comes into view."""
        self.setAccessibleName(name)
        self._lines.line = line
        if count != self._lines.count:
            self._lines.beginResetModel()
            self._lines.count = count
            self._lines.endResetModel()
        if self.currentIndex().row() != current:
            self.setCurrentIndex(self._lines.index(current, 0))
        self.viewport().update()
        height = self.sizeHintForIndex(self._lines.index(0, 0)).height() if count else 0
        self.setFixedHeight(min(count, SHOWN_LINES) * height + 2 * self.frameWidth())

    def texts(self) -> Sequence[str]:
        """Return the lines in view, from the top."""
        first = max(0, self.indexAt(self.viewport().rect().topLeft()).row())
        return [self._lines.line(at) for at in range(first, min(first + SHOWN_LINES, self._lines.count))]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the selected record on Enter."""
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)
