"""A TCP proxy that spoils a line: slow, cut, reset, silent, answers swallowed, at a byte or a message.

It lives in the test's own process, between real ends: the program's connection here, PostgreSQL there.
"""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

CHUNK = 16384
RESET = struct.pack("ii", 1, 0)


@dataclass
class Faults:
    """What happens to bytes on their way; changed while connections stand.

    Attributes:
        delay: seconds that each piece waits.
        bytes_per_second: the width of the line, 0 for all there is.
        refuse: new connections are closed at once.
        silent: nothing passes any more in either direction, and nothing is closed.
        swallow: answers of the centre are dropped; what is sent to it arrives.
        cut_after_sent, cut_after_answered: the connection ends when so many further bytes have gone to
            the centre, or come from it; None for never.
        reset: a cut is a reset (RST), not an orderly end.
    """

    delay: float = 0.0
    bytes_per_second: int = 0
    refuse: bool = False
    silent: bool = False
    swallow: bool = False
    cut_after_sent: int | None = None
    cut_after_answered: int | None = None
    reset: bool = False


@dataclass
class _Pair:
    near: socket.socket
    far: socket.socket
    closed: threading.Event = field(default_factory=threading.Event)

    def cut(self, *, reset: bool) -> None:
        if self.closed.is_set():
            return
        self.closed.set()
        for end in (self.near, self.far):
            with contextlib.suppress(OSError):
                if reset and end is self.near:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                else:
                    end.shutdown(socket.SHUT_RDWR)
            with contextlib.suppress(OSError):
                end.close()


class Proxy:
    """Listens on a port of its own and passes on to another; a context manager that ends everything."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.faults = Faults()
        self.sent = 0
        self.answered = 0
        self.connections = 0
        self.struck = 0
        self._waiting: list[tuple[bytes, Faults]] = []
        self._pairs: list[_Pair] = []
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, name="proxy", daemon=True)]
        self._threads[0].start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def strike(self, message: bytes, faults: Faults) -> None:
        """Let faults begin with the first piece to the centre that holds a text, such as a function's name."""
        with self._lock:
            self._waiting.append((message, faults))

    def heal(self) -> None:
        """Let everything pass again; connections that were spoilt stay so."""
        with self._lock:
            self._waiting = []
        self.faults = Faults()

    def cut_all(self, *, reset: bool = False) -> None:
        """End every connection now."""
        with self._lock:
            pairs = tuple(self._pairs)
        for pair in pairs:
            pair.cut(reset=reset)

    def close(self) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut_all()
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            if self.faults.refuse:
                near.close()
                continue
            try:
                far = socket.create_connection(self.target, 5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            self._begin(_Pair(near, far))

    def _begin(self, pair: _Pair) -> None:
        with self._lock:
            self._pairs.append(pair)
        for work in (self._send, self._answer):
            thread = threading.Thread(target=work, args=(pair,), name="proxy", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _send(self, pair: _Pair) -> None:
        def passed(piece: bytes) -> bool:
            self.sent += len(piece)
            return self._run_down("cut_after_sent", len(piece))

        self._pass(pair, pair.near, pair.far, passed, "cut_after_sent")

    def _answer(self, pair: _Pair) -> None:
        def passed(piece: bytes) -> bool:
            self.answered += len(piece)
            return self._run_down("cut_after_answered", len(piece))

        self._pass(pair, pair.far, pair.near, passed, "cut_after_answered")

    def _strike(self, piece: bytes) -> None:
        with self._lock:
            due = [one for one in self._waiting if one[0] in piece]
            self._waiting = [one for one in self._waiting if one[0] not in piece]
        for _, faults in due:
            self.faults = faults
            self.struck += 1

    def _run_down(self, name: str, count: int) -> bool:
        """Count towards a cut and tell whether it is due."""
        left = getattr(self.faults, name)
        if left is None:
            return False
        setattr(self.faults, name, left - count)
        return bool(left - count <= 0)

    def _pass(
        self, pair: _Pair, source: socket.socket, sink: socket.socket, passed: Callable[[bytes], bool], limit: str
    ) -> None:
        answering = source is pair.far
        try:
            while piece := source.recv(CHUNK):
                if not answering:
                    self._strike(piece)
                left = getattr(self.faults, limit)
                piece = piece if left is None else piece[: max(0, left)]
                self._wait(pair, len(piece))
                if not (answering and self.faults.swallow):
                    sink.sendall(piece)
                if passed(piece):
                    break
        except OSError:
            pass
        finally:
            while self.faults.silent and not self._ended.wait(0.02) and not pair.closed.is_set():
                pass
            pair.cut(reset=self.faults.reset)

    def _wait(self, pair: _Pair, count: int) -> None:
        if self.faults.delay:
            time.sleep(self.faults.delay)
        if self.faults.bytes_per_second:
            time.sleep(count / self.faults.bytes_per_second)
        while self.faults.silent:
            if pair.closed.is_set() or self._ended.wait(0.02):
                raise OSError("closed")
