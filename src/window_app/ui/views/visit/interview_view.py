"""Step two: one question at a time, earlier answers above it, several matters side by side."""

from textwrap import wrap

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from window_app.ui.fields.line import Line
from window_app.ui.views.visit.state import AskView, OptionView, VisitState
from window_app.ui.widgets.answer_chip import AnswerChip
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.texts import ENTER, Button, clear, key_cap, label, row

LONGEST_LINE = 52
QUESTION_MARKS = ("?", "？", "/")


class AskBox(QWidget):
    """One question with its answers on keys, or a line to type the answer in."""

    answered = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ask: AskView | None = None
        self._text = label("", "question", wrap=True)
        self._help = label("", "secondary", wrap=True)
        self._why = label("", "faint", wrap=True)
        self._wrong = label("", "error", wrap=True)
        self._choices = QWidget()
        self._flow = FlowLayout(self._choices)
        self._groups = QVBoxLayout()
        self.line = Line()
        self.line.setMaximumWidth(420)
        self.line.textEdited.connect(self._edited)
        self._enter = key_cap("Enter")
        self._typed = QWidget()
        self._typed.setLayout(row(self.line, self._enter, None))
        self._buttons: dict[str, Button] = {}
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        for part in (self._text, self._help, self._typed, self._choices):
            lines.addWidget(part)
        lines.addLayout(self._groups)
        for part in (self._wrong, self._why):
            lines.addWidget(part)

    def show_ask(self, ask: AskView) -> None:
        """Show a question; the same one again keeps what is being typed."""
        if ask == self._ask:
            return
        self._ask = ask
        self._text.setText(ask.text)
        self._help.setText(ask.help)
        self._help.setVisible(bool(ask.help))
        self._why.setText(self.tr("Why this is asked: {why}").format(why=ask.why))
        self._why.setVisible(bool(ask.why))
        self.show_problem("")
        typed = ask.kind not in ("enum", "bool")
        self._typed.setVisible(typed)
        self.line.setText(ask.answered if typed else "")
        self.line.setAccessibleName(ask.text)
        self.line.setPlaceholderText(self._example(ask.kind))
        self.setAccessibleName(ask.text)
        self._show_options(ask)

    def show_problem(self, text: str) -> None:
        """Say at the question why an answer cannot be taken."""
        self._wrong.setText("✕ " + text if text else "")
        self._wrong.setVisible(bool(text))

    def take_focus(self) -> None:
        """Put the focus where the answer is given."""
        if self._ask is not None and self._ask.kind not in ("enum", "bool"):
            self.line.setFocus()
            self.line.selectAll()
        else:
            chosen = [button for button in self._buttons.values() if button.isChecked()]
            next(iter(chosen or self._buttons.values()), self).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by key."""
        key = "?" if event.text() in QUESTION_MARKS else event.text().lower()
        button = self._buttons.get(key)
        if button is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            button.click()
        elif event.key() in ENTER and self.line.hasFocus() and not event.modifiers():
            self._answer(self.line.text())
        else:
            super().keyPressEvent(event)

    def _show_options(self, ask: AskView) -> None:
        clear(self._flow)
        clear(self._groups)
        self._buttons = {}
        flow, grid = self._flow, self._grid(any(option.heading for option in ask.options))
        for option in ask.options:
            if option.heading:
                flow = _group(grid, option.heading)
            flow.addWidget(self._button(option, ask))
        self._choices.setVisible(self._flow.count() > 0)

    def _grid(self, wanted: bool) -> QGridLayout:
        """Return where groups of answers stand, a line each; put on the page where there are any."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        if wanted:
            self._groups.addLayout(grid)
        return grid

    def _button(self, option: OptionView, ask: AskView) -> Button:
        # A button never breaks its text by itself: a long answer in large text would reach beyond the page.
        button = Button(f"{option.key.upper()}  " + "\n".join(wrap(option.text, LONGEST_LINE) or [""]))
        button.setCheckable(True)
        button.setChecked(option.value == ask.answer and ask.answer is not None)
        button.setAccessibleName(option.text)
        button.clicked.connect(lambda _=False: self._answer(option.value))
        self._buttons[option.key] = button
        return button

    def _edited(self, text: str) -> None:
        button = self._buttons.get("?")
        if text.strip() in QUESTION_MARKS[:2] and button is not None:
            button.click()

    def _answer(self, value: object) -> None:
        if self._ask is not None:
            self.answered.emit(self._ask.question, value)

    def _example(self, kind: str) -> str:
        return {
            "date": self.tr("for example 2026-08-01"),
            "duration": self.tr("for example 3 months: P3M or 3个月"),
            "money": self.tr("yuan, for example 25500.00"),
            "integer": self.tr("a number"),
        }.get(kind, "")


