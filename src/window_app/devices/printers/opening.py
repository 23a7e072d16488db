"""From the settings to a printer."""

from collections.abc import Callable, Mapping
from pathlib import Path

from window_app.devices.printers.absent import AbsentPrinter
from window_app.devices.printers.cups import CupsPrinter
from window_app.devices.printers.errors import PrinterError
from window_app.devices.printers.simulated import SimulatedPrinter
from window_app.devices.printers.win32_spooler import win32_spooler
from window_app.devices.printers.windows import SpoolerError, WindowsPrinter
from window_app.domain.page_pixels import PageDrawer
from window_app.domain.ports import Printer
from window_app.domain.printing import AS_IT_IS, PrintChoices

Opener = Callable[[str, Path, PrintChoices, PageDrawer | None], Printer]


def _windows(queue: str, choices: PrintChoices, drawer: PageDrawer | None) -> Printer:
    if drawer is None:
        return AbsentPrinter(queue, "printer.no_system")
    try:
        return WindowsPrinter(queue, win32_spooler(), drawer, choices)
    except SpoolerError:
        return AbsentPrinter(queue, "printer.no_system")


DRIVERS: Mapping[str, Opener] = {
    "simulated": lambda queue, folder, choices, _drawer: SimulatedPrinter(folder, queue, choices),
    "cups": lambda queue, _folder, choices, _drawer: CupsPrinter(queue, choices),
    "windows": lambda queue, _folder, choices, drawer: _windows(queue, choices, drawer),
}


def open_printer(
    driver: str,
    queue: str,
    folder: Path,
    choices: PrintChoices = AS_IT_IS,
    drawer: PageDrawer | None = None,
) -> Printer:
    """Return the printer of a driver; nothing is asked of the device yet, and one that cannot be here says so later.

    Args:
        driver: name of a driver ("simulated", "cups", "windows").
        queue: name of the queue; "" is the system's default.
        folder: where the simulated printer lays its papers.
        choices: sides and tray.
        drawer: draws pages for a printer that takes pictures only.

    Raises:
        PrinterError: `printer.driver_unknown`.
    """
    if driver not in DRIVERS:
        raise PrinterError("printer.driver_unknown", driver=driver)
    return DRIVERS[driver](queue, folder, choices, drawer)
