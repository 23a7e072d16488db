"""What the buttons of a paper do: print, save, open, confirm. Work runs on the tasks, words go to the card."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from window_app.errors import WindowAppError
from window_app.services.papers import SILENT, PrintJob
from window_app.ui.views.papers.job_watch import JobWatch
from window_app.ui.views.papers.paper_cards import FAILED, PaperList
from window_app.ui.views.papers.sheet_card import SheetCard
from window_app.ui.views.visit.state import PaperView
from window_app.ui.widgets.attachment_preview import AttachmentPreview
from window_app.ui.workplace import Workplace


class PaperActions(QObject):
    """Joins a list of paper cards to the service of papers.

    Signals:
        changed: a paper moved on; whoever shows papers reads them again.
    """

    changed = Signal()

    def __init__(self, place: Workplace, papers: PaperList, *, marked: bool) -> None:
        super().__init__(papers)
        self._place = place
        self._desk = place.desk
        self.watch = JobWatch(place.tasks, place.texts, self)
        self._tasks = place.tasks
        self._texts = place.texts
        self._papers = papers
        self._marked = marked
        self._folder = place.folder
        papers.print_asked.connect(self.print)
        papers.save_asked.connect(self.save)
        papers.open_asked.connect(self.open)
        papers.look_asked.connect(self.look)
        papers.confirmed.connect(self.confirm)
        papers.again_asked.connect(self.again)
        papers.sheets_asked.connect(self.sheets)
        self._preview: AttachmentPreview | None = None

    def print(self, paper_id: UUID) -> None:
        """Send the paper to the printer and ask whether it came out.

        The store makes the job and goes on with its own work while the printer takes its time.
        """
        self._send(paper_id, lambda: self._desk.papers.to_print(paper_id))

    def again(self, paper_id: UUID, action: str, reason: str, text: str) -> None:
        """Print, save or open a marked reprint, counted with its reason."""
        papers = self._desk.papers
        if action == "print":
            self._send(paper_id, lambda: papers.to_reprint(paper_id, reason, text))
        else:
            done = self._saved if action == "save" else self._open
            self._write(paper_id, done, lambda: papers.reprint(paper_id, reason, text))

    def sheets(self, paper_id: UUID) -> None:
        """Lay into the card what prints or saves a sheet for each person of the paper."""
        card = self._papers.card_of(paper_id)
        if card is not None and card.findChild(SheetCard) is None:
            made = SheetCard(self._place, paper_id, self._folder or papers_folder())
            card.lay_in(made)
            made.closed.connect(card.print_button.setFocus)
            made.take_focus()

    def _send(self, paper_id: UUID, prepare: Callable[[], PrintJob]) -> None:
        papers, failed = self._desk.papers, self._failed(paper_id)
        self._say(paper_id, self._texts.text("ui.paper.sending"))

        def send(job: PrintJob) -> None:
            def refused(error: WindowAppError) -> None:
                self._tasks.run(lambda: papers.not_sent(job, error), lambda _: self._refused(paper_id, error), failed)

            self._tasks.run_free(job.send, lambda name: self._printed(paper_id, job, name), refused)

        self._tasks.run(prepare, send, failed)

    def save(self, paper_id: UUID) -> None:
        """Save a copy into the folder for papers."""
        self._write(paper_id, self._saved, lambda: self._desk.papers.pdf(paper_id))

    def open(self, paper_id: UUID) -> None:
        """Save a copy and open it with the program that this machine has for it."""
        self._write(paper_id, self._open, lambda: self._desk.papers.pdf(paper_id))

    def look(self, paper_id: UUID) -> None:
        """Show the pages of the stored PDF over the page, larger and smaller by key."""
        card = self._papers.card_of(paper_id)
        if card is None:
            return
        title, pictures = f"{card.paper.title} {card.paper.number}", self._desk.paper_pictures

        def show(pdf: bytes) -> None:
            if isValid(self):
                self.preview().show_pages(title, pictures.pages(pdf), partial(pictures.page, pdf))

        self._tasks.run(lambda: self._desk.papers.pdf(paper_id), show, self._failed(paper_id))

    def preview(self) -> AttachmentPreview:
        """Return what lies over the page while a paper is looked at."""
        if self._preview is None:
            self._preview = AttachmentPreview(page_of(self._papers), self._tasks.run_free, self._texts.message)
            self._preview.closed.connect(self._papers.take_focus)
        return self._preview

    def confirm(self, paper_id: UUID, answer: str) -> None:
        """Record the answer, "yes" or "no"; "no" prints once more."""
        came_out = answer == "yes"
        card = self._papers.card_of(paper_id)
        if self._is_marked(paper_id) and (card is None or card.paper.state == "confirmed"):
            # The original is in somebody's hand: what was asked about is a reprint.
            if not came_out:
                self.again(paper_id, "print", "not_out", "")
            return

        def done(_: None) -> None:
            if not isValid(self):
                return
            self.changed.emit()
            if not came_out:
                self.print(paper_id)

        self._tasks.run(lambda: self._desk.papers.confirm(paper_id, came_out), done, self._failed(paper_id))

    def _open(self, _: UUID, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _write(self, paper_id: UUID, done: Callable[[UUID, Path], object], make: Callable[[], bytes]) -> None:
        card = self._papers.card_of(paper_id)
        if card is None:
            return
        folder = self._folder or papers_folder()
        view = card.paper
        failed = self._failed(paper_id)

        def write(pdf: bytes) -> None:
            self._tasks.run_free(
                lambda: write_paper(folder, view, pdf), lambda path: self._on_screen(done, paper_id, path), failed
            )

        self._tasks.run(make, write, failed)

    def _on_screen(self, done: Callable[[UUID, Path], object], paper_id: UUID, path: Path) -> None:
        if isValid(self):  # the page may have gone meanwhile; the paper is where it is
            done(paper_id, path)

    def _printed(self, paper_id: UUID, job: PrintJob, name: str) -> None:
        if not isValid(self):
            return
        if job.printer.simulated:
            self._say(paper_id, self.tr("Simulated printer: {job}").format(job=name))
        else:
            self._say(paper_id, self.tr("Sent to the printer: {job}").format(job=name))
            self.watch.follow(job, name, lambda text: self._say(paper_id, text))
        self._ask(paper_id)

    def _refused(self, paper_id: UUID, error: WindowAppError) -> None:
        if not isValid(self):
            return
        said = self._texts.message(error)
        if error.code == SILENT:
            self._say(paper_id, FAILED + said)
            self._ask(paper_id)
        else:
            self._say(paper_id, FAILED + self._texts.text("ui.paper.try_again", problem=said))
            self.changed.emit()

    def _ask(self, paper_id: UUID) -> None:
        card = self._papers.card_of(paper_id)
        if card is not None:
            card.ask_whether_out()
        self.changed.emit()

    def _saved(self, paper_id: UUID, path: Path) -> None:
        self._say(paper_id, self.tr("Saved: {path}").format(path=path))
        card = self._papers.card_of(paper_id)
        if card is not None and not card.marked:
            card.ask_whether_out()
        self.changed.emit()

    def _is_marked(self, paper_id: UUID) -> bool:
        card = self._papers.card_of(paper_id)
        return self._marked if card is None else card.marked

    def _say(self, paper_id: UUID, text: str) -> None:
        card = self._papers.card_of(paper_id)
        if card is not None:
            card.say(text)

    def _failed(self, paper_id: UUID) -> Callable[[WindowAppError], None]:
        def failed(error: WindowAppError) -> None:
            if not isValid(self):
                return
            card = self._papers.card_of(paper_id)
            if card is not None:
                card.say(FAILED + self._texts.message(error))

        return failed


def page_of(widget: QWidget) -> QWidget:
    """Return the page on which a widget stands, else its window."""
    at: QWidget | None = widget
    while at is not None and at.objectName() != "page":
        at = at.parentWidget()
    return at or widget.window()


def papers_folder() -> Path:
    """Return this user's folder for saved papers."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / "window-app"


def write_paper(folder: Path, paper: PaperView, content: bytes) -> Path:
    """Write a PDF under a name that says what it is; a name that is taken gets the next number.

    Raises:
        WindowAppError: `ui.copy_not_saved` where the folder does not take it; no half file stays.
    """
    stem = re.sub(r"[^0-9A-Za-z-]", "", paper.number) or str(paper.paper_id)
    return write_pages(folder, f"{stem}-{paper.kind}", content)


def write_pages(folder: Path, stem: str, content: bytes) -> Path:
    """Write a PDF under a name; a name that is taken gets the next number.

    Raises:
        WindowAppError: `ui.copy_not_saved` where the folder does not take it; no half file stays.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{stem}.pdf"
        again = 1
        while path.exists() and path.read_bytes() != content:
            again += 1
            path = folder / f"{stem}-{again}.pdf"
        return _write_whole(path, content)
    except OSError as error:
        raise WindowAppError("ui.copy_not_saved", folder=str(folder), reason=error.strerror or "") from error


def _write_whole(path: Path, content: bytes) -> Path:
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(content)
        return beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
