"""The presenter of a visit, without Qt, on the real services."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.services.visits import visit
from tests.ui.counter_window import MORNING

from window_app.app import Entrance
from window_app.i18n import Catalogue
from window_app.services.desk import Desk
from window_app.services.practice import SampleClock
from window_app.ui.views.visit.presenter import VisitPresenter
from window_app.ui.views.visit.state import FieldAddress, VisitState

NAME = FieldAddress("applicant", 0, "name")
NUMBER = FieldAddress("applicant", 0, "id_number")


@pytest.fixture(autouse=True)
def interface_thread() -> None:
    """There is no interface here."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Entrance(tmp_path / "data", SampleClock(MORNING)).practise()
    yield opened
    opened.close()


@pytest.fixture
def presenter(desk: Desk) -> VisitPresenter:
    return VisitPresenter(desk, Catalogue("zh_CN"))


def answer_all(presenter: VisitPresenter, name: str = "01") -> VisitState:
    collected = visit(name)
    facts = {**collected["facts"], **collected["matters"][0]["facts"]}
    state = presenter.state()
    while state.ask is not None and state.ask.question.fact in facts:
        state = presenter.answer(state.ask.question, facts[state.ask.question.fact])
    return state


def test_who_is_here_can_be_written_before_any_route(presenter: VisitPresenter) -> None:
    state = presenter.edit([(NAME, "张建国"), (NUMBER, "320102198804122310")])
    assert state.visitor == "张建国 · 3201**********2310"
    assert state.matter.route is None


def test_a_number_fills_in_birth_date_and_sex(presenter: VisitPresenter, desk: Desk) -> None:
    presenter.edit([(NUMBER, "320102198804122310")])
    answers = desk.reception.resume(presenter.draft.visit_id).answers["applicant"]
    assert answers["birth_date"] == "1988-04-12"
    assert answers["sex"] == "male"


def test_a_wrong_check_digit_is_told_at_the_field_with_what_to_do(presenter: VisitPresenter) -> None:
    state = presenter.edit([(NUMBER, "320102198804122311")])
    number = next(view for view in state.who if view.address == NUMBER)
    assert number.severity == "error"
    assert "核对" in number.problem
    assert number.value == "320102198804122311"


def test_the_first_question_is_what_happened_and_no_route_is_offered_yet(presenter: VisitPresenter) -> None:
    state = presenter.begin()
    assert state.ask is not None
    assert state.ask.question.fact == "matter_kind"
    assert state.matter.routes == ()


def test_going_back_twice_shows_the_answer_before_the_last(presenter: VisitPresenter) -> None:
    answered = [view.question for view in answer_all(presenter).answered]
    first = presenter.back()
    assert first.ask is not None
    assert first.ask.question == answered[-1]
    second = presenter.back()
    assert second.ask is not None
    assert second.ask.question == answered[-2]
    assert presenter.forward().changing is False


def test_a_route_that_a_changed_answer_closes_is_taken_back(presenter: VisitPresenter) -> None:
    state = answer_all(presenter)
    presenter.choose(next(route.route for route in state.matter.routes if route.recommended))
    kind = next(view for view in presenter.state().answered if view.question.fact == "matter_kind")
    changed = presenter.answer(kind.question, "award_unperformed")
    offered = {route.route for route in changed.matter.routes}
    assert changed.matter.route is None or changed.matter.route in offered


def test_what_was_said_of_the_visit_holds_for_a_second_matter(presenter: VisitPresenter) -> None:
    known = {view.question.fact for view in answer_all(presenter).answered if view.question.matter_key is None}
    second = presenter.add_matter()
    assert second.current != "m1"
    assert {view.question.fact for view in second.answered} == known


def test_a_route_says_its_reason_article_office_and_what_to_tell(presenter: VisitPresenter) -> None:
    route = next(route for route in answer_all(presenter).matter.routes if route.recommended)
    assert route.title
    assert route.reason
    assert route.basis
    assert route.office
    assert route.tell
    assert "收件回执" in route.papers


def test_a_limit_opens_to_its_steps_in_words(presenter: VisitPresenter) -> None:
    limits = [limit for route in answer_all(presenter, "02").matter.routes for limit in route.limits]
    assert limits
    assert all(limit.steps for limit in limits)
    assert not [step for limit in limits for step in limit.steps if "deadline." in step or "{" in step]


def test_problems_lead_to_their_field_and_nothing_is_taken_in(presenter: VisitPresenter, desk: Desk) -> None:
    state = answer_all(presenter)
    presenter.choose(state.matter.routes[0].route)
    presenter.edit([(NUMBER, "320102198804122311")])
    state = presenter.receive()
    assert [problem.address for problem in state.problems] == [NUMBER]
    assert desk.tracking.count() == 0


def test_a_draft_resumed_is_the_visit_as_it_was(presenter: VisitPresenter, desk: Desk) -> None:
    before = answer_all(presenter)
    other = VisitPresenter(desk, Catalogue("zh_CN"))
    after = other.resume(before.visit_id)
    assert after.answered == before.answered
    assert after.matters == before.matters
