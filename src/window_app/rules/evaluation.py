"""One evaluation of a chain of decisions: what is decided, and what it still depends on."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from window_app.rules.compiled import NO_ROW, CompiledTable, bits, lowest
from window_app.rules.diagrams import Diagram, Diagrams, Leaf, labels
from window_app.rules.tables import Row
from window_app.rules.values import Value

if TYPE_CHECKING:
    from window_app.rules.chain import DecisionChain

_MOST_CHOICES = 50_000
Key = tuple[str, str | None]
"""A decision and the item that it is applied to; None for the matter as a whole."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one decision answers.

    Attributes:
        decided: no unknown fact can change the answer.
        fired: rows that fire for certain, in order; of rows that say the same, the first.
    """

    decided: bool
    fired: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What all decisions of a chain answer.

    Attributes:
        verdicts: by decision and item.
        items: by the list that tables are applied to, its items; possible ones where undecided.
        relevant: unknown facts on which an answer depends, in order of asking.
    """

    verdicts: Mapping[Key, Verdict]
    items: Mapping[str, tuple[str, ...]]
    relevant: tuple[str, ...]


class Memory:
    """What evaluations of one chain have in common: an answer changes few tables, the rest is found here.

    Attributes:
        outcomes, collected: what a table says, by the rows that are alive, the unknown facts that bear on them and
            what the decisions say that it reads.
        offered: whether an item is one of a list, by what the decision says that gives the list.
        passed: the facts that matter for an answer where the item is one of the list at all, by both diagrams.
    """

    def __init__(self) -> None:
        self.diagrams = Diagrams()
        self.outcomes: dict[Hashable, Diagram] = {}
        self.collected: dict[Hashable, dict[int, Diagram]] = {}
        self.offered: dict[tuple[int, str, str], Diagram] = {}
        self.passed: dict[tuple[int, int], int] = {}

    @property
    def is_full(self) -> bool:
        """Whether a new one is better begun with."""
        return len(self.diagrams) > _MOST_CHOICES or len(self.passed) > _MOST_CHOICES


