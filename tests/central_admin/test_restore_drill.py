"""The restore drill of docs/administration.md: roles and dump into an empty server, upgrade, audit, stations go on."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from tests.central.pen import Pen
from tests.postgres import CentreDatabase, running_server

from window_app.central.binaries import wheel_binaries
from window_app.central.embedded import EmbeddedServer
from window_app.domain.line import PushCode


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    with running_server(tmp_path) as running:
        yield running


def run(program: str, *arguments: str) -> str:
    """Carry out one of PostgreSQL's programs and return what it printed."""
    done = subprocess.run(
        [wheel_binaries().program(program), *arguments], check=True, capture_output=True, text=True, timeout=60
    )
    return done.stdout


def restored(centre: CentreDatabase, dump: Path, roles: str, server: EmbeddedServer) -> CentreDatabase:
    """Put roles and dump into an empty server, as the administrator would."""
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        for line in roles.splitlines():
            if line.startswith(("CREATE ROLE", "ALTER ROLE", "GRANT")) and " postgres" not in line.split(" WITH ")[0]:
                connection.execute(line.encode())
        connection.execute(b"CREATE DATABASE window_app TEMPLATE template0")
    run("pg_restore", "--exit-on-error", "--dbname", server.endpoint.dsn("window_app"), str(dump))
    made = CentreDatabase(server, "window_app", centre.keys)
    made.administration.upgrade()
    made.stations.update({name: replace(seat, database="window_app") for name, seat in centre.stations.items()})
    return made


def test_a_restored_dump_takes_again_what_came_after_it(
    centre: CentreDatabase, pen: Pen, empty_server: EmbeddedServer, tmp_path: Path
) -> None:
    end = centre.stations["east"].centre()
    end.hello()
    pen.receive()
    pen.push(end)
    run("pg_dump", "--format=custom", f"--file={tmp_path / 'dump'}", centre.dsn_admin)
    roles = run("pg_dumpall", "--roles-only", f"--dbname={centre.dsn_admin}")
    pen.receive()
    assert pen.push(end, pen.last).code is PushCode.OK
    end.close()
    after = restored(centre, tmp_path / "dump", roles, empty_server)
    seat = after.stations["east"]
    moved = seat.centre(address=replace(seat.address, port=empty_server.endpoint.port))
    try:
        assert moved.hello().acked == pen.last - 1
        assert pen.push(moved, pen.last).acked == pen.last
    finally:
        moved.close()
    said = after.administration.audit()
    assert (said["ok"], said["events"]) == (True, pen.last)
