"""Cells once they are read: what they test, and the closure that tests it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from window_app.rules.values import UNCLEAR, Value

Predicate = Callable[[Value, Mapping[str, Value]], bool]
"""Tells whether a value passes; the second argument holds the values of the facts referred to."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Another fact, a decision's output or `parameter(name)` to compare with."""

    name: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison with a constant or a reference; equality is a comparison too."""

    operator: str
    operand: Value


@dataclass(frozen=True, slots=True)
class Interval:
    """A range; a bound that is None is open without end."""

    low: Value
    low_closed: bool
    high: Value
    high_closed: bool

    def __str__(self) -> str:
        """Return the range as it is written in a cell."""
        low = f"{'[' if self.low_closed else '('}{'*' if self.low is None else self.low}"
        return f"{low}..{'*' if self.high is None else self.high}{']' if self.high_closed else ')'}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A parsed cell: any of the tests must hold, or with `negated` none of them."""

    tests: tuple[Comparison | Interval, ...]
    negated: bool
    text: str

    @property
    def references(self) -> tuple[str, ...]:
        """Names of the facts and parameters that the value is compared with."""
        names = [operand.name for operand in self.operands() if isinstance(operand, Reference)]
        return tuple(dict.fromkeys(names))

    def operands(self) -> tuple[Value, ...]:
        """Return every operand and bound in order."""
        found: list[Value] = []
        for test in self.tests:
            found += [test.operand] if isinstance(test, Comparison) else [test.low, test.high]
        return tuple(operand for operand in found if operand is not None)

    def constants(self) -> tuple[Value, ...]:
        """Return the operands that are constants."""
        return tuple(operand for operand in self.operands() if not isinstance(operand, Reference))


def compile_cell(cell: Cell) -> Predicate:
    """Return a closure that tests a value.

    A list (the output of another table) passes where one of its items does; None, an output that
    was not given, passes only what is negated.
    """
    tests = [_compile_test(test) for test in cell.tests]
    constants = _plain_values(cell)
    if constants is not None:
        return _compile_membership(constants, cell.negated)

    def holds(value: Value, others: Mapping[str, Value]) -> bool:
        if value is None:
            return cell.negated
        if isinstance(value, tuple):
            return any(test(item, others) for item in value for test in tests) is not cell.negated
        return any(test(value, others) for test in tests) is not cell.negated

    return holds


def _plain_values(cell: Cell) -> frozenset[Value] | None:
    """Return the values where every test is equality with text, a flag or a number."""
    values = []
    for test in cell.tests:
        if not isinstance(test, Comparison) or test.operator != "=" or not isinstance(test.operand, str | bool | int):
            return None
        values.append(test.operand)
    return frozenset(values)


def _compile_membership(values: frozenset[Value], negated: bool) -> Predicate:
    def holds(value: Value, others: Mapping[str, Value]) -> bool:  # noqa: ARG001 - one signature for all
        if isinstance(value, tuple | list):
            return any(item in values for item in value) is not negated
        return (value in values) is not negated

    return holds


def _compile_test(test: Comparison | Interval) -> Predicate:
    if isinstance(test, Comparison):
        return _compile_comparison(test)
    low = _compile_bound(test.low, ">=" if test.low_closed else ">")
    high = _compile_bound(test.high, "<=" if test.high_closed else "<")
    return lambda value, others: value != UNCLEAR and low(value, others) and high(value, others)


def _compile_bound(bound: Value, operator: str) -> Predicate:
    if bound is None:
        return lambda _value, _others: True
    return _compile_comparison(Comparison(operator, bound))


def _compile_comparison(test: Comparison) -> Predicate:
    operand = test.operand
    compare = _COMPARES[test.operator]
    if isinstance(operand, str) and operand == UNCLEAR:
        return lambda value, _others: compare(value, UNCLEAR)
    if isinstance(operand, Reference):
        name = operand.name

        def refers(value: Value, others: Mapping[str, Value]) -> bool:
            other = others[name]
            return value != UNCLEAR and other != UNCLEAR and compare(value, other)

        return refers

    def holds(value: Value, _others: Mapping[str, Value]) -> bool:
        return value != UNCLEAR and compare(value, operand)

    return holds


def _equal(value: Value, other: Value) -> bool:
    comparable = hasattr(value, "compare") and hasattr(other, "compare")
    return value.compare(other) == 0 if comparable else bool(value == other)


_COMPARES: Mapping[str, Callable[[Value, Value], bool]] = {
    "=": _equal,
    "!=": lambda value, other: not _equal(value, other),
    "<": lambda value, other: bool(value < other),
    "<=": lambda value, other: bool(value <= other),
    ">": lambda value, other: bool(value > other),
    ">=": lambda value, other: bool(value >= other),
}
