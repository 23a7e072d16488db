"""A TCP wire that fails on demand: it swallows the answer to a call, cuts before or in it, or goes silent.

Faults are tied to what goes over the wire, never to a clock: "the answer to the next push" is lost
after the server has committed, since the first byte of an answer is sent behind the commit.
"""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

_CHUNK = 65536
_TAIL = 64


class Fault(StrEnum):
    """What happens to the next call that matches."""

    ANSWER_LOST = "answer lost"
    CUT_BEFORE = "cut before"
    CUT_WITHIN = "cut within"
    SILENT = "silent"


@dataclass
class _Joint:
    """One connection through the wire."""

    near: socket.socket
    far: socket.socket
    struck: Fault | None = None
    tail: bytes = b""
    carried: int = 0
    heard: bool = False
    gone: threading.Event = field(default_factory=threading.Event)

    def cut(self) -> None:
        self.gone.set()
        for end in (self.near, self.far):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            with suppress(OSError):
                end.close()


class Wire:
    """Stands between stations and the server; a context manager that ends its threads."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._faults: list[tuple[Fault, bytes]] = []
        self._lock = threading.Lock()
        self._joints: list[_Joint] = []
        self._down = False
        self._narrow: int | None = None
        self._closed = False
        self.struck: list[Fault] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self._keeper = threading.Thread(target=self._accept, name="wire", daemon=True)
        self._keeper.start()

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def strike(self, fault: Fault, call: bytes = b"push") -> None:
        """Let a fault happen to the next call whose text holds these bytes."""
        with self._lock:
            self._faults.append((fault, call))

    def narrow(self, most: int) -> None:
        """Be so slow that a call, and the answer to it, get so many bytes through before their deadline, until `calm`.

        What is slower than its deadline is cut by the station; so the wire cuts there, without anybody waiting.
        """
        with self._lock:
            self._narrow = most

    def calm(self) -> None:
        """Forget faults that have not struck, and let everything through again."""
        with self._lock:
            self._faults.clear()
            self._down, self._narrow = False, None

    def cut(self) -> None:
        """Cut every connection and let no new one through until `calm`."""
        with self._lock:
            self._down = True
            joints = list(self._joints)
        for joint in joints:
            joint.cut()

    def close(self) -> None:
        """End everything."""
        self._closed = True
        self.cut()
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._keeper.join(timeout=5)

    def _accept(self) -> None:
        while not self._closed:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            self._join(near)

    def _join(self, near: socket.socket) -> None:
        with self._lock:
            down = self._down
        try:
            if down:
                raise ConnectionRefusedError
            far = _connect(*self._target)
        except OSError:
            near.close()
            return
        joint = _Joint(near, far)
        with self._lock:
            self._joints.append(joint)
        for source, sink, watch in ((near, far, self._outgoing), (far, near, self._incoming)):
            threading.Thread(target=self._pump, args=(joint, source, sink, watch), daemon=True).start()

    def _pump(
        self, joint: _Joint, source: socket.socket, sink: socket.socket, watch: Callable[[_Joint, bytes], bytes | None]
    ) -> None:
        try:
            while content := source.recv(_CHUNK):
                passed = watch(joint, content)
                if passed is None:
                    break
                sink.sendall(passed)
        except OSError:
            pass
        joint.cut()
        with self._lock, suppress(ValueError):
            self._joints.remove(joint)

    def _outgoing(self, joint: _Joint, content: bytes) -> bytes | None:
        """Return what goes on to the server; None cuts."""
        if not self._is_carried(joint, content, heard=False):
            return None
        seen = joint.tail + content
        joint.tail = seen[-_TAIL:]
        if joint.struck is None:
            joint.struck = self._take(seen)
        if joint.struck is Fault.CUT_BEFORE:
            return None
        if joint.struck is Fault.CUT_WITHIN:
            # Half of what came: the server never sees the end of the call.
            with suppress(OSError):
                joint.far.sendall(content[: len(content) // 2])
            return None
        return content

    def _incoming(self, joint: _Joint, content: bytes) -> bytes | None:
        """Return what goes on to the station; None cuts."""
        if not self._is_carried(joint, content, heard=True):
            return None
        if joint.struck is Fault.ANSWER_LOST:
            return None
        if joint.struck is Fault.SILENT:
            joint.gone.wait()
            return None
        return content

    def _is_carried(self, joint: _Joint, content: bytes, *, heard: bool) -> bool:
        with self._lock:
            joint.carried = len(content) + (joint.carried if joint.heard is heard else 0)
            joint.heard = heard
            return self._narrow is None or joint.carried <= self._narrow

    def _take(self, seen: bytes) -> Fault | None:
        with self._lock:
            for place, (fault, call) in enumerate(self._faults):
                if call in seen:
                    del self._faults[place]
                    self.struck.append(fault)
                    return fault
        return None


def _connect(host: str, port: int) -> socket.socket:
    """Return a connection to a server, by its socket file where the host is a folder."""
    if host.startswith("/"):
        found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        found.connect(f"{host}/.s.PGSQL.{port}")
        return found
    return socket.create_connection((host, port), timeout=None)
