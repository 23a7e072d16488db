"""Counters and an office on a line that fails in every way, for as long as one likes, and the count of what is left.

    python -m benchmarks.soak_line --minutes 10 [--world 60] [--seed N]

Stations are processes that receive, correct, decide and go through rounds without a pause. They are
killed, their line is cut or loses answers, PostgreSQL is stopped at once, the centre is set back to an
earlier copy, a disk is cloned. After each `--world` seconds the line is mended, everybody syncs, everything that
was ever said to a visitor is held against what the centre and the stations hold, and another hall begins
with the next seed: many short lives rather than a long one, whose end would be all that is looked at.

Faults wait for the work and not for the clock: mostly the next one comes when a round has ended well,
so that a slow machine does not spend its time on starting what is killed before it did anything.
"""

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.invariants import checks
from tests.invariants.processes import StationProcess
from tests.invariants.wire import Fault
from tests.invariants.world import OFFICE, Ground, World, make_ground

from window_app.central.embedded import EmbeddedServer
from window_app.domain.events import EventType
from window_app.domain.fold import fold_case

COUNTERS = ("east", "west", "north")
LONGEST_PAUSE = 0.3
PATIENCE_SECONDS = 5.0
LOOK_AGAIN_SECONDS = 0.02
AT_ANY_MOMENT = 0.25
WORLD_SECONDS = 60.0
MOST_CLONES = 2
KEPT_DUMPS = 3


class Soak:
    """One run: the stations' processes, the faults, and what was counted."""

    def __init__(self, server: EmbeddedServer, world: World, chance: random.Random) -> None:
        self._server = server
        self._world = world
        self._chance = chance
        self._running: dict[str, StationProcess] = {}
        self.counts: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()

    def run(self, seconds: float) -> None:
        """Let faults happen for so many seconds, then end every process."""
        faults: list[tuple[Callable[[], None], int]] = [
            (self._kill, 40),
            (self._cut, 10),
            (self._strike, 30),
            (self._stop_server, 3),
            (self._dump, 3),
            (self._restore, 2),
            (self._clone, 1),
        ]
        until = time.monotonic() + seconds
        for name in self._world.seats:
            self._start(name)
        while time.monotonic() < until:
            fault = self._chance.choices([one for one, _ in faults], [weight for _, weight in faults])[0]
            fault()
            if self._chance.random() >= AT_ANY_MOMENT:
                self._await_a_good_round(until)
            # How long nothing happens is part of the fault; nothing waits for it.
            time.sleep(self._chance.uniform(0.0, LONGEST_PAUSE))
        for name in tuple(self._running):
            self._end(name)
        self._world.wire.calm()

    def _await_a_good_round(self, until: float) -> None:
        before, at_most = self._good_rounds(), min(until, time.monotonic() + PATIENCE_SECONDS)
        while self._good_rounds() == before and time.monotonic() < at_most:
            time.sleep(LOOK_AGAIN_SECONDS)

    def _good_rounds(self) -> int:
        ended = sum(times for said, times in self.outcomes.items() if said.startswith("done"))
        return ended + sum(process.count("done") for process in self._running.values())

    def _start(self, name: str) -> None:
        self._running[name] = StationProcess(self._world.seats[name], self._world.way)

    def _end(self, name: str) -> None:
        process = self._running.pop(name)
        self._world.given += process.kill()
        self.counts["rounds"] += len(process.rounds)
        self.outcomes.update(f"{said[0]} {said[3]}".removesuffix(" -") for said in process.rounds)

    def _kill(self) -> None:
        name = self._chance.choice(sorted(self._running))
        self._end(name)
        self.counts["kills"] += 1
        self._start(name)

    def _cut(self) -> None:
        self._world.wire.cut()
        time.sleep(self._chance.uniform(0.0, LONGEST_PAUSE))
        self._world.wire.calm()
        self.counts["cuts"] += 1

    def _strike(self) -> None:
        self._world.wire.strike(self._chance.choice(list(Fault)), self._chance.choice((b"push", b"pull", b"hello")))
        self.counts["calls struck"] += 1

    def _stop_server(self) -> None:
        self._server.stop("immediate")
        self._server.start()
        self.counts["immediate stops of PostgreSQL"] += 1

    def _dump(self) -> None:
        self._alone(self._world.dump)
        self.counts["dumps"] += 1

    def _restore(self) -> None:
        if self._world.dumps:
            kept = range(max(0, len(self._world.dumps) - KEPT_DUMPS), len(self._world.dumps))
            self._alone(lambda: self._world.restore(self._chance.choice(kept)))
            self.counts["restores"] += 1

    def _alone(self, work: Callable[[], object]) -> None:
        self._world.wire.cut()
        try:
            work()
        finally:
            self._world.wire.calm()

    def _clone(self) -> None:
        if len(self._world.seats) - len(self._world.ground.names) >= MOST_CLONES:
            return
        name = self._chance.choice(COUNTERS)
        self._end(name)
        copy = self._world.clone(name)
        self.counts["disks cloned"] += 1
        self._start(name)
        self._start(copy)


