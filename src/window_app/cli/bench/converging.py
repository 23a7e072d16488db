"""A counter that worked offline and then meets the centre, as a process of its own.

    python -m window_app.cli.bench.converging DIRECTORY CASES

It obeys lines: `fill` takes so many matters in and says how many events that made; `go N` lets the line
run until the replica holds N events of the feed, then says when that was and where it stands.
"""

import sys
import time
from pathlib import Path

from window_app.app import Entrance
from window_app.cli.bench.centres import CLERK, FEED, PASSWORD
from window_app.cli.bench.desks import store_of, visits
from window_app.domain.line import Cursor
from window_app.tasks import TaskRunner

LOOK_AGAIN_SECONDS = 0.25


def main() -> None:
    """Obey."""
    directory, cases = Path(sys.argv[1]), int(sys.argv[2])
    _say("ready")
    for line in sys.stdin:
        words = line.split()
        if words[0] == "fill":
            _say("filled", _fill(directory, cases))
        else:
            begun, ended, cursor = _converge(directory, int(words[1]))
            _say("converged", begun, ended, cursor.after, cursor.witness)
            return


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


def _fill(directory: Path, cases: int) -> int:
    desk = Entrance(directory).sign_in(CLERK, PASSWORD)
    try:
        for draft in visits(desk, cases):
            desk.receiving.receive(draft)
        return store_of(desk).count_outbox()
    finally:
        desk.close()


def _converge(directory: Path, events: int) -> tuple[float, float, Cursor]:
    begun = time.monotonic()
    with TaskRunner() as runner:
        desk = Entrance(directory).sign_in(CLERK, PASSWORD, runner=runner)
        try:
            store = store_of(desk)
            while True:
                cursor = runner.submit(lambda: store.cursor(FEED)).result()
                if cursor.after >= events:
                    return begun, time.monotonic(), cursor
                time.sleep(LOOK_AGAIN_SECONDS)
        finally:
            desk.close()


if __name__ == "__main__":
    main()
