"""A calculator laid into the claims: its inputs, its steps as they follow, the result on a key."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from window_app.forms import FieldType, Problem
from window_app.forms.calculating import CalculatedRow, CalculatedStep, Calculation
from window_app.forms.calculators import Calculator, CalculatorInput
from window_app.services.calculators import in_capitals
from window_app.ui.fields.editors import ChoiceBox
from window_app.ui.views.visit.route_card import cited
from window_app.ui.views.visit.state import FieldAddress, FieldView
from window_app.ui.widgets.field_grid import FieldGrid
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.texts import ENTER, Button, clear, label
from window_app.ui.workplace import Workplace

CALCULATE_KEY = "Ctrl+I"
SHOWN_ROWS = 12
WIDE = 700
"""From which width on inputs stand beside each other: their labels are long."""
_SECTION = "calculator"
_PAUSE_MS = 120


class CalculatorPanel(QFrame):
    """Asks what a calculator needs and shows what it makes of it, while it is typed.

    Signals:
        chosen: the clerk turned to another calculator; carries its code.
        taken: the result is to stand in the claim; carries the calculation.
        closed: nothing is to be taken over.
    """

    chosen = Signal(str)
    taken = Signal(object)
    closed = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setProperty("card", True)
        self._place = place
        self._choices: tuple[Calculator, ...] = ()
        self._calculator: Calculator | None = None
        self._on = date.min
        self._values: dict[str, Any] = {}
        self._asked = 0
        self._shown = 0
        self.made: Calculation | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._calculate)
        self._build()

    def offer(self, choices: tuple[Calculator, ...], on: date) -> None:
        """Offer these calculators; `on` is the legal date."""
        self._on = on
        self._choices = choices
        self._which.blockSignals(True)
        self._which.clear()
        for number, each in enumerate(choices, start=1):
            self._which.addItem(f"{number}  {self._place.texts.of(each.title)}")
        self._which.blockSignals(False)
        self._which.setVisible(len(choices) > 1)

    def show_calculator(self, calculator: Calculator, values: Mapping[str, Any]) -> None:
        """Show the inputs of a calculator with first values, and what follows from them."""
        self._calculator = calculator
        self._values = dict(values)
        self.made = None
        self._which.setCurrentIndex(self._choices.index(calculator))
        self._title.setText(self._place.texts.of(calculator.title))
        self._hint.setText(self._place.texts.of(calculator.hint) if calculator.hint else "")
        self._hint.setVisible(bool(calculator.hint))
        self._rounding.setText(self.tr("Rounding: {rule}").format(rule=self._place.texts.of(calculator.rounding)))
        self._show_inputs({}, typed=False)
        self._calculate()

    def take_focus(self) -> None:
        """Put the focus into the first input that is empty, else into the first."""
        boxes = self.grid.ordered()
        empty = next((box for box in boxes if not box.value()), None)
        if boxes:
            (empty or boxes[0]).editor.target().setFocus()

    def waits(self) -> bool:
        """Answer whether something typed is not calculated yet."""
        return self._timer.isActive() or self._shown != self._asked

    def take(self) -> None:
        """Take the result over, where there is one."""
        if self.take_button.isEnabled() and self.made is not None:
            self.taken.emit(self.made)

    def event(self, event: QEvent) -> bool:
        """Keep Escape for the calculator; elsewhere it leaves the page."""
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the inputs with Enter, and close on Escape."""
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the inputs follow the width."""
        super().resizeEvent(event)
        self.grid.set_single(self.width() < WIDE * self._place.theme.scale)

    # -- inputs

    def _step(self, by: int) -> None:
        targets = [target for box in self.grid.ordered() for target in box.editor.targets()]
        at = next((place for place, target in enumerate(targets) if target.hasFocus()), None)
        if at is None:
            return
        if 0 <= at + by < len(targets):
            targets[at + by].setFocus()
        elif by > 0:
            (self.take_button if self.take_button.isEnabled() else self.close_button).setFocus()

    def _show_inputs(self, problems: Mapping[str, Problem], *, typed: bool) -> None:
        calculator = self._calculator
        if calculator is None:
            return
        views = tuple(self._view(asked, problems.get(asked.code)) for asked in calculator.inputs)
        for box in self.grid.show_fields(views, {view.address for view in views} if typed else ()):
            box.edited.connect(self._edited)

    def _view(self, asked: CalculatorInput, problem: Problem | None) -> FieldView:
        field = asked.field
        texts = self._place.texts
        if field.type is FieldType.BOOL:
            choices: tuple[tuple[object, str], ...] = ((True, texts.text("ui.yes")), (False, texts.text("ui.no")))
        else:
            choices = tuple((value, texts.of(words)) for value, words in field.values.items())
        sentence = "" if problem is None else self._sentence(problem)
        return FieldView(
            address=FieldAddress(_SECTION, 0, f"{self._calculator.code if self._calculator else ''}.{asked.code}"),
            kind=str(field.type),
            label=texts.of(field.label),
            hint=texts.of(field.hint) if field.hint else self._usual_hint(asked),
            due=field.due,
            choices=choices,
            value=self._values.get(asked.code, asked.default if field.type is FieldType.BOOL else None),
            problem=sentence if problem is not None and problem.severity == "error" else "",
            severity="error" if problem is not None and problem.severity == "error" else "",
            missing=problem is not None and problem.severity == "due",
        )

    def _usual_hint(self, asked: CalculatorInput) -> str:
        if asked.default == "today":
            return self.tr("empty: today")
        return self._place.texts.text("ui.hint.date") if asked.field.type is FieldType.DATE else ""

    def _sentence(self, problem: Problem) -> str:
        texts = self._place.texts
        return texts.of(problem.message) if problem.message else texts.text(problem.code, **problem.params)

    def _edited(self, edit: tuple[FieldAddress, object]) -> None:
        self._values[edit[0].field.partition(".")[2]] = edit[1]
        self.take_button.setEnabled(False)
        self._timer.start()

    # -- what follows

    def _calculate(self) -> None:
        calculator = self._calculator
        if calculator is None:
            return
        self._asked += 1
        asked, typed, on = self._asked, dict(self._values), self._on
        calculators = self._place.desk.calculators

        def done(made: Calculation) -> None:
            self._shown = max(self._shown, asked)
            if asked == self._asked:
                self._show(made)

        self._place.tasks.run_free(lambda: calculators.calculate(calculator.code, typed, on), done)

    def _show(self, made: Calculation) -> None:
        self.made = made
        texts = self._place.texts
        self._show_inputs({problem.field: problem for problem in made.problems}, typed=True)
        clear(self._steps)
        for number, step in enumerate(made.steps, start=1):
            self._steps.addWidget(self._line(number, step))
        waiting = [self._sentence(problem) for problem in made.problems if problem.severity == "due"]
        missing = [texts.text(each.code, **each.params) for each in made.missing]
        self._missing.setText("\n".join(missing))
        self._missing.setVisible(bool(missing))
        self._waiting.setText(waiting[0] if waiting else "")
        self._waiting.setVisible(bool(waiting))
        self._notes.setText("\n".join(texts.of(note) for note in made.notes))
        self._notes.setVisible(bool(made.notes))
        self._show_result(made)

    def _show_result(self, made: Calculation) -> None:
        known = made.result is not None
        self._result.setVisible(known)
        self._capitals.setVisible(known)
        self._rounding.setVisible(known)
        self.take_button.setEnabled(bool(made.result))
        if made.result is not None:
            self._result.setText(self.tr("{amount} yuan").format(amount=f"{made.result:,.2f}"))
            nothing = self.tr("Nothing is owed by these data.")
            self._capitals.setText(in_capitals(made.result) if made.result else nothing)

    def _line(self, number: int, step: CalculatedStep) -> QWidget:
        texts = self._place.texts
        unit = f" {texts.of(step.unit)}" if step.unit else ""
        formula = texts.of(step.formula) if step.formula else ""
        value = f"{step.value}{unit}" if step.value else self.tr("not known")
        made = QWidget()
        lines = QVBoxLayout(made)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(1)
        told = f"{number}.  {texts.of(step.title)}：{formula}{' = ' if formula else ''}{value}"
        lines.addWidget(label(told, "secondary", wrap=True))
        runs = runs_of(step.rows)
        for run in runs[:SHOWN_ROWS]:
            lines.addWidget(label(f"      {self._run(run)}", "faint", wrap=True))
        if len(runs) > SHOWN_ROWS:
            lines.addWidget(label(self.tr("      … {n} parts in all").format(n=len(step.rows)), "faint"))
        if step.basis:
            articles = "；".join(cited(each) + ("" if each.verified else self.tr(" (recalled)")) for each in step.basis)
            lines.addWidget(label(f"      {articles}", "faint", wrap=True))
        return made

    def _run(self, run: Sequence[CalculatedRow]) -> str:
        """Return parts that follow each other and are reckoned alike in one line."""
        texts = self._place.texts
        first, last = run[0], run[-1]
        reckoned = f"{texts.of(first.formula)} = {first.value}"
        if len(run) == 1:
            return f"{texts.of(first.label)}：{reckoned}"
        return self.tr("{first} … {last}, {n} parts, each {reckoned}").format(
            first=texts.of(first.label), last=texts.of(last.label), n=len(run), reckoned=reckoned
        )

    # -- building

    def _build(self) -> None:
        self._title = label("", "strong", wrap=True)
        self._which = ChoiceBox()
        self._which.setAccessibleName(self.tr("Calculator"))
        self._which.activated.connect(self._turned)
        self._hint = label("", "faint", wrap=True)
        self.grid = FieldGrid()
        self._steps = QVBoxLayout()
        self._steps.setSpacing(4)
        self._waiting = label("", "due", wrap=True)
        self._missing = label("", "note-caution", wrap=True)
        self._notes = label("", "note-plain", wrap=True)
        self._result = label("", "number")
        self._capitals = label("", "secondary", wrap=True)
        self._rounding = label("", "faint", wrap=True)
        self.take_button = Button(self.tr("Put the amount in  {key}").format(key=CALCULATE_KEY), "primary")
        self.take_button.clicked.connect(self.take)
        self.close_button = Button(self.tr("Leave it  Esc"))
        self.close_button.clicked.connect(self.closed)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(14, 10, 14, 12)
        lines.setSpacing(8)
        self._which.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._which.setMinimumContentsLength(10)
        lines.addWidget(self._title)
        lines.addWidget(self._which)
        for part in (self._hint, self.grid, self._waiting):
            lines.addWidget(part)
        # The result stands before its steps: it must be in sight where they are many.
        lines.addLayout(self._doing())
        for part in (self._capitals, self._missing, self._notes):
            lines.addWidget(part)
        lines.addLayout(self._steps)
        lines.addWidget(self._rounding)

    def _doing(self) -> FlowLayout:
        """Return the result and the buttons, beside each other where there is room."""
        made = FlowLayout(spacing=12)
        for part in (self._result, self.take_button, self.close_button):
            made.addWidget(part)
        return made

    def _turned(self, index: int) -> None:
        if 0 <= index < len(self._choices):
            self.chosen.emit(self._choices[index].code)


def runs_of(rows: Sequence[CalculatedRow]) -> list[list[CalculatedRow]]:
    """Return the parts of a step, those together that follow each other and are reckoned alike."""
    return [list(run) for _, run in groupby(rows, key=lambda part: (part.formula, part.value))]
