"""All papers that wait, one after the other: printed or saved, with progress, and an end at any of them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from window_app.domain.papers import PaperState, StoredPaper
from window_app.errors import WindowAppError
from window_app.services.papers import SILENT, PrintJob
from window_app.ui.views.papers.paper_actions import papers_folder, write_pages
from window_app.ui.widgets.texts import Button, bind_here, label, polish, row
from window_app.ui.workplace import Workplace

FAILED = "✕ "
UNPRINTED = (PaperState.ISSUED, PaperState.RENDERED, PaperState.NOT_OUT)


class PaperBatch(QWidget):
    """Prints what was never sent, saves whatever waits; each paper is a job of its own and is asked about by itself.

    Signals:
        changed: papers moved on.
    """

    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._waiting: list[UUID] = []
        self._done = 0
        self._total = 0
        self._cancelled = False
        self.print_button = Button(self.tr("Print all not printed yet  Ctrl+Shift+P"))
        self.save_button = Button(self.tr("Save them all  Ctrl+Shift+S"))
        self.stop = Button(self.tr("Stop here  Ctrl+Delete"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the papers"))
        self.told = label("", "secondary", wrap=True)
        self.print_button.clicked.connect(self.print)
        self.save_button.clicked.connect(self.save)
        self.stop.clicked.connect(self.cancel)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addLayout(row(self.print_button, self.save_button, self.stop, None))
        lines.addWidget(self.bar)
        lines.addWidget(self.told)
        self._show_running(False)
        self.told.hide()

    def bind_on(self, page: QWidget) -> None:
        """Let the keys work on the whole page."""
        bind_here(page, "Ctrl+Shift+P", self.print_button.click)
        bind_here(page, "Ctrl+Shift+S", self.save_button.click)
        bind_here(page, "Ctrl+Delete", self.stop.click)

    @property
    def running(self) -> bool:
        """Answer whether papers are on their way now."""
        return self._total > 0

    def print(self) -> None:
        """Print every paper that was never sent or did not come out."""
        self._begin(lambda paper: paper.state in UNPRINTED, self._print_next)

    def save(self) -> None:
        """Save every paper that waits as PDF; it stays on the list until somebody says that it came out."""
        self._begin(lambda _: True, self._save_next)

    def cancel(self) -> None:
        """Stop after the paper that is under way."""
        self._cancelled = self.running

    def _begin(self, wanted: Callable[[StoredPaper], bool], step: Callable[[], None]) -> None:
        if self.running:
            return

        def take(papers: tuple[StoredPaper, ...]) -> None:
            if not isValid(self):
                return
            self._waiting = [one.record.paper_id for one in papers if wanted(one)]
            self._done, self._total, self._cancelled = 0, len(self._waiting), False
            if self._waiting:
                self._show_running(True)
                step()

        self._place.tasks.run(self._place.desk.papers.unsettled, take, self._failed)

    def _print_next(self) -> None:
        if not self._goes_on("ui.batch.printed"):
            return
        papers, tasks, paper_id = self._place.desk.papers, self._place.tasks, self._waiting.pop(0)

        def send(job: PrintJob) -> None:
            def refused(error: WindowAppError) -> None:
                tasks.run(lambda: papers.not_sent(job, error), lambda _: self._stop_at(error), self._failed)

            tasks.run_free(job.send, lambda _: self._next(self._print_next), refused)

        tasks.run(lambda: papers.to_print(paper_id), send, self._failed)

    def _save_next(self) -> None:
        if not self._goes_on("ui.batch.saved"):
            return
        papers, tasks, paper_id = self._place.desk.papers, self._place.tasks, self._waiting.pop(0)

        def make() -> tuple[str, bytes]:
            record = papers.get(paper_id).record
            return f"{record.number}-{record.kind}", papers.pdf(paper_id)

        def write(made: tuple[str, bytes]) -> None:
            tasks.run_free(
                partial(write_pages, self._folder(), *made), lambda _: self._next(self._save_next), self._failed
            )

        tasks.run(make, write, self._failed)

    def _folder(self) -> Path:
        return self._place.folder or papers_folder()

    def _next(self, step: Callable[[], None]) -> None:
        if isValid(self):
            self._done += 1
            step()

    def _goes_on(self, ended: str) -> bool:
        """Answer whether another paper is to be done; says how it ended where none is."""
        if not isValid(self):
            return False
        texts = self._place.texts
        if self._waiting and not self._cancelled:
            self.bar.setRange(0, self._total)
            self.bar.setValue(self._done)
            self._say(texts.text("ui.batch.progress", done=self._done, total=self._total))
            return True
        code = "ui.batch.cancelled" if self._cancelled else ended
        self._end(texts.text(code, done=self._done, folder=self._folder()))
        return False

    def _stop_at(self, error: WindowAppError) -> None:
        """Stop at the first paper that the printer did not take: the next would fare no better."""
        done = self._done + (1 if error.code == SILENT else 0)
        texts = self._place.texts
        self._end(FAILED + texts.text("ui.batch.failed", done=done, problem=texts.message(error)))

    def _failed(self, error: WindowAppError) -> None:
        self._stop_at(error)

    def _end(self, text: str) -> None:
        if not isValid(self):
            return
        self._total, self._waiting = 0, []
        self._show_running(False)
        self._say(text)
        self.changed.emit()

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self.told.show()
        polish(self.told, kind="note-error" if text.startswith(FAILED) else "secondary")

    def _show_running(self, running: bool) -> None:
        self.bar.setVisible(running)
        self.stop.setVisible(running)
        self.print_button.setEnabled(not running)
        self.save_button.setEnabled(not running)
