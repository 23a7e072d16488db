"""The running line: its own thread, at once when nudged, patient when there is no line, gone when told to."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from tests.sync.counters import Counter, Watcher, wait_for

from window_app.domain.line import LineDown, LinkState, StationRefused
from window_app.sync.line import Line, Pace
from window_app.tasks import TaskRunner

SLOW = Pace(poll_seconds=3600, spread_seconds=0, deadline_seconds=5)
QUICK = Pace(poll_seconds=0.02, spread_seconds=0, deadline_seconds=5)


class Least(Random):
    """Chance that always draws the least."""

    def uniform(self, a: float, b: float) -> float:  # noqa: ARG002
        return a


class Most(Random):
    """Chance that always draws the most."""

    def uniform(self, a: float, b: float) -> float:  # noqa: ARG002
        return b


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "hall")
    yield made
    made.store.close()


@pytest.fixture
def runner() -> Iterator[TaskRunner]:
    with TaskRunner() as tasks:
        yield tasks


@pytest.fixture
def begin(counter: Counter, runner: TaskRunner) -> Iterator[Callable[..., tuple[Line, Watcher]]]:
    lines: list[Line] = []

    def begin(pace: Pace = SLOW, chance: Random | None = None) -> tuple[Line, Watcher]:
        # Held back until somebody watches, so that no status is missed.
        ready = threading.Event()
        line = Line(
            counter.store,
            lambda: (ready.wait(5), counter.centre)[1],
            counter.signer,
            clock=counter.clock,
            root_key=counter.store.secrets().root_key,
            runner=runner,
            pace=pace,
            chance=chance,
        )
        lines.append(line)
        watcher = Watcher()
        line.watch(watcher)
        ready.set()
        return line, watcher

    yield begin
    for line in lines:
        line.close()


def connected(status) -> bool:
    return status.state is LinkState.CONNECTED


def down(status) -> bool:
    return status.state is LinkState.DOWN


def acked(counter: Counter, runner: TaskRunner) -> int:
    return runner.submit(counter.store.acked).result(5)


def fail(error: Exception, *names: str) -> Callable[[str], None]:
    def spoil(name: str) -> None:
        if not names or name in names:
            raise error

    return spoil


def test_what_was_received_goes_out_at_once_and_is_confirmed(counter, begin, runner):
    counter.take_in(2)
    line, watcher = begin()
    status = watcher.until(connected)
    assert status.reason == ""
    assert line.status() == status
    assert acked(counter, runner) == len(counter.centre.feed) > 0
    assert {one.sending for one in watcher.told} == {None, (1, len(counter.centre.feed))}


def test_a_nudge_begins_a_round_at_once(counter, begin, runner):
    line, watcher = begin()
    watcher.until(connected)
    runner.submit(counter.take_in).result(5)
    line.nudge()
    wait_for(lambda: len(counter.centre.feed) > 0 and acked(counter, runner) == len(counter.centre.feed))


def test_without_a_nudge_the_centre_is_asked_again_and_again(counter, begin):
    begin(QUICK)
    wait_for(lambda: counter.centre.calls.count("pull") > 5)
    assert counter.centre.calls.count("hello") == 1


def test_an_empty_round_asks_each_feed_once(counter, begin):
    counter.take_in()
    line, watcher = begin()
    watcher.until(connected)
    before = len(counter.centre.calls)
    line.nudge()
    wait_for(lambda: "pull" in counter.centre.calls[before:])
    wait_for(lambda: not line.status().sending)
    assert counter.centre.calls[before:] == ["pull_directory", "pull"]


def test_a_line_that_is_down_says_why_and_when_it_tries_again(counter, begin):
    counter.centre.before = fail(LineDown("unreachable"))
    line, watcher = begin(chance=Most())
    status = watcher.until(down)
    assert status.reason == "line.reason.unreachable"
    assert status.next_try_at is not None
    assert timedelta() < status.next_try_at - counter.clock.now() <= timedelta(seconds=2)
    assert status.last_contact is None
    assert line.status().state is not LinkState.CONNECTED


def test_tries_become_rarer_up_to_a_ceiling(begin):
    line, _ = begin()
    waits = []
    for failures in range(1, 15):
        line._failures = failures
        line._chance = Most()
        waits.append(line._delay(_report("down"), lost=False))
    assert waits[:4] == [2, 4, 8, 16]
    assert waits[-1] == 600
    line._chance = Least()
    assert line._delay(_report("down"), lost=False) == 0
    assert line._delay(_report("done"), lost=False) == SLOW.poll_seconds / 2


def test_the_first_reconnect_after_an_outage_is_spread(counter, begin):
    _, watcher = begin(Pace(0.02, 300, 5), chance=Most())
    watcher.until(connected)
    counter.centre.before = fail(LineDown("cut"))
    status = watcher.until(down)
    assert status.next_try_at is not None
    assert status.next_try_at - counter.clock.now() > timedelta(seconds=250)
    assert status.last_contact is not None


def test_a_nudge_ends_the_wait_of_an_outage(counter, begin):
    line, watcher = begin(Pace(0.02, 300, 5), chance=Most())
    watcher.until(connected)
    counter.centre.before = fail(LineDown("cut"))
    watcher.until(down)
    counter.centre.before = lambda _: None
    watcher.told.clear()
    line.nudge()
    assert watcher.until(connected).next_try_at is None


def test_a_refused_station_is_told_and_nothing_is_lost(counter, begin, runner):
    counter.take_in()
    counter.centre.before = fail(StationRefused())
    _, watcher = begin()
    status = watcher.until(lambda one: one.state is LinkState.REFUSED)
    assert status.reason == "line.refused"
    assert runner.submit(counter.store.count_outbox).result(5) > 0


def test_an_answer_that_never_came_leaves_unknown_until_it_is_rechecked(counter, begin, runner):
    counter.take_in()
    counter.centre.after = fail(LineDown("timeout", sent=True), "push")
    line, watcher = begin()
    watcher.until(down)
    states = {row.state for row in runner.submit(lambda: counter.store.outbox(99)).result(5)}
    assert states == {"unknown"}
    counter.centre.after = lambda _: None
    line.nudge()
    watcher.until(connected)
    assert runner.submit(counter.store.count_outbox).result(5) == 0
    assert len({event.link for event in counter.centre.feed}) == len(counter.centre.feed)


def test_the_offset_of_the_clocks_is_told_and_remembered(counter, begin, runner):
    counter.centre.offset = timedelta(minutes=11)
    _, watcher = begin()
    status = watcher.until(connected)
    assert status.clock_off
    assert status.offset_ms is not None
    assert abs(status.offset_ms - 660_000) < 5_000
    remembered = runner.submit(counter.store.last_contact).result(5)
    assert remembered is not None
    assert remembered[1] == status.offset_ms


def test_what_the_store_remembers_of_the_clock_is_told_before_the_first_contact(counter, begin):
    counter.store.note_contact(counter.clock.now(), -400_000)
    counter.centre.before = fail(LineDown("unreachable"))
    _, watcher = begin()
    assert watcher.until(down).offset_ms == -400_000


def test_a_session_that_is_over_is_begun_anew_without_a_word(counter, begin):
    line, watcher = begin()
    watcher.until(connected)
    refused = [StationRefused()]

    def spoil(name: str) -> None:
        if name == "pull_directory" and refused:
            raise refused.pop()

    counter.centre.before = spoil
    line.nudge()
    wait_for(lambda: counter.centre.calls.count("hello") == 2 and counter.centre.calls[-1] == "counts")
    assert all(status.state is not LinkState.REFUSED for status in watcher.told)


def test_a_mistake_in_the_program_does_not_end_the_line(counter, begin, caplog):
    counter.centre.before = fail(ZeroDivisionError(), "pull")
    line, watcher = begin()
    status = watcher.until(lambda one: one.reason == "line.unexpected")
    assert status.next_try_at is not None
    assert "line.unexpected" in [record.msg for record in caplog.records]
    counter.centre.before = lambda _: None
    line.nudge()
    watcher.until(lambda one: connected(one) and not one.reason)


def test_bodies_are_fetched_between_the_calls_of_the_line(counter, begin):
    line, watcher = begin()
    watcher.until(connected)
    assert line.fetch_bodies(uuid4(), "0012", "handling") == 0
    assert counter.centre.calls[-1] == "bodies"
    assert counter.centre.calls.count("hello") == 1


def test_a_case_is_fetched_by_its_number(counter, begin):
    taken = counter.take_in()[0]
    line, watcher = begin()
    watcher.until(connected)
    assert line.fetch_case(taken.number) is True
    assert line.fetch_case("310101-A1C2-261121-9999-AAA") is False


def test_fetching_without_a_line_says_so(counter, begin):
    counter.centre.before = fail(LineDown("unreachable"))
    line, _ = begin()
    with pytest.raises(LineDown):
        line.fetch_bodies(uuid4(), "0012", "handling")


def test_the_line_ends_while_a_call_hangs(counter, begin):
    hanging, released = threading.Event(), threading.Event()

    def hang(name: str) -> None:
        if name == "pull":
            hanging.set()
            released.wait(20)
            raise LineDown("cut")

    counter.centre.before = hang
    counter.centre.close = released.set
    line, _ = begin()
    assert hanging.wait(5)
    begun = time.monotonic()
    line.close()
    assert time.monotonic() - begun < 1.5
    assert line._loop.join(0)


def test_the_line_ends_from_the_database_worker_itself(counter, begin, runner):
    reached, go_on = threading.Event(), threading.Event()

    def hold(name: str) -> None:
        if name == "pull":
            reached.set()
            go_on.wait(5)

    counter.take_in()
    counter.centre.before = hold
    line, _ = begin()
    assert reached.wait(5)

    def close() -> None:
        go_on.set()
        # The line now waits for the database worker, which this very call holds.
        wait_for(lambda: line._pending is not None)
        line.close()

    begun = time.monotonic()
    runner.submit(close).result(10)
    assert time.monotonic() - begun < 1.5
    assert line._loop.join(0)


def test_a_closed_line_leaves_the_store_alone_and_answers_at_once(begin):
    line, watcher = begin()
    watcher.until(connected)
    line.close()
    line.close()
    line.nudge()
    with pytest.raises(LineDown):
        line.fetch_bodies(uuid4(), "0012", "handling")


def _report(outcome: str):
    from window_app.domain.line import RoundReport

    return RoundReport(outcome)
