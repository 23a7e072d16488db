"""What may stand in a cell, what it means, and what is said where it cannot be read."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.rules.small import TEXT, enum, fact, flag, row, ruleset, table, vocabulary

from window_app.errors import DefinitionError
from window_app.rules import Duration, Source, build_condition, build_ruleset

FACTS = vocabulary(
    {
        "kind": enum("wages", "overtime", "other", unclear=True),
        "employed": flag(unclear=True),
        "workers": fact("integer", domain="[0..*]"),
        "limit": fact("integer"),
        "owed": fact("money", domain="[0..*]"),
        "paid": fact("money"),
        "ended_on": fact("date", unclear=True),
        "hired_on": fact("date"),
        "since": fact("duration"),
        "name": fact("text"),
    }
)


def holds(name: str, cell: Any, value: Any, **others: Any) -> bool | None:
    return build_condition({name: cell}, FACTS).test({name: value, **others})


@pytest.mark.parametrize(
    ("name", "cell", "passing", "failing"),
    [
        ("kind", "wages", ["wages"], ["overtime", "unclear"]),
        ("kind", ["wages", "overtime"], ["wages", "overtime"], ["other", "unclear"]),
        ("kind", "wages, overtime", ["wages", "overtime"], ["other"]),
        ("kind", "not(wages)", ["overtime", "unclear"], ["wages"]),
        ("kind", "not(wages, unclear)", ["overtime"], ["wages", "unclear"]),
        ("kind", "unclear", ["unclear"], ["wages"]),
        ("kind", "= wages", ["wages"], ["other"]),
        ("kind", "!= wages", ["other"], ["wages", "unclear"]),
        ("employed", True, [True], [False, "unclear"]),
        ("employed", "true", [True], [False]),
        ("employed", "not(true)", [False, "unclear"], [True]),
        ("workers", 10, [10], [9]),
        ("workers", ">= 10", [10, 11], [9]),
        ("workers", "[10..*]", [10, 99], [9]),
        ("workers", "(0..5]", [1, 5], [0, 6]),
        ("workers", "[0..5)", [0, 4], [5]),
        ("workers", "< 3, > 7", [2, 8], [3, 7]),
        ("workers", "not([3..7])", [2, 8], [3, 7]),
        ("workers", "[*..3]", [0, 3], [4]),
        ("owed", "> 1000.50", [Decimal("1000.51")], [Decimal("1000.50")]),
        ("owed", "<= 0.1", [Decimal("0.10")], [Decimal("0.11")]),
        ("ended_on", "< 2026-07-01", [date(2026, 6, 30)], [date(2026, 7, 1), "unclear"]),
        ("ended_on", "[2025-09-01..2026-06-30]", [date(2025, 9, 1), date(2026, 6, 30)], [date(2026, 7, 1)]),
        ("since", "<= P1Y", [Duration.parse("P12M"), Duration.parse("P364D")], [Duration.parse("P1Y1D")]),
        ("since", "= P1Y", [Duration.parse("P12M")], [Duration.parse("P11M")]),
        ("since", "> P14M", [Duration.parse("P2Y")], [Duration.parse("P1Y2M")]),
        ("name", '"甲、乙"', ["甲、乙"], ["甲"]),
        ("name", "310104", ["310104"], ["310105"]),
    ],
)
def test_cells_pass_and_fail(name: str, cell: Any, passing: list[Any], failing: list[Any]):
    assert [value for value in passing if not holds(name, cell, value)] == []
    assert [value for value in failing if holds(name, cell, value)] == []


@pytest.mark.parametrize("cell", ["-", None])
def test_a_dash_tests_nothing(cell: Any):
    condition = build_condition({"kind": cell}, FACTS)
    assert condition.facts == ()
    assert condition.test({}) is True


@pytest.mark.parametrize(
    ("name", "cell", "value", "others", "expected"),
    [
        ("workers", ">= limit", 5, {"limit": 5}, True),
        ("workers", ">= limit", 4, {"limit": 5}, False),
        ("workers", ">= limit", 5, {}, None),
        ("workers", "[1..limit]", 6, {"limit": 5}, False),
        ("owed", "> paid", Decimal(5), {"paid": Decimal(4)}, True),
        ("owed", "> workers", Decimal(5), {"workers": 6}, False),
        ("ended_on", ">= hired_on", date(2026, 1, 1), {"hired_on": date(2026, 1, 2)}, False),
        ("ended_on", ">= hired_on", "unclear", {"hired_on": date(2026, 1, 2)}, False),
        ("kind", "wages", None, {}, None),
    ],
)
def test_facts_are_compared_with_each_other(name: str, cell: Any, value: Any, others: Any, expected: bool | None):
    assert holds(name, cell, value, **others) is expected


def test_a_condition_is_false_as_soon_as_one_cell_fails_and_unknown_only_while_it_can_still_pass():
    condition = build_condition({"kind": "wages", "employed": True, "workers": ">= limit"}, FACTS)
    assert condition.test({"kind": "other"}) is False
    assert condition.test({"kind": "wages", "employed": True}) is None
    assert condition.unknown({"kind": "wages", "employed": True}) == ("workers", "limit")
    assert condition.unknown({"kind": "other"}) == ()
    assert condition.test({"kind": "wages", "employed": True, "workers": 3, "limit": 3}) is True


@pytest.mark.parametrize(
    ("name", "cell", "code", "params"),
    [
        ("kind", "wage", "rules.cell_outside_domain", {"value": "wage", "near": "wages"}),
        ("kind", "not(wages", "rules.cell_syntax", {"position": 10, "expected": ")"}),
        ("kind", "not(wages) other", "rules.cell_syntax", {"position": 12}),
        ("kind", "wages,", "rules.cell_syntax", {"position": 7}),
        ("kind", "> wages", "rules.cell_no_order", {"type": "enum"}),
        ("kind", [], "rules.cell_list", {}),
        ("kind", ["wages", "not(other)"], "rules.cell_list", {}),
        ("kind", ["wages", "-"], "rules.cell_list", {}),
        ("workers", "unclear", "rules.cell_never_unclear", {}),
        ("workers", "< unclear", "rules.cell_literal", {}),
        ("workers", "many", "rules.cell_literal", {"type": "integer", "value": "many"}),
        ("workers", "1.5", "rules.cell_literal", {"value": "1.5"}),
        ("workers", '"1"', "rules.cell_literal", {"value": "1"}),
        ("workers", -1, "rules.cell_outside_domain", {"value": "-1"}),
        ("workers", "[1.5]", "rules.cell_literal", {}),
        ("workers", "[1..2", "rules.cell_syntax", {"expected": "] )"}),
        ("workers", "[1, 2]", "rules.cell_syntax", {"expected": ".."}),
        ("workers", "[5..1]", "rules.cell_empty_interval", {}),
        ("workers", ">= parameter(ten)", "rules.unknown_fact", {"fact": "parameter(ten)"}),
        ("workers", ">= ended_on", "rules.cell_reference_type", {"other": "ended_on"}),
        ("workers", "= [", "rules.cell_syntax", {"expected": "integer"}),
        ("workers", "3 ! 4", "rules.cell_character", {"position": 3}),
        ("employed", "yes", "rules.cell_literal", {"type": "bool"}),
        ("ended_on", "< 2026-02-30", "rules.cell_literal", {"value": "2026-02-30"}),
        ("since", "< P", "rules.cell_literal", {"type": "duration"}),
        ("since", "< 1Y", "rules.cell_literal", {"value": "1Y"}),
        ("employd", True, "rules.unknown_fact", {"near": "employed"}),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(name: str, cell: Any, code: str, params: dict[str, Any]):
    with pytest.raises(DefinitionError) as caught:
        build_condition({name: cell}, FACTS, lambda path: ("rules/x.yaml", 7 + len(path)))
    assert caught.value.code == code
    assert caught.value.file == "rules/x.yaml"
    assert caught.value.line >= 8
    assert {key: caught.value.params[key] for key in params} == params


def test_parameters_are_compared_by_their_value_on_the_day():
    parameters = {
        "parameters": {
            "group": {
                "title": TEXT,
                "unit": "people",
                "values": [{"from": "2020-01-01", "value": 10}, {"from": "2026-01-01", "value": 5}],
            }
        }
    }
    cells = table(
        "one",
        ["workers"],
        {"out": {"type": "text", "of": "paper"}},
        [row("many", {"workers": ">= parameter(group)"}, {"out": "a"}), row("few", {}, {"out": "b"})],
    )
    rules = build_ruleset(FACTS, [Source(cells)], parameters=[Source(parameters)])

    def fired(on: date) -> list[str]:
        chain = rules.decisions(None)
        return [each.id for each in chain.decide(chain.values({"workers": 7}, on)).verdicts["one", None].fired]

    assert fired(date(2025, 12, 31)) == ["few"]
    assert fired(date(2026, 1, 1)) == ["many"]
    chain = rules.decisions(None)
    undecided = chain.decide(chain.values({"workers": 7}, date(2019, 12, 31)))
    assert not undecided.verdicts["one", None].decided
    assert undecided.relevant == ("parameter(group)",)


def test_a_text_output_of_another_table_cannot_be_tested():
    texts = table("one", ["employed"], {"text": {"type": "text"}}, [row("R1", {}, {"text": TEXT})])
    reader = table("two", ["one.text"], {"out": {"type": "text", "of": "paper"}}, [])
    with pytest.raises(DefinitionError, match=r"rules\.unknown_fact"):
        ruleset(FACTS, texts, reader)
