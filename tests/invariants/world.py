"""The world of the invariant tests: stations on disks of their own, one centre, a wire between them.

A `Ground` is made once a run: a server, a centre with its stations enrolled, their first disks. A
`World` is a copy of it, database and disks, so that every history begins at the same place.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import select
from tests.invariants.centre_view import CentreView, view_of
from tests.invariants.rounds import Way, one_round, round_at
from tests.invariants.seats import CLERK, INSPECTION, Given, Seat
from tests.invariants.wire import Wire

from window_app.app import Entrance
from window_app.central.administration import CentreAdministration, LinePlace
from window_app.central.enrolment import SealCost, StationParticulars
from window_app.central.keys import KeyFolder
from window_app.domain.line import RoundReport, confidential_feed, district_feed
from window_app.storage.engine import Statement
from window_app.storage.schema import event_table
from window_app.storage.slot_crypto import CHEAP

DISTRICT = "310101"
HOME = district_feed(DISTRICT)
SECRET = confidential_feed(DISTRICT)
HALL = "浦江区人力资源和社会保障服务大厅"
COUNTERS = ("east", "west", "north")
OFFICE = "office"
LATE = "late"
"""A counter that is enrolled and put to work only once there is a checkpoint to begin at."""
MOST_ROUNDS = 12
TURNING_OUT = 3
HELD = Statement(select(event_table.c.event_id, event_table.c.body_digest))
CHEAP_SEAL = SealCost(memory_kib=8, passes=1, lanes=1)


@dataclass(frozen=True)
class Ground:
    """A server with one centre whose stations are enrolled and have never been connected."""

    dsn: str
    database: str
    folder: Path
    names: tuple[str, ...]

    @property
    def place(self) -> LinePlace:
        """Return where the server listens."""
        return place_of(self.dsn, self.database)

    def dsn_of(self, database: str) -> str:
        """Return the administrator's connection string for a database."""
        return make_conninfo(self.dsn, dbname=database)

    def administration(self, database: str) -> CentreAdministration:
        """Return the administration of a centre of this server, whose root key all of them share."""
        return CentreAdministration(self.dsn_of(database), KeyFolder(self.folder / "keys"), cost=CHEAP_SEAL)


def place_of(dsn: str, database: str) -> LinePlace:
    """Return where stations find a database."""
    said = conninfo_to_dict(dsn)
    return LinePlace(str(said["host"]), int(str(said["port"])), database)


def make_ground(dsn: str, folder: Path, counters: Sequence[str] = COUNTERS) -> Ground:
    """Make a centre on a running server and enrol its stations."""
    ground = Ground(dsn, f"ground_{uuid4().hex[:8]}", folder, (*counters, OFFICE))
    known = (*ground.names, LATE)
    create_database(dsn, ground.database)
    KeyFolder.create(folder / "keys")
    ground.administration(ground.database).initialise(DISTRICT)
    for place, name in enumerate(known):
        enrol_seat(ground, ground.database, name, folder / "seats" / name, f"T{place:03d}")
    return ground


def enrol_seat(ground: Ground, database: str, name: str, directory: Path, issue_code: str) -> None:
    """Enrol a station at a centre and set its disk up."""
    office = INSPECTION if name == OFFICE else None
    enrolled = ground.administration(database).enrol(
        StationParticulars(
            station_id=uuid4(),
            kind="counter" if office is None else "office",
            name=name,
            hall=HALL,
            hall_phone="12333",
            hall_address="",
            district=DISTRICT,
            issue_code=issue_code,
            office=office,
        ),
        place_of(ground.dsn, database),
        feeds=None if office is None else (HOME, SECRET),
    )
    entrance = Entrance(directory)
    entrance.enrol(
        entrance.read_enrolment(enrolled.file, enrolled.code), CLERK.code, CLERK.name, CLERK.password, profile=CHEAP
    )


def create_database(dsn: str, name: str, template: str = "template0") -> None:
    """Make a database, as a copy of another one where that is named; whoever is connected to that is turned out."""
    names = {"name": sql.Identifier(name), "template": sql.Identifier(template)}
    words = sql.SQL("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy").format(**names)
    with psycopg.connect(dsn, autocommit=True) as connection:
        for attempt in range(TURNING_OUT, 0, -1):
            if template != "template0":
                turn_out(connection, template)
            try:
                connection.execute(words)
                break
            except psycopg.errors.ObjectInUse:
                # Somebody was still on the way in when the others were turned out.
                if attempt == 1:
                    raise
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {name} FROM PUBLIC").format(**names))
        if template != "template0":
            connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {name} TO window_app_station").format(**names))


