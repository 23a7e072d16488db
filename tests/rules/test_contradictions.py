"""Facts that cannot be true together: no answer, what is wrong, and the questions again; limits kept over holidays."""

from datetime import date
from typing import Any

import pytest

from window_app.domain.working_days import CalendarYear, WorkingDays
from window_app.errors import DefinitionError
from window_app.rules import build_ruleset, build_vocabulary
from window_app.rules.source import Source

TEXT = {"zh": "甲", "en": "a"}
FACTS = {
    "hired_on": {"type": "date", "unclear": True, "ask": TEXT, "domain": "[1950-01-01..2099-12-31]"},
    "ended_on": {"type": "date", "unclear": True, "ask": TEXT},
    "born_on": {"type": "date"},
    "minor": {"type": "bool", "ask": TEXT},
}
DERIVED = {"age": {"type": "integer", "function": "age", "from": "born_on", "to": "applied_on"}}
CONTRADICTIONS = {
    "ended_first": {"problem_if": {"ended_on": "< hired_on"}, "message": TEXT},
    "old_minor": {"problem_if": {"minor": True, "age": ">= 18"}, "message": TEXT},
}
VOCABULARY = build_vocabulary({"facts": FACTS, "derived": DERIVED, "contradictions": CONTRADICTIONS})


def wrong(facts: dict[str, Any]) -> list[str]:
    known = VOCABULARY.complete({"applied_on": date(2026, 11, 20), **VOCABULARY.read_facts(facts)})
    return [each.code for each in VOCABULARY.contradicted(known)]


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"hired_on": "2026-05-02", "ended_on": "2026-05-01"}, ["ended_first"]),
        ({"hired_on": "2026-05-01", "ended_on": "2026-05-01"}, []),
        ({"hired_on": "unclear", "ended_on": "2026-05-01"}, []),
        ({"ended_on": "2026-05-01"}, []),
        ({"minor": True, "born_on": "1981-05-01"}, ["old_minor"]),
        ({"minor": True, "born_on": "2008-11-20"}, ["old_minor"]),
        ({"minor": True, "born_on": "2008-11-21"}, []),
        ({"minor": False, "born_on": "1981-05-01"}, []),
    ],
)
def test_facts_contradict_each_other_only_where_all_are_known(facts: dict[str, Any], codes: list[str]):
    assert wrong(facts) == codes


def test_a_contradiction_leads_back_to_what_was_told():
    assert VOCABULARY.roots("age") == ("born_on", "applied_on")
    assert VOCABULARY.roots("ended_on") == ("ended_on",)


@pytest.mark.parametrize(
    ("contradiction", "code"),
    [
        ({"problem_if": {}, "message": TEXT}, "rules.contradiction_empty"),
        ({"problem_if": {"nobody": True}, "message": TEXT}, "rules.unknown_fact"),
        ({"problem_if": {"minor": True}}, "rules.missing_key"),
    ],
)
def test_a_contradiction_that_says_nothing_is_refused(contradiction: dict[str, Any], code: str):
    with pytest.raises(DefinitionError) as caught:
        build_vocabulary({"facts": FACTS, "contradictions": {"one": contradiction}})
    assert caught.value.code == code


def test_two_rows_of_the_same_conditions_may_not_hold_on_one_day():
    rows = [
        {"id": "old", "when": {}, "then": {}, "reason": TEXT, "basis": [], "until": "2026-06-30"},
        {"id": "new", "when": {}, "then": {}, "reason": TEXT, "basis": [], "from": "2026-06-30"},
    ]
    table = {"decision": "one", "title": TEXT, "hit_policy": "FIRST", "inputs": [], "outputs": {}, "rows": rows}
    with pytest.raises(DefinitionError) as caught:
        build_ruleset(VOCABULARY, [Source(table)])
    assert caught.value.code == "rules.row_overlap"
    rows[1]["from"] = "2026-07-01"
    assert list(build_ruleset(VOCABULARY, [Source(table)]).tables) == ["one"]


DAYS = WorkingDays([CalendarYear(2026, "notice", frozenset(date(2026, 10, day) for day in range(1, 8)), frozenset())])


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 10, 8), date(2026, 10, 1)),
        (date(2026, 10, 9), date(2026, 10, 9)),
        (date(2026, 10, 3), date(2026, 10, 1)),
        (date(2026, 11, 23), date(2026, 11, 21)),
    ],
)
def test_acting_on_the_first_working_day_keeps_every_limit_that_ended_on_the_days_off(day: date, first: date):
    assert DAYS.in_time_from(day) == first
    assert DAYS.roll(first).on == DAYS.roll(day).on


def test_the_first_day_of_all_is_the_first():
    assert DAYS.in_time_from(date.min) == date.min
