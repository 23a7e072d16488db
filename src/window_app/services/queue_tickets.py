"""The queue of a counter without a calling system of its hall: numbers drawn, printed, called and called again."""

from collections.abc import Mapping
from dataclasses import dataclass

from window_app.clock import CHINA, Clock
from window_app.domain.ports import Station
from window_app.domain.tickets import (
    QueueTicket,
    TicketBook,
    TicketCode,
    TicketLine,
    TicketPage,
    TicketPaper,
    TicketPrinter,
    TicketRule,
    TicketState,
)
from window_app.errors import WindowAppError
from window_app.i18n import Catalogue
from window_app.services.printing_setup import PrintingSetup

SILENT = "printer.silent"
BIG, LARGE = 4, 2


@dataclass(frozen=True, slots=True)
class QueueView:
    """How the queue stands.

    Attributes:
        called: the one called last, None before the first of the day.
        waiting: those that nobody called yet.
        unprinted: those whose paper nobody knows to be out: to be printed again, or told by word of mouth.
    """

    called: QueueTicket | None
    waiting: tuple[QueueTicket, ...]
    unprinted: tuple[QueueTicket, ...]


@dataclass(frozen=True, slots=True)
class TicketJob:
    """A ticket on its way to the printer; sending needs nothing of the store and may take its time."""

    ticket: QueueTicket
    page: TicketPage
    printer: TicketPrinter

    def send(self) -> str:
        """Hand the ticket to the printer and return the job's name.

        Raises:
            PrinterError: it was not taken; `QueueTickets.not_sent` notes it.
        """
        again = f"-{self.ticket.prints + 1}" if self.ticket.prints else ""
        return self.printer.print_ticket(self.page, f"{self.ticket.day}-{self.ticket.number}{again}")


class QueueTickets:
    """Draws tickets and calls them; a number counts from the moment it is drawn, with or without its paper."""

    def __init__(
        self,
        book: TicketBook,
        clock: Clock,
        station: Station,
        setup: PrintingSetup,
    ) -> None:
        """Keep the tools; where the settings know no printer the hall gives its numbers out by other means."""
        self._book = book
        self._clock = clock
        self._station = station
        self._setup = setup
        self._texts = Catalogue("zh_CN")

    @property
    def businesses(self) -> Mapping[str, str]:
        """Return what numbers are drawn for, by the letter that they begin with."""
        return self._setup.chosen.ticket_businesses

    @property
    def printer(self) -> TicketPrinter | None:
        """Return the printer of tickets, None where this counter gives out no numbers."""
        return self._setup.ticket_printer()

    def view(self) -> QueueView:
        """Return how today's queue stands."""
        today = self._book.of_day(self._clock.today())
        called = [one for one in today if one.state is not TicketState.WAITING]
        waiting = tuple(one for one in today if one.state is TicketState.WAITING)
        unprinted = tuple(one for one in waiting if one.paper is not TicketPaper.OUT)
        return QueueView(called[-1] if called else None, waiting, unprinted)

    def draw(self, business: str) -> TicketJob:
        """Draw the next number of a business and return its ticket, to be sent away from the store.

        Raises:
            WindowAppError: `tickets.off`, `tickets.business`.
        """
        if business not in self.businesses:
            raise WindowAppError("tickets.business", known=", ".join(self.businesses))
        self._opened()
        ticket = self._book.draw(business, self._clock.now(), self._clock.today())
        return self.again(ticket)

    def again(self, ticket: QueueTicket) -> TicketJob:
        """Return the ticket of a number that was drawn before; its paper is marked from the second on.

        Noted as sent before it is: whoever is killed in between finds it among those that nobody saw.

        Raises:
            WindowAppError: `tickets.off`, `tickets.unknown`.
        """
        printer = self._opened()
        try:
            sent = self._book.change(ticket, paper=TicketPaper.SENT)
        except KeyError:
            raise WindowAppError("tickets.unknown") from None
        return TicketJob(sent, self.page(sent), printer)

    def sent(self, job: TicketJob) -> QueueTicket:
        """Note that the printer took a ticket, and count its paper."""
        return self._book.change(job.ticket, paper=TicketPaper.OUT, printed=True)

    def not_sent(self, job: TicketJob, error: WindowAppError) -> QueueTicket:
        """Note that it did not; after mere silence the ticket may still have come out."""
        return self._book.change(job.ticket, paper=TicketPaper.SENT if error.code == SILENT else TicketPaper.FAILED)

    def told(self, ticket: QueueTicket) -> QueueTicket:
        """Note that the visitor has the number without a paper."""
        return self._book.change(ticket, paper=TicketPaper.OUT)

    def call_next(self) -> QueueTicket | None:
        """Call who has waited longest; None where nobody waits."""
        waiting = self.view().waiting
        return self._book.change(waiting[0], state=TicketState.CALLED) if waiting else None

    def find(self, number: str) -> QueueTicket:
        """Return today's ticket of a number.

        Raises:
            WindowAppError: `tickets.unknown`.
        """
        wanted = number.strip().upper()
        found = next((one for one in self._book.of_day(self._clock.today()) if one.number == wanted), None)
        if found is None:
            raise WindowAppError("tickets.unknown")
        return found

    def _opened(self) -> TicketPrinter:
        printer = self.printer
        if printer is None:
            raise WindowAppError("tickets.off")
        return printer

    def page(self, ticket: QueueTicket) -> TicketPage:
        """Return what stands on a ticket."""
        text, station = self._texts.text, self._station
        moment = ticket.drawn_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
        note = self._setup.chosen.ticket_note.strip() or text("tickets.paper.note")
        business = self.businesses.get(ticket.business, ticket.business)
        parts: list[TicketLine | TicketRule | TicketCode] = [
            TicketLine(station.hall, LARGE if len(station.hall) <= 12 else 1, centred=True, bold=True),
            TicketRule(),
            TicketLine(text("tickets.paper.title"), centred=True),
            TicketLine(ticket.number, BIG, centred=True, bold=True),
            TicketLine(business, LARGE if len(business) <= 12 else 1, centred=True),
            TicketRule(),
            TicketLine(text("tickets.paper.ahead", count=ticket.ahead), centred=True),
            TicketLine(text("tickets.paper.counter", counter=station.name), centred=True),
            TicketLine(text("tickets.paper.drawn", moment=moment), centred=True),
            TicketCode(text("tickets.paper.code", number=ticket.number, hall=station.hall, moment=moment)),
            TicketLine(note, centred=True),
        ]
        if ticket.prints:
            parts.append(TicketLine(text("tickets.paper.again", count=ticket.prints), centred=True, bold=True))
        if station.practice:
            parts.append(TicketLine(text("tickets.paper.practice"), centred=True, bold=True))
        return TicketPage(tuple(parts))
