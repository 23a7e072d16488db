"""Tables with one thing changed, and whether an example beside the table notices it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from window_app.rules import Duration, RuleSet
from window_app.rules.cells import Cell, Comparison, Interval, compile_cell
from window_app.rules.examples import run_examples
from window_app.rules.ruleset import LocalChange
from window_app.rules.tables import Row, Table, with_rows
from window_app.rules.values import Value


@dataclass(frozen=True)
class Mutant:
    """A changed table.

    Attributes:
        name: what was changed.
        row: the row changed or left out, in the form in which it fires more often: only examples for
            which it may fire can come out otherwise.
    """

    name: str
    table: Table
    row: Row


class Examples:
    """The examples beside a table, run against its mutants."""

    def __init__(self, ruleset: RuleSet, decision: str) -> None:
        """Read the facts of the table's national examples once."""
        self._ruleset = ruleset
        self.table = ruleset.tables[decision]
        self._content: dict[str, Any] = dict(self.table.source.content)
        self._facts = [self._known(example) for example in self._content.get("examples", ())]

    def _known(self, example: Mapping[str, Any]) -> dict[str, Value]:
        vocabulary = self._ruleset.vocabulary
        told = {
            name: vocabulary.read_fact(name, value) if name in vocabulary else value
            for name, value in example["facts"].items()
        }
        on = told.get("applied_on") or date.fromisoformat(example["on"])
        return vocabulary.complete({"applied_on": on, "in_time_from": on, **told})

    def notice(self, mutant: Mutant) -> bool:
        """Return whether an example fails for a mutant; other tables and localities are left out."""
        near = [
            example
            for example, facts in zip(self._content.get("examples", ()), self._facts, strict=True)
            if _may_fire(mutant.row, facts)
        ]
        source = mutant.table.source._replace(content={**self._content, "examples": near})
        changed = replace(mutant.table, source=source)
        alone = replace(self._ruleset, tables={changed.decision: changed}, localities={})
        return any(True for _ in run_examples(alone))


def _may_fire(row: Row, facts: Mapping[str, Value]) -> bool:
    """Return whether no known fact keeps a row from firing."""
    for name, cell in row.tests:
        value = facts.get(name)
        if value is None or any(facts.get(other) is None for other in cell.references):
            continue
        if not compile_cell(cell)(value, facts):
            return False
    return True


class LocalExamples:
    """The examples of a locality, run against its changes left out one by one."""

    def __init__(self, ruleset: RuleSet, locality: str) -> None:
        """Take a locality that may follow others."""
        self._ruleset = ruleset
        self._place = ruleset.localities[locality]

    def unnoticed(self) -> set[str]:
        """Return the rows that may be left out of the locality's file without an example of it failing."""
        return {change.id for change in self._place.changes if not self._notices(change)}

    def _notices(self, change: LocalChange) -> bool:
        kept = tuple(each for each in self._place.changes if each is not change)
        beside = {name: each for name, each in self._place.examples.items() if name == change.decision}
        place = replace(self._place, changes=kept, examples=beside)
        alone = replace(
            self._ruleset,
            localities={code: self._ruleset.localities[code] for code in self._above()} | {place.code: place},
        )
        table = alone.tables[change.decision]
        national = replace(table, source=table.source._replace(content={**table.source.content, "examples": []}))
        return any(True for _ in run_examples(replace(alone, tables={change.decision: national})))

    def _above(self) -> tuple[str, ...]:
        return self._ruleset.chain(self._place.code)[1:]


def without_row(table: Table) -> Iterator[Mutant]:
    """Yield the table without each of its rows."""
    for place, row in enumerate(table.rows):
        yield Mutant(row.id, with_rows(table, (*table.rows[:place], *table.rows[place + 1 :])), row)


def without_cell(table: Table) -> Iterator[Mutant]:
    """Yield the table with each cell of each row left out."""
    for place, row in enumerate(table.rows):
        for index, (fact, _) in enumerate(row.when):
            changed = replace(row, when=(*row.when[:index], *row.when[index + 1 :]))
            yield _with(f"{row.id} {fact}", table, place, changed)


