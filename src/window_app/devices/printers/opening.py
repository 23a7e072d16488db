"""From the settings to a printer."""

from collections.abc import Callable, Mapping
from pathlib import Path

from window_app.devices.printers.cups import CupsPrinter
from window_app.devices.printers.errors import PrinterError
from window_app.devices.printers.simulated import SimulatedPrinter
from window_app.domain.ports import Printer

DRIVERS: Mapping[str, Callable[[str, Path], Printer]] = {
    "simulated": lambda queue, folder: SimulatedPrinter(folder, queue),
    "cups": lambda queue, _folder: CupsPrinter(queue),
}


def open_printer(driver: str, queue: str, folder: Path) -> Printer:
    """Return the printer of a driver; nothing is asked of the device yet.

    Args:
        driver: name of a driver ("simulated", "cups").
        queue: name of the queue; "" is the system's default.
        folder: where the simulated printer lays its papers.

    Raises:
        PrinterError: `printer.driver_unknown`.
    """
    if driver not in DRIVERS:
        raise PrinterError("printer.driver_unknown", driver=driver)
    return DRIVERS[driver](queue, folder)
