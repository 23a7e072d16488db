"""SIGKILL while papers of a case are issued, made, printed, confirmed and printed again: the counts agree."""

import os
import random
from collections import Counter
from pathlib import Path
from uuid import UUID

import pytest
from tests.services.visits import visit
from tests.storage.test_kills import run_and_kill

from window_app.app import Entrance
from window_app.domain.events import EventType
from window_app.domain.papers import PaperState, Verdict
from window_app.services.desk import Desk

pytestmark = [pytest.mark.kill, pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of Unix")]
KILLS = int(os.environ.get("WINDOW_APP_KILLS", "3"))
KINDS = ("risk_notice", "material_list", "case_cover", "mediation_suggestion", "arbitration_form", "legal_aid_referral")

COUNTER = f"""
import sys
from itertools import cycle
from pathlib import Path
from uuid import UUID
from window_app.app import Entrance
desk = Entrance(Path(sys.argv[1])).practise("c1")
number = desk.tracking.window(limit=1)[0].number
print("ready", flush=True)
for kind in cycle({KINDS!r}):
    paper = desk.case_papers.issue(number, kind, {{}}).paper_id
    print("issued", paper, flush=True)
    desk.papers.pdf(paper)
    desk.papers.print(paper)
    desk.papers.confirm(paper, came_out=True)
    print("confirmed", paper, flush=True)
    desk.papers.reprint(paper, "lost")
    print("reprinted", paper, flush=True)
"""


@pytest.mark.usefixtures("shared_cache")
def test_whatever_a_kill_interrupts_numbers_events_files_and_counts_agree(tmp_path: Path) -> None:
    hall = tmp_path / "data"
    desk = Entrance(hall).practise("c1")
    received = desk.receiving.receive(desk.intake.from_json(visit("02")))
    case = received.cases[0].case_id
    desk.close()
    chance = random.Random()
    said: list[list[str]] = []
    for _ in range(KILLS):
        said += [line.split() for line in run_and_kill(COUNTER, hall, chance.uniform(0.1, 0.8))]
    desk = Entrance(hall).practise("c1")
    try:
        told = {what: {paper for word, paper in said if word == what} for what in ("issued", "confirmed", "reprinted")}
        _counts_agree(desk, case, told)
        for one in desk.papers.of_case(case):
            assert desk.papers.verify_pdf(desk.papers.pdf(one.record.paper_id)).verdict is Verdict.AUTHENTIC
            if one.state is not PaperState.CONFIRMED:
                desk.papers.print(one.record.paper_id)
                desk.papers.confirm(one.record.paper_id, came_out=True)
        assert desk.papers.unsettled() == ()
        _counts_agree(desk, case, told)
        assert desk.upkeep.integrity() == ()
    finally:
        desk.close()


def _counts_agree(desk: Desk, case: UUID, told: dict[str, set[str]]) -> None:
    papers = {str(one.record.paper_id): one for one in desk.papers.of_case(case)}
    events = desk.tracking.history(case)
    issued = [str(one.facts["paper_id"]) for one in events if one.type == EventType.PAPER_ISSUED]
    confirmed = [str(one.facts["paper_id"]) for one in events if one.type == EventType.PAPER_CONFIRMED]
    reprinted = Counter(str(one.facts["paper_id"]) for one in events if one.type == EventType.PAPER_REPRINTED)
    assert sorted(issued) == sorted(papers)
    assert sorted(confirmed) == sorted(key for key, one in papers.items() if one.state is PaperState.CONFIRMED)
    assert reprinted == Counter({key: one.reprints for key, one in papers.items() if one.reprints})
    assert told["issued"] <= papers.keys()
    assert told["confirmed"] <= set(confirmed)
    assert told["reprinted"] <= reprinted.keys()
    sheet = desk.day_end.close()
    assert sheet.counts["papers"] == len(papers)
    assert sheet.counts["confirmed"] == len(confirmed)
    assert sheet.counts["open"] == len(papers) - len(confirmed) == len(desk.papers.unsettled())
    assert sheet.counts["reprints"] == sum(reprinted.values())