def without_period(table: Table) -> Iterator[Mutant]:
    """Yield the table with the first and the last day of each dated row left out, each by itself."""
    for place, row in enumerate(table.rows):
        if row.valid_from is not None:
            yield _with(f"{row.id} from", table, place, replace(row, valid_from=None))
        if row.valid_until is not None:
            yield _with(f"{row.id} until", table, place, replace(row, valid_until=None))


def with_moved_bound(table: Table) -> Iterator[Mutant]:
    """Yield the table with each bound of each cell moved by one, up and down, and taken in or left out."""
    for place, row in enumerate(table.rows):
        for index, (fact, cell) in enumerate(row.when):
            for name, moved in _moved(cell):
                changed = replace(row, when=(*row.when[:index], (fact, moved), *row.when[index + 1 :]))
                yield Mutant(f"{row.id} {fact} {name}", _with(row.id, table, place, changed).table, _wider(row, index))


def _wider(row: Row, index: int) -> Row:
    """Return a row without a cell: what it does more or less than before happens where this one fires."""
    return replace(row, when=(*row.when[:index], *row.when[index + 1 :]))


def _moved(cell: Cell) -> Iterator[tuple[str, Cell]]:
    for place, test in enumerate(cell.tests):
        for name, other in _other_tests(test):
            yield name, replace(cell, tests=(*cell.tests[:place], other, *cell.tests[place + 1 :]))


_EDGES = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}


def _other_tests(test: Comparison | Interval) -> Iterator[tuple[str, Comparison | Interval]]:
    if isinstance(test, Comparison):
        if test.operator in _EDGES:
            yield "edge", replace(test, operator=_EDGES[test.operator])
        yield from ((f"{step:+}", replace(test, operand=operand)) for step, operand in _neighbours(test.operand))
        return
    if test.low is not None:
        yield "low edge", replace(test, low_closed=not test.low_closed)
    if test.high is not None:
        yield "high edge", replace(test, high_closed=not test.high_closed)
    yield from ((f"low {step:+}", replace(test, low=low)) for step, low in _neighbours(test.low))
    yield from ((f"high {step:+}", replace(test, high=high)) for step, high in _neighbours(test.high))


def _neighbours(value: Value) -> Iterator[tuple[int, Value]]:
    for step in (-1, 1):
        if (neighbour := stepped(value, step)) is not None:
            yield step, neighbour


def stepped(value: Value, step: int) -> Value:
    """Return the neighbour of a number, a day or a period; None for what has none."""
    if isinstance(value, bool | str) or value is None:
        return None
    if isinstance(value, date):
        return value + timedelta(days=step)
    if isinstance(value, Duration):
        return Duration(value.months + step, 0) if value.months else Duration(0, value.days + step)
    return value + step if isinstance(value, int | Decimal) else None


def with_shifted_period(table: Table) -> Iterator[Mutant]:
    """Yield the table with the first and the last day of each dated row moved by one day, both ways."""
    for place, row in enumerate(table.rows):
        undated = replace(row, valid_from=None, valid_until=None)
        for step in (-1, 1):
            if row.valid_from is not None:
                moved = replace(row, valid_from=row.valid_from + timedelta(days=step))
                yield Mutant(f"{row.id} from {step:+}", _with(row.id, table, place, moved).table, undated)
            if row.valid_until is not None:
                moved = replace(row, valid_until=row.valid_until + timedelta(days=step))
                yield Mutant(f"{row.id} until {step:+}", _with(row.id, table, place, moved).table, undated)


def with_other_outcome(table: Table) -> Iterator[Mutant]:
    """Yield the table with another outcome in each row, where the outcome is a code."""
    for name, output in table.outputs.items():
        if output.is_text and output.codes is None and output.of is None:
            continue
        found = [row.then.get(name) for row in table.rows]
        for place, row in enumerate(table.rows):
            other = next((value for value in found if value is not None and value != row.then.get(name)), None)
            if other is not None:
                changed: dict[str, Value] = {**row.then, name: other}
                yield _with(f"{row.id} {name}", table, place, replace(row, then=changed))


def _with(name: str, table: Table, place: int, row: Row) -> Mutant:
    return Mutant(name, with_rows(table, (*table.rows[:place], row, *table.rows[place + 1 :])), row)
