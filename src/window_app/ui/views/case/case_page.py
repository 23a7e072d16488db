"""One case: what it is, its papers with marked reprints, what happened to it."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from window_app.domain.events import Event
from window_app.domain.ports import CaseRow
from window_app.errors import WindowAppError
from window_app.ui.views.lists.case_words import CaseWords
from window_app.ui.views.lists.screens import clock_time, event_words
from window_app.ui.views.papers.paper_actions import PaperActions
from window_app.ui.views.papers.paper_cards import PaperList
from window_app.ui.views.papers.reading import PaperReader
from window_app.ui.views.visit.state import PaperView
from window_app.ui.widgets.growing_area import GrowingArea
from window_app.ui.widgets.texts import Button, badge, clear, label, row
from window_app.ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as its page shows it."""

    case: CaseRow
    papers: tuple[PaperView, ...]
    history: tuple[tuple[str, str, str], ...]


class CasePage(QWidget):
    """Shows a case found by its number."""

    closed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setObjectName("page")
        self._place = place
        self._reader = PaperReader(place.desk, place.texts)
        self._words = CaseWords(place.desk, place.texts)
        self.number = ""
        self._number = label("", "number")
        self._state = badge("", "soft")
        self.problem = label("", "note-error", wrap=True)
        self.problem.hide()
        back = Button(self.tr("Back  Esc"))
        back.clicked.connect(self.closed)
        self._facts = QFrame()
        self._facts.setProperty("card", True)
        self._grid = QGridLayout(self._facts)
        self._grid.setContentsMargins(18, 14, 18, 14)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self.papers = PaperList(marked=True)
        self.doing = PaperActions(place, self.papers, marked=True)
        self.doing.changed.connect(lambda: self.show_number(self.number))
        self._history = QVBoxLayout()
        self._history.setSpacing(4)
        self._lay_out(back)

    def show_number(self, number: str) -> None:
        """Read a case by its number and show it."""
        again = number == self.number
        self.number = number
        self._place.tasks.run(lambda: self.read(number), lambda view: self._show(view, keep_focus=again), self._failed)

    def read(self, number: str) -> CaseView | None:
        """Return a case with papers and history; runs where the store lives."""
        case = self._place.desk.tracking.case(number)
        if case is None:
            return None
        papers = self._reader.views(self._place.desk.papers.of_case(case.case_id))
        history = tuple(self._line(event) for event in self._place.desk.tracking.history(case.case_id))
        return CaseView(case, papers, history)

    def print_paper(self) -> None:
        """Print a marked reprint of the paper with the focus, else of the first."""
        card = self.papers.current()
        if card is not None:
            card.print_button.click()

    def _lay_out(self, back: Button) -> None:
        body = QWidget()
        body.setObjectName("pageBody")
        lines = QVBoxLayout(body)
        lines.setContentsMargins(18, 14, 18, 16)
        lines.setSpacing(10)
        lines.addLayout(row(label(self.tr("Case"), "page-title"), self._number, self._state, None, back))
        lines.addWidget(self.problem)
        lines.addWidget(self._facts)
        lines.addWidget(label(self.tr("Papers"), "step-title"))
        lines.addWidget(self.papers)
        lines.addWidget(label(self.tr("What happened"), "step-title"))
        lines.addLayout(self._history)
        lines.addStretch(1)
        scroll = GrowingArea(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _show(self, view: CaseView | None, *, keep_focus: bool) -> None:
        self.problem.setVisible(view is None)
        if view is None:
            self.problem.setText("✕ " + self.tr("This machine does not know that number."))
            return
        self._number.setText(view.case.number)
        self._state.setText(self._words.state(view.case.state))
        self._show_facts(view.case)
        self.papers.show_papers(view.papers)
        clear(self._history)
        for moment, what, who in view.history:
            self._history.addLayout(row(label(moment, "faint"), label(what), label(who, "secondary"), None, spacing=14))
        if not keep_focus:
            self.papers.take_focus()

    def _show_facts(self, case: CaseRow) -> None:
        clear(self._grid)
        facts = [
            ("applicant", case.applicant),
            ("respondent", case.respondent),
            ("matter", self._words.matter(case.matter)),
            ("route", self._words.route(case.route)),
            ("received", case.received_on.isoformat()),
            ("due", case.due_on.isoformat() if case.due_on else "—"),
        ]
        for at, (name, value) in enumerate(facts):
            self._grid.addWidget(label(self._words.heading(name), "faint"), at // 2, at % 2 * 2)
            self._grid.addWidget(label(value, wrap=True), at // 2, at % 2 * 2 + 1)

    def _line(self, event: Event) -> tuple[str, str, str]:
        return clock_time(event.occurred_at), event_words(self._place.texts, event.type), self._who(event.actor.id)

    def _who(self, code: str) -> str:
        """Return the name of who did it; a code that nobody here has stays a code."""
        session = self._place.desk.session
        if code == session.clerk:
            return session.name
        return next((one.name for one in self._place.desk.clerks.list() if one.code == code), code)

    def _failed(self, error: WindowAppError) -> None:
        self.problem.setText("✕ " + self._place.texts.message(error))
        self.problem.show()
