"""Queue tickets: the bytes read back by another reader, and every way to the printer with what can go wrong on it."""

import os
import socket
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.devices.escpos_reader import joined, read

from window_app import paths
from window_app.devices.printers import PrinterError
from window_app.devices.tickets import TICKET_DRIVERS, open_ticket_printer
from window_app.devices.tickets.drivers import DeviceTickets, NetworkTickets
from window_app.devices.tickets.escpos import EscPos
from window_app.documents.ticket_dots import TicketDots
from window_app.domain.tickets import PAPER_DOTS, TicketCode, TicketLine, TicketPage, TicketRule
from window_app.settings import TICKET_DRIVERS as SETTING_DRIVERS

DOTS = TicketDots(paths.resources_dir() / "fonts")
CODE = "排队号 A012　示范区大厅　2026-11-20 10:00"
PAGE = TicketPage(
    (
        TicketLine("示范区人社服务大厅", 2, centred=True, bold=True),
        TicketRule(),
        TicketLine("A012", 4, centred=True, bold=True),
        TicketLine("您前面还有 3 人等候", centred=True),
        TicketCode(CODE),
        TicketLine("请留意叫号，过号请到窗口说明。"),
    )
)


def escpos(*, text: bool = True) -> EscPos:
    return EscPos(DOTS, text=text, codes=text)


def test_a_ticket_is_text_in_gb18030_with_its_code_and_a_cut() -> None:
    content = escpos().ticket(PAGE)
    assert content.startswith(b"\x1b@\x1c&")
    paper = read(content)
    assert paper.chinese
    assert ("示范区人社服务大厅", 2, True) in paper.lines
    assert ("A012", 4, True) in paper.lines
    assert "您前面还有 3 人等候" in paper.text
    assert paper.codes == [CODE]
    assert paper.images == []
    assert paper.cuts == 1
    assert content.endswith(b"\x1dVB\x00")


def test_a_line_with_a_rare_character_goes_as_dots_and_the_others_stay_text() -> None:
    page = TicketPage((TicketLine("请欧阳𬭚䶮到窗口", 2), TicketLine("请张建国到窗口", 2)))
    paper = read(escpos().ticket(page))
    assert paper.text == "请张建国到窗口"
    picture = joined(paper.images)
    assert picture.width == PAPER_DOTS
    black = sum(1 for pixel in picture.convert("L").tobytes() if pixel == 0)
    assert black > 1000, "the rare characters are drawn, not left out"


def test_a_printer_without_chinese_gets_dots_alone_and_their_code_is_read_by_another_library() -> None:
    paper = read(escpos(text=False).ticket(PAGE))
    assert paper.lines == [("-" * 48, 1, False)]
    assert paper.codes == []
    found = zxingcpp.read_barcodes(joined(paper.images).convert("L"))
    assert [one.text for one in found] == [CODE]


def test_what_no_font_holds_is_drawn_as_its_code_point_and_a_long_line_is_broken() -> None:
    short = DOTS.line(TicketLine("\U00030edd"), PAPER_DOTS)
    assert any(short.rows)
    one, many = DOTS.line(TicketLine("长"), PAPER_DOTS), DOTS.line(TicketLine("长" * 100), PAPER_DOTS)
    assert many.height >= 4 * one.height
    assert len(many.rows) == many.height * PAPER_DOTS // 8


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_no_text_smuggles_a_command_into_the_stream(text: str) -> None:
    content = escpos().ticket(TicketPage((TicketLine(text),)))
    paper = read(content)
    assert paper.cuts == 1
    assert all(line == text for line, _, _ in paper.lines)
    assert paper.images or paper.lines or not text


# -- ways to the printer


@contextmanager
def network_printer(answer: Callable[[bytes], bytes]) -> Iterator[tuple[str, bytearray]]:
    """A printer on a port of its own; `answer` says what it answers to each question about its state."""
    received = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    line, _ = server.accept()
                except OSError:
                    return
                with line:
                    while piece := line.recv(4096):
                        for at in range(len(piece) - 2):
                            if piece[at : at + 2] == b"\x10\x04":
                                line.sendall(answer(piece[at : at + 3]))
                        received.extend(piece)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}", received
        finally:
            server.shutdown(socket.SHUT_RDWR)  # wakes who waits for a connection
            thread.join(5)


READY = {b"\x10\x04\x02": b"\x12", b"\x10\x04\x04": b"\x12"}


