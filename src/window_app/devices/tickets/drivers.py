"""Ways of ESC/POS to a printer: a network port, a device file, a queue of the system, and a folder."""

import os
import re
import socket
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from window_app.devices.printers.errors import PrinterError
from window_app.devices.tickets.escpos import EscPos
from window_app.domain.ports import PrinterStatus
from window_app.domain.tickets import TicketPage

CONNECT_SECONDS = 4.0
STATUS_SECONDS = 1.5
SEND_SECONDS = 15.0
PORT = 9100
_DEVICE = re.compile(r"/dev/[A-Za-z0-9][A-Za-z0-9/._-]{0,80}")
_ADDRESS = re.compile(r"([A-Za-z0-9][A-Za-z0-9.-]{0,250})(?::(\d{1,5}))?|\[([0-9A-Fa-f:.]+)\](?::(\d{1,5}))?")
# DLE EOT n: printers answer at once, also while they are off line. Bits 1 and 4 are set in every answer.
_ASK_OFFLINE, _ASK_PAPER = b"\x10\x04\x02", b"\x10\x04\x04"
_FIXED, _FIXED_BITS = 0x93, 0x12
_COVER_OPEN, _NO_PAPER_STOP = 0x04, 0x20
_PAPER_END, _PAPER_LOW = 0x60, 0x0C


class ByteQueue(Protocol):
    """A queue of the system that hands bytes on as they are."""

    simulated: bool

    def status(self) -> PrinterStatus:
        """Return whether the queue prints."""
        ...

    def print_bytes(self, content: bytes, title: str) -> str:
        """Send bytes and return the job's name."""
        ...


class QueuedTickets:
    """A raw queue of CUPS or of Windows."""

    simulated = False

    def __init__(self, queue: ByteQueue, language: EscPos) -> None:
        """Keep the queue and the printer's language."""
        self._queue = queue
        self._language = language

    def status(self) -> PrinterStatus:
        """Return whether the queue prints."""
        return self._queue.status()

    def print_ticket(self, page: TicketPage, title: str) -> str:
        """Send a ticket and return the job's name.

        Raises:
            PrinterError: where it was not taken.
        """
        return self._queue.print_bytes(self._language.ticket(page), title)


class NetworkTickets:
    """A printer that listens on a port of its own, 9100 where none is named."""

    simulated = False

    def __init__(self, address: str, language: EscPos, *, status_seconds: float = STATUS_SECONDS) -> None:
        """Keep the address; nothing is asked of it yet."""
        self._address = address.strip()
        self._language = language
        self._status_seconds = status_seconds

    def status(self) -> PrinterStatus:
        """Return what the printer answers of its cover and its paper; one that is silent but there counts as ready."""
        try:
            with self._connected() as line:
                return self._asked(line)
        except PrinterError as error:
            return PrinterStatus(self._address, ready=False, detail=error.code)

    def print_ticket(self, page: TicketPage, title: str) -> str:
        """Send a ticket and return its title: such a printer names no jobs.

        Raises:
            PrinterError: the printer is not there, says that it cannot print, or took the ticket in part.
        """
        content = self._language.ticket(page)
        with self._connected() as line:
            status = self._asked(line)
            if not status.ready:
                raise PrinterError(status.detail, printer=self._address)
            try:
                line.settimeout(SEND_SECONDS)
                line.sendall(content)
                line.shutdown(socket.SHUT_WR)
            except OSError as cause:
                raise PrinterError("printer.silent", printer=self._address, seconds=SEND_SECONDS) from cause
        return title

    def _connected(self) -> socket.socket:
        found = _ADDRESS.fullmatch(self._address)
        port = PORT if found is None else int(found[2] or found[4] or PORT)
        if found is None or not 0 < port < 65536:
            raise PrinterError("printer.unknown", printer=self._address)
        try:
            return socket.create_connection((found[1] or found[3], port), CONNECT_SECONDS)
        except socket.gaierror as cause:
            raise PrinterError("printer.unknown", printer=self._address) from cause
        except OSError as cause:
            raise PrinterError("printer.offline", printer=self._address) from cause

    def _asked(self, line: socket.socket) -> PrinterStatus:
        line.settimeout(self._status_seconds)
        offline, paper = self._answer(line, _ASK_OFFLINE), self._answer(line, _ASK_PAPER)
        if (paper is not None and paper & _PAPER_END) or (offline is not None and offline & _NO_PAPER_STOP):
            return PrinterStatus(self._address, ready=False, detail="printer.media_empty")
        if offline is not None and offline & _COVER_OPEN:
            return PrinterStatus(self._address, ready=False, detail="printer.door_open")
        low = paper is not None and paper & _PAPER_LOW
        return PrinterStatus(self._address, ready=True, notes=("printer.media_low",) if low else ())

    def _answer(self, line: socket.socket, question: bytes) -> int | None:
        """Return the byte a printer answers; None where it says nothing, or nothing that is a state."""
        with suppress(OSError):
            line.sendall(question)
            said = line.recv(1)
            if said and said[0] & _FIXED == _FIXED_BITS:
                return said[0]
        return None


