"""The printers that there are, behind the settings."""

from pathlib import Path

from window_app import paths
from window_app.devices.printers import open_printer
from window_app.devices.tickets import open_ticket_printer
from window_app.documents.page_drawing import PdfiumPages
from window_app.documents.ticket_dots import TicketDots
from window_app.domain.ports import Printer
from window_app.domain.printing import PrintChoices
from window_app.domain.tickets import TicketPrinter
from window_app.forms import DefinitionSet
from window_app.services.printing_setup import PrintingSetup
from window_app.settings import Settings

OFF = "off"
OWN_CHARACTERS = "printer"


def printing_setup(chosen: Settings, folder: Path, law: DefinitionSet) -> PrintingSetup:
    """Return the printers of a desk; `folder` is where simulated ones lay what they print."""
    drawer = PdfiumPages()
    dots = TicketDots(paths.resources_dir() / "fonts")

    def opened(driver: str, queue: str, choices: PrintChoices) -> Printer:
        return open_printer(driver, queue, folder, choices, drawer)

    def opened_tickets(now: Settings) -> TicketPrinter | None:
        if now.ticket_driver == OFF:
            return None
        text = now.ticket_characters == OWN_CHARACTERS
        return open_ticket_printer(now.ticket_driver, now.ticket_target, folder, dots, text=text)

    return PrintingSetup(opened, opened_tickets, {one.paper: one.title for one in law.wording.values()}, chosen)
