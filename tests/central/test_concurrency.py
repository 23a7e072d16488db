"""Many at once: the feed stays dense and prefix-closed, a killed writer holds nobody up, a hung call ends."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from random import Random

import psycopg
import pytest
from tests.central.pen import Ends, Pen, event_id, whole
from tests.postgres import HOME, CentreDatabase, StationSeat

from window_app.domain.line import Cursor, LineDown, PushCode

WRITERS = 6
BATCHES = 12


def hand_in(seat: StationSeat, seed: int) -> int:
    """Write and hand in batches of a random size, some of them twice; return how many events."""
    chance, pen, end = Random(seed), Pen.of(seat), seat.centre()
    try:
        for _ in range(BATCHES):
            first = pen.last + 1
            for _ in range(chance.randint(1, 9)):
                pen.receive() if chance.random() < 0.3 else pen.write("VisitOpened")
            for _ in range(chance.choice((1, 1, 2))):
                assert pen.push(end, first).code is PushCode.OK
        return pen.last
    finally:
        end.close()


def roll_back(seat: StationSeat, seed: int) -> None:
    """Hand in events in transactions that are rolled back."""
    chance, pen, end = Random(seed), Pen.of(seat), seat.centre()
    end.hello()
    pen.write("VisitOpened")
    event = pen.written[0]
    values = (end._token, [bytes.fromhex(event.link)], [event.envelope], [event.body])
    end.close()
    with seat.psql() as connection:
        for _ in range(BATCHES * 2):
            with connection.transaction(force_rollback=True):
                connection.execute(
                    "SELECT sync_v1.push(%s, 1, '', %s::bytea[], %s::bytea[], %s::bytea[], 'k', 's')",
                    values,
                    binary=True,
                )
                time.sleep(chance.random() / 500)


def follow(seat: StationSeat, upto: int) -> list[int]:
    """Pull until so many events are here, holding each page to be dense behind the one before."""
    end, witness = seat.centre(), None
    held: list[int] = []
    deadline = time.monotonic() + 60
    try:
        while len(held) < upto and time.monotonic() < deadline:
            page = end.pull(HOME, Cursor(len(held), witness), 20)
            if page.events:
                assert [one.fseq for one in page.events] == list(range(len(held) + 1, len(held) + 1 + len(page.events)))
                held += [one.fseq for one in page.events]
                witness = event_id(page.events[-1].envelope)
        return held
    finally:
        end.close()


def test_writers_that_commit_and_roll_back_leave_a_dense_feed_that_readers_see_in_order(
    centre: CentreDatabase, ends: Ends
) -> None:
    counters = [centre.enrol(f"counter {number}") for number in range(WRITERS)]
    lost = centre.enrol("rolls back")
    with ThreadPoolExecutor(WRITERS + 3) as pool:
        rolling = pool.submit(roll_back, lost, 7)
        writing = [pool.submit(hand_in, seat, seed) for seed, seat in enumerate(counters)]
        reading = pool.submit(follow, centre.stations["west"], WRITERS * BATCHES)
        total = sum(one.result() for one in writing)
        rolling.result()
        reading.result()
    assert len(whole(ends["east"], HOME)) == total
    assert centre.execute("SELECT head FROM centre.feed WHERE feed_id = %s", HOME) == [(total,)]
    assert centre.execute("SELECT count(*), count(DISTINCT event_id), max(fseq) FROM centre.event") == [
        (total, total, total)
    ]
    counted = centre.execute("SELECT sum(events)::int FROM centre.feed_count")
    assert counted == [(total,)]


def test_the_same_batch_from_several_connections_at_once_is_stored_once(centre: CentreDatabase, ends: Ends) -> None:
    pen = ends.pen("east")
    for _ in range(200):
        pen.write("VisitOpened")
    each = [ends.new("east") for _ in range(5)]
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda end: pen.push(end).code, each))
    assert answers == [PushCode.OK] * 5
    assert centre.execute("SELECT count(*) FROM centre.event") == [(200,)]


def test_a_call_to_a_stopped_backend_ends_at_its_deadline(centre: CentreDatabase, ends: Ends) -> None:
    end = ends.new("east", deadline_seconds=0.6)
    end.hello()
    (backend,) = (
        row[0] for row in centre.execute("SELECT pid FROM pg_stat_activity WHERE application_name = 'window-app'")
    )
    pen = ends.pen("east")
    pen.write("VisitOpened")
    os.kill(backend, signal.SIGSTOP)
    try:
        start = time.monotonic()
        with pytest.raises(LineDown) as down:
            pen.push(end)
        assert time.monotonic() - start < 3
        assert (down.value.params["reason"], down.value.sent) == ("timeout", True)
    finally:
        os.kill(backend, signal.SIGCONT)
    assert pen.push(end).acked == 1, "the next call finds its way anew"


def test_connecting_to_a_stopped_server_ends_at_its_deadline(centre: CentreDatabase, ends: Ends) -> None:
    end = ends.new("east", deadline_seconds=0.6)
    server = centre.server.pid()
    assert server is not None
    os.kill(server, signal.SIGSTOP)
    try:
        start = time.monotonic()
        with pytest.raises(LineDown) as down:
            end.hello()
        assert time.monotonic() - start < 3
        assert (down.value.params["reason"], down.value.sent) == ("timeout", False)
    finally:
        os.kill(server, signal.SIGCONT)


def test_closing_from_another_thread_ends_a_call_that_hangs(centre: CentreDatabase, ends: Ends) -> None:
    end = ends.new("east", deadline_seconds=30.0)
    end.hello()
    with psycopg.connect(centre.dsn_admin) as blocker, ThreadPoolExecutor(1) as pool:
        blocker.execute("LOCK TABLE centre.station IN ACCESS EXCLUSIVE MODE")
        hanging = pool.submit(end.hello)
        until = time.monotonic() + 10
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        while centre.execute(waiting) == [(0,)] and time.monotonic() < until:
            time.sleep(0.01)
        start = time.monotonic()
        end.close()
        assert isinstance(hanging.exception(5), LineDown)
        assert time.monotonic() - start < 3


DIES = """
import sys, psycopg
connection = psycopg.connect(sys.argv[1], autocommit=True)
connection.execute("SELECT pg_advisory_lock(7)")
print("holds", flush=True)
connection.execute("BEGIN")
connection.execute("UPDATE centre.feed SET head = head WHERE feed_id = '310101'")
print("sits", flush=True)
sys.stdin.read()
"""


def test_a_writer_that_is_killed_holds_nobody_up(centre: CentreDatabase, ends: Ends) -> None:
    pen = ends.pen("east")
    pen.write("VisitOpened")
    with subprocess.Popen(
        [sys.executable, "-c", DIES, centre.dsn_admin], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(2)] == ["holds\n", "sits\n"]
        with ThreadPoolExecutor(1) as pool:
            pushing = pool.submit(pen.push, ends["east"])
            until = time.monotonic() + 10
            waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            while centre.execute(waiting) == [(0,)] and time.monotonic() < until:
                time.sleep(0.01)
            process.kill()
            assert pushing.result(10).acked == 1
