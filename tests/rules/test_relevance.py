"""The interview asks a fact only where its answer can change something, and always where it can."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.reference import told
from tests.rules.small import enum, fact, flag, row, ruleset, table, vocabulary

from window_app.rules import RuleSet, evaluate
from window_app.rules.evaluation import Decisions, Evaluation

ON = date(2026, 11, 21)
DOMAINS: dict[str, list[Any]] = {
    "a": ["x", "y", "z"],
    "b": [True, False, "unclear"],
    "c": [0, 1, 2, 3, 4, 5],
    "d": [True, False],
    "e": [0, 1, 2, 3, 4, 5],
}
CELLS: dict[str, list[Any]] = {
    "a": ["x", ["x", "y"], "not(z)", "not(x, y)", "-"],
    "b": [True, False, "unclear", "not(unclear)", "not(true)", "-"],
    "c": ["<= 2", "[1..3]", "> 4", 5, "(0..4)", "!= 3", "-", ">= e", "not(< e)", "= e"],
    "d": [True, False, "-"],
    "e": ["-", ">= 3", "[*..1]", "-"],
    "first.out": ["p", "not(p)", ["q", "r"], "-"],
    "second.out": ["p", "not(p, q)", "-", "-"],
    "route": ["r1", "r2", "not(r1)", "-"],
}
VOCABULARY = vocabulary(
    {
        "a": enum("x", "y", "z"),
        "b": flag(unclear=True),
        "c": fact("integer", domain="[0..5]"),
        "d": flag(),
        "e": fact("integer", domain="[0..5]"),
        "route": enum("r1", "r2", "r3"),
    }
)
FACTS = list(DOMAINS)
OUTCOME = {"type": "enum", "of": "outcome"}
CODES = {"outcome": ["p", "q", "r"]}

codes = st.sampled_from(["p", "q", "r"])
routes = st.lists(st.sampled_from(["r1", "r2", "r3"]), unique=True, max_size=3)
answers = st.fixed_dictionaries({"out": codes})
routed = st.fixed_dictionaries({"out": codes, "routes": routes})
policies = st.sampled_from(["FIRST", "COLLECT"])
known_facts = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in DOMAINS.items()})


def rows(inputs: list[str], outputs: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    when = st.fixed_dictionaries({name: st.sampled_from(CELLS[name]) for name in inputs})
    return st.lists(st.tuples(when, outputs), min_size=1, max_size=4).map(
        lambda found: [row(f"R{index}", when, then) for index, (when, then) in enumerate(found)]
    )


@st.composite
def chains(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Three tables: routes; one for the matter that reads the first; one for each route that reads both."""
    read = [*FACTS, "first.out"]
    each = {"list": "first.routes", "as": "route"}
    items = ["route", *read, "second.out"]
    return [
        table("first", FACTS, {"out": OUTCOME, "routes": {"type": "list", "of": "route"}}, draw(rows(FACTS, routed))),
        table("second", read, {"out": OUTCOME}, draw(rows(read, answers)), draw(policies)),
        table("third", items, {"out": OUTCOME}, draw(rows(items, answers)), draw(policies), each=each),
    ]


def decide(rules: RuleSet, facts: dict[str, Any]) -> Decisions:
    chain = rules.decisions(None)
    return chain.decide(chain.values(facts, ON))


def completions(known: dict[str, Any]) -> list[dict[str, Any]]:
    unknown = [name for name in FACTS if name not in known]
    return [
        {**known, **dict(zip(unknown, values, strict=True))} for values in product(*(DOMAINS[name] for name in unknown))
    ]


@given(tables=chains(), facts=st.fixed_dictionaries({name: st.sampled_from(each) for name, each in DOMAINS.items()}))
def test_with_every_fact_known_the_engine_answers_as_a_plain_reading_does(tables: Any, facts: dict[str, Any]):
    decisions = decide(ruleset(VOCABULARY, *reversed(tables), codes=CODES), facts)
    found = {
        key: frozenset(str({**fired.then, **_listed(fired.then)}) for fired in verdict.fired)
        for key, verdict in decisions.verdicts.items()
    }
    assert all(verdict.decided for verdict in decisions.verdicts.values())
    assert decisions.relevant == ()
    assert found == told(tables, facts)


def _listed(then: Any) -> dict[str, Any]:
    return {name: list(value) for name, value in then.items() if isinstance(value, tuple)}


@given(tables=chains(), known=known_facts)
def test_exactly_the_facts_that_can_change_an_answer_are_needed(tables: Any, known: dict[str, Any]):
    decisions = decide(ruleset(VOCABULARY, *tables, codes=CODES), known)
    answered = {tuple(each.items()): told(tables, each) for each in map(_ordered, completions(known))}
    needed = {
        name
        for name in FACTS
        if name not in known
        for facts, answer in answered.items()
        if any(answered[_with(facts, name, value)] != answer for value in DOMAINS[name])
    }
    assert set(decisions.relevant) == needed


