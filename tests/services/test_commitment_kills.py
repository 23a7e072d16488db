"""SIGKILL while commitments are signed and taken in: each is in its draft or in its case, never twice, never half."""

import os
import random

import pytest
from tests.services.committing import MATERIAL
from tests.storage.test_kills import run_and_kill

from window_app.app import Entrance
from window_app.domain.commitments import commitment_id_for, fold_commitments

pytestmark = [pytest.mark.kill, pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of Unix")]
KILLS = int(os.environ.get("WINDOW_APP_KILLS", "1"))

COUNTER = """
import sys
from pathlib import Path
from tests.services import committing
from window_app.app import Entrance
from window_app.domain.events import EventType
entrance = Entrance(Path(sys.argv[1]))
desk = entrance.practise("c1")
first = committing.signed(desk)  # definitions are read before anything is timed
print("ready", flush=True)
while True:
    draft = committing.signed(desk)
    desk.reception.save(draft)
    print("signed", draft.visit_id, flush=True)
    received = desk.receiving.receive(draft)
    print("taken", received.cases[0].case_id, flush=True)
"""


@pytest.mark.usefixtures("shared_cache")
def test_a_signed_commitment_is_in_its_draft_or_in_its_case_and_nowhere_twice(tmp_path):
    hall = tmp_path / "data"
    Entrance(hall).practise("c1").close()
    chance = random.Random()
    said: list[list[str]] = []
    for _ in range(KILLS):
        said += [line.split() for line in run_and_kill(COUNTER, hall, chance.uniform(0.3, 0.9))]
    desk = Entrance(hall).practise("c1")
    try:
        for summary in desk.reception.drafts():
            draft = desk.reception.resume(summary.visit_id)
            assert draft.matter("m1").commitments[MATERIAL].committed
            received = desk.receiving.receive(draft)
            assert desk.receiving.receive(draft) == received
        rows = desk.commitments.files.rows()
        assert len(rows) == desk.tracking.count()
        for row in rows:
            (made,) = fold_commitments(desk.tracking.history(row.case_id))
            assert made.commitment_id == row.commitment_id == commitment_id_for(row.case_id, MATERIAL)
            assert made.faults == ()
        signed = {visit for what, visit in said if what == "signed"}
        taken = {case for what, case in said if what == "taken"}
        assert signed
        assert taken <= {str(row.case_id) for row in rows}
        visits = {str(case.visit_id) for row in rows if (case := desk.commitments.files.case(row)) is not None}
        assert signed <= visits
        assert desk.upkeep.integrity() == ()
    finally:
        desk.close()
