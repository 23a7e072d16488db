"""Claims calculated at the desk: first values, what is taken over, what is corrected, what goes on record."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.services.visits import visit

from window_app.domain.events import Event
from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.i18n import Catalogue
from window_app.services.calculators import NoSuchCalculator, NothingToTake, without_record
from window_app.services.desk import Desk
from window_app.services.phrases import initials_of, matching
from window_app.storage.drafts import draft_bytes, read_draft

Drafts = Callable[[str], VisitDraft]
HOURS = {"starts_on": "2026-03-01", "ends_on": "2026-03-31", "monthly_pay": "8700", "extended_hours": "20"}


@pytest.fixture
def draft(desk: Desk) -> VisitDraft:
    """A visit at its claims: two of them, with employment told."""
    draft = desk.intake.from_json(visit("01"))
    matter = draft.matters[0]
    draft = replace(
        draft,
        answers={
            **draft.answers,
            "employment": {"worked_from": "2023-08-01", "worked_to": "2026-09-30", "monthly_pay": "8700"},
        },
    )
    claims = [{"kind": "overtime"}, {"kind": "wages", "amount": "1000"}]
    return draft.with_matter(replace(matter, route="arbitration", answers={**matter.answers, "claims": claims}))


def taken(desk: Desk, draft: VisitDraft, record: int = 0) -> VisitDraft:
    made = desk.calculators.calculate("overtime", HOURS)
    return desk.calculators.take_over(draft, "m1", "claims", record, made)


def body_of(desk: Desk, draft: VisitDraft) -> dict[str, Any]:
    received = desk.receiving.receive(draft)
    events: tuple[Event, ...] = desk.tracking.history(received.cases[0].case_id)
    return dict(events[0].body or {})


def test_the_calculators_fit_the_kind_of_claim(desk: Desk) -> None:
    assert [each.code for each in desk.calculators.fitting("overtime")] == ["overtime"]
    assert desk.calculators.fitting("relation") == ()
    assert desk.calculators.fitting(None) == ()
    with pytest.raises(NoSuchCalculator):
        desk.calculators.find("lottery")


def test_first_values_come_from_the_claim_the_form_and_the_interview(desk: Desk, draft: VisitDraft) -> None:
    values = desk.calculators.prefilled(draft, "m1", "claims", 0, "overtime")
    assert values == {"starts_on": "2023-08-01", "ends_on": "2026-09-30", "monthly_pay": "8700"}
    matter = draft.matters[0]
    dated = draft.with_matter(
        replace(matter, answers={**matter.answers, "claims": [{"kind": "overtime", "from": "2026-01-01"}]})
    )
    assert desk.calculators.prefilled(dated, "m1", "claims", 0, "overtime")["starts_on"] == "2026-01-01"
    bare = replace(draft, answers={}, facts={**draft.facts, "hired_on": "2022-02-02", "employment_ended_on": "unclear"})
    assert desk.calculators.prefilled(bare, "m1", "claims", 0, "severance") == {"hired_on": "2022-02-02"}


def test_what_is_taken_over_fills_amount_and_period_and_keeps_the_steps(desk: Desk, draft: VisitDraft) -> None:
    draft = taken(desk, draft)
    claim = draft.matter("m1").answers["claims"][0]
    assert claim == {"kind": "overtime", "amount": "1500.00", "from": "2026-03-01", "to": "2026-03-31"}
    kept = desk.calculators.kept(draft, "m1", "claims", 0)
    assert kept is not None
    assert kept.calculated == kept.claimed == 1500
    assert kept.difference == 0
    assert kept.reason == ""
    assert desk.calculators.prefilled(draft, "m1", "claims", 0, "overtime") == {
        **HOURS,
        "monthly_pay": "8700.00",
        "extended_hours": "20.00",
    }
    assert desk.calculators.kept(draft, "m1", "claims", 1) is None
    assert desk.intake.filling(draft, "m1").problems is not None  # type: ignore[union-attr] # the form takes it


def test_without_a_figure_nothing_is_taken_over(desk: Desk, draft: VisitDraft) -> None:
    for typed in ({}, {**HOURS, "paid": "99999"}):
        made = desk.calculators.calculate("overtime", typed)
        with pytest.raises(NothingToTake):
            desk.calculators.take_over(draft, "m1", "claims", 0, made)
    missing = {"hired_on": "2024-01-01", "ended_on": "2026-01-01", "average_pay": "1"}
    with pytest.raises(NothingToTake):
        desk.calculators.take_over(draft, "m1", "claims", 0, desk.calculators.calculate("severance", missing))


def test_a_correction_keeps_the_result_the_difference_and_the_reason(desk: Desk, draft: VisitDraft) -> None:
    draft = taken(desk, draft)
    draft = desk.intake.set_field(draft, "m1", "claims", 0, "amount", "1200")
    draft = desk.calculators.with_reason(draft, "m1", "claims", 0, "  本人只主张一千二百元 ")
    kept = desk.calculators.kept(draft, "m1", "claims", 0)
    assert kept is not None
    assert kept.calculated == 1500
    assert kept.claimed == 1200
    assert kept.difference == Decimal(-300)
    [recorded] = body_of(desk, draft)["calculations"]
    assert recorded["result"] == "1500.00"
    assert recorded["claimed"] == "1200.00"
    assert recorded["difference"] == "-300.00"
    assert recorded["reason"] == "本人只主张一千二百元"
    assert recorded["inputs"]["extended_hours"] == "20.00"
    steps = {step["step"]: step for step in recorded["steps"]}
    assert steps["extended"]["formula"] == "8700.00 ÷ 21.75 ÷ 8 × 150% × 20"
    assert {"law": "劳动法", "article": "44", "paragraph": None, "item": "一"} in steps["extended"]["basis"]
    with pytest.raises(WindowAppError):
        desk.calculators.with_reason(draft, "m1", "claims", 0, "长" * 501)


def test_nothing_of_a_calculation_stands_in_an_envelope(desk: Desk, draft: VisitDraft) -> None:
    draft = desk.calculators.with_reason(taken(desk, draft), "m1", "claims", 0, "某某的理由")
    received = desk.receiving.receive(draft)
    for stream in (draft.visit_id, received.cases[0].case_id):
        for event in desk.tracking.history(stream):
            told = event.envelope_bytes.decode("utf-8")
            assert "某某的理由" not in told
            assert "8700" not in told
            assert "calculations" not in told


def test_a_removed_claim_takes_its_calculation_along_and_later_ones_move_up(desk: Desk, draft: VisitDraft) -> None:
    draft = taken(desk, draft, record=1)
    assert desk.calculators.kept(draft, "m1", "claims", 1) is not None
    draft = desk.intake.remove_record(draft, "m1", "claims", 0)
    assert desk.calculators.kept(draft, "m1", "claims", 0) is not None
    assert desk.calculators.kept(draft, "m1", "claims", 1) is None
    draft = desk.intake.remove_record(draft, "m1", "claims", 0)
    assert draft.matter("m1").calculations == {}
    kept = {"claims/0": "a", "claims/2": "b", "requests/1": "c"}
    assert without_record(kept, "claims", 1) == {"claims/0": "a", "claims/1": "b", "requests/1": "c"}


def test_claims_add_up_in_figures_and_capitals(desk: Desk, draft: VisitDraft) -> None:
    total = desk.calculators.total(draft, "m1", "claims")
    assert total.figures == 1000
    assert (total.count, total.open) == (2, 1)
    assert total.capitals == "人民币壹仟元整"
    total = desk.calculators.total(taken(desk, draft), "m1", "claims")
    assert total.figures == 2500
    assert (total.capitals, total.open) == ("人民币贰仟伍佰元整", 0)
    broken = desk.intake.set_field(draft, "m1", "claims", 1, "amount", "一千")
    assert desk.calculators.total(broken, "m1", "claims").open == 2


def test_the_receipt_says_the_sum_in_capitals(desk: Desk, draft: VisitDraft) -> None:
    received = desk.receiving.receive(taken(desk, draft))
    paper = desk.papers.get(received.cases[0].paper_ids[0])
    values = json.dumps(paper.record.content, ensure_ascii=False)
    assert "2,500.00元（人民币贰仟伍佰元整）" in values


def test_a_draft_keeps_calculations_and_one_of_an_older_program_still_opens(desk: Desk, draft: VisitDraft) -> None:
    draft = taken(desk, draft)
    assert read_draft(draft_bytes(draft)) == draft
    older = json.loads(draft_bytes(draft))
    older["matters"] = [matter[:5] for matter in older["matters"]]
    assert read_draft(json.dumps(older).encode()).matter("m1").calculations == {}


def test_an_intake_carries_calculations_there_and_back(desk: Desk, draft: VisitDraft) -> None:
    draft = taken(desk, draft)
    again = desk.intake.from_json(desk.intake.to_json(draft))
    assert again.matter("m1").calculations == draft.matter("m1").calculations
    intake = desk.intake.to_json(draft)
    mistakes: list[Any] = [
        [],
        {"workers/0": {}},
        {"claims/0": {"calculator": "lottery", "on": "2026-01-01", "inputs": {}, "result": "1.00"}},
        {"claims/0": {"calculator": "overtime", "on": "soon", "inputs": {}, "result": "1.00"}},
        {"claims/0": {"calculator": "overtime", "on": "2026-01-01", "inputs": {}, "result": "NaN"}},
        {"claims/0": {"calculator": "overtime", "on": "2026-01-01", "inputs": {}, "result": "1.00", "x": 1}},
    ]
    for wrong in mistakes:
        matter = {**intake["matters"][0], "calculations": wrong}
        with pytest.raises(WindowAppError) as refused:
            desk.intake.from_json({**intake, "matters": [matter]})
        assert refused.value.code == "intake.calculation"


def test_the_law_of_the_day_of_an_outage_form_holds(desk: Desk) -> None:
    typed = {"hired_on": "2026-01-01", "monthly_pay": "6000"}
    early = desk.calculators.calculate("double_wages", typed, datetime(2026, 3, 31, tzinfo=UTC).date())
    assert early.result == 12000
    with pytest.raises(WindowAppError):
        desk.calculators.calculate("double_wages", typed, locality="999999")


# --- phrases ---------------------------------------------------------------------------------------------------


def test_phrases_fit_the_matter_and_are_filled_from_what_is_known(desk: Desk, draft: VisitDraft) -> None:
    offered = desk.phrases.offered(draft, "m1", Catalogue("zh_CN"))
    codes = [one.code for one in offered]
    assert codes[0] == "labour.wages_template"
    assert "labour.injury_template" not in codes
    assert "collective.group_wages" not in codes
    text = next(one.text for one in offered if one.code == "labour.employment")
    assert text.startswith("张建国于2023年8月1日入职")
    assert "8700元" in text
    assert "____" in text


def test_phrases_are_found_by_initials_and_by_hanzi(desk: Desk, draft: VisitDraft) -> None:
    offered = desk.phrases.offered(draft, "m1", Catalogue("zh_CN"))
    assert initials_of("拖欠工资的期间和数额") == "tqgzdqjhse"
    wages = "拖欠工资的期间和数额"
    found = {"tqgz": wages, "TQ GZ": wages, "催要": "催要过工资", "足额支付": "欠薪（整篇）"}
    for sought, title in found.items():
        assert title in [one.title for one in matching(offered, sought)], sought
    assert matching(offered, "") == offered
    assert matching(offered, "zzzz") == ()
