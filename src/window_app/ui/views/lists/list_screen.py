"""Lists on a page of their own: a title, a table, what stands there while it is empty; and one that is searched."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from window_app.errors import WindowAppError
from window_app.ui.fields.line import Line
from window_app.ui.widgets.table import Column, RowsModel, Table
from window_app.ui.widgets.texts import ENTER, Button, label, row
from window_app.ui.workplace import Workplace

TYPING_MS = 120
ROW = 36
Find = Callable[[str], Sequence[Any]]
Widths = tuple[Sequence[int], Sequence[int]]


class ListScreen(QWidget):
    """A title, a table, and the sentence that stands there while the table is empty."""

    def __init__(
        self, place: Workplace, title: str, model: RowsModel, shares: Sequence[int], spare: Sequence[int] = ()
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.place = place
        self.title = label(title, "page-title")
        self.count = label("", "secondary")
        self.table = Table(model, title, place.theme.px(ROW), shares, spare)
        self.empty = label("", "secondary", wrap=True)
        self.empty_action = Button("")
        self.empty_action.hide()
        self.empty.hide()
        self.problem = label("", "note-error", wrap=True)
        self.problem.hide()
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(18, 14, 18, 16)
        self.lines.setSpacing(10)
        self.heading = row(self.title, self.count, None)
        self.lines.addLayout(self.heading)
        self.lines.addWidget(self.problem)
        self.lines.addWidget(self.empty)
        self.lines.addLayout(row(self.empty_action, None))
        self.lines.addWidget(self.table, 1)
        self.lines.addStretch(0)

    def refresh(self) -> None:
        """Read again what the list shows; one that shows what was searched has nothing to do."""

    def show_empty(self, text: str, action: str = "") -> None:
        """Show the sentence for an empty list, "" where there is something."""
        self.empty.setText(text)
        self.empty.setVisible(bool(text))
        self.empty_action.setText(action)
        self.empty_action.setVisible(bool(text) and bool(action))
        self.table.setVisible(not text)

    def show_failure(self, error: WindowAppError) -> None:
        """Say why the list cannot be shown."""
        self.problem.setText("✕ " + self.place.texts.message(error))
        self.problem.show()


class SearchScreen(ListScreen):
    """A line and what it finds as one types: Down goes into the list, Enter opens what was found.

    Attributes:
        searched: the text whose rows are on show.

    Signals:
        row_opened: a row is to be shown; carries what it stands for.
    """

    row_opened = Signal(object)

    def __init__(self, place: Workplace, title: str, find: Find, columns: list[Column], widths: Widths) -> None:
        """Take what finds rows by a text, where the store lives; and the shares of the columns, and those to spare."""
        super().__init__(place, title, RowsModel(columns), *widths)
        self._find = find
        self.line = Line()
        self.lines.insertWidget(1, self.line)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self.search)
        self.line.textEdited.connect(lambda _="": self._timer.start())
        self.table.opened.connect(self.open_row)
        self.searched = ""

    def open_row(self, found: Any) -> None:  # noqa: ANN401 - a row of whatever is found
        """Tell that a row is to be shown."""
        self.row_opened.emit(found)

    def nothing(self, text: str) -> tuple[str, str]:
        """Return the sentence where a text finds nothing or none was typed, and what can be done then."""
        return (self.tr("Nothing found for “{text}”.").format(text=text) if text else "", "")

    def take_focus(self) -> None:
        """Put the focus into the line."""
        self.line.setFocus()
        self.line.selectAll()

    def search(self) -> None:
        """Look for what stands in the line now."""
        self._timer.stop()
        text, find = self.line.text().strip(), self._find

        def done(rows: Sequence[Any]) -> None:
            if text == self.line.text().strip():
                self._show_found(text, rows)

        self.place.tasks.run(lambda: find(text), done, self.show_failure)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from the line to the list by Down; open the first by Enter."""
        if event.key() == Qt.Key.Key_Down and self.line.hasFocus():
            self.table.setFocus()
            self.table.select_first()
        elif event.key() in ENTER and self.line.hasFocus():
            self._open_first()
        else:
            super().keyPressEvent(event)

    def _open_first(self) -> None:
        if self._timer.isActive() or self.searched != self.line.text().strip():
            self.search()
            # Behind that search, so that what was typed last decides what opens.
            self.place.tasks.run(lambda: None, lambda _: self._open_current())
        else:
            self._open_current()

    def _open_current(self) -> None:
        found = self.table.current() or self.table.records.record(0)
        if found is not None:
            self.open_row(found)

    def _show_found(self, text: str, rows: Sequence[Any]) -> None:
        self.searched = text
        self.problem.hide()
        self.table.records.show_rows(rows)
        self.table.select_first()
        self.count.setText(self.tr("{n} found").format(n=len(rows)) if rows else "")
        self.show_empty(*(("", "") if rows else self.nothing(text)))
