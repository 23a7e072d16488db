"""SIGKILL, full disks and upgrades at the line: the cursor and the events agree, and nothing unsent is lost."""

import os
import pickle
import random
import subprocess
import sys
from pathlib import Path

import pytest
from tests.storage import feeds, halls
from tests.storage.feeds import DISTRICT, Feed
from tests.storage.test_bad_disks import small_disk
from tests.storage.test_kills import run_and_kill
from tests.storage.test_migrations import GOOD, later_steps

from window_app.storage import migrate, store
from window_app.storage.failures import DiskFull

KILLS = int(os.environ.get("WINDOW_APP_KILLS", "20"))
on_unix = pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of Unix")

READER = """
import pickle, random, sys
from pathlib import Path
from tests.storage import halls
from window_app.domain.line import Page
records = halls.enter(Path(sys.argv[1]))
feed = pickle.loads((Path(sys.argv[1]) / "feed.pickle").read_bytes())
chance = random.Random()
print("ready", flush=True)
while True:
    after = records.cursor(feed.name).after
    page = feed.page(after, chance.randrange(1, 40), bodies=lambda one: True)
    if not page.events:
        after = records.step_back(feed.name, chance.randrange(1, 200)).after
        continue
    records.apply(page)
    records.note_acked(after, "first")
    print(page.events[-1].fseq, flush=True)
"""

RENEWER = """
import sys
from pathlib import Path
from uuid import uuid4
from tests.storage import halls
from window_app.domain.line import NewIdentity
records = halls.enter(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    taken = halls.take_in(records)
    identity = NewIdentity(uuid4(), "A1C3", b"n" * 32)
    records.renew(identity)
    print(taken.number, identity.station_id, flush=True)
"""


