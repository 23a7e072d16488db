"""The line as a signed-in counter has it: through the entrance, the worker of the store, and the command line."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from tests.documents.samples import record
from tests.journeys.commands import Commands
from tests.storage import halls
from tests.sync.centres import PASSWORD, Centre, Station
from tests.sync.counters import Watcher, wait_for
from tests.sync.proxy import Faults

from window_app import settings
from window_app.app import Entrance, signer_of, sync_once
from window_app.cli.checking import Note, _line_faults
from window_app.clock import SystemClock
from window_app.documents.signature import qr_text, sign_record
from window_app.domain.line import LineDown, LinkState, PulledEvent, SetApart
from window_app.domain.papers import Verdict, Verification
from window_app.i18n import Catalogue
from window_app.services.desk import Desk
from window_app.settings import Settings
from window_app.storage import setting_apart, store
from window_app.sync.opening import AddressInvalid, read_address
from window_app.tasks import TaskRunner
from window_app.ui.views.lists.line_words import LineWords

QUICK = Settings(line_poll_seconds=1, line_spread_seconds=0, line_deadline_seconds=2)


@contextmanager
def signed_in(directory: Path) -> Iterator[tuple[Desk, TaskRunner]]:
    """Sign in as the window does: on the worker of the store, which the line then shares."""
    settings.save(QUICK, directory)
    with TaskRunner() as runner:
        entrance = Entrance(directory)
        desk = runner.submit(lambda: entrance.sign_in(halls.CLERK.code, PASSWORD, runner=runner)).result(60)
        try:
            yield desk, runner
        finally:
            runner.submit(desk.close).result(60)


def unsent(desk: Desk, runner: TaskRunner) -> int:
    return runner.submit(desk.tracking.count_unsent).result(10)


def test_a_desk_sends_by_itself_and_after_a_nudge_at_once(centre: Centre) -> None:
    with signed_in(centre.disk("east")) as (desk, runner):
        wait_for(lambda: unsent(desk, runner) == 0, 20)
        wait_for(lambda: desk.line.status().state is LinkState.CONNECTED)
        held = len(centre.events())
        assert held > 0
        runner.submit(lambda: halls.take_in(desk.upkeep)).result(10)  # type: ignore[arg-type] # the store
        desk.line.nudge()
        wait_for(lambda: unsent(desk, runner) == 0, 20)
        assert len(centre.events()) == held + 4


def test_the_line_comes_back_by_itself(centre: Centre) -> None:
    with signed_in(centre.disk("east")) as (desk, runner):
        watcher = Watcher()
        desk.line.watch(watcher)
        wait_for(lambda: desk.line.status().state is LinkState.CONNECTED, 20)
        centre.proxy.faults = Faults(refuse=True)
        centre.proxy.cut_all(reset=True)
        watcher.until(lambda status: status.state is LinkState.DOWN, 20)
        runner.submit(lambda: halls.take_in(desk.upkeep)).result(10)  # type: ignore[arg-type]
        centre.proxy.heal()
        wait_for(lambda: unsent(desk, runner) == 0, 30)


def test_a_desk_closes_at_once_though_the_centre_is_silent(centre: Centre) -> None:
    with signed_in(centre.disk("east")) as (desk, runner):
        wait_for(lambda: desk.line.status().state is LinkState.CONNECTED, 20)
        struck = Faults(silent=True)
        centre.proxy.strike(b"sync_v1.", struck)
        desk.line.nudge()
        wait_for(lambda: centre.proxy.faults is struck)
        begun = time.monotonic()
        runner.submit(desk.close).result(30)
        assert time.monotonic() - begun < 1.5


def test_while_the_line_hangs_the_store_answers_at_once(centre: Centre) -> None:
    with signed_in(centre.disk("east")) as (desk, runner):
        wait_for(lambda: desk.line.status().state is LinkState.CONNECTED, 20)
        struck = Faults(silent=True)
        centre.proxy.strike(b"sync_v1.", struck)
        desk.line.nudge()
        wait_for(lambda: centre.proxy.faults is struck)
        begun = time.monotonic()
        runner.submit(lambda: halls.take_in(desk.upkeep)).result(10)  # type: ignore[arg-type]
        assert runner.submit(desk.tracking.count).result(10) == 1
        assert time.monotonic() - begun < 1.5
        case_id = runner.submit(lambda: desk.tracking.window()[0].case_id).result(10)
        with pytest.raises(LineDown):
            desk.line.fetch_bodies(case_id, halls.CLERK.code, "来访人查询")


def test_signing_in_without_a_runner_starts_no_line_and_fetches_on_call(
    centre: Centre, station: Callable[[str], Station]
) -> None:
    east = station("east")
    taken = east.take_in(1)[0]
    east.round()
    directory = centre.disk("west")
    desk = Entrance(directory).sign_in(halls.CLERK.code, PASSWORD)
    try:
        connections = centre.proxy.connections
        assert desk.line.status().state is LinkState.CONNECTING
        desk.line.nudge()
        assert centre.proxy.connections == connections
        assert desk.line.fetch_case(taken.number) is True
        assert desk.tracking.case(taken.number) is not None
        assert desk.line.status().last_contact is not None
    finally:
        desk.close()


def test_practice_has_no_line(tmp_path: Path) -> None:
    desk = Entrance(tmp_path / "practice").practise()
    try:
        assert desk.line.status().state is LinkState.NONE
        desk.line.nudge()
        assert desk.line.fetch_case("nothing") is False
    finally:
        desk.close()


@pytest.fixture
def commands(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Commands]:
    """Definitions are parsed once for all commands of the run."""
    return lambda directory: Commands(directory, tmp_path_factory.getbasetemp() / "commands-home")


SIGNED_IN = {"env": {"WINDOW_APP_CLERK": halls.CLERK.code}, "stdin": PASSWORD + "\n"}


def test_one_round_by_command_reports_what_it_did(centre: Centre, commands, station) -> None:
    east = station("east")
    east.take_in(2)
    east.close()
    done = commands(east.directory)("sync", **SIGNED_IN)
    assert (done.code, done.err) == (0, "")
    assert done.json["outcome"] == "done"
    assert done.json["pushed"] == 8
    assert len(centre.events()) == 8


def test_a_round_by_command_that_reaches_nobody_says_so(centre: Centre, commands) -> None:
    directory = centre.disk("east")
    centre.proxy.close()
    done = commands(directory)("sync", **SIGNED_IN)
    assert done.code == 1
    assert json.loads(done.out)["reason"] == "line.reason.unreachable"
    assert "连不上中心库" in done.err


def test_a_centre_that_moved_is_found_by_its_new_address(centre: Centre, commands) -> None:
    directory = centre.disk("east")
    held = store.open(directory, halls.CLERK.code, PASSWORD)
    own = held.secrets()
    held.close()
    assert own.line is not None
    port = centre.database.server.endpoint.port
    done = commands(directory)("sync", "--address", f"127.0.0.1:{port}", **SIGNED_IN)
    assert done.code == 0, done.err
    assert centre.proxy.connections == 0
    assert commands(directory)("sync", **SIGNED_IN).code == 0
    assert centre.proxy.connections == 0


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("centre.example", ("centre.example", 5432)),
        ("centre.example:6432", ("centre.example", 6432)),
        ("10.0.0.7:6432", ("10.0.0.7", 6432)),
        ("[fe80::1]:6432", ("fe80::1", 6432)),
        ("[fe80::1]", ("fe80::1", 5432)),
    ],
)
def test_an_address_is_read(address: str, found: tuple[str, int]) -> None:
    assert read_address(address, 5432) == found


@pytest.mark.parametrize("address", ["", ":", "centre:port", "centre:70000", "centre:0", "postgresql://centre", "a b"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(AddressInvalid):
        read_address(address, 5432)


def test_an_address_that_is_none_is_not_understood_by_the_command(centre: Centre, commands) -> None:
    done = commands(centre.disk("east"))("sync", "--address", "centre:port", **SIGNED_IN)
    assert (done.code, done.out) == (2, "")


def test_a_practice_hall_has_nobody_to_sync_with(tmp_path: Path, commands) -> None:
    Entrance(tmp_path / "practice").practise().close()
    done = commands(tmp_path / "practice")("sync")
    assert (done.code, done.out) == (1, "")
    assert "没有连接中心库" in done.err


def test_a_check_says_how_the_line_stands(centre: Centre) -> None:
    directory = centre.disk("east")
    settings.save(QUICK, directory)
    held = store.open(directory, halls.CLERK.code, PASSWORD)

    def check() -> tuple[bool, str]:
        said = list(_line_faults(directory, Catalogue(), [held]))
        return all(isinstance(one, Note) for one in said), " ".join(said)

    try:
        ok, said = check()
        assert ok
        assert "已连上中心库" in said
        centre.administration.revoke(held.station().station_id)
        ok, said = check()
        assert not ok
        assert "已停用本站点" in said
        centre.proxy.faults = Faults(silent=True)
        begun = time.monotonic()
        ok, said = check()
        assert ok  # to be without a line is no fault
        assert "没有答复" in said
        assert time.monotonic() - begun < QUICK.line_deadline_seconds + 1.5
    finally:
        held.close()


def test_a_round_goes_on_with_the_new_identity_after_a_fork(
    centre: Centre, station: Callable[[str], Station], tmp_path: Path
) -> None:
    east = station("east")
    east.take_in(1)
    east.round()
    clone = east.copy_disk(tmp_path / "clone")
    east.take_in(1)
    east.round()
    held = Station(clone, east.clock)
    taken = held.take_in(1)[0]
    held.close()
    report = sync_once(clone, halls.CLERK.code, PASSWORD)
    assert report.outcome == "done"
    assert report.renewed >= 4
    assert {row[2] for row in centre.events()} >= {event.event_id for event in taken.events}


def test_how_the_line_stands_is_told_by_command_with_what_to_do(commands, station) -> None:
    east = station("east")
    east.round()
    east.take_in(1)
    odd = PulledEvent(7, east.station_id, 9, "", "ab" * 32, b"no envelope", None)
    with east.store._database.transaction():
        setting_apart.keep(east.store._database, odd, setting_apart.UNREADABLE, "310101")
        setting_apart.date(east.store._database, east.clock.now())
    east.close()
    done = commands(east.directory)("line", "status", **SIGNED_IN)
    said = json.loads(done.out)
    assert done.code == 1, "somebody is to look at it"
    assert said["last_contact"] is not None
    assert (said["unsent"]["count"], {one["state"] for one in said["unsent"]["first"]}) == (4, {"waiting"})
    (apart,) = said["set_apart"]["first"]
    assert (apart["station"], apart["lseq"], apart["fseq"]) == ("east", 9, 7)
    assert apart["since"] is not None
    assert apart["reason"] == "本程序读不出这条记录。"
    assert "更新本程序" in apart["to_do"]
    assert (said["set_apart"]["new"], apart["seen"]) == (1, None)
    noted = commands(east.directory)("line", "seen", **SIGNED_IN)
    assert (noted.code, json.loads(noted.out)) == (0, {"seen": 1})
    again = commands(east.directory)("line", "status", **SIGNED_IN)
    said = json.loads(again.out)["set_apart"]
    assert (again.code, said["count"], said["new"]) == (0, 1, 0), "it stays in the list"
    assert said["first"][0]["seen"] is not None


@pytest.mark.parametrize(
    "reason",
    [
        setting_apart.UNREADABLE,
        setting_apart.OTHER_CONTENT,
        setting_apart.TWICE,
        setting_apart.NO_PLACE,
        setting_apart.BODY,
        setting_apart.FOLD,
    ],
)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_person_is_told_why_something_was_set_apart_and_what_to_do(reason: str, language: str) -> None:
    words = LineWords(Catalogue(language), SystemClock(), office=False)
    row = SetApart(None, None, UUID(int=0xABCD << 112), 9, reason, SystemClock().now() - timedelta(hours=3), "西二")
    told = words.apart([row, replace(row, lseq=12), replace(row, station="", noticed_at=None)])
    assert told.startswith(Catalogue(language).text(f"line.apart.{reason}"))
    assert {"zh_CN": "西二 第 9, 12 号，3 小时前。", "en": "西二, no. 9, 12, 3"}[language] in told
    assert {"zh_CN": "abcd0000 第 9 号。", "en": "abcd0000, no. 9."}[language] in told
    assert words.apart_advice(reason)


def test_papers_of_another_counter_are_checked_by_what_the_directory_says_by_now(
    centre: Centre, station: Callable[[str], Station]
) -> None:
    """Before the first round, known; then withdrawn; then its key in wrong hands."""
    east, west = station("east"), centre.disk("west")
    signer = signer_of(east.store.secrets(), east.clock)
    paper = sign_record(replace(record(), issued_at=east.clock.now()), signer)

    def checked() -> Verification:
        with closing(Entrance(west).sign_in(halls.CLERK.code, PASSWORD)) as desk:
            assert (signer.key_id() in desk.verify_page()) == told
            return desk.papers.verify_qr(qr_text(paper))

    told = False
    assert checked().verdict is Verdict.NOT_OURS
    told = True
    sync_once(west, halls.CLERK.code, PASSWORD)
    found = checked()
    assert (found.verdict, found.detail) == (Verdict.AUTHENTIC_UNKNOWN, {})
    centre.administration.revoke(east.station_id)
    sync_once(west, halls.CLERK.code, PASSWORD)
    found = checked()
    assert (found.verdict, found.detail) == (Verdict.AUTHENTIC_UNKNOWN, {"station": "revoked"})
    centre.administration.revoke(east.station_id, key_lost=True)
    sync_once(west, halls.CLERK.code, PASSWORD)
    assert checked().verdict is Verdict.REVOKED
