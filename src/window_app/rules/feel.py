"""Cells and values written in FEEL, the expression language of DMN."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from window_app.rules.cells import Cell, Comparison, Interval, Reference
from window_app.rules.durations import Duration
from window_app.rules.values import FactType, Value

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


def cell_text(cell: Cell) -> str:
    """Return a cell as unary tests of FEEL."""
    tests = ", ".join(_test(test) for test in cell.tests)
    return f"not({tests})" if cell.negated else tests


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
