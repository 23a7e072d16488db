"""A real centre on a real PostgreSQL, and stations enrolled at it whose line goes through the test's proxy."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from tests.postgres import CentreDatabase
from tests.storage import halls
from tests.sync.proxy import Proxy

from window_app.app import Entrance, signer_of
from window_app.central.administration import CentreAdministration
from window_app.clock import Clock, SystemClock
from window_app.domain.events import Confidentiality, EventType, NewEvent, Stream, StreamKind
from window_app.domain.ids import new_id
from window_app.domain.line import RoundReport
from window_app.domain.receipt_numbers import draw
from window_app.storage import store
from window_app.storage.engine import Statement
from window_app.storage.opened import Store
from window_app.storage.schema import event_table
from window_app.sync.opening import connect_to_centre
from window_app.sync.round import Round

DISTRICT = "310101"
PASSWORD = halls.CLERK.password
DEADLINE = 5.0


def make_disks(template: CentreDatabase, folder: Path) -> Path:
    """Set up the disks of the template's stations, to be copied for each test."""
    for name in ("east", "west", "inspection"):
        entrance = Entrance(folder / name)
        seat = template.stations[name]
        entrance.enrol(seat.enrolment, halls.CLERK.code, halls.CLERK.name, PASSWORD, profile=store.CHEAP)
    return folder


class Centre:
    """One test's centre, with a proxy before it and the disks of its counters."""

    def __init__(self, database: CentreDatabase, disks: Path, folder: Path) -> None:
        self.database = database
        self.disks = disks
        self.folder = folder
        self.proxy = Proxy("127.0.0.1", database.server.endpoint.port)

    @property
    def administration(self) -> CentreAdministration:
        return self.database.administration

    def close(self) -> None:
        self.proxy.close()

    def disk(self, name: str) -> Path:
        """Return a fresh disk of an enrolled counter whose line goes through the proxy."""
        directory = self.folder / name
        shutil.copytree(self.disks / name, directory)
        held = store.open(directory, halls.CLERK.code, PASSWORD)
        try:
            own = held.secrets()
            assert own.line is not None
            line = replace(own.line, host="127.0.0.1", port=self.proxy.port, database=self.database.name)
            held.replace_secrets(replace(own, line=line))
        finally:
            held.close()
        return directory

    def station(self, name: str, clock: Clock | None = None) -> "Station":
        """Return an enrolled counter, its store open."""
        return Station(self.disk(name), clock or SystemClock())

    def execute(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Run SQL as the superuser."""
        return self.database.execute(query, *values)

    def copy(self) -> str:
        """Keep the centre as it stands, as a backup would, and return the copy's name."""
        self.proxy.cut_all()
        return self.database.dump()

    def restore(self, kept: str) -> None:
        """Put a copy in the place of the centre."""
        self.proxy.cut_all()
        self.database.restore_to(kept)

    def events(self) -> list[tuple[Any, ...]]:
        """Return (station, lseq, event id) of the home feed in its order."""
        return self.execute(
            "SELECT station_id, lseq, event_id FROM centre.event WHERE feed_id = %s ORDER BY fseq", DISTRICT
        )


class Station:
    """A station's disk, its open store, and rounds of its line."""

    def __init__(self, directory: Path, clock: Clock) -> None:
        self.directory = directory
        self.clock = clock
        self.store: Store = self.open()

    def open(self) -> Store:
        self.store = store.open(self.directory, halls.CLERK.code, PASSWORD, clock=self.clock)
        return self.store

    def close(self) -> None:
        self.store.close()

    @property
    def station_id(self) -> UUID:
        return self.store.station().station_id

    def take_in(self, count: int = 1, *, confidential: bool = False) -> list[halls.TakenIn]:
        """Take matters in, as the counter does: one transaction of four events and a number each."""
        return [self._take_in(confidential) for _ in range(count)]

    def _take_in(self, confidential: bool) -> halls.TakenIn:
        now, today, own = self.clock.now(), self.clock.today(), self.store.station()
        visit, case = new_id(now), new_id(now)
        of_visit, of_case = Stream(StreamKind.VISIT, visit), Stream(StreamKind.CASE, case)
        level = Confidentiality.CONFIDENTIAL if confidential else Confidentiality.RESTRICTED
        with self.store.unit_of_work() as work:
            number = str(draw(own.district, own.issue_code, today, work.next_serial(today)))
            stated = [
                NewEvent(of_visit, EventType.VISIT_OPENED),
                halls.received(visit, case, number, office="inspection", confidential=confidential),
                NewEvent(of_case, EventType.PAPER_ISSUED, facts={"paper_id": str(new_id(now))}, confidentiality=level),
                NewEvent(of_visit, EventType.VISIT_CLOSED),
            ]
            return halls.TakenIn(visit, case, number, work.append(halls.AT_COUNTER, stated))

    def set_back(self, to: Path) -> None:
        """Put an earlier copy of the disk in place."""
        self.close()
        shutil.rmtree(self.directory)
        shutil.copytree(to, self.directory)
        self.open()

    def copy_disk(self, to: Path) -> Path:
        self.close()
        shutil.copytree(self.directory, to)
        self.open()
        return to

    @contextmanager
    def line(self, deadline: float = DEADLINE) -> Iterator[Round]:
        """Return a round in a session of its own."""
        held = self.store.secrets()
        signer = signer_of(held, self.clock)
        made = Round(
            self.store,
            connect_to_centre(self.store, deadline),
            signer,
            clock=self.clock,
            root_key=held.root_key,
        )
        try:
            yield made
        finally:
            made.close()

    def round(self, deadline: float = DEADLINE) -> RoundReport:
        """Go through one round."""
        with self.line(deadline) as made:
            return made.run()

    def feed(self) -> list[tuple[object, ...]]:
        """Return (station, lseq, event id) as this replica holds its home feed."""

        columns = event_table.c
        query = Statement(
            select(columns.station_id, columns.lseq, columns.event_id)
            .where(columns.fseq.is_not(None))
            .order_by(columns.fseq)
        )
        rows = self.store._database.rows(query)
        return [(UUID(bytes=station), lseq, UUID(bytes=event)) for station, lseq, event in rows]
