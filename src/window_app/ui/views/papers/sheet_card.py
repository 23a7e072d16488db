"""A long run of sheets in a paper's card: how many, how far, and an end at any time."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout
from shiboken6 import isValid

from window_app.errors import WindowAppError
from window_app.services.paper_runs import RunProgress, RunReport, SheetRun
from window_app.ui.widgets.texts import Button, label, polish, row
from window_app.ui.workplace import Workplace

LOOK_MS = 150
FAILED = "✕ "


class SheetCard(QFrame):
    """Prints or saves a sheet for each person; everything else goes on meanwhile.

    Signals:
        closed: the clerk is done with it.
    """

    closed = Signal()

    def __init__(self, place: Workplace, paper_id: UUID, folder: Path) -> None:
        super().__init__()
        self.setObjectName("ask")
        self.setAccessibleName(self.tr("A sheet for each person"))
        self._place = place
        self._paper_id = paper_id
        self._folder = folder
        self._run: SheetRun | None = None
        self.progress: RunProgress | None = None
        self.told = label(self.tr("Each person of the list signs on a sheet of their own."), wrap=True)
        self.print_button = Button(self.tr("P  Print them"))
        self.save_button = Button(self.tr("S  Save as one file"))
        self.stop = Button(self.tr("C  Cancel"))
        self.close_button = Button(self.tr("X  Close"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the sheets"))
        self.print_button.clicked.connect(self.print)
        self.save_button.clicked.connect(self.save)
        self.stop.clicked.connect(self.cancel)
        self.close_button.clicked.connect(self._close)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(12, 8, 12, 8)
        lines.setSpacing(8)
        lines.addWidget(self.told)
        lines.addWidget(self.bar)
        lines.addLayout(row(self.print_button, self.save_button, self.stop, None, self.close_button))
        self._show_running(False)
        self._read()

    def take_focus(self) -> None:
        """Put the focus on printing."""
        self.print_button.setFocus()

    def print(self) -> None:
        """Make the sheets and send them in parts."""
        runs, run = self._place.desk.paper_runs, self._run
        if run is not None and self.progress is None:
            progress = self._begin()
            self._place.tasks.run_free(lambda: runs.print(run, progress), self._printed, self._failed)

    def save(self) -> None:
        """Make the sheets and save them as one file."""
        from window_app.ui.views.papers.paper_actions import write_pages

        runs, run, folder = self._place.desk.paper_runs, self._run, self._folder
        if run is not None and self.progress is None:
            progress = self._begin()
            stem = f"{run.record.number}-{run.record.kind}-sheets"
            self._place.tasks.run_free(
                lambda: write_pages(folder, stem, runs.pdf(run, progress)), self._saved, self._failed
            )

    def cancel(self) -> None:
        """End the run at the sheet it is at."""
        if self.progress is not None:
            self.progress.cancelled = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button whose letter stands on it."""
        buttons = {"p": self.print_button, "s": self.save_button, "c": self.stop, "x": self.close_button}
        button = buttons.get(event.text().lower())
        if button is not None and button.isVisible():
            button.click()
            return
        super().keyPressEvent(event)

    def _read(self) -> None:
        runs, paper_id = self._place.desk.paper_runs, self._paper_id
        self._place.tasks.run(lambda: runs.sheets(paper_id), self._take, self._failed)

    def _take(self, run: SheetRun) -> None:
        if isValid(self):
            self._run = run
            text = self.tr("{n} people, each signs on a sheet of their own. Printing goes on while you work.")
            self.told.setText(text.format(n=len(run)))

    def _begin(self) -> RunProgress:
        self.progress = RunProgress(total=0 if self._run is None else len(self._run))
        self._show_running(True)
        self.stop.setFocus()
        return self.progress

    def _look(self) -> None:
        now = self.progress
        if now is not None:
            self.bar.setRange(0, max(1, now.total))
            self.bar.setValue(now.made)
            self._say(self._place.texts.text("ui.run.progress", made=now.made, total=now.total, sent=now.sent))

    def _printed(self, report: RunReport) -> None:
        texts = self._place.texts
        if report.failure is not None:
            problem = texts.message(report.failure)
            self._end(FAILED + texts.text("ui.run.failed", sent=report.sent, problem=problem))
        elif report.cancelled:
            self._end(texts.text("ui.run.cancelled", sent=report.sent))
        else:
            self._end(texts.text("ui.run.done", sent=report.sent))

    def _saved(self, path: Path) -> None:
        made = 0 if self.progress is None else self.progress.made
        self._end(self._place.texts.text("ui.run.saved", made=made, path=path))

    def _failed(self, error: WindowAppError) -> None:
        self._end(FAILED + self._place.texts.message(error))

    def _end(self, text: str) -> None:
        if isValid(self):
            self.progress = None
            self._show_running(False)
            self._say(text)
            self.close_button.setFocus()

    def _say(self, text: str) -> None:
        self.told.setText(text)
        polish(self.told, kind="note-error" if text.startswith(FAILED) else "")

    def _show_running(self, running: bool) -> None:
        self.bar.setVisible(running)
        self.stop.setVisible(running)
        for button in (self.print_button, self.save_button, self.close_button):
            button.setVisible(not running)
        if running:
            self._timer.start()
        else:
            self._timer.stop()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
        self.deleteLater()
