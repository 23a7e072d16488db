"""The aid at a list of people: a sheet is read into it, what is wrong is put right, and it is added up."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.services.sheet_reading import SheetReading, SheetTotals
from window_app.ui.qt_tasks import Result
from window_app.ui.views.papers.paper_actions import papers_folder
from window_app.ui.views.visit.aids import AidPanel, AidPlace
from window_app.ui.views.visit.sheet_faults import SheetFaults
from window_app.ui.views.visit.sheet_words import SheetWords
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.texts import Button, bind, column, label, polish, row


class Stopped(WindowAppError):
    """The clerk stopped the reading; nothing was imported."""

    code = "sheets.cancelled"


class SheetAid:
    """Stands at the sections whose records people bring as a sheet."""

    sections = frozenset({"workers", "evidence"})

    def panel(self, place: AidPlace) -> AidPanel:
        """Return the panel of a section."""
        return SheetPanel(place)


class SheetPanel(AidPanel):
    """Import, paste and template of one section; the cells that could not be taken; the totals."""

    def __init__(self, at: AidPlace) -> None:
        super().__init__()
        self.at = at
        self.words = SheetWords(at.place.texts)
        self.reading: SheetReading | None = None
        self.busy = False
        self._stop = False
        self._added_up: object = None
        self.import_button = Button(self.tr("Import a sheet  Ctrl+I"), "link")
        self.paste_button = Button(self.tr("Paste from a sheet  Ctrl+Shift+V"), "link")
        self.template_button = Button(self.tr("Save a template  Ctrl+Shift+M"), "link")
        self.clear_button = Button(self.tr("Empty the list"), "link")
        self.stop_button = Button(self.tr("Stop  Ctrl+."), "link")
        self.totals = label("", "secondary", wrap=True)
        self.said = label("", "secondary", wrap=True)
        self.faults = SheetFaults(at.place)
        self._lay_out()
        self._join()

    def refresh(self) -> None:
        """Show the totals of the present records."""
        content = self.at.draft().answers.get(self.at.section) or self._own().get(self.at.section)
        self.clear_button.setVisible(bool(content))
        if content is self._added_up:
            return
        self._added_up = content
        if not content:
            self.totals.setText("")
            return
        draft, key, section = self.at.draft(), self.at.matter_key, self.at.section
        sheets = self.at.place.desk.sheets

        def shown(totals: SheetTotals) -> None:
            if content is self._added_up:
                self.totals.setText(self.words.totals(sheets.columns(draft, key, section), totals))

        self._free(lambda: sheets.totals(draft, key, section), shown)

    def read(self, source: Path | str) -> None:
        """Read a file or a pasted text, take the good rows and show the others."""
        if self.busy:
            return
        self._set_busy(True)
        draft, key, section = self.at.draft(), self.at.matter_key, self.at.section
        tell = self.at.place.tasks.here(self._progressed)

        def progress(rows: int, share: float | None) -> None:
            if self._stop:
                raise Stopped()
            tell((rows, share))

        def failed(error: WindowAppError) -> None:
            self._set_busy(False)
            self._say("✕ " + self.at.place.texts.message(error), "error")

        def work() -> SheetReading:
            return self.at.place.desk.sheets.read(draft, key, section, source, progress)

        self._free(work, self._arrived, failed)

    # -- what was read

    def _arrived(self, reading: SheetReading) -> None:
        self._set_busy(False)
        self._say(self.words.read(reading), "secondary")
        self._take(reading)

    def _take(self, reading: SheetReading) -> None:
        """Put the good rows into the form; the others stay here to be put right."""
        self.reading = reading.only_bad()
        self.faults.show_reading(self.reading)
        if reading.good:
            key, sheets = self.at.matter_key, self.at.place.desk.sheets
            self.at.change(lambda draft: sheets.add(draft, key, reading))

    def _correct(self, number: int, target: str, text: str) -> None:
        reading, draft, key = self.reading, self.at.draft(), self.at.matter_key
        if reading is None:
            return
        sheets = self.at.place.desk.sheets

        def checked(corrected: SheetReading) -> None:
            if corrected.good:
                self._say(self.words.corrected(corrected), "secondary")
            self._take(corrected)

        self._free(lambda: sheets.correct(draft, key, reading, number, target, text), checked)

    def _leave_out(self, number: int) -> None:
        if self.reading is not None:
            self.reading = self.at.place.desk.sheets.leave_out(self.reading, number)
            self.faults.show_reading(self.reading)

    # -- what the keys do

    def _choose(self) -> None:
        kinds = self.tr("Sheets (*.xlsx *.xlsm *.csv *.txt *.tsv);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import a sheet"), str(Path.home()), kinds)
        if name:
            self.read(Path(name))

    def _paste(self) -> None:
        """Read what was copied: cells of a spreadsheet, or a file."""
        copied = QGuiApplication.clipboard().mimeData()
        file = _file_of(copied)
        if file is not None:
            self.read(file)
        elif copied.text().strip():
            self.read(copied.text())
        else:
            self._say(self.tr("Nothing was copied. Copy the cells, headings included, then paste here."), "secondary")

    def _save_template(self) -> None:
        draft, key, section = self.at.draft(), self.at.matter_key, self.at.section
        sheets, folder = self.at.place.desk.sheets, self._folder()
        name = self.words.title(sheets.columns(draft, key, section)) + self.tr(" template")

        def work() -> Path:
            path = _new_name(folder, name)
            sheets.save_template(draft, key, section, path)
            return path

        self._free(work, self._saved)

    def _save_bad(self) -> None:
        reading = self.reading
        if reading is None or not reading.bad:
            return
        sheets, folder, words = self.at.place.desk.sheets, self._folder(), self.words
        name = words.title(reading.section) + self.tr(" to put right")

        def work() -> Path:
            path = _new_name(folder, name)
            sheets.save_bad(reading, path, words.reason)
            return path

        self._free(work, self._saved)

    def _clear(self) -> None:
        key, section, sheets = self.at.matter_key, self.at.section, self.at.place.desk.sheets
        self.at.change(lambda draft: sheets.clear(draft, key, section))
        self._say(self.tr("The list is empty. Ctrl+Z brings it back."), "secondary")

    def _saved(self, path: Path) -> None:
        self._say(self.tr("Saved: {file}, in the folder for papers").format(file=path.name), "secondary")

    # -- small things

    def _folder(self) -> Path:
        return self.at.place.folder or papers_folder()

    def _own(self) -> dict[str, object]:
        draft: VisitDraft = self.at.draft()
        return dict(draft.matter(self.at.matter_key).answers)

    def _free(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], object],
        failed: Callable[[WindowAppError], None] | None = None,
    ) -> None:
        texts = self.at.place.texts
        self.at.place.tasks.run_free(work, done, failed or (lambda e: self._say("✕ " + texts.message(e), "error")))

    def _progressed(self, told: tuple[int, float | None]) -> None:
        if self.busy:
            rows, share = told
            self._say(self.words.progress(rows, share), "secondary")

    def _set_busy(self, busy: bool) -> None:
        self.busy, self._stop = busy, False
        self.stop_button.setVisible(busy)
        if busy:
            self._say(self.tr("Reading the sheet …"), "secondary")

    def _say(self, text: str, kind: str) -> None:
        self.said.setText(text)
        polish(self.said, kind=kind)
        self.said.setVisible(bool(text))

    def _ask_stop(self) -> None:
        self._stop = True

    def _lay_out(self) -> None:
        keys = FlowLayout(spacing=16, between=4)
        for button in (self.import_button, self.paste_button, self.template_button, self.clear_button):
            keys.addWidget(button)
        heard = row(self.said, self.stop_button)
        heard.setStretch(0, 1)
        lines = column(spacing=4)
        lines.addLayout(keys)
        lines.addLayout(heard)
        lines.addWidget(self.faults)
        lines.addWidget(self.totals)
        self.setLayout(lines)
        self.said.hide()
        self.stop_button.hide()
        self.faults.hide()
        self.setAcceptDrops(True)

    def _join(self) -> None:
        self.import_button.clicked.connect(self._choose)
        self.paste_button.clicked.connect(self._paste)
        self.template_button.clicked.connect(self._save_template)
        self.clear_button.clicked.connect(self._clear)
        self.stop_button.clicked.connect(self._ask_stop)
        self.faults.corrected.connect(self._correct)
        self.faults.left_out.connect(self._leave_out)
        self.faults.save_asked.connect(self._save_bad)
        self.faults.revealed.connect(self._revealed)
        keys = (
            ("Ctrl+I", self.import_button),
            ("Ctrl+Shift+V", self.paste_button),
            ("Ctrl+Shift+M", self.template_button),
            ("Ctrl+.", self.stop_button),
        )
        for sequence, button in keys:
            bind(self, sequence, button)

    def _revealed(self, field: str) -> None:
        visit, reception = self.at.draft().visit_id, self.at.place.desk.reception
        self.at.place.tasks.run(lambda: reception.reveal(visit, field))

    # -- events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file that is dragged over."""
        if _file_of(event.mimeData()) is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read a file that is dropped."""
        file = _file_of(event.mimeData())
        if file is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.read(file)


def _new_name(folder: Path, name: str) -> Path:
    """Return a path that is not taken, in a folder that is there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise WindowAppError("sheets.cannot_write", file=name) from None
    tries = (folder / f"{name}{mark}.xlsx" for mark in ("", *(f" {at}" for at in range(2, 1000))))
    return next((path for path in tries if not path.exists()), folder / f"{name}.xlsx")


def _file_of(content: QMimeData) -> Path | None:
    urls = [url for url in content.urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if urls else None
