"""The visit page: four steps that grow from top to bottom, the law beside them, the receipt at the end."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from window_app.clock import CHINA
from window_app.domain.assessment import Citation, Question
from window_app.errors import WindowAppError
from window_app.ui.fields.field_box import FieldBox
from window_app.ui.views.visit.aids import AidPanel, SectionAid, panels_of
from window_app.ui.views.visit.field_check import FieldCheck
from window_app.ui.views.visit.form_view import AHEAD
from window_app.ui.views.visit.materials_view import is_aside
from window_app.ui.views.visit.presenter import VisitPresenter
from window_app.ui.views.visit.route_card import cited
from window_app.ui.views.visit.state import FieldAddress, VisitState
from window_app.ui.views.visit.visit_asks import VisitAsks
from window_app.ui.views.visit.visit_attaching import VisitAttaching
from window_app.ui.views.visit.visit_commitments import VisitCommitments
from window_app.ui.views.visit.visit_handouts import VisitHandouts
from window_app.ui.views.visit.visit_keys import VisitKeys
from window_app.ui.views.visit.visit_layout import VisitLayout
from window_app.ui.views.visit.visit_steps import Step, VisitSteps
from window_app.ui.views.visit.visit_travel import VisitTravel
from window_app.ui.widgets.texts import ENTER, laid_out_once
from window_app.ui.workplace import Workplace

WRITE_THROUGH_MS = 500
SLICE = 5

Then = Callable[[VisitState], object]


class VisitPage(VisitLayout):
    """Shows one visit. All thinking is the presenter's, on the thread of the store.

    Signals:
        closed: the visit was put aside.
        stored_changed: drafts or cases are no longer what they were.
        arrived: what the clerk did was taken in and is on show; carries the state.
        troubled: the store does not take what was typed, which stays here; carries what to do, "" once it does.
        law_asked: an article is to be read in the law library; carries law and article.
        case_asked: another case is to be shown; carries its number.
    """

    closed = Signal()
    stored_changed = Signal()
    arrived = Signal(object)
    troubled = Signal(str)
    law_asked = Signal(str, str)
    case_asked = Signal(str)

    def __init__(self, place: Workplace, presenter: VisitPresenter, aids: Sequence[SectionAid] = ()) -> None:
        super().__init__(place)
        self.presenter = presenter
        self._aids = aids
        self._routes_known = presenter.routes()
        self.state: VisitState | None = None
        self.trouble = ""
        self._edits: dict[FieldAddress, object] = {}
        self._check = FieldCheck(place.desk, place.texts)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WRITE_THROUGH_MS)
        self._timer.timeout.connect(self.flush)
        self._rest = place.tasks.turns(self)
        self._ahead = place.tasks.turns(self)
        self.asks = VisitAsks(self)
        self.steps = VisitSteps(self)
        self.travel = VisitTravel(self)
        self._join()
        self.attaching = VisitAttaching(self)
        self.commitments = VisitCommitments(self)
        self.handouts = VisitHandouts(self)
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
        self.flush(leaving=True)
        self.place.tasks.run(self.presenter.put_aside, lambda _: self.closed.emit(), self.asks.failed)
        self.stored_changed.emit()

    def receive(self, *, clock_confirmed: bool = False, without_route: bool = False) -> None:
        """Take the visit in; asks first where the visitor has not chosen among routes that are open."""
        if self.state is None or not self.working():
            return
        open_matter = next((one for one in self.state.matters if one.route is None and one.routes), None)
        if open_matter is not None and not without_route:
            self.asks.about_route()
            return
        self.run(lambda: self.presenter.receive(clock_confirmed=clock_confirmed), self._after_receive)

    def print_paper(self) -> None:
        """Print the card that is open, else the paper that is due next."""
        card = self.received.papers.current()
        if not self.handouts.at.print() and self.steps.current is Step.RECEIVED and card is not None:
            card.print_button.click()

    def save_paper(self) -> None:
        """Save a copy of the card that is open, else of the paper that is due next."""
        card = self.received.papers.current()
        if not self.handouts.at.save() and self.steps.current is Step.RECEIVED and card is not None:
            card.save_button.click()

    def touched(self) -> bool:
        """Answer whether there is anything in this visit to keep."""
        return self.presenter.touched or bool(self._edits)

    def working(self) -> bool:
        """Answer whether the visit is still being taken down."""
        return self.state is not None and self.state.received is None and self.state.moving is None

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
        if self.handouts.at.close():
            return True
        if not self.handing.isHidden():
            self.handing.close_panel()
            return True
        if self.side.is_out:
            self.side.toggle()
            self.steps.focus()
            return True
        return False

    # -- doing and showing

    def run(
        self,
        work: Callable[[], VisitState],
        then: Then | None = None,
        *,
        renew: bool = False,
        failed: Callable[[WindowAppError], None] | None = None,
    ) -> None:
        """Let the presenter do something and show what came of it; what was typed before goes first.

        With `renew` the field that has the focus is shown anew as well, unless it was typed into meanwhile.
        What goes wrong is said at the top of the page, or by `failed` where it was done.
        """
        self.flush()
        self.passing.say("")

        def arrived(state: VisitState) -> None:
            with laid_out_once(self.lines):
                self._show(state, renew=renew)
                if then is not None:
                    then(state)
            self.steps.bring_into_view()
            self.arrived.emit(state)

        self.place.tasks.run(work, arrived, failed or self.asks.failed)

    def flush(self, *, leaving: bool = False) -> None:
        """Hand over what was typed since the last time; it is stored at once.

        While an input method is in the middle of a word this waits, unless the page is about to be left.
        """
        self._timer.stop()
        if not self._edits:
            return
        if not leaving and any(box.composing() for box in self.boxes()):
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

    def panels_at(self, section: str) -> list[AidPanel]:
        """Return new panels of the aids that stand at a section."""
        return panels_of(self, self._aids, section)

    def _show(self, state: VisitState, *, renew: bool = False) -> None:
        fresh = self.state is None or self.state.visit_id != state.visit_id
        self.state = state
        self.show_trouble(state.unsaved)
        if fresh:
            self.asks.say("")
            self._ahead.begin([self.form.make_ahead] * AHEAD if not state.sections else ())
        moment = state.opened_at.astimezone(CHINA).strftime("%H:%M")
        self.when.setText(self.tr("since {time}").format(time=moment))
        self.what.setText(self._matters_line(state))
        typed = self._edits.keys() if renew else None
        for box in self.who.show_fields(state.who, typed):
            box.edited.connect(self._edited)
            box.left.connect(self.flush)
            box.reveal_asked.connect(self.reveal_field)
        opening = bool(state.matter.route and state.sections) and not self.form.panels and state.received is None
        rest = [lambda: self.interview.show_state(state), *self._rest_of(state)]
        if not opening:
            rest.pop(0)()
        self.form.show_sections(state.sections, typed)
        self.travel.show(state)
        # The fields of a form come first; what stands beside and below them in the turns that follow.
        self._rest.begin(rest if opening else ())
        for piece in () if opening else rest:
            piece()
        self.received.setVisible(state.received is not None)
        if state.received is not None:
            self.received.show_received(state.received, application=state.has_application)
        self.steps.show(state)

    def _rest_of(self, state: VisitState) -> list[Callable[[], object]]:
        ordered = sorted(state.materials, key=is_aside)
        in_sight = sum(not is_aside(view) for view in ordered)
        counts = [*range(SLICE, in_sight, SLICE), len(ordered)]
        pieces = [lambda count=count: self.materials.show_materials(tuple(ordered[:count])) for count in counts]
        return [lambda: self.routes.show_state(state, self._routes_known, self._source()), *pieces]

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
        """Remove a record of a repeating section; says how to bring it back."""
        self.run(lambda: self.presenter.remove_record(section, index), self.travel.after_removal)

    def reveal_field(self, address: FieldAddress) -> None:
        """Show what the mask of a field hides; this is recorded."""
        box = next((one for one in self.boxes() if one.address == address), None)
        if box is None:
            return
        self.place.tasks.run(lambda: self.presenter.revealed(address.field), lambda _: box.reveal(), self.asks.failed)

    def _edited(self, edit: tuple[FieldAddress, object]) -> None:
        self.passing.say("")
        address, value = edit
        self._edits[address] = value
        box = self.who.boxes.get(address) or self.form.shown_box(address)
        if box is not None and self.state is not None:
            box.show_checked(self._check.problem(self.state.matter.route or "", address, value))
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
