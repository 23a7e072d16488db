"""What is asked, in which order, and which limits follow from the answers."""

from typing import Any

import pytest
from tests.definitions.conftest import Assess
from tests.definitions.facts import EMPLOYED, left, only, option, wages

from window_app.forms import DefinitionSet


def test_the_limit_of_a_claim_for_wages_runs_from_the_interruption(law: Assess) -> None:
    facts = wages("denies", claim_proof=True, last_claim_on="2026-05-20")
    limits = option(only(law, left("2025-09-20"), facts), "arbitration").limits
    assert [(limit.rule, limit.raw_on.isoformat()) for limit in limits] == [
        ("arbitration_limitation_pay", "2027-05-20")
    ]


def test_no_limit_runs_for_wages_while_employed(law: Assess) -> None:
    matter = only(law, EMPLOYED, wages())
    assert all(each.limits == () for each in matter.routes)
    assert option(matter, "arbitration").open_limits == {"arbitration_limitation_pay": "unlimited"}


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({}, "matter_kind"),
        ({"matter_kind": "award_unperformed"}, "award_due_on"),
        ({"matter_kind": "wages_unpaid"}, "visitor"),
        ({"matter_kind": "social_insurance"}, "insurance_problem"),
    ],
)
def test_the_next_question_is_the_first_that_matters(law: Assess, facts: dict[str, Any], asked: str) -> None:
    assert law({}, facts).next[0].fact == asked


def test_a_plain_claim_for_wages_takes_eight_questions(law: Assess) -> None:
    answers = {**EMPLOYED, **wages()}
    asked: list[str] = []
    told: dict[str, Any] = {}
    while (questions := law({}, told).next) and len(asked) < 20:
        asked.append(questions[0].fact)
        told[questions[0].fact] = answers[questions[0].fact]
    assert asked == [
        "matter_kind",
        "visitor",
        "capacity",
        "earlier_procedure",
        "employer_position",
        "employed",
        "employer_known",
        "workplace",
    ]


def test_every_question_has_help_and_a_reason_in_both_languages(definitions: DefinitionSet) -> None:
    bare = [
        fact.name
        for fact in definitions.vocabulary.questions()
        if not all((text or {}).get(language) for text in (fact.ask, fact.help, fact.why) for language in ("zh", "en"))
    ]
    assert bare == []
