"""The queue of this counter on its first page: numbers drawn, called and called again, and those without a paper."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from window_app.domain.tickets import QueueTicket
from window_app.errors import WindowAppError
from window_app.services.queue_tickets import QueueView, TicketJob
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.texts import Ask, Button, label, polish
from window_app.ui.workplace import Workplace

FAILED = "✕ "
OFF = "off"


class TicketCard(QFrame):
    """Gives out numbers and calls them, where this counter does so itself.

    Signals:
        told: carries what was said, for whoever does not see the page.
    """

    told = Signal(str)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._place = place
        self.view = QueueView(None, (), ())
        self.title = label(self.tr("Queue"), "step-title")
        self.state = label("", "secondary", wrap=True)
        self.draw_button = Button(self.tr("Give a number  Shift+F9"))
        self.call_button = Button(self.tr("Call the next  F9"))
        self.recall_button = Button(self.tr("Call again  F10"))
        self.again_button = Button(self.tr("Print the number again  Shift+F10"))
        self.note = label("", "secondary", wrap=True)
        self.note.hide()
        self.ask: Ask | None = None
        self.draw_button.clicked.connect(self.draw)
        self.call_button.clicked.connect(self.call)
        self.recall_button.clicked.connect(self.recall)
        self.again_button.clicked.connect(self.again)
        self._lay_out()

    @property
    def offered(self) -> bool:
        """Answer whether this counter gives out numbers by itself."""
        return self._place.desk.printing.chosen.ticket_driver != OFF

    def refresh(self) -> None:
        """Read how the queue stands."""
        self.setVisible(self.offered)
        if self.offered:
            self._place.tasks.run(self._place.desk.tickets.view, self._show)

    def draw(self) -> None:
        """Give out a number; asks for what, where there are several businesses."""
        businesses = dict(self._place.desk.tickets.businesses)
        self._drop_ask()
        if len(businesses) == 1:
            self._draw(next(iter(businesses)))
            return
        answers = [(code, f"{at}  {code} {name}") for at, (code, name) in enumerate(businesses.items(), start=1)]
        self.ask = Ask(self.tr("A number for what?"), answers, self)
        self.ask.answered.connect(self._draw)
        self._lines.addWidget(self.ask)
        if self.isVisible():
            self.ask.take_focus()
        else:
            self.told.emit(self.tr("Put the visit aside (F4), then choose what the number is for."))

    def call(self) -> None:
        """Call who has waited longest."""

        def called(ticket: QueueTicket | None) -> None:
            if ticket is None:
                self._say(self.tr("Nobody waits."))
            else:
                self._call(ticket)

        self._place.tasks.run(self._place.desk.tickets.call_next, called, self._failed)

    def recall(self) -> None:
        """Call once more who was called last."""
        if self.view.called is None:
            self._say(self.tr("Nobody was called today."))
        else:
            self._call(self.view.called)

    def again(self) -> None:
        """Print the ticket of the first number whose paper nobody saw."""
        waiting = self.view.unprinted
        if waiting:
            self._send(lambda: self._place.desk.tickets.again(waiting[0]))

    def _draw(self, business: str) -> None:
        self._drop_ask()
        self._send(lambda: self._place.desk.tickets.draw(business))

    def _send(self, prepare: Callable[[], TicketJob]) -> None:
        tickets, tasks = self._place.desk.tickets, self._place.tasks

        def send(job: TicketJob) -> None:
            self._say(self.tr("Number {number} is being printed…").format(number=job.ticket.number))

            def refused(error: WindowAppError) -> None:
                tasks.run(lambda: tickets.not_sent(job, error), lambda _: self._not_out(job, error), self._failed)

            def taken(name: str) -> None:
                tasks.run(lambda: tickets.sent(job), lambda ticket: self._out(ticket, name), self._failed)

            tasks.run_free(job.send, taken, refused)

        tasks.run(prepare, send, self._failed)

    def _out(self, ticket: QueueTicket, name: str) -> None:
        if not isValid(self):
            return
        text = self.tr("Number {number}: {count} before it.").format(number=ticket.number, count=ticket.ahead)
        if self._place.desk.printing.tickets_simulated:
            text += " " + self.tr("Simulated ticket printer, nothing on paper: {job}").format(job=name)
        self._say(text)
        self.refresh()

    def _not_out(self, job: TicketJob, error: WindowAppError) -> None:
        if not isValid(self):
            return
        text = self.tr("Number {number} counts, but its paper did not come out: tell it to the visitor. {problem}")
        self._say(FAILED + text.format(number=job.ticket.number, problem=self._place.texts.message(error)))
        self.refresh()

    def _call(self, ticket: QueueTicket) -> None:
        if isValid(self):
            text = self.tr("Number {number}, please come to {counter}.")
            self._say(text.format(number=ticket.number, counter=self._place.desk.station.name))
            self.refresh()

    def _show(self, view: QueueView) -> None:
        if not isValid(self):
            return
        self.view = view
        waiting = self.tr("{n} waiting").format(n=len(view.waiting))
        following = "、".join(one.number for one in view.waiting[:6])
        called = "" if view.called is None else self.tr("called: {number}").format(number=view.called.number)
        self.state.setText(" · ".join(part for part in (waiting, following, called) if part))
        self.call_button.setEnabled(bool(view.waiting))
        self.recall_button.setEnabled(view.called is not None)
        self.again_button.setVisible(bool(view.unprinted))
        if view.unprinted:
            number = view.unprinted[0].number
            self.again_button.setText(self.tr("Print {number} again  Shift+F10").format(number=number))

    def _failed(self, error: WindowAppError) -> None:
        self._say(FAILED + self._place.texts.message(error))

    def _say(self, text: str) -> None:
        if isValid(self):
            self.note.setText(text)
            polish(self.note, kind="note-error" if text.startswith(FAILED) else "secondary")
            self.note.setVisible(bool(text))
            self.told.emit(text)

    def _drop_ask(self) -> None:
        if self.ask is not None:
            self.draw_button.setFocus()
            self.ask.hide()
            self.ask.deleteLater()
            self.ask = None

    def _lay_out(self) -> None:
        ways = QWidget()
        flow = FlowLayout(ways)
        for button in (self.draw_button, self.call_button, self.recall_button, self.again_button):
            flow.addWidget(button)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(24, 16, 24, 16)
        self._lines.setSpacing(8)
        self._lines.addWidget(self.title)
        self._lines.addWidget(self.state)
        self._lines.addWidget(ways)
        self._lines.addWidget(self.note)
        self.again_button.hide()
