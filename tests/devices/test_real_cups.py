"""Printing through a real CUPS to a real IPP printer, and what is said when something is wrong with them.

The printer's folder holds what arrived: the PDF itself, its fonts and its text as they were made.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.devices import cups_server
from tests.devices.cups_server import CupsServer, wait_for
from tests.documents.samples import FONTS, record, text_of

from window_app.devices.printers import PrinterError
from window_app.devices.printers.cups import CupsPrinter
from window_app.documents.maker import ReportlabPaperMaker

LACKING = cups_server.missing()
IN_CI = os.environ.get("CI") == "true"

pytestmark = [
    pytest.mark.skipif(bool(LACKING) and not IN_CI, reason=f"no printing system to test with: {', '.join(LACKING)}"),
    # One server for all of them: a second one would share the bus, and lose it with the first.
    pytest.mark.xdist_group("cups"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[CupsServer]:
    assert not LACKING, f"CI must have {', '.join(LACKING)}"
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