@given(tables=chains(), known=known_facts)
def test_what_is_called_decided_is_the_same_in_every_completion(tables: Any, known: dict[str, Any]):
    decisions = decide(ruleset(VOCABULARY, *tables, codes=CODES), known)
    complete = [told(tables, each) for each in completions(known)]
    for (decision, item), verdict in decisions.verdicts.items():
        given_item = [each for each in complete if (decision, item) in each]
        if verdict.decided and given_item:
            found = frozenset(str({**fired.then, **_listed(fired.then)}) for fired in verdict.fired)
            assert all(each[decision, item] == found for each in given_item)


@given(tables=chains(), several=st.lists(known_facts, min_size=2, max_size=6), chosen=st.sampled_from([None, "r1"]))
def test_what_was_found_for_others_changes_no_answer(tables: Any, several: list[dict[str, Any]], chosen: str | None):
    chain = ruleset(VOCABULARY, *tables, codes=CODES).decisions(None)
    for known in several:
        values = chain.values(known, ON)
        assert chain.decide(values, chosen) == Evaluation(chain, values, chosen).decisions()


def test_a_table_that_only_reads_another_follows_it_also_where_it_was_asked_before():
    first = table("first", ["a"], {"out": OUTCOME}, [row("R1", {"a": "x"}, {"out": "p"}), row("R2", {}, {"out": "q"})])
    rows_ = [row("S1", {"first.out": "p"}, {"out": "q"}), row("S2", {}, {"out": "r"})]
    for policy in ("FIRST", "COLLECT"):
        second = table("second", ["first.out"], {"out": OUTCOME}, rows_, policy)
        rules = ruleset(VOCABULARY, first, second, codes=CODES)
        fired = [decide(rules, {"a": value}).verdicts["second", None].fired for value in ("x", "y", "x")]
        assert [each[0].id for each in fired] == ["S1", "S2", "S1"]


def _ordered(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in FACTS}


def _with(facts: tuple[tuple[str, Any], ...], name: str, value: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((key, value if key == name else known) for key, known in facts)


DATES = vocabulary(
    {"ended_on": fact("date", unclear=True), "claimed_on": fact("date"), "left": flag()},
    {
        "since_end": {"type": "duration", "function": "time_between", "from": "ended_on", "to": "applied_on"},
        "since_claim": {"type": "duration", "function": "time_between", "from": "claimed_on", "to": "applied_on"},
        "delay": {"type": "duration", "function": "time_between", "from": "ended_on", "to": "claimed_on"},
    },
)
DATE_CELLS: dict[str, list[Any]] = {
    "since_end": ["> P1Y", "<= P1Y", "[P6M..P2Y]", "-", "-"],
    "since_claim": ["<= P1Y", "> P6M", "-", "-"],
    "delay": ["<= P1Y", "> P1Y", "= P1M", "-"],
    "ended_on": ["unclear", ">= 2025-03-01", "not(unclear)", "-", "-"],
    "left": [True, "-"],
}
DAYS = [date(2023, 1, 31) + timedelta(days=days) for days in range(0, 1200, 61)]
BORDERS = [date(2025, 2, day) for day in (26, 27, 28)] + [date(2025, 3, 1), date(2026, 2, 28), date(2026, 3, 1)]


def date_rows() -> st.SearchStrategy[list[Any]]:
    when = st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in DATE_CELLS.items()})
    return st.lists(st.tuples(when, answers), min_size=1, max_size=4).map(
        lambda found: [row(f"R{index}", when, then) for index, (when, then) in enumerate(found)]
    )


@settings(max_examples=25)
@given(found=date_rows(), known=st.fixed_dictionaries({}, optional={"ended_on": st.sampled_from(DAYS)}))
def test_dates_that_hang_together_are_asked_only_where_a_pair_of_days_shows_why(found: Any, known: dict[str, Any]):
    """The days tried here are fewer than all days, so they can only show that a date is needed."""
    rules = ruleset(DATES, table("one", list(DATE_CELLS), {"out": OUTCOME}, found), codes=CODES)
    on = date(2026, 2, 28)
    chain = rules.decisions(None)
    ended = [known["ended_on"]] if known else [*DAYS, *BORDERS, "unclear"]
    claimed = [*DAYS, *BORDERS]
    seen: dict[tuple[Any, Any], Any] = {}
    for pair in product(ended, claimed):
        facts = {"ended_on": pair[0], "claimed_on": pair[1], "left": True}
        fired = chain.decide(chain.values(facts, on)).verdicts["one", None].fired
        seen[pair] = str([each.then for each in fired])
    needs = evaluate(rules.tables["one"], {**known, "left": True}, on).needs
    if any(len({seen[end, claim] for end in ended}) > 1 for claim in claimed):
        assert "ended_on" in needs
    if any(len({seen[end, claim] for claim in claimed}) > 1 for end in ended):
        assert "claimed_on" in needs


