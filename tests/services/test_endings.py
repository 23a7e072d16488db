"""What becomes of a matter whose form ends in an inquiry, guidance or a referral: a slip, a record, no number."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.services.visits import visit

from window_app.domain.events import Confidentiality, EventType
from window_app.domain.visits import VisitDraft
from window_app.services.desk import Desk
from window_app.services.receiving import NotReady

Drafts = Callable[[str], VisitDraft]


def guided(desk: Desk, draft: VisitDraft) -> Any:
    """Return the one event that says where a visit's matter was led."""
    (event,) = [one for one in desk.tracking.history(draft.visit_id) if one.type == EventType.MATTER_GUIDED]
    return event


@pytest.mark.parametrize(
    ("name", "matter", "outcome", "office"),
    [
        ("62", "inquiry", "inquiry", "hall"),
        ("63", "legal_aid", "referral", "legal_aid"),
        ("64", "support_prosecution", "referral", "supporting_authority"),
        ("65", "work_injury_guidance", "guidance", "injury"),
        ("66", "passing_on", "referral", "other_authority"),
        ("74", "inquiry", "inquiry", "hall"),
    ],
)
def test_it_gets_a_slip_and_a_record_and_no_receipt_number(
    desk: Desk, draft_of: Drafts, name: str, matter: str, outcome: str, office: str
) -> None:
    draft = draft_of(name)
    received = desk.receiving.receive(draft)
    assert received.cases == ()
    assert received.warnings == ()
    (paper_id,) = received.paper_ids
    paper = desk.papers.get(paper_id).record
    assert (paper.kind, paper.number[:3]) == ("guidance", "ZY-")
    event = guided(desk, draft)
    assert (event.facts["matter"], event.facts["outcome"], event.facts["office"]) == (matter, outcome, office)
    assert event.facts["slip"] == paper.number
    assert event.body["answers"]
    assert desk.tracking.count() == 0
    assert desk.receiving.receive(draft) == received


def test_the_statistics_find_codes_and_minutes_in_the_envelope_and_no_words(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("62")
    desk.receiving.receive(draft)
    event = guided(desk, draft)
    assert event.facts["counts"] == {
        "question.topic": "hours_leave",
        "question.source": "counter",
        "question.asked_by": "worker",
        "answer.answered": "at_once",
        "answer.minutes": 8,
    }
    envelope = event.envelope_bytes.decode()
    for words in ("年休假", "作废", "百分之三百"):
        assert words not in envelope
    assert event.body["answers"]["articles"][0] == {"law": "企业职工带薪年休假实施办法", "article": "第十条"}
    assert event.confidentiality is Confidentiality.RESTRICTED


def test_the_slip_says_what_was_put_on_record_and_what_to_bring(desk: Desk, draft_of: Drafts) -> None:
    slip = desk.papers.get(desk.receiving.receive(draft_of("65")).paper_ids[0]).record
    (matter,) = slip.content["values"]["matters"]
    assert {"label": "由谁申请", "text": "职工本人（一年内）"} in matter["told"]
    assert not any("冲床" in line["text"] for line in matter["told"])  # not marked for the slip
    here = {line["title"]: line["requirement"] for line in matter["bring"]}
    assert here["工伤认定申请表"] == "请提交复印件 1 份"
    assert here["医疗诊断证明，或者职业病诊断证明书（鉴定书）"] == "本窗口已登记"
    dated = {limit["due_on"] for limit in matter["limits"] if isinstance(limit, dict)}
    assert dated == {"2026-11-30", "2027-11-01"}


def test_what_is_wrong_in_such_a_form_stops_it_at_its_field(desk: Desk) -> None:
    intake = visit("64")
    intake["matters"][0]["answers"]["clue"]["consents"] = False
    with pytest.raises(NotReady) as raised:
        desk.receiving.receive(desk.intake.from_json(intake))
    assert [(one.section, one.field, one.code) for one in raised.value.problems] == [
        ("clue", "consents", "check.consent_missing")
    ]


def test_what_is_missing_in_such_a_form_stops_nobody(desk: Desk) -> None:
    intake = visit("62")
    intake["matters"][0]["answers"] = {}
    received = desk.receiving.receive(desk.intake.from_json(intake))
    assert (received.cases, len(received.paper_ids), received.warnings) == ((), 1, ())


def test_a_case_and_a_slip_come_out_of_one_visit(desk: Desk) -> None:
    intake = visit("01")
    intake["matters"].append({"key": "m2", **visit("62")["matters"][0]})
    received = desk.receiving.receive(desk.intake.from_json(intake))
    assert [case.route for case in received.cases] == ["inspection"]
    kinds = [desk.papers.get(paper).record.kind for paper in received.paper_ids]
    assert kinds == ["guidance"]


def test_a_ticket_is_answered_by_its_own_day_and_one_without_a_day_gives_none(desk: Desk) -> None:
    intake = visit("69")
    number = desk.receiving.receive(desk.intake.from_json(intake)).cases[0].number
    case = desk.tracking.case(number)
    assert case is not None
    assert case.due_on is not None
    assert case.due_on.isoformat() == "2026-11-27"
    del intake["matters"][0]["answers"]["ticket"]["reply_by"]
    again = desk.tracking.case(desk.receiving.receive(desk.intake.from_json(intake)).cases[0].number)
    assert again is not None
    assert again.due_on is None


def test_a_draft_that_reports_says_in_no_list_who_came(desk: Desk) -> None:
    intake = visit("61")
    draft = desk.intake.from_json(intake)
    desk.reception.save(draft)
    (shown,) = desk.reception.drafts()
    assert shown.visitor == ""
    intake["matters"][0]["route"] = "inspection"
    desk.reception.save(desk.intake.from_json({**intake, "visit": str(draft.visit_id)}))
    (named,) = desk.reception.drafts()
    assert named.visitor == intake["answers"]["applicant"]["name"]