def _group(grid: QGridLayout, heading: str) -> FlowLayout:
    """Begin a group of answers beside its heading and return where they go."""
    at = grid.rowCount()
    holder = QWidget()
    flow = FlowLayout(holder, spacing=6)
    grid.addWidget(label(heading, "secondary"), at, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(holder, at, 1)
    return flow


class InterviewView(QWidget):
    """Shows the interview of the current matter.

    Signals carry what the clerk did; nothing is decided here.
    """

    answered = Signal(object, object)
    change_asked = Signal(object)
    matter_asked = Signal(str)
    matter_added = Signal()
    matter_removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ask_box = AskBox()
        self.ask_box.answered.connect(self.answered)
        self._matters = QWidget()
        self._matters_flow = FlowLayout(self._matters, spacing=6)
        self._earlier = QWidget()
        self._earlier_flow = FlowLayout(self._earlier, spacing=4)
        self._end = label("", "strong", wrap=True)
        self._shown: tuple[object, ...] = ()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        for part in (self._matters, self._earlier, self.ask_box, self._end):
            lines.addWidget(part)

    def show_state(self, state: VisitState) -> None:
        """Show the present question, the earlier answers and the matters."""
        shown = (state.matters, state.current, state.answered, state.ask, state.changing)
        if shown == self._shown:
            return
        self._shown = shown
        self._show_matters(state)
        self._show_earlier(state)
        self.ask_box.setVisible(state.ask is not None)
        if state.ask is not None:
            self.ask_box.show_ask(state.ask)
        self._end.setVisible(state.ask is None)
        self._end.setText(self._last_word(state))

    def show_problem(self, text: str) -> None:
        """Say at the question why an answer cannot be taken."""
        self.ask_box.show_problem(text)

    def take_focus(self) -> None:
        """Put the focus on the question, or on the last answer where nothing is left to ask."""
        if not self.ask_box.isHidden():
            self.ask_box.take_focus()
        else:
            self._matters.setFocus()

    def _last_word(self, state: VisitState) -> str:
        if state.matter.route:
            return self.tr("Route: {route}").format(route=state.matter.route_title)
        if not state.matter.routes:
            return self.tr("No route follows from these answers. Change an answer, or set a route with a reason.")
        keys = "   ".join(
            f"Ctrl+{number} {route.title}" for number, route in enumerate(state.matter.routes[:9], start=1)
        )
        return self.tr("All asked. The visitor chooses: {keys}").format(keys=keys)

    def _show_matters(self, state: VisitState) -> None:
        clear(self._matters_flow)
        several = len(state.matters) > 1
        for number, matter in enumerate(state.matters, start=1):
            if several:
                title = matter.title or self.tr("new matter")
                button = Button(f"{number} {title}")
                button.setCheckable(True)
                button.setChecked(matter.key == state.current)
                button.clicked.connect(lambda _=False, key=matter.key: self.matter_asked.emit(key))
                self._matters_flow.addWidget(button)
        add = Button(self.tr("Another matter Ctrl+M"), "link")
        add.clicked.connect(self.matter_added)
        self._matters_flow.addWidget(add)
        if several:
            remove = Button(self.tr("Leave this matter out"), "link")
            remove.clicked.connect(lambda _=False: self.matter_removed.emit(state.current))
            self._matters_flow.addWidget(remove)

    def _show_earlier(self, state: VisitState) -> None:
        clear(self._earlier_flow)
        for answer in state.answered:
            changing = state.changing and state.ask is not None and answer.question == state.ask.question
            chip = AnswerChip(answer.text, answer.answered, being_changed=changing)
            chip.pressed.connect(lambda question=answer.question: self.change_asked.emit(question))
            self._earlier_flow.addWidget(chip)
        self._earlier.setVisible(bool(state.answered))