class DeviceTickets:
    """A printer behind a device file, such as /dev/usb/lp0."""

    simulated = False

    def __init__(self, path: str, language: EscPos) -> None:
        """Keep the path; nothing is opened yet."""
        self._path = path.strip()
        self._language = language

    def status(self) -> PrinterStatus:
        """Return whether the device is there and may be written."""
        try:
            self._check()
        except PrinterError as error:
            return PrinterStatus(self._path, ready=False, detail=error.code)
        return PrinterStatus(self._path, ready=True)

    def print_ticket(self, page: TicketPage, title: str) -> str:
        """Write a ticket and return its title.

        Raises:
            PrinterError: the device is not there, or takes nothing: without paper it takes nothing either.
        """
        path = self._check()
        content = memoryview(self._language.ticket(page))
        try:
            # Not blocking: a printer without paper would hold the worker for ever.
            device = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        except OSError as cause:
            raise PrinterError("printer.offline", printer=self._path) from cause
        try:
            _write_all(device, content, self._path)
        finally:
            os.close(device)
        return title

    def _check(self) -> Path:
        path = Path(self._path)
        if _DEVICE.fullmatch(self._path) is None or ".." in path.parts:
            raise PrinterError("printer.unknown", printer=self._path)
        if not path.exists():
            raise PrinterError("printer.offline", printer=self._path)
        if path.is_file() or not os.access(path, os.W_OK):
            raise PrinterError("printer.refused", printer=self._path)
        return path


class SimulatedTickets:
    """Writes each ticket as a file with the bytes that a printer would get."""

    simulated = True

    def __init__(self, folder: Path, language: EscPos) -> None:
        """Keep the folder; it is made with the first ticket."""
        self._folder = folder
        self._language = language

    def status(self) -> PrinterStatus:
        """Return that tickets can be sent, and that nothing comes out on paper."""
        return PrinterStatus("simulated", ready=True, detail="printer.simulated")

    def print_ticket(self, page: TicketPage, title: str) -> str:
        """Write a ticket and return the file's name.

        Raises:
            PrinterError: `printer.folder`.
        """
        stem = re.sub(r"[^0-9A-Za-z._-]+", "-", title).strip("-.")[:60] or "ticket"
        unfinished = self._folder / f".{uuid4().hex}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(self._language.ticket(page))
            return unfinished.replace(self._folder / f"{stem}.escpos").name
        except OSError as cause:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise PrinterError("printer.folder", printer="simulated", reason=cause.strerror or "") from cause


def _write_all(device: int, content: memoryview, name: str) -> None:
    import select

    sent = 0
    while sent < len(content):
        _, writable, _ = select.select([], [device], [], SEND_SECONDS)
        if not writable:
            raise PrinterError("printer.silent", printer=name, seconds=SEND_SECONDS)
        try:
            sent += os.write(device, content[sent:])
        except BlockingIOError:
            continue
        except OSError as cause:
            raise PrinterError("printer.media_empty", printer=name) from cause
