"""What the visit page asks and says on its own: questions at the top of the page, failures at their place."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from window_app.errors import WindowAppError
from window_app.ui.views.visit.state import ProblemView
from window_app.ui.views.visit.visit_steps import Step
from window_app.ui.widgets.texts import Ask, clear

if TYPE_CHECKING:
    from window_app.ui.views.visit.visit_page import VisitPage

CLOCK_ASKS = ("receiving.clock_behind", "receiving.clock_off")
STORE = "store."


class VisitAsks(QObject):
    """Lays questions into the page; none of them holds anything up."""

    def __init__(self, page: "VisitPage") -> None:
        super().__init__(page)
        self._page = page
        self.current: Ask | None = None

    def ask(self, text: str, answers: list[tuple[str, str]], done: Callable[[str], None]) -> Ask:
        """Ask something in the place of what was asked before."""
        self.drop()
        ask = Ask(text, answers, self._page)

        def answered(code: str) -> None:
            self.drop()
            done(code)

        ask.answered.connect(answered)
        self._page.ask_lines.addWidget(ask)
        self._page.scroller.verticalScrollBar().setValue(0)
        self.current = ask
        return ask

    def drop(self) -> None:
        """Take the question away."""
        self.current = None
        clear(self._page.ask_lines)

    def about_route(self) -> None:
        """Ask what to do where the visitor has not chosen among open routes."""

        def done(code: str) -> None:
            if code == "slip":
                self._page.receive(without_route=True)
            else:
                self._page.steps.open(Step.WHAT)

        answers = [("choose", self.tr("1  Choose a route")), ("slip", self.tr("2  Guidance slip only"))]
        self.ask(self.tr("The visitor has not chosen a route for every matter."), answers, done).take_focus()

    def lead_to(self, problems: tuple[ProblemView, ...]) -> None:
        """Say what must be put right, and put the focus on the first field of it."""
        first = problems[0]
        text = self.tr("{n} to put right before taking in: {first}")
        self.say(text.format(n=len(problems), first=first.text))
        if first.address is None:
            return
        page = self._page
        if first.address in page.who.boxes:
            page.steps.open(Step.WHO)
            page.who.boxes[first.address].editor.target().setFocus()
            return
        box = page.form.find_box(first.address)
        page.steps.open(Step.FORM)
        if box is not None:
            box.editor.target().setFocus()

    def say(self, text: str) -> None:
        """Say at the top of the page what went wrong; "" takes it away."""
        self._page.note.setText("✕ " + text if text else "")
        self._page.note.setVisible(bool(text))

    def failed(self, error: WindowAppError) -> None:
        """Say at its place why something could not be done; everything typed stays."""
        text = self._page.place.texts.message(error)
        if error.code.startswith(("answer.", "interview.")) and self._page.steps.current is Step.WHAT:
            self._page.interview.show_problem(text)
        elif error.code in CLOCK_ASKS:
            self._about_clock(text)
        elif error.code.startswith(STORE):
            self._page.show_trouble(self._page.place.texts.text("ui.unsaved", problem=text))
        else:
            self.say(text)

    def _about_clock(self, text: str) -> None:
        def done(code: str) -> None:
            if code == "go":
                self._page.receive(clock_confirmed=True, without_route=True)

        answers = [("stop", self.tr("1  I set the clock first")), ("go", self.tr("2  The time is right, take in"))]
        self.ask(text, answers, done).take_focus()
