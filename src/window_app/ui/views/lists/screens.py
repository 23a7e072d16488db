"""Finding, all cases, what is to be settled: each with its empty state in one sentence and one action."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from window_app.clock import CHINA
from window_app.domain.ports import CaseRow
from window_app.domain.receipt_numbers import LENGTH, plain
from window_app.errors import WindowAppError
from window_app.i18n import Catalogue
from window_app.ui.fields.line import Line
from window_app.ui.views.lists.case_words import CaseWords
from window_app.ui.widgets.table import PAGE, Column, RowsModel, Table, WindowedModel
from window_app.ui.widgets.texts import Button, bind_here, label, row
from window_app.ui.workplace import Workplace

TYPING_MS = 120
ROW = 36
CASE_SHARES = (25, 8, 15, 17, 8, 10, 10, 12)
CASE_SPARE = (2, 3, 5)


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
        self.lines.addLayout(row(self.title, self.count, None))
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


class FindScreen(ListScreen):
    """Finds cases as one types."""

    case_asked = Signal(str)
    parties_asked = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Find"), RowsModel(case_columns(place)), CASE_SHARES, CASE_SPARE)
        self.line = Line()
        self.line.setPlaceholderText(self.tr("part of a name · pinyin initials · receipt number · scan the receipt"))
        self.line.setAccessibleName(self.tr("Find a case"))
        self.lines.insertWidget(1, self.line)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self.search)
        self.line.textEdited.connect(lambda _="": self._timer.start())
        self.table.opened.connect(lambda case: self.case_asked.emit(case.number))
        self.searched = ""
        self.empty_action.clicked.connect(self.ask_centre)
        bind_here(self, "Ctrl+G", self._press_ask)
        self.parties = Button(self.tr("Persons and employers  Ctrl+P"), "link")
        self.parties.clicked.connect(self.parties_asked)
        bind_here(self, "Ctrl+P", self.parties.click)
        self.lines.insertLayout(2, row(self.parties, None))
        self.show_empty(self.tr("Type to find a case. A scanned receipt opens its case."))

    def take_focus(self) -> None:
        """Put the focus into the line."""
        self.line.setFocus()
        self.line.selectAll()

    def search(self) -> None:
        """Look for what stands in the line now."""
        self._timer.stop()
        text = self.line.text().strip()
        find = self.place.desk.search.find

        def done(rows: tuple[CaseRow, ...]) -> None:
            if text == self.line.text().strip():
                self._show_found(text, rows)

        self.place.tasks.run(lambda: find(text), done, self.show_failure)

    def ask_centre(self) -> None:
        """Look for a number at the centre, where older cases are that are not on this machine."""
        text, line = self.line.text().strip(), self.place.desk.line

        def done(found: bool) -> None:
            if found:
                self.search()
            else:
                self.show_empty(self.tr("The centre knows no case of the number “{text}” either.").format(text=text))

        self.show_empty(self.tr("Asking the centre…"))
        self.place.tasks.run_free(lambda: line.fetch_case(text), done, self._not_asked)

    def _press_ask(self) -> None:
        if self.empty_action.isVisible():
            self.empty_action.click()

    def _not_asked(self, error: WindowAppError) -> None:
        self.show_empty(self.place.texts.message(error), self.tr("Ask the centre  Ctrl+G"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from the line to the list by Down; open the first by Enter."""
        if event.key() == Qt.Key.Key_Down and self.line.hasFocus():
            self.table.setFocus()
            self.table.select_first()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.line.hasFocus():
            self._open_first()
        else:
            super().keyPressEvent(event)

    def _open_first(self) -> None:
        if self._timer.isActive() or self.searched != self.line.text().strip():
            self.search()
            self.place.tasks.run(lambda: None, lambda _: self._open_row())
        else:
            self._open_row()

    def _open_row(self) -> None:
        case = self.table.current() or self.table.records.record(0)
        if case is not None:
            self.case_asked.emit(case.number)

    def _show_found(self, text: str, rows: tuple[CaseRow, ...]) -> None:
        self.searched = text
        self.problem.hide()
        self.table.records.show_rows(rows)
        self.table.select_first()
        self.count.setText(self.tr("{n} found").format(n=len(rows)) if rows else "")
        nothing = self.tr("Nothing found for “{text}”. Try fewer characters or the receipt number.").format(text=text)
        start = self.tr("Type to find a case. A scanned receipt opens its case.")
        older = self.tr("Ask the centre  Ctrl+G") if looks_like_number(text) else ""
        self.show_empty("" if rows else (nothing if text else start), older)


