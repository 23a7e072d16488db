"""Lines that fail in every way: nothing lost, nothing doubled, no call beyond its deadline."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from tests.sync.centres import DEADLINE, Centre, Station
from tests.sync.counters import wait_for
from tests.sync.proxy import Faults
from tests.sync.test_rounds import both_hold_the_same

from window_app.central.embedded import EmbeddedServer
from window_app.sync import postgres

PUSH = b"sync_v1.push"
PULL = b"sync_v1.pull("
SLACK = 1.5


@contextmanager
def within(seconds: float) -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds


def heals(centre: Centre, *stations: Station) -> None:
    """Let the line be well again and see that everything arrives, once."""
    centre.proxy.heal()
    for station in (*stations, *stations):
        assert station.round().outcome == "done"
    both_hold_the_same(centre, *stations)


def test_a_lost_acknowledgement_is_known_as_unknown_and_then_settled(centre: Centre, east: Station) -> None:
    east.take_in(2)
    centre.proxy.strike(PUSH, Faults(swallow=True))
    with within(2 * DEADLINE + SLACK):
        report = east.round(1.0)
    assert (report.outcome, report.reason) == ("down", "line.reason.timeout")
    assert centre.proxy.struck == 1
    assert {row.state for row in east.store.outbox(99)} == {"unknown"}
    wait_for(lambda: len(centre.events()) == 8)
    heals(centre, east)
    assert len(centre.events()) == 8


def test_a_lost_acknowledgement_is_settled_though_the_counter_never_writes_again(centre: Centre, east: Station) -> None:
    east.take_in(2)
    centre.proxy.strike(PUSH, Faults(swallow=True))
    east.round(1.0)
    wait_for(lambda: len(centre.events()) == 8)
    centre.proxy.heal()
    report = east.round()
    assert (report.outcome, report.pushed) == ("done", 0)
    both_hold_the_same(centre, east)


@pytest.mark.parametrize("after", [1, 900, 4000])
@pytest.mark.parametrize("reset", [False, True])
def test_a_push_cut_in_its_middle_arrives_whole_later(centre: Centre, east: Station, after: int, reset: bool) -> None:
    east.take_in(3)
    centre.proxy.strike(PUSH, Faults(cut_after_sent=after, reset=reset))
    report = east.round()
    assert (report.outcome, report.reason) == ("down", "line.reason.cut")
    assert centre.proxy.struck == 1
    assert centre.events() == []
    heals(centre, east)


@pytest.mark.parametrize("after", [1, 700, 9000])
def test_a_page_cut_in_its_middle_leaves_nothing_behind(
    centre: Centre, east: Station, west: Station, after: int
) -> None:
    east.take_in(10)
    east.round()
    centre.proxy.strike(PULL, Faults(cut_after_answered=after))
    report = west.round()
    assert report.outcome == "down"
    assert west.feed() == []
    assert west.store.cursor("310101").after == 0
    heals(centre, east, west)


@pytest.mark.parametrize("call", [PUSH, PULL, b"sync_v1.hello", b"sync_v1.pull_directory", b"sync_v1.counts"])
def test_a_black_hole_ends_within_the_deadline(centre: Centre, east: Station, call: bytes) -> None:
    east.take_in(1)
    centre.proxy.strike(call, Faults(silent=True))
    with within(1.0 + SLACK):
        report = east.round(1.0)
    assert (report.outcome, report.reason) == ("down", "line.reason.timeout")
    assert centre.proxy.struck == 1
    heals(centre, east)


def test_a_black_hole_from_the_first_byte_ends_within_the_deadline(centre: Centre, east: Station) -> None:
    centre.proxy.faults = Faults(silent=True)
    with within(1.0 + SLACK):
        assert east.round(1.0).reason == "line.reason.timeout"


def test_nobody_at_the_door_is_told_at_once(centre: Centre, east: Station) -> None:
    centre.proxy.close()
    with within(SLACK):
        report = east.round()
    assert (report.outcome, report.reason) == ("down", "line.reason.unreachable")


def test_a_door_that_slams_is_told_at_once(centre: Centre, east: Station) -> None:
    centre.proxy.faults = Faults(refuse=True)
    with within(SLACK):
        assert east.round().outcome == "down"
    heals(centre, east)


def test_on_a_slow_line_everything_arrives_once_in_the_end(centre: Centre, east: Station) -> None:
    east.take_in(20)
    with east.line(0.8) as line:
        centre.proxy.strike(PUSH, Faults(bytes_per_second=40_000))
        outcomes = []
        while "done" not in outcomes:
            outcomes.append(line.run().outcome)
            centre.proxy.faults = Faults(bytes_per_second=200_000)
            assert len(outcomes) < 12
        assert outcomes[0] == "down"
    both_hold_the_same(centre, east)
    assert len(centre.events()) == 80


def test_a_line_with_a_long_delay_still_works(centre: Centre, east: Station) -> None:
    east.take_in(1)
    centre.proxy.faults = Faults(delay=0.05)
    assert east.round().outcome == "done"
    both_hold_the_same(centre, east)


def test_a_stopped_backend_is_left_within_the_deadline(centre: Centre, east: Station) -> None:
    with east.line(1.0) as line:
        assert line.run().outcome == "done"
        east.take_in(2)
        backends = centre.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
            " AND application_name = 'window-app'",
            centre.database.name,
        )
        assert len(backends) == 1
        pid = int(str(backends[0][0]))
        os.kill(pid, signal.SIGSTOP)
        try:
            with within(1.0 + SLACK):
                assert line.run().reason == "line.reason.timeout"
        finally:
            os.kill(pid, signal.SIGCONT)
        assert line.run().outcome == "done"
    heals(centre, east)


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_restart_of_the_server_in_the_middle_of_a_session(
    server: EmbeddedServer, centre: Centre, east: Station, mode
) -> None:
    with east.line() as line:
        assert line.run().outcome == "done"
        east.take_in(1)
        server.stop(mode)
        try:
            assert line.run().outcome == "down"
            assert line.run().outcome == "down"
        finally:
            server.start()
        wait_for(lambda: line.run().outcome == "done", 20)
    both_hold_the_same(centre, east)


def test_a_wrong_secret_is_refused_and_nothing_is_lost(centre: Centre, east: Station) -> None:
    east.take_in(1)
    held = east.store.secrets()
    east.store.replace_secrets(replace(held, station_secret=b"x" * 32))
    report = east.round()
    assert (report.outcome, report.reason) == ("refused", "line.refused")
    assert east.store.count_outbox() == 4
    east.store.replace_secrets(held)
    heals(centre, east)


def test_a_wrong_login_is_told(east: Station) -> None:
    held = east.store.secrets()
    assert held.line is not None
    east.store.replace_secrets(replace(held, line=replace(held.line, password="wrong")))
    report = east.round()
    assert (report.outcome, report.reason) == ("down", "line.reason.login")


def test_a_client_that_is_too_old_is_told_and_loses_nothing(
    centre: Centre, east: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    east.take_in(1)
    monkeypatch.setattr(postgres, "PROTOCOL", 0)
    report = east.round()
    assert (report.outcome, report.reason) == ("refused", "line.client_too_old")
    assert dict(report.params).keys() == {"needed"}
    assert east.store.count_outbox() == 4
    monkeypatch.undo()
    heals(centre, east)
