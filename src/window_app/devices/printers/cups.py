"""Printing through CUPS by its commands `lp` and `lpstat`: the PDF itself is sent, never a picture of it."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from window_app.devices.printers.cups_answers import (
    DEFAULT_QUEUE,
    JOB,
    NO_DEFAULT,
    STOPPED,
    TRAY_OPTIONS,
    UNREACHABLE,
    code_of,
    faults_of,
    job_alerts,
    notes_of,
    offers_of,
)
from window_app.devices.printers.errors import PrinterError
from window_app.domain.ports import PrinterStatus
from window_app.domain.printing import AS_IT_IS, JobReport, JobState, PrintChoices, PrinterOffers, Sides

STATUS_SECONDS = 5.0
JOB_SECONDS = 20.0
QUEUE = re.compile(r"[^\s/#?'\"-][^\s/#?'\"]{0,126}")
TRAY = re.compile(rf"(?:{'|'.join(TRAY_OPTIONS)})=[A-Za-z0-9][A-Za-z0-9._-]{{0,62}}")
_SIDES: Mapping[Sides, str] = MappingProxyType(
    {
        Sides.ONE: "one-sided",
        Sides.LONG_EDGE: "two-sided-long-edge",
        Sides.SHORT_EDGE: "two-sided-short-edge",
    }
)
_PAPER = ("-o", "media=A4")
_AS_IT_IS = ("-o", "raw")


class CupsCommands:
    """The commands of CUPS about one queue; without a name the default one."""

    def __init__(self, queue: str, *, status_seconds: float = STATUS_SECONDS, job_seconds: float = JOB_SECONDS) -> None:
        """Keep the queue's name and how long each command may take."""
        self._queue = queue
        self._status_seconds = status_seconds
        self._job_seconds = job_seconds

    def status(self) -> PrinterStatus:
        """Return whether the queue prints, with what CUPS said."""
        try:
            queue = self._queue or self._default()
            said = self._run(("lpstat", "-l", "-p", queue, "-a", queue), b"", self._status_seconds)
        except PrinterError as error:
            return PrinterStatus(self._queue, ready=False, detail=self._why(error.code))
        faults, notes = faults_of(said), notes_of(said)
        if any(sign in said.lower() for sign in STOPPED):
            return PrinterStatus(queue, ready=False, detail="printer.stopped", notes=(*faults, *notes))
        return PrinterStatus(queue, ready=not faults, detail=next(iter(faults), ""), notes=(*faults[1:], *notes))

    def job(self, name: str) -> JobReport:
        """Return where a job stands; one that is neither waiting nor remembered went with its queue."""
        try:
            waiting = self._run(("lpstat", "-l", "-o"), b"", self._status_seconds)
            if job_alerts(waiting, name) is not None:
                return JobReport(JobState.WAITING, self.status().detail)
            alerts = job_alerts(self._run(("lpstat", "-l", "-W", "all", "-o"), b"", self._status_seconds), name)
        except PrinterError as error:
            return JobReport(JobState.UNKNOWN, self._why(error.code))
        if alerts is None:
            detail = self.status().detail
            # A server may be set not to remember jobs; only a queue that is gone tells that its jobs are too.
            return JobReport(JobState.GONE if detail == "printer.unknown" else JobState.UNKNOWN, detail)
        ended_badly = any(sign in alerts for sign in ("canceled", "aborted"))
        return JobReport(JobState.CANCELLED if ended_badly else JobState.DONE)

    def offers(self) -> PrinterOffers:
        """Return which sides and trays the queue offers; nothing where it does not say."""
        try:
            # Without a name `lpoptions` looks through the network for a queue.
            queue = self._queue or self._default()
            return offers_of(self._run(("lpoptions", "-p", queue, "-l"), b"", self._status_seconds))
        except PrinterError:
            return PrinterOffers(known=False)

    def send(self, content: bytes, title: str, options: Sequence[str], copies: int = 1) -> str:
        """Send bytes to the queue and return the job's name.

        Raises:
            PrinterError: where the job was not taken, or nothing was said in time; it may then still come out.
        """
        # `lp` looks through the network for a queue it does not know and is silent meanwhile; `lpstat` knows at once.
        if self._queue and self.status().detail == "printer.unknown":
            raise PrinterError("printer.unknown", printer=self._queue)
        queue = ("-d", self._queue) if self._queue else ()
        try:
            said = self._run(("lp", *queue, "-n", str(copies), "-t", title, *options), content, self._job_seconds)
        except PrinterError as error:
            raise PrinterError(self._why(error.code), **error.params) from error
        job = JOB.search(said)
        if job is None:
            raise PrinterError("printer.refused", printer=self._queue)
        return job[1]

    def _default(self) -> str:
        said = self._run(("lpstat", "-d"), b"", self._status_seconds)
        found = DEFAULT_QUEUE.search(said)
        if found is None or NO_DEFAULT in said.lower():
            raise PrinterError("printer.unknown", printer=self._queue)
        return found[1]

    def _why(self, code: str) -> str:
        """Return a code; where no queue is known because nothing runs, `lpstat` names the queue alone."""
        if code != "printer.unknown":
            return code
        try:
            said = self._run(("lpstat", "-r"), b"", self._status_seconds)
        except PrinterError:
            return code
        return "printer.no_system" if any(sign in said.lower() for sign in UNREACHABLE) else code

    def _run(self, command: Sequence[str], given: bytes, seconds: float) -> str:
        if self._queue and QUEUE.fullmatch(self._queue) is None:
            raise PrinterError("printer.unknown", printer=self._queue)
        environment = {**os.environ, "LC_ALL": "C", "LANGUAGE": "C"}
        try:
            done = subprocess.run(  # noqa: S603 - a fixed command; the queue's name is one argument of it
                command, input=given, capture_output=True, timeout=seconds, env=environment, check=False
            )
        except FileNotFoundError as cause:
            raise PrinterError("printer.no_system", printer=self._queue) from cause
        except subprocess.TimeoutExpired as cause:
            raise PrinterError("printer.silent", printer=self._queue, seconds=seconds) from cause
        except OSError as cause:
            raise PrinterError("printer.refused", printer=self._queue) from cause
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        if done.returncode != 0:
            raise PrinterError(code_of(said), printer=self._queue)
        return said


