"""Blank is not erase: an emptied field is a value on record, and not the same as one never answered."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from window_app.domain.assessment import Question
from window_app.domain.events import EventType
from window_app.domain.visits import VisitDraft
from window_app.services.desk import Desk

Drafts = Callable[[str], VisitDraft]


@pytest.fixture
def draft(desk: Desk, draft_of: Drafts) -> VisitDraft:
    return desk.reception.save(draft_of("01"))


def key(draft: VisitDraft) -> str:
    return next(one.key for one in draft.matters if one.route is not None)


def test_an_emptied_field_stays_in_the_draft_as_blank(desk: Desk, draft: VisitDraft) -> None:
    emptied = desk.intake.set_field(draft, key(draft), "employment", 0, "position", "")
    assert emptied.answers["employment"]["position"] == ""
    desk.reception.save(emptied)
    assert desk.reception.resume(draft.visit_id).answers["employment"]["position"] == ""


def test_a_field_never_answered_is_not_there_even_after_an_empty_edit(desk: Desk, draft: VisitDraft) -> None:
    assert "shop_sign" not in draft.answers["respondents"][0]
    for nothing in ("", None):
        same = desk.intake.set_field(draft, key(draft), "respondents", 0, "shop_sign", nothing)
        assert "shop_sign" not in same.answers["respondents"][0]


def test_a_choice_taken_back_is_blank_and_can_be_answered_again(desk: Desk, draft: VisitDraft) -> None:
    blank = desk.intake.set_field(draft, key(draft), "employment", 0, "contract_signed", None)
    assert blank.answers["employment"]["contract_signed"] == ""
    again = desk.intake.set_field(blank, key(draft), "employment", 0, "contract_signed", False)
    assert again.answers["employment"]["contract_signed"] is False


def test_a_blank_field_counts_as_missing_where_it_is_due_and_is_never_an_error(desk: Desk, draft: VisitDraft) -> None:
    blank = desk.intake.set_field(draft, key(draft), "applicant", 0, "residence", "")
    filling = desk.intake.filling(blank, key(draft))
    assert filling is not None
    found = [(one.code, one.severity) for one in filling.problems() if one.field == "residence" and one.index == 0]
    assert ("field.due", "due") in found
    assert not any(severity == "error" for _, severity in found)


def test_the_record_of_a_received_case_tells_blank_from_never_answered(desk: Desk, draft: VisitDraft) -> None:
    blank = desk.intake.set_field(draft, key(draft), "employment", 0, "position", "")
    received = desk.receiving.receive(blank)
    answers = desk.cases.get(received.cases[0].number).answers
    assert answers["employment"]["position"] is None
    assert "position" in answers["employment"]
    assert "shop_sign" not in answers["respondents"][0]
    (told,) = [one for one in desk.tracking.history(draft.visit_id) if one.type == EventType.VISIT_OPENED]
    assert told.body is not None
    assert told.body["answers"]["employment"]["position"] == ""


def test_a_corrected_field_set_to_blank_is_an_event_of_its_own_and_stays_blank(desk: Desk, draft: VisitDraft) -> None:
    number = desk.receiving.receive(draft).cases[0].number
    before = desk.cases.get(number)
    assert before.answers["employment"]["position"]
    file = desk.corrections.correct(number, {"employment.position": ""}, "来访人说记错了")
    assert file.answers["employment"]["position"] is None
    (event,) = [one for one in file.events if one.type == EventType.FIELDS_SET]
    assert event.body is not None
    assert event.body["fields"] == {"employment.position": None}
    shown = {one.name: one.value for one in desk.corrections.fields(number)}
    assert shown["employment.position"] is None
    filled = desk.corrections.correct(number, {"employment.position": "焊工"}, "又想起来了")
    assert filled.answers["employment"]["position"] == "焊工"


def test_what_a_number_tells_does_not_refill_a_field_left_blank(desk: Desk, draft: VisitDraft) -> None:
    told = desk.intake.to_json(draft)
    told["answers"]["applicant"]["sex"] = ""
    assert desk.intake.from_json(told).answers["applicant"]["sex"] == ""
    del told["answers"]["applicant"]["sex"]
    assert desk.intake.from_json(told).answers["applicant"]["sex"] == "male"


def test_going_back_to_a_question_keeps_the_later_answers(desk: Desk, draft: VisitDraft) -> None:
    changed = desk.interview.answer(draft, Question("employed", None), "false")
    assert changed.facts["employed"] is False
    assert {**changed.facts, "employed": True} == dict(draft.facts)
    assert changed.matters == draft.matters
    assert changed.answers == draft.answers
    assert desk.interview.answer(changed, Question("employed", None), "true") == replace(draft)
