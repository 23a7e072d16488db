"""Stations as processes: started, listened to, killed; what they said before that is in visitors' hands."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from tests.forking import ForkedWithPipes
from tests.invariants.rounds import Way
from tests.invariants.seats import Given, Seat

START_SECONDS = 30.0


class StationProcess:
    """A running station; its lines are read as they come, so that none is lost when it dies."""

    def __init__(self, seat: Seat, way: Way, *options: str, wrapped_by: tuple[str, ...] = ()) -> None:
        seat.close()
        self.seat = seat
        self.given: list[Given] = []
        self.rounds: list[list[str]] = []
        self.refused: list[str] = []
        self.done = False
        self._opened = threading.Event()
        self._moved = threading.Condition()
        office = ("--office",) if seat.kind == "office" else ()
        place = [str(seat.directory), way.host, str(way.port), way.database]
        words = ["tests.invariants.station_process", *place, *office, *options]
        self._process = traced(wrapped_by, words) if wrapped_by else ForkedWithPipes(words)
        self.pid = self._process.pid
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def count(self, outcome: str) -> int:
        """Return how many rounds ended so."""
        return sum(said[0] == outcome for said in tuple(self.rounds))

    def await_open(self) -> None:
        """Wait until its store is open.

        Raises:
            AssertionError: it did not come up.
        """
        assert self._opened.wait(START_SECONDS), f"{self.seat.name} did not start"
        assert self._opened.is_set()

    def await_that(self, holds: Callable[["StationProcess"], bool], seconds: float = 60.0) -> None:
        """Wait until something holds of what it has said.

        Raises:
            AssertionError: it did not in time.
        """
        until = time.monotonic() + seconds
        with self._moved:
            while not holds(self):
                left = until - time.monotonic()
                assert left > 0, f"{self.seat.name}: {self.rounds[-3:]} {len(self.given)} given"
                assert self._reader.is_alive() or holds(self), "it ended before"
                self._moved.wait(min(left, 0.5))

    def await_more(self, outcome: str) -> None:
        """Wait until one more round has ended so."""
        before = self.count(outcome)
        self.await_that(lambda one: one.count(outcome) > before)

    def kill(self) -> list[Given]:
        """Kill it now and return what it gave in its life."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self._process.kill()
        return self.wait()

    def wait(self, seconds: float = 60.0) -> list[Given]:
        """Wait for its end and return what it gave in its life."""
        self._reader.join(seconds)
        assert not self._reader.is_alive(), f"{self.seat.name} goes on"
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        return self.given

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if not line.endswith("\n"):
                break
            self._take(line.split())
        with self._moved:
            self._moved.notify_all()

    def _take(self, words: list[str]) -> None:
        if words[:1] == ["open"]:
            # Where a tracer stands between, it is not the process that we started.
            self.pid = int(words[1])
            self._opened.set()
        with self._moved:
            if words[:1] == ["given"]:
                number, case_id, *events = words[1:]
                ids = tuple(UUID(event_id) for event_id in events)
                self.given.append(Given(self.seat.name, number, UUID(case_id), ids))
            elif words[:1] == ["round"]:
                self.rounds.append(words[1:])
            elif words[:1] == ["refused"]:
                self.refused.append(words[1])
            elif words[:1] == ["done"]:
                self.done = True
            self._moved.notify_all()


def traced(tracer: tuple[str, ...], words: list[str]) -> "subprocess.Popen[str]":
    """Run a module under a tracer, in a new interpreter."""
    return subprocess.Popen(
        [*tracer, sys.executable, "-m", *words],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )


def copy_of(seat: Seat, directory: Path) -> Seat:
    """Return a seat of the same kind on another disk."""
    return Seat(seat.name, directory, seat.kind, seat.office)
