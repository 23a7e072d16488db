"""Printers: the simulated one, and CUPS by its commands, each failure with a code of its own."""

import shutil
import stat
import sys
from pathlib import Path

import pytest

from window_app.devices.printers import DRIVERS, PrinterError, open_printer
from window_app.devices.printers.cups import CupsPrinter
from window_app.devices.printers.simulated import SimulatedPrinter
from window_app.domain.ports import Printer

PDF = b"%PDF-1.7\n%%EOF\n"


def command(folder: Path, name: str, body: str) -> None:
    """Put a command on the path that behaves as CUPS's does."""
    path = folder / name
    path.write_text(f"#!{sys.executable}\nimport os, sys, time\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def failure(printer: Printer) -> PrinterError:
    with pytest.raises(PrinterError) as caught:
        printer.print_pdf(PDF, "440305-A1C2-261121-0012-7KX")
    return caught.value


def test_the_simulated_printer_writes_to_its_folder_and_says_that_it_is_simulated(tmp_path: Path) -> None:
    printer = SimulatedPrinter(tmp_path / "out")
    assert printer.simulated
    assert printer.status().ready
    assert printer.status().detail == "printer.simulated"
    first = printer.print_pdf(PDF, "440305-A1C2")
    second = printer.print_pdf(PDF + b"2", "440305-A1C2")
    assert (first, second) == ("440305-A1C2.pdf", "440305-A1C2-2.pdf")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([first, second])
    assert (tmp_path / "out" / second).read_bytes() == PDF + b"2"


def test_the_simulated_printer_writes_once_and_names_the_number_of_copies(tmp_path: Path) -> None:
    printer = SimulatedPrinter(tmp_path)
    assert printer.print_pdf(PDF, "440305-A1C2", copies=2) == "440305-A1C2-x2.pdf"
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [PDF]


@pytest.mark.parametrize("title", ["../../etc/passwd", "收件/回执", "", "a" * 500, ".."])
def test_a_title_never_leads_out_of_the_folder(tmp_path: Path, title: str) -> None:
    name = SimulatedPrinter(tmp_path / "out").print_pdf(PDF, title)
    assert (tmp_path / "out" / name).is_file()
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    assert failure(SimulatedPrinter(tmp_path / "out")).code == "printer.folder"


def test_a_job_goes_to_lp_as_the_pdf_itself_in_the_c_locale(commands: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    record = commands.parent / "job"
    command(
        commands,
        "lp",
        f"""
assert os.environ["LC_ALL"] == "C", os.environ["LC_ALL"]
open({str(record)!r}, "wb").write(repr(sys.argv[1:]).encode() + b"|" + sys.stdin.buffer.read())
print("request id is Hall_1-42 (0 file(s))")
""",
    )
    assert CupsPrinter("Hall_1").print_pdf(PDF, "440305", copies=2) == "Hall_1-42"
    arguments, _, sent = record.read_bytes().partition(b"|")
    assert sent == PDF
    assert eval(arguments) == ["-d", "Hall_1", "-n", "2", "-t", "440305", "-o", "media=A4"]  # noqa: S307 - our own repr
    assert not CupsPrinter("Hall_1").simulated


def test_without_lp_there_is_no_printing_system(commands: Path) -> None:
    assert commands.is_dir()
    assert failure(CupsPrinter("Hall_1")).code == "printer.no_system"
    status = CupsPrinter("Hall_1").status()
    assert not status.ready
    assert status.detail == "printer.no_system"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("lp: The printer or class does not exist.", "printer.unknown"),
        ('lp: Error - unknown destination "Hall_1".', "printer.unknown"),
        ("lp: Error - no default destination available.", "printer.unknown"),
        ("lp: Destination Hall_1 is not accepting jobs.", "printer.stopped"),
        ("lp: Unable to connect to server", "printer.no_system"),
        ("lp: Error - scheduler is not running.", "printer.no_system"),
        ("lp: Unsupported document-format.", "printer.refused"),
    ],
)
def test_what_lp_says_becomes_a_code(commands: Path, said: str, code: str) -> None:
    command(commands, "lp", f"sys.stdin.buffer.read(); sys.stderr.write({said!r}); sys.exit(1)")
    error = failure(CupsPrinter("Hall_1"))
    assert error.code == code
    assert error.params["printer"] == "Hall_1"


@pytest.mark.parametrize("queue", ["-h evil", "a b", "x/../y", "#1", "q" * 200])
def test_what_cannot_be_a_queue_is_never_handed_to_lp(commands: Path, queue: str) -> None:
    command(commands, "lp", "print('request id is x-1')")
    assert failure(CupsPrinter(queue)).code == "printer.unknown"


def test_a_job_without_a_name_was_not_taken(commands: Path) -> None:
    command(commands, "lp", "sys.stdin.buffer.read()")
    assert failure(CupsPrinter("Hall_1")).code == "printer.refused"


def test_a_printing_system_that_does_not_answer_is_given_up(commands: Path) -> None:
    for name in ("lp", "lpstat"):
        command(commands, name, "time.sleep(30)")
    printer = CupsPrinter("Hall_1", status_seconds=0.3, job_seconds=0.3)
    assert failure(printer).code == "printer.silent"
    assert printer.status().detail == "printer.silent"


@pytest.mark.parametrize(
    ("said", "queue", "ready", "detail"),
    [
        ("printer Hall_1 is idle.  enabled since Sat\nHall_1 accepting requests since Sat", "Hall_1", True, ""),
        ("printer Hall_1 disabled since Sat -\n\tOut of paper", "Hall_1", False, "printer.stopped"),
        ("system default destination: Hall_1\nHall_1 accepting requests since Sat", "", True, ""),
        ("no system default destination", "", False, "printer.unknown"),
    ],
)
def test_the_status_says_whether_jobs_can_be_sent(
    commands: Path, said: str, queue: str, ready: bool, detail: str
) -> None:
    command(commands, "lpstat", f"print({said!r})")
    status = CupsPrinter(queue).status()
    assert (status.ready, status.detail) == (ready, detail)


def test_a_printer_that_does_not_exist_is_told_by_status_too(commands: Path) -> None:
    command(commands, "lpstat", """sys.stderr.write('lpstat: Invalid destination name in list "x".'); sys.exit(1)""")
    assert CupsPrinter("x").status().detail == "printer.unknown"


@pytest.mark.skipif(shutil.which("lp") is None, reason="no CUPS on this machine")
def test_the_real_lp_refuses_a_printer_that_does_not_exist() -> None:
    assert failure(CupsPrinter("no-such-printer-here")).code in ("printer.unknown", "printer.no_system")


def test_printers_are_opened_by_the_name_of_their_driver(tmp_path: Path) -> None:
    assert set(DRIVERS) == {"simulated", "cups"}
    assert open_printer("simulated", "", tmp_path).simulated
    assert not open_printer("cups", "Hall_1", tmp_path).simulated
    with pytest.raises(PrinterError, match=r"printer\.driver_unknown"):
        open_printer("fax", "", tmp_path)
