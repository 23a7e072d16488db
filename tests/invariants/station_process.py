"""A station as a process of its own, to be killed: it takes matters in and goes through rounds until it dies.

    python -m tests.invariants.station_process DIRECTORY HOST PORT DATABASE [--office] [--each N] [--most N]

It says a number only after the commit that gave it, as a printer would: `given NUMBER CASE EVENT EVENT …`;
and after each round: `round OUTCOME PUSHED PULLED`.
"""

import argparse
import os
import sys
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

from tests.invariants.rounds import Way, round_at
from tests.invariants.seats import INSPECTION, Seat

from window_app.errors import WindowAppError

BACK_OFF_SECONDS = 0.1


def say(*words: object) -> None:
    """Say a line; whoever reads it may rely on it."""
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


def work(seat: Seat, way: Way, each: int, most: int) -> None:
    """Take matters in and go through a round after every few of them, until killed or `most` are given."""
    seat.store.station()
    say("open", os.getpid())
    line = round_at(seat, way)
    given = 0
    for turn in count():
        for _ in range(each if given < most and seat.kind == "counter" else 0):
            given += take_in(seat)
        if given < most:
            write_on(seat, turn)
        report = line.run()
        say("round", report.outcome, report.pushed, report.pulled, report.reason or "-")
        if report.outcome == "down":
            # What the line does between two tries, only shorter.
            time.sleep(BACK_OFF_SECONDS)
        if report.outcome == "renewed":
            line.close()
            line = round_at(seat, way)
        if given >= most and report.outcome == "done" and not report.pushed and not report.pulled:
            say("done")
            return


def take_in(seat: Seat) -> int:
    """Take one matter in and say its number; 0 where the disk did not take it, which is said too."""
    try:
        given = seat.receive()
    except WindowAppError as error:
        say("refused", error.code)
        return 0
    say("given", given.number, given.case_id, *given.event_ids)
    return 1


def write_on(seat: Seat, turn: int) -> None:
    """Correct, settle or decide one of the newest cases, whoever received it."""
    cases = seat.cases(5)
    if not cases:
        return
    case_id = cases[turn % len(cases)]
    with suppress(WindowAppError):
        if seat.kind == "office" and turn % 2:
            seat.decide(case_id, "accepted", f"决字{turn}")
        elif turn % 4 == 3:
            seat.settle(case_id)
        else:
            seat.set_field(case_id, "phone", f"{seat.name} {turn}")


def main() -> None:
    """Be the station."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("database")
    parser.add_argument("--office", action="store_true")
    parser.add_argument("--each", type=int, default=2)
    parser.add_argument("--most", type=int, default=1_000_000)
    chosen = parser.parse_args()
    kind, office = ("office", INSPECTION) if chosen.office else ("counter", None)
    seat = Seat(chosen.directory.name, chosen.directory, kind, office)
    work(seat, Way(chosen.host, chosen.port, chosen.database), chosen.each, chosen.most)


if __name__ == "__main__":
    main()
