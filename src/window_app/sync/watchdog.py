"""Ends a call that hangs: at its deadline the socket is shut down, whatever the other end does or does not.

Keepalives and timeouts of the system did not end a call to a stopped server; shutting the socket did, at once.
"""

import math
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Condition

from window_app.tasks import Loop


class Guard:
    """One call under watch; `fired` says that its deadline passed and the socket was shut."""

    def __init__(self, descriptor: int, until: float) -> None:
        self.descriptor = descriptor
        self.until = until
        self.fired = False


class Watchdog:
    """Watches calls, one or several; its thread begins with the first and ends with `close`."""

    def __init__(self) -> None:
        self._turn = Condition()
        self._guards: list[Guard] = []
        self._loop: Loop | None = None
        self._wakes_at = 0.0
        self._closed = False

    @contextmanager
    def watch(self, descriptor: int, seconds: float) -> Iterator[Guard]:
        """Shut the socket of a descriptor where the block lasts longer; the descriptor must stay open in it."""
        guard = Guard(descriptor, time.monotonic() + seconds)
        with self._turn:
            self._guards.append(guard)
            if self._loop is None and not self._closed:
                self._loop = Loop("watchdog", self._run)
            elif guard.until < self._wakes_at:
                self._turn.notify_all()
        try:
            yield guard
        finally:
            with self._turn:
                self._guards.remove(guard)

    def close(self) -> None:
        """End the thread; calls that still go on are no longer watched. May be called again."""
        with self._turn:
            self._closed = True
            self._turn.notify_all()

    def _run(self) -> None:
        with self._turn:
            while not self._closed:
                now = time.monotonic()
                for guard in self._guards:
                    if guard.until <= now and not guard.fired:
                        guard.fired = True
                        shut(guard.descriptor)
                # Later calls mostly end later too, so they need wake nobody: an empty pull would pay for it.
                self._wakes_at = min((guard.until for guard in self._guards if not guard.fired), default=math.inf)
                self._turn.wait(None if self._wakes_at == math.inf else max(0.0, self._wakes_at - now))


def shut(descriptor: int) -> None:
    """Shut a socket down in both directions, whoever reads or writes it; it stays the caller's to close."""
    with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as same:
        same.shutdown(socket.SHUT_RDWR)
