import threading
from functools import partial

import pytest

from window_app.tasks import Loop, TaskRunner


@pytest.fixture
def runner():
    with TaskRunner() as tasks:
        yield tasks


def test_a_result_comes_back(runner):
    assert runner.submit(lambda: 6 * 7).result(5) == 42
    assert runner.submit_free(lambda: "free").result(5) == "free"


def test_the_database_has_one_thread_and_keeps_the_order(runner):
    seen: list[tuple[int, int]] = []

    def note(n):
        seen.append((n, threading.get_ident()))

    futures = [runner.submit(partial(note, n)) for n in range(200)]
    for future in futures:
        future.result(5)
    assert [n for n, _ in seen] == list(range(200))
    assert len({thread for _, thread in seen}) == 1
    assert seen[0][1] != threading.get_ident()


def test_free_work_runs_beside_a_busy_database(runner):
    release = threading.Event()
    waiting = runner.submit(lambda: release.wait(5))
    assert runner.submit_free(lambda: "done").result(5) == "done"
    assert not waiting.done()
    release.set()
    assert waiting.result(5)


def test_a_failure_reaches_the_one_who_waits_and_the_worker_goes_on(runner):
    failing = runner.submit(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        failing.result(5)
    assert runner.submit(lambda: "still here").result(5) == "still here"


def test_a_failure_that_nobody_waits_for_is_logged(runner, caplog):
    runner.submit_free(lambda: 1 // 0)
    runner.close()
    assert [record.msg for record in caplog.records] == ["task.failed"]


def test_closing_finishes_what_was_submitted():
    seen: list[object] = []
    runner = TaskRunner()
    for n in range(50):
        runner.submit(partial(seen.append, n))
    runner.close()
    assert seen == list(range(50))


def test_a_closed_runner_takes_no_more_work():
    runner = TaskRunner()
    runner.close()
    runner.close()
    with pytest.raises(RuntimeError):
        runner.submit(lambda: None)


def test_a_loop_runs_on_a_thread_of_its_own_until_it_is_told_to_end():
    begun, ended = threading.Event(), threading.Event()
    seen: list[str] = []

    def work():
        seen.append(threading.current_thread().name)
        begun.set()
        ended.wait(5)

    loop = Loop("line", work)
    assert begun.wait(5)
    assert not loop.is_current()
    assert not loop.join(0.01)
    ended.set()
    assert loop.join(5)
    assert seen == ["line"]


def test_a_loop_that_fails_is_logged(caplog):
    assert Loop("line", lambda: 1 // 0).join(5)
    assert [record.msg for record in caplog.records] == ["task.failed"]


def test_a_loop_does_not_wait_for_itself():
    found: list[bool] = []
    begun = threading.Event()

    def work():
        begun.wait(5)
        found.append(loop.is_current() and not loop.join(5))

    loop = Loop("line", work)
    begun.set()
    assert loop.join(5)
    assert found == [True]
