"""From the settings to a printer of tickets."""

from collections.abc import Callable, Mapping
from pathlib import Path

from window_app.devices.printers.absent import AbsentPrinter
from window_app.devices.printers.cups import CupsRawQueue
from window_app.devices.printers.errors import PrinterError
from window_app.devices.printers.win32_spooler import win32_spooler
from window_app.devices.printers.windows import SpoolerError, WindowsRawQueue
from window_app.devices.tickets.drivers import DeviceTickets, NetworkTickets, QueuedTickets, SimulatedTickets
from window_app.devices.tickets.escpos import EscPos
from window_app.domain.tickets import DotDrawer, TicketPrinter


def _windows(target: str, language: EscPos) -> TicketPrinter:
    try:
        return QueuedTickets(WindowsRawQueue(target, win32_spooler()), language)
    except SpoolerError:
        return AbsentPrinter(target, "printer.no_system")


TICKET_DRIVERS: Mapping[str, Callable[[str, EscPos, Path], TicketPrinter]] = {
    "simulated": lambda _target, language, folder: SimulatedTickets(folder, language),
    "cups": lambda target, language, _folder: QueuedTickets(CupsRawQueue(target), language),
    "network": lambda target, language, _folder: NetworkTickets(target, language),
    "device": lambda target, language, _folder: DeviceTickets(target, language),
    "windows": lambda target, language, _folder: _windows(target, language),
}


def open_ticket_printer(driver: str, target: str, folder: Path, drawer: DotDrawer, *, text: bool) -> TicketPrinter:
    """Return the ticket printer of a driver; nothing is asked of the device yet.

    Args:
        driver: name of a driver.
        target: queue, address or device file.
        folder: where the simulated one lays its tickets.
        drawer: draws what the printer cannot.
        text: the printer has Chinese characters and QR codes of its own; else all of a ticket goes as dots.

    Raises:
        PrinterError: `printer.driver_unknown`.
    """
    if driver not in TICKET_DRIVERS:
        raise PrinterError("printer.driver_unknown", driver=driver)
    return TICKET_DRIVERS[driver](target, EscPos(drawer, text=text, codes=text), folder)
