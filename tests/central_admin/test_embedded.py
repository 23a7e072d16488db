"""The server of our own: made once, taken over after a kill, never a burden to its machine."""

import os
import platform
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from window_app.central.binaries import Binaries, BinariesMissing, wheel_binaries
from window_app.central.embedded import EmbeddedServer
from window_app.central.postmaster import read_postmaster
from window_app.central.unprivileged import Unprivileged
from window_app.errors import WindowAppError

DEBIAN = Path("/usr/lib/postgresql/15/bin")
PROGRAM = """
import sys
from pathlib import Path
from window_app.central.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1])).start()
print(server.owned, server.pid(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with a blank and a quote in its path, below one that only we may pass."""
    tmp_path.chmod(0o700)
    place = tmp_path / "some body's" / "centre"
    yield place
    left = read_postmaster(place / "cluster")
    if left is not None:
        kill(left.pid)


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedServer]:
    with EmbeddedServer(folder) as started:
        yield started


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGQUIT)
    except ProcessLookupError:
        return
    until(lambda: gone(pid))


def gone(pid: int) -> bool:
    """Answer whether a process has ended, though nobody may have asked for its exit code."""
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True


def until(settled: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not settled():
        assert time.monotonic() < end
        time.sleep(0.01)


def ask(server: EmbeddedServer, question: str) -> object:
    with psycopg.connect(server.dsn) as connection:
        row = connection.execute(question.encode()).fetchone()
    return None if row is None else row[0]


def test_it_answers_over_scram_with_checksums_and_listens_on_this_machine_alone(server: EmbeddedServer) -> None:
    assert ask(server, "SHOW data_checksums") == "on"
    assert ask(server, "SHOW password_encryption") == "scram-sha-256"
    assert ask(server, "SHOW listen_addresses") == "127.0.0.1"
    assert ask(server, "SHOW log_parameter_max_length_on_error") == "0"
    assert ask(server, "SHOW server_encoding") == "UTF8"
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.dsn.replace(server.endpoint.password, "wrong"))


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the memory of other C libraries is not set")
def test_a_session_keeps_the_memory_of_a_page_for_the_next(server: EmbeddedServer) -> None:
    def faults(pid: int) -> int:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[7])

    page = "SELECT array_agg(convert_to(repeat('x', 1000 + n % 7), 'UTF8')) FROM generate_series(1, 3000) AS n"
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        for _ in range(3):
            connection.execute(page)
        before = faults(connection.info.backend_pid)
        connection.execute(page)
        assert faults(connection.info.backend_pid) - before < 200


