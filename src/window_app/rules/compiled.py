"""Tables turned into closures and sets of rows; a set of rows is an integer, one bit a row."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from window_app.rules.cells import Predicate, compile_cell
from window_app.rules.tables import HitPolicy, Row, Table
from window_app.rules.values import Value

NO_ROW = -1


@dataclass(frozen=True, slots=True)
class Linked:
    """A cell that compares with other facts: it can be judged only when all of them are known."""

    fact: str
    references: tuple[str, ...]
    holds: Predicate
    rows: int


class CompiledTable:
    """A table ready to be evaluated."""

    def __init__(self, table: Table) -> None:
        """Compile every cell once; equal cells of one column are tested once."""
        self.table = table
        self.rows: tuple[Row, ...] = table.rows
        self.full = (1 << len(table.rows)) - 1
        self.columns: dict[str, list[tuple[Predicate, int]]] = {}
        self.tested: dict[str, int] = {}
        self.linked: list[Linked] = []
        self.constants: dict[str, set[Value]] = {}
        for (fact, cell), rows in self._distinct_cells().items():
            for name in (fact, *cell.references):
                self.tested[name] = self.tested.get(name, 0) | rows
            self.constants.setdefault(fact, set()).update(cell.constants())
            if cell.references:
                self.linked.append(Linked(fact, cell.references, compile_cell(cell), rows))
            else:
                self.columns.setdefault(fact, []).append((compile_cell(cell), rows))

    def _distinct_cells(self) -> dict[tuple[str, Value], int]:
        found: dict[tuple[str, Value], int] = {}
        for index, row in enumerate(self.rows):
            for test in row.tests:
                found[test] = found.get(test, 0) | 1 << index
        return found

    @property
    def collects(self) -> bool:
        """Whether all rows that fit speak."""
        return self.table.hit_policy is HitPolicy.COLLECT

    def passing(self, fact: str, value: Value) -> int:
        """Return the rows that a value of a fact leaves alive.

        None stands for an output that was not given.
        """
        alive = self.full
        for holds, rows in self.columns.get(fact, ()):
            if not holds(value, {}):
                alive &= ~rows
        return alive

    def passing_linked(self, linked: Linked, values: Mapping[str, Value]) -> int:
        """Return the rows that a comparison between facts leaves alive."""
        return self.full if linked.holds(values[linked.fact], values) else self.full & ~linked.rows

    @cached_property
    def meaning(self) -> tuple[int, ...]:
        """For each row the first row that tells the visitor the same."""
        found: list[int] = []
        for index, row in enumerate(self.rows):
            same = next((other for other in range(index) if self.rows[other].says_same(row)), index)
            found.append(same)
        return tuple(found)

    @cached_property
    def same(self) -> tuple[int, ...]:
        """For each row one and the same label: whichever fires."""
        return (0,) * len(self.rows)

    @cached_property
    def groups(self) -> dict[int, int]:
        """For each meaning the set of rows that have it."""
        found: dict[int, int] = {}
        for index, same in enumerate(self.meaning):
            found[same] = found.get(same, 0) | 1 << index
        return found

    def outputs_of(self, label: Hashable, name: str) -> Value:
        """Return an output for an outcome: a row's number, NO_ROW, or the tuple of rows collected."""
        if isinstance(label, tuple):
            return tuple(value for index in label for value in _items(self.rows[index].then.get(name)))
        if not isinstance(label, int) or label == NO_ROW:
            return None
        return self.rows[label].then.get(name)


def _items(value: Value) -> tuple[Value, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def bits(rows: int) -> Iterator[int]:
    """Yield the numbers of the rows in a set, first row first."""
    while rows:
        lowest = rows & -rows
        yield lowest.bit_length() - 1
        rows ^= lowest


def lowest(rows: int) -> int:
    """Return the number of the first row in a set that is not empty."""
    return (rows & -rows).bit_length() - 1
