"""Printing through a real CUPS to a real IPP printer, and what is said when something is wrong with them.

The printer's folder holds what arrived: the PDF itself, its fonts and its text as they were made.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.devices import cups_server
from tests.devices.cups_server import CupsServer, wait_for
from tests.documents.samples import FONTS, record, text_of

from window_app import paths
from window_app.devices.printers import PrinterError
from window_app.devices.printers.cups import CupsPrinter, CupsRawQueue
from window_app.devices.tickets.drivers import QueuedTickets
from window_app.devices.tickets.escpos import EscPos
from window_app.documents.maker import ReportlabPaperMaker
from window_app.documents.ticket_dots import TicketDots
from window_app.domain.printing import JobState, PrintChoices, Sides
from window_app.domain.tickets import TicketLine, TicketPage

LACKING = cups_server.missing()
IN_CI = os.environ.get("CI") == "true"

pytestmark = [
    pytest.mark.skipif(bool(LACKING) and not IN_CI, reason=f"no printing system to test with: {', '.join(LACKING)}"),
]


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other process of this user tests with a server: a second one would lose the bus with the first."""
    with (Path(tempfile.gettempdir()) / f"window-app-tests-cups-{os.getuid()}").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="module")
def server() -> Iterator[CupsServer]:
    assert not LACKING, f"CI must have {', '.join(LACKING)}"
    with alone():
        # Not below pytest's folder: cupsd prints as another user, who may not enter it.
        root = Path(tempfile.mkdtemp(prefix="cups"))
        announced = cups_server.announce(root)
        made = CupsServer(root)
        try:
            made.start()
            yield made
        finally:
            made.stop()
            for process in announced:
                process.terminate()
                process.wait()
            shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(autouse=True)
