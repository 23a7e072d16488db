"""Whatever a clerk does in whatever order, with kills between: every visit ends once, and nothing is lost."""

import tempfile
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.services.conftest import MORNING
from tests.services.visits import visit

from window_app import paths
from window_app.app import Entrance
from window_app.domain.papers import PaperState
from window_app.domain.visits import Received, VisitDraft
from window_app.forms import load_definitions
from window_app.services.practice import SampleClock
from window_app.services.receiving import ClockBehind, NotReady
from window_app.services.reception import NoSuchDraft

LAW = load_definitions(paths.definitions_dir())
NAMES = ("01", "06", "12", "16")


class CounterAtWork(RuleBasedStateMachine):
    """A counter with drafts, receivings, papers, kills and a clock that jumps."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.clock = SampleClock(MORNING)
        self.entrance = Entrance(Path(self.folder.name) / "data", self.clock)
        self.desk = self.entrance.practise()
        self.drafts: dict[UUID, VisitDraft] = {}
        self.received: dict[UUID, Received] = {}
        self.reprints: Counter[UUID] = Counter()

    def teardown(self) -> None:
        self.desk.close()
        self.folder.cleanup()

    @rule(name=st.sampled_from(NAMES))
    def begin(self, name: str) -> None:
        draft = self.desk.intake.from_json(visit(name))
        self.desk.reception.save(draft)
        self.drafts[draft.visit_id] = draft

    @precondition(lambda self: self.drafts)
    @rule(data=st.data(), text=st.text(max_size=12))
    def type_on(self, data: st.DataObject, text: str) -> None:
        visit_id = data.draw(st.sampled_from(sorted(self.drafts)))
        draft = replace(self.drafts[visit_id], note=text.encode("utf-8", "ignore").decode("utf-8"))
        self.drafts[visit_id] = self.desk.reception.save(draft)

    @precondition(lambda self: self.drafts)
    @rule(data=st.data())
    def discard(self, data: st.DataObject) -> None:
        visit_id = data.draw(st.sampled_from(sorted(self.drafts)))
        self.desk.reception.discard(visit_id, "来访人离开")
        del self.drafts[visit_id]

    @precondition(lambda self: self.drafts)
    @rule(data=st.data(), confirmed=st.booleans())
    def receive(self, data: st.DataObject, confirmed: bool) -> None:
        visit_id = data.draw(st.sampled_from(sorted(self.drafts)))
        try:
            found = self.desk.receiving.receive(self.drafts[visit_id], clock_confirmed=confirmed)
        except ClockBehind:
            assert not confirmed
            return
        except NotReady as error:
            raise AssertionError(error.problems) from error
        self.received[visit_id] = found
        del self.drafts[visit_id]

    @precondition(lambda self: self.received)
    @rule(data=st.data())
    def receive_again(self, data: st.DataObject) -> None:
        visit_id = data.draw(st.sampled_from(sorted(self.received)))
        stub = VisitDraft(visit_id, self.clock.now())
        assert self.desk.receiving.receive(stub) == self.received[visit_id]

    @precondition(lambda self: self.received)
    @rule(data=st.data(), step=st.sampled_from(["pdf", "print", "out", "not_out", "reprint"]))
    def handle_paper(self, data: st.DataObject, step: str) -> None:
        found = self.received[data.draw(st.sampled_from(sorted(self.received)))]
        papers = [*(one for case in found.cases for one in case.paper_ids), *found.paper_ids]
        paper_id = data.draw(st.sampled_from(papers))
        if step == "reprint":
            self.desk.papers.reprint(paper_id, "lost")
            self.reprints[paper_id] += 1
        elif step in ("out", "not_out"):
            self.desk.papers.confirm(paper_id, came_out=step == "out")
        elif step == "print":
            self.desk.papers.print(paper_id)
        else:
            assert self.desk.papers.pdf(paper_id) == self.desk.papers.pdf(paper_id)

    @rule(minutes=st.integers(-30, 600))
    def time_passes(self, minutes: int) -> None:
        self.clock.instant += timedelta(minutes=minutes)

    @rule()
    def kill_and_start_again(self) -> None:
        self.desk.close()
        self.desk = self.entrance.practise()

    @rule()
    def make_projections_anew(self) -> None:
        self.desk.upkeep.rebuild()

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        if not hasattr(self, "desk"):
            return
        assert {one.visit_id for one in self.desk.reception.drafts()} == set(self.drafts)
        numbers = [case.number for found in self.received.values() for case in found.cases]
        assert len(set(numbers)) == len(numbers)
        assert {row.number for row in self.desk.tracking.window(None, 1000)} == set(numbers)
        for visit_id, draft in self.drafts.items():
            assert self.desk.reception.resume(visit_id) == draft
            assert self.desk.receiving.find_received(visit_id) is None
        for visit_id in self.received:
            try:
                self.desk.reception.resume(visit_id)
            except NoSuchDraft:
                continue
            raise AssertionError("a received visit is still a draft")
        for paper_id, times in self.reprints.items():
            paper = self.desk.papers.get(paper_id)
            assert paper.reprints == times
            assert paper.state in set(PaperState)


CounterAtWork.TestCase.settings = settings(
    max_examples=12, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAnyOrderOfWork = CounterAtWork.TestCase
