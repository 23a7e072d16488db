"""Gaps, overlaps and dead rows are proved with a counterexample, and examples are held to their word."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.halls import TABLES, hall
from tests.rules.reference import fitting
from tests.rules.small import ASK, fact, row, ruleset, table, vocabulary
from tests.rules.test_relevance import CODES, DOMAINS, OUTCOME, VOCABULARY, answers, rows

from window_app.rules import Source, build_ruleset
from window_app.rules.checks import check, prove
from window_app.rules.findings import Finding

INPUTS = ["a", "b", "c", "d", "e"]
EVERYTHING = [dict(zip(INPUTS, values, strict=True)) for values in product(*(DOMAINS[name] for name in INPUTS))]


def findings(*tables: dict[str, Any], code: str = "", facts: Any = VOCABULARY, **more: Any) -> list[Finding]:
    found = check(ruleset(facts, *tables, codes=CODES, **more))
    return [one for one in found if one.code == code or not code]


def one(rows_: list[Any], policy: str = "FIRST", inputs: list[str] = INPUTS, **more: Any) -> dict[str, Any]:
    return table("one", inputs, {"out": OUTCOME}, rows_, policy, **more)


@given(found=rows(INPUTS, answers), policy=st.sampled_from(["FIRST", "UNIQUE"]))
def test_a_gap_is_found_exactly_where_some_combination_fits_no_row(found: list[Any], policy: str):
    checked = one(found, policy)
    gaps = findings(checked, code="check.gap")
    assert bool(gaps) is any(not fitting(checked, facts) for facts in EVERYTHING)
    for gap in gaps:
        assert fitting(checked, _complete(gap.counterexample)) == []


@given(found=rows(INPUTS, answers))
def test_overlaps_are_found_exactly_where_two_rows_fit(found: list[Any]):
    collected = one(found, "COLLECT")
    pairs = {tuple(each["id"] for each in fitting(collected, facts)) for facts in EVERYTHING}
    expected = any(len(pair) > 1 for pair in pairs)
    overlaps = findings(one(found, "UNIQUE"), code="check.overlap")
    assert bool(overlaps) is expected
    for overlap in overlaps:
        fit = [each["id"] for each in fitting(collected, _complete(overlap.counterexample))]
        assert {overlap.params["row"], overlap.params["other"]} <= set(fit)


@given(found=rows(INPUTS, answers), policy=st.sampled_from(["FIRST", "COLLECT"]))
def test_a_row_is_dead_exactly_where_nothing_makes_it_speak(found: list[Any], policy: str):
    checked = one(found, policy)
    speaking = {each["id"] for facts in EVERYTHING for each in fitting(checked, facts)}
    dead = {finding.params["row"] for finding in findings(checked, code="check.dead_row")}
    assert dead == {each["id"] for each in found} - speaking


def _complete(counterexample: Any) -> dict[str, Any]:
    """Facts that a counterexample leaves out do not matter, so any value does."""
    told = {name: value for name, value in counterexample.items() if name in DOMAINS}
    return {**{name: values[0] for name, values in DOMAINS.items()}, **told}


def test_a_combination_that_the_decision_before_never_lets_through_is_no_gap():
    first = table("first", ["a"], {"out": OUTCOME}, [row("R1", {"a": "x"}, {"out": "p"}), row("R2", {}, {"out": "q"})])
    second = table("second", ["first.out", "a"], {"out": OUTCOME}, [row("S1", {"first.out": ["p", "q"]}, {"out": "p"})])
    assert findings(first, second) == []
    second["rows"] = [
        row("S1", {"first.out": "p", "a": "x"}, {"out": "p"}),
        row("S2", {"first.out": "q"}, {"out": "q"}),
    ]
    assert findings(first, second) == []
    second["rows"].append(row("S3", {"first.out": "p", "a": "y"}, {"out": "q"}))
    assert [finding.params["row"] for finding in findings(first, second, code="check.dead_row")] == ["S3"]


def test_a_gap_is_looked_for_only_among_routes_that_are_offered():
    routes = {"routes": {"type": "list", "of": "route"}}
    first = table(
        "first", ["a"], routes, [row("R1", {"a": "x"}, {"routes": ["r1"]}), row("R2", {}, {"routes": ["r2"]})]
    )
    each = {"list": "first.routes", "as": "route"}
    rows_ = [row("S1", {"route": "r1"}, {"out": "p"}), row("S2", {"route": "r2", "a": "y"}, {"out": "p"})]
    second = table("second", ["route", "a"], {"out": OUTCOME}, rows_, each=each)
    (gap,) = findings(first, second)
    assert gap.code == "check.gap"
    assert gap.counterexample == {"applied_on": "2026-01-01", "a": "z", "route": "r2"}
    assert gap.method == "proved"


def test_each_period_of_validity_is_judged_by_itself():
    rows_ = [row("old", {}, {"out": "p"}, until="2026-06-30"), row("new", {}, {"out": "q"}, **{"from": "2026-07-02"})]
    (gap,) = findings(one(rows_, inputs=[]))
    assert (gap.code, gap.counterexample) == ("check.gap", {"applied_on": "2026-07-01"})
    rows_[1]["from"] = "2026-06-30"
    (overlap,) = findings(one(rows_, "UNIQUE", inputs=[]))
    assert (overlap.code, overlap.counterexample) == ("check.overlap", {"applied_on": "2026-06-30"})
    rows_[1]["from"] = "2026-07-01"
    assert findings(one(rows_, "UNIQUE", inputs=[])) == []


def test_a_locality_is_judged_where_it_changes_something():
    rows_ = [row("R1", {"d": True}, {"out": "p"}), row("R2", {"d": False}, {"out": "q"})]
    places = [
        Source({"locality": "330000", "rules": {"one": [{"id": "R2", "remove": True}]}}),
        Source({"locality": "1"}),
    ]
    (gap,) = findings(one(rows_, inputs=["d"]), localities=places)
    assert (gap.code, gap.params["locality"], gap.counterexample["d"]) == ("check.gap", "330000", False)


PERIODS = vocabulary(
    {"ended_on": fact("date", unclear=True), "claimed_on": fact("date")},
    {
        "since_end": {"type": "duration", "function": "time_between", "from": "ended_on", "to": "applied_on"},
        "delay": {"type": "duration", "function": "time_between", "from": "ended_on", "to": "claimed_on"},
        "told": {"type": "duration", "function": "time_between", "from": "claimed_on", "to": "applied_on", "ask": ASK},
    },
)


@pytest.mark.parametrize(
    ("cells", "gaps", "method"),
    [
        ([{"since_end": "<= P1Y"}, {"since_end": "> P1Y"}, {"since_end": "unclear"}], 0, "proved"),
        ([{"since_end": "<= P1Y"}, {"since_end": "> P1Y"}], 1, "proved"),
        ([{"since_end": "< P1Y"}, {"since_end": "> P1Y"}, {"since_end": "unclear"}], 1, "proved"),
        ([{"since_end": "<= P1Y"}, {"since_end": "> P365D"}, {"since_end": "unclear"}], 0, "sampled"),
        ([{"since_end": "<= P1Y"}, {"since_end": "> P366D"}, {"since_end": "unclear"}], 1, "sampled"),
        (
            [{"since_end": "<= P1Y"}, {"delay": "<= P1Y"}, {"delay": "> P1Y"}, {"ended_on": "unclear"}],
            0,
            "enumerated",
        ),
        ([{"since_end": "<= P1Y"}, {"delay": "<= P1Y", "told": "<= P1Y"}, {"told": "> P1Y"}], 1, "enumerated"),
    ],
)
def test_periods_of_months_and_days_are_divided_and_the_method_is_said(cells: list[Any], gaps: int, method: str):
    rows_ = [row(f"R{place}", cell, {"out": "p"}) for place, cell in enumerate(cells)]
    inputs = sorted({name for cell in cells for name in cell})
    rules = ruleset(PERIODS, one(rows_, inputs=inputs), codes=CODES)
    proofs = [proof for proof in prove(rules) if proof.check == "gaps"]
    assert [len(proof.findings) for proof in proofs] == [gaps]
    assert {proof.method for proof in proofs} == {method}
    assert {finding.method for proof in proofs for finding in proof.findings} <= {method}


def test_the_place_of_a_finding_is_the_row_or_the_rows():
    places: dict[Any, int] = {("rows",): 7, ("rows", 0): 8, ("rows", 1): 9}

    def where(path: Any) -> tuple[str, int]:
        return "rules/one.yaml", places.get(path, 1)

    cells = one([row("R1", {"d": True}, {"out": "p"}), row("R2", {"d": True}, {"out": "q"})], inputs=["d"])
    found = check(build_ruleset(VOCABULARY, [Source(cells, where)], codes=CODES))
    assert [(each.code, each.file, each.line) for each in found] == [
        ("check.gap", "rules/one.yaml", 7),
        ("check.dead_row", "rules/one.yaml", 9),
    ]


def example(expect: Any, facts: Any = None, **more: Any) -> dict[str, Any]:
    return {
        "name": "例",
        "on": "2026-11-21",
        "facts": {"d": True} if facts is None else facts,
        "expect": expect,
        **more,
    }


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (example({"row": "R1"}), None),
        (example({"row": "R1", "then": {"out": "p"}}), None),
        (example({"rows": ["R1"]}), None),
        (example({"needs": ["d"]}, {}), None),
        (example({"row": "R2"}), "check.example_rows"),
        (example({"none": True}), "check.example_rows"),
        (example({"then": {"out": "q"}}), "check.example_then"),
        (example({"then": {"out": None}}), "check.example_then"),
        (example({"row": "R1", "says": ["文字"]}), None),
        (example({"row": "R1", "says": ["文字", "别的"]}), "check.example_says"),
        (example({"row": "R1"}, {}), "check.example_rows"),
        (example({"then": {"out": "p"}}, {}), "check.example_open"),
        (example({"needs": []}, {}), "check.example_needs"),
        (example({"needs": ["d"]}), "check.example_needs"),
        (example({}), "check.example_empty"),
        (example({"then": {"of": "p"}}), "rules.unknown_output"),
        (example({"row": "R1"}, {"f": True}), "rules.unknown_fact"),
        (example({"row": "R1"}, {"d": "perhaps"}), "rules.fact_invalid"),
        (example({"row": "R1"}, locality="999"), "rules.unknown_locality"),
        (example({"row": "R1"}, expected=1), "rules.unknown_key"),
    ],
)
def test_examples_are_held_to_their_word(found: dict[str, Any], code: str | None):
    rows_ = [
        row("R1", {"d": True}, {"out": "p"}, reason={"zh": "这些文字", "en": "words"}),
        row("R2", {}, {"out": "q"}),
    ]
    results = findings(one(rows_, inputs=["d"], examples=[found]))
    assert [each.code for each in results] == ([code] if code else [])
    assert {each.method for each in results} <= {"example"}


def test_examples_of_collecting_tables_and_of_localities():
    rows_ = [row("R1", {"d": True}, {"out": "p"}), row("R2", {"a": "x"}, {"out": "q"})]
    both = {"d": True, "a": "x"}
    examples = [
        example({"rows": ["R1", "R2"], "then": {"out": ["p", "q"]}}, both),
        example({"none": True}, {"d": False, "a": "y"}),
        example({"rows": ["R1"], "then": {"out": "p"}}, {"d": True, "a": "y"}),
    ]
    local = {
        "locality": "330000",
        "rules": {"one": [row("R3", {"a": "y"}, {"out": "r"})]},
        "examples": {"one": [example({"rows": ["R1", "R3"]}, {"d": True, "a": "y"}), example({"rows": ["R1"]}, both)]},
    }
    found = findings(
        one(rows_, "COLLECT", inputs=["a", "d"], examples=examples), localities=[Source(local, lambda _: ("330000", 1))]
    )
    assert [(each.code, each.file) for each in found] == [("check.example_rows", "330000")]


def test_what_stands_in_an_example_for_other_decisions_is_a_fact_there():
    rules = hall(
        *[
            {
                **each,
                "examples": [
                    example({"row": "S0"}, {"route": "court", "candidates.recommended": "court"}),
                    example({"row": "S9"}, {"route": "inspection", "candidates.recommended": "inspection"}),
                    example({"needs": ["candidates.recommended", "employed", "ended_on"]}, {"route": "arbitration"}),
                    example({"row": "S9"}, {"route": "nowhere"}),
                ],
            }
            for each in TABLES
            if each["decision"] == "standing"
        ]
    )
    assert [(each.code, each.params["fact"]) for each in check(rules)] == [("rules.fact_invalid", "route")]


HELD = one(
    [
        row("R1", {"a": "x", "c": ">= 3"}, {"out": "p"}),
        row("R2", {"a": ["x", "y"]}, {"out": "q"}),
        row("R3", {"a": "z"}, {"out": "r"}),
    ],
    inputs=["a", "c"],
    examples=[
        example({"row": "R1", "then": {"out": "p"}}, {"a": "x", "c": 3}),
        example({"row": "R2", "then": {"out": "q"}}, {"a": "x", "c": 2}),
        example({"row": "R2"}, {"a": "y", "c": 5}),
        example({"row": "R3", "then": {"out": "r"}}, {"a": "z", "c": 0}),
    ],
)


def mutants(original: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every way to lose or swap a row, lose a cell, widen a bound or answer something else."""
    for place, each in enumerate(original["rows"]):
        yield f"{each['id']} lost", _changed(original, lambda rows_, at=place: rows_.pop(at))
        if place:
            yield f"{each['id']} earlier", _changed(original, lambda rows_, at=place: rows_.insert(0, rows_.pop(at)))
        for name in each["when"]:
            yield (
                f"{each['id']} without {name}",
                _changed(original, lambda rows_, at=place, key=name: rows_[at]["when"].pop(key)),
            )
        for out in ("p", "q", "r"):
            if each["then"]["out"] != out:
                yield (
                    f"{each['id']} says {out}",
                    _changed(original, lambda rows_, at=place, to=out: rows_[at]["then"].update(out=to)),
                )
    for bound in (">= 2", "> 3", "<= 3"):
        yield f"R1 {bound}", _changed(original, lambda rows_, to=bound: rows_[0]["when"].update(c=to))


def _changed(original: dict[str, Any], change: Any) -> dict[str, Any]:
    changed = deepcopy(original)
    change(changed["rows"])
    return changed


# With R1 before it, R3 fits nothing else wherever it stands; without "a" it is the last row all the same.
SAME = {"R3 earlier", "R3 without a"}


def test_every_change_of_a_row_that_changes_an_answer_is_caught():
    assert findings(HELD) == []
    survivors = {name for name, mutant in mutants(HELD) if not findings(mutant)}
    assert survivors == SAME


def test_the_hall_is_without_fault_and_each_proof_says_what_was_looked_at():
    rules = hall()
    assert check(rules) == []
    proofs = list(prove(rules))
    assert {(proof.decision, proof.check) for proof in proofs} >= {
        ("candidates", "gaps"),
        ("standing", "gaps"),
        ("tell", "dead_rows"),
    }
    assert all(proof.method in ("proved", "enumerated") for proof in proofs)
    assert {proof.period for proof in proofs} == {date(2026, 1, 1).isoformat()}
