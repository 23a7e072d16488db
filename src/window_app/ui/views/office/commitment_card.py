"""The card of a case's commitments: where each stands, its articles, what happened; its panel for the office."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from window_app.domain.papers import PaperRecord
from window_app.errors import WindowAppError
from window_app.services.commitment_cases import Withdrawn
from window_app.services.commitment_review import ReviewFile
from window_app.services.commitment_rulings import CommitmentRulings, Finding, Ruling
from window_app.ui.views.case.commitment_withdrawal import WithdrawalPanel
from window_app.ui.views.office import commitment_panel as panels
from window_app.ui.views.office.commitment_panel import CommitmentPanel, steps_of
from window_app.ui.views.office.commitment_reading import CommitmentReader, CommitmentView
from window_app.ui.widgets.flow import flowing
from window_app.ui.widgets.texts import Button, badge, bind_here, clear, label, row
from window_app.ui.workplace import Workplace

if TYPE_CHECKING:
    from window_app.ui.views.case.case_page import CasePage
    from window_app.ui.views.case.case_view import CaseView

KEY = "Ctrl+U"
PAPERS_KEY = "Ctrl+Shift+U"
_PLACES: Mapping[str, str] = {
    "commitment_review.looked_at_needed": "looked_at",
    "commitment_review.found_needed": "found",
    "commitment_review.statement_needed": "statement",
    "commitment_review.until_needed": "until",
    "commitment_review.correct_by": "correct_by",
    "commitment_review.amount": "recover",
    "commitment_review.same_person": "step",
    "commitment_review.same_decider": "step",
    "commitment_review.not_heard": "ruling",
}


class CommitmentCard(QFrame):
    """Shows the commitments of what lies open.

    Signals:
        asked: something is to be done with one of them.
        papers_asked: the papers of what is on record are to be issued.
        withdrawal_asked: the applicant takes one back.
    """

    asked = Signal()
    papers_asked = Signal()
    withdrawal_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(18, 12, 18, 12)
        self._lines.setSpacing(6)
        self.button = Button(self.tr("Commitment: next step  {key}").format(key=KEY), "primary")
        self.button.clicked.connect(self.asked)
        self.papers = Button(self.tr("Issue the papers of this  {key}").format(key=PAPERS_KEY))
        self.papers.clicked.connect(self.papers_asked)
        self.withdrawing = Button(self.tr("Withdraw a commitment  {key}").format(key=KEY))
        self.withdrawing.clicked.connect(self.withdrawal_asked)
        self._body = QVBoxLayout()
        self._body.setSpacing(6)
        self._lines.addLayout(row(label(self.tr("Commitments in place of certificates"), "step-title"), None))
        self._lines.addLayout(self._body)
        self._lines.addWidget(flowing(self.button, self.papers, self.withdrawing))
        self.hide()

    def show_commitments(
        self, found: tuple[CommitmentView, ...], *, writable: bool, papers: bool = False, at_counter: bool = False
    ) -> None:
        """Show them; nothing for none.

        `writable`: this station may go on with them; `papers`: some can be issued; `at_counter`: the applicant may
        take back here what nobody has answered yet.
        """
        clear(self._body)
        for one in found:
            self._add(one)
        self.papers.setVisible(writable and papers)
        self.button.setVisible(writable and any(steps_of(one) for one in found))
        self.withdrawing.setVisible(at_counter and any(one.withdrawable for one in found))
        self.setVisible(bool(found))

    def _add(self, one: CommitmentView) -> None:
        self._body.addLayout(row(label(one.title, "field-label"), badge(one.state, one.tone), None))
        self._body.addWidget(label(one.summary, "secondary", wrap=True))
        for text, warns in one.notes:
            self._body.addWidget(label(text, "note-caution" if warns else "secondary", wrap=True))
        for day, what, who in one.lines:
            told = row(label(day, "faint"), label(f"{what}  ·  {who}", wrap=True), spacing=14)
            told.setStretch(1, 1)
            self._body.addLayout(told)


class CaseCommitments:
    """The card on the page of a case, and what an office does with its commitments."""

    def __init__(self, page: "CasePage", place: Workplace) -> None:
        """Take the page; its key works while the page has the focus."""
        self._page = page
        self._place = place
        self._reader = CommitmentReader(place.desk, place.texts)
        self._rulings = place.desk.commitment_rulings
        self._found: tuple[CommitmentView, ...] = ()
        self.card = CommitmentCard(page)
        self._letters = place.desk.commitment_letters
        self.card.asked.connect(self.ask)
        self.card.papers_asked.connect(self.issue)
        self.card.withdrawal_asked.connect(self.withdraw)
        bind_here(page, PAPERS_KEY, self._press_papers)
        bind_here(page, KEY, self._press)

    def show_case(self, view: "CaseView") -> None:
        """Read the commitments of a case and show them; after its end they are verified all the same."""
        number, review, reader = view.case.number, self._place.desk.commitment_review, self._reader
        letters, at_counter = self._letters, self._rulings is None and not view.read_only
        ours = view.case.office == self._place.desk.station.office
        writable = self._rulings is not None and ours and not view.read_only

        def read() -> tuple[tuple[CommitmentView, ...], bool]:
            return reader.views(review.about(number)), letters is not None and bool(letters.missing(number))

        def done(read: tuple[tuple[CommitmentView, ...], bool]) -> None:
            if number == self._page.number:
                self._found, papers = read
                self.card.show_commitments(self._found, writable=writable, papers=papers, at_counter=at_counter)
                self._page.scroller.settle(self.card)

        self._place.tasks.run(read, done, self._page.verbs.failed)

    def issue(self) -> None:
        """Issue the papers of what is on record: they stand among the papers of the case then, to be printed."""
        letters, number = self._letters, self._page.number
        if letters is None:
            return

        def done(made: tuple[PaperRecord, ...]) -> None:
            self._page.say("✓ " + self.card.tr("Papers issued: {n}").format(n=len(made)), "note-good")
            self._page.show_number(number)
            self._page.stored_changed.emit()

        self._place.tasks.run(lambda: letters.issue_missing(number), done, self._page.verbs.failed)

    def ask(self) -> None:
        """Ask what is done next."""
        rulings, number = self._rulings, self._page.number
        if rulings is None:
            return
        panel = CommitmentPanel(self._found, self._reader, self._page)

        def done(made: ReviewFile) -> None:
            self._page.close_panel()
            said = self._reader.state(made)
            self._page.say("✓ " + panel.tr("On record: {state}").format(state=said), "note-good")
            self._page.show_number(number)
            self._page.stored_changed.emit()

        def failed(error: WindowAppError) -> None:
            field = _PLACES.get(error.code, "")
            panel.show_problem(self._place.texts.message(error), field)

        def confirmed(values: Mapping[str, str]) -> None:
            self._place.tasks.run(lambda: self._do(rulings, number, values), done, failed)

        panel.confirmed.connect(confirmed)
        self._page.open_panel(panel)

    def _press(self) -> None:
        shown = [one for one in (self.card.button, self.card.withdrawing) if not one.isHidden()]
        if self.card.isVisible() and shown:
            shown[0].click()

    def withdraw(self) -> None:
        """Ask which commitment the applicant takes back, and why."""
        cases, number = self._place.desk.commitments.cases, self._page.number
        panel = WithdrawalPanel(self._found, self._page)

        def done(_: Withdrawn) -> None:
            self._page.close_panel()
            self._page.say("✓ " + self.card.tr("Withdrawn. The certificate is due again."), "note-good")
            self._page.show_number(number)
            self._page.stored_changed.emit()

        def failed(error: WindowAppError) -> None:
            panel.show_problem(self._place.texts.message(error))

        def confirmed(said: Mapping[str, str]) -> None:
            self._place.tasks.run(lambda: cases.withdraw(number, said["which"], said["reason"]), done, failed)

        panel.confirmed.connect(confirmed)
        self._page.open_panel(panel)

    def _press_papers(self) -> None:
        if self.card.isVisible() and not self.card.papers.isHidden():
            self.card.papers.click()

    def _do(self, rulings: CommitmentRulings, number: str, said: Mapping[str, str]) -> ReviewFile:
        which, step = said["which"], said["step"]
        if step == panels.VERIFY:
            return rulings.verify(
                number, which, Finding(said["result"], said["method"], said["looked_at"], said["found"])
            )
        if step == panels.NOTICE:
            return rulings.give_notice(number, which, said["ruling"], self._day(said["until"]))
        if step == panels.HEAR:
            return rulings.hear(number, which, said["heard"], said["statement"])
        if step == panels.OBJECT:
            return rulings.object(number, which, said["text"])
        if step == panels.JUDGE:
            return rulings.decide_objection(number, which, said["ruling"], said["reason"])
        if step == panels.REPAIR:
            return rulings.repair(number, which, said["how"])
        correct_by = self._day(said["correct_by"])
        listed = bool(said["listed"])
        return rulings.decide(
            number, which, Ruling(said["ruling"], said["reason"], correct_by, said["recover"], listed)
        )

    def _day(self, typed: str) -> date | None:
        return self._place.desk.due.read_day(typed)
