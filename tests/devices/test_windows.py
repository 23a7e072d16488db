"""Windows' spooler behind its port: what it says becomes codes, what is asked reaches it, pages are drawn.

Nothing here ran on Windows: the port is played by what its manual says; the calls below it are checked for their
order and for the layout of what is handed over.
"""

# ruff: noqa: ARG002 - the port says what is handed in

import ctypes
import sys
from collections.abc import Iterable, Iterator, Mapping

import pytest
from PIL import Image
from tests.documents.samples import FONTS, record

from window_app.devices.printers import PrinterError, open_printer
from window_app.devices.printers.win32_spooler import (
    DevMode,
    DrawnDocument,
    GreyBitmap,
    RawDocument,
    Win32Spooler,
    win32_spooler,
)
from window_app.devices.printers.windows import JobSetup, SpoolerError, WindowsPrinter, WindowsRawQueue
from window_app.documents.maker import ReportlabPaperMaker
from window_app.documents.page_drawing import PdfiumPages
from window_app.domain.page_pixels import PagePixels
from window_app.domain.printing import JobState, PrintChoices, Sides

A4_AT_600 = (4960, 7015)


class PlayedSpooler:
    """Answers what it is told to; keeps what it was handed."""

    def __init__(self, **answers: object) -> None:
        self.answers = {"state": 0, "duplex": True, "bins": {7: "自动", 261: "纸盒 2"}, "job": 0, "error": 0, **answers}
        self.pages: list[PagePixels] = []
        self.setup: JobSetup | None = None
        self.raws: list[bytes] = []

    def default(self) -> str:
        return str(self.answers.get("default", "Hall"))

    def state(self, printer: str) -> int:
        return self._answer("state")

    def duplex(self, printer: str) -> bool:
        return bool(self._answer("duplex"))

    def bins(self, printer: str) -> Mapping[int, str]:
        found = self.answers["bins"]
        assert isinstance(found, dict)
        return found

    def draw(self, printer: str, title: str, setup: JobSetup, pages: Iterable[PagePixels]) -> int:
        self._answer("job")
        self.setup = setup
        self.pages = list(pages)
        return 42

    def raw(self, printer: str, title: str, content: bytes) -> int:
        self._answer("job")
        self.raws.append(content)
        return 43

    def job_state(self, printer: str, number: int) -> int | None:
        found = self.answers["job"]
        return None if found is None else self._answer("job")

    def _answer(self, name: str) -> int:
        if self.answers["error"]:
            raise SpoolerError(int(str(self.answers["error"])))
        return int(str(int(self.answers[name])))  # type: ignore[call-overload]


def printer(spooler: PlayedSpooler, choices: PrintChoices | None = None) -> WindowsPrinter:
    return WindowsPrinter("Hall", spooler, PdfiumPages(), choices or PrintChoices())


@pytest.mark.parametrize(
    ("flags", "ready", "detail"),
    [
        (0x0, True, ""),
        (0x10, False, "printer.media_empty"),
        (0x8 | 0x10, False, "printer.jam"),
        (0x400000, False, "printer.door_open"),
        (0x40000, False, "printer.toner_empty"),
        (0x80, False, "printer.offline"),
        (0x1, False, "printer.stopped"),
        (0x2 | 0x10, False, "printer.media_empty"),
        (0x4, False, "printer.unknown"),
        (0x20000, True, ""),
    ],
)
def test_what_windows_says_of_a_printer_becomes_a_code(flags: int, ready: bool, detail: str) -> None:
    status = printer(PlayedSpooler(state=flags)).status()
    assert (status.ready, status.detail) == (ready, detail)
    assert ("printer.toner_low" in status.notes) is bool(flags & 0x20000)


@pytest.mark.parametrize(
    ("number", "code"),
    [(1801, "printer.unknown"), (1722, "printer.no_system"), (5, "printer.refused"), (1460, "printer.silent")],
)
def test_an_error_of_windows_becomes_a_code_for_status_and_job(number: int, code: str) -> None:
    played = printer(PlayedSpooler(error=number))
    assert played.status().detail == code
    with pytest.raises(PrinterError) as refused:
        played.print_pdf(b"%PDF", "x")
    assert refused.value.code == code
    assert not played.offers().known


def test_pages_are_drawn_with_what_was_chosen() -> None:
    spooler = PlayedSpooler()
    pdf = ReportlabPaperMaker(FONTS).render(record())
    choices = PrintChoices(Sides.LONG_EDGE, "261", 1)
    assert printer(spooler, choices).print_pdf(pdf, "440305", copies=3) == "Hall-42"
    assert spooler.setup == JobSetup(duplex=2, bin=261, copies=3)
    page = spooler.pages[0]
    assert abs(page.width - A4_AT_600[0]) <= 2
    assert abs(page.height - A4_AT_600[1]) <= 2
    assert page.stride % 4 == 0
    assert len(page.grey) == page.stride * page.height
    picture = Image.frombytes("L", (page.stride, page.height), page.grey)
    assert picture.getextrema() == (0, 255)


def test_a_driver_offers_what_it_has_and_nothing_else() -> None:
    offers = printer(PlayedSpooler()).offers()
    assert offers.sides == (Sides.ONE, Sides.LONG_EDGE, Sides.SHORT_EDGE)
    assert offers.trays == {"7": "自动", "261": "纸盒 2"}
    plain = printer(PlayedSpooler(duplex=False, bins={7: "自动"})).offers()
    assert (plain.sides, dict(plain.trays)) == ((), {})


