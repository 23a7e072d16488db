"""A hall that is its own centre, from the form to a case that the centre holds."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from window_app.app import Entrance, sync_once
from window_app.central.administration import CentreAdministration
from window_app.central.embedded import EmbeddedServer
from window_app.central.keys import KeyFolder
from window_app.domain.enrolment import HallParticulars
from window_app.domain.line import LinkState
from window_app.errors import WindowAppError
from window_app.services import practice
from window_app.services.desk import Desk
from window_app.storage import store
from window_app.tasks import TaskRunner

HALL = HallParticulars("310101", "示范大厅", "1号窗口", phone="010-12345678")
CLERK = ("0001", "李窗口", "correct horse")
KILLED = """
import sys
from pathlib import Path
from window_app.app import Entrance
from window_app.central import stand_alone
from window_app.domain.enrolment import HallParticulars
from window_app.storage import store
made = stand_alone.StandAloneCentre.enrol
def enrol(self, hall):
    made(self, hall)
    print("enrolled", flush=True)
    sys.stdin.read()
stand_alone.StandAloneCentre.enrol = enrol
Entrance(Path(sys.argv[1])).create_hall(HallParticulars("310101", "大厅", "1号窗口"), "0001", "李", "correct horse")
"""


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "my hall" / "data"
    yield place
    left = EmbeddedServer(place / "centre").pid()
    if left is not None:
        os.kill(left, signal.SIGQUIT)


@pytest.fixture
def hall(data: Path) -> Entrance:
    entrance = Entrance(data)
    entrance.create_hall(HALL, *CLERK, profile=store.CHEAP)
    return entrance


def until(settled: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not settled():
        assert time.monotonic() < end
        time.sleep(0.02)


def receive(desk: Desk) -> str:
    sample = next(one for one in practice.samples() if not one.draft)
    draft = desk.intake.from_json(practice.dated(sample.intake, desk.clock.today()))
    desk.reception.save(draft)
    return desk.receiving.receive(draft, clock_confirmed=True).cases[0].number


def administration(server: EmbeddedServer, data: Path) -> CentreAdministration:
    return CentreAdministration(server.ensure_database(), KeyFolder(data / "centre-keys"))


def test_its_cases_reach_its_own_centre_which_runs_as_long_as_somebody_is_signed_in(hall: Entrance, data: Path) -> None:
    assert hall.hosts_centre()
    server = EmbeddedServer(data / "centre")
    assert server.pid() is None
    with TaskRunner() as runner:
        desk = runner.submit(lambda: hall.sign_in(CLERK[0], CLERK[2], runner=runner)).result()
        try:
            assert desk.station.phone == HALL.phone
            number = runner.submit(lambda: receive(desk)).result()
            assert number.startswith("310101-A001-")
            desk.line.nudge()
            until(lambda: desk.line.status().state is LinkState.CONNECTED)
            until(lambda: runner.submit(desk.tracking.count_unsent).result() == 0)
            assert server.pid() is not None
        finally:
            runner.submit(desk.close).result()
    assert server.pid() is None
    with server:
        status = administration(server, data).status()
        assert administration(server, data).audit()["ok"]
    assert status["cases"]["310101"] == {"received": 1}
    assert [one["issue_code"] for one in status["stations"]] == ["A001"]


def test_a_port_that_somebody_took_is_followed_and_a_centre_that_does_not_start_keeps_nobody_from_the_work(
    hall: Entrance, data: Path
) -> None:
    taken = EmbeddedServer(data / "centre").endpoint.port
    with socket.create_server(("127.0.0.1", taken)):
        assert sync_once(data, CLERK[0], CLERK[2]).outcome == "done"
    assert EmbeddedServer(data / "centre").endpoint.port != taken
    assert sync_once(data, CLERK[0], CLERK[2]).outcome == "done"

    (data / "centre" / "cluster" / "PG_VERSION").write_text("7\n")
    with TaskRunner() as runner:
        desk = runner.submit(lambda: hall.sign_in(CLERK[0], CLERK[2], runner=runner)).result()
        try:
            assert runner.submit(lambda: receive(desk)).result()
            until(lambda: desk.line.status().state is LinkState.DOWN)
        finally:
            runner.submit(desk.close).result()


def test_a_making_killed_before_the_store_was_there_can_be_done_again(data: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "enrolled\n"
        program.send_signal(signal.SIGKILL)
    entrance = Entrance(data)
    assert entrance.describe() is None
    entrance.create_hall(HALL, *CLERK, profile=store.CHEAP)
    desk = entrance.sign_in(CLERK[0], CLERK[2])
    try:
        # Codes once given are not given again, though nobody ever used them.
        assert desk.station.issue_code == "A004"
    finally:
        desk.close()
    assert sync_once(data, CLERK[0], CLERK[2]).outcome == "done"


@pytest.mark.parametrize(
    ("hall", "clerk", "code"),
    [
        (HallParticulars("3101", "大厅", "1号"), CLERK, "setup.district"),
        (HallParticulars("000000", "大厅", "1号"), CLERK, "setup.district"),
        (HallParticulars("310101", " ", "1号"), CLERK, "setup.hall_name"),
        (HallParticulars("310101", "大厅", ""), CLERK, "setup.hall_name"),
        (HALL, ("", "李", "correct horse"), "setup.clerk_code"),
        (HALL, ("1", "李", "short"), "setup.password_short"),
    ],
)
def test_what_was_mistyped_makes_nothing(
    data: Path, hall: HallParticulars, clerk: tuple[str, str, str], code: str
) -> None:
    with pytest.raises(WindowAppError) as raised:
        Entrance(data).create_hall(hall, *clerk, profile=store.CHEAP)
    assert raised.value.code == code
    assert not data.exists()


def test_a_hall_never_overwrites_what_is_there(data: Path) -> None:
    Entrance(data).practise().close()
    with pytest.raises(WindowAppError) as raised:
        Entrance(data).create_hall(HALL, *CLERK, profile=store.CHEAP)
    assert raised.value.code == "store.exists"
    assert not (data / "centre").exists()
