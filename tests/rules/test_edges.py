"""Corners that law seldom reaches and definitions sometimes do."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.rules.halls import hall
from tests.rules.small import ASK, TEXT, enum, fact, flag, row, ruleset, table, vocabulary

from window_app.errors import DefinitionError
from window_app.rules import UNKNOWN, LocalFacts, RecordField, Source, build_condition, build_ruleset, chain, evaluate
from window_app.rules.checks import check, prove
from window_app.rules.partitions import OTHER, representatives
from window_app.rules.values import FactType, read_value, write_value

FACTS = vocabulary(
    {
        "kind": enum("a", "b"),
        "name": fact("text"),
        "n": fact("integer", domain="[0..5)"),
        "m": fact("integer", domain="[0..5)"),
        "k": fact("integer", domain="[0..5)"),
        "owed": fact("money", domain="(0..100]"),
        "begun_on": {"type": "date"},
        "ended_on": fact("date"),
        "workers": {"type": "list", "fields": {"name": "text", "owed": "money"}},
    },
    {"since": {"type": "duration", "function": "time_between", "from": "begun_on", "to": "applied_on", "ask": ASK}},
)
CODE = {"type": "enum", "of": "paper"}
ON = date(2026, 11, 21)


def one(rows: list[Any], inputs: list[str], policy: str = "FIRST", **more: Any) -> dict[str, Any]:
    return table("one", inputs, {"out": CODE}, rows, policy, **more)


def needs(rows: list[Any], inputs: list[str], facts: dict[str, Any]) -> tuple[str, ...]:
    return evaluate(ruleset(FACTS, one(rows, inputs)).tables["one"], facts, ON).needs


def test_the_memory_of_answers_is_bounded_and_losing_it_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(chain, "_KEPT", 2)
    rows = [row(f"R{bound}", {"n": f"<= {bound}"}, {"out": "p"}, reason=TEXT) for bound in range(5)]
    for place, each in enumerate(rows):
        each["then"] = {"out": f"p{place}"}
    decisions = ruleset(FACTS, one(rows, ["n"])).decisions(None)
    fired = [decisions.decide({"n": value}).verdicts["one", None].fired[0].id for value in (0, 1, 2, 3, 4) * 2]
    assert fired == ["R0", "R1", "R2", "R3", "R4"] * 2


def test_a_date_without_a_question_is_asked_through_the_period_that_has_one():
    rows = [row("R1", {"since": "> P1Y", "begun_on": ">= 2020-01-01"}, {"out": "p"}), row("R2", {}, {"out": "q"})]
    assert needs(rows, ["since", "begun_on"], {}) == ("since",)
    assert needs([row("R1", {"begun_on": ">= 2020-01-01"}, {"out": "p"})], ["begun_on"], {}) == ("since",)


def test_texts_are_told_apart_only_where_a_row_names_them():
    rows = [row("R1", {"name": "甲"}, {"out": "p"}), row("R2", {"name": "not(甲, 乙)"}, {"out": "q"})]
    (gap,) = check(ruleset(FACTS, one(rows, ["name"])))
    assert gap.counterexample["name"] == "乙"
    assert representatives(FACTS.get("name"), ["甲"]) == ["甲", OTHER]


def test_three_facts_of_one_type_are_ordered_in_every_way():
    rows = [
        row("R1", {"n": "< m", "m": "< k"}, {"out": "p"}),
        row("R2", {"n": ">= m"}, {"out": "q"}),
        row("R3", {"m": "> k"}, {"out": "q"}),
    ]
    (proof, _) = prove(ruleset(FACTS, one(rows, ["n", "m", "k"])))
    (gap,) = proof.findings
    assert proof.method == "enumerated"
    assert gap.counterexample["n"] < gap.counterexample["m"] == gap.counterexample["k"]
    assert needs(rows, ["n", "m", "k"], {"m": 4}) == ("n", "k")
    assert needs(rows, ["n", "m", "k"], {"m": 0}) == ()


def test_what_lies_between_two_borders_is_looked_at():
    rows = [row("R1", {"n": "<= 1"}, {"out": "p"}), row("R2", {"n": ">= 4"}, {"out": "q"})]
    (gap,) = check(ruleset(FACTS, one(rows, ["n"])))
    assert gap.counterexample["n"] in (2, 3)
    rows[1]["when"]["n"] = "> 1"
    assert check(ruleset(FACTS, one(rows, ["n"]))) == []


def test_amounts_are_divided_to_the_cent_and_within_their_domain():
    rows = [row("R1", {"owed": "<= 99.99"}, {"out": "p"}), row("R2", {"owed": "> 99.99"}, {"out": "q"})]
    assert check(ruleset(FACTS, one(rows, ["owed"]))) == []
    rows[1]["when"]["owed"] = "> 99.991"
    assert [each.code for each in check(ruleset(FACTS, one(rows, ["owed"])))] == ["check.gap"]
    rows[1]["when"]["owed"] = "> 99.99"
    rows.append(row("R3", {"owed": "> 100"}, {"out": "q"}))
    with pytest.raises(DefinitionError):
        ruleset(FACTS, one([row("R3", {"owed": "> 100.01"}, {"out": "q"})], ["owed"]))
    assert [each.params["row"] for each in check(ruleset(FACTS, one(rows, ["owed"])))] == ["R3"]


def test_tables_over_records_are_checked_too():
    each = {"list": "workers", "as": "worker"}
    rows = [row("R1", {"worker.owed": "> 1000"}, {"out": "p"})]
    (gap,) = check(ruleset(FACTS, one(rows, ["worker.owed"], each=each)))
    assert (gap.code, gap.counterexample["worker.owed"]) == ("check.gap", "999.99")


def test_a_table_not_yet_in_force_has_no_gaps():
    rows = [row("R1", {"kind": "a"}, {"out": "p"}, **{"from": "2026-01-01"})]
    other = table("two", ["kind"], {"out": CODE}, [row("S1", {}, {"out": "p"}, **{"from": "2025-01-01"})])
    found = check(ruleset(FACTS, one(rows, ["kind"]), other))
    assert [(each.code, each.params["decision"], each.counterexample["applied_on"]) for each in found] == [
        ("check.gap", "one", "2026-01-01")
    ]


def test_a_locality_is_checked_through_the_tables_that_read_what_it_changes():
    local = {
        "locality": "330000",
        "rules": {"candidates": [row("C9", {}, {"routes": ["court"], "recommended": "arbitration"})]},
        "examples": {
            "candidates": [{"name": "例", "facts": {"matter_kind": "dismissal"}, "expect": {"needs": ["earlier"]}}]
        },
    }
    rules = hall(localities=[local])
    assert {proof.decision for proof in prove(rules) if proof.locality == "330000"} > {
        "candidates",
        "standing",
        "venue",
    }
    assert check(rules) == []


def test_an_example_of_a_decision_that_is_not_there_is_refused():
    local = Source({"locality": "330000", "examples": {"two": [{}]}})
    with pytest.raises(DefinitionError, match=r"rules\.unknown_decision"):
        check(ruleset(FACTS, one([row("R1", {}, {"out": "p"})], []), localities=[local]))


def test_examples_give_outputs_of_other_decisions_by_their_type():
    first = table(
        "first", ["kind"], {"n": {"type": "integer"}, "out": CODE}, [row("F1", {}, {"n": 1, "out": "p"})], "COLLECT"
    )
    examples = [
        {"name": "一", "facts": {"first.n": 5, "first.out": ["p", "q"]}, "expect": {"row": "R1"}},
        {"name": "二", "facts": {"first.n": "x"}, "expect": {"row": "R1"}},
    ]
    rows = [row("R1", {"first.n": "> 3", "first.out": "q"}, {"out": "p"}), row("R2", {}, {"out": "q"})]
    found = check(ruleset(FACTS, first, one(rows, ["first.n", "first.out"], examples=examples)))
    assert [(each.code, each.params["fact"]) for each in found if each.method == "example"] == [
        ("rules.fact_invalid", "first.n")
    ]


def test_outputs_are_read_by_their_type():
    outputs = {
        "days": {"type": "integer"},
        "period": {"type": "duration"},
        "texts": {"type": "list", "of": "text"},
        "codes": {"type": "list", "of": "paper"},
    }
    rows = [row("R1", {}, {"days": 5, "period": "P1Y", "texts": [TEXT], "codes": ["x", "y"]})]
    found = evaluate(ruleset(FACTS, table("one", [], outputs, rows)).tables["one"], {}, ON)
    assert found.outputs["days"] == 5
    assert found.outputs["texts"] == (TEXT,)
    assert write_value(found.outputs) == {"days": 5, "period": "P1Y", "texts": [TEXT], "codes": ["x", "y"]}
    with pytest.raises(DefinitionError, match=r"rules\.output_value"):
        ruleset(FACTS, table("one", [], outputs, [row("R1", {}, {"days": "five"})]))


def test_an_item_may_have_a_name_of_its_own():
    routes = {"routes": {"type": "list", "of": "place"}}
    first = table("first", ["kind"], routes, [row("R1", {}, {"routes": ["x", "y"]})])
    each = {"list": "first.routes", "as": "where"}
    second = table("second", ["where"], {"out": CODE}, [row("S1", {"where": "x"}, {"out": "p"})], each=each)
    rules = build_ruleset(FACTS, [Source(second), Source(first)], codes={"place": ["x", "y", "z"]})
    verdicts = rules.decisions(None).decide({}).verdicts
    assert {key: [fired.id for fired in each.fired] for key, each in verdicts.items()} == {
        ("first", None): ["R1"],
        ("second", "x"): ["S1"],
        ("second", "y"): [],
    }
    assert [each.params["item"] for each in check(rules)] == ["y"]


def test_fields_of_a_form_are_tested_before_the_facts_of_the_same_name():
    own = {"owed": RecordField("owed", FactType.INTEGER, {}), "sex": RecordField("sex", FactType.ENUM, {"f": TEXT})}
    condition = build_condition({"owed": ">= n", "sex": "f", "kind": "a"}, LocalFacts(own, FACTS))
    assert condition.test({"owed": 3, "n": 2, "sex": "f", "kind": "a"}) is True
    assert build_condition({"n": "< owed"}, LocalFacts(own, FACTS)).test({"n": 2, "owed": 3}) is True
    with pytest.raises(DefinitionError, match=r"rules\.cell_outside_domain"):
        build_condition({"sex": "x"}, LocalFacts(own))


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (FactType.MONEY, 0.1, Decimal("0.1")),
        (FactType.MONEY, Decimal(5), Decimal(5)),
        (FactType.DATE, date(2026, 1, 1), date(2026, 1, 1)),
        (FactType.BOOL, False, False),
    ],
)
def test_values_are_read_without_loss(kind: FactType, value: Any, expected: Any):
    assert read_value(kind, value) == expected


@pytest.mark.parametrize(
    ("kind", "value"),
    [(FactType.BOOL, "true"), (FactType.MONEY, True), (FactType.MONEY, "Infinity"), (FactType.DATE, 20260101)],
)
def test_values_of_another_type_are_refused(kind: FactType, value: Any):
    with pytest.raises(ValueError, match=kind.value):
        read_value(kind, value)


def test_unknown_is_neither_true_nor_a_value():
    assert not UNKNOWN
    assert repr(UNKNOWN) == "unknown"
    assert flag()["type"] == "bool"
