"""Printers as this machine's settings have them now, and what can be chosen of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from window_app.domain.assessment import Text
from window_app.domain.ports import Printer, PrinterStatus
from window_app.domain.printing import AS_IT_IS, JobReport, PrintChoices, PrinterOffers, Sides
from window_app.domain.tickets import TicketPrinter
from window_app.errors import WindowAppError
from window_app.settings import MOST_COPIES, Settings

ALL_OTHERS = ""
SIMULATED = "simulated"
RECEIPT = "receipt"
OpenPrinter = Callable[[str, str, PrintChoices], Printer]
OpenTickets = Callable[[Settings], TicketPrinter | None]


class NotOffered(WindowAppError):
    """The queue does not offer what was chosen; nothing was changed."""

    code = "printing.no_sides"


@dataclass(frozen=True, slots=True)
class QueueAnswer:
    """What a queue says of itself, and what it offers."""

    status: PrinterStatus
    offers: PrinterOffers


class PrintingSetup:
    """Opens printers by the settings that hold; a desk that is open follows when they change.

    Attributes:
        chosen: the settings.
        titles: of papers, by their kind.
    """

    def __init__(
        self, open_printer: OpenPrinter, open_tickets: OpenTickets, titles: Mapping[str, Text], chosen: Settings
    ) -> None:
        self._open_printer = open_printer
        self._open_tickets = open_tickets
        self.titles = titles
        self.chosen = chosen

    def apply(self, chosen: Settings) -> None:
        """Let other settings hold from the next job on."""
        self.chosen = chosen

    @property
    def printer(self) -> Printer:
        """Return the printer of receipts as the settings have it at each call."""
        return KindPrinter(self, RECEIPT)

    @property
    def simulated(self) -> bool:
        """Answer whether papers go into a folder, nothing on paper; asks no device."""
        return self.chosen.printer_driver == SIMULATED

    @property
    def tickets_simulated(self) -> bool:
        """Answer whether tickets go into a folder; asks no device."""
        return self.chosen.ticket_driver == SIMULATED

    def printer_for(self, kind: str) -> Printer:
        """Return the printer of a kind of paper, with what was chosen for it."""
        chosen = self.chosen
        return self._open_printer(chosen.printer_driver, chosen.queue_for(kind), choices_for(chosen, kind))

    def copies_of(self, kind: str) -> int:
        """Return how many copies of a kind of paper are printed at least."""
        return choices_for(self.chosen, kind).copies

    def ticket_printer(self) -> TicketPrinter | None:
        """Return the printer of tickets, None where the hall gives its numbers out by other means."""
        return self._open_tickets(self.chosen)

    def ask(self, driver: str, queue: str) -> QueueAnswer:
        """Ask a queue how it stands and what it offers; waits some seconds at most."""
        printer = self._open_printer(driver, queue, AS_IT_IS)
        return QueueAnswer(printer.status(), printer.offers())

    def ask_tickets(self, chosen: Settings) -> PrinterStatus | None:
        """Ask the ticket printer of some settings how it stands; None where there is none."""
        printer = self._open_tickets(chosen)
        return None if printer is None else printer.status()

    def changed(
        self,
        kind: str,
        *,
        queue: str | None = None,
        sides: str | None = None,
        tray: str | None = None,
        copies: int | None = None,
    ) -> Settings:
        """Return the settings with another choice for a kind of paper, "" for all others; None leaves one as it is.

        Raises:
            NotOffered: `printing.kind`, `printing.no_sides`, `printing.no_tray`, `printing.copies`.
        """
        if kind != ALL_OTHERS and kind not in self.titles:
            raise NotOffered("printing.kind", kind=kind, known=", ".join(self.titles))
        if copies is not None and not 1 <= copies <= MOST_COPIES:
            raise NotOffered("printing.copies", most=MOST_COPIES)
        chosen = with_queue(self.chosen, kind, queue)
        if sides or tray:
            self._check(chosen, kind, sides, tray)
        return with_choices(chosen, kind, sides=sides, tray=tray, copies=copies)

    def _check(self, chosen: Settings, kind: str, sides: str | None, tray: str | None) -> None:
        queue = chosen.queue_for(kind)
        offers = self._open_printer(chosen.printer_driver, queue, AS_IT_IS).offers()
        if sides and Sides(sides) not in offers.sides:
            raise NotOffered("printing.no_sides", printer=queue or "–", known=", ".join(offers.sides) or "–")
        if tray and tray not in offers.trays:
            raise NotOffered("printing.no_tray", printer=queue or "–", known=", ".join(offers.trays) or "–")


class KindPrinter:
    """The printer of one kind of paper as the settings have it at each call; implements `Printer`."""

    def __init__(self, setup: PrintingSetup, kind: str) -> None:
        """Keep where to ask and for which kind."""
        self._setup = setup
        self._kind = kind

    @property
    def simulated(self) -> bool:
        """Answer whether nothing comes out on paper."""
        return self._setup.simulated

    def status(self) -> PrinterStatus:
        """Return whether jobs can be sent."""
        return self._setup.printer_for(self._kind).status()

    def offers(self) -> PrinterOffers:
        """Return which sides and trays can be chosen."""
        return self._setup.printer_for(self._kind).offers()

    def job(self, name: str) -> JobReport:
        """Return where a job stands."""
        return self._setup.printer_for(self._kind).job(name)

    def print_pdf(self, pdf: bytes, title: str, copies: int = 1) -> str:
        """Send a PDF and return the job's name."""
        return self._setup.printer_for(self._kind).print_pdf(pdf, title, copies)


def choices_for(chosen: Settings, kind: str) -> PrintChoices:
    """Return what was chosen for a kind of paper."""
    said = chosen.choices_for(kind)
    return PrintChoices(Sides(said.get("sides", "")), str(said.get("tray", "")), int(said.get("copies", 1)))


def with_queue(chosen: Settings, kind: str, queue: str | None) -> Settings:
    """Return settings with another queue for a kind; "" for one kind takes it back to that of all others."""
    if queue is None:
        return chosen
    if kind == ALL_OTHERS:
        return chosen.with_(printer_queue=queue)
    others = {name: one for name, one in chosen.printers.items() if name != kind}
    return chosen.with_(printers={**others, kind: queue} if queue else others)


def with_choices(chosen: Settings, kind: str, *, sides: str | None, tray: str | None, copies: int | None) -> Settings:
    """Return settings with other choices for a kind; None leaves one as it is."""
    given: dict[str, Any] = {"sides": sides, "tray": tray, "copies": copies}
    now = {**chosen.print_choices.get(kind, {}), **{name: one for name, one in given.items() if one is not None}}
    others = {name: one for name, one in chosen.print_choices.items() if name != kind}
    usual: Mapping[str, Any] = others.get(ALL_OTHERS, {})
    plain = {"sides": "", "tray": "", "copies": 1, **usual}
    now = {name: one for name, one in now.items() if plain[name] != one}
    return chosen.with_(print_choices={**others, kind: now} if now else others)
