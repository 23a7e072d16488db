"""Facts: how they are declared, read, derived, and what is wrong with a declaration."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.rules.small import ASK, TEXT, enum, fact, flag, vocabulary

from window_app.errors import DefinitionError, WindowAppError
from window_app.rules import Duration, build_vocabulary

PERIODS = {
    "type": "list",
    "fields": {
        "name": "text",
        "born_on": "date",
        "from": "date",
        "to": "date",
        "owed": "money",
        "months": "integer",
        "signed": "bool",
    },
}
BASE: dict[str, Any] = {
    "kind": enum("a", "b", scope="matter"),
    "ended_on": fact("date", unclear=True),
    "born_on": fact("date"),
    "claims": PERIODS,
    "group": fact("integer", domain="[1..50)"),
    "owed": fact("money", domain="(0..*]"),
    "note": fact("text"),
}
DERIVED: dict[str, Any] = {
    "since_end": {"type": "duration", "function": "time_between", "from": "ended_on", "to": "applied_on"},
    "age": {"type": "integer", "function": "age", "from": "born_on", "at": "applied_on"},
    "claims_total": {"type": "integer", "function": "count", "list": "claims", "ask": ASK},
    "large": {"type": "integer", "function": "count", "list": "claims", "when": {"owed": ">= 1000"}},
    "owed_total": {"type": "money", "function": "sum", "list": "claims", "field": "owed"},
    "least": {"type": "money", "function": "min", "list": "claims", "field": "owed"},
    "first": {"type": "date", "function": "min", "list": "claims", "field": "from"},
    "longest": {"type": "integer", "function": "max", "list": "claims", "field": "months"},
    "some_signed": {"type": "bool", "function": "any", "list": "claims", "field": "signed"},
    "all_large": {"type": "bool", "function": "all", "list": "claims", "when": {"owed": ">= 1000"}},
    "twice": {"type": "bool", "function": "overlap", "list": "claims", "by": "name", "from": "from", "to": "to"},
}
FACTS = vocabulary(BASE, DERIVED)


def claim(
    name: str = "甲", start: str | None = "2026-01-01", end: str | None = "2026-01-31", **more: Any
) -> dict[str, Any]:
    return {"name": name, "from": start, "to": end, "owed": "1000", "months": 1, "signed": True, **more}


def derived(*claims: dict[str, Any], **told: Any) -> dict[str, Any]:
    facts = FACTS.read_facts({"claims": list(claims), "applied_on": "2026-11-21", **told})
    return FACTS.complete(facts)


def test_json_is_read_as_the_types_of_the_facts_and_written_back():
    told = {
        "kind": "a",
        "ended_on": "2025-09-20",
        "owed": "1234.50",
        "group": 12,
        "note": "十二人",
        "claims": [{"name": "甲", "owed": 100, "from": "2026-01-01"}],
        "born_on": None,
    }
    facts = FACTS.read_facts(told)
    assert facts == {
        "kind": "a",
        "ended_on": date(2025, 9, 20),
        "owed": Decimal("1234.50"),
        "group": 12,
        "note": "十二人",
        "claims": [{"name": "甲", "owed": Decimal(100), "from": date(2026, 1, 1)}],
    }
    written = FACTS.write_facts(facts)
    assert FACTS.read_facts(written) == facts
    assert written["owed"] == "1234.50"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", 1),
        ("ended_on", "2026-02-30"),
        ("ended_on", "20260228"),
        ("group", True),
        ("group", "12"),
        ("owed", "NaN"),
        ("owed", "x"),
        ("claims", {"name": "甲"}),
        ("claims", [{"owed": "x"}]),
        ("since_end", "1Y"),
        ("note", 5),
    ],
)
def test_a_value_that_does_not_fit_is_refused_without_being_repeated(name: str, value: Any):
    with pytest.raises(WindowAppError) as caught:
        FACTS.read_fact(name, value)
    assert caught.value.code == "fact.invalid"
    assert caught.value.params["fact"] == name
    assert "value" not in caught.value.params


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("kind", "c", "fact.not_a_value"),
        ("kind", "unclear", "fact.not_a_value"),
        ("group", 0, "fact.out_of_range"),
        ("group", 50, "fact.out_of_range"),
        ("owed", "0", "fact.out_of_range"),
    ],
)
def test_what_is_possible_is_told_where_a_value_is_not(name: str, value: Any, code: str):
    with pytest.raises(WindowAppError) as caught:
        FACTS.read_fact(name, value)
    assert caught.value.code == code
    assert caught.value.params["fact"] == name
    assert str(value) not in [str(each) for each in caught.value.params.values()]


def test_unknown_facts_and_fields_are_refused_by_name():
    with pytest.raises(WindowAppError, match=r"fact\.unknown"):
        FACTS.read_facts({"kinds": "a"})
    with pytest.raises(WindowAppError, match=r"fact\.unknown_field"):
        FACTS.read_facts({"claims": [{"nam": "甲"}]})


def test_periods_and_ages_follow_from_dates():
    facts = derived(ended_on="2025-11-21", born_on="1964-02-29")
    assert facts["since_end"].compare(Duration(12, 0)) == 0
    assert facts["age"] == 62
    assert derived(born_on="2008-11-22")["age"] == 17
    assert derived(born_on="2008-11-21")["age"] == 18


def test_an_unclear_date_makes_an_unclear_period_and_a_missing_one_none():
    assert derived(ended_on="unclear")["since_end"] == "unclear"
    assert "since_end" not in derived()


def test_lists_are_condensed():
    facts = derived(claim(owed="999.99"), claim("乙", owed="2000.01", months=3, signed=False))
    assert facts["claims_total"] == 2
    assert facts["large"] == 1
    assert facts["owed_total"] == Decimal("3000.00")
    assert facts["least"] == Decimal("999.99")
    assert facts["first"] == date(2026, 1, 1)
    assert facts["longest"] == 3
    assert facts["some_signed"] is True
    assert facts["all_large"] is False
    assert facts["twice"] is False


def test_an_empty_list_has_no_least_and_no_record_that_fails():
    facts = derived()
    assert facts["claims_total"] == 0
    assert facts["owed_total"] == 0
    assert facts["all_large"] is True
    assert facts["some_signed"] is False
    assert "least" not in facts


def test_a_record_with_a_gap_leaves_open_only_what_depends_on_it():
    facts = derived(claim(owed=None, signed=None), claim("乙", signed=True))
    assert facts["claims_total"] == 2
    assert facts["some_signed"] is True
    assert {"owed_total", "least", "large", "all_large"} & set(facts) == set()
    assert derived(claim(owed=None), claim(owed="1"))["all_large"] is False


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([claim(), claim("乙")], False),
        ([claim(), claim(start="2026-01-31", end="2026-02-27")], True),
        ([claim(), claim(start="2026-02-01", end="2026-02-27")], False),
        ([claim(end=None), claim(start="2030-02-01", end="2030-02-27")], True),
        ([claim(), claim(start=None)], None),
        ([claim(), claim(), claim(start=None)], True),
    ],
)
def test_overlap_is_looked_for_person_by_person(claims: list[Any], expected: bool | None):
    assert derived(*claims).get("twice") is expected


def test_what_the_list_says_goes_before_a_direct_answer():
    assert FACTS.complete({"claims_total": 12})["claims_total"] == 12
    assert derived(claim(), claims_total=12)["claims_total"] == 1


def test_a_derived_fact_is_asked_where_its_sources_are():
    names = FACTS.names()
    assert names.index("ended_on") < names.index("since_end") < names.index("born_on")
    assert [each.name for each in FACTS.questions()][:3] == ["kind", "ended_on", "born_on"]


def test_facts_the_program_gives_are_there_without_being_declared():
    assert {"applied_on", "locality", "district"} <= set(FACTS.names())
    assert FACTS.get("applied_on").ask is None
    with pytest.raises(KeyError):
        FACTS.get("nobody")
    assert "kind" in FACTS


@pytest.mark.parametrize(
    ("facts", "derived_facts", "code", "path"),
    [
        ({"a": {"type": "enum"}}, {}, "rules.enum_values", ("facts", "a")),
        ({"a": {"type": "bool", "values": {"x": TEXT}}}, {}, "rules.enum_values", ("facts", "a")),
        ({"a": {"type": "list"}}, {}, "rules.list_fields", ("facts", "a")),
        ({"a": {"type": "number"}}, {}, "rules.not_one_of", ("facts", "a", "type")),
        ({"a": {"type": "bool", "asks": ASK}}, {}, "rules.unknown_key", ("facts", "a", "asks")),
        ({"a": {"ask": ASK}}, {}, "rules.missing_key", ("facts", "a")),
        ({"A": {"type": "bool"}}, {}, "rules.not_a_code", ("facts", "A")),
        ({"a": {"type": "bool", "ask": {"zh": "问"}}}, {}, "rules.missing_key", ("facts", "a", "ask")),
        ({"a": {"type": "bool", "unclear": "yes"}}, {}, "rules.not_a_flag", ("facts", "a", "unclear")),
        ({"a": {"type": "text", "domain": "[0..1]"}}, {}, "rules.domain_type", ("facts", "a", "domain")),
        ({"a": {"type": "integer", "domain": "5"}}, {}, "rules.domain_interval", ("facts", "a", "domain")),
        ({"a": enum("unclear")}, {}, "rules.value_unclear", ("facts", "a", "values", "unclear")),
        ({"a": {"type": "bool", "scope": "city"}}, {}, "rules.not_one_of", ("facts", "a", "scope")),
        ({"a": flag()}, {"a": {"type": "bool"}}, "rules.fact_twice", ("derived", "a")),
        ({"a": flag()}, {"b": {"type": "bool"}}, "rules.missing_key", ("derived", "b")),
        ({"a": flag()}, {"b": {"type": "bool", "function": "many"}}, "rules.not_one_of", ("derived", "b", "function")),
    ],
)
def test_a_wrong_declaration_is_named_with_its_place(facts: Any, derived_facts: Any, code: str, path: Any):
    places: list[Any] = []

    def where(at: Any) -> tuple[str, int]:
        places.append(at)
        return "facts.yaml", 3

    with pytest.raises(DefinitionError) as caught:
        build_vocabulary({"facts": facts, "derived": derived_facts}, where)
    assert (caught.value.code, caught.value.file, caught.value.line) == (code, "facts.yaml", 3)
    assert places[-1] == path


@pytest.mark.parametrize(
    ("declaration", "code"),
    [
        ({"type": "duration", "function": "time_between", "from": "kind", "to": "applied_on"}, "rules.derived_source"),
        ({"type": "duration", "function": "time_between", "from": "nobody", "to": "applied_on"}, "rules.unknown_fact"),
        ({"type": "integer", "function": "time_between", "from": "born_on", "to": "applied_on"}, "rules.derived_type"),
        ({"type": "duration", "function": "time_between", "from": "born_on"}, "rules.missing_key"),
        ({"type": "integer", "function": "count", "list": "born_on"}, "rules.derived_source"),
        ({"type": "money", "function": "sum", "list": "claims"}, "rules.missing_key"),
        ({"type": "money", "function": "sum", "list": "claims", "field": "owes"}, "rules.not_one_of"),
        ({"type": "bool", "function": "overlap", "list": "claims", "by": "name"}, "rules.missing_key"),
        ({"type": "bool", "function": "any", "list": "claims", "when": {"owing": 1}}, "rules.unknown_fact"),
    ],
)
def test_a_wrong_derivation_is_refused(declaration: Any, code: str):
    with pytest.raises(DefinitionError) as caught:
        vocabulary(BASE, {"x": declaration})
    assert caught.value.code == code
