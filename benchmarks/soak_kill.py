"""SIGKILL of a receiving and printing counter at random moments, and the count of what is left.

    python -m benchmarks.soak_kill --kills 200

A child takes visits in and prints their papers, one after another; it is killed, started again and
goes on where it stood. At the end every visit must be either a draft or received, every case has one
number of its own and papers that can be made, and nothing is there twice.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import IO, Any, Protocol
from uuid import UUID, uuid5

from window_app.app import Entrance
from window_app.domain.papers import PaperState
from window_app.domain.visits import VisitDraft
from window_app.services.desk import Desk

PROJECT = Path(__file__).resolve().parents[1]
VISITS = ("12", "06", "16", "01")
NAMES = UUID("3b0f9c0e-2b1d-4d7e-9a55-0f6f3f3c1a77")
LONGEST_LIFE = 0.6


def visit_id(place: int) -> UUID:
    """Return the id of the visit at a place of the run."""
    return uuid5(NAMES, str(place))


def draft_at(desk: Desk, place: int) -> VisitDraft:
    """Return the visit at a place of the run: the collected ones in turn."""
    name = VISITS[place % len(VISITS)]
    path = next((PROJECT / "tests" / "data" / "visits").glob(f"{name}*.json"))
    return replace(desk.intake.from_json(json.loads(path.read_text("utf-8"))), visit_id=visit_id(place))


def take_in(desk: Desk, place: int) -> None:
    """Take one visit from wherever it stands to confirmed papers; every step may be a repeat."""
    found = desk.receiving.find_received(visit_id(place))
    if found is None:
        draft = draft_at(desk, place)
        desk.reception.save(draft)
        found = desk.receiving.receive(draft, clock_confirmed=True)
    for paper_id in (*(one for case in found.cases for one in case.paper_ids), *found.paper_ids):
        if desk.papers.get(paper_id).state is not PaperState.CONFIRMED:
            desk.papers.print(paper_id)
            desk.papers.confirm(paper_id, came_out=True)


def work(data: Path, place: int) -> None:
    """Be the child: take visits in from a place on until killed."""
    desk = Entrance(data).practise()
    print("open", flush=True)
    for current in count(place):
        take_in(desk, current)
        print(current, flush=True)


class Child(Protocol):
    """A process whose output is read and that is killed; `kill` returns when it has ended."""

    @property
    def stdout(self) -> IO[str]:
        """Return what it writes."""
        ...

    def kill(self) -> int:
        """Send SIGKILL and return the exit code."""
        ...


class NewChild:
    """A child in a new interpreter."""

    def __init__(self, words: Sequence[str]) -> None:
        """Run `python -m` with these words."""
        command = [sys.executable, "-m", *words]
        read, written = os.pipe()
        self.stdout = os.fdopen(read, encoding="utf-8")
        self._process = subprocess.Popen(command, cwd=PROJECT, stdout=written)  # noqa: S603
        os.close(written)

    def kill(self) -> int:
        """Send SIGKILL and return the exit code once it has ended."""
        self._process.kill()
        return self._process.wait()


Start = Callable[[Sequence[str]], Child]


def killed_child(data: Path, place: int, chance: random.Random, start: Start) -> int:
    """Start a child, kill it at a random moment, and return the first place it has not finished."""
    child = start(["benchmarks.soak_kill", "--child", str(data), "--place", str(place)])
    with child.stdout as said:
        if said.readline().strip() != "open":
            raise SystemExit(f"the child did not open its store after place {place}")
        time.sleep(chance.uniform(0.0, LONGEST_LIFE))
        child.kill()
        finished = [int(line) for line in said if line.endswith("\n")]
    return finished[-1] + 1 if finished else place


def audit(data: Path, places: int) -> dict[str, Any]:
    """Return the counts of what the kills left, and every fault."""
    desk = Entrance(data).practise()
    try:
        faults = list(desk.upkeep.integrity())
        counts: Counter[str] = Counter()
        numbers: list[str] = []
        drafts = {draft.visit_id for draft in desk.reception.drafts()}
        for place in range(places):
            faults.extend(_visit_faults(desk, place, drafts, counts, numbers))
        faults.extend(f"number twice: {number}" for number, times in Counter(numbers).items() if times > 1)
        listed = desk.tracking.count()
        if listed != counts["cases"]:
            faults.append(f"{listed} cases in the list, {counts['cases']} in the visits")
        before = desk.tracking.window(None, listed)
        desk.upkeep.rebuild()
        if desk.tracking.window(None, listed) != before:
            faults.append("projections made anew differ")
    finally:
        desk.close()
    return {**counts, "drafts": len(drafts), "faults": faults}


def _visit_faults(desk: Desk, place: int, drafts: set[UUID], counts: Counter[str], numbers: list[str]) -> Iterator[str]:
    found = desk.receiving.find_received(visit_id(place))
    if found is None:
        counts["not_received"] += 1
        return
    counts["visits"] += 1
    if visit_id(place) in drafts:
        yield f"visit {place} is both draft and received"
    taken = [matter.key for matter in draft_at(desk, place).matters if matter.route is not None]
    if [case.matter_key for case in found.cases] != taken:
        yield f"visit {place} has cases {found.cases}"
    for case in found.cases:
        counts["cases"] += 1
        numbers.append(case.number)
        if not case.paper_ids:
            yield f"case {case.number} has no paper"
    for paper in desk.papers.of_visit(visit_id(place)):
        counts["papers"] += 1
        pdf = desk.papers.pdf(paper.record.paper_id)
        if desk.papers.verify_pdf(pdf).verdict.value != "authentic":
            yield f"paper {paper.record.number} {paper.record.kind} does not verify"


def soak(data: Path, kills: int, seed: int, start: Start = NewChild) -> dict[str, Any]:
    """Kill so many times, then finish the last visit, twice over, and count."""
    chance = random.Random(seed)  # noqa: S311  (moments of kills, no secrets)
    Entrance(data).practise().close()
    place = 0
    for _ in range(kills):
        place = killed_child(data, place, chance, start)
    torn = audit(data, place + 1)
    desk = Entrance(data).practise()
    try:
        take_in(desk, place)
        take_in(desk, place)
    finally:
        desk.close()
    whole = audit(data, place + 1)
    printed = len(list((data / "printed").glob("*.pdf")))
    return {"kills": kills, "after_the_last_kill": torn, "after_going_on": whole, "printed": printed}


def main() -> int:
    """Run the soak, or one child of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--place", type=int, default=0, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child is not None:
        work(chosen.child, chosen.place)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = soak(Path(folder) / "data", chosen.kills, chosen.seed)
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return 1 if found["after_the_last_kill"]["faults"] or found["after_going_on"]["faults"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
