"""Any sequence of edits, undo and redo equals a plain model, and what is stored equals what is shown."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.services.visits import visit
from tests.ui.counter_window import MORNING

from window_app.app import Entrance
from window_app.domain.assessment import Question
from window_app.domain.visits import MaterialState, MaterialTick, VisitDraft
from window_app.i18n import Catalogue
from window_app.services.desk import Desk
from window_app.services.practice import SampleClock
from window_app.ui import thread_guard
from window_app.ui.views.visit.presenter import VisitPresenter
from window_app.ui.views.visit.state import FieldAddress, VisitState

FIELDS = (
    ("applicant", 0, "name"),
    ("applicant", 0, "id_number"),
    ("employment", 0, "position"),
    ("claims", 0, "amount"),
)
VALUES = ("", "张三", "320102198804122310", "12.50")
FACTS = {"employed": ("true", "false")}
MATERIALS = ("identity", "complaint")

Step = tuple[str, Any]
steps = st.one_of(
    st.tuples(st.just("edit"), st.tuples(st.sampled_from(FIELDS), st.sampled_from(VALUES))),
    st.tuples(st.just("answer"), st.sampled_from(FACTS["employed"])),
    st.tuples(st.just("tick"), st.tuples(st.sampled_from(MATERIALS), st.sampled_from(list(MaterialState)))),
    st.tuples(st.just("add"), st.none()),
    st.tuples(st.just("remove"), st.none()),
    st.tuples(st.sampled_from(("undo", "redo", "undo", "redo")), st.none()),
)


class Model:
    """The same visit as a list of states and a place in it."""

    def __init__(self, begun: VisitDraft) -> None:
        self.states = [begun]
        self.at = 0

    @property
    def now(self) -> VisitDraft:
        return self.states[self.at]

    def change(self, draft: VisitDraft) -> None:
        if draft != self.now:
            self.states[self.at + 1 :] = [draft]
            self.at += 1

    def undo(self) -> None:
        self.at = max(0, self.at - 1)

    def redo(self) -> None:
        self.at = min(len(self.states) - 1, self.at + 1)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with thread_guard.elsewhere():
        opened = Entrance(tmp_path_factory.mktemp("undo") / "data", SampleClock(MORNING)).practise()
    yield opened
    with thread_guard.elsewhere():
        opened.close()


def changed(desk: Desk, draft: VisitDraft, step: Step) -> VisitDraft:
    """What a step other than undo and redo makes of a draft, by the services alone."""
    what, about = step
    key = draft.matters[0].key
    if what == "edit":
        (section, index, field), value = about
        return desk.intake.set_field(draft, key, section, index, field, value)
    if what == "answer":
        return desk.interview.answer(draft, Question("employed", None), about)
    if what == "tick":
        return desk.intake.tick(draft, about[0], MaterialTick(about[1]))
    if what == "add":
        return desk.intake.add_record(draft, key, "claims")
    return desk.intake.remove_record(draft, key, "claims", 0)


def done(presenter: VisitPresenter, step: Step) -> VisitState:
    what, about = step
    acts: dict[str, Callable[[], VisitState]] = {
        "edit": lambda: presenter.edit([(FieldAddress(*about[0]), about[1])]),
        "answer": lambda: presenter.answer(Question("employed", None), about),
        "tick": lambda: presenter.tick(about[0], MaterialTick(about[1])),
        "add": lambda: presenter.add_record("claims"),
        "remove": lambda: presenter.remove_record("claims", 0),
        "undo": presenter.undo,
        "redo": presenter.redo,
    }
    return acts[what]()


# Not shrunk: each step goes through the store, and a sequence is short enough to be read as it is.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=25, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=st.lists(steps, max_size=14))
def test_any_sequence_equals_the_model_and_the_store(desk: Desk, sequence: list[Step]) -> None:
    with thread_guard.elsewhere():
        presenter = VisitPresenter(desk, Catalogue("zh_CN"))
        begun = desk.intake.from_json(visit("02"))
        desk.reception.save(begun)
        state = presenter.resume(begun.visit_id)
        model = Model(begun)
        for step in sequence:
            before = model.now
            if before.matters[0].route is None and step[0] in ("edit", "add", "remove"):
                continue  # an answer took the route away, and its form with it
            state = done(presenter, step)
            if step[0] in ("undo", "redo"):
                getattr(model, step[0])()
            else:
                follow(desk, model, before, step, state)
            assert state.draft == model.now
            assert desk.reception.resume(begun.visit_id) == state.draft
        assert state.can_undo == (model.at > 0)
        assert state.can_redo == (model.at < len(model.states) - 1)


def follow(desk: Desk, model: Model, before: VisitDraft, step: Step, state: VisitState) -> None:
    """Change the model by the services; a choice that the law withdraws and records shown first come with the state."""
    expected = changed(desk, before, step)
    if step[0] == "add":  # the records that a section must have are stored before one is added
        assert len(state.draft.matters[0].answers["claims"]) > len(before.matters[0].answers.get("claims", ()))
        expected = state.draft
    elif step[0] == "answer":
        assert state.draft.facts == expected.facts
        assert state.draft.answers == expected.answers
        expected = state.draft
    model.change(expected)
