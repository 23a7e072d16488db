"""A centre on an embedded PostgreSQL with its ordinary durability, and counters enrolled at it."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

from window_app import __version__
from window_app.app import Entrance, line_signer_of
from window_app.central.administration import CentreAdministration, LinePlace
from window_app.central.embedded import DATABASE, EmbeddedServer
from window_app.central.enrolment import SealCost, StationParticulars
from window_app.central.keys import KeyFolder
from window_app.cli.bench.desks import store_of
from window_app.documents.signature import Ed25519Signer
from window_app.domain.line import district_feed
from window_app.services.desk import Desk
from window_app.settings import Settings, save
from window_app.storage.slot_crypto import CHEAP
from window_app.storage.store import Store
from window_app.sync.postgres import PostgresCentre
from window_app.sync.round import Round
from window_app.tasks import TaskRunner

DISTRICT = "310101"
FEED = district_feed(DISTRICT)
CLERK = "0012"
PASSWORD = "a measuring password"  # noqa: S105 # of stores that live as long as the measure
DEADLINE_SECONDS = 60.0
_CHEAP_SEAL = SealCost(memory_kib=8, passes=1, lanes=1)


@dataclass
class MeasuredCounter:
    """A counter that was enrolled, signed in, and has a line of its own."""

    desk: Desk
    centre: PostgresCentre
    signer: Ed25519Signer

    @property
    def store(self) -> Store:
        """Return its store."""
        return store_of(self.desk)

    def line(self, runner: TaskRunner | None = None) -> Round:
        """Return its round over the connection it has; with a runner its store works beside it, as in the program."""
        held = self.store.secrets()
        make = partial(Round, self.store, self.centre, self.signer, clock=self.desk.clock, root_key=held.root_key)
        if runner is None:
            return make()
        return make(submit=lambda work: runner.submit(work).result(), begin=lambda work: runner.submit(work).result)


class MeasuredCentre:
    """A centre in a folder of its own, gone afterwards."""

    def __init__(self) -> None:
        """Make nothing yet."""
        self._open = ExitStack()
        self._enrolled = 0
        self.folder = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="wa-")))

    def __enter__(self) -> "MeasuredCentre":
        try:
            self._server = self._open.enter_context(EmbeddedServer(self.folder / "server"))
            self.dsn = self._server.ensure_database()
            self._administration = CentreAdministration(
                self.dsn, KeyFolder.create(self.folder / "keys"), cost=_CHEAP_SEAL
            )
            self._administration.initialise(DISTRICT)
        except BaseException:
            self._open.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def enrol(self, name: str) -> Path:
        """Enrol a counter whose reconnects are not spread over time, and return its data folder."""
        self._enrolled += 1
        place = LinePlace("127.0.0.1", self._server.endpoint.port, DATABASE)
        enrolled = self._administration.enrol(_particulars(name, f"B{self._enrolled:03d}"), place)
        entrance = Entrance(self.folder / name)
        enrolment = entrance.read_enrolment(enrolled.file, enrolled.code)
        entrance.enrol(enrolment, CLERK, "测量", PASSWORD, profile=CHEAP)
        save(Settings(line_spread_seconds=0), entrance.directory)
        return entrance.directory

    @contextmanager
    def counter(self, name: str) -> Iterator[MeasuredCounter]:
        """Give a newly enrolled counter at work, whose line is moved by hand."""
        desk = Entrance(self.enrol(name)).sign_in(CLERK, PASSWORD)
        centre: PostgresCentre | None = None
        try:
            held = store_of(desk).secrets()
            if held.line is None:
                raise ValueError(name)
            centre = PostgresCentre(
                held.line,
                desk.station.station_id,
                held.station_secret,
                release=__version__,
                deadline_seconds=DEADLINE_SECONDS,
            )
            yield MeasuredCounter(desk, centre, line_signer_of(held, desk.clock))
        finally:
            if centre is not None:
                centre.close()
            desk.close()


def _particulars(name: str, issue_code: str) -> StationParticulars:
    return StationParticulars(
        station_id=uuid4(),
        kind="counter",
        name=name,
        hall="测量大厅",
        hall_phone="12333",
        hall_address="",
        district=DISTRICT,
        issue_code=issue_code,
    )
