"""Behind PgBouncer in transaction mode: one login and one backend for all stations, which their tokens tell apart."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from tests.central.pen import Pen, whole
from tests.postgres import HOME, CentreDatabase

from window_app.domain.line import Cursor, StationRefused
from window_app.sync.postgres import PostgresCentre

PGBOUNCER = os.environ.get("WINDOW_APP_PGBOUNCER") or shutil.which("pgbouncer", path=f"{os.defpath}:/usr/sbin:/sbin")
# Logins stand beside every database of a server: not a name by which another test looks for the centre's own roles.
POOL = "pooling_login"
PASSWORDS = {"pgbouncer": "a verifying password", POOL: "a pooling password"}
STARTS_WITHIN_SECONDS = 20
# As docs/administration.md tells an administrator to do it.
VERIFIER = """
CREATE SCHEMA pooling;
CREATE FUNCTION pooling.verifier(login text, OUT usename name, OUT passwd text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.rolname, a.rolpassword FROM pg_authid a
    WHERE a.rolname = login AND a.rolcanlogin AND NOT a.rolsuper
      AND pg_has_role(a.oid, 'window_app_station', 'MEMBER') $$;
REVOKE ALL ON FUNCTION pooling.verifier(text) FROM PUBLIC;
GRANT USAGE ON SCHEMA pooling TO pgbouncer;
GRANT EXECUTE ON FUNCTION pooling.verifier(text) TO pgbouncer;
"""
SETTINGS = """
[databases]
{name} = host=127.0.0.1 port={server} dbname={name} user={pool}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/userlist.txt
auth_user = pgbouncer
auth_query = SELECT usename, passwd FROM pooling.verifier($1)
pool_mode = transaction
default_pool_size = 1
ignore_startup_parameters = extra_float_digits,options
"""

pytestmark = pytest.mark.skipif(PGBOUNCER is None, reason="no pgbouncer: apt-get install pgbouncer")


@pytest.fixture
def pooled(centre: CentreDatabase, tmp_path: Path) -> Iterator[int]:
    """The port of a PgBouncer in front of the centre."""
    centre.administration.add_pool_login(POOL, PASSWORDS[POOL])
    with psycopg.connect(centre.dsn_admin, autocommit=True) as connection:
        if not connection.execute("SELECT FROM pg_roles WHERE rolname = 'pgbouncer'").fetchall():
            connection.execute(f"CREATE ROLE pgbouncer LOGIN PASSWORD '{PASSWORDS['pgbouncer']}'".encode())
        connection.execute(f'GRANT CONNECT ON DATABASE "{centre.name}" TO pgbouncer'.encode())
        connection.execute(VERIFIER.encode())
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        port: int = door.getsockname()[1]
    said = SETTINGS.format(name=centre.name, server=centre.server.endpoint.port, pool=POOL, port=port, folder=tmp_path)
    (tmp_path / "pgbouncer.ini").write_text(said, "utf-8")
    users = "".join(f'"{login}" "{password}"\n' for login, password in PASSWORDS.items())
    (tmp_path / "userlist.txt").write_text(users, "utf-8")
    words = [str(PGBOUNCER), *(["-u", "nobody"] if os.geteuid() == 0 else []), str(tmp_path / "pgbouncer.ini")]
    opened_to_nobody(tmp_path)
    bouncer = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        listens(port, bouncer)
        yield port
    finally:
        bouncer.terminate()
        bouncer.wait(timeout=20)


def opened_to_nobody(folder: Path) -> None:
    """Let another user, as whom PgBouncer runs where the tests run as root, find its files."""
    for path in (folder, *list(folder.parents)[:3]):
        if path.stat().st_uid == os.geteuid():
            path.chmod(path.stat().st_mode | 0o011)
    for path in folder.iterdir():
        path.chmod(0o644)


def listens(port: int, bouncer: "subprocess.Popen[bytes]") -> None:
    """Wait until PgBouncer answers."""
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while True:
        assert bouncer.poll() is None, "PgBouncer ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.02)
        else:
            return


def end(centre: CentreDatabase, name: str, port: int) -> PostgresCentre:
    """A station's end of the line, over PgBouncer."""
    seat = centre.stations[name]
    return seat.centre(address=replace(seat.address, port=port), prepare_threshold=None)


def test_stations_that_share_one_backend_are_told_apart_by_their_tokens(centre: CentreDatabase, pooled: int) -> None:
    pens = {name: Pen.of(centre.stations[name]) for name in ("east", "west")}
    with closing(end(centre, "east", pooled)) as east, closing(end(centre, "west", pooled)) as west:
        # Call by call in turn, over the same backend.
        for _ in range(3):
            for name, line in (("east", east), ("west", west)):
                pens[name].receive()
                assert pens[name].push(line, pens[name].last).acked == pens[name].last
        assert len(whole(east, HOME, 2)) == len(whole(west, HOME, 4)) == 6
        assert {event.station_id for event in whole(west, HOME)} == {pen.station_id for pen in pens.values()}
        # Bodies of the other's cases do not come, whoever was served before.
        held = {event.station_id for event in west.pull(HOME, Cursor(), 50).events if event.body is not None}
        assert held == {pens["west"].station_id}
        logins = {row[0] for row in centre.execute("SELECT DISTINCT opened_by FROM centre.session")}
        assert logins == {POOL}
        backends = centre.execute("SELECT count(*) FROM pg_stat_activity WHERE usename = %s", POOL)
        assert backends == [(1,)]


def test_a_token_is_worth_nothing_outside_the_pool_and_a_wrong_secret_nothing_inside(
    centre: CentreDatabase, pooled: int
) -> None:
    with closing(end(centre, "east", pooled)) as east:
        east.hello()
        with centre.stations["east"].psql() as direct:
            said = direct.execute("SELECT sync_v1.pull_state(%s, %s, 0, NULL)", (east._token, HOME)).fetchone()
        assert said == ("SESSION",)
    seat = centre.stations["east"]
    stranger = seat.centre(address=replace(seat.address, port=pooled), prepare_threshold=None, secret=b"x" * 32)
    with closing(stranger), pytest.raises(StationRefused):
        stranger.hello()
