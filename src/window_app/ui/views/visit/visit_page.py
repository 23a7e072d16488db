"""The visit page: four steps that grow from top to bottom, the law beside them, the receipt at the end."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from window_app.clock import CHINA
from window_app.domain.assessment import Citation, Question
from window_app.ui.fields.field_box import FieldBox
from window_app.ui.views.visit.form_view import FormView
from window_app.ui.views.visit.interview_view import InterviewView
from window_app.ui.views.visit.materials_view import MaterialsView
from window_app.ui.views.visit.presenter import VisitPresenter
from window_app.ui.views.visit.received_view import ReceivedView
from window_app.ui.views.visit.route_card import cited
from window_app.ui.views.visit.routes_view import RoutesView
from window_app.ui.views.visit.state import FieldAddress, VisitState
from window_app.ui.views.visit.visit_asks import VisitAsks
from window_app.ui.views.visit.visit_keys import VisitKeys
from window_app.ui.views.visit.visit_steps import Step, VisitSteps
from window_app.ui.widgets.article_popover import ArticlePopover
from window_app.ui.widgets.field_grid import NARROW, FieldGrid
from window_app.ui.widgets.growing_area import GrowingArea
from window_app.ui.widgets.side_panel import SidePanel
from window_app.ui.widgets.step_card import StepCard
from window_app.ui.widgets.texts import ENTER, label, row
from window_app.ui.workplace import Workplace

WRITE_THROUGH_MS = 500

Then = Callable[[VisitState], object]


class VisitPage(QWidget):
    """Shows one visit. All thinking is the presenter's, on the thread of the store.

    Signals:
        closed: the visit was put aside.
        stored_changed: drafts or cases are no longer what they were.
        arrived: what the clerk did was taken in and is on show; carries the state.
        troubled: the store does not take what was typed, which stays here; carries what to do, "" once it does.
        law_asked: an article is to be read in the law library; carries law and article.
    """

    closed = Signal()
    stored_changed = Signal()
    arrived = Signal(object)
    troubled = Signal(str)
    law_asked = Signal(str, str)

    def __init__(self, place: Workplace, presenter: VisitPresenter) -> None:
        super().__init__()
        self.setObjectName("page")
        self.place = place
        self.presenter = presenter
        self._routes_known = presenter.routes()
        self.state: VisitState | None = None
        self.trouble = ""
        self._edits: dict[FieldAddress, object] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WRITE_THROUGH_MS)
        self._timer.timeout.connect(self.flush)
        self._build()
        self.asks = VisitAsks(self)
        self.steps = VisitSteps(self)
        self._join()
        self.keys = VisitKeys(self)

    # -- what the window asks of the page

    def begin(self) -> None:
        """Start a new visit."""
        self.run(self.presenter.begin, lambda _: self.steps.open(Step.WHO))

    def resume(self, visit_id: UUID) -> None:
        """Take up a draft at the step where it was left."""
        self.run(lambda: self.presenter.resume(visit_id), self.steps.go_on)

    def put_aside(self) -> None:
        """Write everything through and leave the page."""
        self.flush()
        self.place.tasks.run(self.presenter.put_aside, lambda _: self.closed.emit(), self.asks.failed)
        self.stored_changed.emit()

    def receive(self, *, clock_confirmed: bool = False, without_route: bool = False) -> None:
        """Take the visit in; asks first where the visitor has not chosen among routes that are open."""
        if self.state is None or self.state.received is not None:
            return
        open_matter = next((one for one in self.state.matters if one.route is None and one.routes), None)
        if open_matter is not None and not without_route:
            self.asks.about_route()
            return
        self.run(lambda: self.presenter.receive(clock_confirmed=clock_confirmed), self._after_receive)

    def print_paper(self) -> None:
        """Print the paper that is due next."""
        card = self.received.papers.current()
        if self.steps.current is Step.RECEIVED and card is not None:
            card.print_button.click()

    def save_paper(self) -> None:
        """Save a copy of the paper that is due next."""
        card = self.received.papers.current()
        if self.steps.current is Step.RECEIVED and card is not None:
            card.save_button.click()

    def touched(self) -> bool:
        """Answer whether there is anything in this visit to keep."""
        return self.presenter.touched or bool(self._edits)

    def working(self) -> bool:
        """Answer whether the visit is still being taken down."""
        return self.state is not None and self.state.received is None

    def show_trouble(self, text: str) -> None:
        """Say where it cannot be scrolled away that the store did not take something; "" takes it away."""
        if text != self.trouble:
            self.trouble = text
            self.troubled.emit(text)

    def escape(self) -> bool:
        """Close what lies over the page; answers whether anything did."""
        if not self.article.isHidden():
            self.article.dismiss()
            return True
        if self.side.is_out:
            self.side.toggle()
            self.steps.focus()
            return True
        return False

    # -- doing and showing

    def run(self, work: Callable[[], VisitState], then: Then | None = None) -> None:
        """Let the presenter do something and show what came of it; what was typed before goes first."""
        self.flush()

        def arrived(state: VisitState) -> None:
            self._show(state)
            if then is not None:
                then(state)
            self.arrived.emit(state)

        self.place.tasks.run(work, arrived, self.asks.failed)

    def flush(self) -> None:
        """Hand over what was typed since the last time; it is stored at once."""
        self._timer.stop()
        if not self._edits:
            return
        if any(box.composing() for box in self.boxes()):
            self._timer.start()
            return
        edits = list(self._edits.items())
        self._edits.clear()
        self.place.tasks.run(lambda: self.presenter.edit(edits), self._show, self.asks.failed)

    def boxes(self) -> list[FieldBox]:
        """Return the fields of the step that is open, in order."""
        if self.steps.current is Step.WHO:
            return self.who.ordered()
        panel = self.form.open_panel() if self.steps.current is Step.FORM else None
        return panel.boxes() if panel is not None else []

    def _show(self, state: VisitState) -> None:
        fresh = self.state is None or self.state.visit_id != state.visit_id
        self.state = state
        self.show_trouble(state.unsaved)
        if fresh:
            self.asks.say("")
        moment = state.opened_at.astimezone(CHINA).strftime("%H:%M")
        self._when.setText(self.tr("since {time}").format(time=moment))
        self._what.setText(self._matters_line(state))
        for box in self.who.show_fields(state.who):
            box.edited.connect(self._edited)
            box.left.connect(self.flush)
            box.reveal_asked.connect(self.reveal_field)
        self.interview.show_state(state)
        self.form.show_sections(state.sections)
        self.materials.show_materials(state.materials)
        self.routes.show_state(state, self._routes_known, self._source())
        self.received.setVisible(state.received is not None)
        if state.received is not None:
            self.received.show_received(state.received)
        self.steps.show(state)

    def _matters_line(self, state: VisitState) -> str:
        titles = [matter.title for matter in state.matters if matter.title]
        if len(titles) < 2:
            return "".join(titles)
        return self.tr("{n} matters: {titles}").format(n=len(titles), titles=" · ".join(titles))

    def _source(self) -> str:
        desk = self.place.desk
        locality = desk.definitions.localities.get(desk.station.locality or "")
        where = self.place.texts.of(locality.title) if locality is not None else self.tr("national rules")
        return f"{where} · {desk.definitions.content_hash[:8]}"

    def _after_receive(self, state: VisitState) -> None:
        if state.problems:
            self.asks.lead_to(state.problems)
            return
        self.asks.say("")
        self.stored_changed.emit()
        self.scroller.verticalScrollBar().setValue(0)
        self.received.papers.take_focus()

    # -- what the views tell

    def answer(self, question: Question, value: object) -> None:
        """Give an answer of the interview."""
        self.run(lambda: self.presenter.answer(question, value), self.steps.after_answer)

    def change(self, question: Question) -> None:
        """Show an earlier question again."""
        self.steps.current = Step.WHAT
        self.run(lambda: self.presenter.change(question), lambda _: self.interview.take_focus())

    def turn_to(self, key: str) -> None:
        """Work on another matter."""
        self.steps.current = Step.WHAT
        self.run(lambda: self.presenter.turn_to(key), lambda _: self.interview.take_focus())

    def choose_route(self, route: str) -> None:
        """Take the visitor's choice; what was taken in is closed."""
        if self.working():
            self.run(lambda: self.presenter.choose(route), self.steps.after_choice)

    def add_record_to(self, section: str) -> None:
        """Add a record to a repeating section and open it."""

        def then(state: VisitState) -> None:
            count = next(len(one.records) for one in state.sections if one.section == section)
            self.form.unfold(section, count - 1)
            self.steps.focus()

        self.run(lambda: self.presenter.add_record(section), then)

    def remove_record_of(self, section: str, index: int) -> None:
        """Remove a record of a repeating section; offers to bring it back."""

        def then(_: VisitState) -> None:
            self.steps.focus()
            self.asks.offer_undo()

        self.run(lambda: self.presenter.remove_record(section, index), then)

    def reveal_field(self, address: FieldAddress) -> None:
        """Show what the mask of a field hides; this is recorded."""
        box = next((one for one in self.boxes() if one.address == address), None)
        if box is None:
            return
        self.place.tasks.run(lambda: self.presenter.revealed(address.field), lambda _: box.reveal(), self.asks.failed)

    def _edited(self, edit: tuple[FieldAddress, object]) -> None:
        self._edits[edit[0]] = edit[1]
        self._timer.start()

    def _override(self, route: str, reason: str) -> None:
        if self.working():
            self.run(lambda: self.presenter.override(route, reason), self.steps.after_choice)

    def _remove_matter(self, key: str) -> None:
        self.run(lambda: self.presenter.remove_matter(key), lambda _: self.interview.take_focus())

    def _show_article(self, citation: Citation) -> None:
        statutes = self.place.desk.statutes

        def done(text: str | None) -> None:
            gist = self.place.texts.of(citation.gist) if citation.gist else ""
            self.article.show_article(cited(citation), gist, text, verified=citation.verified)
            self.article.place = (citation.law, citation.article)

        def work() -> str | None:
            article = statutes.article(citation.law, citation.article)
            return article.text if article is not None else None

        self.place.tasks.run_free(work, done, self.asks.failed)

    # -- building

    def _build(self) -> None:
        self._title = label(self.tr("Visit"), "page-title")
        self._when = label("", "secondary")
        self._what = label("", "secondary")
        self.who = FieldGrid()
        self.interview = InterviewView()
        self.form = FormView()
        self.materials = MaterialsView()
        self.received = ReceivedView(self.place)
        self.received.hide()
        self.cards = {
            Step.WHO: StepCard(1, self.tr("Who is here"), self.who),
            Step.WHAT: StepCard(2, self.tr("What happened"), self.interview),
            Step.FORM: StepCard(3, self.tr("Form"), self.form),
            Step.MATERIALS: StepCard(4, self.tr("Materials"), self.materials),
        }
        self.note = label("", "note-error", wrap=True)
        self.note.hide()
        self.ask_lines = QVBoxLayout()
        body = QWidget()
        body.setObjectName("pageBody")
        lines = QVBoxLayout(body)
        lines.setContentsMargins(18, 10, 12, 16)
        lines.setSpacing(10)
        lines.addLayout(row(self._title, self._when, None, self._what))
        lines.addLayout(self.ask_lines)
        lines.addWidget(self.note)
        for card in self.cards.values():
            lines.addWidget(card)
        lines.addWidget(self.received)
        lines.addStretch(1)
        self.scroller = GrowingArea(body)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.routes = RoutesView()
        self.side = SidePanel(self, self.scroller, self.routes, self.place.theme)
        self.article = ArticlePopover(self)

    def _join(self) -> None:
        for step, card in self.cards.items():
            card.opened.connect(lambda step=step: self.steps.open(step))
        self.cards[Step.WHAT].aside.connect(self.steps.back)
        self.interview.answered.connect(self.answer)
        self.interview.change_asked.connect(self.change)
        self.interview.matter_asked.connect(self.turn_to)
        self.interview.matter_added.connect(self.steps.add_matter)
        self.interview.matter_removed.connect(self._remove_matter)
        self.form.edited.connect(self._edited)
        self.form.left.connect(self.flush)
        self.form.turned.connect(self.flush)
        self.form.reveal_asked.connect(self.reveal_field)
        self.form.record_added.connect(self.add_record_to)
        self.form.record_removed.connect(self.remove_record_of)
        self.materials.ticked.connect(lambda code, tick: self.run(lambda: self.presenter.tick(code, tick)))
        self.materials.finished.connect(self.steps.finish_section)
        self.materials.entered.connect(lambda: self.steps.enter(Step.MATERIALS))
        self.routes.chosen.connect(self.choose_route)
        self.routes.overridden.connect(self._override)
        self.routes.article_asked.connect(self._show_article)
        self.routes.aside_asked.connect(self.put_aside)
        self.routes.receive_asked.connect(self.receive)
        self.received.changed.connect(lambda: self.run(self.presenter.papers_again))
        self.article.closed.connect(self.steps.focus)
        self.article.library_asked.connect(self.law_asked)

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the column, the drawer and the fields follow the width."""
        super().resizeEvent(event)
        self.side.fit(self.width())
        narrow = self.scroller.width() < NARROW * self.place.theme.scale
        self.who.set_single(narrow)
        self.form.set_single(narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go through the fields, and Y and N answer whether a paper came out."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in ENTER and plain == Qt.KeyboardModifier.NoModifier:
            self.steps.next_field(1)
        elif event.key() in ENTER and plain == Qt.KeyboardModifier.ShiftModifier:
            self.steps.next_field(-1)
        elif not self.answer_key(event.text().lower()):
            super().keyPressEvent(event)

    def answer_key(self, text: str) -> bool:
        """Answer "did it come out?" by Y or N; answers whether that was asked."""
        codes = {"y": "yes", "n": "no"}
        return self.steps.current is Step.RECEIVED and text in codes and self.received.papers.answer(codes[text])