@pytest.mark.parametrize(
    ("answers", "ready", "detail"),
    [
        (READY, True, ""),
        ({**READY, b"\x10\x04\x04": b"\x72"}, False, "printer.media_empty"),
        ({**READY, b"\x10\x04\x02": b"\x32"}, False, "printer.media_empty"),
        ({**READY, b"\x10\x04\x02": b"\x16"}, False, "printer.door_open"),
        ({}, True, ""),
        ({b"\x10\x04\x02": b"\xff", b"\x10\x04\x04": b"\xff"}, True, ""),
    ],
)
def test_a_network_printer_says_paper_and_cover_and_takes_nothing_without_them(
    answers: dict[bytes, bytes], ready: bool, detail: str
) -> None:
    with network_printer(lambda question: answers.get(question, b"")) as (address, received):
        printer = NetworkTickets(address, escpos(), status_seconds=0.2)
        status = printer.status()
        assert (status.ready, status.detail) == (ready, detail)
        if ready:
            assert printer.print_ticket(PAGE, "2026-11-20-A012") == "2026-11-20-A012"
        else:
            with pytest.raises(PrinterError) as refused:
                printer.print_ticket(PAGE, "A012")
            assert refused.value.code == detail
    assert (b"A012" in received) is ready


def test_paper_that_runs_low_is_told_and_holds_nothing_up() -> None:
    low = {**READY, b"\x10\x04\x04": b"\x1e"}
    with network_printer(lambda question: low.get(question, b"")) as (address, _):
        status = NetworkTickets(address, escpos(), status_seconds=0.2).status()
    assert (status.ready, status.notes) == (True, ("printer.media_low",))


@pytest.mark.parametrize(
    "address", ["", "10.0.0.5:0", "10.0.0.5:70000", "a b", "-x", "http://10.0.0.5", "no-such-host.invalid"]
)
def test_what_is_no_address_is_told(address: str) -> None:
    assert NetworkTickets(address, escpos()).status().detail == "printer.unknown"


def test_a_network_printer_that_is_switched_off_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
    printer = NetworkTickets(address, escpos())
    assert printer.status().detail == "printer.offline"
    with pytest.raises(PrinterError, match=r"printer\.offline"):
        printer.print_ticket(PAGE, "A012")


def test_a_device_file_gets_the_bytes() -> None:
    master, slave = os.openpty()
    try:
        tty.setraw(slave)
        printer = DeviceTickets(os.ttyname(slave), escpos())
        assert printer.status().ready
        wanted = escpos().ticket(PAGE)
        assert printer.print_ticket(PAGE, "A012") == "A012"
        assert os.read(master, len(wanted)) == wanted
    finally:
        os.close(master)
        os.close(slave)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/dev/usb/no-such-printer", "printer.offline"),
        ("/etc/passwd", "printer.unknown"),
        ("/dev/../etc/passwd", "printer.unknown"),
        ("", "printer.unknown"),
    ],
)
def test_what_is_no_device_is_never_written(path: str, code: str) -> None:
    printer = DeviceTickets(path, escpos())
    assert printer.status().detail == code
    with pytest.raises(PrinterError, match=code.replace(".", r"\.")):
        printer.print_ticket(PAGE, "A012")


def test_the_simulated_one_lays_the_bytes_in_its_folder_and_says_so(tmp_path: Path) -> None:
    printer = open_ticket_printer("simulated", "", tmp_path / "out", DOTS, text=True)
    assert printer.simulated
    assert printer.status().detail == "printer.simulated"
    name = printer.print_ticket(PAGE, "2026-11-20-A012")
    assert read((tmp_path / "out" / name).read_bytes()).codes == [CODE]
    assert printer.print_ticket(PAGE, "../../x") == "x.escpos"
    blocked = open_ticket_printer("simulated", "", tmp_path / "out" / name, DOTS, text=True)
    with pytest.raises(PrinterError, match=r"printer\.folder"):
        blocked.print_ticket(PAGE, "A012")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [name, "x.escpos"]


def test_every_driver_of_the_settings_opens_and_windows_is_missing_elsewhere(tmp_path: Path) -> None:
    assert {"off", *TICKET_DRIVERS} == set(SETTING_DRIVERS)
    printer = open_ticket_printer("windows", "Ticket", tmp_path, DOTS, text=True)
    assert printer.status().detail == "printer.no_system"
    with pytest.raises(PrinterError, match=r"printer\.no_system"):
        printer.print_ticket(PAGE, "A012")
    with pytest.raises(PrinterError, match=r"printer\.driver_unknown"):
        open_ticket_printer("fax", "", tmp_path, DOTS, text=True)