class CupsPrinter(CupsCommands):
    """A queue of this machine's CUPS that takes PDFs."""

    simulated = False

    def __init__(
        self,
        queue: str,
        choices: PrintChoices = AS_IT_IS,
        *,
        status_seconds: float = STATUS_SECONDS,
        job_seconds: float = JOB_SECONDS,
    ) -> None:
        """Keep the queue's name, what is chosen of it, and how long each command may take."""
        super().__init__(queue, status_seconds=status_seconds, job_seconds=job_seconds)
        self._choices = choices

    def print_pdf(self, pdf: bytes, title: str, copies: int = 1) -> str:
        """Send a PDF, to come out so many times, and return the job's name.

        Raises:
            PrinterError: where the job was not taken, or nothing was said in time; it may then still come out.
        """
        return self.send(pdf, title, (*_PAPER, *self._options()), copies)

    def _options(self) -> Sequence[str]:
        """Return what is chosen as options of `lp`; a tray that no queue could have named is left out."""
        sides = _SIDES.get(self._choices.sides)
        tray = self._choices.tray
        return (
            *(() if sides is None else ("-o", f"sides={sides}")),
            *(("-o", tray) if TRAY.fullmatch(tray) else ()),
        )


class CupsRawQueue(CupsCommands):
    """A queue that hands the bytes to the printer as they are: ESC/POS."""

    simulated = False

    def print_bytes(self, content: bytes, title: str) -> str:
        """Send bytes and return the job's name.

        Raises:
            PrinterError: where the job was not taken.
        """
        return self.send(content, title, _AS_IT_IS)
