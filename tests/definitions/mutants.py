"""Tables with one thing changed, and whether an example beside the table notices it."""

from collections.abc import Iterator
from dataclasses import replace

from window_app.rules import RuleSet
from window_app.rules.examples import run_examples
from window_app.rules.tables import Row, Table, with_rows
from window_app.rules.values import Value

Mutant = tuple[str, Table]
"""What was changed, and the table that came of it."""


def notices(ruleset: RuleSet, changed: Table) -> bool:
    """Return whether an example of a changed table fails; the other tables and localities are left out."""
    alone = replace(ruleset, tables={changed.decision: changed}, localities={})
    return any(True for _ in run_examples(alone))


def without_row(table: Table) -> Iterator[Mutant]:
    """Yield the table without each of its rows."""
    for place, row in enumerate(table.rows):
        yield row.id, with_rows(table, (*table.rows[:place], *table.rows[place + 1 :]))


def without_cell(table: Table) -> Iterator[Mutant]:
    """Yield the table with each cell of each row left out."""
    for place, row in enumerate(table.rows):
        for index, (fact, _) in enumerate(row.when):
            changed = replace(row, when=(*row.when[:index], *row.when[index + 1 :]))
            yield f"{row.id} {fact}", _with(table, place, changed)


def without_period(table: Table) -> Iterator[Mutant]:
    """Yield the table with the first and the last day of each dated row left out, each by itself."""
    for place, row in enumerate(table.rows):
        if row.valid_from is not None:
            yield f"{row.id} from", _with(table, place, replace(row, valid_from=None))
        if row.valid_until is not None:
            yield f"{row.id} until", _with(table, place, replace(row, valid_until=None))


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
                yield f"{row.id} {name}", _with(table, place, replace(row, then=changed))


def _with(table: Table, place: int, row: Row) -> Table:
    return with_rows(table, (*table.rows[:place], row, *table.rows[place + 1 :]))
