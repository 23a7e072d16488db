"""The measure of counters that worked offline and all come back at once."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from window_app.cli.bench.centres import MeasuredCentre
from window_app.cli.bench.desks import Halls
from window_app.cli.bench.measures import Measure
from window_app.tasks import TaskRunner

COUNTERS = 20
CASES = 500
WITHIN_SECONDS = 60.0
FILLING_AT_ONCE = 2

Counter = subprocess.Popen[str]


def converge(halls: Halls) -> Measure:
    """Measure from the first of many counters' connections until each holds what all have done.

    Each counter is a process with the line as the program runs it: polling, pages, checks,
    projections. Nothing is spread over time. The bound is the value's; what the bare library takes for
    the same rows in as many processes at once stands beside it.
    """
    del halls
    with MeasuredCentre() as centre:
        folders = [centre.enrol(f"counter-{at}") for at in range(COUNTERS)]
        with _counters(folders) as counters:
            events = sum(int(words[0]) for words in _all_obey(counters, "fill", "filled", FILLING_AT_ONCE))
            ends = _all_obey(counters, f"go {events}", "converged", COUNTERS)
            bare = _between(_all_obey(counters, "bare", "written", COUNTERS))
    took = _between(ends)
    places = {tuple(end[2:]) for end in ends}
    alike = places == {(str(events), ends[0][3])}
    detail = {
        "counters": COUNTERS,
        "cases": COUNTERS * CASES,
        "events": events,
        "rows_a_second": events * COUNTERS / took,
        "bare_seconds": bare,
    }
    return Measure("s", took, None, WITHIN_SECONDS, detail=detail, also_met=alike)


def _between(ends: Sequence[Sequence[str]]) -> float:
    """Return the seconds from the first beginning to the last end."""
    return max(float(end[1]) for end in ends) - min(float(end[0]) for end in ends)


@contextmanager
def _counters(folders: Sequence[Path]) -> Iterator[list[Counter]]:
    """Give a waiting process for each folder; those that still live at the end are killed."""
    counters: list[Counter] = []
    try:
        for folder in folders:
            counters.append(_started(folder))
        for counter in counters:
            _answer(counter, "ready")
        yield counters
    finally:
        for counter in counters:
            counter.kill()
            counter.communicate()


def _started(folder: Path) -> Counter:
    return subprocess.Popen(  # noqa: S603 # our own module, our own folder
        [sys.executable, "-m", "window_app.cli.bench.converging", str(folder), str(CASES)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _all_obey(counters: Sequence[Counter], order: str, answer: str, at_once: int) -> list[list[str]]:
    """Give every counter an order, so many at once, and return what they answered."""
    with TaskRunner(at_once) as runner:
        asked = [runner.submit_free(partial(_obey, counter, order, answer)) for counter in counters]
        return [one.result() for one in asked]


def _obey(counter: Counter, order: str, answer: str) -> list[str]:
    if counter.stdin is None:
        raise ValueError(order)
    counter.stdin.write(order + "\n")
    counter.stdin.flush()
    return _answer(counter, answer)


def _answer(counter: Counter, expected: str) -> list[str]:
    said = [] if counter.stdout is None else counter.stdout.readline().split()
    if said[:1] != [expected]:
        raise ValueError(said)
    return said[1:]
