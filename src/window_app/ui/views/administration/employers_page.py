"""The employer directory of this machine: what it holds, and taking another one in from a file."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QVBoxLayout, QWidget

from window_app.clock import CHINA
from window_app.domain.employers import DirectoryState
from window_app.errors import WindowAppError
from window_app.services.employers import ImportProgress, ImportReport
from window_app.ui.fields.line import Line
from window_app.ui.widgets.table import RowsModel, Table
from window_app.ui.widgets.texts import ENTER, Button, bind_here, label, row
from window_app.ui.workplace import Workplace

LOOK_MS = 200
ROW = 34


class EmployersPage(QWidget):
    """Takes a directory in beside everything else, with its progress, and says what was refused.

    Signals:
        closed: the clerk leaves the page.
        progressed: an import goes on; the machine is not idle.
    """

    closed = Signal()
    progressed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setObjectName("page")
        self.place = place
        self.progress: ImportProgress | None = None
        self.report: ImportReport | None = None
        self.state = label("", "secondary", wrap=True)
        self.file = Line()
        self.file.setPlaceholderText(
            self.tr("CSV or xlsx: name, credit code, address, representative, phone, industry")
        )
        self.file.setAccessibleName(self.tr("File of the directory"))
        self.choose = Button(self.tr("Choose  Ctrl+O"))
        self.replace = Button(self.tr("Replace the directory  Ctrl+Enter"), "primary")
        self.keep = Button(self.tr("Add to the directory  Ctrl+Shift+Enter"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the import"))
        self.told = label("", "secondary", wrap=True)
        self.stop = Button(self.tr("Cancel the import  Ctrl+Delete"))
        self.problem = label("", "note-error", wrap=True)
        self.result = label("", "", wrap=True)
        columns = [
            (self.tr("Row"), lambda one: str(one.row)),
            (self.tr("Column"), lambda one: one.column or "—"),
            (self.tr("Why it was left out"), lambda one: self.place.texts.message(one.reason)),
        ]
        self.refusals = Table(RowsModel(columns), self.tr("Rows left out"), place.theme.px(ROW), (1, 3, 12), (1,))
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._lay_out()
        self._join()
        self._show_running(False)

    def refresh(self) -> None:
        """Read again what the directory is."""
        self.place.tasks.run(self.place.desk.employers.state, self._show_state, self._failed)

    def take_focus(self) -> None:
        """Put the focus into the line of the file."""
        self.file.setFocus()

    def cancel(self) -> None:
        """End the import that runs; the directory stays what it is."""
        if self.progress is not None:
            self.progress.cancelled = True

    def start(self, *, keep: bool) -> None:
        """Take the file in, in the place of the directory or in addition to it."""
        name = self.file.text().strip()
        if self.progress is not None:
            return
        if not name:
            self.problem.setText("✕ " + self.tr("Choose the file first."))
            self.problem.show()
            self.file.setFocus()
            return
        progress, employers = ImportProgress(), self.place.desk.employers
        self.progress = progress
        self._show_running(True)
        path = Path(name).expanduser()
        self.place.tasks.run_free(
            lambda: employers.take_in(path, keep=keep, progress=progress), self._done, self._failed
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin by Enter in the line of the file."""
        if event.key() in ENTER and self.file.hasFocus():
            self.replace.setFocus()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("card", True)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(24, 18, 24, 18)
        inner.setSpacing(12)
        inner.addWidget(self.state)
        line = row(self.file, self.choose)
        line.setStretch(0, 1)
        inner.addLayout(line)
        inner.addLayout(row(self.replace, self.keep, None))
        inner.addWidget(self.bar)
        inner.addLayout(row(self.told, None, self.stop))
        inner.addWidget(self.problem)
        inner.addWidget(self.result)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(18, 14, 18, 16)
        lines.setSpacing(10)
        lines.addWidget(label(self.tr("Employer directory"), "page-title"))
        lines.addWidget(card)
        lines.addWidget(self.refusals, 1)
        lines.addStretch(0)
        self.problem.hide()
        self.result.hide()
        self.refusals.hide()

    def _join(self) -> None:
        self.choose.clicked.connect(self._choose)
        self.replace.clicked.connect(lambda: self.start(keep=False))
        self.keep.clicked.connect(lambda: self.start(keep=True))
        self.stop.clicked.connect(self.cancel)
        bind_here(self, "Ctrl+O", self.choose.click)
        bind_here(self, "Ctrl+Return", self.replace.click)
        bind_here(self, "Ctrl+Shift+Return", self.keep.click)
        bind_here(self, "Ctrl+Delete", self.stop.click)

    def _choose(self) -> None:
        kinds = self.tr("Tables (*.csv *.txt *.xlsx)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Employer directory"), str(Path.home()), kinds)
        if name:
            self.file.setText(name)
            self.replace.setFocus()

    def _show_state(self, state: DirectoryState | None) -> None:
        if state is None:
            self.state.setText(self.tr("There is no directory on this machine yet."))
            return
        when = state.imported_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
        text = self.tr("{n} employers, taken in from {file} on {when}; searched without a line to the centre.")
        self.state.setText(text.format(n=f"{state.entries:,}", file=state.source, when=when))

    def _show_running(self, running: bool) -> None:
        for part in (self.bar, self.told, self.stop):
            part.setVisible(running)
        for entry in (self.file, self.choose, self.replace, self.keep):
            entry.setEnabled(not running)
        if running:
            self.problem.hide()
            self.result.hide()
            self.refusals.hide()
            self.bar.setRange(0, 0)
            self._look()
            self._timer.start()
            self.stop.setFocus()
        else:
            self._timer.stop()

    def _look(self) -> None:
        now = self.progress
        if now is None:
            return
        self.progressed.emit()
        if now.share is not None:
            self.bar.setRange(0, 1000)
            self.bar.setValue(round(now.share * 1000))
        text = self.tr("{rows} rows read, {taken} taken, {refused} left out")
        self.told.setText(text.format(rows=f"{now.rows:,}", taken=f"{now.taken:,}", refused=f"{now.refused:,}"))

    def _done(self, report: ImportReport) -> None:
        self.progress, self.report = None, report
        self._show_running(False)
        lines = [self.tr("✓ {n} employers taken in.").format(n=f"{report.taken:,}")]
        if report.refused:
            lines.append(self.tr("{n} rows were left out; the rest stands.").format(n=f"{report.refused:,}"))
        if report.unread:
            lines.append(self.tr("Columns without a place: {headings}").format(headings="、".join(report.unread)))
        lines.extend(self.place.texts.message(note) for note in report.notes)
        self.result.setText("\n".join(lines))
        self.result.show()
        self.refusals.records.show_rows(report.refusals)
        self.refusals.setVisible(bool(report.refusals))
        self._show_state(report.state)
        self.file.setFocus()

    def _failed(self, error: WindowAppError) -> None:
        self.progress = None
        self._show_running(False)
        self.problem.setText("✕ " + self.place.texts.message(error))
        self.problem.show()
        self.file.setFocus()
