"""Bad input gets a clear message; no answer and no figure is invented."""

import copy
from datetime import date
from typing import Any

import pytest
from tests.definitions.conftest import Assess
from tests.definitions.facts import EMPLOYED, left, of, only, option, wages

from window_app.domain.assessment import Deadline
from window_app.errors import DefinitionError, WindowAppError
from window_app.forms import DefinitionSet, unpack
from window_app.rules import Source, build_ruleset
from window_app.rules.deadlines import OpenLimit, compute


@pytest.mark.parametrize(
    ("visit", "matter", "message", "asked"),
    [
        (
            {**left("2026-05-01"), "hired_on": "2026-06-01"},
            wages("denies"),
            "离职日期早于入职日期",
            {"employment_ended_on", "hired_on"},
        ),
        (
            {**EMPLOYED, "employment_ended_on": "2026-05-01"},
            wages(),
            "又填了已经过去的离职日期",
            {"employed", "employment_ended_on"},
        ),
        (left("2026-12-01"), wages("denies"), "离职日期却在以后", {"employed", "employment_ended_on"}),
        ({**EMPLOYED, "hired_on": "2027-01-01"}, wages(), "入职日期在以后", {"hired_on"}),
        (EMPLOYED, of("covenant", rights_known_on="2026-11-21"), "知道权利受侵害的日期在以后", {"rights_known_on"}),
        (
            left("2025-09-20"),
            wages("denies", claim_proof=True, last_claim_on="2026-11-21"),
            "最近一次主张的日期在以后",
            {"last_claim_on"},
        ),
        (
            {**EMPLOYED, "capacity": "minor", "born_on": "1981-05-01"},
            wages(),
            "已满十八周岁",
            {"capacity"},
        ),
        (
            {**EMPLOYED, "capacity": "minor", "born_on": "2012-05-01"},
            wages(),
            "属于使用童工",
            {"capacity"},
        ),
        ({**EMPLOYED, "capacity": "retired", "born_on": "1990-05-01"}, wages(), "不满四十五周岁", {"capacity"}),
    ],
)
def test_facts_that_contradict_each_other_give_no_answer_and_are_asked_again(
    law: Assess, visit: dict[str, Any], matter: dict[str, Any], message: str, asked: set[str]
) -> None:
    found = only(law, visit, matter)
    assert (found.decided, found.routes, found.papers) == (False, (), ())
    assert message in "".join(text["zh"] for text in found.warnings)
    assert all(text["en"] for text in found.warnings)
    assert {question.fact for question in found.next} == asked


def test_a_contradiction_in_one_matter_leaves_the_other_alone(law: Assess) -> None:
    wrong = of("covenant", rights_known_on="2026-12-24", covenant_claim="penalty")
    assessment = law(EMPLOYED, wages(), wrong)
    assert assessment.matters[0].decided
    assert not assessment.matters[1].decided


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"matter_kind": "wages"}, "fact.not_a_value"),
        ({"matter_kind": 3}, "fact.invalid"),
        ({"employed": "yes"}, "fact.invalid"),
        ({"workers_total": "12"}, "fact.invalid"),
        ({"employment_ended_on": "2026-02-30"}, "fact.invalid"),
        ({"employment_ended_on": "1900-01-01"}, "fact.out_of_range"),
        ({"employment_ended_on": "2100-01-01"}, "fact.out_of_range"),
        ({"born_on": "1899-12-31"}, "fact.out_of_range"),
        ({"suspended_days": -1}, "fact.out_of_range"),
        ({"salary": 1}, "fact.unknown"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(
    definitions: DefinitionSet, facts: dict[str, Any], code: str
) -> None:
    with pytest.raises(WindowAppError) as caught:
        definitions.vocabulary.read_facts(facts)
    assert caught.value.code == code
    assert caught.value.params["fact"] == next(iter(facts))


def test_every_date_that_is_asked_lies_within_a_lifetime_of_law(definitions: DefinitionSet) -> None:
    asked = [fact for fact in definitions.vocabulary.questions() if fact.type.value == "date"]
    assert asked
    assert [fact.name for fact in asked if fact.domain is None or not fact.unclear] == []
    for fact in asked:
        assert not fact.accepts(date(1900, 1, 1))
        assert not fact.accepts(date(2100, 1, 1))


def test_a_missing_parameter_gives_no_figure(definitions: DefinitionSet) -> None:
    rule = definitions.rules.deadline("inspection_investigation", None)
    assert rule is not None
    facts = definitions.vocabulary.read_facts({"accepted_on": "2003-01-02"})
    found = compute(rule, facts, definitions.rules.parameters, definitions.calendars, date(2005, 1, 1))
    assert isinstance(found, Deadline)
    early = compute(rule, facts, definitions.rules.parameters, definitions.calendars, date(2003, 1, 2))
    assert isinstance(early, OpenLimit)
    empty = build_ruleset(definitions.vocabulary, []).parameters
    missing = compute(rule, facts, empty, definitions.calendars, date(2026, 1, 2))
    assert isinstance(missing, OpenLimit)
    assert missing.reason == "amount_unknown"
    assert missing.steps[0].params["parameter"] == "inspection_investigation_days"


def test_values_of_a_parameter_that_overlap_are_refused(definitions: DefinitionSet) -> None:
    values = [{"from": "2020-01-01", "until": "2026-12-31", "value": 1}, {"from": "2026-12-31", "value": 2}]
    source = Source({"parameters": {"days": {"title": {"zh": "甲", "en": "a"}, "unit": "days", "values": values}}})
    with pytest.raises(DefinitionError) as caught:
        build_ruleset(definitions.vocabulary, [], parameters=[source])
    assert (caught.value.code, caught.value.params["day"]) == ("rules.value_overlap", "2026-12-31")


def test_two_rows_that_hold_on_one_day_with_the_same_conditions_are_refused(definitions: DefinitionSet) -> None:
    documents = {document.value["decision"]: document.value for document in definitions.files.of_kind("rules")}
    table = copy.deepcopy(documents["papers"])
    table["hit_policy"] = "FIRST"
    table["rows"] = [
        {**table["rows"][0], "until": "2026-06-30"},
        {**table["rows"][0], "id": "P09", "from": "2026-06-30"},
    ]
    table["examples"] = []
    with pytest.raises(DefinitionError) as caught:
        build_ruleset(definitions.vocabulary, [Source(documents["candidates"]), Source(table)])
    assert caught.value.code == "rules.row_overlap"


def test_the_first_working_day_after_holidays_still_keeps_the_limit(law: Assess) -> None:
    kept = option(only(law, left("2025-10-03"), wages("denies"), on="2026-10-08"), "arbitration")
    late = option(
        only(law, left("2025-10-03"), wages("denies", claim_proof=False), on="2026-10-09"),
        "arbitration",
    )
    assert (kept.standing, late.standing) == ("open", "warn")


def test_the_set_comes_back_from_its_packed_form(definitions: DefinitionSet) -> None:
    again = unpack(definitions.pack())
    assert again.content_hash == definitions.content_hash
    assert [each.code for each in again.vocabulary.contradictions] == [
        each.code for each in definitions.vocabulary.contradictions
    ]
