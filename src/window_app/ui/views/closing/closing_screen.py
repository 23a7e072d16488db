"""The end of a counter's day: what it came to, what is still open and where, and the sheet that is signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from window_app.errors import WindowAppError
from window_app.services.day_end import DaySummary
from window_app.services.handouts import Handout
from window_app.ui.fields.line import Line
from window_app.ui.views.lists.case_words import CaseWords
from window_app.ui.views.papers.handout_card import HandoutCard, HandoutView
from window_app.ui.widgets.attachment_preview import AttachmentPreview
from window_app.ui.widgets.growing_area import GrowingArea
from window_app.ui.widgets.texts import Button, bind_here, clear, column, label, polish, row
from window_app.ui.workplace import Workplace

OPEN = ("reception", "unsent", "drafts", "due", "outage")
"""Where what is still open is seen to, in the order of the number keys."""


@dataclass(frozen=True, slots=True)
class ClosingView:
    """A day, and how much is open now, by the screen that sees to it."""

    summary: DaySummary
    open: Mapping[str, int]


class ClosingScreen(QWidget):
    """Shows the day that is typed, today at first, and prints its sheet.

    Signals:
        screen_asked: what is open is to be seen to; carries the screen's name.
    """

    screen_asked = Signal(str)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setObjectName("page")
        self._place = place
        self._words = CaseWords(place.desk, place.texts)
        self._on = place.desk.clock.today()
        self.day = Line(latin=True)
        self.day.setAccessibleName(self.tr("Day"))
        self.day.setMaximumWidth(place.theme.px(150))
        self.day.returnPressed.connect(self.refresh)
        self.problem = label("", "note-error", wrap=True)
        self.problem.hide()
        self.sums = label("", "strong", wrap=True)
        self.buttons: dict[str, Button] = {}
        self._open = QVBoxLayout()
        self._open.setSpacing(4)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        told = self.tr("Made anew each time: a day may go on after it was printed.")
        view = HandoutView(self.tr("Closing sheet"), told, (), lambda _: self._sheet(), lambda _: self._sheet().pdf)
        self.card = HandoutCard(place, view, self._over, stays=True)
        self._preview: AttachmentPreview | None = None
        self._lay_out()
        bind_here(self, "Ctrl+S", self.card.save_button.click)

    def refresh(self) -> None:
        """Count the day that is typed; an empty line is today."""
        try:
            text = self.day.text().strip()
            on = date.fromisoformat(text) if text else self._place.desk.clock.today()
        except ValueError:
            self._failed(WindowAppError("commitment_review.day"))
            return
        self._on = on
        self._place.tasks.run(lambda: self.read(on), self._show, self._failed)

    def read(self, on: date) -> ClosingView:
        """Return what a day came to; runs where the store lives."""
        desk = self._place.desk
        summary = desk.day_end.summary(on)
        now = {
            "reception": len(desk.papers.unsettled()),
            "unsent": summary.counts["unsent"],
            "drafts": len(desk.reception.drafts()),
            "due": desk.due.count()[1],
            "outage": summary.counts["forms"],
        }
        return ClosingView(summary, now)

    def take_focus(self) -> None:
        """Put the focus on printing the sheet."""
        self.card.take_focus()

    def print_paper(self) -> None:
        """Print the sheet of the day on show."""
        self.card.print_button.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go where what is open is seen to, by the number on its button."""
        number = event.text()
        if number.isdecimal() and 0 < int(number) <= len(OPEN) and OPEN[int(number) - 1] in self.buttons:
            self.buttons[OPEN[int(number) - 1]].click()
            return
        super().keyPressEvent(event)

    # -- inside

    def _sheet(self) -> Handout:
        return self._place.desk.handouts.closing(self._on)

    def _show(self, view: ClosingView) -> None:
        if view.summary.day != self._on:
            return
        self._say("")
        counts = view.summary.counts
        self.day.setText(self._on.isoformat())
        cases = self.tr("Taken in {cases} · voided {voided}")
        papers = self.tr("papers {papers}, handed over {confirmed}, reprints {reprints}")
        self.sums.setText(f"{cases} · {papers}".format(**counts))
        self._show_open(view.open)
        self._show_matters(view.summary.by_matter)
        self.scroller.settle()

    def _show_open(self, found: Mapping[str, int]) -> None:
        titles = {
            "reception": self.tr("Papers that wait to be printed or confirmed: {n}"),
            "unsent": self.tr("Not yet at the centre: {n}"),
            "drafts": self.tr("Visits put aside: {n}"),
            "due": self.tr("Due today or overdue: {n}"),
            "outage": self.tr("Outage forms neither used nor voided: {n}"),
        }
        at = next((name for name, button in self.buttons.items() if button.hasFocus()), "")
        clear(self._open)
        self.buttons = {}
        for number, name in enumerate(OPEN, start=1):
            if found[name]:
                button = Button(f"{number}  {titles[name].format(n=found[name])} ›", "link")
                button.clicked.connect(lambda _=False, name=name: self.screen_asked.emit(name))
                self.buttons[name] = button
                self._open.addLayout(row(button, None))
        if not self.buttons:
            self._open.addWidget(label("✓ " + self.tr("Nothing is open."), "note-good", wrap=True))
        last: QWidget = self.day
        for button in (*self.buttons.values(), *self.card.stops()):
            self.setTabOrder(last, button)
            last = button
        if at in self.buttons:
            self.buttons[at].setFocus()

    def _show_matters(self, found: tuple[tuple[str, str, int], ...]) -> None:
        clear(self._grid)
        if not found:
            self._grid.addWidget(label(self.tr("Nothing was taken in on this day."), "secondary", wrap=True), 0, 0)
            return
        for at, title in enumerate((self.tr("Matter"), self.tr("State"), self.tr("Number"))):
            self._grid.addWidget(label(title, "faint"), 0, at)
        for line, (matter, state, count) in enumerate(found, start=1):
            self._grid.addWidget(label(self._words.matter(matter), wrap=True), line, 0)
            self._grid.addWidget(label(self._words.state(state)), line, 1)
            self._grid.addWidget(label(str(count)), line, 2)

    def _failed(self, error: WindowAppError) -> None:
        self._say("✕ " + self._place.texts.message(error))

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        polish(self.day, problem="error" if text else "")

    def _over(self) -> AttachmentPreview:
        if self._preview is None:
            self._preview = AttachmentPreview(self, self._place.tasks.run_free, self._place.texts.message)
            self._preview.closed.connect(self.take_focus)
        return self._preview

    def _lay_out(self) -> None:
        body = QWidget()
        body.setObjectName("pageBody")
        lines = QVBoxLayout(body)
        lines.setContentsMargins(18, 14, 18, 16)
        lines.setSpacing(10)
        hint = label(self.tr("Enter counts another day"), "faint")
        lines.addLayout(row(label(self.tr("End of the day"), "page-title"), 16, self.day, hint, None))
        lines.addWidget(self.problem)
        day, waiting = column(self.sums, spacing=10), column(spacing=6)
        day.addLayout(self._grid)
        waiting.addWidget(label(self.tr("Still open now"), "step-title"))
        waiting.addLayout(self._open)
        for part in (waiting, day):
            card = QFrame()
            card.setProperty("card", True)
            part.setContentsMargins(18, 14, 18, 14)
            card.setLayout(part)
            lines.addWidget(card)
        lines.addWidget(self.card)
        lines.addStretch(1)
        self.scroller = GrowingArea(body)
        self.scroller.setHorizontalScrollBarPolicy(self.scroller.horizontalScrollBarPolicy().ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.scroller)
