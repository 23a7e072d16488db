"""Files of calculators: every mistake by file and line, before anybody is given a figure."""

from pathlib import Path
from typing import Any

import pytest

from window_app.errors import DefinitionError
from window_app.forms.calculators import read_calculators
from window_app.forms.claim_shapes import calculator_shape
from window_app.forms.kinds import KINDS
from window_app.yamlio import YamlDocument, parse_yaml

GOOD = """\
calculator: bonus
title: {zh: 奖金, en: Bonus}
claims: [wages]
inputs:
  - {input: pay, type: money, label: {zh: 工资, en: Pay}}
  - {input: since, type: date, label: {zh: 起, en: Since}}
checks:
  - {input: pay, problem_if: {pay: '> cap'}, message: {zh: 太多, en: Too much}}
steps:
  - step: cap
    title: {zh: 上限, en: Cap}
    type: money
    formula: parameter(most, since)
    hidden: true
  - step: amount
    title: {zh: 数额, en: Amount}
    type: money
    show_if: {pay: '> 0'}
    formula: pay * 2
    basis: [{law: 劳动法, article: 44}]
result: amount
rounding: {zh: 到分, en: To the cent}
examples:
  - {name: 一, on: 2026-01-01, inputs: {pay: 1}, expect: {result: '2.00'}}
"""


def document(text: str) -> YamlDocument:
    return parse_yaml(text.encode(), file="calculators/bonus.yaml")


def test_a_good_file_is_read() -> None:
    calculator = read_calculators({"bonus": document(GOOD)}, ["most"])["bonus"]
    assert [asked.code for asked in calculator.inputs] == ["pay", "since"]
    assert calculator.steps[1].formula.names == ("pay",)
    assert calculator.input("pay").is_money
    with pytest.raises(KeyError):
        calculator.input("nothing")


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("formula: pay * 2", "formula: pay * tax", "formula.unknown_name", 19),
        ("formula: pay * 2", "formula: pay ** 2", "formula.syntax", 19),
        ("formula: pay * 2", "formula: round(pay, 2)", "formula.unknown_function", 19),
        ("formula: pay * 2", "formula: max(pay, 0)", "calculator.how_missing", 15),
        ("parameter(most, since)", "parameter(mosts, since)", "formula.unknown_parameter", 13),
        ("parameter(most, since)", "amount * 2", "formula.unknown_name", 13),
        ("{pay: '> cap'}", "{pays: '> cap'}", "rules.unknown_fact", 8),
        ("{pay: '> cap'}", "{pay: '> since'}", "rules.cell_reference_type", 8),
        ("{pay: '> 0'}", "{pay: '> x'}", "rules.cell_literal", 18),
        ("result: amount", "result: cap", "calculator.result", 21),
        ("result: amount", "result: sum", "calculator.result", 21),
        ("input: since", "input: pay", "matter.code_twice", 6),
        ("input: pay, problem_if", "input: sum, problem_if", "calculator.name_unknown", 8),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(old: str, new: str, code: str, line: int) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(DefinitionError) as refused:
        read_calculators({"bonus": document(GOOD.replace(old, new))}, ["most"])
    assert (refused.value.code, refused.value.file, refused.value.line) == (code, "calculators/bonus.yaml", line)


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"claims": []},
        {"examples": []},
        {"inputs": [{"input": "pay", "type": "float", "label": {"zh": "x", "en": "x"}}]},
        {"rounding": None},
    ],
)
def test_a_file_of_a_wrong_form_is_refused(change: dict[str, Any]) -> None:
    shape = next(kind.shape for kind in KINDS if kind.name == "calculators")
    content = document(GOOD).value
    assert list(shape.faults(content, ())) == []
    assert list(shape.faults({**content, **change}, ()))
    assert isinstance(calculator_shape(shape, shape, shape), type(shape))


def test_the_published_claims_and_first_values_exist(project: Path) -> None:
    """A wrong kind of claim or source of a first value is told when the set is loaded."""
    from window_app.forms import load_definitions
    from window_app.forms.calculators import check_calculators

    law = load_definitions(project / "forms")
    for old, new, code in (
        ("claims: [wages]", "claims: [wagess]", "calculator.claim_unknown"),
        ("label: {zh: 工资, en: Pay}}", "label: {zh: 工资, en: Pay}, prefill: [a.b]}", "calculator.prefill_unknown"),
    ):
        calculators = read_calculators({"bonus": document(GOOD.replace(old, new))}, ["most"])
        with pytest.raises(DefinitionError) as refused:
            check_calculators(calculators, law.matters, law.vocabulary)
        assert refused.value.code == code
