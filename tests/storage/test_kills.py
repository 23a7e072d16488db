"""SIGKILL of another process at random moments: what was acknowledged is there, once, and whole."""

import json
import os
import random
import signal
import time
from pathlib import Path

import pytest
from tests.forking import ForkedWithPipes
from tests.storage import halls

from window_app.storage import store
from window_app.storage.failures import ClerkUnknown

pytestmark = [pytest.mark.kill, pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of Unix")]
KILLS = int(os.environ.get("WINDOW_APP_KILLS", "20"))

WRITER = """
import sys
from pathlib import Path
from tests.storage import halls
from window_app.domain.papers import PaperState
records = halls.enter(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    with records.unit_of_work() as work:
        taken = halls.write_visit(work)
        paper = halls.paper(taken)
        work.add_paper(paper)
    print(taken.number, paper.paper_id, flush=True)
    with records.unit_of_work() as work:
        work.store_pdf(paper.paper_id, b"%PDF " + taken.number.encode() * 500)
        work.set_paper_state(paper.paper_id, PaperState.RENDERED)
"""

REVOKER = """
import sys
from pathlib import Path
from tests.storage import halls
from window_app.storage import store
records = halls.enter(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    records.admit_clerk("0013", "x", password="another good one", profile=store.CHEAP)
    print("admitted", flush=True)
    records.revoke_clerk("0013")
    print("revoked", flush=True)
"""


def run_and_kill(program: str, hall: Path, after: float) -> list[str]:
    """Run a program on a store, kill it that many seconds after it is ready, and return what it said."""
    process = ForkedWithPipes(["-c", program, str(hall)])
    with process.stdout as told:
        ready = told.readline()
        time.sleep(after)
        ended = process.kill()
        said = told.read()
    assert ready == "ready\n"
    assert ended == -signal.SIGKILL
    return [line for line in said.split("\n")[:-1] if line]


def test_what_was_acknowledged_before_a_kill_is_there_once(hall):
    halls.make(hall).close()
    chance = random.Random()
    acknowledged = []
    for _ in range(KILLS):
        acknowledged += [line.split() for line in run_and_kill(WRITER, hall, chance.uniform(0.0, 0.25))]
        records = halls.enter(hall)
        assert records.rewound is None
        assert records.integrity() == ()
        records.close()
    records = halls.enter(hall)
    numbers = [row.number for row in records.cases(None, 1_000_000)]
    assert len(set(numbers)) == len(numbers)
    assert {number for number, _ in acknowledged} <= set(numbers)
    # A kill between the commit and the word of it leaves one case more, never half of one.
    assert len(numbers) - len(acknowledged) <= KILLS
    assert records.count_outbox() == 4 * len(numbers)
    papers = {str(paper.record.paper_id): paper for paper in records.unsettled_papers()}
    assert len(papers) == len(numbers)
    for number, paper_id in acknowledged:
        assert papers[paper_id].record.number == number
    before = records.cases(None, 1_000_000)
    records.rebuild()
    assert records.cases(None, 1_000_000) == before
    records.close()


def test_a_kill_while_the_data_key_changes_leaves_one_that_opens(hall):
    records = halls.make(hall)
    taken = [halls.take_in(records).number for _ in range(60)]
    records.close()
    chance = random.Random()
    for _ in range(max(KILLS // 4, 1)):
        said = run_and_kill(REVOKER, hall, chance.uniform(0.0, 0.12))
        records = halls.enter(hall)
        assert [row.number for row in records.cases(None, 100)] == taken[::-1]
        assert records.integrity() == ()
        admitted = "0013" in {clerk.code for clerk in records.clerks()}
        assert not json.loads((hall / "slots.json").read_bytes())["slots"][0]["sealed_next"]
        records.close()
        if said and said[-1] == "revoked" and not admitted:
            with pytest.raises(ClerkUnknown):
                store.open(hall, "0013", "another good one", clock=halls.CLOCK)
        if admitted:
            store.open(hall, "0013", "another good one", clock=halls.CLOCK).close()
            records = halls.enter(hall)
            records.revoke_clerk("0013")
            records.close()