STOPPER = """
import os, pickle, shutil, signal, sys
from pathlib import Path
from tests.storage import halls
hall = Path(sys.argv[1])
feed = pickle.loads((hall / "feed.pickle").read_bytes())
print("ready", flush=True)
for last in range(1, 200):
    copy = hall.with_name(f"copy-{last}")
    shutil.copytree(hall, copy)
    child = os.fork()
    if child == 0:
        records = halls.enter(copy)
        seen = []
        def stop(statement):
            seen.append(statement)
            if len(seen) == last:
                os.kill(os.getpid(), signal.SIGKILL)
        records._database._connection.set_trace_callback(stop)
        records.apply(feed.page(20, 40, bodies=lambda one: True))
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
        break
print(last, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def feed(tmp_path) -> Feed:
    """A feed of three hundred events of four counters."""
    made = Feed()
    counters = [feeds.make(tmp_path / f"counter-{number}", feeds.counter(number)) for number in range(1, 5)]
    for _ in range(19):
        for counter in counters:
            halls.take_in(counter)
            made.take(counter)
    for counter in counters:
        counter.close()
    return made


def assert_agrees(records: store.Store, feed: Feed) -> None:
    after = records.cursor(DISTRICT).after
    assert feeds.held(records) == [(one.fseq, one.envelope) for one in feed.events[:after]]
    assert feeds.counts(records) == feeds.counted(feed.events[:after])
    assert records.integrity() == ()
    before = feeds.projected(records)
    records.rebuild()
    assert feeds.projected(records) == before


@pytest.mark.kill
@on_unix
def test_a_kill_in_the_middle_of_a_page_leaves_cursor_and_events_agreed(hall, feed):
    feeds.make(hall, halls.STATION).close()
    (hall / "feed.pickle").write_bytes(pickle.dumps(feed))
    chance = random.Random()
    for _ in range(max(KILLS // 2, 1)):
        run_and_kill(READER, hall, chance.uniform(0.0, 0.25))
        records = halls.enter(hall)
        assert_agrees(records, feed)
        records.close()
    records = halls.enter(hall)
    feed.bring(records)
    assert_agrees(records, feed)
    assert len(feeds.held(records)) == len(feed.events)
    records.close()


@pytest.mark.kill
@on_unix
def test_a_kill_before_any_statement_of_a_page_leaves_all_of_it_or_nothing(hall, feed):
    records = feeds.make(hall, halls.STATION)
    records.apply(feed.page(0, 20))
    records.close()
    (hall / "feed.pickle").write_bytes(pickle.dumps(feed))
    paths = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, "-c", STOPPER, str(hall)],
        capture_output=True,
        text=True,
        check=True,
        input="",
        env={**os.environ, "PYTHONPATH": paths},
    )
    last = int(done.stdout.split()[-1])
    assert 15 < last < 199
    for place in range(1, last + 1):
        records = halls.enter(hall.with_name(f"copy-{place}"))
        assert records.cursor(DISTRICT).after == (60 if place == last else 20)
        assert_agrees(records, feed)
        records.close()


@pytest.mark.kill
@on_unix
def test_a_kill_while_a_station_is_renewed_leaves_one_whole_chain(hall):
    made = halls.make(hall)
    said = [[halls.take_in(made).number, str(made.station().station_id)]]
    made.close()
    chance = random.Random()
    for _ in range(max(KILLS // 4, 1)):
        said += [line.split() for line in run_and_kill(RENEWER, hall, chance.uniform(0.0, 0.2))]
        records = halls.enter(hall)
        assert records.integrity() == ()
        assert records.rewound is None
        batch = records.own_batch(0, 100_000)
        assert batch is not None
        assert [event.lseq for event in batch.events] == list(range(1, records.count_outbox() + 1))
        assert [str(one) for one, _ in records.incarnations()][-2:].count(said[-1][1]) == 1
        numbers = {row.number for row in records.cases(None, 100_000)}
        assert {number for number, _ in said} <= numbers
        records.close()


def test_a_full_disk_leaves_the_store_as_it_was_before_the_page(tmp_path, feed):
    place = tmp_path / "disk"
    small_disk(place)
    try:
        records = feeds.make(place / "hall", halls.STATION)
        halls.take_in(records)
        records._database.pragma("wal_checkpoint(TRUNCATE)")
        with pytest.raises(DiskFull):
            fill_with_pages(records, feed, place)
        applied = records.cursor(DISTRICT).after
        assert 0 < applied < len(feed.events)
        assert feeds.held(records) == [(one.fseq, one.envelope) for one in feed.events[:applied]]
        (place / "ballast").write_bytes(b"x" * (room(place) + (place / "ballast").stat().st_size - 4096))
        with pytest.raises(DiskFull):
            acknowledge_without_end(records)
        assert records.acked() in (0, 1, 2, 3)
        (place / "ballast").unlink()
        assert_agrees(records, feed)
        feed.bring(records)
        assert len(feeds.held(records)) == len(feed.events)
        records.close()
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill_with_pages(records: store.Store, feed: Feed, place: Path) -> None:
    ballast = place / "ballast"
    ballast.write_bytes(b"x" * max(room(place) - 200_000, 0))
    for after in range(0, len(feed.events), 10):
        records.apply(feed.page(after, 10, bodies=feeds.everything))


def acknowledge_without_end(records: store.Store) -> None:
    for turn in range(5000):
        records.note_acked(turn % 4, "e" * 4000)


def room(place: Path) -> int:
    found = os.statvfs(place)
    return found.f_bavail * found.f_frsize


def test_an_upgrade_with_five_hundred_unsent_events_loses_none(hall, records, monkeypatch, tmp_path):
    for _ in range(125):
        halls.take_in(records)
    records.note_outcome(1, 20, "unknown", "line.cut")
    before = records.own_batch(0, 1000)
    assert before is not None
    assert len(before.events) == 500
    records.close()
    config = later_steps(tmp_path, GOOD)
    monkeypatch.setattr(migrate, "HEAD", "9001")
    monkeypatch.setattr(migrate, "configuration", lambda: config)
    again = halls.enter(hall)
    assert migrate.revision(again._database) == "9001"
    assert again.own_batch(0, 1000) == before
    assert again.count_outbox() == 500
    assert [row.state for row in again.outbox(21)] == ["unknown"] * 20 + ["waiting"]
    assert again.integrity() == ()
    again.close()
