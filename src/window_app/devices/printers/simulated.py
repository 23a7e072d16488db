"""A printer that lays its papers in a folder, and says that it is none."""

import itertools
import re
from pathlib import Path
from uuid import uuid4

from window_app.devices.printers.errors import PrinterError
from window_app.domain.ports import PrinterStatus
from window_app.domain.printing import AS_IT_IS, JobReport, JobState, PrintChoices, PrinterOffers, Sides

UNFIT = re.compile(r"[^0-9A-Za-z._-]+")


class SimulatedPrinter:
    """Writes each job as a PDF file; a name already taken gets a count."""

    simulated = True

    def __init__(self, folder: Path, name: str = "", choices: PrintChoices = AS_IT_IS) -> None:
        """Keep the folder; it is made with the first job. Choices stand in the name of a file."""
        self._folder = folder
        self._name = name or "simulated"
        self._choices = choices

    def status(self) -> PrinterStatus:
        """Return that jobs can be sent, and that nothing comes out on paper."""
        return PrinterStatus(self._name, ready=True, detail="printer.simulated")

    def print_pdf(self, pdf: bytes, title: str, copies: int = 1) -> str:
        """Write a PDF once and return the file's name, which says how many copies a printer would make.

        Raises:
            PrinterError: `printer.folder` where the folder cannot be written.
        """
        stem = UNFIT.sub("-", title).strip("-.")[:80] or "paper"
        if copies > 1:
            stem = f"{stem}-x{copies}"
        if self._choices.sides in (Sides.LONG_EDGE, Sides.SHORT_EDGE):
            stem = f"{stem}-{self._choices.sides}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return self._write(pdf, stem).name
        except OSError as cause:
            raise PrinterError("printer.folder", printer=self._name, reason=cause.strerror or "") from cause

    def offers(self) -> PrinterOffers:
        """Return both sides, so that the choice can be tried."""
        return PrinterOffers(sides=(Sides.ONE, Sides.LONG_EDGE, Sides.SHORT_EDGE))

    def job(self, name: str) -> JobReport:
        """Return that a file that was written is done."""
        return JobReport(JobState.DONE if (self._folder / name).is_file() else JobState.GONE)

    def _write(self, pdf: bytes, stem: str) -> Path:
        target = self._free_name(stem)
        unfinished = self._folder / f".{uuid4().hex}"
        try:
            unfinished.write_bytes(pdf)
            return unfinished.replace(target)
        except OSError:
            unfinished.unlink(missing_ok=True)
            target.unlink(missing_ok=True)
            raise

    def _free_name(self, stem: str) -> Path:
        for count in itertools.count(1):
            target = self._folder / (f"{stem}.pdf" if count == 1 else f"{stem}-{count}.pdf")
            try:
                target.touch(exist_ok=False)
            except FileExistsError:
                continue
            return target
        raise AssertionError
