"""Processes that die, stop, or run out of disk; what they said before is held against what the centre has."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from tests.invariants import checks
from tests.invariants.processes import StationProcess
from tests.invariants.rounds import Way, round_at
from tests.invariants.world import HOME, World, make_ground

from window_app.central.embedded import EmbeddedServer

pytestmark = [
    pytest.mark.kill,
    pytest.mark.xdist_group("invariants-processes"),
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL, SIGSTOP and tmpfs are of Unix"),
]
KILLS = int(os.environ.get("WINDOW_APP_KILLS", "6"))
LONGEST_LIFE = 1.5


@pytest.fixture(scope="module")
def hard_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """A server with its ordinary durability, to be stopped hard."""
    with EmbeddedServer(tmp_path_factory.mktemp("hard") / "server") as server:
        yield server


@pytest.fixture
def hard_world(hard_server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world on that server."""
    folder = tmp_path_factory.mktemp("hard-ground")
    with World(make_ground(hard_server.dsn, folder), folder / "world") as made:
        yield made


def settled(world: World) -> None:
    """Drain a world and hold it to everything."""
    world.drain()
    found = checks.faults(world)
    assert not found, "\n".join(found)


def past_the_wire(world: World) -> Way:
    """Return the way of a process: straight to the server."""
    place = world.ground.place
    return Way(place.host, place.port, world.database)


def test_stations_killed_at_random_moments_of_receiving_and_syncing(world: World, chance: random.Random) -> None:
    way = past_the_wire(world)
    names = ("east", "west", "office")
    for _ in range(max(KILLS // 3, 1)):
        running = [StationProcess(world.seats[name], way) for name in names]
        for process in running:
            process.await_open()
        # The moment of death is the fault itself; nothing waits for it.
        time.sleep(chance.uniform(0.0, LONGEST_LIFE))
        for process in chance.sample(running, len(running)):
            world.given += process.kill()
    print(f"{KILLS} kills, {len(world.given)} numbers given")
    assert world.given
    settled(world)


def test_a_centre_stopped_at_once_in_the_middle_of_work(
    hard_server: EmbeddedServer, hard_world: World, chance: random.Random
) -> None:
    way = past_the_wire(hard_world)
    running = [StationProcess(hard_world.seats[name], way, "--each", "5") for name in ("east", "west")]
    for _ in range(max(KILLS // 3, 1)):
        for process in running:
            process.await_more("done")
        time.sleep(chance.uniform(0.0, 0.3))
        hard_server.stop("immediate")
        hard_server.start()
    for process in running:
        hard_world.given += process.kill()
    settled(hard_world)


def test_a_backend_that_stops_answering_holds_a_round_up_to_its_deadline_and_no_longer(world: World) -> None:
    seat = world.seats["east"]
    line = round_at(seat, past_the_wire(world), deadline=1.5)
    assert line.run().outcome == "done"
    world.given.append(seat.receive())
    backend = _backend_of(world)
    os.kill(backend, signal.SIGSTOP)
    try:
        begun = time.monotonic()
        report = line.run()
        took = time.monotonic() - begun
    finally:
        os.kill(backend, signal.SIGCONT)
        line.close()
    assert (report.outcome, report.reason) == ("down", "line.reason.timeout")
    assert took < 3.0
    settled(world)


def _backend_of(world: World) -> int:
    query = "SELECT pid FROM pg_stat_activity WHERE datname = %s AND usename <> 'postgres'"
    with psycopg.connect(world.ground.dsn) as connection:
        (pid,) = connection.execute(query, (world.database,)).fetchone() or (0,)
    assert pid
    return int(pid)


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Path]:
    """Give a disk of so many megabytes, mounted in a folder."""
    place.mkdir(parents=True)
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root mounts a small disk")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("this machine mounts no tmpfs")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_counter_whose_disk_is_full_gives_no_number_and_goes_on_when_there_is_room(
    world: World, tmp_path: Path
) -> None:
    seat = world.seats["east"]
    with small_disk(tmp_path / "disk", 3) as disk:
        seat.close()
        shutil.copytree(seat.directory, disk / "east")
        seat.directory = disk / "east"
        process = StationProcess(seat, past_the_wire(world), "--each", "20")
        process.await_that(lambda one: bool(one.refused))
        assert process.refused[0].startswith("store.")
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        given = len(process.given)
        process.await_that(lambda one: len(one.given) > given + 40)
        world.given += process.kill()
        settled(world)
        seat.close()


def test_a_centre_whose_disk_is_full_loses_nothing_that_it_had_confirmed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("full")
    with small_disk(folder / "disk", 220) as disk:
        server = EmbeddedServer(disk / "server", settings={"max_wal_size": "64MB", "wal_keep_size": "0"}).start()
        try:
            with World(make_ground(server.dsn, folder / "ground"), folder / "world") as world:
                _fill_up_and_go_on(server, world, disk)
        finally:
            server.stop("immediate")


def _fill_up_and_go_on(server: EmbeddedServer, world: World, disk: Path) -> None:
    world.receive("east")
    assert world.sync("east").outcome == "done"
    filler = disk / "filler"
    with filler.open("wb") as file:
        free = shutil.disk_usage(disk).free - 2 * 1024 * 1024
        file.write(b"\0" * max(free, 0))
    for _ in range(12):
        world.given.append(world.seats["east"].receive(filler=20_000))
    failed = world.sync("east")
    assert failed.outcome == "down", failed
    assert world.seats["east"].store.count_outbox() > 0
    filler.unlink()
    if server.pid() is None:
        server.stop("immediate")
        server.start()
    settled(world)


STRACE = shutil.which("strace")
TRACED = (str(STRACE), "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync")
INJECT = "fsync,fdatasync:error=EIO:when={first}+"


@pytest.mark.skipif(STRACE is None, reason="no strace here")
def test_a_counter_whose_disk_answers_eio_to_a_flush_gives_no_number_that_is_not_kept(
    world: World, chance: random.Random
) -> None:
    seat = world.seats["east"]
    inject = ("-e", f"inject={INJECT.format(first=chance.randrange(12, 40))}")
    process = StationProcess(seat, past_the_wire(world), "--each", "3", wrapped_by=(*TRACED, *inject))
    process.await_that(lambda one: bool(one.refused))
    world.given += process.kill()
    settled(world)


def _each_process_of(server: EmbeddedServer) -> Iterator[str]:
    """Yield what makes strace follow the postmaster and every process it has begun."""
    pid = server.pid()
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if int(folder.name) == pid or parent == pid:
                yield from ("-p", folder.name)


@pytest.mark.skipif(STRACE is None, reason="no strace here")
def test_a_centre_whose_disk_answers_eio_to_a_flush_keeps_what_it_confirmed(
    hard_server: EmbeddedServer, hard_world: World
) -> None:
    process = StationProcess(hard_world.seats["east"], past_the_wire(hard_world), "--each", "5")
    process.await_that(lambda one: one.count("done") > 0)
    injector = subprocess.Popen(
        [*TRACED, *_each_process_of(hard_server), "-e", f"inject={INJECT.format(first=1)}"],
    )
    try:
        process.await_that(lambda one: one.count("down") > 0)
    finally:
        injector.terminate()
        injector.wait(30)
    hard_world.given += process.kill()
    hard_server.stop("immediate")
    hard_server.start()
    assert hard_world.view().heads[HOME] > 0
    settled(hard_world)
