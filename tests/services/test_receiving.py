"""Receiving: one transaction, final numbers, papers; nothing lost, nothing doubled."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.services.visits import visit

from window_app.domain.events import Confidentiality, EventType
from window_app.domain.receipt_numbers import parse
from window_app.domain.visits import VisitDraft
from window_app.services.desk import Desk
from window_app.services.practice import SampleClock
from window_app.services.receiving import ClockBehind, NotReady
from window_app.storage.store import Store

Drafts = Callable[[str], VisitDraft]


def test_a_matter_taken_in_gets_one_number_one_receipt_and_its_events(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("01")
    desk.reception.save(draft)
    received = desk.receiving.receive(draft)
    assert [case.matter_key for case in received.cases] == ["m1"]
    number = parse(received.cases[0].number)
    assert number.practice
    assert number.drawn_on == received.received_on
    kinds = [event.type for event in desk.tracking.history(received.cases[0].case_id)]
    assert kinds == [EventType.MATTER_RECEIVED, EventType.PAPER_ISSUED]
    assert desk.reception.drafts() == ()
    assert desk.tracking.case(received.cases[0].number) is not None


def test_the_visit_tells_its_story_in_order(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("12")
    desk.receiving.receive(draft)
    kinds = [event.type for event in desk.tracking.history(draft.visit_id)]
    assert kinds == [
        EventType.VISIT_OPENED,
        EventType.ROUTE_CHOSEN,
        EventType.ROUTE_CHOSEN,
        EventType.VISIT_CLOSED,
    ]


def test_a_repeat_returns_the_first_result_and_writes_nothing(open_desk: Callable[[], Desk], draft_of: Drafts) -> None:
    draft = draft_of("12")
    desk = open_desk()
    first = desk.receiving.receive(draft)
    unsent = desk.tracking.count_unsent()
    assert desk.receiving.receive(draft) == first
    after_a_kill = open_desk()
    assert after_a_kill.receiving.receive(draft) == first
    assert after_a_kill.tracking.count_unsent() == unsent
    assert after_a_kill.tracking.count() == 2


def test_several_matters_share_answers_and_have_numbers_of_their_own(desk: Desk, draft_of: Drafts) -> None:
    received = desk.receiving.receive(draft_of("12"))
    assert len({case.number for case in received.cases}) == 2
    assert {case.route for case in received.cases} == {"inspection", "arbitration"}
    assert {row.applicant for row in desk.tracking.window(None, 9)} == {"陈思远"}


def test_envelopes_hold_codes_and_no_personal_data(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("12")
    received = desk.receiving.receive(draft)
    streams = [draft.visit_id, *(case.case_id for case in received.cases)]
    envelopes = b"".join(event.envelope_bytes for stream in streams for event in desk.tracking.history(stream))
    text = envelopes.decode("utf-8")
    for secret in ("陈思远", "440106198605257127", "13800000012", "林和路", "启航", "91440106MA5QH0012M"):
        assert secret not in text
    assert received.cases[0].number in text


def test_tokens_name_the_same_person_without_saying_who(desk: Desk, draft_of: Drafts) -> None:
    received = desk.receiving.receive(draft_of("12"))
    tokens = [set(desk.tracking.history(case.case_id)[0].tokens) for case in received.cases]
    assert tokens[0] == tokens[1]
    assert len(tokens[0]) == 2


def test_what_is_missing_goes_into_the_notice_and_blocks_nothing(desk: Desk, draft_of: Drafts) -> None:
    draft = replace(draft_of("01"), materials={})
    assert desk.receiving.ready(draft) == ()
    received = desk.receiving.receive(draft)
    papers = desk.papers.of_case(received.cases[0].case_id)
    assert [paper.record.kind for paper in papers] == ["receipt", "notice_once"]
    notice = papers[1].record.content["values"]
    assert all(line["basis"] for line in notice["missing"])
    receipt = papers[0].record.content["values"]
    assert receipt["missing"]
    assert received.warnings == ("receiving.warning.incomplete",)


def test_a_matter_without_route_ends_as_a_guidance_slip(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("16")
    received = desk.receiving.receive(draft)
    assert received.cases == ()
    paper = desk.papers.get(received.paper_ids[0])
    assert paper.record.kind == "guidance"
    assert paper.record.number.startswith("ZY-")
    guided = next(event for event in desk.tracking.history(draft.visit_id) if event.type == EventType.MATTER_GUIDED)
    assert guided.facts["outcome"] == "guidance"
    assert desk.tracking.count() == 0


def test_a_wrong_field_stops_receiving_and_keeps_the_draft(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("01")
    draft = desk.intake.set_field(draft, "m1", "applicant", 0, "id_number", "110105194912310021")
    desk.reception.save(draft)
    with pytest.raises(NotReady) as raised:
        desk.receiving.receive(draft)
    assert {problem.field for problem in raised.value.problems} >= {"id_number"}
    assert desk.reception.resume(draft.visit_id).answers["applicant"]["id_number"] == "110105194912310021"
    assert desk.tracking.count() == 0
    assert desk.tracking.count_unsent() == 0


def test_a_route_that_no_longer_fits_is_refused_whatever_the_screen_said(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("01")
    forged = draft.with_matter(replace(draft.matter("m1"), route="tax_collector"))
    with pytest.raises(NotReady) as raised:
        desk.receiving.receive(forged)
    assert [problem.code for problem in raised.value.problems] == ["receiving.route_not_offered"]


def test_an_override_is_an_event_with_its_reason_and_unlocks_no_forbidden_paper(desk: Desk, draft_of: Drafts) -> None:
    draft = desk.interview.override(draft_of("16"), "m1", "arbitration", "来访人坚持递交")
    received = desk.receiving.receive(draft)
    events = desk.tracking.history(draft.visit_id)
    overridden = next(event for event in events if event.type == EventType.ROUTE_OVERRIDDEN)
    assert overridden.body == {"reason": "来访人坚持递交"}
    assert "坚持" not in overridden.envelope_bytes.decode("utf-8")
    kinds = {paper.record.kind for paper in desk.papers.of_case(received.cases[0].case_id)}
    assert kinds <= {"receipt", "notice_once"}
    assert "receiving.warning.not_offered" in received.warnings


def test_a_clock_behind_the_last_event_asks_before_a_number_is_given(
    desk: Desk, draft_of: Drafts, clock: SampleClock
) -> None:
    desk.receiving.receive(draft_of("01"))
    clock.instant -= timedelta(hours=3)
    late = draft_of("02")
    desk.reception.save(late)
    with pytest.raises(ClockBehind) as raised:
        desk.receiving.receive(late)
    assert raised.value.params == {"now": "2026-11-20 07:00", "last": "2026-11-20 10:00"}
    assert desk.tracking.count() == 1
    assert desk.reception.resume(late.visit_id) == late
    received = desk.receiving.receive(late, clock_confirmed=True)
    assert len(received.cases) == 1
    opened = desk.tracking.history(late.visit_id)[0]
    assert opened.facts["clock_behind"] is True
    assert received.warnings == ("receiving.warning.clock",)


@pytest.mark.parametrize(("utc_hour", "minute", "day"), [(15, 59, 20), (16, 1, 21)])
def test_the_legal_date_is_chinas_on_both_sides_of_midnight(
    desk: Desk, draft_of: Drafts, clock: SampleClock, utc_hour: int, minute: int, day: int
) -> None:
    clock.instant = clock.instant.replace(hour=utc_hour, minute=minute)
    received = desk.receiving.receive(draft_of("01"))
    assert received.received_on.day == day
    assert f"2611{day}" in received.cases[0].number


def test_a_confidential_report_is_confidential_throughout(desk: Desk) -> None:
    draft = desk.intake.from_json(
        {
            "facts": {"visitor": "bystander"},
            "answers": {"applicant": {"name": "举报某甲", "phone": "13800000077"}},
            "matters": [{"facts": {"matter_kind": "unlawful_practice", "practice": "child_labour"}, "route": "report"}],
        }
    )
    received = desk.receiving.receive(draft)
    events = desk.tracking.history(draft.visit_id)
    assert {event.confidentiality for event in events} == {Confidentiality.CONFIDENTIAL}
    assert all(event.tokens == () for event in events)
    for case in received.cases:
        history = desk.tracking.history(case.case_id)
        assert {event.confidentiality for event in history} == {Confidentiality.CONFIDENTIAL}
    assert desk.search.find("举报某甲") == ()


def test_the_case_keeps_the_definition_set_it_was_judged_by(desk: Desk, draft_of: Drafts) -> None:
    received = desk.receiving.receive(draft_of("01"))
    first = desk.tracking.history(received.cases[0].case_id)[0]
    assert first.facts["definition_set"] == desk.definitions.content_hash
    assert isinstance(desk.upkeep, Store)
    assert desk.upkeep.find_definition_set(desk.definitions.content_hash) == desk.definitions.pack()


def test_projections_made_anew_from_the_events_are_the_same(desk: Desk, draft_of: Drafts) -> None:
    for name in ("01", "05", "12"):
        desk.receiving.receive(draft_of(name))
    before = desk.tracking.window(None, 50)
    desk.upkeep.rebuild()
    assert desk.tracking.window(None, 50) == before
    assert desk.upkeep.integrity() == ()


HARD = ["𬭚䶮𰻞", "😀👍🏽", "a\u0000b\u0007", "é" * 200, "‮gnol", "'; DROP TABLE event; --"]


@pytest.mark.parametrize("name", HARD)
def test_any_character_is_stored_whole_or_named_at_its_field(desk: Desk, draft_of: Drafts, name: str) -> None:
    draft = desk.intake.set_field(draft_of("01"), "m1", "applicant", 0, "name", name)
    desk.reception.save(draft)
    assert desk.reception.resume(draft.visit_id).answers["applicant"]["name"] == name
    problems = desk.receiving.ready(draft)
    if problems:
        assert {(problem.section, problem.field) for problem in problems} == {("applicant", "name")}
        return
    received = desk.receiving.receive(draft)
    body: Any = desk.tracking.history(received.cases[0].case_id)[0].body
    assert body["applicant"]["name"] == name
    assert desk.papers.pdf(received.cases[0].paper_ids[0]).startswith(b"%PDF")


def test_ten_thousand_characters_of_statement_are_kept(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("02")
    text = "老板拖欠工资。" * 1429
    draft = desk.intake.set_field(draft, "m1", "statement", 0, "facts_and_reasons", text)
    received = desk.receiving.receive(draft)
    body: Any = desk.tracking.history(received.cases[0].case_id)[0].body
    assert body["answers"]["statement"]["facts_and_reasons"] == text


@pytest.mark.parametrize("amount", ["0", "1000000000000", "-5", "abc", "12.345"])
def test_an_impossible_amount_is_named_at_its_field(desk: Desk, draft_of: Drafts, amount: str) -> None:
    draft = desk.intake.set_field(draft_of("02"), "m1", "claims", 0, "amount", amount)
    assert [(one.section, one.index, one.field) for one in desk.receiving.ready(draft)] == [("claims", 0, "amount")]


def test_bodies_are_plain_json(desk: Desk, draft_of: Drafts) -> None:
    received = desk.receiving.receive(draft_of("05"))
    body: Any = desk.tracking.history(received.cases[0].case_id)[0].body
    assert json.loads(json.dumps(body)) == body
    assert len([party for party in body["parties"] if party["role"] == "worker"]) == 12


def test_every_collected_visit_leads_where_the_law_says(desk: Desk) -> None:
    for name in ("04", "06", "08", "09", "11", "13", "19"):
        content = visit(name)
        received = desk.receiving.receive(desk.intake.from_json(content), clock_confirmed=True)
        wanted = [(case["matter"], case["route"]) for case in content["expect"]["cases"]]
        assert [(case.matter_key, case.route) for case in received.cases] == wanted, name
