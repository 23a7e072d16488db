"""Printing on Windows through its spooler: pages as pixels by GDI, tickets as they are.

What Windows itself is asked stands behind `Spooler`; everything else is the same on every machine, and tested on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from window_app.devices.printers.errors import PrinterError
from window_app.domain.page_pixels import PageDrawer, PagePixels
from window_app.domain.ports import PrinterStatus
from window_app.domain.printing import AS_IT_IS, JobReport, JobState, PrintChoices, PrinterOffers, Sides

DOTS_PER_INCH = 600
# winspool.h: what a printer says, worst first, and what a job says.
_PRINTER_FAULTS: Mapping[int, str] = MappingProxyType(
    {
        0x0000_0004: "printer.unknown",  # being deleted
        0x0000_0008: "printer.jam",
        0x0000_0010: "printer.media_empty",
        0x0000_0040: "printer.media_empty",  # a problem with the paper
        0x0000_0020: "printer.media_empty",  # wants to be fed by hand
        0x0040_0000: "printer.door_open",
        0x0004_0000: "printer.toner_empty",
        0x0000_0080: "printer.offline",
        0x0000_1000: "printer.offline",  # not available
        0x0000_0001: "printer.stopped",  # paused
        0x0000_0002: "printer.stopped",  # in error
        0x0010_0000: "printer.stopped",  # somebody must see to it
    }
)
_TONER_LOW = 0x0002_0000
_JOB_FAULTS: Mapping[int, str] = MappingProxyType(
    {
        0x0040: "printer.media_empty",
        0x0020: "printer.offline",
        0x0001: "printer.stopped",
        0x0002: "printer.stopped",
        0x0200: "printer.stopped",
        0x0400: "printer.stopped",
    }
)
_JOB_DONE = 0x0080 | 0x1000
_JOB_DELETED = 0x0004 | 0x0100
# winerror.h
_ERRORS: Mapping[int, str] = MappingProxyType(
    {
        2: "printer.unknown",
        1801: "printer.unknown",
        1722: "printer.no_system",
        1726: "printer.no_system",
        1060: "printer.no_system",
        1062: "printer.no_system",
        121: "printer.silent",
        1460: "printer.silent",
        170: "printer.stopped",
        21: "printer.stopped",
    }
)
_DUPLEX: Mapping[Sides, int] = MappingProxyType({Sides.ONE: 1, Sides.LONG_EDGE: 2, Sides.SHORT_EDGE: 3})


class SpoolerError(Exception):
    """Windows answered with an error; `number` is its code."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class JobSetup:
    """What a job asks of the driver; None leaves it to the driver.

    Attributes:
        duplex: 1 one side, 2 turned at the long edge, 3 at the short edge (DEVMODE's numbers).
        bin: the driver's number of a tray.
    """

    duplex: int | None = None
    bin: int | None = None
    copies: int = 1


class Spooler(Protocol):
    """What is asked of Windows; every call may raise `SpoolerError`."""

    def default(self) -> str:
        """Return the name of this user's default printer, "" where there is none."""
        ...

    def state(self, printer: str) -> int:
        """Return the status flags of a printer."""
        ...

    def duplex(self, printer: str) -> bool:
        """Answer whether the printer prints both sides."""
        ...

    def bins(self, printer: str) -> Mapping[int, str]:
        """Return the driver's numbers of the trays, with their names."""
        ...

    def draw(self, printer: str, title: str, setup: JobSetup, pages: Iterable[PagePixels]) -> int:
        """Print pages, each scaled to the sheet, and return the job's number."""
        ...

    def raw(self, printer: str, title: str, content: bytes) -> int:
        """Hand bytes to the printer as they are and return the job's number."""
        ...

    def job_state(self, printer: str, number: int) -> int | None:
        """Return the status flags of a job; None where the spooler has none of that number any more."""
        ...


