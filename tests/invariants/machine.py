"""Histories of counters, an office and the centre, with every fault a process can meet without dying."""

import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from tests.invariants import checks
from tests.invariants.seats import Seat
from tests.invariants.wire import Fault
from tests.invariants.world import COUNTERS, LATE, OFFICE, Ground, World

SEATS = st.sampled_from((*COUNTERS, OFFICE))
AT_COUNTER = st.sampled_from(COUNTERS)
PICK = st.integers(0, 1_000)
FIELDS = st.sampled_from(("phone", "employer", "amount"))
VALUES = st.sampled_from(("1", "2", "3"))
STATES = st.sampled_from(("accepted", "refused", "suspended", "closed", "transferred", "returned"))
CALLS = st.sampled_from((b"push", b"pull", b"hello", b"counts"))
FAULTS = st.sampled_from((Fault.ANSWER_LOST, Fault.CUT_BEFORE, Fault.CUT_WITHIN))
YEARS = st.sampled_from((-10, -1, 1, 10))
MOST_CLONES = 2
SLOW_BYTES = 12_000
SLOW_ROUNDS = 8
POISON: tuple[dict[str, Any], ...] = (
    {"matter": "\u0000", "received_on": "0000-99-99"},
    {"exponent": 10**400, "number": ["not", {"a": "text"}]},
    {"visit_id": 7, "due_on": "infinity", "state": {"deep": [[[]]]}},
    {"received_on": "2026-02-31", "due_on": "0000-99-99", "office": "inspection"},
)


