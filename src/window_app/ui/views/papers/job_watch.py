"""Follows a job that the printer took, and says in plain words what holds it up or what became of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from window_app.domain.printing import JobReport, JobState
from window_app.i18n import Catalogue
from window_app.services.papers import PrintJob
from window_app.ui.qt_tasks import QtTasks

FIRST_MS = 1500
LATER_MS = 4000
PATIENCE_MS = 60_000
FAILED = "✕ "


class JobWatch(QObject):
    """Asks now and then while a job is under way; what is said stands on its paper's card until the next word."""

    def __init__(self, tasks: QtTasks, texts: Catalogue, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._texts = texts

    def follow(self, job: PrintJob, name: str, say: Callable[[str], None]) -> None:
        """Follow a job until it has ended, or for a minute where nothing is wrong with it."""
        self._wait(FIRST_MS, job, name, say, 0)

    def words(self, report: JobReport, name: str, waited_ms: int) -> str:
        """Return what is said of a job."""
        if report.state is JobState.WAITING:
            if report.detail:
                return FAILED + self._texts.text(report.detail, printer=name.rpartition("-")[0], seconds=0)
            if waited_ms >= PATIENCE_MS:
                return FAILED + self._texts.text("ui.job.slow", seconds=PATIENCE_MS // 1000)
        mark = FAILED if report.state in (JobState.CANCELLED, JobState.GONE) else ""
        return mark + self._texts.text(f"ui.job.{report.state}", job=name, printer=name.rpartition("-")[0])

    def _wait(self, interval: int, job: PrintJob, name: str, say: Callable[[str], None], waited: int) -> None:
        def told(report: JobReport) -> None:
            if not isValid(self):  # the page was left; the job goes on without anybody watching
                return
            say(self.words(report, name, waited + interval))
            held_up = report.state is JobState.WAITING and (report.detail or waited + interval < PATIENCE_MS)
            if held_up:
                self._wait(LATER_MS, job, name, say, waited + interval)

        def ask() -> None:
            self._tasks.run_free(lambda: job.follow(name), told)

        # A timer of this object: it goes with the page.
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(ask)
        timer.timeout.connect(timer.deleteLater)
        timer.start(interval)
