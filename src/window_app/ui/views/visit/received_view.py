"""The end of the page: the numbers that were given and the papers that go with them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from window_app.ui.views.papers.paper_actions import PaperActions
from window_app.ui.views.papers.paper_cards import PaperList
from window_app.ui.views.visit import state as shown
from window_app.ui.widgets.flow import flowing
from window_app.ui.widgets.texts import Button, badge, clear, label, row
from window_app.ui.workplace import Workplace


class ReceivedView(QWidget):
    """Shows what taking in produced; its papers print, save and ask whether they came out."""

    changed = Signal()
    application_asked = Signal()
    sets_asked = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.papers = PaperList()
        self.doing = PaperActions(place, self.papers, marked=False)
        self.doing.changed.connect(self.changed)
        self._head = QFrame()
        self._head.setProperty("card", True)
        self._inner = QVBoxLayout(self._head)
        self._inner.setContentsMargins(18, 14, 18, 14)
        self._inner.setSpacing(8)
        self.application = Button(self.tr("Application, filled in  Alt+A"))
        self.application.clicked.connect(self.application_asked)
        self.sets = Button(self.tr("A set of the papers  Alt+S"))
        self.sets.clicked.connect(self.sets_asked)
        self._next = label(self.tr("F6 prints the next paper · F2 begins the next visit"), "secondary", wrap=True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addWidget(self._head)
        lines.addWidget(flowing(self.application, self.sets))
        lines.addWidget(self.papers)
        lines.addWidget(self._next)

    def show_received(self, received: shown.ReceivedView, *, application: bool) -> None:
        """Show numbers and papers; `application` says that one is filled in from a form."""
        self.application.setVisible(application)
        self.sets.setVisible(bool(received.numbers))
        clear(self._inner)
        title = self.tr("Taken in") if received.numbers else self.tr("Guidance given")
        mark = badge(received.received_on.isoformat(), "good")
        self._inner.addLayout(row(label("✓  " + title, "step-title"), mark, None))
        for number, route in received.numbers:
            self._inner.addLayout(row(label(number, "number"), label(route, "secondary"), None))
            self._inner.addWidget(label(self._to_say(received, number), "say", wrap=True))
        for told in self._counted(received):
            self._inner.addWidget(label(told, "secondary", wrap=True))
        for warning in received.warnings:
            self._inner.addWidget(label(warning, "note-caution", wrap=True))
        self.papers.show_papers(received.papers)
        last = self.sets
        for card in self.papers.cards:
            for button in (card.print_button, card.look_button, card.save_button, card.open_button):
                self.setTabOrder(last, button)
                last = button

    def _counted(self, received: shown.ReceivedView) -> list[str]:
        """Return what is told beside the numbers: the day of entry of an outage form, and what was reused."""
        told = []
        if received.outage is not None:
            text = self.tr("From an outage form: received on {day}, typed in on {entered}.")
            told.append(text.format(day=received.received_on.isoformat(), entered=received.outage.isoformat()))
        fields, materials = received.reused
        if fields or materials:
            text = self.tr("Reused: {fields} fields not typed again, {materials} materials not asked again.")
            told.append(text.format(fields=fields, materials=materials))
        return told

    def _to_say(self, received: shown.ReceivedView, number: str) -> str:
        """Return what the visitor is told with the number, in agreement with the receipt."""
        last_day = received.answers.get(number)
        if last_day is None:
            return self.tr("Say: the office sets the time of its answer and will tell you; keep the number.")
        text = self.tr("Say: an answer comes by {day} at the latest; keep the number.")
        promised = received.promised.get(number)
        if promised is not None:
            text = self.tr("Say: an answer is promised by {promised}, by law it comes by {day}; keep the number.")
        if any(paper.kind == "notice_once" and paper.number == number for paper in received.papers):
            text = self.tr(
                "Say: something is missing; counted from today the answer comes by {day}, later papers move it."
            )
        return text.format(day=last_day.isoformat(), promised="" if promised is None else promised.isoformat())