def drop_database(dsn: str, name: str) -> None:
    """Drop a database, whoever is connected to it."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def turn_out(connection: psycopg.Connection, database: str) -> None:
    """End every connection to a database."""
    connection.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (database,))


@dataclass
class World:
    """A copy of the ground that histories are played on; a context manager that leaves nothing behind."""

    ground: Ground
    folder: Path
    database: str = ""
    seats: dict[str, Seat] = field(default_factory=dict)
    given: list[Given] = field(default_factory=list)
    lost_with_disk: set[str] = field(default_factory=set)
    only_at_centre: set[str] = field(default_factory=set)
    revoked: set[str] = field(default_factory=set)
    dumps: list[str] = field(default_factory=list)
    reports: list[RoundReport] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.database = f"world_{uuid4().hex[:12]}"
        create_database(self.ground.dsn, self.database, self.ground.database)
        place = self.ground.place
        self.wire = Wire(place.host, place.port)
        for name in self.ground.names:
            shutil.copytree(self.ground.folder / "seats" / name, self.folder / name)
            self.seats[name] = _seat(name, self.folder / name)
        return self

    def __exit__(self, *_: object) -> None:
        for seat in self.seats.values():
            seat.close()
        self.wire.close()
        for database in (self.database, *self.dumps):
            drop_database(self.ground.dsn, database)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def way(self) -> Way:
        """Return the way to the centre, over the wire."""
        return Way("127.0.0.1", self.wire.port, self.database)

    @property
    def dsn(self) -> str:
        """Return the administrator's connection string for the centre."""
        return self.ground.dsn_of(self.database)

    def receive(self, name: str, **how: bool) -> Given:
        """Take a matter in at a seat; its number is then in a visitor's hand."""
        given = self.seats[name].receive(**how)
        self.given.append(given)
        return given

    def sync(self, name: str) -> RoundReport:
        """Go through one round at a seat."""
        report = one_round(self.seats[name], self.way)
        self.reports.append(report)
        return report

    def begin_late(self) -> tuple[RoundReport, list[UUID]]:
        """Have the centre sign a checkpoint, let a new installation begin there, and say which cases were open."""
        made = self.ground.administration(self.database).checkpoint(HOME)
        shutil.copytree(self.ground.folder / "seats" / LATE, self.folder / LATE)
        self.seats[LATE] = _seat(LATE, self.folder / LATE)
        return self.sync(LATE), [UUID(case) for case in json.loads(made.content)["open_cases"]]

    def sync_slowly(self, name: str, most: int, rounds: int) -> list[RoundReport]:
        """Go through rounds of one session on a line that carries so many bytes of a call before its deadline."""
        line = round_at(self.seats[name], self.way)
        self.wire.narrow(most)
        try:
            reports = [line.run() for _ in range(rounds)]
        finally:
            line.close()
            self.wire.calm()
        self.reports.extend(reports)
        return reports

    def clone(self, name: str) -> str:
        """Let a copy of a seat's disk go on as another machine; what was revoked stays so for both."""
        copy = f"{name}+{len(self.seats)}"
        if name in self.revoked:
            self.revoked.add(copy)
        self.seats[name].copy_disk(self.folder / copy)
        self.seats[copy] = _seat(copy, self.folder / copy)
        self.seats[copy].clock.skew = self.seats[name].clock.skew
        return copy

    def revoke(self, name: str) -> None:
        """Revoke a station at the centre."""
        self.ground.administration(self.database).revoke(self.seats[name].store.station().station_id)
        self.revoked |= {one for one in self.seats if one.partition("+")[0] == name.partition("+")[0]}

    def dump(self) -> int:
        """Keep the centre as it stands and return which dump that is."""
        name = f"{self.database}_{len(self.dumps)}"
        create_database(self.ground.dsn, name, self.database)
        self.dumps.append(name)
        return len(self.dumps) - 1

    def restore(self, dump: int) -> None:
        """Set the centre back to a dump; nobody tells it that this happened."""
        drop_database(self.ground.dsn, self.database)
        create_database(self.ground.dsn, self.database, self.dumps[dump])
        # What only the centre and a dead disk held is beyond what any live window can bring back.
        self.lost_with_disk |= self.only_at_centre
        self.only_at_centre.clear()

    def set_disk_back(self, name: str, copy: Path) -> None:
        """Put an earlier disk in the place of a seat's; what it alone held is gone with the other one."""
        held_before = self._held(name)
        self.seats[name].take_disk(copy)
        gone = held_before - self._held(name)
        at_centre = {event.event_id for event in self.view().everywhere()}
        for given in self.given:
            if gone.isdisjoint(given.event_ids):
                continue
            if at_centre.issuperset(given.event_ids):
                self.only_at_centre.add(given.number)
            else:
                self.lost_with_disk.add(given.number)

    def _held(self, name: str) -> set[UUID]:
        return {UUID(bytes=row[0]) for row in self.seats[name].store._database.rows(HELD)}

    def view(self) -> CentreView:
        """Return everything the centre holds."""
        return view_of(self.dsn)

    def drain(self) -> Mapping[str, RoundReport]:
        """Mend every line and go through rounds until nothing moves any more; return the last reports."""
        self.wire.calm()
        last: dict[str, RoundReport] = {}
        for _ in range(MOST_ROUNDS):
            last = {name: self.sync(name) for name in self.seats}
            if not any(_moved(report) for report in last.values()):
                stuck = {name: report for name, report in last.items() if report.outcome not in ("done", "revoked")}
                assert not stuck, stuck
                return last
        raise AssertionError(f"still moving after {MOST_ROUNDS} rounds: {last}")


def _moved(report: RoundReport) -> bool:
    return bool(report.pushed or report.pulled or report.rewound or report.renewed or report.outcome == "renewed")


def _seat(name: str, directory: Path) -> Seat:
    base = name.partition("+")[0]
    if base == OFFICE:
        return Seat(name, directory, "office", INSPECTION)
    return Seat(name, directory)
