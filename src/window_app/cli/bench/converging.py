"""A counter that worked offline and then meets the centre, as a process of its own.

    python -m window_app.cli.bench.converging DIRECTORY CASES

It obeys lines: `fill` takes so many matters in and says how many events that made; `go N` lets the line
run until the replica holds N events of the feed, then says when that was and where it stands. As at a
real counter, the desk has been open all the time: what is measured begins with the line. `bare` writes
the same rows once more, into a table and nothing around it, and says when that was.
"""

import sys
import time
from pathlib import Path

from window_app.app import Entrance, line_signer_of
from window_app.cli.bench.centres import CLERK, FEED, PASSWORD
from window_app.cli.bench.desks import store_of
from window_app.cli.bench.restating import take_in
from window_app.domain.line import Cursor
from window_app.services.desk import Desk
from window_app.storage.yardstick import BareFeed
from window_app.sync.opening import open_line
from window_app.sync.pulling import MOST_PAGE
from window_app.tasks import TaskRunner

LOOK_AGAIN_SECONDS = 0.25


def main() -> None:
    """Obey."""
    directory, cases = Path(sys.argv[1]), int(sys.argv[2])
    desk = Entrance(directory).sign_in(CLERK, PASSWORD)
    try:
        _say("ready")
        for line in sys.stdin:
            words = line.split()
            if words[0] == "fill":
                _say("filled", _fill(desk, cases))
            elif words[0] == "go":
                begun, ended, cursor = _converge(desk, int(words[1]))
                _say("converged", begun, ended, cursor.after, cursor.witness)
            else:
                _say("written", *_write_bare(desk, directory))
                return
    finally:
        desk.close()


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


def _fill(desk: Desk, cases: int) -> int:
    take_in(desk, cases)
    return store_of(desk).count_outbox()


def _converge(desk: Desk, events: int) -> tuple[float, float, Cursor]:
    store = store_of(desk)
    begun = time.monotonic()
    with TaskRunner() as runner:
        signer = line_signer_of(store.secrets(), desk.clock)
        line = open_line(store, signer, desk.clock, desk.settings, runner)
        try:
            while True:
                cursor = runner.submit(lambda: store.cursor(FEED)).result()
                if cursor.after >= events:
                    return begun, time.monotonic(), cursor
                time.sleep(LOOK_AGAIN_SECONDS)
        finally:
            line.close()


def _write_bare(desk: Desk, directory: Path) -> tuple[float, float]:
    bare = BareFeed(directory)
    taken = bare.insert_new(store_of(desk), MOST_PAGE)
    ended = time.monotonic()
    bare.close()
    return ended - taken, ended


if __name__ == "__main__":
    main()