class WindowsQueue:
    """A printer of this machine's Windows; without a name this user's default one."""

    simulated = False

    def __init__(self, queue: str, spooler: Spooler) -> None:
        """Keep the printer's name and the way to Windows."""
        self._queue = queue
        self._spooler = spooler

    def status(self) -> PrinterStatus:
        """Return whether the printer prints, with what Windows said."""
        try:
            queue = self._name()
            flags = self._spooler.state(queue)
        except SpoolerError as error:
            return PrinterStatus(self._queue, ready=False, detail=_code(error))
        except PrinterError as error:
            return PrinterStatus(self._queue, ready=False, detail=error.code)
        faults = tuple(dict.fromkeys(code for flag, code in _PRINTER_FAULTS.items() if flags & flag))
        notes = ("printer.toner_low",) if flags & _TONER_LOW else ()
        return PrinterStatus(queue, ready=not faults, detail=next(iter(faults), ""), notes=(*faults[1:], *notes))

    def job(self, name: str) -> JobReport:
        """Return where a job stands; Windows forgets a job once it is printed."""
        queue, _, number = name.rpartition("-")
        try:
            flags = self._spooler.job_state(queue, int(number))
        except (SpoolerError, ValueError):
            status = self.status()
            state = JobState.GONE if status.detail == "printer.unknown" else JobState.UNKNOWN
            return JobReport(state, status.detail)
        if flags is None or flags & _JOB_DONE:
            return JobReport(JobState.DONE)
        if flags & _JOB_DELETED:
            return JobReport(JobState.CANCELLED)
        held = next((code for flag, code in _JOB_FAULTS.items() if flags & flag), "")
        return JobReport(JobState.WAITING, held or self.status().detail)

    def _name(self) -> str:
        name = self._queue or self._spooler.default()
        if not name:
            raise PrinterError("printer.unknown", printer="")
        return name

    def _refused(self, error: SpoolerError) -> PrinterError:
        return PrinterError(_code(error), printer=self._queue, seconds=0)


class WindowsPrinter(WindowsQueue):
    """Draws the pages of PDFs and hands them to a printer's driver."""

    def __init__(self, queue: str, spooler: Spooler, drawer: PageDrawer, choices: PrintChoices = AS_IT_IS) -> None:
        """Keep the printer's name, the way to Windows, what draws, and what is chosen."""
        super().__init__(queue, spooler)
        self._drawer = drawer
        self._choices = choices

    def print_pdf(self, pdf: bytes, title: str, copies: int = 1) -> str:
        """Print a PDF, to come out so many times, and return the job's name.

        Raises:
            PrinterError: where the job was not taken.
        """
        queue = self._name()
        tray = self._choices.tray
        setup = JobSetup(
            duplex=_DUPLEX.get(self._choices.sides), bin=int(tray) if tray.isdecimal() else None, copies=copies
        )
        try:
            number = self._spooler.draw(queue, title, setup, self._drawer.pages(pdf, DOTS_PER_INCH))
        except SpoolerError as error:
            raise self._refused(error) from error
        return f"{queue}-{number}"

    def offers(self) -> PrinterOffers:
        """Return which sides and trays the driver offers."""
        try:
            queue = self._name()
            both, bins = self._spooler.duplex(queue), self._spooler.bins(queue)
        except (SpoolerError, PrinterError):
            return PrinterOffers(known=False)
        sides = (Sides.ONE, Sides.LONG_EDGE, Sides.SHORT_EDGE) if both else ()
        trays = {str(number): name for number, name in bins.items()} if len(bins) > 1 else {}
        return PrinterOffers(sides, MappingProxyType(trays))


class WindowsRawQueue(WindowsQueue):
    """Hands bytes to a printer as they are: ESC/POS."""

    def print_bytes(self, content: bytes, title: str) -> str:
        """Send bytes and return the job's name.

        Raises:
            PrinterError: where the job was not taken.
        """
        queue = self._name()
        try:
            return f"{queue}-{self._spooler.raw(queue, title, content)}"
        except SpoolerError as error:
            raise self._refused(error) from error


def _code(error: SpoolerError) -> str:
    return _ERRORS.get(error.number, "printer.refused")
