"""The attacks typed into psql itself, with a counter's login: what it adds of its own gains nothing either."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.central.pen import Ends, Pen
from tests.postgres import DEBIAN_15, HIDDEN, HOME, CentreDatabase

PSQL = shutil.which("psql", path=os.pathsep.join((str(DEBIAN_15), os.environ.get("PATH", ""))))
pytestmark = pytest.mark.skipif(PSQL is None, reason="no psql here: apt-get install postgresql-client")
DENIED = (
    "TABLE centre.event",
    "TABLE centre.session",
    r"\copy centre.body TO STDOUT",
    "CREATE TEMP TABLE mine AS SELECT 1",
    "SET ROLE window_app_owner",
    "SET SESSION AUTHORIZATION postgres",
    "SELECT gate.station()",
    r"\lo_import FILE",
    r"\lo_export 1 COPY",
    "SELECT pg_notify('x', 'y')",
)
QUIET = (
    "SELECT envelopes FROM sync_v1.pull('\\x00', 'HOME', 0, NULL, 10)",
    "SELECT envelopes FROM sync_v1.pull('\\x00', 'HIDDEN', 0, NULL, 10)",
    "SELECT contents FROM sync_v1.bodies('\\x00', '00000000-0000-0000-0000-000000000001', 'me', 'to know')",
    "SELECT set_config('window_app.scope', repeat('0', 64), false) <> ''",
)


def typed(centre: CentreDatabase, name: str, line: str) -> tuple[str, str]:
    """Type a line into psql as a station's login; return what it prints and its errors."""
    assert PSQL is not None
    way = centre.stations[name].address
    place = [f"--host={way.host}", f"--port={way.port}", f"--username={way.user}", f"--dbname={way.database}"]
    done = subprocess.run(
        [PSQL, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", *place],
        input=f"{line.rstrip(';')}\n" if line.startswith("\\") else f"{line};\n",
        env={"PGPASSWORD": way.password, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.stdout.strip(), done.stderr.strip()


def test_psql_with_a_counter_s_login_reads_and_changes_nothing(
    ends: Ends, centre: CentreDatabase, victim: Pen, tmp_path: Path
) -> None:
    ends["west"].hello()
    file = tmp_path / "file"
    file.write_text("mine")
    assert typed(centre, "west", "SELECT 'it is let in'") == ("it is let in", "")
    for line in DENIED:
        said, why = typed(centre, "west", line.replace("FILE", str(file)).replace("COPY", str(tmp_path / "copy")))
        assert said == "", line
        assert "permission denied" in why, line
    for line in QUIET:
        said, why = typed(centre, "west", line.replace("HOME", HOME).replace("HIDDEN", HIDDEN))
        assert (said.strip("t"), why) == ("", ""), line
    assert centre.execute("SELECT count(*)::int FROM centre.event") == [(2,)]
    assert victim.last == 2