class CasesScreen(ListScreen):
    """All cases of this store, newest first; only what is looked at is fetched."""

    case_asked = Signal(str)

    def __init__(self, place: Workplace, window: Callable[[int, int], tuple[CaseRow, ...]]) -> None:
        self.model = WindowedModel(case_columns(place))
        super().__init__(place, self.tr("Cases"), self.model, CASE_SHARES, CASE_SPARE)
        self._window = window
        self.model.wanted.connect(self._fetch)
        self.table.opened.connect(lambda case: self.case_asked.emit(case.number))

    def refresh(self) -> None:
        """Count the cases again and begin at the newest."""
        count, window = self.place.desk.tracking.count, self._window
        self.place.tasks.run(
            lambda: (count(), window(0, PAGE)), lambda found: self.show_cases(*found), self.show_failure
        )

    def show_cases(self, count: int, newest: tuple[CaseRow, ...]) -> None:
        """Show a list of so many cases, of which the newest are here."""
        self.model.restart(count)
        if newest:
            self.model.take(0, newest)
        self.table.select_first()
        self.count.setText(self.tr("{n} cases").format(n=f"{count:,}") if count else "")
        self.show_empty("" if count else self.tr("No case has been taken in here yet."), "")

    def _fetch(self, page: int) -> None:
        window = self._window
        self.place.tasks.run(
            lambda: window(page * PAGE, PAGE), lambda rows: self.model.take(page, rows), self.show_failure
        )


class ConflictsScreen(ListScreen):
    """Cases in which two people set the same field and a person must say what holds."""

    case_asked = Signal(str)

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("To settle"), RowsModel(case_columns(place)), CASE_SHARES, CASE_SPARE)
        text = self.tr(
            "Two people changed the same entry from the same state. The first change stands until somebody settles it:"
            " Enter opens the case."
        )
        self.lines.insertWidget(1, label(text, "secondary", wrap=True))
        self.table.opened.connect(lambda case: self.case_asked.emit(case.number))

    def refresh(self) -> None:
        """Read the cases again."""
        self.place.tasks.run(self.place.desk.corrections.disputed, self.show_cases, self.show_failure)

    def show_cases(self, rows: tuple[CaseRow, ...]) -> None:
        """Show these cases."""
        self.table.records.show_rows(rows)
        self.table.select_first()
        self.count.setText(self.tr("{n} cases").format(n=len(rows)) if rows else "")
        self.show_empty("" if rows else self.tr("Nothing is to be settled."))


def looks_like_number(text: str) -> bool:
    """Answer whether a text may be a receipt number, which the centre can be asked for."""
    return len(plain(text)) == LENGTH


def clock_time(moment: datetime) -> str:
    """Return an instant as the time in China, to the minute."""
    return str(moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M"))


def event_words(texts: Catalogue, kind: str) -> str:
    """Return what an event is called; one of a newer program keeps its own name."""
    code = f"event.{kind}"
    return texts.text(code) if code in texts else kind


def case_columns(place: Workplace) -> list[Column]:
    """Return the columns of a list of cases."""
    words = CaseWords(place.desk, place.texts)
    return [
        (words.heading("number"), lambda row: row.number),
        (words.heading("applicant"), lambda row: row.applicant or "—"),
        (words.heading("respondent"), lambda row: row.respondent or "—"),
        (words.heading("matter"), lambda row: words.matter(row.matter)),
        (words.heading("state"), lambda row: words.state(row.state)),
        (words.heading("received"), lambda row: row.received_on.isoformat()),
        (words.heading("due"), lambda row: row.due_on.isoformat() if row.due_on else "—"),
        (words.heading("mark"), words.marks),
    ]
