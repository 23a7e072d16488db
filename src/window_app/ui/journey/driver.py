"""Goes through a visit as a clerk would: answers what is asked, fills what is shown, ticks, takes in."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from window_app.domain.visits import EXCUSED, MaterialState
from window_app.ui.fields.editors import ChoiceEditor, Editor, RangeEditor
from window_app.ui.fields.field_box import FieldBox
from window_app.ui.journey.keys import Held, Key, Keys, NothingHappened
from window_app.ui.shell import DeskShell
from window_app.ui.views.visit.form_view import SectionPanel
from window_app.ui.views.visit.materials_view import STATES, MaterialLine, is_aside
from window_app.ui.views.visit.state import VisitState
from window_app.ui.views.visit.visit_page import VisitPage
from window_app.ui.views.visit.visit_steps import Step

MOST_QUESTIONS = 60
DIGITS = [getattr(Key, f"Key_{digit}") for digit in range(10)]

Visit = Mapping[str, Any]
"""An intake as `schema intake` describes it."""


class VisitDriver:
    """Takes visits in by key events on a real window; `noted` hears of every step that stands."""

    def __init__(self, shell: DeskShell, keys: Keys, noted: Callable[[str], None] = lambda _: None) -> None:
        self._shell = shell
        self.keys = keys
        self._noted = noted

    @property
    def page(self) -> VisitPage:
        """Return the visit page.

        Raises:
            NothingHappened: no visit is open.
        """
        if self._shell.visit is None:
            raise NothingHappened("no visit is open")
        return self._shell.visit

    @property
    def state(self) -> VisitState:
        """Return what the page shows.

        Raises:
            NothingHappened: the page shows nothing yet.
        """
        if self.page.state is None:
            raise NothingHappened("the visit page shows nothing")
        return self.page.state

    def take_in(self, visit: Visit) -> VisitState:
        """Go through a whole visit, from F2 to the numbers."""
        self.prepare(visit)
        self.receive()
        return self.state

    def prepare(self, visit: Visit) -> None:
        """Go through a visit up to the moment before F5."""
        self.keys.press(Key.Key_F2)
        self.keys.wait_until(lambda: self._shell.visit is not None and self._shell.visit.state is not None)
        self.tell_who(visit.get("answers", {}))
        for at, matter in enumerate(visit["matters"]):
            if at:
                self.keys.press(Key.Key_M, Held.ControlModifier)
            self.answer_questions({**visit.get("facts", {}), **matter.get("facts", {})})
            self.choose(matter.get("route"), matter.get("override_reason", ""))
            if self.page.steps.current is Step.FORM:
                self.fill_form({**visit.get("answers", {}), **matter.get("answers", {})})
            self.tick(visit.get("materials", {}))

    def tell_who(self, answers: Mapping[str, Any]) -> None:
        """Fill in step one and finish it."""
        for box in self.page.who.ordered():
            record = first_record(answers.get(box.address.section))
            self._walk_to(box)
            self._fill(box, record.get(box.address.field))
        self._noted("who")
        self.keys.press(Key.Key_Return, Held.ControlModifier)

    def answer_questions(self, facts: Mapping[str, Any]) -> None:
        """Answer whatever is asked, as long as the facts know an answer."""
        noted = False
        for _ in range(MOST_QUESTIONS):
            ask = self.state.ask
            if ask is None or ask.question.fact not in facts:
                break
            self._answer(facts[ask.question.fact])
            if len(self.state.answered) == 2 and not noted:
                noted = True
                self._noted("interview")
        self._noted("routes")

    def choose(self, route: str | None, reason: str = "") -> None:
        """Choose a route by its key; one that is not offered is set with its reason; None chooses nothing."""
        if route is None:
            return
        routes = self.state.matter.routes
        wanted = next((at for at, one in enumerate(routes) if one.route == route), None)
        if route == "recommended":
            wanted = next((at for at, one in enumerate(routes) if one.recommended), None)
        if wanted is not None:
            self.keys.press(DIGITS[wanted + 1], Held.ControlModifier)
            return
        self._override(route, reason)

    def fill_form(self, answers: Mapping[str, Any]) -> None:
        """Fill every section of the form, record by record."""
        first = True
        while self.page.steps.current is Step.FORM:
            panel = self.page.form.open_panel()
            if panel is None:
                raise NothingHappened("no section is open")
            self._fill_section(panel, answers.get(panel.section))
            if first:
                self._noted("form")
                first = False
            self.keys.press(Key.Key_Return, Held.ControlModifier)
            if not self.page.materials.views and self.page.form.next_stop() is None:
                break

    def tick(self, materials: Mapping[str, Any]) -> None:
        """Tick the materials that were handed over."""
        if not self.page.materials.views or self.page.steps.current is not Step.MATERIALS:
            return
        # A tick can move a line out of the fold: the lines are read anew for each.
        for material in [view.material for view in self.page.materials.views if view.material in materials]:
            line = self.page.materials.line_of(material)
            if line is not None:
                self._stand_on(line)
                self._tick(line, materials[material])
        self._noted("materials")

    def receive(self) -> None:
        """Press F5; where no route was chosen, settle for the guidance slip."""
        self.keys.press(Key.Key_F5)
        ask = self.page.asks.current
        if ask is not None and "slip" in ask.buttons:
            self.keys.press(Key.Key_2)
        self._noted("received")

    def print_papers(self) -> None:
        """Print every paper and say that it came out."""
        for _ in self.page.received.papers.cards:
            self.keys.press(Key.Key_F6)
            self._noted("printed")
            self.keys.press(Key.Key_Y)

    def save_papers(self) -> None:
        """Save a copy of every paper."""
        for card in list(self.page.received.papers.cards):
            card.save_button.setFocus()
            self.keys.press(Key.Key_Return)

    def _answer(self, value: object) -> None:
        ask = self.state.ask
        if ask is None:
            raise NothingHappened("nothing is asked")
        wanted = {True: "true", False: "false"}[value] if isinstance(value, bool) else value
        option = next((one for one in ask.options if one.value == wanted), None)
        if option is not None:
            self.keys.type(option.key)
            self.keys.settle()
        else:
            self.keys.press(Key.Key_A, Held.ControlModifier)
            self.keys.type(str(value))
            self.keys.press(Key.Key_Return)

    def _override(self, route: str, reason: str) -> None:
        box = self.page.routes.override
        self.keys.press(Key.Key_O, Held.ControlModifier)
        at = box.choice.findData(route)
        for _ in range(at):
            self.keys.press(Key.Key_Down)
        self.keys.press(Key.Key_Tab)
        self.keys.type(reason)
        self.keys.press(Key.Key_Return)

    def _fill_section(self, panel: SectionPanel, answers: object) -> None:
        if not panel.view.repeats:
            self._fill_record(panel, first_record(answers))
            return
        records = list(answers) if isinstance(answers, Sequence) else []
        for index, record in enumerate(records):
            if index >= len(panel.view.records):
                self.keys.press(Key.Key_N, Held.ControlModifier)
            elif index != panel.record:
                self.keys.press(Key.Key_Return, Held.ControlModifier)
            self._fill_record(panel, record)

    def _fill_record(self, panel: SectionPanel, record: Mapping[str, Any]) -> None:
        done: set[str] = set()
        while True:
            waiting = [box for box in panel.boxes() if box.address.field in record and box.address.field not in done]
            if not waiting:
                return
            box = waiting[0]
            self._walk_to(box)
            self._fill(box, record[box.address.field])
            done.add(box.address.field)
            if box is not panel.boxes()[-1]:
                self.keys.press(Key.Key_Return)
            else:
                self.page.flush()
                self.keys.settle()

    def _walk_to(self, box: FieldBox) -> None:
        """Move from field to field by Enter until this one has the focus."""
        targets = [target for one in self.page.boxes() for target in one.editor.targets()]
        goal = targets.index(box.editor.target())
        for _ in range(2 * len(targets) + 2):
            at = place_of_focus(targets)
            if at == goal:
                return
            if at is None or (targets[at].inherits("QPlainTextEdit") and at < goal):
                self.keys.press(Key.Key_Tab)
            else:
                self.keys.press(Key.Key_Return, Held.NoModifier if at < goal else Held.ShiftModifier)
        raise NothingHappened(f"no way to {box.address}")

    def _fill(self, box: FieldBox, value: object) -> None:
        if value is None or box.value() == value:
            return
        editor: Editor = box.editor
        if isinstance(editor, ChoiceEditor):
            self._pick(editor, value)
        elif isinstance(editor, RangeEditor) and isinstance(value, Mapping):
            self._overwrite(str(value.get("from") or ""))
            self.keys.press(Key.Key_Return)
            self._overwrite(str(value.get("to") or ""))
        else:
            self._overwrite(str(value))

    def _overwrite(self, text: str) -> None:
        self.keys.press(Key.Key_A, Held.ControlModifier)
        self.keys.type(text)

    def _pick(self, editor: ChoiceEditor, value: object) -> None:
        at = editor.place_of(value)
        if 0 < at < 10:
            self.keys.press(DIGITS[at])
        else:
            for _ in range(at - editor.box.currentIndex()):
                self.keys.press(Key.Key_Down)

    def _stand_on(self, wanted: MaterialLine) -> None:
        """Move to a line by the arrow keys; one under the fold after the fold was opened."""
        view = self.page.materials
        if wanted.isHidden():
            self._go_to(view.fold)
            self.keys.press(Key.Key_Return)
        self._go_to(wanted)

    def _go_to(self, wanted: QWidget) -> None:
        view = self.page.materials
        stops: list[QWidget] = [stop for line in view.lines if not is_aside(line.view) for stop in line.stops()]
        stops += [view.fold, *(line for line in view.lines if is_aside(line.view))]
        for _ in stops:
            at = place_of_focus(stops)
            if at is None or stops[at] is wanted:
                return
            self.keys.press(Key.Key_Down if at < stops.index(wanted) else Key.Key_Up)

    def _tick(self, line: MaterialLine, tick: Mapping[str, Any]) -> None:
        state = MaterialState(tick["state"])
        if state in STATES and line.view.state != state.value:
            self.keys.press(DIGITS[STATES.index(state) + 1])
        if state in EXCUSED:
            self.keys.type(str(tick.get("remark") or ""))
            self.keys.press(Key.Key_Return)
        for _ in range(abs(int(tick.get("copies", 0)) - line.view.copies)):
            self.keys.press(Key.Key_Plus if int(tick["copies"]) > line.view.copies else Key.Key_Minus)


def place_of_focus(widgets: Sequence[QWidget]) -> int | None:
    """Return which of the widgets has the focus, None where none has."""
    return next((at for at, widget in enumerate(widgets) if widget.hasFocus()), None)


def first_record(answers: object) -> Mapping[str, Any]:
    """Return a section's answers as one record."""
    if isinstance(answers, Mapping):
        return answers
    return answers[0] if isinstance(answers, Sequence) and answers else {}
