"""The cells of a sheet that could not be taken: where, what, why; put right in place, left out, or saved."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from window_app.services.sheet_reading import BadCell, SheetReading
from window_app.ui.masking import is_masked_kind, masked
from window_app.ui.views.visit.sheet_words import SheetWords
from window_app.ui.widgets.table import RowsModel, Table
from window_app.ui.widgets.texts import ENTER, Button, bind_here, column, label, row
from window_app.ui.workplace import Workplace

ROW = 28
SHOWN_ROWS = 6
SHARES = (10, 18, 24, 48)


class SheetFaults(QFrame):
    """A list of bad cells with a line to correct the selected one.

    Signals:
        corrected: row of the sheet, column, new text; "" as column lets a doubtful row pass as it is.
        left_out: a row of the sheet that is not wanted.
        save_asked: the bad rows are to be saved as a sheet.
        revealed: a number was shown in full; carries its field.
    """

    corrected = Signal(int, str, str)
    left_out = Signal(int)
    save_asked = Signal()
    revealed = Signal(str)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._words = SheetWords(place.texts)
        self._kinds: dict[str, str] = {}
        self.head = label("", "error", wrap=True)
        columns = [
            (self.tr("Cell"), lambda cell: cell.address),
            (self.tr("Column"), lambda cell: cell.heading or self.tr("whole row")),
            (self.tr("Content"), self._shown),
            (self.tr("Why it was not taken"), self._words.reason),
        ]
        self.table = Table(RowsModel(columns), self.tr("Cells to put right"), place.theme.px(ROW), SHARES, (1,))
        self._height = place.theme.px(ROW)
        self.why = label("", "secondary", wrap=True)
        self.line = CorrectionLine()
        self.line.setAccessibleName(self.tr("Right content of this cell"))
        self.apply_button = Button(self.tr("Check again  Enter"), "link")
        self.leave_button = Button(self.tr("Leave the row out  Ctrl+Delete"), "link")
        self.save_button = Button(self.tr("Save these rows as a sheet  Ctrl+Shift+E"), "link")
        self._lay_out()

    def show_reading(self, reading: SheetReading) -> None:
        """Show what is left to put right; hides itself where nothing is."""
        before: BadCell | None = self.table.current()
        cells = reading.bad_cells
        self._kinds = {column.target: str(column.field.type) for column in reading.columns}
        self.setVisible(bool(cells))
        self.table.records.show_rows(cells)
        lines = min(SHOWN_ROWS, len(cells)) + 1
        self.table.setFixedHeight(lines * self._height + self._height // 2)
        self.head.setText(self._words.bad(reading))
        if not cells:
            return
        at = next((at for at, cell in enumerate(cells) if before is not None and cell.row >= before.row), 0)
        self.table.selectRow(at)

    def _shown(self, cell: BadCell) -> str:
        return masked(self._kinds.get(cell.target, ""), cell.text).replace("\n", " ")

    def _turned(self) -> None:
        cell: BadCell | None = self.table.current()
        if cell is None:
            return
        hidden = is_masked_kind(self._kinds.get(cell.target, ""))
        self.line.setText("" if hidden else cell.text)
        self.line.setPlaceholderText(self._shown(cell) if hidden else "")
        self.line.setVisible(cell.at is not None)
        self.apply_button.setVisible(cell.at is not None)
        self.why.setText(f"{cell.address}  {cell.heading}  {self._words.reason(cell)}")

    def _open(self) -> None:
        """Put the selected cell into the line; a number is shown in full there, which is recorded."""
        cell: BadCell | None = self.table.current()
        if cell is None or cell.at is None:
            return
        kind = self._kinds.get(cell.target, "")
        if is_masked_kind(kind) and cell.text:
            self.revealed.emit(cell.target)
        self.line.setText(cell.text)
        self.line.setFocus()
        self.line.selectAll()

    def _apply(self) -> None:
        cell: BadCell | None = self.table.current()
        if cell is not None and cell.at is not None:
            self.corrected.emit(cell.row, cell.target, self.line.text())
            self.table.setFocus()

    def _leave(self) -> None:
        cell: BadCell | None = self.table.current()
        if cell is not None:
            self.left_out.emit(cell.row)

    def _lay_out(self) -> None:
        lines = column(spacing=4)
        keys = row(self.apply_button, self.leave_button, self.save_button, None, spacing=16)
        for part in (self.head, self.table, self.why, self.line):
            lines.addWidget(part)
        lines.addLayout(keys)
        self.setLayout(lines)
        self.table.selectionModel().currentRowChanged.connect(self._turned)
        self.table.opened.connect(self._open)
        self.apply_button.clicked.connect(self._apply)
        self.leave_button.clicked.connect(self._leave)
        self.save_button.clicked.connect(self.save_asked)
        self.line.finished.connect(self._apply)
        bind_here(self, "Ctrl+Delete", self.leave_button.click)
        bind_here(self, "Ctrl+Shift+E", self.save_button.click)


class CorrectionLine(QLineEdit):
    """A line whose Enter hands over what was typed and goes no further."""

    finished = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand over on Enter."""
        if event.key() in ENTER:
            self.finished.emit()
            return
        super().keyPressEvent(event)
