"""Queue tickets: the number a visitor waits with, what is printed of it, and what the printer of tickets must do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from window_app.domain.ports import PrinterStatus

PAPER_DOTS = 576
"""Dots across 80 mm paper at 203 dpi: 72 mm can be printed on."""


class TicketState(StrEnum):
    """How far a ticket has come. What is printed of it is kept apart: a number counts without its paper."""

    WAITING = "waiting"
    CALLED = "called"
    MISSED = "missed"


class TicketPaper(StrEnum):
    """What is known of a ticket's paper: none yet, sent and not answered, out, or refused."""

    NONE = "none"
    SENT = "sent"
    OUT = "out"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class QueueTicket:
    """A number of a day's queue at this counter.

    Attributes:
        business: the letter that the number begins with.
        serial: counted from 1 in each business, anew each day.
        ahead: how many waited before it when it was drawn.
    """

    day: str
    business: str
    serial: int
    drawn_at: datetime
    ahead: int
    state: TicketState = TicketState.WAITING
    paper: TicketPaper = TicketPaper.NONE
    prints: int = 0

    @property
    def number(self) -> str:
        """Return the number as it is called: A012."""
        return f"{self.business}{self.serial:03d}"


@dataclass(frozen=True, slots=True)
class TicketLine:
    """A line of text; `size` 1 to 4 magnifies it both ways."""

    text: str
    size: int = 1
    centred: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class TicketRule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class TicketCode:
    """A QR code of a text."""

    text: str


@dataclass(frozen=True, slots=True)
class TicketPage:
    """What stands on a ticket, from top to bottom."""

    parts: Sequence[TicketLine | TicketRule | TicketCode]


@dataclass(frozen=True, slots=True)
class Dots:
    """A picture of black and white dots: rows of `width` bits, eight to a byte, 1 is black."""

    width: int
    height: int
    rows: bytes


class DotDrawer(Protocol):
    """Draws what a printer cannot: characters it does not have, codes it does not know."""

    def line(self, line: TicketLine, width: int) -> Dots:
        """Return a line of text as dots, broken where it is wider than the paper."""
        ...

    def code(self, text: str, width: int) -> Dots:
        """Return a QR code as dots, in the middle of the paper."""
        ...


class TicketPrinter(Protocol):
    """Takes tickets to paper."""

    simulated: bool

    def status(self) -> PrinterStatus:
        """Return whether tickets can be printed."""
        ...

    def print_ticket(self, page: TicketPage, title: str) -> str:
        """Print a ticket and return the job's name.

        Raises:
            PrinterError: where it was not taken.
        """
        ...


class TicketBook(Protocol):
    """Keeps the queue tickets of one counter."""

    def draw(self, business: str, at: datetime, day: date) -> QueueTicket:
        """Draw the next number of a business for a day."""
        ...

    def of_day(self, day: date) -> tuple[QueueTicket, ...]:
        """Return the tickets of a day in the order they were drawn."""
        ...

    def change(
        self,
        ticket: QueueTicket,
        *,
        state: TicketState | None = None,
        paper: TicketPaper | None = None,
        printed: bool = False,
    ) -> QueueTicket:
        """Move a ticket on as it stands now; `printed` counts one more paper of it.

        Raises:
            KeyError: where there is none such any more.
        """
        ...
