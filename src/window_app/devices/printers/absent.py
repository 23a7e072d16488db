"""What stands where no printer of the chosen kind can be on this machine: it says so, and holds nothing up."""

from window_app.devices.printers.errors import PrinterError
from window_app.domain.ports import PrinterStatus
from window_app.domain.printing import JobReport, JobState, PrinterOffers
from window_app.domain.tickets import TicketPage


class AbsentPrinter:
    """Takes nothing, neither papers nor tickets; what was to be printed stays on the list."""

    simulated = False

    def __init__(self, name: str, code: str) -> None:
        """Keep the name that was set and the code of why there is none."""
        self._name = name
        self._code = code

    def status(self) -> PrinterStatus:
        """Return why nothing can be printed."""
        return PrinterStatus(self._name, ready=False, detail=self._code)

    def offers(self) -> PrinterOffers:
        """Return that nothing is known."""
        return PrinterOffers(known=False)

    def job(self, name: str) -> JobReport:
        """Return that nothing is known."""
        del name
        return JobReport(JobState.UNKNOWN, self._code)

    def print_pdf(self, pdf: bytes, title: str, copies: int = 1) -> str:
        """Refuse.

        Raises:
            PrinterError: always.
        """
        del pdf, title, copies
        raise PrinterError(self._code, printer=self._name)

    def print_ticket(self, page: TicketPage, title: str) -> str:
        """Refuse.

        Raises:
            PrinterError: always.
        """
        del page, title
        raise PrinterError(self._code, printer=self._name)