@pytest.mark.parametrize(
    ("flags", "state", "detail"),
    [
        (0x10, JobState.WAITING, ""),
        (0x40, JobState.WAITING, "printer.media_empty"),
        (0x80, JobState.DONE, ""),
        (0x100, JobState.CANCELLED, ""),
        (None, JobState.DONE, ""),
    ],
)
def test_a_job_is_followed_by_its_number(flags: int | None, state: JobState, detail: str) -> None:
    report = printer(PlayedSpooler(job=flags)).job("Hall-42")
    assert (report.state, report.detail) == (state, detail)
    assert printer(PlayedSpooler()).job("nonsense").state is JobState.UNKNOWN


def test_a_ticket_goes_as_it_is_and_without_a_name_to_the_default_printer() -> None:
    spooler = PlayedSpooler(default="小票")
    assert WindowsRawQueue("", spooler).print_bytes(b"\x1b@", "A012") == "小票-43"
    assert spooler.raws == [b"\x1b@"]
    with pytest.raises(PrinterError, match=r"printer\.unknown"):
        WindowsRawQueue("", PlayedSpooler(default="")).print_bytes(b"", "A012")


def test_what_is_handed_to_windows_has_the_layout_of_its_headers() -> None:
    assert DevMode.dmFields.offset == 72
    assert DevMode.dmPaperSize.offset == 78
    assert DevMode.dmCopies.offset == 86
    assert DevMode.dmDefaultSource.offset == 88
    assert DevMode.dmDuplex.offset == 94
    assert GreyBitmap.greys.offset == 40
    if ctypes.sizeof(ctypes.c_void_p) == 8:
        assert ctypes.sizeof(DrawnDocument) == 40
        assert ctypes.sizeof(RawDocument) == 24


class PlayedLibrary:
    """A library of Windows: each call is kept with its name and answered from a table."""

    def __init__(self, calls: list[str], answers: Mapping[str, int]) -> None:
        self._calls = calls
        self._answers = answers

    def __getattr__(self, name: str) -> "PlayedCall":
        made = PlayedCall(name, self._calls, self._answers.get(name, 1))
        setattr(self, name, made)
        return made


class PlayedCall:
    def __init__(self, name: str, calls: list[str], answer: int) -> None:
        self.name, self.calls, self.answer = name, calls, answer

    def __call__(self, *arguments: object) -> int:
        self.calls.append(self.name)
        if self.name == "WritePrinter":
            content, length, written = arguments[1:4]
            assert len(content) == length  # type: ignore[arg-type]
            written._obj.value = length  # type: ignore[attr-defined]
        return self.answer


def played(**answers: int) -> tuple[Win32Spooler, list[str]]:
    calls: list[str] = []
    library = PlayedLibrary(calls, {"DocumentPropertiesW": 220, "GetDeviceCaps": 600, **answers})
    return Win32Spooler(library, library, lambda: 1722), calls


def one_page() -> Iterator[PagePixels]:
    yield PagePixels(4, 1, 4, b"\x00\xff\x00\xff")


def test_a_page_is_drawn_between_its_beginning_and_its_end_and_everything_is_given_back() -> None:
    spooler, calls = played(StartDocW=42)
    assert spooler.draw("Hall", "x", JobSetup(duplex=2), one_page()) == 42
    drawn = [name for name in calls if name != "GetDeviceCaps"]
    assert drawn == [
        "OpenPrinterW",
        *["DocumentPropertiesW"] * 3,
        "ClosePrinter",
        "CreateDCW",
        "StartDocW",
        "StartPage",
        "StretchDIBits",
        "EndPage",
        "EndDoc",
        "DeleteDC",
    ]


def test_a_page_that_cannot_be_drawn_takes_its_document_back() -> None:
    spooler, calls = played(StretchDIBits=-1)
    with pytest.raises(SpoolerError):
        spooler.draw("Hall", "x", JobSetup(), one_page())
    assert calls[-2:] == ["AbortDoc", "DeleteDC"]


def test_bytes_are_written_whole_or_told() -> None:
    spooler, calls = played(StartDocPrinterW=7)
    assert spooler.raw("Ticket", "A012", b"\x1b@\x1c&") == 7
    assert calls == [
        "OpenPrinterW",
        "StartDocPrinterW",
        "StartPagePrinter",
        "WritePrinter",
        "EndPagePrinter",
        "EndDocPrinter",
        "ClosePrinter",
    ]
    gone, _ = played(OpenPrinterW=0)
    with pytest.raises(SpoolerError) as refused:
        gone.raw("Ticket", "A012", b"")
    assert refused.value.number == 1722


@pytest.mark.skipif(sys.platform == "win32", reason="there it is present")
def test_elsewhere_the_driver_says_that_there_is_no_such_system(tmp_path) -> None:
    with pytest.raises(SpoolerError):
        win32_spooler()
    missing = open_printer("windows", "Hall", tmp_path, drawer=PdfiumPages())
    assert missing.status().detail == "printer.no_system"
    with pytest.raises(PrinterError, match=r"printer\.no_system"):
        missing.print_pdf(b"%PDF", "x")
