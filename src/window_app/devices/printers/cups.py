"""Printing through CUPS by its commands `lp` and `lpstat`: the PDF itself is sent, never a picture of it."""

import os
import re
import subprocess
from collections.abc import Sequence

from window_app.devices.printers.errors import PrinterError
from window_app.domain.ports import PrinterStatus

STATUS_SECONDS = 5.0
JOB_SECONDS = 20.0
JOB = re.compile(r"request id is (\S+)")
QUEUE = re.compile(r"[^\s/#?'\"-][^\s/#?'\"]{0,126}")
UNKNOWN = (
    "does not exist",
    "invalid destination",
    "no such",
    "unknown destination",
    "no default destination",
    "no destinations added",
)
STOPPED = ("not accepting", "is rejecting", "disabled")
UNREACHABLE = ("unable to connect", "scheduler is not running", "bad file descriptor", "connection refused")


class CupsPrinter:
    """A queue of this machine's CUPS; without a name the default one."""

    simulated = False

    def __init__(self, queue: str, *, status_seconds: float = STATUS_SECONDS, job_seconds: float = JOB_SECONDS) -> None:
        """Keep the queue's name and how long each command may take."""
        self._queue = queue
        self._status_seconds = status_seconds
        self._job_seconds = job_seconds

    def status(self) -> PrinterStatus:
        """Return whether the queue takes jobs, with what CUPS said."""
        try:
            said = self._run(self._status_command(), b"", self._status_seconds)
        except PrinterError as error:
            return PrinterStatus(self._queue, ready=False, detail=self._why(error.code))
        stopped = any(sign in said.lower() for sign in STOPPED)
        if not self._queue and "no system default destination" in said.lower():
            return PrinterStatus(self._queue, ready=False, detail="printer.unknown")
        return PrinterStatus(self._queue, ready=not stopped, detail="printer.stopped" if stopped else "")

    def print_pdf(self, pdf: bytes, title: str, copies: int = 1) -> str:
        """Send a PDF, to come out so many times, and return the job's name.

        Raises:
            PrinterError: where the job was not taken, or nothing was said in time; it may then still come out.
        """
        # `lp` looks through the network for a queue it does not know and is silent meanwhile; `lpstat` knows at once.
        if self._queue and self.status().detail == "printer.unknown":
            raise PrinterError("printer.unknown", printer=self._queue)
        queue = ("-d", self._queue) if self._queue else ()
        try:
            said = self._run(("lp", *queue, "-n", str(copies), "-t", title, "-o", "media=A4"), pdf, self._job_seconds)
        except PrinterError as error:
            raise PrinterError(self._why(error.code), **error.params) from error
        job = JOB.search(said)
        if job is None:
            raise PrinterError("printer.refused", printer=self._queue)
        return job[1]

    def _why(self, code: str) -> str:
        """Return a code; where no queue is known because nothing runs, `lpstat` names the queue alone."""
        if code != "printer.unknown":
            return code
        try:
            said = self._run(("lpstat", "-r"), b"", self._status_seconds)
        except PrinterError:
            return code
        return "printer.no_system" if any(sign in said.lower() for sign in UNREACHABLE) else code

    def _status_command(self) -> Sequence[str]:
        return ("lpstat", "-p", self._queue, "-a", self._queue) if self._queue else ("lpstat", "-d", "-a")

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
            raise PrinterError(_code_of(said), printer=self._queue)
        return said


def _code_of(said: str) -> str:
    lower = said.lower()
    for code, signs in (
        ("printer.no_system", UNREACHABLE),
        ("printer.stopped", STOPPED),
        ("printer.unknown", UNKNOWN),
    ):
        if any(sign in lower for sign in signs):
            return code
    return "printer.refused"