def to_this_server(server: CupsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def received(server: CupsServer) -> Path:
    return server.printer("Hall_1")


@pytest.fixture
def pdf() -> bytes:
    return ReportlabPaperMaker(FONTS).render(record())


def failure(printer: CupsPrinter, pdf: bytes) -> PrinterError:
    with pytest.raises(PrinterError) as caught:
        printer.print_pdf(pdf, "440305-A1C2-261121-0012-7KX")
    return caught.value


def test_the_paper_arrives_as_the_pdf_itself_and_leaves_no_spool_file(
    server: CupsServer, received: Path, pdf: bytes, tmp_path: Path
) -> None:
    printer = CupsPrinter("Hall_1")
    # It may still be at another test's paper.
    wait_for(lambda: printer.status().ready, "the printer does not come to rest")
    job = printer.print_pdf(pdf, "440305-A1C2", copies=2)
    assert job.startswith("Hall_1-")
    wait_for(lambda: job in server.admin("lpstat", "-W", "completed", "-o"), "the job does not end")
    wait_for(lambda: any(one.stat().st_size for one in received.glob("*.pdf")), "nothing arrived")
    arrived = max(received.glob("*.pdf"), key=lambda one: one.stat().st_size).read_bytes()
    assert "欧阳𬭚䶮、李𠅤" in text_of(arrived, tmp_path)
    fonts = subprocess.run(["pdffonts", tmp_path / "paper.pdf"], capture_output=True, text=True, check=True).stdout
    assert "NotoSerifSC-Regular" in fonts
    assert "Type 3" not in fonts
    wait_for(lambda: not list((server.root / "spool").glob("d*-*")), "what was printed stays in the spool")


def test_a_printer_that_was_stopped_takes_the_job_later_and_says_so(
    server: CupsServer, received: Path, pdf: bytes
) -> None:
    before = len(list(received.iterdir()))
    server.admin("cupsdisable", "-r", "Out of paper", "Hall_1")
    printer = CupsPrinter("Hall_1")
    status = printer.status()
    assert (status.ready, status.detail) == (False, "printer.stopped")
    job = printer.print_pdf(pdf, "waiting")
    assert job in server.admin("lpstat", "-o")
    assert len(list(received.iterdir())) == before
    server.admin("cupsenable", "Hall_1")
    wait_for(lambda: job in server.admin("lpstat", "-W", "completed", "-o"), "the waiting job is never printed")
    assert printer.status().ready


@pytest.mark.usefixtures("received")
def test_a_printer_that_rejects_jobs_is_told_and_nothing_is_printed(server: CupsServer, pdf: bytes) -> None:
    server.admin("cupsreject", "Hall_1")
    printer = CupsPrinter("Hall_1")
    try:
        assert failure(printer, pdf).code == "printer.stopped"
        assert not printer.status().ready
    finally:
        server.admin("cupsaccept", "Hall_1")
    assert printer.status().ready


def test_a_printer_that_was_deleted_is_unknown(server: CupsServer, pdf: bytes) -> None:
    server.silent("Gone").close()
    server.admin("lpadmin", "-x", "Gone")
    printer = CupsPrinter("Gone", status_seconds=20)
    assert failure(printer, pdf).code == "printer.unknown"
    assert printer.status().detail == "printer.unknown"


def test_a_queue_deleted_with_a_job_in_it_takes_the_job_along_and_is_told(server: CupsServer, pdf: bytes) -> None:
    deaf = server.silent("Deaf_1")
    try:
        CupsPrinter("Deaf_1").print_pdf(pdf, "lost")
        server.admin("lpadmin", "-x", "Deaf_1")
        assert not CupsPrinter("Deaf_1").status().ready
        wait_for(lambda: not list((server.root / "spool").glob("d*-*")), "the lost job stays in the spool")
    finally:
        deaf.close()


def test_a_printer_that_never_answers_holds_nobody_up(server: CupsServer, pdf: bytes) -> None:
    """The queue takes the job at once; whether the paper came out is what the clerk is asked."""
    deaf = server.silent("Deaf_2")
    try:
        printer = CupsPrinter("Deaf_2", status_seconds=5, job_seconds=5)
        job = printer.print_pdf(pdf, "held")
        assert job in server.admin("lpstat", "-o")
        server.admin("cancel", job)
    finally:
        deaf.close()


def test_a_printing_system_that_is_not_there_is_told(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{cups_server.free_port()}")
    printer = CupsPrinter("Hall_1", status_seconds=20)
    assert failure(printer, pdf).code == "printer.no_system"
    assert printer.status().detail == "printer.no_system"


HELD = """#!/bin/sh
if [ -e {root}/{reason} ]; then
  echo "STATE: +{reason}-error" >&2
  while [ -e {root}/{reason} ]; do sleep 0.05; done
  echo "STATE: -{reason}-error" >&2
fi
"""


def test_out_of_paper_is_told_apart_from_a_stop_and_the_job_goes_on_by_itself(server: CupsServer, pdf: bytes) -> None:
    command = server.root / "held.sh"
    command.write_text(HELD.format(root=server.root, reason="media-empty"))
    command.chmod(0o755)
    received = server.printer("Empty_1", command=command)
    printer = CupsPrinter("Empty_1")
    no_paper = server.root / "media-empty"
    no_paper.touch()
    job = printer.print_pdf(pdf, "440305-A1C2")
    wait_for(lambda: printer.status().detail == "printer.media_empty", "nobody says that there is no paper")
    assert not printer.status().ready
    report = printer.job(job)
    assert (report.state, report.detail) == (JobState.WAITING, "printer.media_empty")
    no_paper.unlink()
    wait_for(lambda: printer.job(job).state is JobState.DONE, "the job does not go on")
    assert printer.status().ready
    assert len(list(received.glob("*.pdf"))) >= 1
    # Only now: a job that is stopped in the middle is sent once more, after half a minute or more.
    server.admin("cupsdisable", "Empty_1")
    assert printer.status().detail == "printer.stopped"
    server.admin("cupsenable", "Empty_1")

    offers = printer.offers()
    assert offers.sides == (Sides.ONE, Sides.LONG_EDGE, Sides.SHORT_EDGE)
    assert "InputSlot=Main" in offers.trays
    chosen = CupsPrinter("Empty_1", PrintChoices(Sides.LONG_EDGE, "InputSlot=Main"))
    second = chosen.print_pdf(pdf, "440305-A1C3")
    wait_for(lambda: chosen.job(second).state is JobState.DONE, "what was chosen is not printed")


def test_a_job_cancelled_at_the_printer_and_one_lost_with_its_queue_are_told(server: CupsServer, pdf: bytes) -> None:
    deaf = server.silent("Deaf_3")
    try:
        printer = CupsPrinter("Deaf_3")
        first = printer.print_pdf(pdf, "cancelled")
        server.admin("cancel", first)
        wait_for(lambda: printer.job(first).state is JobState.CANCELLED, "the cancelled job is not told")
        second = printer.print_pdf(pdf, "lost")
        server.admin("lpadmin", "-x", "Deaf_3")
        # For a moment it counts as cancelled; either word sends the clerk to the printer.
        assert printer.job(second).state in (JobState.GONE, JobState.CANCELLED)
        wait_for(lambda: printer.status().detail == "printer.unknown", "the queue is still there")
        assert not printer.offers().known
    finally:
        deaf.close()


def test_a_ticket_passes_a_raw_queue_unchanged(server: CupsServer) -> None:
    language = EscPos(TicketDots(paths.resources_dir() / "fonts"))
    page = TicketPage((TicketLine("A012", 4, centred=True), TicketLine("请欧阳𬭚䶮到1号窗口")))
    deaf = server.silent("Ticket_1")
    deaf.settimeout(20)
    try:
        printer = QueuedTickets(CupsRawQueue("Ticket_1"), language)
        job = printer.print_ticket(page, "2026-11-20-A012")
        line, _ = deaf.accept()
        with line:
            line.settimeout(20)
            wanted, received = language.ticket(page), b""
            while len(received) < len(wanted) and (piece := line.recv(65536)):
                received += piece
        assert received == wanted
        assert job.startswith("Ticket_1-")
    finally:
        deaf.close()
        server.admin("lpadmin", "-x", "Ticket_1")
