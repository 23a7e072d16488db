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
from window_app.domain.printing import JobState, PrintChoices, Sides
from window_app.settings import PRINTER_DRIVERS

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


@pytest.mark.parametrize(
    ("choices", "options"),
    [
        (PrintChoices(), []),
        (PrintChoices(Sides.LONG_EDGE), ["-o", "sides=two-sided-long-edge"]),
        (PrintChoices(Sides.ONE, "InputSlot=Tray2"), ["-o", "sides=one-sided", "-o", "InputSlot=Tray2"]),
        (PrintChoices(tray="media-source=by-pass-tray"), ["-o", "media-source=by-pass-tray"]),
        (PrintChoices(tray="InputSlot=Tray2 -o raw"), []),
        (PrintChoices(tray="raw"), []),
    ],
)
def test_what_was_chosen_is_asked_of_lp_and_nothing_else(
    commands: Path, choices: PrintChoices, options: list[str]
) -> None:
    record = commands.parent / "job"
    command(commands, "lp", f"open({str(record)!r}, 'w').write(repr(sys.argv[1:])); print('request id is Hall_1-42')")
    CupsPrinter("Hall_1", choices).print_pdf(PDF, "440305")
    arguments = eval(record.read_text())  # noqa: S307 - our own repr
    assert arguments == ["-d", "Hall_1", "-n", "1", "-t", "440305", "-o", "media=A4", *options]


OFFERED = """PageSize/Media Size: *A4 Letter
InputSlot/Media Source: Auto *Main Manual
Duplex/Duplex: *None DuplexNoTumble DuplexTumble
"""


@pytest.mark.parametrize(
    ("said", "sides", "trays", "known"),
    [
        (
            OFFERED,
            (Sides.ONE, Sides.LONG_EDGE, Sides.SHORT_EDGE),
            {"InputSlot=Auto": "Auto", "InputSlot=Main": "Main", "InputSlot=Manual": "Manual"},
            True,
        ),
        ("PageSize/Media Size: *A4\nInputSlot/Media Source: *Main\nDuplex/Duplex: *None", (), {}, True),
        ("JCLDuplex/2-Sided: *None DuplexNoTumble", (Sides.ONE, Sides.LONG_EDGE), {}, True),
        ("lpoptions: Unable to get PPD file for Hall_1: Not Found", (), {}, False),
    ],
)
def test_what_a_queue_does_not_offer_cannot_be_chosen(
    commands: Path, said: str, sides: tuple[Sides, ...], trays: dict[str, str], known: bool
) -> None:
    command(commands, "lpoptions", f"assert sys.argv[1:] == ['-p', 'Hall_1', '-l'], sys.argv; print({said!r})")
    offers = CupsPrinter("Hall_1").offers()
    assert (offers.sides, dict(offers.trays), offers.known) == (sides, trays, known)


def test_a_system_that_does_not_say_what_it_offers_offers_nothing(commands: Path) -> None:
    assert commands.is_dir()
    assert CupsPrinter("Hall_1").offers().known is False


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


PRINTING = "printer Hall_1 now printing Hall_1-7.  enabled since Sat\n\tAlerts: "


@pytest.mark.parametrize(
    ("said", "queue", "ready", "detail"),
    [
        ("printer Hall_1 is idle.  enabled since Sat\nHall_1 accepting requests since Sat", "Hall_1", True, ""),
        ("printer Hall_1 disabled since Sat -\n\tOut of paper", "Hall_1", False, "printer.stopped"),
        ("system default destination: Hall_1\nHall_1 accepting requests since Sat", "", True, ""),
        ("no system default destination", "", False, "printer.unknown"),
        (PRINTING + "media-empty-warning", "Hall_1", False, "printer.media_empty"),
        (PRINTING + "media-needed-error", "Hall_1", False, "printer.media_empty"),
        (PRINTING + "media-empty-error media-jam-error", "Hall_1", False, "printer.jam"),
        (PRINTING + "cover-open-report", "Hall_1", False, "printer.door_open"),
        (PRINTING + "marker-supply-empty-error", "Hall_1", False, "printer.toner_empty"),
        (PRINTING + "connecting-to-device", "Hall_1", False, "printer.offline"),
        (PRINTING + "toner-low-warning", "Hall_1", True, ""),
        (PRINTING + "cups-waiting-for-job-completed", "Hall_1", True, ""),
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
    assert set(DRIVERS) == set(PRINTER_DRIVERS)
    assert open_printer("simulated", "", tmp_path).simulated
    assert not open_printer("cups", "Hall_1", tmp_path).simulated
    with pytest.raises(PrinterError, match=r"printer\.driver_unknown"):
        open_printer("fax", "", tmp_path)


JOBS = """Hall_1-7                root             77824   Sat Nov 21 18:22:57 2026
\tStatus:
\tAlerts: {alerts}
\tqueued for Hall_1
"""
LISTING = """
if sys.argv[1:] == ["-l", "-o"]:
    print({waiting!r})
elif sys.argv[1:] == ["-l", "-W", "all", "-o"]:
    print({known!r})
else:
    print({queue!r}); sys.exit({code})
"""
QUEUE_IS_THERE = "printer Hall_1 is idle.  enabled since Sat\n\tAlerts: none"


@pytest.mark.parametrize(
    ("waiting", "known", "queue", "state", "detail"),
    [
        (JOBS.format(alerts="job-printing"), "", QUEUE_IS_THERE, JobState.WAITING, ""),
        (JOBS.format(alerts="job-printing"), "", PRINTING + "media-empty-warning", JobState.WAITING, "media_empty"),
        ("", JOBS.format(alerts="job-completed-successfully"), QUEUE_IS_THERE, JobState.DONE, ""),
        ("", JOBS.format(alerts="job-canceled-by-user"), QUEUE_IS_THERE, JobState.CANCELLED, ""),
        ("", JOBS.format(alerts="job-aborted-by-system"), QUEUE_IS_THERE, JobState.CANCELLED, ""),
        ("", "", QUEUE_IS_THERE, JobState.UNKNOWN, ""),
        ("", "", "lpstat: Invalid destination name in list.", JobState.GONE, "unknown"),
    ],
)
def test_a_job_that_was_taken_is_followed(
    commands: Path, waiting: str, known: str, queue: str, state: JobState, detail: str
) -> None:
    code = int("Invalid" in queue)
    command(commands, "lpstat", LISTING.format(waiting=waiting, known=known, queue=queue, code=code))
    report = CupsPrinter("Hall_1").job("Hall_1-7")
    assert (report.state, report.detail) == (state, f"printer.{detail}" if detail else "")


def test_the_simulated_printer_says_what_was_chosen_in_the_name_of_its_file(tmp_path: Path) -> None:
    printer = SimulatedPrinter(tmp_path, choices=PrintChoices(Sides.LONG_EDGE))
    name = printer.print_pdf(PDF, "440305", copies=2)
    assert name == "440305-x2-long_edge.pdf"
    assert printer.job(name).state is JobState.DONE
    (tmp_path / name).unlink()
    assert printer.job(name).state is JobState.GONE