def test_a_restart_keeps_port_password_and_content(folder: Path) -> None:
    with EmbeddedServer(folder) as server:
        first = server.dsn
        with psycopg.connect(server.ensure_database()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
    assert server.pid() is None
    with EmbeddedServer(folder) as again:
        assert again.dsn == first
        with psycopg.connect(again.ensure_database()) as connection:
            assert connection.execute("SELECT seven FROM kept").fetchone() == (7,)


def test_an_immediate_stop_is_recovered_from(server: EmbeddedServer) -> None:
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
        server.stop("immediate")
    server.start()
    assert ask(server, "SELECT seven FROM kept") == 7


def started_by_a_program(folder: Path) -> tuple["subprocess.Popen[str]", int]:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    owned, pid = program.stdout.readline().split()
    assert owned == "True"
    return program, int(pid)


def test_the_server_of_a_killed_program_is_taken_over(folder: Path) -> None:
    program, pid = started_by_a_program(folder)
    with program:
        program.send_signal(signal.SIGKILL)
    with EmbeddedServer(folder) as server:
        assert server.owned
        assert server.pid() == pid
        assert ask(server, "SELECT 1") == 1
    until(lambda: gone(pid))


def test_a_living_programs_server_is_used_and_left_alone(folder: Path) -> None:
    program, pid = started_by_a_program(folder)
    with program:
        with EmbeddedServer(folder) as server:
            assert not server.owned
            assert ask(server, "SELECT 1") == 1
        assert not gone(pid)
        program.send_signal(signal.SIGKILL)


def test_a_left_over_server_that_does_not_let_us_in_is_ended(folder: Path) -> None:
    program, pid = started_by_a_program(folder)
    with program:
        with psycopg.connect(EmbeddedServer(folder).dsn, autocommit=True) as connection:
            connection.execute("ALTER ROLE postgres PASSWORD 'another'")
        program.send_signal(signal.SIGKILL)
    server = EmbeddedServer(folder).start()
    try:
        assert server.pid() not in (None, pid)
        assert gone(pid)
    finally:
        server.stop()


def test_a_stale_mark_that_names_some_living_process_does_not_keep_the_server_down(folder: Path) -> None:
    EmbeddedServer(folder).start().stop()
    # After a crash of the machine: the number of the old postmaster now belongs to somebody else.
    stale = f"{os.getpid()}\n{folder}/cluster\n1\n5432\n\n127.0.0.1\n\nready\n"
    (folder / "cluster" / "postmaster.pid").write_text(stale)
    with EmbeddedServer(folder) as server:
        assert ask(server, "SELECT 1") == 1
        assert server.pid() != os.getpid()


def test_a_port_that_somebody_took_is_changed(folder: Path) -> None:
    EmbeddedServer(folder).start().stop()
    server = EmbeddedServer(folder)
    taken = server.endpoint.port
    with socket.create_server(("127.0.0.1", taken)), server:
        assert server.endpoint.port != taken
        assert ask(server, "SELECT 1") == 1


def test_a_making_that_was_killed_is_begun_anew(folder: Path) -> None:
    half = folder / "cluster"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    (folder / "password").write_text("half")
    with EmbeddedServer(folder) as server:
        assert ask(server, "SELECT 1") == 1


def test_a_folder_with_other_things_in_it_is_left_alone(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "letter.txt").write_text("mine")
    with pytest.raises(WindowAppError) as raised:
        EmbeddedServer(folder).start()
    assert raised.value.code == "central.embedded_folder"
    assert [entry.name for entry in folder.iterdir()] == ["letter.txt"]


def test_only_the_servers_own_folder_changes_hands(server: EmbeddedServer, tmp_path: Path) -> None:
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
    assert tmp_path.stat().st_uid == os.geteuid()
    assert server.directory.parent.stat().st_uid == os.geteuid()
    assert stat.S_IMODE((server.directory / "password").stat().st_mode) == 0o600
    process = Path(f"/proc/{server.pid()}/status").read_text()
    assert f"Uid:\t{(server.directory / 'cluster').stat().st_uid}\t" in process
    assert "Uid:\t0\t" not in process


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs it as somebody else")
def test_where_all_may_pass_the_account_gets_no_capability_at_all() -> None:
    words = Unprivileged(Path("/usr/bin"), Path("/usr/lib")).command("true")
    assert "--ambient-caps=-all" in words
    assert "dac_override" not in " ".join(words)


def test_missing_binaries_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BinariesMissing):
        EmbeddedServer(tmp_path, binaries=tmp_path / "nowhere")
    monkeypatch.setattr("window_app.central.binaries.WHEEL", "no_such_wheel")
    with pytest.raises(BinariesMissing) as raised:
        wheel_binaries()
    assert raised.value.code == "central.binaries_missing"


def test_a_program_that_is_no_postgresql_is_said(tmp_path: Path) -> None:
    for name in ("postgres", "initdb", "pg_ctl"):
        shutil.copy("/bin/true", tmp_path / name)
    with pytest.raises(BinariesMissing):
        Binaries(tmp_path).release()


@pytest.mark.skipif(not DEBIAN.is_dir(), reason="Debian's PostgreSQL 15 is not installed")
def test_another_postgresql_can_be_named(folder: Path) -> None:
    with EmbeddedServer(folder, binaries=DEBIAN) as server:
        assert str(ask(server, "SHOW server_version")).startswith("15.")
        assert ask(server, "SHOW data_checksums") == "on"
