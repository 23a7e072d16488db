"""A second, plain reading of decision tables, against which the engine is tested.

It knows nothing of masks, classes or diagrams: it reads the cells as text and goes through the rows.
"""

from collections.abc import Callable, Mapping
from typing import Any


def cell_holds(cell: Any, value: Any, facts: Mapping[str, Any]) -> bool:
    if isinstance(cell, list):
        return any(cell_holds(each, value, facts) for each in cell)
    text = {True: "true", False: "false"}.get(cell, str(cell)) if isinstance(cell, bool) else str(cell)
    if text == "-":
        return True
    if text.startswith("not("):
        return not any(_test(part.strip(), value, facts) for part in text[4:-1].split(","))
    return any(_test(part.strip(), value, facts) for part in text.split(","))


def _test(text: str, value: Any, facts: Mapping[str, Any]) -> bool:
    if text == "unclear":
        return bool(value == "unclear")
    if value == "unclear":
        return False
    if isinstance(value, tuple):
        return any(_test(text, item, facts) for item in value)
    if ".." in text:
        low, high = text[1:-1].split("..")
        above = low == "*" or (value >= int(low) if text[0] == "[" else value > int(low))
        below = high == "*" or (value <= int(high) if text[-1] == "]" else value < int(high))
        return above and below
    for operator in ("<=", ">=", "!=", "<", ">", "="):
        if text.startswith(operator):
            return _compare(operator, value, _operand(text[len(operator) :].strip(), facts))
    return bool(value == _operand(text, facts))


def _operand(text: str, facts: Mapping[str, Any]) -> Any:
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.lstrip("-").isdigit() else facts.get(text, text)


def _compare(operator: str, value: Any, other: Any) -> bool:
    if other == "unclear":
        return False
    compares: Mapping[str, Callable[[], bool]] = {
        "<": lambda: value < other,
        "<=": lambda: value <= other,
        ">": lambda: value > other,
        ">=": lambda: value >= other,
        "=": lambda: value == other,
        "!=": lambda: value != other,
    }
    return compares[operator]()


def fitting(table: Mapping[str, Any], facts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The rows that speak."""
    fit = [
        row
        for row in table["rows"]
        if all(cell_holds(cell, facts.get(name), facts) for name, cell in row["when"].items() if cell != "-")
    ]
    return fit if table["hit_policy"] == "COLLECT" else fit[:1]


def told(tables: list[Mapping[str, Any]], facts: Mapping[str, Any]) -> dict[tuple[str, str | None], Any]:
    """What every decision answers, tables in an order in which each comes after those it reads."""
    answers: dict[tuple[str, str | None], Any] = {}
    known = dict(facts)
    for table in tables:
        items = known[table["each"]["list"]] if "each" in table else (None,)
        for item in items or ():
            own = known if item is None else {**known, table["each"]["as"]: item}
            rows = fitting(table, own)
            answers[table["decision"], item] = frozenset(str(row["then"]) for row in rows)
            for name in table["outputs"] if item is None else ():
                known[f"{table['decision']}.{name}"] = _output(table, rows, name)
    return answers


def _output(table: Mapping[str, Any], rows: list[Mapping[str, Any]], name: str) -> Any:
    if table["hit_policy"] == "COLLECT":
        return tuple(row["then"][name] for row in rows)
    value = rows[0]["then"].get(name) if rows else None
    return tuple(value) if isinstance(value, list) else value
