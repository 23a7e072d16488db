"""Cells and values written in FEEL, the expression language of DMN."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from window_app.rules.cells import Cell, Comparison, Interval, Reference
from window_app.rules.durations import Duration
from window_app.rules.values import UNCLEAR, FactType, Value

TYPES: Mapping[FactType, str] = {
    FactType.ENUM: "string",
    FactType.TEXT: "string",
    FactType.BOOL: "boolean",
    FactType.INTEGER: "number",
    FactType.MONEY: "number",
    FactType.DATE: "date",
    FactType.LIST: "Any",
    FactType.DURATION: "Any",
}
"""Types of FEEL by types of facts. A period may be in months or in days, which FEEL keeps apart."""


_OPPOSITES = {"!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def cell_text(cell: Cell, *, words: bool = True) -> str:
    """Return a cell as unary tests of FEEL.

    Args:
        cell: what is tested.
        words: whether the column holds words, where "not clear" is one of them. In a column of numbers,
            dates, periods or flags "not clear" is null; since FEEL leaves open what `not(…)` says of
            null, the opposite is written out there.
    """
    if words:
        tests = ", ".join(_test(test) for test in cell.tests)
        return f"not({tests})" if cell.negated else tests
    known = [_test(test) for test in cell.tests if not _is_unclear(test)]
    nothing = len(known) < len(cell.tests)
    if not cell.negated:
        return ", ".join([*known, *(["null"] if nothing else [])])
    if not known:
        return "not(null)"
    if len(cell.tests) == 1:
        return f"{_opposite(cell.tests[0])}, null"
    inside = f"not(? in ({', '.join(known)}))"
    return f"? != null and {inside}" if nothing else f"? = null or {inside}"


def _is_unclear(test: Comparison | Interval) -> bool:
    return isinstance(test, Comparison) and isinstance(test.operand, str) and test.operand == UNCLEAR


def _opposite(test: Comparison | Interval) -> str:
    """Return what a known value passes where it does not pass the test."""
    if isinstance(test, Interval):
        low = [] if test.low is None else [f"{'<' if test.low_closed else '<='} {_operand(test.low)}"]
        high = [] if test.high is None else [f"{'>' if test.high_closed else '>='} {_operand(test.high)}"]
        return ", ".join([*low, *high])
    if isinstance(test.operand, bool):
        return literal(test.operand is (test.operator == "!="))
    if test.operator == "=":
        return f"< {_operand(test.operand)}, > {_operand(test.operand)}"
    return _test(Comparison(_OPPOSITES[test.operator], test.operand))


def literal(value: Value) -> str:
    """Return a value as a literal of FEEL; texts in several languages become contexts."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    if isinstance(value, Duration):
        return f'duration("{value}")'
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, tuple | list):
        return "[" + ", ".join(literal(part) for part in value) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {literal(part)}" for key, part in value.items()) + "}"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def name_text(name: str) -> str:
    """Return the name under which a fact or parameter stands in the model."""
    return name.replace("parameter(", "parameter_").replace(")", "")


def _test(test: Comparison | Interval) -> str:
    if isinstance(test, Comparison):
        operand = _operand(test.operand)
        if test.operator == "=":
            return operand
        return f"not({operand})" if test.operator == "!=" else f"{test.operator} {operand}"
    low, high = test.low, test.high
    if low is not None and high is not None:
        opening, closing = "[" if test.low_closed else "(", "]" if test.high_closed else ")"
        return f"{opening}{_operand(low)}..{_operand(high)}{closing}"
    if low is not None:
        return f"{'>=' if test.low_closed else '>'} {_operand(low)}"
    return "-" if high is None else f"{'<=' if test.high_closed else '<'} {_operand(high)}"


def _operand(operand: Value) -> str:
    return name_text(operand.name) if isinstance(operand, Reference) else literal(operand)
