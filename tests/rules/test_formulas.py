"""Formulas: what they may hold, what they give, how they are written with their numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_app.domain.working_days import WorkingDays
from window_app.errors import DefinitionError
from window_app.rules.formulas import FUNCTIONS, read_formula, write_formula
from window_app.rules.source import Source


@dataclass(frozen=True)
class World:
    values: Mapping[str, Any] = field(default_factory=dict)
    working_days: WorkingDays = field(default_factory=WorkingDays)

    def parameter(self, name: str, on: date) -> Any:
        del on
        return self.values.get(name)

    def changes(self, name: str) -> tuple[date, ...]:
        del name
        return ()


def value(text: str, known: Mapping[str, Any] | None = None, **parameters: Any) -> Any:
    known = known or {}
    formula = read_formula(Source(text), known, parameters)
    return formula.value(known, World(parameters))


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "a.__class__",
        "(1).real",
        "[a for a in b]",
        "a if b else c",
        "a > b",
        "a ** b",
        "a // b",
        "-a",
        "1.5",
        "'text'",
        "max(*a)",
        "max(a, key=b)",
        "lambda: a",
        "a; b",
        "",
        "(",
        "a[0]",
        "first_known",
        "true",
    ],
)
def test_nothing_but_names_numbers_and_the_four_rules_is_read(text: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        read_formula(Source(text), ("a", "b", "c"), ())
    assert refused.value.code.startswith("formula.")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pay + tax", "formula.unknown_name"),
        ("round(pay)", "formula.unknown_function"),
        ("max(pay)", "formula.arguments"),
        ("parameter(rates, day)", "formula.unknown_parameter"),
        ("parameter(pay + 1, day)", "formula.unknown_parameter"),
    ],
)
def test_what_is_not_there_is_named(text: str, code: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        read_formula(Source(text), ("pay", "day"), ("rate",))
    assert refused.value.code == code


def test_the_four_rules_hold_in_decimals() -> None:
    known = {"pay": Decimal("8700"), "hours": Decimal("20"), "day": date(2026, 1, 1)}
    assert value("pay / 174 * parameter(rate, day) * hours", known, rate=Decimal("1.5")) == 1500
    assert value("(pay - hours) * 2 + 1", known) == 17361
    assert value("pay - (hours - 1)", known) == 8681


def test_what_is_not_known_makes_the_whole_unknown_but_where_a_function_leaves_it_out() -> None:
    known = {"a": Decimal(3), "b": None, "day": date(2026, 1, 1)}
    assert value("a + b", known) is None
    assert value("max(a, b)", known) is None
    assert value("a * parameter(rate, day)", known, rate=None) is None
    assert value("latest(a, b)", known) == 3
    assert value("first_known(b, a)", known) == 3
    assert value("sum_known(a, b, a)", known) == 6
    assert value("earliest(b, b)", known) is None


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9), st.integers(0, 10**6))
def test_a_formula_is_written_so_that_it_gives_its_value(a: int, b: int, c: int) -> None:
    known = {"a": Decimal(a), "b": Decimal(b), "c": Decimal(c)}
    for text in ("a + b * c", "(a + b) * c", "a - (b - c)", "a / b / b", "a / (b * b)", "a - b + c", "a * (b + c) / b"):
        formula = read_formula(Source(text), known, ())
        written = write_formula(formula, lambda _, number: f"({number})", known, World())
        python = written.replace("−", "-").replace("×", "*").replace("÷", "/")
        result = eval(python, {"__builtins__": {}}, {})  # noqa: S307 - written by us, of numbers only
        assert float(formula.value(known, World())) == pytest.approx(float(result), rel=1e-9, abs=1e-9)


def test_every_function_takes_what_it_says() -> None:
    assert all(1 <= function.least <= function.most for function in FUNCTIONS.values())
