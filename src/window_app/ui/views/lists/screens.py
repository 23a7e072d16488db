"""Finding, all cases, what is to be settled: each with its empty state in one sentence and one action."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal

from window_app.clock import CHINA
from window_app.domain.ports import CaseRow
from window_app.domain.receipt_numbers import LENGTH, plain
from window_app.errors import WindowAppError
from window_app.i18n import Catalogue
from window_app.ui.views.lists.case_words import CaseWords
from window_app.ui.views.lists.list_screen import ListScreen, SearchScreen
from window_app.ui.widgets.table import PAGE, Column, RowsModel, WindowedModel
from window_app.ui.widgets.texts import Button, bind_here, label, row
from window_app.ui.workplace import Workplace

CASE_SHARES = (27, 9, 15, 16, 9, 10, 11, 10)
CASE_SPARE = (2, 3, 5)


class FindScreen(SearchScreen):
    """Finds cases as one types."""

    case_asked = Signal(str)
    parties_asked = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Find"), place.desk.search.find, case_columns(place), (CASE_SHARES, CASE_SPARE))
        self.line.setPlaceholderText(self.tr("part of a name · pinyin initials · receipt number · scan the receipt"))
        self.line.setAccessibleName(self.tr("Find a case"))
        self.empty_action.clicked.connect(self.ask_centre)
        bind_here(self, "Ctrl+G", self._press_ask)
        self.parties = Button(self.tr("Persons and employers  Ctrl+P"), "link")
        self.parties.clicked.connect(self.parties_asked)
        bind_here(self, "Ctrl+P", self.parties.click)
        self.lines.insertLayout(2, row(self.parties, None))
        self.show_empty(*self.nothing(""))

    def open_row(self, found: CaseRow) -> None:
        """Show the case."""
        self.case_asked.emit(found.number)

    def nothing(self, text: str) -> tuple[str, str]:
        """Say that there is none, and offer to ask the centre where this may be a number."""
        if not text:
            return self.tr("Type to find a case. A scanned receipt opens its case."), ""
        said = self.tr("Nothing found for “{text}”. Try fewer characters or the receipt number.").format(text=text)
        return said, self.tr("Ask the centre  Ctrl+G") if looks_like_number(text) else ""

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
