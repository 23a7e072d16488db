"""The steps of the visit page: which one is open, where the focus goes next."""

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from window_app.ui.views.visit.state import VisitState
from window_app.ui.widgets.growing_area import LABEL

if TYPE_CHECKING:
    from window_app.ui.views.visit.visit_page import VisitPage

FEW_QUESTIONS = 9
HANDED_OVER = ("original_seen", "copy_taken", "electronic")
EXCUSED = ("waived", "not_needed")
SETTLED = (*HANDED_OVER, *EXCUSED, "committed")
"""States of a material in which nothing of it is missing."""


class Step(IntEnum):
    """The steps from top to bottom."""

    WHO = 1
    WHAT = 2
    FORM = 3
    MATERIALS = 4
    RECEIVED = 5


class VisitSteps(QObject):
    """Moves the clerk through the page. It knows the views, not the law."""

    def __init__(self, page: "VisitPage") -> None:
        super().__init__(page)
        self._page = page
        self.current = Step.WHO

    def show(self, state: VisitState) -> None:
        """Unfold the step that is worked on, shrink the others to a line."""
        if state.received is not None:
            self.current = Step.RECEIVED
        page = self._page
        hints = self._hints(state)
        for step, card in page.cards.items():
            reachable = step in (Step.WHO, Step.WHAT) or bool(state.sections)
            beside = step is Step.MATERIALS and self.current is Step.FORM and bool(state.materials)
            card.set_state(open_=step is self.current or beside, active=step is self.current, reachable=reachable)
            card.set_hint(hints[step])
            card.setVisible(self.current is not Step.RECEIVED and state.moving is None)
        page.who_aids.refresh(shown=self.current is Step.WHO)
        page.cards[Step.FORM].set_title(3, state.form_title or self.tr("Form"))
        changeable = self.current is Step.WHAT and bool(state.answered)
        page.cards[Step.WHAT].set_aside(
            "Alt+←" if changeable else "", self.tr("change an answer") if changeable else ""
        )
        page.routes.receive.setDisabled(self.current is Step.RECEIVED or state.moving is not None)
        page.routes.aside.setDisabled(self.current is Step.RECEIVED)

    def open(self, step: Step) -> None:
        """Work on a step."""
        self._page.flush()
        self.current = step
        if self._page.state is not None:
            self.show(self._page.state)
        self.focus()

    def enter(self, step: Step) -> None:
        """Note that the focus went into a step that stood open beside the current one."""
        if self.current is not step and self._page.state is not None:
            self._page.flush()
            self.current = step
            self.show(self._page.state)

    def focus(self) -> None:
        """Put the focus into the step that is open."""
        page = self._page
        if self.current is Step.WHO and page.who.ordered():
            page.who.ordered()[0].editor.target().setFocus()
        elif self.current is Step.WHAT:
            page.interview.take_focus()
        elif self.current is Step.FORM:
            self._focus_form()
        elif self.current is Step.MATERIALS:
            page.materials.take_focus()
        elif self.current is Step.RECEIVED:
            page.received.papers.take_focus()
        self.bring_into_view()

    def go_on(self, state: VisitState) -> None:
        """Go to the first step that still needs something."""
        if state.moving is not None:
            self._page.moving.accept.setFocus()
        elif state.received is not None:
            self.open(Step.RECEIVED)
        elif state.matter.route and state.sections:
            self.open(Step.FORM)
        elif not state.visitor and not state.answered and self.current is not Step.WHO:
            self.open(Step.WHO)
        else:
            self.open(Step.WHAT)

    def after_answer(self, state: VisitState) -> None:
        """Go on to the next question, else to the choice of the route."""
        page = self._page
        page.interview.show_problem("")
        if state.ask is not None:
            page.interview.take_focus()
        elif state.matter.route:
            self.after_choice(state)
        elif page.routes.cards:
            best = next((at for at, route in enumerate(state.matter.routes) if route.recommended), 0)
            page.routes.cards[best].pick.setFocus()
        else:
            page.routes.receive.setFocus()

    def after_choice(self, state: VisitState) -> None:
        """Open the form of the route; without one the slip is next."""
        self._page.routes.override.hide()
        self._page.side.push_in()
        if state.sections:
            self._page.form.unfold(state.sections[0].section)
            self.open(Step.FORM)
        else:
            self._page.routes.receive.setFocus()

    def next_section(self, state: VisitState) -> None:
        """Open the section that follows; after the last one the materials."""
        stop = self._page.form.next_stop()
        if stop is not None:
            self._page.form.unfold(*stop)
            self.focus()
        elif state.materials:
            self.open(Step.MATERIALS)
        else:
            self._page.routes.receive.setFocus()

    def next_field(self, step: int) -> None:
        """Move to the next field (1) or the one before (-1); past the last one the section is finished."""
        targets = [target for box in self._page.boxes() for target in box.editor.targets()]
        at = next((place for place, target in enumerate(targets) if target.hasFocus()), None)
        if at is None:
            return
        if 0 <= at + step < len(targets):
            targets[at + step].setFocus()
            self.bring_into_view()
        elif step > 0:
            self.finish_section()

    def finish_section(self) -> None:
        """Finish the section with the focus and go to what comes next."""
        page = self._page
        if self.current is Step.WHO:
            page.run(page.presenter.forward, self.go_on)
        elif self.current is Step.WHAT:
            page.run(page.presenter.forward, self.after_answer)
        elif self.current is Step.FORM:
            page.run(page.presenter.forward, self.next_section)
        elif self.current is Step.MATERIALS:
            page.flush()
            page.routes.receive.setFocus()

    def choose(self, number: int) -> None:
        """Take the n-th route for the visitor's choice."""
        state = self._page.state
        if state is not None and state.received is None and number <= len(state.matter.routes):
            self._page.choose_route(state.matter.routes[number - 1].route)

    def back(self) -> None:
        """Show the earlier answer, to be changed."""
        if self._page.working():
            self.current = Step.WHAT
            self._page.run(self._page.presenter.back, lambda _: self._page.interview.take_focus())

    def next_matter(self, step: int) -> None:
        """Turn to the next matter of the visit or the one before."""
        state = self._page.state
        if state is None or len(state.matters) < 2 or state.received is not None:
            return
        keys = [matter.key for matter in state.matters]
        self._page.turn_to(keys[(keys.index(state.current) + step) % len(keys)])

    def add_matter(self) -> None:
        """Add a matter to the visit."""
        if self._page.working():
            self.current = Step.WHAT
            self._page.run(self._page.presenter.add_matter, lambda _: self._page.interview.take_focus())

    def add_record(self) -> None:
        """Add a record to the repeating section that is open."""
        panel = self._page.form.open_panel()
        if self.current is Step.FORM and panel is not None and panel.view.can_add:
            self._page.add_record_to(panel.section)

    def remove_record(self) -> None:
        """Remove the record that is open."""
        panel = self._page.form.open_panel()
        if self.current is Step.FORM and panel is not None and panel.view.can_remove:
            self._page.remove_record_of(panel.section, panel.record)

    def reveal(self) -> None:
        """Show what the mask hides in the field with the focus, else in all fields on show."""
        boxes = [box for box in self._page.boxes() if box.hides_something()]
        for box in [one for one in boxes if one.has_focus()] or boxes:
            self._page.reveal_field(box.address)

    def bring_into_view(self) -> None:
        """Scroll to the field with the focus, once it has its place."""
        if not self._page.lines.isEnabled():
            return
        targets = [target for box in self._page.boxes() for target in box.editor.targets()]
        for target in (one for one in targets if one.hasFocus()):
            self._page.scroller.bring_into_sight(target, LABEL)

    def _focus_form(self) -> None:
        form = self._page.form
        panel = form.open_panel()
        if panel is None and form.panels:
            panel = form.unfold(form.panels[0].section)
        if panel is not None and panel.boxes():
            panel.boxes()[0].editor.target().setFocus()
        elif panel is not None:
            panel.line.setFocus()

    def _hints(self, state: VisitState) -> dict[Step, str]:
        errors = sum(section.errors for section in state.sections)
        missing = sum(section.missing for section in state.sections)
        form = self.tr("{n} still empty").format(n=missing) if missing else self.tr("complete")
        if errors:
            form = self.tr("{n} to put right").format(n=errors) + " · " + form
        taken = sum(one.state in HANDED_OVER for one in state.materials)
        lacking = sum(one.due and one.state not in SETTLED for one in state.materials)
        materials = self.tr("{n} here").format(n=taken)
        if lacking:
            materials += " · " + self.tr("{n} missing, taken in all the same").format(n=lacking)
        return {
            Step.WHO: state.visitor if self.current is not Step.WHO else "",
            Step.WHAT: self._interview_hint(state),
            Step.FORM: form if state.sections else self.tr("after the route is chosen"),
            Step.MATERIALS: materials if state.sections else "",
        }

    def _interview_hint(self, state: VisitState) -> str:
        if self.current is not Step.WHAT:
            return " → ".join(part for part in (state.matter.title, state.matter.route_title) if part)
        if state.changing:
            return self.tr("changing an earlier answer; the later ones stay · Ctrl+Enter leaves it")
        left = state.matter.open_questions
        return self.tr("at most {n} more questions").format(n=left) if 0 < left <= FEW_QUESTIONS else ""
