"""The strip of an outage form at the top of a visit: its number, the true day, why it was paper."""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from window_app.domain.outage import REASONS, OutageForm
from window_app.domain.visits import VisitDraft
from window_app.forms import Problem
from window_app.forms.fields import FieldFault, read_date
from window_app.ui.fields.editors import ChoiceBox
from window_app.ui.fields.line import Line
from window_app.ui.views.visit.state import VisitState
from window_app.ui.views.visit.visit_steps import Step
from window_app.ui.widgets.texts import ENTER, Button, bind_here, label, polish, row

if TYPE_CHECKING:
    from window_app.ui.views.visit.visit_page import VisitPage

SECTION = "outage"
ENTERED_ALREADY = "outage.entered_already"
TYPING_MS = 400
WIDE = 1000


class OutageStrip(QFrame):
    """Takes the form's particulars; what is wrong is said below the field where it stands."""

    def __init__(self, page: "VisitPage") -> None:
        super().__init__(page)
        self.setObjectName("panel")
        self._page = page
        self._texts = page.place.texts
        self.setAccessibleName(self.tr("Outage form"))
        self.number = Line(latin=True)
        self.number.setPlaceholderText(self.tr("scan the code, or type the number of the form"))
        self.day = Line(latin=True)
        self.day.setPlaceholderText(self.tr("as on the form, such as 2026-11-19"))
        self.reason = ChoiceBox()
        self.reason.addItem("—", "")
        for at, code in enumerate(REASONS, start=1):
            self.reason.addItem(f"{at}  {self._texts.text(f'outage.reason.{code}')}", code)
        self.remark = Line()
        self.drop = Button(self.tr("Not from a form"), "quiet")
        self.earlier = Button(self.tr("Open the case typed in before  Ctrl+E"))
        self.earlier.hide()
        bind_here(self, "Ctrl+E", self._press_earlier)
        self._fields: dict[str, QWidget] = {
            "number": self.number,
            "day": self.day,
            "reason": self.reason,
            "remark": self.remark,
        }
        self._said = {name: label("", "note-error", wrap=True) for name in self._fields}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._lay_out()
        self._join()
        self.hide()
        page.top_lines.addWidget(self)

    def begin(self) -> None:
        """Make the visit one of an outage form and begin at its number."""

        def changed(draft: VisitDraft) -> VisitDraft:
            return draft if draft.outage is not None else replace(draft, outage=OutageForm())

        self._page.run(lambda: self._page.presenter.change_draft(changed), lambda _: self.number.setFocus())

    def show_state(self, state: VisitState) -> None:
        """Show the form of the visit; what is being typed stays."""
        form = state.draft.outage
        self.setVisible(form is not None and state.received is None)
        if form is None or state.received is not None:
            return
        typed = {"number": form.number, "day": form.day, "remark": form.remark}
        for name, text in typed.items():
            line = self._fields[name]
            if isinstance(line, Line) and not line.hasFocus() and line.text() != text:
                line.setText(text)
        self.reason.setCurrentIndex(max(0, self.reason.findData(form.reason)))
        problems = [one for one in state.problems if one.address is not None and one.address.section == SECTION]
        if problems and problems[0].address is not None:
            self._check()
            self._fields[problems[0].address.field].setFocus()
            self._page.scroller.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        titles = {
            "number": self.tr("Number of the form"),
            "day": self.tr("Day of the visit"),
            "reason": self.tr("Why paper"),
            "remark": self.tr("Remark"),
        }
        for at, (name, title) in enumerate(titles.items()):
            line, side = divmod(at, 2)
            self._fields[name].setAccessibleName(title)
            self._said[name].hide()
            grid.addWidget(label(title, "field-label"), line * 3, side)
            grid.addWidget(self._fields[name], line * 3 + 1, side)
            grid.addWidget(self._said[name], line * 3 + 2, side)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(18, 12, 18, 12)
        lines.setSpacing(8)
        lines.addLayout(row(label(self.tr("Typed in from an outage form"), "step-title"), None, self.drop))
        told = self.tr(
            "The day on the form decides which law and which limits hold; today is kept as the day of entry."
        )
        lines.addWidget(label(told, "secondary", wrap=True))
        lines.addLayout(grid)
        lines.addLayout(row(self.earlier, None))

    def _join(self) -> None:
        for line in (self.number, self.day, self.remark):
            line.textEdited.connect(lambda _="": self._timer.start())
            line.left.connect(self._hand_over)
        self.reason.activated.connect(lambda _: self._hand_over())
        self._timer.timeout.connect(self._hand_over)
        self.drop.clicked.connect(self._leave)
        self.earlier.clicked.connect(lambda: self._page.case_asked.emit(self.number.text().strip()))
        self._page.arrived.connect(self.show_state)

    def _typed(self) -> OutageForm:
        day = self.day.text().strip()
        with suppress(FieldFault):
            day = read_date(day).isoformat() if day else ""
        return OutageForm(
            self.number.text().strip(), day, str(self.reason.currentData() or ""), self.remark.text().strip()
        )

    def _hand_over(self) -> None:
        self._timer.stop()
        state, form = self._page.state, self._typed()
        if self.isHidden() or state is None or state.draft.outage is None or state.draft.outage == form:
            return
        self._page.run(
            lambda: self._page.presenter.change_draft(lambda draft: replace(draft, outage=form)),
            lambda _: self._check(),
        )

    def _check(self) -> None:
        outage, presenter = self._page.place.desk.outage, self._page.presenter
        self._page.place.tasks.run(lambda: outage.problems(presenter.draft), self._say, self._page.asks.failed)

    def _say(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong with what was typed; a field that is still empty is not blamed yet."""
        found = {one.field: one for one in problems}
        self.earlier.setVisible(any(one.code == ENTERED_ALREADY for one in problems))
        typed = {"number": self.number.text(), "day": self.day.text(), "reason": "", "remark": ""}
        for name, said in self._said.items():
            one = found.get(name)
            blamed = one is not None and bool(typed[name].strip())
            said.setText("✕ " + self._texts.text(one.code, **one.params) if one is not None and blamed else "")
            said.setVisible(blamed)
            polish(self._fields[name], problem="error" if blamed else "")

    def _press_earlier(self) -> None:
        if not self.earlier.isHidden():
            self.earlier.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the fields by Enter, back by Shift+Enter; behind the last one comes who is here."""
        if event.key() not in ENTER or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        way = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        order = list(self._fields.values())
        at = next((place for place, field in enumerate(order) if field.hasFocus()), -1) + way
        if at < 0:
            return
        if at < len(order) and not (order[at] is self.remark and self.reason.currentData() != "other"):
            order[at].setFocus()
        else:
            self._page.steps.open(Step.WHO)

    def _leave(self) -> None:
        self._page.run(
            lambda: self._page.presenter.change_draft(lambda draft: replace(draft, outage=None)),
            lambda _: self._page.steps.open(Step.WHO),
        )
