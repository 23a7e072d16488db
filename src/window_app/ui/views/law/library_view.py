"""The law library on the screen: a line to search in, what was found, and an article among its neighbours."""

import re
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from window_app.errors import WindowAppError
from window_app.forms.statute_text import Article, article_label
from window_app.services.law_library import ArticlePage, LawFindings, LawHit
from window_app.ui.fields.line import Line
from window_app.ui.views.papers.paper_actions import papers_folder
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.growing_area import GrowingArea
from window_app.ui.widgets.table import Column, RowsModel, Table
from window_app.ui.widgets.texts import Button, bind_here, clear, label, row
from window_app.ui.workplace import Workplace

TYPING_MS = 150
ROW = 36


class ArticleReader(QWidget):
    """One article to read, the one before above it and the one after below it.

    Signals:
        asked: carries law and number of an article to open.
        closed: back to what was found.
    """

    asked = Signal(str, str)
    closed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.page: ArticlePage | None = None
        self.title = label("", "page-title", wrap=True)
        self.note = label("", "note-plain", wrap=True)
        self.note.hide()
        self.before = Button(self.tr("Article before  Ctrl+PgUp"))
        self.after = Button(self.tr("Article after  Ctrl+PgDown"))
        self.print_button = Button(self.tr("Print extract  F6"))
        self.save_button = Button(self.tr("Save extract  Ctrl+S"))
        self.back = Button(self.tr("Back  Esc"))
        self._body = QWidget()
        self._body.setObjectName("pageBody")
        self._lines = QVBoxLayout(self._body)
        self._lines.setContentsMargins(0, 0, 12, 0)
        self._lines.setSpacing(12)
        self.scroller = GrowingArea(self._body)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        buttons = FlowLayout(spacing=8)
        for button in (self.back, self.before, self.after, self.print_button, self.save_button):
            buttons.addWidget(button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addWidget(self.title)
        outer.addLayout(buttons)
        outer.addWidget(self.note)
        outer.addWidget(self.scroller, 1)
        self._join()

    def show_page(self, page: ArticlePage) -> None:
        """Show an article."""
        self.page = page
        self.note.hide()
        self.title.setText(f"{page.law}  {page.label}")
        self.before.setEnabled(page.before is not None)
        self.after.setEnabled(page.after is not None)
        clear(self._lines)
        if page.before is not None:
            self._add(page.before, near=True)
        current = self._add(page.article, near=False)
        if page.after is not None:
            self._add(page.after, near=True)
        if not page.whole:
            told = self.tr("Only an excerpt of this law is installed: articles may be missing in between.")
            self._lines.addWidget(label(told, "faint", wrap=True))
        self._lines.addStretch(1)
        self.scroller.settle()
        self.scroller.setFocus()
        QTimer.singleShot(0, self, lambda: self.scroller.verticalScrollBar().setValue(current.y()))

    def turn(self, article: Article | None) -> None:
        """Open a neighbour."""
        if article is not None and self.page is not None:
            self.asked.emit(self.page.law, article.number)

    def print_extract(self) -> None:
        """Print the article on show."""
        page = self.page
        if page is not None:
            library = self._place.desk.law_books.library
            self._place.tasks.run_free(lambda: library.print(page), self._printed, self.failed)

    def save_extract(self) -> None:
        """Save the article on show as a PDF."""
        page = self.page
        if page is None:
            return
        library, folder = self._place.desk.law_books.library, self._place.folder or papers_folder()
        self._place.tasks.run_free(lambda: write_extract(folder, page, library.extract(page)), self._saved, self.failed)

    def failed(self, error: WindowAppError) -> None:
        """Say what went wrong."""
        self._say("✕ " + self._place.texts.message(error))

    def _printed(self, job: str) -> None:
        simulated = self._place.desk.printer.simulated
        told = self.tr("Simulated printer: {job}") if simulated else self.tr("Sent to the printer: {job}")
        self._say(told.format(job=job))

    def _saved(self, path: Path) -> None:
        self._say(self.tr("Saved: {path}").format(path=path))

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.show()

    def _add(self, article: Article, *, near: bool) -> QFrame:
        card = QFrame()
        card.setProperty("card", True)
        card.setProperty("active", not near)
        lines = QVBoxLayout(card)
        lines.setContentsMargins(18, 12, 18, 14)
        lines.setSpacing(6)
        lines.addWidget(label(article_label(article.number), "secondary" if near else "route-title"))
        if article.heading and not near:
            lines.addWidget(label(article.heading, "faint", wrap=True))
        lines.addWidget(label(article.text, "secondary" if near else "", wrap=True))
        if article.remark:
            lines.addWidget(label(article.remark, "note-caution", wrap=True))
        self._lines.addWidget(card)
        return card

    def _join(self) -> None:
        self.before.clicked.connect(lambda: self.turn(self.page.before if self.page else None))
        self.after.clicked.connect(lambda: self.turn(self.page.after if self.page else None))
        self.print_button.clicked.connect(self.print_extract)
        self.save_button.clicked.connect(self.save_extract)
        self.back.clicked.connect(self.closed)
        bind_here(self, "Ctrl+PgUp", self.before.click)
        bind_here(self, "Ctrl+PgDown", self.after.click)
        bind_here(self, "Ctrl+S", self.save_button.click)


class LibraryView(QStackedWidget):
    """The library: searching, and reading. `back_asked` says that the reader is to be closed."""

    back_asked = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.line = Line()
        self.line.setPlaceholderText(self.tr("a word · a law and a number, such as 仲裁法 27 · the name of a law"))
        self.line.setAccessibleName(self.tr("Search the law library"))
        self.found_count = label("", "secondary")
        columns: list[Column] = [
            (self.tr("Law"), lambda hit: hit.law),
            (self.tr("Article"), lambda hit: hit.label),
            (self.tr("Where it says so"), lambda hit: hit.excerpt),
        ]
        self.table = Table(RowsModel(columns), self.tr("Articles found"), place.theme.px(ROW), (24, 14, 62))
        self.empty = label("", "secondary", wrap=True)
        self.reader = ArticleReader(place)
        self.searched: str | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self.search)
        self.line.textEdited.connect(lambda _="": self._timer.start())
        self.table.opened.connect(self._open_hit)
        self.reader.asked.connect(self.open_article)
        self.reader.closed.connect(self.back_asked)
        self._lay_out()

    def take_focus(self) -> None:
        """Put the focus where one goes on: into the line, or on the article that is open."""
        if self.currentWidget() is self.reader:
            self.reader.scroller.setFocus()
            return
        self.line.setFocus()
        self.line.selectAll()
        if self.searched is None:
            self.search()

    def search(self) -> None:
        """Search for what stands in the line; with nothing there, say what can be done here."""
        self._timer.stop()
        text = self.searched = self.line.text()
        library = self._place.desk.law_books.library

        def show(found: LawFindings) -> None:
            if text == self.line.text():
                self._show(text, found)

        self._place.tasks.run_free(lambda: library.search(text), show, self._failed)

    def open_article(self, law: str, article: str) -> None:
        """Open an article; one that is not installed is said so where one searches."""
        library = self._place.desk.law_books.library
        self._place.tasks.run_free(lambda: library.open(law, article), self._read, self._failed)

    def close_article(self) -> None:
        """Go back to what was found."""
        self.setCurrentIndex(0)
        if self.table.isVisibleTo(self) and self.table.current() is not None:
            self.table.setFocus()
        else:
            self.take_focus()

    def escape(self) -> bool:
        """Close the article that is open; answers whether one was."""
        if self.currentWidget() is not self.reader:
            return False
        self.close_article()
        return True

    def print_paper(self) -> None:
        """Print the article that is open."""
        if self.currentWidget() is self.reader:
            self.reader.print_extract()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter and Down lead from the line into what was found."""
        if self.line.hasFocus() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            if self._timer.isActive():
                self.search()
            elif self.table.records.rowCount():
                hit = self.table.current()
                if event.key() == Qt.Key.Key_Down or self.table.records.rowCount() > 1 or hit is None:
                    self.table.setFocus()
                else:
                    self._open_hit(hit)
            return
        super().keyPressEvent(event)

    def _open_hit(self, hit: LawHit) -> None:
        self.open_article(hit.law, hit.article)

    def _read(self, page: ArticlePage) -> None:
        self.setCurrentWidget(self.reader)
        self.reader.show_page(page)

    def _show(self, text: str, found: LawFindings) -> None:
        self.table.records.show_rows(found.hits)
        self.table.select_first()
        if found.more:
            self.found_count.setText(self.tr("the first {n}; add a word").format(n=len(found.hits)))
        else:
            self.found_count.setText(self.tr("{n} found").format(n=len(found.hits)) if found.hits else "")
        self.table.setVisible(bool(found.hits))
        self.empty.setText(self._sentence(text, found))
        self.empty.setVisible(not found.hits)

    def _sentence(self, text: str, found: LawFindings) -> str:
        if not found.installed:
            return self.tr(
                "No statute text is installed. An administrator installs them with: window-app statutes import DIR"
            )
        if not text.strip():
            return self.tr("{n} laws are installed. Type a word, or a law and a number.").format(n=found.installed)
        return self.tr("Nothing found in {n} laws. Fewer words find more.").format(n=found.installed)

    def _failed(self, error: WindowAppError) -> None:
        self.setCurrentIndex(0)
        self.table.hide()
        self.empty.setText("✕ " + self._place.texts.message(error))
        self.empty.show()
        self.line.setFocus()

    def _lay_out(self) -> None:
        finding = QWidget()
        lines = QVBoxLayout(finding)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addWidget(self.line)
        lines.addWidget(self.empty)
        lines.addWidget(self.table, 1)
        hint = self.tr("Enter opens an article")
        lines.addLayout(row(label(hint, "faint"), None, self.found_count))
        lines.addStretch(0)
        self.addWidget(finding)
        self.addWidget(self.reader)


def write_extract(folder: Path, page: ArticlePage, content: bytes) -> Path:
    """Write an extract under the name of its article.

    Raises:
        WindowAppError: `ui.copy_not_saved` where the folder does not take it.
    """
    stem = re.sub(r"[^\w]", "", page.law) + page.label
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{stem}.pdf"
        path.write_bytes(content)
    except OSError as error:
        raise WindowAppError("ui.copy_not_saved", folder=str(folder), reason=error.strerror or "") from error
    return path
