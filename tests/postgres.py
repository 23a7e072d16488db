"""A real PostgreSQL for tests: one server a worker, a centre copied from a template in a moment.

Import the fixtures into a conftest: `from tests.postgres import fresh_centre, server  # noqa: F401`.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from window_app import __version__
from window_app.central.administration import CentreAdministration, LinePlace
from window_app.central.embedded import EmbeddedServer
from window_app.central.enrolment import SealCost, StationParticulars
from window_app.central.keys import KeyFolder
from window_app.clock import SystemClock
from window_app.domain.enrolment import Enrolment
from window_app.domain.line import confidential_feed, district_feed
from window_app.domain.stores import LineAddress
from window_app.services.setup import read_enrolment
from window_app.sync.postgres import PostgresCentre

DISTRICT = "310101"
HOME = district_feed(DISTRICT)
HIDDEN = confidential_feed(DISTRICT)
DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
MEMORY = Path("/dev/shm")  # noqa: S108 - a copy of a centre takes 30 ms there, and up to a second on a busy disk
# No test of the fixtures' centres cuts the power; those that do start a server of their own.
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
CHEAP_SEAL = SealCost(memory_kib=8, passes=1, lanes=1)
STATIONS: Mapping[str, str | None] = {
    "east": None,
    "west": None,
    "arbitration": "arbitration",
    "inspection": "inspection",
}
_numbers = count(1)


@dataclass(frozen=True)
class StationSeat:
    """An enrolled station as its machine would know it."""

    enrolment: Enrolment
    database: str

    @property
    def address(self) -> LineAddress:
        """Where it finds the centre under test."""
        line = self.enrolment.secrets.line
        assert line is not None
        return replace(line, database=self.database)

    def centre(self, **others: Any) -> PostgresCentre:
        """Return its end of the line; who takes it closes it."""
        given = {"release": __version__, "deadline_seconds": 20.0, "address": self.address, **others}
        address = given.pop("address")
        station = given.pop("station_id", self.enrolment.station.station_id)
        secret = given.pop("secret", self.enrolment.secrets.station_secret)
        return PostgresCentre(address, station, secret, **given)

    def psql(self, **settings: Any) -> psycopg.Connection[Any]:
        """Connect as its login, the way psql would."""
        way = self.address
        return psycopg.connect(
            host=way.host, port=way.port, dbname=way.database, user=way.user, password=way.password,
            autocommit=True, **settings,
        )  # fmt: skip


@dataclass
class CentreDatabase:
    """A centre in a database of its own, with the stations of the template enrolled."""

    server: EmbeddedServer
    name: str
    keys: KeyFolder
    stations: dict[str, StationSeat] = field(default_factory=dict)
    dumps: list[str] = field(default_factory=list)

    @property
    def dsn_admin(self) -> str:
        """The superuser's connection string."""
        return self.server.endpoint.dsn(self.name)

    @property
    def administration(self) -> CentreAdministration:
        """What its administrator does."""
        return CentreAdministration(self.dsn_admin, self.keys, cost=CHEAP_SEAL)

    def execute(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Carry a statement out as superuser and return its rows."""
        with psycopg.connect(self.dsn_admin, autocommit=True) as connection:
            done = connection.execute(statement.encode(), values or None)
            return [] if done.description is None else done.fetchall()

    def enrol(self, name: str, office: str | None = None, *, district: str = DISTRICT, **others: Any) -> StationSeat:
        """Enrol a counter, or an office where one is named; inspection follows the confidential feed as well."""
        hidden = (confidential_feed(district),) if office == "inspection" else ()
        feeds = others.pop("feeds", (district_feed(district), *hidden))
        particulars = StationParticulars(
            station_id=uuid4(), kind="office" if office else "counter", name=name, hall="大厅", hall_phone="12333",
            hall_address="", district=district, issue_code=f"{next(_numbers):04d}", office=office, **others,
        )  # fmt: skip
        endpoint = self.server.endpoint
        place = LinePlace("127.0.0.1", endpoint.port, self.name)
        made = self.administration.enrol(particulars, place, feeds=feeds)
        return StationSeat(read_enrolment(made.file, made.code, SystemClock()), self.name)

    def dump(self) -> str:
        """Keep the centre as it stands now."""
        kept = f"{self.name}_{len(self.dumps)}"
        copy_database(self.server, self.name, kept)
        self.dumps.append(kept)
        return kept

    def restore_to(self, dump: str) -> None:
        """Set the centre back to a dump; nobody tells it."""
        drop_database(self.server, self.name)
        copy_database(self.server, dump, self.name)

    def drop(self) -> None:
        """Remove it with its dumps."""
        for name in (self.name, *self.dumps):
            drop_database(self.server, name)


def copy_database(server: EmbeddedServer, source: str, name: str) -> None:
    """Copy a database, turning out who is connected to it, and close the copy's doors as an upgrade would."""
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        turn_out(connection, source)
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        connection.execute(words.format(sql.Identifier(name), sql.Identifier(source)))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        words = sql.SQL("GRANT CONNECT ON DATABASE {} TO window_app_station, window_app_administrator")
        connection.execute(words.format(sql.Identifier(name)))


def drop_database(server: EmbeddedServer, name: str) -> None:
    """Remove a database, whoever is connected to it."""
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def turn_out(connection: psycopg.Connection[Any], name: str) -> None:
    """End everybody's connection to a database and wait until they are gone."""
    connection.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (name,))


@contextmanager
def running_server(
    folder: Path, *, binaries: Path | None = None, settings: Mapping[str, str] = FAST
) -> Iterator[EmbeddedServer]:
    """Run a server, in memory where the machine has a place for that, and remove it afterwards."""
    place = Path(tempfile.mkdtemp(prefix="pg-", dir=MEMORY if os.access(MEMORY, os.W_OK) else folder))
    # The server runs as somebody else where the tests run as root.
    place.chmod(0o711)
    try:
        with EmbeddedServer(place / "server", binaries=binaries, settings=settings) as running:
            yield running
    finally:
        shutil.rmtree(place, ignore_errors=True)


def make_template(server: EmbeddedServer, folder: Path) -> CentreDatabase:
    """Make a centre of one district with its first stations; copies of it are made, nobody works on it."""
    made = CentreDatabase(server, f"template_{uuid4().hex[:8]}", KeyFolder.create(folder / "keys"))
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        words = sql.SQL("CREATE DATABASE {} TEMPLATE template0")
        connection.execute(words.format(sql.Identifier(made.name)))
    made.administration.initialise(DISTRICT)
    for name, office in STATIONS.items():
        made.stations[name] = made.enrol(name, office)
    return made


@contextmanager
def copy_of(template: CentreDatabase) -> Iterator[CentreDatabase]:
    """Give a centre of one's own, as the template left it."""
    name = f"centre_{uuid4().hex[:8]}"
    copy_database(template.server, template.name, name)
    stations = {seat: replace(held, database=name) for seat, held in template.stations.items()}
    made = CentreDatabase(template.server, name, template.keys, stations)
    try:
        yield made
    finally:
        made.drop()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """The worker's server: fast, never stopped hard."""
    with running_server(tmp_path_factory.mktemp("pg")) as running:
        yield running


@pytest.fixture(scope="session")
def centre_template(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> CentreDatabase:
    """The centre that fresh ones are copied from."""
    return make_template(server, tmp_path_factory.mktemp("keys"))


@pytest.fixture
def fresh_centre(centre_template: CentreDatabase) -> Iterator[CentreDatabase]:
    """A centre of one's own with two counters, an arbitration office and an inspection office."""
    with copy_of(centre_template) as made:
        yield made
