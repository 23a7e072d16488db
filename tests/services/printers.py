"""A printer that is played, put in the place of every printer of a desk."""

import pytest

from window_app.devices.printers import PrinterError
from window_app.domain.ports import PrinterStatus
from window_app.domain.printing import JobReport, JobState, PrinterOffers
from window_app.services.desk import Desk


class PlayedPrinter:
    """Takes so many jobs, then fails as it is told to."""

    simulated = False

    def __init__(self, takes: int = 10**6, code: str = "printer.stopped") -> None:
        self.takes, self.code = takes, code
        self.jobs: list[tuple[bytes, int]] = []

    def status(self) -> PrinterStatus:
        return PrinterStatus("Hall", ready=len(self.jobs) < self.takes)

    def offers(self) -> PrinterOffers:
        return PrinterOffers()

    def job(self, name: str) -> JobReport:
        return JobReport(JobState.DONE if name else JobState.UNKNOWN)

    def print_pdf(self, pdf: bytes, title: str, copies: int = 1) -> str:
        if len(self.jobs) >= self.takes:
            raise PrinterError(self.code, printer="Hall", seconds=60)
        self.jobs.append((pdf, copies))
        return f"Hall-{len(self.jobs)}-{title}"


def put(monkeypatch: pytest.MonkeyPatch, desk: Desk, printer: object) -> None:
    monkeypatch.setattr(desk.printing, "_open_printer", lambda *_: printer)
