"""A counter with a real store before a centre in memory: for what is about time and threads, not the protocol."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.storage import halls
from tests.sync.memory import MemoryCentre, key_entry
from tests.sync.signed import ROOT_KEY

from window_app.app import signer_of
from window_app.clock import SystemClock
from window_app.domain.line import LineStatus
from window_app.domain.ports import Station
from window_app.domain.stores import LineAddress, SigningKey, StationSecrets
from window_app.storage import store
from window_app.storage.opened import Store

SEED = b"k" * 32
SECRETS = StationSecrets(
    b"s" * 32,
    b"d" * 32,
    (SigningKey("unused", SEED),),
    root_key=ROOT_KEY,
    line=LineAddress("127.0.0.1", 1, "window_app", "nobody", "nothing"),
)


class Counter:
    """A counter's store and the centre that knows it."""

    def __init__(self, directory: Path, station: Station = halls.STATION) -> None:
        self.directory = directory
        self.clock = SystemClock()
        self.store: Store = store.create(
            directory, station, SECRETS, halls.CLERK, profile=store.CHEAP, clock=self.clock
        )
        self.signer = signer_of(SECRETS, self.clock)
        public = self.signer.find(self.signer.key_id())
        assert public is not None
        self.centre = MemoryCentre(
            station.station_id, key_entry(station.station_id, self.signer.key_id(), public.public)
        )

    def take_in(self, count: int = 1) -> list[halls.TakenIn]:
        return [halls.take_in(self.store) for _ in range(count)]


class Watcher:
    """Keeps every status that a line told."""

    def __init__(self) -> None:
        self.told: list[LineStatus] = []
        self._turn = threading.Condition()

    def __call__(self, status: LineStatus) -> None:
        with self._turn:
            self.told.append(status)
            self._turn.notify_all()

    def until(self, wanted: Callable[[LineStatus], bool], seconds: float = 10) -> LineStatus:
        """Return the first status told that is as wanted; wait for it."""
        with self._turn:
            assert self._turn.wait_for(lambda: any(map(wanted, self.told)), seconds), self.told[-3:]
            return next(filter(wanted, self.told))


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.005)