def audit(world: World) -> dict[str, Any]:
    """Sync everybody, hold everything against everything, and count."""
    world.drain()
    found = checks.faults(world)
    view = world.view()
    received = [
        event.event_id
        for events in view.feeds.values()
        for event in events
        if f'"type":"{EventType.MATTER_RECEIVED}"'.encode() in event.envelope
    ]
    everywhere = Counter(event.event_id for events in view.feeds.values() for event in events)
    office = world.seats[OFFICE]
    states = [fold_case(office.case_events(case_id)) for case_id in office.cases()]
    return {
        "papers": len(world.given),
        "cases_local": len({row.case_id for seat in world.seats.values() for row in seat.store.cases(None, 10**6)}),
        "cases_central": len(received),
        "events_central": sum(view.heads.values()),
        "duplicates": sum(times - 1 for times in everywhere.values()),
        "conflicts": sum(len(state.conflicts) for state in states if state is not None),
        "anomalies": dict(view.anomalies),
        "set_aside": len(view.quarantine),
        "lost_with_a_dead_disk": len(world.lost_with_disk),
        "faults": found,
    }


def soak(folder: Path, seconds: float, seed: int, each: float) -> dict[str, Any]:
    """Run one world after another for so many seconds and return the sums of their counts."""
    told: dict[str, Any] = {"seed": seed, "worlds": 0, "faults": []}
    until = time.monotonic() + seconds
    with EmbeddedServer(folder / "server") as server:
        ground: Ground = make_ground(server.dsn, folder / "ground", COUNTERS)
        while not told["worlds"] or until - time.monotonic() > each / 2:
            place = told["worlds"]
            with World(ground, folder / f"world-{place}") as world:
                run = Soak(server, world, random.Random(seed + place))  # noqa: S311  (moments of faults, no secrets)
                run.run(min(each, max(until - time.monotonic(), 1.0)))
                found = audit(world)
            counted = {**dict(sorted(run.counts.items())), "outcomes": dict(sorted(run.outcomes.items())), **found}
            print(json.dumps({"seed": seed + place, **counted}, ensure_ascii=False), flush=True)
            _add(told, {"worlds": 1, **counted})
    return told


def _add(total: dict[str, Any], counted: dict[str, Any]) -> None:
    """Add counts, and counts within counts, to those there are."""
    for name, found in counted.items():
        if isinstance(found, dict):
            _add(total.setdefault(name, {}), found)
        elif isinstance(found, list):
            total[name] = [*total.get(name, []), *found]
        else:
            total[name] = total.get(name, 0) + found


def main() -> int:
    """Run the soak and print its counts; a fault makes it fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--world", type=float, default=WORLD_SECONDS, help="seconds of one life of the hall")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        found = soak(Path(folder), chosen.minutes * 60, chosen.seed, chosen.world)
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return 1 if found["faults"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