class Evaluation:
    """One evaluation of a chain: rows still alive, and diagrams over what is not known."""

    def __init__(
        self,
        chain: "DecisionChain",
        values: Mapping[str, Value],
        chosen: str | None = None,
        memory: Memory | None = None,
    ) -> None:
        """Take completed facts, and what earlier evaluations of the chain have found."""
        self.chain = chain
        self._memory = memory or Memory()
        self.diagrams = self._memory.diagrams
        self._values = values
        self._chosen = chosen
        self._alive = self._known_rows()
        self.variables = chain.variables(self._unknown(), values)
        self._later: dict[int, list[int]] = {}
        self._done: dict[Hashable, Diagram] = {}
        self._outcomes: dict[Key, Diagram] = {}
        self._collected: dict[Key, dict[int, Diagram]] = {}

    def _known_rows(self) -> list[int]:
        alive = [compiled.full for compiled in self.chain.tables]
        for name in self.chain.names:
            value = self._values.get(name)
            if value is not None:
                for index, rows in self.chain.passing(name, value):
                    alive[index] &= rows
        for index, compiled in enumerate(self.chain.tables):
            for link in compiled.linked:
                if self.chain.linked_known(link.fact, link.references, self._values):
                    alive[index] &= compiled.passing_linked(link, self._values)
        return alive

    def _unknown(self) -> list[str]:
        """Return the facts not known that a row still alive tests."""
        return [
            name
            for name, tested in self.chain.testing.items()
            if self._values.get(name) is None and any(self._alive[index] & rows for index, rows in tested)
        ]

    def _tested_from(self, index: int) -> list[int]:
        """Return for each variable the rows of a table that test it or a later one."""
        found = self._later.get(index)
        if found is None:
            later = [0]
            for variable in reversed(self.variables):
                later.append(later[-1] | variable.tested[index])
            found = self._later[index] = later[::-1]
        return found

    def _bearing(self, compiled: CompiledTable, item: str | None) -> Hashable:
        """Return all that what a table says of an item depends on: the same for it is the same answer."""
        index = self.chain.number[compiled.table.decision]
        alive = self.start(compiled, item)
        unknown = tuple(each.order for each in self.variables if each.tested[index] & alive)
        return index, alive, unknown, tuple(id(diagram) for _, diagram in self._read_by(index, item))

    def _read_by(self, index: int, item: str | None) -> Iterable[tuple[CompiledTable, Diagram]]:
        """Yield the tables that a table reads, with what they say."""
        for decision in self.chain.upstream[index]:
            other = self.chain.tables[self.chain.number[decision]]
            yield other, self.outcome((decision, item if other.table.each is not None else None))

    def decisions(self) -> Decisions:
        """Return the answers of all decisions."""
        verdicts: dict[Key, Verdict] = {}
        items: dict[str, tuple[str, ...]] = {}
        for compiled in self.chain.tables:
            for item in self.items_of(compiled, items):
                verdicts[compiled.table.decision, item] = self.verdict(compiled, item)
        relevant = self._relevant(items)
        return Decisions(verdicts, items, relevant)

    def items_of(self, compiled: CompiledTable, items: dict[str, tuple[str, ...]]) -> Sequence[str | None]:
        """Return what a table is applied to: its items, possible ones and the chosen one, or the matter."""
        gate = self.chain.gate(compiled)
        each = compiled.table.each
        if gate is None or each is None:
            return (None,)
        if each.list not in items:
            items[each.list] = tuple(dict.fromkeys(self._possible_items(gate, each.list)))
        listed = items[each.list]
        return listed if self._chosen is None or self._chosen in listed else (*listed, self._chosen)

    def _possible_items(self, gate: str, name: str) -> Iterable[str]:
        compiled = self.chain.tables[self.chain.number[gate]]
        output = name.partition(".")[2]
        for label in labels(self.outcome((gate, None))):
            yield from compiled.outputs_of(label, output) or ()

    def start(self, compiled: CompiledTable, item: str | None) -> int:
        """Return the rows of a table that what is known leaves alive for an item."""
        index = self.chain.number[compiled.table.decision]
        alive = self._alive[index]
        if item is not None and compiled.table.each is not None:
            for table, rows in self.chain.passing(compiled.table.each.alias, item):
                if table == index:
                    alive &= rows
        return alive

    def outcome(self, key: Key) -> Diagram:
        """Return a decision's answer as a diagram whose ends are rows (for COLLECT tuples of rows)."""
        found = self._outcomes.get(key)
        if found is None:
            compiled = self.chain.tables[self.chain.number[key[0]]]
            bearing = self._bearing(compiled, key[1])
            found = self._memory.outcomes.get(bearing)
            if found is None:
                finish = partial(self.every, compiled)
                if not compiled.collects:
                    finish = partial(self.first, compiled, row_labels=compiled.meaning)
                found = self.composed(compiled, key[1], self.start(compiled, key[1]), finish)
                self._memory.outcomes[bearing] = found
            self._outcomes[key] = found
        return found

    def composed(
        self, compiled: CompiledTable, item: str | None, alive: int, finish: Callable[[int], Diagram]
    ) -> Diagram:
        """Return a diagram of the rows alive in a table through the decisions that it reads."""
        read = tuple(self._read_by(self.chain.number[compiled.table.decision], item))
        return self._through(compiled, read, alive, finish)

    def _through(
        self,
        compiled: CompiledTable,
        read: Sequence[tuple[CompiledTable, Diagram]],
        alive: int,
        finish: Callable[[int], Diagram],
    ) -> Diagram:
        if not read or not alive:
            return finish(alive)
        other, answer = read[0]
        chooser = self.diagrams.relabel(answer, lambda label: self._passing_output(compiled, other, label))
        choices: dict[Hashable, Diagram] = {}
        for rows in labels(chooser):
            if isinstance(rows, int):
                choices[rows] = self._through(compiled, read[1:], alive & rows, finish)
        return self.diagrams.bind(chooser, choices)

    def _passing_output(self, compiled: CompiledTable, other: CompiledTable, label: Hashable) -> int:
        alive = compiled.full
        for output in other.table.outputs:
            name = f"{other.table.decision}.{output}"
            if name in compiled.columns:
                alive &= compiled.passing(name, other.outputs_of(label, output))
        return alive

    def first(self, compiled: CompiledTable, alive: int, *, row_labels: Sequence[Hashable], place: int = 0) -> Diagram:
        """Return the label of the first row that fits, as a diagram."""
        later = self._tested_from(self.chain.number[compiled.table.decision])
        settled = alive & ~later[place]
        if settled:
            alive &= ((settled & -settled) << 1) - 1
        if not alive:
            return self.diagrams.leaf(NO_ROW)
        if not alive & later[place]:
            return self.diagrams.leaf(row_labels[lowest(alive)])

        def go_on(rows: int, at: int) -> Diagram:
            return self.first(compiled, rows, row_labels=row_labels, place=at)

        return self._split(compiled, alive, place, ("first", id(row_labels)), go_on)

    def every(self, compiled: CompiledTable, alive: int, place: int = 0) -> Diagram:
        """Return the tuple of all rows that fit, as a diagram."""
        if not alive & self._tested_from(self.chain.number[compiled.table.decision])[place]:
            return self.diagrams.leaf(tuple(bits(alive)))
        return self._split(compiled, alive, place, ("every",), lambda rows, at: self.every(compiled, rows, at))

    def _split(
        self,
        compiled: CompiledTable,
        alive: int,
        place: int,
        kind: tuple[Hashable, ...],
        go_on: Callable[[int, int], Diagram],
    ) -> Diagram:
        index = self.chain.number[compiled.table.decision]
        while not self.variables[place].tested[index] & alive:
            place += 1
        key = (kind, index, place, alive)
        found = self._done.get(key)
        if found is None:
            variable = self.variables[place]
            left = [alive & mask for mask in variable.columns[index]]
            child = {rows: go_on(rows, place + 1) for rows in dict.fromkeys(left)}
            found = self._done[key] = self.diagrams.node(variable, [child[rows] for rows in left])
        return found

    def verdict(self, compiled: CompiledTable, item: str | None) -> Verdict:
        """Return what a decision answers for certain."""
        if compiled.collects:
            parts = self._groups(compiled, item)
            fired = [self._row(compiled, item, group) for group, diagram in parts.items() if _label(diagram) == 0]
            decided = all(isinstance(diagram, Leaf) for diagram in parts.values())
            return Verdict(decided, tuple(compiled.rows[index] for index in sorted(fired)))
        diagram = self.outcome((compiled.table.decision, item))
        if not isinstance(diagram, Leaf):
            return Verdict(decided=False, fired=())
        if diagram.label == NO_ROW or not isinstance(diagram.label, int):
            return Verdict(decided=True, fired=())
        index = self._row(compiled, item, compiled.groups[diagram.label])
        return Verdict(decided=True, fired=(compiled.rows[index],))

    def _groups(self, compiled: CompiledTable, item: str | None) -> dict[int, Diagram]:
        """Return for each set of rows that say the same whether one of them fires: 0, or NO_ROW.

        Sets of which no row is alive are left out.
        """
        key = (compiled.table.decision, item)
        found = self._collected.get(key)
        if found is None:
            bearing = self._bearing(compiled, item)
            found = self._memory.collected.get(bearing)
            if found is None:
                start = self.start(compiled, item)
                one = partial(self.first, compiled, row_labels=compiled.same)
                found = self._memory.collected[bearing] = {
                    group: self.composed(compiled, item, start & group, one)
                    for group in compiled.groups.values()
                    if start & group
                }
            self._collected[key] = found
        return found

    def _row(self, compiled: CompiledTable, item: str | None, group: int) -> int:
        """Return the first row of a group that can fire, one without open questions before others."""
        alive = self.start(compiled, item) & group
        settled = alive & ~self._tested_from(self.chain.number[compiled.table.decision])[0]
        return lowest(settled or alive)

    def _relevant(self, items: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        found = 0
        for compiled in self.chain.tables:
            for item in self.items_of(compiled, items):
                if item is None or self._chosen is None or item == self._chosen:
                    for diagram in self._answers(compiled, item):
                        if diagram.facts & ~found:
                            found |= self._mattering(compiled, item, diagram)
        return tuple(sorted(self.chain.maker.facts_in(found), key=self.chain.place))

    def _answers(self, compiled: CompiledTable, item: str | None) -> Iterable[Diagram]:
        if not compiled.collects:
            return [self.outcome((compiled.table.decision, item))]
        return self._groups(compiled, item).values()

    def _mattering(self, compiled: CompiledTable, item: str | None, diagram: Diagram) -> int:
        """Return the facts on which an answer depends where the item is one of the list at all."""
        gate = self.chain.gate(compiled)
        if gate is None or item is None or item == self._chosen:
            return diagram.facts
        offered = self.offered(compiled, gate, item)
        key = (id(offered), id(diagram))
        found = self._memory.passed.get(key)
        if found is None:
            nothing = self.diagrams.leaf(("not offered",))
            found = self.diagrams.bind(offered, {False: nothing, True: diagram}).facts
            self._memory.passed[key] = found
        return found

    def offered(self, compiled: CompiledTable, gate: str, item: str) -> Diagram:
        """Return whether an item is one of the list, as a diagram."""
        listed = self.outcome((gate, None))
        output = compiled.table.each.list.partition(".")[2] if compiled.table.each is not None else ""
        found = self._memory.offered.get((id(listed), output, item))
        if found is None:
            other = self.chain.tables[self.chain.number[gate]]
            found = self.diagrams.relabel(listed, lambda label: item in (other.outputs_of(label, output) or ()))
            self._memory.offered[id(listed), output, item] = found
        return found


def _label(diagram: Diagram) -> Hashable:
    return diagram.label if isinstance(diagram, Leaf) else None
