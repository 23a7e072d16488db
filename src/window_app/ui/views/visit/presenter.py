"""The visit as it is worked on: takes what the clerk did, returns what the page shows. No Qt.

A presenter lives on the thread that owns the store; its calls never overlap. Every change is
written through before the new state is returned; a state that could not be stored says so.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from window_app.domain.assessment import Assessment, MatterAssessment, Question
from window_app.domain.attachments import DraftAttachment
from window_app.domain.visits import MaterialTick, Received, VisitDraft
from window_app.errors import WindowAppError
from window_app.i18n import Catalogue
from window_app.services.definition_changes import DefinitionChange
from window_app.services.desk import Desk
from window_app.ui.views.papers.reading import PaperReader
from window_app.ui.views.visit.change_reading import ChangeReader
from window_app.ui.views.visit.form_reading import FormReader
from window_app.ui.views.visit.keeping import DraftKeeper, Moment
from window_app.ui.views.visit.law_reading import LawReader
from window_app.ui.views.visit.moving_reading import MovingReader
from window_app.ui.views.visit.state import AskView, FieldAddress, MatterView, ProblemView, ReceivedView, VisitState

Edit = tuple[FieldAddress, object]


class VisitPresenter:
    """One visit from "who" to the receipt."""

    def __init__(self, desk: Desk, texts: Catalogue) -> None:
        self._desk = desk
        self._texts = texts
        self._law = LawReader(desk, texts)
        self._form = FormReader(desk, texts)
        self._papers = PaperReader(desk, texts)
        self._changes = ChangeReader(desk, texts, self._law)
        self._moves = MovingReader(texts)
        self._keeper = DraftKeeper(desk, desk.reception.begin())
        self._moving: tuple[VisitDraft, DefinitionChange] | None = None
        self._changing: Question | None = None
        self._received: ReceivedView | None = None
        self._assessed: tuple[VisitDraft, Assessment] | None = None

    @property
    def draft(self) -> VisitDraft:
        """Return the visit as typed so far."""
        return self._keeper.draft

    @property
    def touched(self) -> bool:
        """Answer whether anything was typed."""
        return self._keeper.touched

    @property
    def _draft(self) -> VisitDraft:
        return self._keeper.draft

    @property
    def _current(self) -> str:
        return self._keeper.current

    def routes(self) -> tuple[tuple[str, str], ...]:
        """Return every route there is with its label."""
        return self._law.routes()

    def begin(self) -> VisitState:
        """Start a new visit; nothing is stored before something is typed."""
        self._start(self._desk.reception.begin(), touched=False)
        return self.state()

    def resume(self, visit_id: UUID) -> VisitState:
        """Take up a draft where it was left; one of an older definition set waits for `accept`.

        Raises:
            NoSuchDraft: where it was received or discarded meanwhile.
        """
        drafting = self._desk.drafting
        draft = drafting.take_up(visit_id)
        if not drafting.is_outdated(draft):
            self._start(draft, touched=True)
            return self.state()
        change = drafting.changes(draft)
        self._start(change.moved, touched=True)
        self._moving = (draft, change)
        if change.changes or change.kept or not change.known:
            return self.state()
        return replace(self.accept(), told=self._texts.text("drafting.moved_unchanged"))

    def accept(self) -> VisitState:
        """Move the draft to the definition set in force, as shown; nothing of it was stored before.

        Raises:
            WindowAppError: it could not be stored; it is as it was.
        """
        if self._moving is not None:
            self._desk.drafting.move(*self._moving)
            self._moving = None
        return self.state()

    def hand_over(self, to: str, remark: str) -> None:
        """Hand the visit to a colleague, with all that was typed.

        Raises:
            WindowAppError: no such colleague, nothing to hand over, or it could not be stored.
        """
        if not self.touched or self._received is not None or self._moving is not None:
            raise WindowAppError("drafting.nothing_to_hand_over")
        self._desk.drafting.hand_over(self._draft, to, remark)

    def put_aside(self) -> bool:
        """Write the visit through and answer whether there was anything to keep.

        Raises:
            WindowAppError: it could not be stored; it is still here.
        """
        if self.touched and self._received is None and self._moving is None:
            self._keeper.store()
        return self.touched

    def keep(self) -> None:
        """Store what could not be stored before; does nothing where everything is.

        Raises:
            WindowAppError: it still cannot be stored.
        """
        if self._keeper.unsaved is not None and self._received is None:
            self._keeper.store()

    def answer(self, question: Question, value: object) -> VisitState:
        """Take an answer; later answers stay as they are.

        Raises:
            WindowAppError: the text is no such answer; nothing changes.
        """
        changed = self._desk.interview.answer(self._draft, question, value)
        self._changing = None
        return self._keep(self._released(changed))

    def change(self, question: Question) -> VisitState:
        """Show an earlier question again, with its answer."""
        self._changing = question
        if question.matter_key is not None:
            self._keeper.turn_to(question.matter_key)
        return self.state()

    def back(self) -> VisitState:
        """Show the question before the one on the page; the first one stays."""
        asked = [view.question for view in self._answered()]
        if self._changing in asked:
            asked = asked[: asked.index(self._changing)] or asked[:1]
        if asked:
            self._changing = asked[-1]
        return self.state()

    def forward(self) -> VisitState:
        """Leave an earlier answer as it is and go on with the interview."""
        self._changing = None
        return self.state()

    def turn_to(self, key: str) -> VisitState:
        """Work on another matter of the visit."""
        self._keeper.turn_to(key)
        self._changing = None
        return self.state()

    def add_matter(self) -> VisitState:
        """Add a matter; what is known of the visit holds for it too."""
        changed = self._desk.interview.add_matter(self._draft)
        self._changing = None
        return self._keep(changed, changed.matters[-1].key)

    def remove_matter(self, key: str) -> VisitState:
        """Leave a matter out."""
        changed = self._desk.interview.remove_matter(self._draft, key)
        self._changing = None
        return self._keep(changed, changed.matters[0].key)

    def choose(self, route: str) -> VisitState:
        """Take the visitor's choice among the routes of the current matter.

        Raises:
            RouteNotOffered: where the law does not offer it.
        """
        self._changing = None
        return self._keep(self._desk.interview.choose_route(self._draft, self._current, route))

    def override(self, route: str, reason: str) -> VisitState:
        """Take a route that the clerk sets against the offer.

        Raises:
            WindowAppError: no reason, or no such route.
        """
        return self._keep(self._desk.interview.override(self._draft, self._current, route, reason))

    def edit(self, edits: Sequence[Edit]) -> VisitState:
        """Take what was typed into fields."""
        draft = self._draft
        for address, value in edits:
            draft = self._form.set_field(draft, self._current, address, value)
        return self._keep(draft)

    def change_draft(self, work: Callable[[VisitDraft], VisitDraft]) -> VisitState:
        """Take what an aid made of the visit.

        Raises:
            WindowAppError: as the work raises it; nothing changes.
        """
        return self._keep(work(self._draft))

    def add_record(self, section: str) -> VisitState:
        """Add a record to a repeating section.

        The records that a section must have are shown before they are stored; they are stored first.
        """
        shown = self._form.count_records(self._draft, self._current, section)
        draft = self._draft
        for _ in range(shown + 1):
            draft = self._desk.intake.add_record(draft, self._current, section)
            if self._form.count_records(draft, self._current, section) > shown:
                break
        return self._keep(draft)

    def remove_record(self, section: str, index: int) -> VisitState:
        """Remove a record of a repeating section; `undo` brings it back."""
        return self._keep(self._desk.intake.remove_record(self._draft, self._current, section, index))

    def undo(self) -> VisitState:
        """Take the last change back; what came of it is stored, and the state says what it was."""
        return self._travel(self._keeper.undo, "undone", "nothing_to_undo")

    def redo(self) -> VisitState:
        """Do again what was taken back last."""
        return self._travel(self._keeper.redo, "redone", "nothing_to_redo")

    def tick(self, material: str, tick: MaterialTick) -> VisitState:
        """Tick a material."""
        return self._keep(self._desk.intake.tick(self._draft, material, tick))

    def attach(self, attached: DraftAttachment) -> VisitState:
        """Attach a file to its material."""
        return self._keep(self._desk.attachments.attach(self._draft, attached))

    def detach(self, digest: str) -> VisitState:
        """Take a file away from its material."""
        return self._keep(self._desk.attachments.detach(self._draft, digest))

    def revealed(self, field: str) -> None:
        """Put on record that a masked field was looked at."""
        self._desk.reception.reveal(self._draft.visit_id, field)

    def receive(self, *, clock_confirmed: bool = False) -> VisitState:
        """Take the visit in and return what came of it; what must be put right first comes back as problems.

        Raises:
            ClockBehind: the clock stands before the last event and nobody confirmed it.
        """
        self._keeper.store()
        problems = self._problems()
        if problems:
            return replace(self.state(), problems=problems)
        received = self._desk.receiving.receive(self._draft, clock_confirmed=clock_confirmed)
        titles = {view.key: view.route_title for view in self._matters(self._assessment())}
        self._received = ReceivedView(
            numbers=tuple((case.number, titles.get(case.matter_key, case.route)) for case in received.cases),
            papers=self._papers.of_received(received),
            warnings=tuple(
                self._texts.text(code, characters="、".join(received.unprintable)) for code in received.warnings
            ),
            received_on=received.received_on,
            answers={case.number: self._answer_day(case.number) for case in received.cases},
            promised=dict(self._promised(received)),
            reused=(received.reused.get("fields_prefilled", 0), received.reused.get("materials_reused", 0)),
            outage=self._desk.clock.today() if self._draft.outage is not None else None,
        )
        return self.state()

    def _answer_day(self, number: str) -> date | None:
        case = self._desk.tracking.case(number)
        return case.due_on if case is not None else None

    def _promised(self, received: Received) -> Iterator[tuple[str, date]]:
        for case in received.cases:
            promised = self._desk.answer_limits.of_case(self._desk.cases.get(case.number)).promised
            if promised is not None:
                yield case.number, promised.due_on

    def papers_again(self) -> VisitState:
        """Return the state with the papers as the store knows them now."""
        if self._received is not None:
            self._received = replace(self._received, papers=self._papers.all_again(self._received, self._draft))
        return self.state()

    def state(self) -> VisitState:
        """Return what the page shows now."""
        assessment = self._assessment()
        matters = self._matters(assessment)
        ask = self._ask(assessment)
        form = self._form.read(self._draft, self._current)
        who = self._form.who(self._draft, self._current)
        return VisitState(
            visit_id=self._draft.visit_id,
            draft=self._draft,
            opened_at=self._draft.opened_at,
            who=who,
            visitor=self._form.visitor(who),
            matters=matters,
            current=self._current,
            ask=ask,
            changing=self._changing is not None,
            answered=self._answered(),
            sections=form.sections,
            form_title=form.title,
            materials=self._form.materials(self._draft),
            received=self._received,
            unsaved=self._why_unsaved(),
            names={
                key: "form"
                for key in (matter.key for matter in self._draft.matters)
                if self._form.is_taken_in(self._draft, key)
            },
            can_undo=self._keeper.can_undo and self._received is None,
            can_redo=self._keeper.can_redo and self._received is None,
            moving=None if self._moving is None else self._moves.moving(self._moving[1]),
            kept=self._moves.kept(self._draft.kept),
        )

    def _why_unsaved(self) -> str:
        if self._keeper.unsaved is None:
            return ""
        return self._texts.text("ui.unsaved", problem=self._texts.message(self._keeper.unsaved))

    def _start(self, draft: VisitDraft, *, touched: bool) -> None:
        self._keeper.start(draft, touched=touched)
        self._changing = None
        self._received = None
        self._moving = None

    def _keep(self, draft: VisitDraft, current: str = "") -> VisitState:
        # What was taken in is closed, what waits to be moved is not begun: a late key changes nothing.
        if self._received is None and self._moving is None:
            self._keeper.keep(draft, current)
        return self.state()

    def _travel(self, go: Callable[[], tuple[Moment, Moment] | None], done: str, nothing: str) -> VisitState:
        moved = go() if self._received is None and self._moving is None else None
        self._changing = None
        if moved is None:
            return replace(self.state(), told=self._texts.text(f"drafting.{nothing}"))
        before, after = moved
        found = self._changes.read(before.draft, after.draft, after.current)
        step = replace(found, text=self._texts.text(f"drafting.{done}", what=found.text))
        return replace(self.state(), step=step)

    def _released(self, draft: VisitDraft) -> VisitDraft:
        """Take back a choice that the law no longer offers after a changed answer; overrides stay."""
        assessment = self._desk.interview.assess(draft)
        for matter in assessment.matters:
            chosen = draft.matter(matter.key)
            offered = {option.route for option in matter.routes}
            if chosen.route is not None and not chosen.override_reason and chosen.route not in offered:
                draft = draft.with_matter(replace(chosen, route=None))
        return draft

    def _assessment(self) -> Assessment:
        if self._assessed is None or self._assessed[0] is not self._draft:
            self._assessed = (self._draft, self._desk.interview.assess(self._draft))
        return self._assessed[1]

    def _matters(self, assessment: Assessment) -> tuple[MatterView, ...]:
        by_key = {matter.key: matter for matter in assessment.matters}
        return tuple(self._law.matter(self._draft, draft, by_key[draft.key]) for draft in self._draft.matters)

    def _current_assessment(self, assessment: Assessment) -> MatterAssessment:
        return next(matter for matter in assessment.matters if matter.key == self._current)

    def _ask(self, assessment: Assessment) -> AskView | None:
        if self._changing is not None:
            return self._law.ask(self._changing, self._draft)
        for question in self._current_assessment(assessment).next:
            return self._law.ask(question, self._draft)
        return None

    def _answered(self) -> tuple[AskView, ...]:
        views = (self._law.view(view) for view in self._desk.interview.answered(self._draft))
        return tuple(view for view in views if view.question.matter_key in (None, self._current))

    def _problems(self) -> tuple[ProblemView, ...]:
        return tuple(self._form.problem(problem) for problem in self._desk.receiving.ready(self._draft))
