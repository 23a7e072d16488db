"""One case: where it stands, what is to be done with it, its papers, what happened to it."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from window_app.errors import WindowAppError
from window_app.ui.views.case.answer_list import AnswerList
from window_app.ui.views.case.case_actions import CaseActions
from window_app.ui.views.case.case_attachments import CaseAttachments
from window_app.ui.views.case.case_reading import CaseReader
from window_app.ui.views.case.case_view import CaseView, DecisionView
from window_app.ui.views.case.conflict_card import ConflictCard
from window_app.ui.views.lists.case_words import CaseWords
from window_app.ui.views.office.commitment_card import CaseCommitments
from window_app.ui.views.papers.handout_place import HandoutPlace
from window_app.ui.views.papers.paper_actions import PaperActions
from window_app.ui.views.papers.paper_cards import PaperList
from window_app.ui.views.visit.route_card import LimitRow
from window_app.ui.widgets.action_panel import ActionPanel
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.growing_area import GrowingArea
from window_app.ui.widgets.texts import Button, badge, bind_here, clear, label, polish, row
from window_app.ui.workplace import Workplace

TONES = {
    "received": "soft",
    "accepted": "good",
    "closed": "good",
    "refused": "error",
    "voided": "error",
    "returned": "caution",
    "suspended": "caution",
    "transferred": "soft",
}


class CasePage(QWidget):
    """Shows a case found by its number, and does with it what this station may do.

    Signals:
        closed: the clerk leaves the case.
        stored_changed: something about it was put on record here.
    """

    closed = Signal()
    stored_changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setObjectName("page")
        self._place = place
        self._reader = CaseReader(place.desk, place.texts)
        self._words = CaseWords(place.desk, place.texts)
        self.number = ""
        self.view: CaseView | None = None
        self.panel: ActionPanel | None = None
        self.conflicts: list[ConflictCard] = []
        self.verbs = CaseActions(self, place)
        self._make_parts()
        self._make_handouts()
        self.attachments = CaseAttachments(self, place)
        self.commitments = CaseCommitments(self, place)
        self._lay_out()
        self._bind_keys()

    # -- what others ask of the page

    def show_number(self, number: str) -> None:
        """Read a case by its number and show it."""
        again = number == self.number
        self.number = number
        if not again:
            self.close_panel()
            self.handouts.close()
            self.say("")
            self.view = None
        self._place.tasks.run(
            lambda: self._reader.read(number), lambda view: self._take(number, view, again=again), self._failed
        )

    def look_again(self) -> None:
        """Read the case again; nothing moves where nothing has changed."""
        if self.number and self.view is not None:
            self.show_number(self.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer "did it come out?" by Y or N."""
        codes = {"y": "yes", "n": "no"}
        if not self.papers.answer(codes.get(event.text().lower(), "")):
            super().keyPressEvent(event)

    def print_paper(self) -> None:
        """Print the card that is open, else the paper with the focus or the first; one handed over before is marked."""
        card = self.papers.current()
        if not self.handouts.print() and card is not None:
            card.print_button.click()

    def save_paper(self) -> None:
        """Save a copy of the card that is open, else of the paper with the focus or of the first."""
        card = self.papers.current()
        if not self.handouts.save() and card is not None:
            card.save_button.click()

    def stand_on(self, paper_id: UUID) -> None:
        """Put the focus on the card of a paper."""
        card = self.papers.card_of(paper_id)
        if card is not None:
            card.print_button.setFocus()
            self.scroller.bring_into_sight(card)

    def acknowledge(self) -> None:
        """Take the case over, where this station is the office that may."""
        self.verbs.press("acknowledge")

    def escape(self) -> bool:
        """Close what is open at the top; answers whether anything was."""
        if self.handouts.close():
            return True
        if self.panel is None:
            return self.papers.escape()
        self.close_panel()
        return True

    # -- what the actions ask of the page

    def open_panel(self, panel: ActionPanel) -> None:
        """Show a panel in the place of the one before."""
        self.close_panel()
        self.panel = panel
        panel.cancelled.connect(self.close_panel)
        panel.moved.connect(self._follow)
        self._panel_lines.addWidget(panel)
        panel.show()
        self.scroller.settle(panel)
        self.scroller.bring_into_sight(panel)
        panel.take_focus()

    def close_panel(self) -> None:
        """Take the panel away."""
        if self.panel is not None:
            self.panel = None
            clear(self._panel_lines)
            self.scroller.settle()
            self._take_focus()

    def say(self, text: str, kind: str = "note-error") -> None:
        """Say at the top of the page what went wrong or what was done; "" takes it away."""
        self.problem.setText(text)
        polish(self.problem, kind=kind)
        self.problem.setVisible(bool(text))
        self.scroller.settle(self.problem)

    # -- inside

    def _settle(self, card: QWidget | None) -> None:
        self.scroller.settle(card)
        if card is not None:
            self.scroller.verticalScrollBar().setValue(0)  # its page's head stays in sight with it
            self.scroller.bring_into_sight(card)

    def _follow(self, part: QWidget) -> None:
        self.scroller.settle(part)
        self.scroller.ensureWidgetVisible(part, 0, 80)

    def _make_parts(self) -> None:
        self._number = label("", "number")
        self._state = badge("", "soft")
        self._claimed = badge("", "caution")
        self._unsent = badge(self._place.texts.text("ui.case.mark.unsent"), "caution")
        self.problem = label("", "note-error", wrap=True)
        self.problem.hide()
        self.warning = label("", "note-caution", wrap=True)
        self._decision = QFrame()
        self._decision.setProperty("card", True)
        self._decision_lines = QVBoxLayout(self._decision)
        self._decision_lines.setContentsMargins(18, 12, 18, 12)
        self._decision_lines.setSpacing(4)
        self._buttons = QWidget()
        self._buttons_flow = FlowLayout(self._buttons)
        for button in self.verbs.buttons.values():
            self._buttons_flow.addWidget(button)
        self._panel_lines = QVBoxLayout()
        self._conflict_lines = QVBoxLayout()
        self._conflict_lines.setSpacing(8)
        self._facts = QFrame()
        self._facts.setProperty("card", True)
        self._grid = QGridLayout(self._facts)
        self._grid.setContentsMargins(18, 14, 18, 14)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self._limits = QVBoxLayout()
        self._due = QFrame()
        self._due.setProperty("card", True)
        self._due_lines = QVBoxLayout(self._due)
        self._due_lines.setContentsMargins(18, 12, 18, 12)
        self._due_lines.setSpacing(4)
        self._answers = AnswerList()
        self.papers = PaperList(marked=True)
        self.doing = PaperActions(self._place, self.papers, marked=True)
        self.doing.changed.connect(lambda: self.show_number(self.number))
        self._papers_title = label(self.tr("Papers"), "step-title")
        self._answers_title = label(self.tr("What was taken in"), "step-title")
        self._history = QVBoxLayout()
        self._history.setSpacing(4)

    def _make_handouts(self) -> None:
        handout_lines = self._handout_lines = QVBoxLayout()
        self.handouts = HandoutPlace(self, self._place, handout_lines, self._settle, self._take_focus)
        self.handouts.said.connect(lambda text: self.say(text, "note-caution"))
        self.handouts.changed.connect(lambda: self.show_number(self.number))

    def _lay_out(self) -> None:
        back = Button(self.tr("Back  Esc"))
        back.clicked.connect(self.closed)
        body = QWidget()
        body.setObjectName("pageBody")
        lines = QVBoxLayout(body)
        lines.setContentsMargins(18, 14, 18, 16)
        lines.setSpacing(10)
        title = label(self.tr("Case"), "page-title")
        lines.addLayout(row(title, self._number, self._state, self._claimed, self._unsent, None, back))
        for part in (self.problem, self.warning, self._decision, self._buttons):
            lines.addWidget(part)
        lines.addLayout(self._panel_lines)
        lines.addLayout(self._handout_lines)
        lines.addLayout(self._conflict_lines)
        lines.addWidget(self.commitments.card)
        lines.addWidget(self._facts)
        lines.addLayout(self._limits)
        lines.addWidget(self._due)
        lines.addLayout(self._parts())
        lines.addStretch(1)
        self.scroller = GrowingArea(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.scroller)

    def _parts(self) -> QVBoxLayout:
        """Return the long parts: an office reads the content first, a counter has its papers at hand."""
        papers, content = QVBoxLayout(), QVBoxLayout()
        papers.addWidget(self._papers_title)
        papers.addWidget(self.papers)
        papers.addWidget(label(self.tr("What happened"), "step-title"))
        papers.addLayout(self._history)
        content.addWidget(self._answers_title)
        content.addWidget(self._answers)
        content.addWidget(self.attachments)
        parts = QVBoxLayout()
        parts.setSpacing(10)
        for part in (content, papers) if self.verbs.is_office else (papers, content):
            part.setSpacing(10)
            parts.addLayout(part)
        return parts

    def _bind_keys(self) -> None:
        for name, key in self.verbs.keys.items():
            bind_here(self, key, partial(self.verbs.press, name))
        bind_here(self, "Ctrl+S", self.save_paper)

    def _take(self, number: str, view: CaseView | None, *, again: bool) -> None:
        if number != self.number or (again and view == self.view):
            return
        self.view = view
        if view is None:
            self.say("✕ " + self.tr("This machine does not know that number."))
            return
        self._show_head(view)
        self.verbs.fit(view)
        self._show_decision(view.decision)
        self._show_conflicts(view)
        self._show_facts(view)
        self._show_due(view)
        self._show_answers(view)
        self.attachments.show_case(view)
        self.commitments.show_case(view)
        self.papers.show_papers(view.papers)
        self._papers_title.setVisible(bool(view.papers))
        clear(self._history)
        for moment, what, who in view.history:
            told = row(label(moment, "faint"), label(f"{what}  ·  {who}", wrap=True), spacing=14)
            told.setStretch(1, 1)
            self._history.addLayout(told)
        self.scroller.settle()
        if not again:
            self._take_focus()
            self.verbs.entered(view)

    def _show_head(self, view: CaseView) -> None:
        texts = self._place.texts
        self._number.setText(view.case.number)
        self._state.setText(view.state)
        polish(self._state, badge=TONES.get(view.mark, "soft"))
        claimed = texts.text("ui.case.claim_mine") if view.mine else texts.text("ui.case.claimed", who=view.claimed)
        self._claimed.setText(claimed)
        self._claimed.setVisible(bool(view.claimed))
        self._unsent.setVisible(view.case.unsent)
        warnings = [texts.text("ui.case.read_only")] if view.read_only else []
        if not view.here and not self.verbs.is_office:
            warnings.append(texts.text("ui.case.not_here"))
        self.warning.setText("\n".join(warnings))
        self.warning.setVisible(bool(warnings))

    def _show_decision(self, decision: DecisionView | None) -> None:
        clear(self._decision_lines)
        self._decision.setVisible(decision is not None)
        if decision is None:
            return
        number = label(decision.number or decision.state, "decision", wrap=True)
        self._decision_lines.addLayout(
            row(label(decision.state, "step-title"), label(decision.office, "secondary"), None)
        )
        self._decision_lines.addWidget(number)
        day = self._place.texts.text("ui.case.decided_on", day=decision.decided_on) if decision.decided_on else ""
        told = " · ".join(part for part in (day, decision.articles) if part)
        for text in (told, decision.reason):
            if text:
                self._decision_lines.addWidget(label(text, "secondary", wrap=True))

    def _show_conflicts(self, view: CaseView) -> None:
        clear(self._conflict_lines)
        self.conflicts = []
        for at, conflict in enumerate(view.conflicts):
            card = ConflictCard(conflict, first=at == 0, writable=self.verbs.may_settle(view, conflict))
            card.settle_asked.connect(self.verbs.settle)
            self.conflicts.append(card)
            self._conflict_lines.addWidget(card)

    def _show_facts(self, view: CaseView) -> None:
        clear(self._grid)
        case = view.case
        facts = [
            ("applicant", case.applicant or "—"),
            ("respondent", case.respondent or "—"),
            ("matter", self._words.matter(case.matter)),
            ("route", self._words.route(case.route)),
            ("received", case.received_on.isoformat()),
            ("due", case.due_on.isoformat() if case.due_on else "—"),
        ]
        if view.office:
            taken = self._place.texts.text("ui.case.state.acknowledged") + " " + view.acknowledged
            facts.append(("office", view.office + (f" · {taken}" if view.acknowledged else "")))
        for at, (name, value) in enumerate(facts):
            self._grid.addWidget(label(self._words.heading(name), "faint"), at // 2, at % 2 * 2)
            self._grid.addWidget(label(value, wrap=True), at // 2, at % 2 * 2 + 1)

    def _show_due(self, view: CaseView) -> None:
        clear(self._limits)
        for limit in view.limits:
            line = LimitRow(limit)
            line.grown.connect(self._follow)
            self._limits.addWidget(line)
        clear(self._due_lines)
        self._due.setVisible(bool(view.due))
        self._due_lines.addWidget(label(self.tr("What is due"), "faint"))
        for text, settled in view.due:
            told = ("✓  " if settled else "•  ") + text
            self._due_lines.addWidget(label(told, "faint" if settled else "", wrap=True))

    def _show_answers(self, view: CaseView) -> None:
        self._answers.setVisible(bool(view.answers))
        self._answers_title.setVisible(bool(view.answers))
        self._answers.show_answers(view.answers)

    def _take_focus(self) -> None:
        if self.papers.cards:
            self.papers.take_focus()
        else:
            shown = [button for button in self.verbs.buttons.values() if not button.isHidden()]
            (shown[0] if shown else self).setFocus()

    def _failed(self, error: WindowAppError) -> None:
        self.say("✕ " + self._place.texts.message(error))
