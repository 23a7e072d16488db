"""Between two visits: the next visit, visits that wait, papers nobody has confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from window_app.domain.visits import DraftSummary
from window_app.ui.views.drafts.drafts_screen import is_for
from window_app.ui.views.lists.screens import clock_time
from window_app.ui.views.papers.batch import PaperBatch
from window_app.ui.views.papers.paper_actions import PaperActions
from window_app.ui.views.papers.paper_cards import PaperList
from window_app.ui.views.papers.reading import PaperReader
from window_app.ui.views.reception.ticket_card import TicketCard
from window_app.ui.views.visit.state import PaperView
from window_app.ui.widgets.flow import flowing
from window_app.ui.widgets.growing_area import GrowingArea
from window_app.ui.widgets.texts import Ask, Button, bind_here, clear, label, row
from window_app.ui.workplace import Workplace

SHOWN_PAPERS = 5


@dataclass(frozen=True, slots=True)
class HomeView:
    """What waits at the counter."""

    drafts: tuple[DraftSummary, ...]
    names: Mapping[str, str]
    papers: tuple[PaperView, ...]
    unsettled: int


class ReceptionHome(QWidget):
    """Shows what waits; asks about the visit that was open when the program last ended."""

    new_asked = Signal()
    resume_asked = Signal(object)
    drafts_asked = Signal()
    due_asked = Signal()
    outage_asked = Signal()
    closing_asked = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setObjectName("page")
        self._place = place
        self._reader = PaperReader(place.desk, place.texts)
        self.begin = Button(self.tr("New visit  F2"), "primary")
        self.begin.clicked.connect(self.new_asked)
        self.outage = Button(self.tr("Type in an outage form  Shift+F2"))
        self.outage.clicked.connect(self.outage_asked)
        self.closing = Button(self.tr("End of the day  Shift+F12"))
        self.closing.clicked.connect(self.closing_asked)
        self.due = Button("", "link")
        self.due.clicked.connect(self.due_asked)
        self.due.hide()
        self._waiting = 0
        self._word = label("", "secondary", wrap=True)
        self._asks = QVBoxLayout()
        self.ask: Ask | None = None
        self._papers_title = label("", "step-title")
        self.papers = PaperList()
        self.doing = PaperActions(place, self.papers, marked=False)
        self.doing.changed.connect(self.refresh)
        self.batch = PaperBatch(place)
        self.batch.changed.connect(self.refresh)
        self.batch.bind_on(self)
        self.tickets = TicketCard(place)
        self._put_off: set[UUID] = set()
        self._lay_out()
        bind_here(self, "Ctrl+S", self._save_paper)

    def refresh(self) -> None:
        """Read again what waits."""
        self._place.tasks.run(self.read, self._show)
        self.tickets.refresh()

    def read(self) -> HomeView:
        """Return what waits; runs where the store lives."""
        unsettled = self._place.desk.papers.unsettled()
        papers = self._reader.views(unsettled[:SHOWN_PAPERS])
        desk = self._place.desk
        return HomeView(desk.reception.drafts(), desk.drafting.names(), papers, len(unsettled))

    def take_focus(self) -> None:
        """Put the focus on what is asked, else on the next visit."""
        if self.ask is not None:
            self.ask.take_focus()
        else:
            self.begin.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer "did it come out?" by Y or N."""
        codes = {"y": "yes", "n": "no"}
        if not self.papers.answer(codes.get(event.text().lower(), "")):
            super().keyPressEvent(event)

    def _save_paper(self) -> None:
        card = self.papers.current()
        if card is not None:
            card.save_button.click()

    def _lay_out(self) -> None:
        body = QWidget()
        body.setObjectName("pageBody")
        lines = QVBoxLayout(body)
        lines.setContentsMargins(18, 14, 18, 16)
        lines.setSpacing(12)
        card = QFrame()
        card.setProperty("card", True)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(24, 22, 24, 22)
        inner.setSpacing(12)
        inner.addWidget(label(self.tr("Ready for the next visitor"), "page-title"))
        inner.addWidget(self._word)
        inner.addLayout(row(self.due, None))
        inner.addWidget(flowing(self.begin, self.outage, self.closing))
        lines.addLayout(self._asks)
        lines.addWidget(card)
        lines.addWidget(self.tickets)
        lines.addWidget(self._papers_title)
        lines.addWidget(self.batch)
        lines.addWidget(self.papers)
        lines.addStretch(1)
        scroll = GrowingArea(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _show(self, view: HomeView) -> None:
        waiting = self._waiting = len(view.drafts)
        text = self.tr("{n} visits put aside").format(n=waiting) if waiting else self.tr("Nothing is waiting.")
        self._word.setText(text)
        self.papers.show_papers(view.papers)
        self._papers_title.setVisible(bool(view.papers))
        self.batch.setVisible(bool(view.papers) or self.batch.running)
        title = self.tr("Papers that wait to be printed or confirmed: {n}").format(n=view.unsettled)
        self._papers_title.setText(title)
        clerk = self._place.desk.session.clerk
        fresh = [one for one in view.drafts if one.visit_id not in self._put_off and is_for(one, clerk)]
        self._ask_about(fresh[0] if fresh else None, view.names)
        self.take_focus()

    def show_due(self, count: int, today: int) -> None:
        """Show how much is due, and of it how much today or overdue."""
        text = self.tr("{n} due, {today} of it today or overdue ›") if today else self.tr("{n} due ›")
        self.due.setText(text.format(n=count, today=today))
        self.due.setAccessibleName(self.due.text())
        self.due.setVisible(bool(count))
        self._word.setVisible(bool(self._waiting) or not count)

    def put_off(self, visit_id: UUID) -> None:
        """Ask no more about a visit that the clerk put aside on purpose."""
        self._put_off.add(visit_id)

    def _ask_about(self, draft: DraftSummary | None, names: Mapping[str, str]) -> None:
        clear(self._asks)
        self.ask = None
        if draft is None:
            return
        answers = [("yes", self.tr("1  Go on")), ("later", self.tr("2  Leave it among those put aside"))]
        self.ask = Ask(self._about(draft, names), answers, self)

        def answered(code: str) -> None:
            self._put_off.add(draft.visit_id)
            if code == "yes":
                self.resume_asked.emit(draft.visit_id)
            else:
                self.refresh()

        self.ask.answered.connect(answered)
        self._asks.addWidget(self.ask)

    def _about(self, draft: DraftSummary, names: Mapping[str, str]) -> str:
        visitor, handed = draft.visitor or self.tr("visitor without a name"), draft.handed_over
        if handed is None:
            text = self.tr("A visit was not finished: {visitor}, begun {time}. Go on with it?")
            return text.format(visitor=visitor, time=clock_time(draft.opened_at))
        text = self.tr("{name} hands you a visit: {visitor}, begun {time}. Go on with it?")
        told = text.format(name=names.get(handed.by, handed.by), visitor=visitor, time=clock_time(draft.opened_at))
        return f"{told}\n{handed.remark}" if handed.remark else told
