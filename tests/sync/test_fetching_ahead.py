"""While one page is written the next one is fetched: beside it, never before it, and nothing is counted twice."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from tests.sync.counters import Counter

from window_app.domain.line import LineDown, Page, Rewound
from window_app.sync.pulling import FIRST_PAGE
from window_app.sync.round import Round
from window_app.tasks import Loop, TaskRunner

CASES = FIRST_PAGE // 4 * 3  # four events each: two pages, since the second one is larger
SECONDS = 5


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Counter]:
    """A counter whose own events stand in two pages of the centre's feed, none of them pulled yet."""
    made = Counter(tmp_path / "hall")
    made.take_in(CASES)
    pull, made.centre.pull = made.centre.pull, down  # type: ignore[method-assign,assignment] # until everything is handed in
    assert lined(made).run().outcome == "down"
    made.centre.pull = pull  # type: ignore[method-assign]
    assert len(made.centre.feed) == 4 * CASES
    yield made
    made.store.close()


def down(*_: object) -> NoReturn:
    raise LineDown("cut")


def lined(counter: Counter, runner: TaskRunner | None = None) -> Round:
    held = counter.store.secrets()
    if runner is None:
        return Round(counter.store, counter.centre, counter.signer, clock=counter.clock, root_key=held.root_key)
    return Round(
        counter.store,
        counter.centre,
        counter.signer,
        clock=counter.clock,
        root_key=held.root_key,
        submit=lambda work: runner.submit(work).result(),
        begin=lambda work: runner.submit(work).result,
    )


def test_the_next_page_is_asked_for_before_the_present_one_is_written(full: Counter) -> None:
    asked, apply, pull = threading.Event(), full.store.apply, full.centre.pull
    pulls: list[int] = []

    def counting(feed, cursor, limit):
        pulls.append(cursor.after)
        if len(pulls) == 2:
            asked.set()
        return pull(feed, cursor, limit)

    def waiting(page, prepared=None, near=None):
        assert asked.wait(SECONDS)
        return apply(page, prepared, near)

    full.centre.pull, full.store.apply = counting, waiting  # type: ignore[method-assign]
    with TaskRunner() as runner:
        report = lined(full, runner).run()
    assert (report.outcome, report.compared, report.differing) == ("done", True, ())
    assert pulls == [0, FIRST_PAGE]
    assert full.store.cursor("310101").after == 4 * CASES


def test_a_line_that_breaks_ahead_leaves_the_page_that_was_written(full: Counter) -> None:
    pull = full.centre.pull

    def breaking(feed, cursor, limit):
        if cursor.after:
            raise LineDown("cut")
        return pull(feed, cursor, limit)

    full.centre.pull = breaking  # type: ignore[method-assign]
    report = lined(full).run()
    assert (report.outcome, full.store.cursor("310101").after) == ("down", FIRST_PAGE)
    full.centre.pull = pull  # type: ignore[method-assign]
    assert lined(full).run().outcome == "done"
    assert full.store.cursor("310101").after == 4 * CASES


def test_a_centre_set_back_meanwhile_is_followed_from_where_the_replica_stands(full: Counter) -> None:
    pull, once = full.centre.pull, [True]

    def rewinding(feed, cursor, limit):
        if cursor.after and once:
            once.clear()
            raise Rewound(feed=feed, after=cursor.after)
        return pull(feed, cursor, limit)

    full.centre.pull = rewinding  # type: ignore[method-assign]
    report = lined(full).run()
    assert report.outcome == "done"
    assert full.store.cursor("310101").after == 4 * CASES
    assert full.store.count_cases() == CASES


def test_a_page_that_cannot_be_written_takes_nothing_behind_it(full: Counter) -> None:
    apply = full.store.apply

    def failing(page, prepared=None, near=None):
        if page.after:
            raise LineDown("cut")  # any error of the store's own
        return apply(page, prepared, near)

    full.store.apply = failing  # type: ignore[method-assign]
    with TaskRunner() as runner:
        assert lined(full, runner).run().outcome == "down"
    assert full.store.cursor("310101").after == FIRST_PAGE


def test_a_page_is_read_once_on_the_thread_of_the_line_and_not_again_where_it_is_written(full: Counter) -> None:
    made: list[tuple[Page, object]] = []
    used: list[tuple[Page, object]] = []
    on: set[str] = set()
    prepare, apply = full.store.prepare, full.store.apply

    def preparing(page):
        on.add(threading.current_thread().name)
        made.append((page, prepare(page)))
        return made[-1][1]

    def applying(page, prepared=None, near=None):
        used.append((page, prepared))
        return apply(page, prepared, near)

    full.store.prepare, full.store.apply = preparing, applying  # type: ignore[method-assign]
    with TaskRunner() as runner:
        assert lined(full, runner).run().outcome == "done"
    assert len(used) == 2
    assert [(id(page), id(prepared)) for page, prepared in used] == [(id(page), id(said)) for page, said in made]
    assert on == {threading.current_thread().name}


def test_the_next_page_is_read_once_the_one_before_is_as_good_as_written(full: Counter) -> None:
    prepare, apply, took = full.store.prepare, full.store.apply, []

    def preparing(page):
        took.append(f"read {page.after}")
        return prepare(page)

    def applying(page, prepared=None, near=None):
        def noted():
            took.append(f"near {page.after}")
            near()

        return apply(page, prepared, noted)

    full.store.prepare, full.store.apply = preparing, applying  # type: ignore[method-assign]
    with TaskRunner() as runner:
        assert lined(full, runner).run().outcome == "done"
    assert took == ["read 0", "near 0", f"read {FIRST_PAGE}", f"near {FIRST_PAGE}"]


def test_a_page_whose_writing_was_called_off_before_it_began_is_not_waited_for(full: Counter) -> None:
    held = full.store.secrets()
    round_ = Round(
        full.store,
        full.centre,
        full.signer,
        clock=full.clock,
        root_key=held.root_key,
        begin=lambda _: down,  # as when a line is closed while the store has other work before it
    )
    outcomes: list[str] = []
    loop = Loop("called off", lambda: outcomes.append(round_.run().outcome))
    assert loop.join(SECONDS)
    assert (outcomes, full.store.cursor("310101").after) == (["down"], 0)