def test_a_date_that_no_longer_matters_is_not_asked():
    rules = ruleset(
        DATES,
        table(
            "one",
            list(DATE_CELLS),
            {"out": OUTCOME},
            [
                row("R1", {"since_end": "<= P1Y"}, {"out": "p"}),
                row("R2", {"delay": "<= P1Y", "since_claim": "<= P1Y"}, {"out": "p"}),
                row("R3", {}, {"out": "q"}),
            ],
        ),
        codes=CODES,
    )
    one = rules.tables["one"]
    assert evaluate(one, {}, ON).needs == ("ended_on", "claimed_on")
    assert evaluate(one, {"ended_on": date(2026, 5, 1)}, ON).needs == ()
    assert evaluate(one, {"ended_on": date(2025, 5, 1)}, ON).needs == ("claimed_on",)
    assert evaluate(one, {"claimed_on": date(2025, 5, 1)}, ON).needs == ("ended_on",)
    # Claimed too late: more than a year ago. Whether the claim was in time no longer matters.
    outcome = evaluate(one, {"claimed_on": date(2025, 5, 1), "ended_on": date(2025, 4, 1)}, ON)
    assert [fired.id for fired in outcome.rows] == ["R3"]


@pytest.mark.parametrize("known", [{}, {"a": "x"}, {"a": "y"}])
def test_rows_that_say_the_same_ask_nothing_more(known: dict[str, Any]):
    rows_ = [row("R1", {"a": "x"}, {"out": "p"}), row("R2", {"b": True}, {"out": "p"}), row("R3", {}, {"out": "p"})]
    one = ruleset(VOCABULARY, table("one", ["a", "b"], {"out": OUTCOME}, rows_), codes=CODES).tables["one"]
    outcome = evaluate(one, known, ON)
    assert outcome.decided
    assert outcome.outputs == {"out": "p"}
    assert outcome.needs == ()


def test_another_article_is_another_answer_even_with_the_same_outputs():
    basis = [{"law": "劳动合同法", "article": 85}]
    rows_ = [row("R1", {"a": "x"}, {"out": "p"}, basis=basis), row("R2", {}, {"out": "p"})]
    one = ruleset(VOCABULARY, table("one", ["a"], {"out": OUTCOME}, rows_), codes=CODES).tables["one"]
    assert evaluate(one, {}, ON).needs == ("a",)


def test_what_matters_only_for_a_route_that_is_not_offered_then_is_not_asked():
    routes_ = {"routes": {"type": "list", "of": "route"}}
    offered = [row("R1", {"a": "x"}, {"routes": ["r1"]}), row("R2", {}, {"routes": ["r2"]})]
    first = table("first", ["a"], routes_, offered)
    each = {"list": "first.routes", "as": "route"}
    judged = [row("S1", {"route": "r1", "a": "y", "d": True}, {"out": "p"}), row("S2", {}, {"out": "q"})]
    second = table("second", ["route", "a", "d"], {"out": OUTCOME}, judged, each=each)
    assert decide(ruleset(VOCABULARY, first, second, codes=CODES), {}).relevant == ("a",)
    judged[0]["when"]["a"] = "x"
    assert decide(ruleset(VOCABULARY, first, second, codes=CODES), {}).relevant == ("a", "d")


def test_of_two_facts_compared_with_each_other_only_the_one_that_matters_is_asked():
    rows_ = [
        row("R1", {"c": "> 4"}, {"out": "p"}),
        row("R2", {"c": ">= e", "e": ">= 5"}, {"out": "r"}),
        row("R3", {}, {"out": "q"}),
    ]
    one = ruleset(VOCABULARY, table("one", ["c", "e"], {"out": OUTCOME}, rows_), codes=CODES).tables["one"]
    assert evaluate(one, {}, ON).needs == ("c",)
    rows_[1]["when"]["e"] = ">= 4"
    one = ruleset(VOCABULARY, table("one", ["c", "e"], {"out": OUTCOME}, rows_), codes=CODES).tables["one"]
    assert evaluate(one, {}, ON).needs == ("c", "e")


def test_days_that_no_cell_tests_themselves_are_not_mixed_up_in_the_memory():
    rows_ = [row("R1", {"ended_on": "< 2025-03-01", "delay": "<= P1Y"}, {"out": "p"}), row("R2", {}, {"out": "q"})]
    chain = ruleset(DATES, table("one", ["ended_on", "delay"], {"out": OUTCOME}, rows_), codes=CODES).decisions(None)

    def relevant(claimed_on: date) -> tuple[str, ...]:
        return chain.decide(chain.values({"claimed_on": claimed_on}, ON)).relevant

    late, early = date(2026, 10, 1), date(2025, 5, 1)
    assert [relevant(day) for day in (late, early, late)] == [(), ("ended_on",), ()]
