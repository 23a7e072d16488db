"""Single steps of a round against a centre in memory that can be spoilt at any call."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from tests.storage import halls
from tests.storage.feeds import counted
from tests.sync.counters import Counter
from tests.sync.signed import checkpoint, entries

from window_app.domain.line import (
    BATCH_MOST,
    Greeting,
    LineDown,
    PushAnswer,
    PushCode,
    Rewound,
    StationRefused,
)
from window_app.storage.failures import DiskFull
from window_app.sync.round import Round


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "hall")
    yield made
    made.store.close()


@pytest.fixture
def line(counter: Counter) -> Round:
    return Round(
        counter.store,
        counter.centre,
        counter.signer,
        clock=counter.clock,
        root_key=counter.store.secrets().root_key,
    )


def spoilt(call: str, *errors: Exception) -> Callable[[str], None]:
    """Return what raises the errors in turn at a call, and then nothing more."""
    left = list(errors)

    def spoil(name: str) -> None:
        if name == call and left:
            raise left.pop(0)

    return spoil


def test_batches_halve_until_they_pass_and_grow_again(counter: Counter, line: Round) -> None:
    counter.take_in(40)
    sizes: list[int] = []
    push = counter.centre.push

    def narrow(batch, key_id, signature):
        sizes.append(len(batch.events))
        if len(batch.events) > 24 and len(sizes) < 8:
            raise LineDown("timeout")
        return push(batch, key_id, signature)

    counter.centre.push = narrow  # type: ignore[method-assign] # spoilt on purpose
    outcomes = []
    while "done" not in outcomes:
        outcomes.append(line.run().outcome)
    assert sizes[:5] == [160, 80, 40, 20, 40]
    assert sizes[-1] > 24
    assert max(sizes) <= BATCH_MOST
    assert len(counter.centre.feed) == 160


def test_a_batch_of_one_is_sent_however_often_it_fails(counter: Counter, line: Round) -> None:
    counter.take_in(1)
    counter.centre.before = spoilt("push", *[LineDown("timeout") for _ in range(6)])
    assert [line.run().outcome for _ in range(6)] == ["down"] * 6
    assert line.run().outcome == "done"
    assert len(counter.centre.feed) == 4


def test_a_centre_that_says_ok_and_keeps_nothing_is_no_endless_loop(counter: Counter, line: Round) -> None:
    counter.take_in(1)
    counter.centre.push = lambda *_: PushAnswer(PushCode.OK, 0, "epoch-1")  # type: ignore[method-assign]
    report = line.run()
    assert (report.outcome, report.reason) == ("damaged", "line.stuck")
    assert counter.store.count_outbox() == 4


def test_a_centre_that_always_lacks_something_is_no_endless_loop(counter: Counter, line: Round) -> None:
    counter.take_in(1)
    counter.centre.push = lambda *_: PushAnswer(PushCode.GAP, 0, "epoch-1")  # type: ignore[method-assign]
    assert line.run().reason == "line.stuck"


def test_a_centre_that_always_says_rewound_is_no_endless_loop(counter: Counter, line: Round) -> None:
    counter.take_in(1)
    line.run()
    counter.centre.pull = _always_rewound  # type: ignore[method-assign]
    report = line.run()
    assert (report.outcome, report.reason) == ("damaged", "line.page_damaged")


def _always_rewound(feed, cursor, _):
    raise Rewound(feed=feed, after=cursor.after)


def test_an_answer_lost_at_renewal_is_asked_for_again(counter: Counter, line: Round) -> None:
    counter.take_in(1)
    counter.centre.hello = lambda: Greeting(  # type: ignore[method-assign] # it holds more than this disk does
        counter.clock.now(), "epoch-1", ("310101",), True, 7, 99
    )
    counter.centre.before = spoilt("renew", LineDown("cut", sent=True))
    assert line.run().outcome == "down"
    was = counter.store.station().station_id
    assert line.run().outcome == "renewed"
    assert counter.store.station().station_id == counter.centre.identity.station_id != was


def test_a_station_that_may_renew_no_more_is_refused(counter: Counter, line: Round) -> None:
    counter.take_in(1)
    counter.centre.hello = lambda: Greeting(  # type: ignore[method-assign]
        counter.clock.now(), "epoch-1", ("310101",), True, 7, 99
    )
    counter.centre.before = spoilt("renew", StationRefused("line.renewed_too_often"))
    report = line.run()
    assert (report.outcome, report.reason) == ("refused", "line.renewed_too_often")


def test_a_full_disk_while_a_page_is_written_is_told_and_own_events_went_out(counter: Counter, line: Round) -> None:
    counter.take_in(1)

    def full(*_):
        raise DiskFull()

    apply, counter.store.apply = counter.store.apply, full  # type: ignore[method-assign] # as the disk would
    report = line.run()
    assert (report.outcome, report.reason, report.pushed) == ("damaged", DiskFull.code, 4)
    counter.store.apply = apply  # type: ignore[method-assign]
    assert line.run().outcome == "done"
    assert counter.store.cursor("310101").after == 4


def test_a_definition_set_that_the_centre_refuses_keeps_nothing_from_travelling(counter: Counter, line: Round) -> None:
    counter.take_in(1)
    counter.store.own_sets = lambda: (("ab" * 32, b"{}"),)  # type: ignore[method-assign] # one that does not fit
    counter.centre.before = spoilt("keep_set", StationRefused("line.malformed"))
    assert line.run().pushed == 4


def test_a_definition_set_under_another_name_is_not_kept(counter: Counter, line: Round) -> None:
    counter.store.unknown_sets = lambda: ("ab" * 32,)  # type: ignore[method-assign]
    counter.centre.sets["ab" * 32] = b"something else"
    assert line.run().outcome == "done"
    assert counter.store.find_definition_set("ab" * 32) is None


def miscounting(counter: Counter) -> Callable[[], None]:
    """Have the centre count an event too many; return what ends that."""
    counts = counter.centre.counts

    def wrong(feed, upto):
        found = counts(feed, upto)
        return found and tuple(replace(one, events=one.events + 1) for one in found)

    def right() -> None:
        counter.centre.counts = counts  # type: ignore[method-assign]

    counter.centre.counts = wrong  # type: ignore[method-assign]
    return right


def test_counts_that_differ_are_told_and_looked_into_in_a_new_session(counter: Counter, line: Round) -> None:
    line.run()
    right = miscounting(counter)
    counter.take_in(1)
    report = line.run()
    assert (report.outcome, report.reason, report.rewound) == ("done", "line.differing", 0)
    assert report.differing == (str(counter.store.station().station_id),)
    right()
    counter.take_in(1)
    report = line.run()
    assert (report.reason, report.compared) == ("", True)
    assert counter.centre.calls.count("hello") == 2


def test_a_feed_that_differs_after_a_recheck_is_taken_anew_once_and_stays_told(counter: Counter, line: Round) -> None:
    counter.take_in(2)
    right = miscounting(counter)
    reports = [line.run() for _ in range(4)]
    assert [report.rewound for report in reports] == [1, 0, 0, 0]
    assert {(report.outcome, report.reason) for report in reports} == {("done", "line.differing")}
    assert counter.centre.calls.count("hello") == 1
    assert counter.store.cursor("310101").after == 8
    right()
    assert [line.run().reason for _ in range(2)] == ["", ""]


def test_the_first_round_of_a_session_compares_though_nothing_moved(line: Round) -> None:
    assert [line.run().compared for _ in range(2)] == [True, False]
    line._greeted_at -= 3600
    assert line.run().compared


def test_a_directory_that_was_set_back_is_taken_anew(counter: Counter, line: Round) -> None:
    line.run()
    contents = [entry.content for entry in counter.centre.directory]
    counter.centre.directory = entries(b'{"entry":"list","name":"a"}', *contents)
    assert line.run().outcome == "done"
    end = counter.centre.directory[-1]
    assert counter.store.directory_end() == (end.dseq, end.link)


def test_an_author_whom_the_directory_does_not_name_yet_is_looked_up_once(counter: Counter, line: Round) -> None:
    counter.take_in(1)
    known = counter.centre.directory
    counter.centre.directory = ()
    report = line.run()
    assert (report.outcome, report.reason) == ("damaged", "line.page_damaged")
    assert dict(report.params)["part"] == "author"
    assert counter.store.cursor("310101").after == 0
    # It comes in between: after the directory was asked, before the page is checked.
    asked = counter.centre.calls.count("pull_directory")

    def late(name: str) -> None:
        if name == "pull":
            counter.centre.directory = known

    counter.centre.before = late
    assert line.run().outcome == "done"
    # Behind it the station names its clerk there, and reads on from that.
    calls = counter.centre.calls
    assert calls[: calls.index("append_credit")].count("pull_directory") == asked + 2


def test_a_session_that_grew_old_is_begun_anew(counter: Counter, line: Round) -> None:
    line.run()
    line._greeted_at -= 3600
    line.run()
    assert counter.centre.calls.count("hello") == 2


def test_own_events_of_which_the_recheck_knows_nothing_wait_again(counter: Counter, line: Round) -> None:
    counter.take_in(1)
    counter.centre.before = spoilt("push", LineDown("timeout", sent=True), LineDown("busy"))
    line.run()
    assert {row.state for row in counter.store.outbox(9)} == {"unknown"}
    line.run()
    assert {row.state for row in counter.store.outbox(9)} == {"waiting"}


def test_a_line_lost_while_open_cases_are_fetched_begins_the_feed_anew(counter: Counter, line: Round) -> None:
    """A feed counts as begun only when its open cases are here: nothing would fetch them later."""
    taken = [halls.take_in(counter.store) for _ in range(2)]
    line.run()
    end = json.loads(counter.centre.feed[-1].envelope)
    counts = [[str(station), *found] for station, found in counted(counter.centre.feed).items()]
    counter.centre.start = checkpoint(
        fseq=8, event_id=end["event"], counts=counts, open_cases=[str(one.case_id) for one in taken]
    )
    late = Counter(counter.directory.parent / "late", replace(halls.STATION, station_id=uuid4(), issue_code="B2D4"))
    try:
        late.centre.directory = entries(*[one.content for one in counter.centre.directory])
        late.centre.feed, late.centre.batches = counter.centre.feed, counter.centre.batches
        late.centre.held, late.centre.start = counter.centre.held, counter.centre.start
        begun = Round(late.store, late.centre, late.signer, clock=late.clock, root_key=late.store.secrets().root_key)
        late.centre.before = spoilt("events_of_cases", LineDown("cut", sent=True))
        assert begun.run().outcome == "down"
        assert not late.store.has_feed("310101")
        assert begun.run().outcome == "done"
        assert late.store.cursor("310101").after == 8
        assert late.store.count_cases() == 2
    finally:
        late.store.close()
