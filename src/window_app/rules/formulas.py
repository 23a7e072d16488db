"""Formulas of calculators: names, whole numbers, + - * / and a closed set of functions. Nothing else is read.

Conditions are no part of it: they have the syntax of the cells of decision tables. What a formula
needs and nobody has told makes its value unknown; what the law's parameters lack is named.
"""

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Context, Decimal, DivisionByZero, InvalidOperation, localcontext
from typing import Any, Protocol, TypeAlias

from window_app.domain.working_days import WorkingDays
from window_app.rules.periods import (
    Part,
    add_months,
    calendar_months,
    count_working_days,
    service_months,
    service_years,
    whole_months,
)
from window_app.rules.source import Source, nearest

Amount: TypeAlias = Any
"""What a formula gives: Decimal, date, a tuple of parts, or None for unknown."""

PRECISION = 34
PARAMETER = "parameter"
_DAY = timedelta(days=1)


class Surroundings(Protocol):
    """What functions ask of the world."""

    @property
    def working_days(self) -> WorkingDays:
        """Return the calendar."""
        ...

    def parameter(self, name: str, on: date) -> Amount:
        """Return a parameter's value on a day, None where the law as written down has none."""
        ...

    def changes(self, name: str) -> tuple[date, ...]:
        """Return the days on which a parameter's value changes here."""
        ...


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read and checked.

    Attributes:
        text: as written.
        names: the names it needs, in order; `part.share` counts as `part`.
        parameters: the parameters it asks for.
        functions: the functions it uses.
    """

    text: str
    tree: ast.expr
    names: tuple[str, ...]
    parameters: tuple[str, ...]
    functions: frozenset[str]

    def value(self, known: Mapping[str, Amount], world: Surroundings) -> Amount:
        """Return the value, None where something it needs is unknown.

        Raises:
            CalendarMissing: where working days of an unknown year are needed.
            ArithmeticError: for a division by zero or a date beyond all years.
        """
        with localcontext(Context(prec=PRECISION, traps=[DivisionByZero, InvalidOperation])):
            return _value(self.tree, known, world)


def read_formula(source: Source, known: Iterable[str], parameters: Iterable[str]) -> Formula:
    """Return the formula in a part of a definition file.

    Args:
        source: the text.
        known: the names it may use.
        parameters: the parameters that there are.

    Raises:
        DefinitionError: `formula.syntax`, `formula.unknown_name`, `formula.unknown_function`,
            `formula.unknown_parameter`, `formula.arguments`.
    """
    text = str(source.content).strip()
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError):
        raise source.error("formula.syntax", formula=text) from None
    reader = _Reader(source, text, tuple(known), tuple(parameters))
    reader.check(tree)
    return Formula(text, tree, tuple(reader.names), tuple(reader.parameters), frozenset(reader.functions))


_PART_VALUES: Mapping[str, Callable[[Part], Amount]] = {
    "first": lambda part: part.first,
    "last": lambda part: part.last,
    "share": lambda part: part.share,
    "days": lambda part: Decimal(part.days),
    "of": lambda part: Decimal(part.of),
}
_OPERATORS: Mapping[type[ast.operator], Callable[[Amount, Amount], Amount]] = {
    ast.Add: lambda one, other: one + other,
    ast.Sub: lambda one, other: one - other,
    ast.Mult: lambda one, other: one * other,
    ast.Div: lambda one, other: one / other,
}


class _Reader:
    """Checks a tree against what a formula may hold."""

    def __init__(self, source: Source, text: str, known: tuple[str, ...], parameters: tuple[str, ...]) -> None:
        self._source = source
        self._text = text
        self._known = known
        self._known_parameters = parameters
        self.names: dict[str, None] = {}
        self.parameters: dict[str, None] = {}
        self.functions: set[str] = set()

    def check(self, node: ast.expr) -> None:
        if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
            self.check(node.left)
            self.check(node.right)
        elif isinstance(node, ast.Name):
            self._name(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in _PART_VALUES:
            self._name(node.value.id)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
            self._call(node.func.id, node.args)
        elif not (isinstance(node, ast.Constant) and type(node.value) is int):
            raise self._source.error("formula.syntax", formula=self._text)

    def _name(self, name: str) -> None:
        if name not in self._known:
            near = nearest(name, self._known)
            raise self._source.error("formula.unknown_name", name=name, formula=self._text, near=near)
        self.names[name] = None

    def _call(self, name: str, arguments: list[ast.expr]) -> None:
        function = FUNCTIONS.get(name)
        if function is None:
            raise self._source.error("formula.unknown_function", name=name, known=", ".join(FUNCTIONS))
        if not function.least <= len(arguments) <= function.most:
            raise self._source.error("formula.arguments", name=name, least=function.least, most=function.most)
        self.functions.add(name)
        for place, argument in enumerate(arguments):
            if place == function.parameter_at:
                self._parameter(argument)
            else:
                self.check(argument)

    def _parameter(self, node: ast.expr) -> None:
        name = node.id if isinstance(node, ast.Name) else ""
        if name not in self._known_parameters:
            near = nearest(name, self._known_parameters)
            raise self._source.error("formula.unknown_parameter", name=name, near=near)
        self.parameters[name] = None


def _value(node: ast.expr, known: Mapping[str, Amount], world: Surroundings) -> Amount:
    if isinstance(node, ast.Constant):
        return Decimal(str(node.value))
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return _PART_VALUES[node.attr](known[node.value.id])
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left, known, world), _value(node.right, known, world)
        return None if left is None or right is None else _OPERATORS[type(node.op)](left, right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _called(FUNCTIONS[node.func.id], node.args, known, world)
    raise TypeError(ast.dump(node))


def _called(
    function: "Function", arguments: list[ast.expr], known: Mapping[str, Amount], world: Surroundings
) -> Amount:
    values = [
        argument.id
        if place == function.parameter_at and isinstance(argument, ast.Name)
        else _value(argument, known, world)
        for place, argument in enumerate(arguments)
    ]
    if function.takes_unknown:
        values = [value for value in values if value is not None]
        return function.work(world, *values) if values else None
    return None if any(value is None for value in values) else function.work(world, *values)


@dataclass(frozen=True, slots=True)
class Function:
    """A function of formulas.

    Attributes:
        least, most: how many arguments it takes.
        takes_unknown: it leaves out arguments that are unknown, and is unknown only where all are.
        parameter_at: the argument that is the bare name of a parameter.
    """

    work: Callable[..., Amount]
    least: int
    most: int
    takes_unknown: bool = False
    parameter_at: int | None = None


def _smallest(_: Surroundings, *values: Amount) -> Amount:
    return min(values)


def _largest(_: Surroundings, *values: Amount) -> Amount:
    return max(values)


def _parameter(world: Surroundings, name: str, on: date) -> Amount:
    return world.parameter(name, on)


def _calendar_months(world: Surroundings, first: date, last: date, changing: str | None = None) -> tuple[Part, ...]:
    changes = world.changes(changing) if changing is not None else ()
    return calendar_months(first, last, world.working_days, changes)


def _service_months(
    world: Surroundings, anchor: date, first: date, last: date, since: date | None = None
) -> tuple[Part, ...]:
    parts = service_months(anchor, first, last, world.working_days)
    return parts if since is None else tuple(part for part in parts if part.last >= since)


FUNCTIONS: Mapping[str, Function] = {
    PARAMETER: Function(_parameter, 2, 2, parameter_at=0),
    "min": Function(_smallest, 2, 9),
    "max": Function(_largest, 2, 9),
    "earliest": Function(_smallest, 2, 9, takes_unknown=True),
    "latest": Function(_largest, 2, 9, takes_unknown=True),
    "first_known": Function(lambda _, *values: values[0], 2, 9, takes_unknown=True),
    "sum_known": Function(lambda _, *values: sum(values, Decimal(0)), 2, 9, takes_unknown=True),
    "floor": Function(lambda _, value: value.to_integral_value(ROUND_FLOOR), 1, 1),
    "day_before": Function(lambda _, day: day - _DAY, 1, 1),
    "day_after": Function(lambda _, day: day + _DAY, 1, 1),
    "add_months": Function(lambda _, day, months: add_months(day, int(months)), 2, 2),
    "year_begins": Function(lambda _, year: date(int(year), 1, 1), 1, 1),
    "year_ends": Function(lambda _, year: date(int(year), 12, 31), 1, 1),
    "days": Function(lambda _, first, last: Decimal(max(0, (last - first).days + 1)), 2, 2),
    "months": Function(lambda _, first, last: Decimal(whole_months(first, last)), 2, 2),
    "years": Function(lambda _, first, last: Decimal(whole_months(first, last) // 12), 2, 2),
    "service_years": Function(lambda _, first, last: service_years(first, last), 2, 2),
    "working_days": Function(
        lambda world, first, last: Decimal(count_working_days(first, last, world.working_days)), 2, 2
    ),
    "service_months": Function(_service_months, 3, 4),
    "calendar_months": Function(_calendar_months, 2, 3, parameter_at=2),
}
"""What formulas can call. The set is closed: a new one is code, with tests."""

PLAIN = frozenset({PARAMETER, "first_known"})
"""Functions that a person reads as a mere value: a formula with others needs words of its own."""


def write_formula(
    formula: Formula, show: Callable[[str, Amount], str], known: Mapping[str, Amount], world: Surroundings
) -> str:
    """Return a formula with the numbers in it; `show` writes a named value."""
    return _written(formula.tree, show, known, world)


_SIGNS: Mapping[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}
_LOOSE = (ast.Add, ast.Sub)


def _written(
    node: ast.expr, show: Callable[[str, Amount], str], known: Mapping[str, Amount], world: Surroundings
) -> str:
    if isinstance(node, ast.BinOp):
        left, right = (_written(side, show, known, world) for side in (node.left, node.right))
        if not isinstance(node.op, _LOOSE) and _is_loose(node.left):
            left = f"({left})"
        if _is_loose(node.right) or (isinstance(node.right, ast.BinOp) and isinstance(node.op, ast.Div)):
            right = f"({right})"
        return f"{left} {_SIGNS[type(node.op)]} {right}"
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr == "share":
        part: Part = known[node.value.id]
        return "1" if part.whole else f"{part.days}/{part.of}"
    name = node.id if isinstance(node, ast.Name) else _asked_for(node)
    return show(name, _value(node, known, world))


def _asked_for(node: ast.expr) -> str:
    """Return the parameter that a call asks for, "" for any other call."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == PARAMETER:
        first = node.args[0]
        return first.id if isinstance(first, ast.Name) else ""
    return ""


def _is_loose(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, _LOOSE)