class Histories(RuleBasedStateMachine):
    """One history on a fresh copy of the ground; `ground` is set by the test."""

    ground: ClassVar[Ground]
    played: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="w-")
        self.world = World(self.ground, Path(self._folder.name) / "w").__enter__()
        self.copies: list[tuple[str, Path]] = []
        self.slow = False

    def seat(self, name: str) -> Seat:
        """Return a seat."""
        return self.world.seats[name]

    def note(self, what: str) -> None:
        """Count what was played, for the report."""
        self.played[what] += 1

    @rule(name=AT_COUNTER, confidential=st.booleans())
    def receive(self, name: str, confidential: bool) -> None:
        """A matter is taken in and its number printed."""
        self.world.receive(name, confidential=confidential)
        self.note("received")

    @rule(name=AT_COUNTER, many=st.integers(2, 30))
    def receive_many(self, name: str, many: int) -> None:
        """A busy morning."""
        for _ in range(many):
            self.world.receive(name)
            self.note("received")

    @rule(name=SEATS, pick=PICK, field=FIELDS, value=VALUES)
    def correct(self, name: str, pick: int, field: str, value: str) -> None:
        """A field is set by whoever, from whatever this station has seen."""
        cases = self.seat(name).cases()
        if cases and self.seat(name).set_field(cases[pick % len(cases)], field, value) is not None:
            self.note("field set")

    @rule(name=SEATS)
    def settle(self, name: str) -> None:
        """The first open conflict is settled by a person."""
        for case_id in self.seat(name).cases():
            if self.seat(name).settle(case_id) is not None:
                self.note("conflict settled")
                return

    @rule(name=SEATS, pick=PICK)
    def claim(self, name: str, pick: int) -> None:
        """Somebody works on a case, perhaps two at once."""
        cases = self.seat(name).cases()
        if cases:
            self.seat(name).claim(cases[pick % len(cases)])
            self.note("claimed")

    @rule(name=SEATS, pick=PICK, state=STATES)
    def decide(self, name: str, pick: int, state: str) -> None:
        """The office decides; now and then a counter tries to, which must end in nobody's status."""
        cases = self.seat(name).cases()
        if cases and self.seat(name).decide(cases[pick % len(cases)], state, f"决字{pick}") is not None:
            self.note("decided")

    @rule(name=SEATS, pick=PICK, critical=st.booleans())
    def write_unknown(self, name: str, pick: int, critical: bool) -> None:
        """A newer release at this station writes what the others do not know."""
        cases = self.seat(name).cases()
        if cases and self.seat(name).write_unknown(cases[pick % len(cases)], critical=critical) is not None:
            self.note("unknown event")

    @rule(name=AT_COUNTER, poison=st.sampled_from(POISON))
    def poison(self, name: str, poison: dict[str, Any]) -> None:
        """An event whose facts make every projection stumble, and good ones behind it."""
        self.seat(name).write_poison(poison)
        self.world.receive(name)
        self.note("poisonous event")

    @rule(name=SEATS)
    def sync(self, name: str) -> None:
        """A round on a good line."""
        self.world.sync(name)
        self.note("round")

    @rule(name=SEATS, fault=FAULTS, call=CALLS)
    def sync_on_a_bad_line(self, name: str, fault: Fault, call: bytes) -> None:
        """A round in which a call, or the answer to it, does not arrive."""
        before = len(self.world.wire.struck)
        self.world.wire.strike(fault, call)
        self.world.sync(name)
        self.world.wire.calm()
        self.note(fault.value if len(self.world.wire.struck) > before else "round")

    @precondition(lambda self: not self.slow)
    @rule(name=AT_COUNTER)
    def sync_on_a_slow_line(self, name: str) -> None:
        """A line over which only a few events come before the deadline of a call: these do come."""
        for _ in range(6):
            self.world.receive(name)
        reports = self.world.sync_slowly(name, SLOW_BYTES, SLOW_ROUNDS)
        assert any(report.pushed or report.set_aside or report.renewed for report in reports), reports
        self.slow = True
        self.note("slow line")

    @precondition(lambda self: LATE not in self.world.seats)
    @rule()
    def begin_at_a_checkpoint(self) -> None:
        """A new counter begins at a checkpoint that is signed now, with a case open, and takes a matter in."""
        self.world.receive("west")
        self.world.sync("west")
        report, opened = self.world.begin_late()
        assert report.outcome == "done", report
        assert all(self.seat(LATE).case_events(case) for case in opened), "an open case is not here"
        self.world.receive(LATE)
        self.note("begun at a checkpoint")

    @precondition(lambda self: LATE in self.world.seats)
    @rule(pick=PICK, value=VALUES)
    def work_late(self, pick: int, value: str) -> None:
        """The late counter takes a matter in, corrects an older one, and calls the centre."""
        self.world.receive(LATE)
        cases = self.seat(LATE).cases()
        self.seat(LATE).set_field(cases[pick % len(cases)], "phone", value)
        self.world.sync(LATE)
        self.note("round")

    @precondition(lambda self: not self.world.revoked)
    @rule(name=AT_COUNTER)
    def revoke(self, name: str) -> None:
        """A counter is revoked while it holds what the centre has not got, and goes on writing."""
        self.world.receive(name)
        self.world.revoke(name)
        self.world.receive(name)
        self.note("revoked")

    @rule(name=SEATS)
    def restart(self, name: str) -> None:
        """The program is closed and opened again."""
        self.seat(name).close()
        self.note("restart")

    @rule(name=SEATS, years=YEARS)
    def set_the_clock(self, name: str, years: int) -> None:
        """Somebody sets a clock by years, there and back."""
        self.seat(name).clock.skew = timedelta(days=365 * years)
        self.note("clock set")

    @rule()
    def dump(self) -> None:
        """The centre is backed up."""
        if len(self.world.dumps) < 3:
            self.world.dump()
            self.note("dump")

    @precondition(lambda self: self.world.dumps)
    @rule(pick=PICK)
    def restore(self, pick: int) -> None:
        """The centre is set back to a backup and nobody says so."""
        self.world.restore(pick % len(self.world.dumps))
        self.note("restore")

    @rule(name=AT_COUNTER)
    def copy_disk(self, name: str) -> None:
        """A disk is copied."""
        if len(self.copies) < 3:
            copy = self.world.folder / f"copy-{len(self.copies)}"
            self.seat(name).copy_disk(copy)
            self.copies.append((name, copy))
            self.note("disk copied")

    @precondition(lambda self: self.copies)
    @rule(pick=PICK)
    def set_disk_back(self, pick: int) -> None:
        """A disk is set back to its copy."""
        name, copy = self.copies[pick % len(self.copies)]
        self.world.set_disk_back(name, copy)
        self.note("disk set back")

    @rule(name=AT_COUNTER)
    def clone(self, name: str) -> None:
        """Two machines go on from one disk, and both take matters in."""
        if len(self.world.seats) - len(self.ground.names) < MOST_CLONES:
            copy = self.world.clone(name)
            self.world.receive(copy)
            self.note("clone")

    @precondition(lambda self: any("+" in name for name in self.world.seats))
    @rule(pick=PICK)
    def work_at_a_clone(self, pick: int) -> None:
        """A clone takes a matter in and calls the centre."""
        clones = [name for name in self.world.seats if "+" in name]
        self.world.receive(clones[pick % len(clones)])
        self.world.sync(clones[pick % len(clones)])
        self.note("round")

    def teardown(self) -> None:
        """Drain, check everything, and leave nothing behind."""
        try:
            self.world.drain()
            found = checks.faults(self.world)
            assert not found, "\n".join(found)
            self.played["histories"] += 1
        finally:
            self.world.__exit__()
            self._folder.cleanup()
