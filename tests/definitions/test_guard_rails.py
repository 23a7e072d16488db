"""A paper that the law does not allow in this state cannot be printed, and the article is named."""

from datetime import date
from typing import Any

import pytest

from window_app.domain.assessment import Citation
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.rules.printing import Ruling, may_print

ON = date(2026, 11, 20)
LIVE = ("received", "returned", "accepted", "refused", "transferred", "suspended", "closed")


def ruling(definitions: DefinitionSet, paper: str, **facts: Any) -> Ruling:
    """Return what the law says of a paper."""
    return may_print(definitions.rules, paper, facts, ON)


def cited(basis: tuple[Citation, ...]) -> set[tuple[str, str]]:
    """Return laws and articles."""
    return {(each.law, each.article) for each in basis}


@pytest.mark.parametrize("status", LIVE)
def test_what_was_taken_in_always_gets_its_receipt(definitions: DefinitionSet, status: str) -> None:
    for procedure in ("arbitration", "review", "inspection"):
        assert ruling(definitions, "receipt", procedure=procedure, case_status=status).allowed


@pytest.mark.parametrize("paper", ["acceptance_notice", "refusal_notice"])
@pytest.mark.parametrize("status", ["received", "returned"])
def test_the_counter_neither_accepts_nor_refuses(definitions: DefinitionSet, paper: str, status: str) -> None:
    for procedure in ("arbitration", "review", "inspection"):
        for recorded in (False, True):
            found = ruling(
                definitions,
                paper,
                procedure=procedure,
                case_status=status,
                decision_recorded=recorded,
                decision_ground="none",
            )
            assert not found.allowed
            assert found.basis


@pytest.mark.parametrize(
    ("paper", "procedure", "status", "ground"),
    [
        ("acceptance_notice", "arbitration", "accepted", "qualified"),
        ("refusal_notice", "arbitration", "refused", "not_in_scope"),
        ("inspection_acceptance", "inspection", "accepted", "qualified"),
        ("inspection_refusal", "inspection", "refused", "over_two_years"),
        ("no_jurisdiction_notice", "arbitration", "closed", "told_elsewhere"),
        ("deferral_notice", "arbitration", "suspended", "mediation_first"),
        ("suspension_notice", "arbitration", "suspended", "other_ground"),
        ("transfer_letter", "arbitration", "transferred", "no_jurisdiction"),
    ],
)
def test_an_office_s_paper_needs_its_recorded_decision(
    definitions: DefinitionSet, paper: str, procedure: str, status: str, ground: str
) -> None:
    facts = {"procedure": procedure, "case_status": status, "decision_ground": ground}
    assert ruling(definitions, paper, **facts, decision_recorded=True).allowed
    refused = ruling(definitions, paper, **facts, decision_recorded=False)
    assert (refused.allowed, bool(refused.reason.get("zh")), bool(refused.basis)) == (False, True, True)
    unknown = ruling(definitions, paper, **facts)
    assert (unknown.allowed, unknown.missing) == (False, ("decision_recorded",))


def test_no_refusal_of_arbitration_for_limitation_or_lack_of_competence(definitions: DefinitionSet) -> None:
    facts = {"procedure": "arbitration", "case_status": "refused", "decision_recorded": True}
    late = ruling(definitions, "refusal_notice", **facts, decision_ground="limitation")
    assert not late.allowed
    assert ("劳动人事争议仲裁办案规则", "30") in cited(late.basis)
    elsewhere = ruling(definitions, "refusal_notice", **facts, decision_ground="told_elsewhere")
    assert not elsewhere.allowed
    assert ("劳动人事争议仲裁办案规则", "31") in cited(elsewhere.basis)


def test_inspection_refuses_for_the_two_years_alone(definitions: DefinitionSet) -> None:
    facts = {"procedure": "inspection", "case_status": "refused", "decision_recorded": True}
    grounds = definitions.vocabulary.get("decision_ground").values
    allowed = {
        ground
        for ground in grounds
        if ruling(definitions, "inspection_refusal", **facts, decision_ground=ground).allowed
    }
    assert allowed == {"over_two_years"}


def test_a_report_gives_no_paper_but_its_own_record_its_number_and_guidance(definitions: DefinitionSet) -> None:
    facts = {"procedure": "report", "case_status": "received", "decision_recorded": True, "decision_ground": "none"}
    papers = definitions.vocabulary.get("paper").values
    allowed = {paper for paper in papers if ruling(definitions, paper, **facts, workers_total=12).allowed}
    assert allowed == {"report_record", "report_receipt", "guidance"}
    refused = ruling(definitions, "receipt", procedure="report")
    assert cited(refused.basis) == {("劳动保障监察条例", "9")}


def test_nothing_is_printed_of_what_was_not_taken_in(definitions: DefinitionSet) -> None:
    papers = definitions.vocabulary.get("paper").values
    for status in ("none", "voided"):
        facts = {"procedure": "arbitration", "case_status": status, "decision_recorded": True}
        allowed = {
            paper
            for paper in papers
            if ruling(definitions, paper, **facts, decision_ground="qualified", workers_total=12).allowed
        }
        # Notice and commitment are signed before anything is taken in.
        signed = {"commitment_notice", "commitment_letter", "commitment_pair"} if status == "none" else set()
        assert allowed == {"guidance", "commitment_refusal", *signed}


def test_every_paper_has_a_ruling_in_every_state(definitions: DefinitionSet) -> None:
    find = definitions.vocabulary.get
    for paper in find("paper").values:
        for procedure in find("procedure").values:
            for status in find("case_status").values:
                facts = {"procedure": procedure, "case_status": status, "decision_recorded": True}
                facts |= {"decision_ground": "none", "commitment_state": "none"}
                found = ruling(definitions, paper, **facts, workers_total=12)
                assert found.row, (paper, procedure, status)
                assert found.basis


def test_an_unknown_paper_is_named(definitions: DefinitionSet) -> None:
    with pytest.raises(WindowAppError) as caught:
        ruling(definitions, "acceptance_letter")
    assert caught.value.code == "fact.not_a_value"


def test_every_paper_that_tables_name_is_known(definitions: DefinitionSet) -> None:
    known = set(definitions.vocabulary.get("paper").values)
    named = {
        paper
        for decision in ("papers", "forbidden")
        for row in definitions.rules.tables[decision].rows
        for paper in [row.then["paper"]]
    }
    assert named <= known
    # A blank form printed in advance belongs to no case, so that no state of one can forbid it.
    assert set(definitions.wording) - {"outage_form"} <= known
