"""Whatever a visitor answers, the interview ends, and nothing that must be taken is refused."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from tests.definitions.conftest import Assess

from window_app.domain.assessment import MatterAssessment
from window_app.forms import DefinitionSet
from window_app.rules.evaluation import Evaluation
from window_app.rules.vocabulary import FactDefinition

ON = date(2026, 11, 20)
MOST_QUESTIONS = 16
# What the law lets an arbitration commission decline for, without looking at the merits (规则 34 and 39).
BLOCKS = {"pending", "effective", "sent_back", "refusal_issued", "absent"}


def answer(fact: FactDefinition, dice: random.Random) -> Any:
    """Return an answer that the question allows."""
    if fact.unclear and dice.random() < 0.1:
        return "unclear"
    if fact.type.value == "enum":
        return dice.choice(list(fact.values))
    if fact.type.value == "bool":
        return dice.random() < 0.5
    if fact.type.value == "integer":
        return dice.randrange(1, 40)
    return (ON - timedelta(days=dice.randrange(0, 1500))).isoformat()


def interview(law: Assess, definitions: DefinitionSet, seed: int) -> tuple[dict[str, Any], MatterAssessment]:
    """Answer what is asked, at random, until nothing is asked or answers contradict each other."""
    dice = random.Random(seed)
    facts: dict[str, Any] = {}
    while True:
        matter = law({}, facts).matters[0]
        if not matter.next or matter.next[0].fact in facts:
            return facts, matter
        fact = matter.next[0].fact
        facts[fact] = answer(definitions.vocabulary.get(fact), dice)
        assert len(facts) <= MOST_QUESTIONS, facts


@pytest.mark.parametrize("hundred", range(4))
def test_an_interview_ends_with_an_open_way_and_an_office(
    law: Assess, definitions: DefinitionSet, hundred: int
) -> None:
    for seed in range(hundred * 100, hundred * 100 + 100):
        facts, matter = interview(law, definitions, seed)
        if not matter.decided:
            assert matter.warnings, facts
            assert not matter.routes, facts
            continue
        advised = [each for each in matter.routes if each.recommended]
        assert len(advised) == 1, facts
        assert all(each.office in definitions.offices for each in matter.routes), facts
        assert all(each.basis and each.reason for each in matter.routes), facts
        assert advised[0].standing != "refused" or len(matter.routes) <= 2, facts
        for option in matter.routes:
            if option.matter is not None:
                assert definitions.matters[option.matter].papers[0] in option.papers, facts
            if option.route == "arbitration" and option.standing == "refused":
                assert facts["earlier_procedure"] in BLOCKS, facts
            if option.route == "inspection" and option.standing == "refused":
                assert facts.get("reported_within_two_years") is False or facts["earlier_procedure"] in {
                    "pending",
                    "effective",
                    "mediation",
                }, facts


def test_what_interviews_have_in_common_is_found_as_each_would_find_it_alone(
    law: Assess, definitions: DefinitionSet
) -> None:
    """The quick way keeps what other interviews found; the plain one begins with nothing."""
    rules, vocabulary, dice = definitions.rules, definitions.vocabulary, random.Random(7)
    for seed in range(10):
        chain = rules.decisions(dice.choice([None, *rules.localities]))
        facts, matter = interview(law, definitions, seed)
        told = vocabulary.read_facts(dict(list(facts.items())[: dice.randrange(len(facts) + 1)]))
        values = chain.values(told, ON)
        for chosen in (None, *(option.route for option in matter.routes[:1])):
            assert chain.decide(values, chosen) == Evaluation(chain, values, chosen).decisions()
