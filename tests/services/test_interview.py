"""The interview: questions that still matter, answers taken back, routes offered, overrides."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from window_app.domain.assessment import Question
from window_app.domain.visits import VisitDraft
from window_app.rules import chain
from window_app.rules.evaluation import Evaluation
from window_app.services.answers import AnswerInvalid
from window_app.services.desk import Desk
from window_app.services.interview import ReasonMissing, RouteNotOffered, UnknownQuestion
from window_app.services.practice import SampleClock

ANSWERS = {
    "visitor": "劳动者一人（本人或者代理人来办）",
    "capacity": "ordinary",
    "matter_kind": "wages_unpaid",
    "employer_position": "denies",
    "employed": "是",
    "earlier_procedure": "none",
    "employer_known": "registered",
    "workplace": "本区",
    "registered": "here",
}


def interviewed(desk: Desk, answers: dict[str, str] = ANSWERS) -> VisitDraft:
    """Answer whatever is asked, in the order in which it is asked."""
    draft = desk.reception.begin()
    for _ in range(30):
        asked = desk.interview.assess(draft).next
        if not asked:
            return draft
        draft = desk.interview.answer(draft, asked[0], answers[asked[0].fact])
    raise AssertionError("the interview does not end")


def test_the_interview_asks_until_the_routes_are_known_and_nothing_more(desk: Desk) -> None:
    draft = interviewed(desk)
    assessment = desk.interview.assess(draft)
    assert assessment.matters[0].decided
    assert {option.route for option in assessment.matters[0].routes} == {"inspection", "arbitration"}
    answered = [view.question.fact for view in desk.interview.answered(draft)]
    assert "employment_ended_on" not in answered
    assert set(answered) <= set(ANSWERS)


def test_a_question_shows_its_text_its_choices_and_the_answer_on_record(desk: Desk) -> None:
    draft = desk.interview.answer(desk.reception.begin(), Question("matter_kind", "m1"), "wages_unpaid")
    view = desk.interview.question(Question("matter_kind", "m1"), draft)
    assert view.kind == "enum"
    assert view.text["zh"]
    assert dict(view.options)["wages_unpaid"]["zh"] == "拖欠、克扣工资"
    assert view.answer == "wages_unpaid"


def test_an_answer_can_be_taken_back(desk: Desk) -> None:
    draft = interviewed(desk)
    without = desk.interview.retract(draft, Question("matter_kind", "m1"))
    assert "matter_kind" not in without.matter("m1").facts
    assert desk.interview.assess(without).next[0] == Question("matter_kind", "m1")


def test_a_wrong_answer_is_refused_and_the_draft_stays(desk: Desk) -> None:
    draft = desk.reception.begin()
    with pytest.raises(AnswerInvalid):
        desk.interview.answer(draft, Question("employed", None), "maybe")
    with pytest.raises(UnknownQuestion):
        desk.interview.answer(draft, Question("nothing", None), "x")
    with pytest.raises(UnknownQuestion):
        desk.interview.answer(draft, Question("matter_kind", None), "wages_unpaid")


def test_only_an_offered_route_can_be_chosen(desk: Desk) -> None:
    draft = interviewed(desk)
    chosen = desk.interview.choose_route(draft, "m1", "arbitration")
    assert chosen.matter("m1").route == "arbitration"
    assert desk.interview.choose_route(chosen, "m1", None).matter("m1").route is None
    with pytest.raises(RouteNotOffered):
        desk.interview.choose_route(draft, "m1", "tax_collector")


def test_a_chosen_route_does_not_offer_itself(desk: Desk) -> None:
    forced = desk.interview.override(interviewed(desk), "m1", "court", "来访人要求")
    with pytest.raises(RouteNotOffered):
        desk.interview.choose_route(forced, "m1", "court")


def test_an_override_needs_a_reason_and_an_existing_route(desk: Desk) -> None:
    draft = interviewed(desk)
    with pytest.raises(ReasonMissing):
        desk.interview.override(draft, "m1", "court", "  ")
    with pytest.raises(RouteNotOffered):
        desk.interview.override(draft, "m1", "the_moon", "理由")
    assert desk.interview.override(draft, "m1", "court", " 理由 ").matter("m1").override_reason == "理由"


def test_matters_are_added_and_removed_by_key(desk: Desk) -> None:
    draft = desk.interview.add_matter(desk.interview.add_matter(desk.reception.begin()))
    assert [matter.key for matter in draft.matters] == ["m1", "m2", "m3"]
    draft = desk.interview.remove_matter(draft, "m2")
    assert [matter.key for matter in desk.interview.add_matter(draft).matters] == ["m1", "m3", "m2"]
    for key in ("m1", "m3"):
        draft = desk.interview.remove_matter(draft, key)
    assert [(matter.key, dict(matter.facts)) for matter in draft.matters] == [("m3", {})]


LATE_EVENING = datetime(2027, 3, 9, 15, 40, tzinfo=UTC)
"""Twenty to twelve at night in China."""


@pytest.fixture
def evaluated(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Count how often the tables are gone through anew."""
    counted: list[object] = []

    class Counted(Evaluation):
        def __init__(self, *args: Any) -> None:
            counted.append(args)
            super().__init__(*args)

    monkeypatch.setattr(chain, "Evaluation", Counted)
    return counted


def first_questions(desk: Desk) -> None:
    draft = desk.reception.begin()
    for _ in range(3):
        asked = desk.interview.assess(draft).next[0]
        draft = desk.interview.answer(draft, asked, ANSWERS[asked.fact])
    desk.interview.assess(draft)


def test_a_desk_left_open_over_midnight_has_the_next_days_first_questions_ready(
    desk: Desk, clock: SampleClock, evaluated: list[object]
) -> None:
    clock.instant = LATE_EVENING
    assert desk.interview.prepare() == (date(2027, 3, 9), date(2027, 3, 10))
    made = len(evaluated)
    clock.instant = LATE_EVENING + timedelta(minutes=30)
    assert desk.interview.prepare() == ()
    assert made == len(evaluated)
    first_questions(desk)
    assert made == len(evaluated)


def test_a_desk_that_slept_over_midnight_makes_the_new_day_ready_when_it_looks_again(
    desk: Desk, clock: SampleClock, evaluated: list[object]
) -> None:
    clock.instant = LATE_EVENING + timedelta(days=30)
    desk.interview.prepare()
    clock.instant = LATE_EVENING + timedelta(days=31, hours=10)
    assert desk.interview.prepare() == (date(2027, 4, 10),)
    made = len(evaluated)
    first_questions(desk)
    assert made == len(evaluated)
