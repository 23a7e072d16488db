"""Tables as they are read: hit policies, records of lists, order of decisions, localities, mistakes."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.rules.small import TEXT, enum, fact, flag, row, ruleset, table, vocabulary

from window_app.errors import DefinitionError
from window_app.rules import Source, build_basis, build_ruleset, evaluate, evaluate_each

FACTS = vocabulary(
    {
        "kind": enum("a", "b", "c"),
        "many": flag(),
        "route": enum("r1", "r2"),
        "ended_on": fact("date"),
        "workers": {"type": "list", "fields": {"name": "text", "owed": "money"}},
    },
    {"total": {"type": "integer", "function": "count", "list": "workers"}},
)
CODE = {"type": "enum", "of": "paper"}
ON = date(2026, 11, 21)


def one(rows: list[Any], policy: str = "FIRST", inputs: Any = ("kind", "many"), **more: Any) -> dict[str, Any]:
    return table("one", list(inputs), {"out": CODE}, rows, policy, **more)


def outcome(cells: dict[str, Any], facts: dict[str, Any]) -> tuple[list[str], dict[str, Any], tuple[str, ...]]:
    found = evaluate(ruleset(FACTS, cells).tables["one"], facts, ON)
    return [each.id for each in found.rows], dict(found.outputs), found.needs


ROWS = [row("R1", {"kind": "a"}, {"out": "p"}), row("R2", {"many": True}, {"out": "q"})]


def test_first_answers_with_the_first_row_that_fits():
    assert outcome(one(ROWS), {"kind": "a", "many": True}) == (["R1"], {"out": "p"}, ())
    assert outcome(one(ROWS), {"kind": "b", "many": True}) == (["R2"], {"out": "q"}, ())
    assert outcome(one(ROWS), {"kind": "b", "many": False}) == ([], {}, ())


def test_collect_answers_with_all_rows_that_fit_in_order():
    assert outcome(one(ROWS, "COLLECT"), {"kind": "a", "many": True}) == (["R1", "R2"], {"out": ("p", "q")}, ())
    assert outcome(one(ROWS, "COLLECT"), {"kind": "b", "many": False}) == ([], {}, ())


def test_collect_says_what_is_certain_before_everything_is_known():
    assert outcome(one(ROWS, "COLLECT"), {"kind": "a"}) == (["R1"], {"out": ("p",)}, ("many",))


def test_unique_answers_with_its_only_row():
    rows = [row("R1", {"kind": "a"}, {"out": "p"}), row("R2", {"kind": "not(a)", "many": True}, {"out": "q"})]
    assert outcome(one(rows, "UNIQUE"), {"kind": "b", "many": True}) == (["R2"], {"out": "q"}, ())
    assert outcome(one(rows, "UNIQUE"), {"many": False}) == ([], {}, ("kind",))


def test_a_derived_fact_hands_the_question_down_to_what_it_is_made_of():
    rows = [row("R1", {"total": ">= 10"}, {"out": "p"}), row("R2", {}, {"out": "q"})]
    assert outcome(one(rows, inputs=["total"]), {}) == ([], {}, ("workers",))
    assert outcome(one(rows, inputs=["total"]), {"workers": [{}] * 10})[0] == ["R1"]
    assert outcome(one(rows, inputs=["total"]), {"total": 10})[0] == ["R1"]


def test_a_table_over_the_records_of_a_list_answers_for_each():
    rows = [row("R1", {"worker.owed": "> 1000", "kind": "a"}, {"out": "p"}), row("R2", {}, {"out": "q"})]
    each = {"list": "workers", "as": "worker"}
    cells = one(rows, inputs=["kind", "worker.owed"], each=each)
    checked = ruleset(FACTS, cells).tables["one"]
    workers = [{"owed": Decimal(2000)}, {"owed": Decimal(5)}, {"name": "甲"}]
    found = evaluate_each(checked, {"kind": "a", "workers": workers}, ON)
    assert found is not None
    assert [[fired.id for fired in answer.rows] for answer in found] == [["R1"], ["R2"], []]
    assert [answer.needs for answer in found] == [(), (), ("worker.owed",)]
    assert evaluate_each(checked, {"kind": "a"}, ON) is None


def test_decisions_may_stand_in_any_order():
    first = table(
        "first", ["kind"], {"out": CODE}, [row("F1", {"kind": "a"}, {"out": "p"}), row("F2", {}, {"out": "q"})]
    )
    second = table("second", ["first.out"], {"out": CODE}, [row("S1", {"first.out": "p"}, {"out": "x"})])
    third = table("third", ["second.out"], {"out": CODE}, [row("T1", {"second.out": "not(x)"}, {"out": "y"})])
    rules = ruleset(FACTS, third, second, first)
    assert list(rules.tables) == ["first", "second", "third"]
    chain = rules.decisions(None)
    fired = {
        key[0]: [each.id for each in verdict.fired] for key, verdict in chain.decide({"kind": "b"}).verdicts.items()
    }
    # `second` answers nothing for b, and nothing is not x.
    assert fired == {"first": ["F2"], "second": [], "third": ["T1"]}
    assert chain.decide({}).relevant == ("kind",)


def test_a_collected_output_is_tested_by_what_it_holds():
    first = table("first", ["kind", "many"], {"out": CODE}, ROWS, "COLLECT")
    second = table(
        "second",
        ["first.out"],
        {"out": CODE},
        [row("S1", {"first.out": "q"}, {"out": "x"}), row("S2", {}, {"out": "y"})],
    )
    chain = ruleset(FACTS, first, second).decisions(None)
    assert [each.id for each in chain.decide({"kind": "a", "many": True}).verdicts["second", None].fired] == ["S1"]
    assert [each.id for each in chain.decide({"kind": "a", "many": False}).verdicts["second", None].fired] == ["S2"]
    assert not chain.decide({"kind": "a"}).verdicts["second", None].decided


def test_answers_are_remembered_without_being_mixed_up():
    rows = [row("R1", {"ended_on": "< 2026-01-01"}, {"out": "p"}), row("R2", {}, {"out": "q"})]
    chain = ruleset(FACTS, one(rows, inputs=["ended_on"])).decisions(None)
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2025, 12, 30), date(2026, 1, 2)]
    fired = [chain.decide({"ended_on": day}).verdicts["one", None].fired[0].id for day in days * 2]
    assert fired == ["R1", "R2", "R1", "R2"] * 2


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"hit_policy": "ANY"}, "rules.not_one_of", ("hit_policy",)),
        ({"inputs": ["nobody"]}, "rules.unknown_fact", ("inputs", 0)),
        ({"inputs": ["many"]}, "rules.not_an_input", ("rows", 0, "when", "kind")),
        ({"date_fact": "kind"}, "rules.date_fact", ("date_fact",)),
        ({"date_fact": "nobody"}, "rules.unknown_fact", ("date_fact",)),
        ({"notes": 1}, "rules.unknown_key", ("notes",)),
        ({"title": "x"}, "rules.not_a_mapping", ("title",)),
        ({"each": {"list": "kind", "as": "x"}}, "rules.each_list", ("each", "list")),
        ({"outputs": {"out": {"type": "enum"}}}, "rules.output_of", ("outputs", "out")),
        ({"outputs": {"out": {"type": "enum", "of": "papers"}}}, "rules.unknown_kind", ("outputs", "out", "of")),
        ({"rows": [row("R1", {"kind": "d"}, {"out": "p"})]}, "rules.cell_outside_domain", ("rows", 0, "when", "kind")),
        ({"rows": [row("R1", {"king": "a"}, {"out": "p"})]}, "rules.unknown_fact", ("rows", 0, "when", "king")),
        ({"rows": [row("R1", {}, {"ou": "p"})]}, "rules.unknown_output", ("rows", 0, "then", "ou")),
        ({"rows": [row("R1", {}, {"out": "z"})]}, "rules.output_code", ("rows", 0, "then", "out")),
        ({"rows": [row("R1", {}, {"out": ["p"]})]}, "rules.not_a_string", ("rows", 0, "then", "out")),
        ({"rows": [row("R1", {}, {}, reasons=TEXT)]}, "rules.unknown_key", ("rows", 0, "reasons")),
        ({"rows": [row("R1", {}, {}), row("R1", {}, {})]}, "rules.row_twice", ("rows", 1)),
        ({"rows": [row("R1", {}, {}, until="soon")]}, "rules.not_a_date", ("rows", 0, "until")),
        (
            {"rows": [row("R1", {}, {}, until="2020-01-01", **{"from": "2021-01-01"})]},
            "rules.row_period",
            ("rows", 0, "until"),
        ),
        ({"rows": [row("R1", {}, {}, basis=[{"law": "x"}])]}, "rules.missing_key", ("rows", 0, "basis", 0)),
        ({"rows": [row("R1", {}, {}, basis={"law": "x"})]}, "rules.not_a_list", ("rows", 0, "basis")),
        ({"rows": [{"when": {}}]}, "rules.missing_key", ("rows", 0)),
        ({"rows": "R1"}, "rules.not_a_list", ("rows",)),
    ],
)
def test_a_mistake_is_named_with_its_place(change: dict[str, Any], code: str, path: Any):
    places: list[Any] = []

    def where(at: Any) -> tuple[str, int]:
        places.append(at)
        return "rules/one.yaml", 5

    with pytest.raises(DefinitionError) as caught:
        build_ruleset(FACTS, [Source({**one(ROWS), **change}, where)], codes={"paper": ["p", "q"]})
    assert (caught.value.code, caught.value.file, caught.value.line) == (code, "rules/one.yaml", 5)
    assert places[-1] == path


def test_decisions_that_go_in_a_circle_are_refused():
    first = table("first", ["second.out"], {"out": CODE}, [])
    second = table("second", ["first.out"], {"out": CODE}, [])
    with pytest.raises(DefinitionError) as caught:
        ruleset(FACTS, first, second)
    assert caught.value.code == "rules.decision_cycle"
    assert caught.value.params["cycle"] == "first → second → first"


def test_a_decision_for_the_matter_cannot_read_one_for_each_route():
    routes = table("routes", ["kind"], {"routes": {"type": "list", "of": "route"}}, [row("R1", {}, {"routes": ["r1"]})])
    each = table("each", ["route"], {"out": CODE}, [], each={"list": "routes.routes", "as": "route"})
    reader = table("reader", ["each.out"], {"out": CODE}, [])
    with pytest.raises(DefinitionError, match=r"rules\.unknown_fact"):
        ruleset(FACTS, routes, each, reader)


@pytest.mark.parametrize(
    ("local", "code"),
    [
        ({"rules": {"two": []}}, "rules.unknown_decision"),
        ({"rules": {"one": [{"id": "R9", "remove": True}]}}, "rules.unknown_row"),
        ({"rules": {"one": [row("R9", {}, {"out": "p"}, before="R8")]}}, "rules.unknown_row"),
        ({"rules": {"one": [row("R9", {"kind": "z"}, {"out": "p"})]}}, "rules.cell_outside_domain"),
        ({"parent": "9"}, "rules.unknown_parent"),
        ({"parent": "44"}, "rules.parent_cycle"),
        ({"parameters": {"x": {"title": TEXT, "unit": "days"}}}, "rules.missing_key"),
    ],
)
def test_a_mistake_of_a_locality_is_refused(local: dict[str, Any], code: str):
    with pytest.raises(DefinitionError) as caught:
        ruleset(FACTS, one(ROWS), localities=[Source({"locality": "44", **local})])
    assert caught.value.code == code


def test_rows_of_a_locality_come_before_after_in_place_of_or_at_the_end():
    local = {
        "locality": "44",
        "rules": {
            "one": [
                row("R2", {"many": False}, {"out": "x"}),
                row("A", {}, {"out": "x"}, before="R1"),
                row("B", {}, {"out": "x"}, after="R1"),
                row("C", {}, {"out": "x"}),
            ]
        },
    }
    rules = ruleset(FACTS, one(ROWS), localities=[Source(local)])
    changed = rules.tables_for("44")["one"]
    assert [(each.id, each.locality) for each in changed.rows] == [
        ("A", "44"),
        ("R1", None),
        ("B", "44"),
        ("R2", "44"),
        ("C", "44"),
    ]
    assert [each.id for each in rules.tables["one"].rows] == ["R1", "R2"]


def parameter(*values: Any, unit: str = "days") -> dict[str, Any]:
    return {"title": TEXT, "unit": unit, "values": list(values)}


def test_parameters_are_dated_and_a_locality_s_go_first():
    national = {
        "parameters": {
            "days": parameter({"value": 60}, {"from": "2026-01-01", "value": 50}),
            "wage": parameter({"value": "2690", "from": "2025-07-01", "until": "2026-06-30"}, unit="yuan"),
            "since": parameter({"value": "2026-07-01"}, unit="date"),
            "share": parameter({"value": "0.5"}, unit="ratio"),
            "name": parameter({"value": "厅"}, unit="text"),
        }
    }
    places = [
        Source({"locality": "44", "parameters": {"days": parameter({"from": "2026-03-01", "value": 45})}}),
        Source({"locality": "4401", "parent": "44"}),
    ]
    known = ruleset(FACTS, parameters=[Source(national)], localities=places).parameters
    assert [known.value("days", day, None) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [60, 50]
    assert known.value("days", date(2026, 2, 28), "4401") == 50
    assert known.value("days", date(2026, 3, 1), "4401") == 45
    assert known.value("wage", date(2026, 6, 30), None) == Decimal(2690)
    assert known.value("wage", date(2026, 7, 1), None) is None
    assert known.value("since", ON, None) == date(2026, 7, 1)
    assert known.value("share", ON, None) == Decimal("0.5")
    assert known.value("name", ON, None) == "厅"
    assert known.value("nobody", ON, None) is None
    assert {name: known.type_of(name) for name in known.names()} == {
        "days": "integer",
        "wage": "money",
        "since": "date",
        "share": "money",
        "name": "text",
    }


def test_citations_are_read_by_themselves_too():
    (citation,) = build_basis([{"law": "劳动合同法", "article": 85, "item": 1, "verified": False, "gist": TEXT}])
    assert (citation.article, citation.item, citation.verified, citation.gist) == ("85", "1", False, TEXT)
    with pytest.raises(DefinitionError, match=r"rules\.not_a_number"):
        build_basis([{"law": "x", "article": 1, "paragraph": "一"}])
