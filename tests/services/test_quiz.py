"""The practice quiz: cases of the examples, judged by the law itself, nothing kept."""

from datetime import date
from random import Random

import pytest

from window_app.forms import DefinitionSet
from window_app.services.quiz import Quiz, QuizVerdict

ON = date(2026, 11, 21)


@pytest.fixture
def quiz(law: DefinitionSet) -> Quiz:
    return Quiz(law, ON, Random(7))


def test_every_case_expects_what_the_author_of_the_example_typed(quiz: Quiz, law: DefinitionSet) -> None:
    expected = {
        source.at("name").content: source.at("expect").content
        for source in law.rules.tables["candidates"].source.at("examples").items()
    }
    cases = [case for case in quiz.cases() if case.locality is None]
    assert len(cases) > 40
    for case in cases:
        typed = expected[case.name]
        assert typed.get("row", case.row) == case.row
        assert list(case.routes) == typed.get("then", {}).get("routes", list(case.routes))
        assert case.recommended == typed.get("then", {}).get("recommended", case.recommended)


def test_each_case_offers_the_right_route_among_wrong_ones_with_a_source(quiz: Quiz) -> None:
    for case in quiz.cases():
        offered = [route for route, _ in case.options]
        assert case.recommended in offered
        assert 2 <= len(offered) == len(set(offered)) <= 9
        assert any(route not in case.routes for route in offered)
        assert case.reason
        assert case.basis
        assert case.facts


def test_every_case_comes_once_before_any_comes_again(quiz: Quiz) -> None:
    count = len(quiz.cases())
    first = [quiz.draw().name for _ in range(count)]
    assert sorted(first) == sorted(case.name for case in quiz.cases())
    assert first != [case.name for case in quiz.cases()]
    assert quiz.draw().name in first


def test_the_place_of_the_right_answer_tells_nothing(quiz: Quiz) -> None:
    places = {[route for route, _ in case.options].index(case.recommended) for case in quiz.cases()}
    assert len(places) > 2


def test_answers_are_judged_and_counted_for_this_sitting_alone(quiz: Quiz, law: DefinitionSet) -> None:
    case = next(case for case in quiz.cases() if len(case.routes) > 1)
    other = next(route for route in case.routes if route != case.recommended)
    wrong = next(route for route, _ in case.options if route not in case.routes)
    assert quiz.judge(case, case.recommended) is QuizVerdict.RIGHT
    assert quiz.judge(case, other) is QuizVerdict.OPEN_TOO
    assert quiz.judge(case, wrong) is QuizVerdict.WRONG
    assert (quiz.right, quiz.wrong) == (2, 1)
    assert (Quiz(law, ON, Random(7)).right, Quiz(law, ON, Random(7)).wrong) == (0, 0)
    quiz.start_over()
    assert (quiz.right, quiz.wrong) == (0, 0)
