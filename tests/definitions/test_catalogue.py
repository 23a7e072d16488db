"""Commitments, exclusions and their papers, held against FACTS section 5; what is expected is typed from there."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_app.app import practice_station
from window_app.forms import CommitmentDefinition, DefinitionSet, commitment_values
from window_app.forms.commitments import EXAMINATION_ELEMENTS, LETTER_ELEMENTS, NOTICE_ELEMENTS
from window_app.forms.wording import compose
from window_app.rules.commitment_exclusions import UNCHECKED
from window_app.services.judging import Judge
from window_app.services.practice import SampleClock

# The list of FACTS section 5: number, where it is used here (None: at another counter), words of the certificates.
TYPICAL: Mapping[int, tuple[str | None, frozenset[str]]] = {
    1: ("skill_examination", frozenset({"学历", "工作年限", "参保"})),
    2: (None, frozenset({"水平能力测试成绩合格证"})),
    3: ("unemployment_benefit", frozenset({"终止或者解除劳动关系"})),
    4: ("unemployment_registration", frozenset({"失业状态", "终止或者解除劳动关系"})),
    5: ("employment_registration", frozenset({"灵活就业证明"})),
    6: ("hardship_recognition", frozenset({"家庭情况", "低保", "残疾", "零就业"})),
    7: ("startup_subsidy", frozenset({"未享受同类补贴", "持续经营"})),
    8: (None, frozenset({"灵活就业说明"})),
    9: (None, frozenset({"生存证明"})),
    10: ("funeral_benefit", frozenset({"火化", "亲属关系"})),
    11: (None, frozenset({"继承人关系"})),
    12: (None, frozenset({"无生活来源"})),
    13: ("insurance_transfer", frozenset({"参保缴费凭证"})),
    14: (None, frozenset({"就业创业证", "没有其他贷款"})),
    15: (None, frozenset({"调档函", "同意转出"})),
    16: (None, frozenset({"在职", "领取失业保险金"})),
    17: (None, frozenset({"场所权属", "人员从业"})),
}
CLEAR: Mapping[str, Any] = {
    "commitment_area": "none",
    "commitment_examination": False,
    "commitment_by": "natural_person",
    "commitment_applicant": "natural_person",
    "commitment_choice": "commit",
    "commitment_signer": "applicant",
    "commitment_capacity": "capable",
    "credit_entry": "none",
    "false_commitment": "none",
    "withdrawn_this_year": False,
}


@pytest.fixture(scope="module")
def judge(definitions: DefinitionSet) -> Judge:
    return Judge(definitions, practice_station(), SampleClock(datetime(2026, 11, 20, 1, tzinfo=UTC)))


def of_number(definitions: DefinitionSet, number: int) -> list[CommitmentDefinition]:
    return [each for each in definitions.commitments.values() if each.number == number]


def test_the_catalogue_has_the_seventeen_and_no_others(definitions: DefinitionSet) -> None:
    assert {each.number for each in definitions.commitments.values()} == set(TYPICAL)


@pytest.mark.parametrize("number", TYPICAL)
def test_each_certificate_of_the_list_is_there(definitions: DefinitionSet, number: int) -> None:
    matter, words = TYPICAL[number]
    found = of_number(definitions, number)
    said = "；".join(each.certificate["zh"] for each in found)
    assert [word for word in sorted(words) if word not in said] == []
    assert {each.elsewhere is None for each in found} == {matter is not None}
    if matter is not None:
        assert {code for each in found for code in each.matters} == {matter}


def test_each_is_offered_for_a_material_that_its_matter_asks_for(definitions: DefinitionSet) -> None:
    for each in definitions.commitments.values():
        for matter in each.matters:
            asked = {material.code: material for material in definitions.matters[matter].materials}
            for material in each.replaces:
                assert not asked[material].optional
                assert definitions.commitments_for(matter, material) == (each,)


def test_nothing_is_called_verified_that_the_list_only_recalls(definitions: DefinitionSet) -> None:
    recalled = ("verification", "method", "published", "who")
    for each in definitions.commitments.values():
        assert not any(each.verified[name] for name in recalled), each.code
        assert each.verify_within is None, each.code


def test_what_belongs_to_identity_cannot_be_committed_to(definitions: DefinitionSet) -> None:
    for matter in definitions.matters:
        assert definitions.commitments_for(matter, "identity") == ()


def test_nobody_commits_for_a_candidate_and_a_guardian_may_for_others(definitions: DefinitionSet) -> None:
    for each in definitions.commitments.values():
        if each.who.value != "employer":
            assert each.proxy.value == ("none" if each.examination else "guardian_only"), each.code
    assert {each.code for each in definitions.commitments.values() if each.examination} == {
        each.code for each in of_number(definitions, 1)
    }


VISIT: Mapping[str, Any] = {
    "number": "GZ-1",
    "told_at": datetime(2026, 11, 20, 1, tzinfo=UTC),
    "hall": "练习大厅",
    "counter": "1号窗口",
    "clerk": "工作人员",
    "phone": "12333",
    "office": "办理机构",
    "applicant": {"name": "柳依依"},
    "matter_title": "事项",
    "replaced": ["材料"],
}


def said_by(definitions: DefinitionSet, commitment: CommitmentDefinition, code: str) -> dict[str, str]:
    """Return what a paper of a commitment says, by item."""
    values = {**commitment_values(commitment, definitions.vocabulary), **VISIT}
    blocks = compose(definitions.wording[code], values, date(2026, 11, 20))
    return {item["id"]: item.get("text", "") for block in blocks for item in block.get("items", ())}


def test_the_papers_of_each_say_everything_that_they_must(definitions: DefinitionSet) -> None:
    for each in definitions.commitments.values():
        notice, letter = (said_by(definitions, each, code) for code in (each.notice, each.commitment))
        more = EXAMINATION_ELEMENTS if each.examination else {}
        for said, elements in ((notice, NOTICE_ELEMENTS), (letter, {**LETTER_ELEMENTS, **more})):
            for element, items in elements.items():
                assert len("".join(said.get(item, "") for item in items)) > 1, (each.code, element)
        assert each.proves["zh"] in notice["content"]
        assert each.authority["zh"] in notice["certificate"]
        assert each.conditions["zh"] in letter["met"]
        assert ("withdrawal_examination" in notice) is each.examination


def test_whoever_gets_insurance_money_is_told_of_the_fine(definitions: DefinitionSet) -> None:
    told = said_by(definitions, definitions.commitments["benefit_ending"], "commitment_notice")
    assert "二倍以上五倍以下的罚款" in told["administrative"]
    told = said_by(definitions, definitions.commitments["flexible_work"], "commitment_notice")
    assert "罚款" not in told["administrative"]


@pytest.mark.parametrize(
    ("facts", "codes", "repair"),
    [
        ({}, [], ""),
        ({"credit_entry": "listed"}, ["credit_listed"], "信用修复"),
        ({"credit_entry": "repaired"}, [], ""),
        ({"false_commitment": "unrepaired"}, ["false_before"], "信用修复"),
        ({"false_commitment": "repaired", "credit_entry": "struck"}, [], ""),
        ({"commitment_signer": "other"}, ["proxy"], "本人"),
        ({"commitment_signer": "guardian", "commitment_capacity": "incapable"}, [], ""),
        ({"commitment_signer": "guardian"}, ["guardian_needless"], "本人"),
        ({"commitment_choice": "prove"}, ["chose_to_prove"], "不得要求"),
        ({"commitment_area": "public_security"}, ["area"], "提交该证明"),
        ({"commitment_examination": True, "withdrawn_this_year": True}, ["withdrawn_this_year"], "下一年度"),
    ],
)
def test_who_may_not_is_told_why_and_how_to_repair_it(
    judge: Judge, facts: Mapping[str, Any], codes: list[str], repair: str
) -> None:
    found = judge.commitment_exclusions({**CLEAR, **facts})
    assert [each.code for each in found] == codes
    for each in found:
        assert each.citations
        assert each.reason["en"]
        assert repair in each.repair["zh"]


@pytest.mark.parametrize("name", CLEAR)
def test_what_was_not_looked_up_does_not_pass(judge: Judge, name: str) -> None:
    # Whether something was withdrawn matters in examinations, and whether it is one matters then and for guardians.
    other = {
        "withdrawn_this_year": {"commitment_examination": True},
        "commitment_examination": {"withdrawn_this_year": True},
    }
    facts = {**CLEAR, **other.get(name, {})}
    found = judge.commitment_exclusions({key: value for key, value in facts.items() if key != name})
    assert [each.code for each in found] == [UNCHECKED]
    assert found[0].missing == (name,)


def test_what_is_known_is_told_while_the_rest_is_not(judge: Judge) -> None:
    found = judge.commitment_exclusions({"credit_entry": "listed"})
    assert [each.code for each in found] == ["credit_listed", UNCHECKED]
    assert "commitment_signer" in found[1].missing


def excluded(facts: Mapping[str, Any]) -> bool:
    """Say by FACTS section 5, in other words than the table, whether somebody may not commit."""
    examination, signer = facts["commitment_examination"], facts["commitment_signer"]
    needs_guardian = facts["commitment_capacity"] == "incapable"
    may_have_guardian = facts["commitment_capacity"] != "capable" and not examination
    right_signer = (signer == "applicant" and not needs_guardian) or (signer == "guardian" and may_have_guardian)
    right_party = facts["commitment_by"] in ("both", facts["commitment_applicant"])
    good_credit = facts["credit_entry"] != "listed" and facts["false_commitment"] != "unrepaired"
    withdrawn = examination and facts["withdrawn_this_year"]
    free = facts["commitment_area"] == "none" and facts["commitment_choice"] == "commit"
    return not (right_signer and right_party and good_credit and free and not withdrawn)


@given(data=st.data())
def test_exactly_those_of_the_list_are_excluded(definitions: DefinitionSet, judge: Judge, data: st.DataObject) -> None:
    facts = {}
    for name in CLEAR:
        values = definitions.vocabulary.get(name).values
        facts[name] = data.draw(st.sampled_from(sorted(values)) if values else st.booleans(), label=name)
    assert bool(judge.commitment_exclusions(facts)) is excluded(facts)
