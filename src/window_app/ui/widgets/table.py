"""Lists of records as tables: small ones whole, the list of all cases a window at a time."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from window_app.ui.widgets.texts import ENTER

Index = QModelIndex | QPersistentModelIndex
Column = tuple[str, Callable[[Any], str]]
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ROOT = QModelIndex()
PAGE = 100
KEPT_PAGES = 40
NARROW_ROWS = 22


class RowsModel(QAbstractTableModel):
    """Records that are all at hand."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = list(columns)
        self.rows: list[Any] = []

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these records."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many records there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = DISPLAY) -> object:
        """Return the text of a cell."""
        if role != DISPLAY or not index.isValid():
            return None
        record = self.record(index.row())
        return "…" if record is None else self._columns[index.column()][1](record)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        """Return a column's title."""
        if role == DISPLAY and orientation == Qt.Orientation.Horizontal:
            return self._columns[section][0]
        return None

    def record(self, row: int) -> Any:  # noqa: ANN401 - a table holds records of any kind
        """Return the record of a row, None where it is not at hand."""
        return self.rows[row] if 0 <= row < len(self.rows) else None


class WindowedModel(RowsModel):
    """Records of which only the pages looked at are fetched; a page comes later, by `take`.

    Signals:
        wanted: the number of a page that somebody looks at and that is not here.
    """

    wanted = Signal(int)

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(columns, parent)
        self._count = 0
        self._pages: dict[int, Sequence[Any]] = {}
        self._asked: set[int] = set()

    def restart(self, count: int) -> None:
        """Show a list of so many records, none of which is here yet."""
        self.beginResetModel()
        self._count = count
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many records the list holds."""
        return 0 if parent.isValid() else self._count

    def record(self, row: int) -> Any:  # noqa: ANN401 - a table holds records of any kind
        """Return the record of a row; asks for its page where it is not here."""
        page, at = divmod(row, PAGE)
        if page not in self._pages and page not in self._asked:
            self._asked.add(page)
            self.wanted.emit(page)
        known = self._pages.get(page, ())
        return known[at] if at < len(known) else None

    def take(self, page: int, records: Sequence[Any]) -> None:
        """Take a page that was fetched; the pages longest not looked for are let go."""
        self._asked.discard(page)
        self._pages[page] = records
        while len(self._pages) > KEPT_PAGES:
            self._pages.pop(next(iter(self._pages)))
        first = page * PAGE
        last = min(first + PAGE, self._count) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))


class Table(QTableView):
    """A table of records, one selected at a time; Enter or a double click opens it."""

    opened = Signal(object)

    def __init__(
        self, model: RowsModel, name: str, row_height: int, shares: Sequence[int], spare: Sequence[int] = ()
    ) -> None:
        """Take the records, a name for readers of the screen, and the columns' shares of the width.

        `spare` names the columns that are left out where the text is too large for all of them.
        """
        super().__init__()
        # A model that only Python holds would die wherever the collector runs, on a worker too.
        model.setParent(self)
        self.records = model
        self._shares = shares
        self._spare = frozenset(spare)
        self._narrow = NARROW_ROWS * row_height
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their shares of the width."""
        super().resizeEvent(event)
        width = self.viewport().width()
        left_out = self._spare if width < self._narrow else frozenset()
        total = sum(share for column, share in enumerate(self._shares) if column not in left_out)
        for column, share in enumerate(self._shares):
            self.setColumnHidden(column, column in left_out)
            self.setColumnWidth(column, max(40, width * share // total))

    def current(self) -> Any:  # noqa: ANN401 - a table holds records of any kind
        """Return the record that is selected, None where none is."""
        index = self.currentIndex()
        return self.records.record(index.row()) if index.isValid() else None

    def select_first(self) -> None:
        """Select the first record."""
        if self.records.rowCount():
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the selected record on Enter."""
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._open(self.currentIndex().row())
            return
        if event.text().isdigit():
            event.ignore()  # numbers narrow the list; the search of a table by typing would take them
            return
        super().keyPressEvent(event)

    def _open(self, row: int) -> None:
        record = self.records.record(row)
        if record is not None:
            self.opened.emit(record)
