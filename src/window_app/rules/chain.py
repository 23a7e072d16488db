"""Decisions that build on each other, evaluated with what is known of the facts.

A chain answers for every decision (and every item of its list) which rows fire, and names exactly
the unknown facts on which any answer still depends: a fact is named where two completions of the
unknown facts that differ in it alone give different answers, through all decisions of the chain.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date

from window_app.rules.compiled import CompiledTable
from window_app.rules.evaluation import Decisions, Evaluation, Memory
from window_app.rules.parameters import Parameters
from window_app.rules.spaces import Variable, VariableMaker
from window_app.rules.tables import Scope, Table, reads
from window_app.rules.values import Value
from window_app.rules.vocabulary import Vocabulary

_KEPT = 4096
"""How many answers and judged values are remembered."""


class DecisionChain:
    """Tables compiled together; evaluations are remembered by what the cells can tell apart."""

    def __init__(
        self,
        tables: Iterable[Table],
        vocabulary: Vocabulary,
        parameters: Parameters,
        locality: str | None = None,
    ) -> None:
        """Take tables in an order in which each comes after those it reads."""
        self.vocabulary = vocabulary
        self.tables = [CompiledTable(table) for table in tables]
        self.number = {compiled.table.decision: index for index, compiled in enumerate(self.tables)}
        self._parameters = parameters
        self._locality = locality
        outputs = {name: fact for each in self.tables for name, fact in each.table.scope.outputs.items()}
        items = {name: fact for each in self.tables for name, fact in each.table.scope.items.items()}
        self.scope = Scope(vocabulary, outputs, items, parameters)
        self.upstream = [self._reads(compiled) for compiled in self.tables]
        self._own = self._own_names()
        self.names = self._tested_names()
        self.testing = {name: self._testing(name) for name in self.names}
        self.maker = VariableMaker(self.tables, self.scope, self.names)
        self.order = {name: place for place, name in enumerate((*vocabulary.names(), *self.names))}
        self._linked = self._linked_names()
        self._hanging = self._hanging_names()
        self._references = sorted(name for name in self.names if name.startswith("parameter("))
        self._classes: dict[tuple[str, Value], tuple[tuple[int, int], ...]] = {}
        self._known: dict[Hashable, Decisions] = {}
        self._memory = Memory()

    def _reads(self, compiled: CompiledTable) -> tuple[str, ...]:
        """Return the decisions of this chain whose outputs a table tests."""
        tested = {name.partition(".")[0] for name in compiled.tested if name in compiled.table.scope.outputs}
        return tuple(decision for decision in reads(compiled.table) if decision in tested and decision in self.number)

    def _own_names(self) -> frozenset[str]:
        """Return what the chain itself supplies: outputs of its tables and items of their lists."""
        outputs = {f"{compiled.table.decision}.{name}" for compiled in self.tables for name in compiled.table.outputs}
        items = {
            compiled.table.each.alias
            for compiled in self.tables
            if self.gate(compiled) is not None and compiled.table.each
        }
        return frozenset(outputs | items)

    def _tested_names(self) -> tuple[str, ...]:
        names = dict.fromkeys(name for compiled in self.tables for name in compiled.tested if name not in self._own)
        return tuple(sorted(names, key=self.place))

    def _testing(self, name: str) -> tuple[tuple[int, int], ...]:
        """Return the tables that test a fact, each with its rows that do."""
        tested = ((index, compiled.tested.get(name, 0)) for index, compiled in enumerate(self.tables))
        return tuple((index, rows) for index, rows in tested if rows)

    def place(self, name: str) -> tuple[int, str]:
        """Return the place of a fact in the order of asking; what is never asked comes last."""
        fact = self.scope.fact(name)
        return (fact.order if fact is not None else len(self.vocabulary.facts) * 2, name)

    def _linked_names(self) -> dict[str, set[str]]:
        """Return the facts that cells compare with each other, each with those it is compared with and itself."""
        found: dict[str, set[str]] = {}
        for link in (link for compiled in self.tables for link in compiled.linked):
            together = (link.fact, *link.references)
            for name in together:
                found.setdefault(name, set()).update(together)
        return found

    def _hanging_names(self) -> frozenset[str]:
        """Return the tested facts that cannot be judged alone, with what they are made of."""
        linked = set(self._linked)
        uses: dict[str, set[str]] = {}
        for name in self.names:
            for source in self.maker.sources(name) or (name,):
                uses.setdefault(source, set()).add(name)
        shared = {source for source, users in uses.items() if len(users) > 1}
        hanging = {name for name in self.names if set(self.maker.sources(name)) & shared}
        return frozenset(linked | shared | hanging | {part for name in hanging for part in self.maker.sources(name)})

    def gate(self, compiled: CompiledTable) -> str | None:
        """Return the decision of this chain that gives the items of a table, None where none does."""
        each = compiled.table.each
        decision = each.list.partition(".")[0] if each is not None else ""
        return decision if decision in self.number else None

    def values(self, facts: Mapping[str, Value], on: date | None) -> dict[str, Value]:
        """Return the facts with all that follow from them: derived facts, program facts, parameters.

        Without a day nothing is known that depends on it.
        """
        told = {"applied_on": on, "in_time_from": on, "locality": self._locality or "", **facts}
        known = self.vocabulary.complete(told)
        for name in self._references if on is not None else ():
            inner = name.removeprefix("parameter(").removesuffix(")")
            value = self._parameters.value(inner, known["applied_on"], self._locality)
            if value is not None:
                known[name] = value
        return known

    def decide(self, values: Mapping[str, Value], chosen: str | None = None) -> Decisions:
        """Return the answers for completed facts (see `values`).

        Args:
            values: what is known.
            chosen: the item that the visitor chose; only what matters for it is still asked, and it
                is judged even where the list does not hold it.
        """
        signature = self._signature(values, chosen)
        found = self._known.get(signature)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            if self._memory.is_full:
                self._memory = Memory()
            found = self._known[signature] = Evaluation(self, values, chosen, self._memory).decisions()
        return found

    def _signature(self, values: Mapping[str, Value], chosen: str | None) -> Hashable:
        known = tuple(None if values.get(name) is None else self.passing(name, values[name]) for name in self.names)
        if self._hanging and any(name not in values for name in self._hanging):
            return chosen, known, tuple(values.get(name) for name in self._hanging)
        links = tuple(
            compiled.passing_linked(link, values)
            for compiled in self.tables
            for link in compiled.linked
            if self.linked_known(link.fact, link.references, values)
        )
        return chosen, known, links

    @staticmethod
    def linked_known(fact: str, references: Sequence[str], values: Mapping[str, Value]) -> bool:
        """Return whether all facts of a comparison are known."""
        return all(values.get(name) is not None for name in (fact, *references))

    def passing(self, name: str, value: Value) -> tuple[tuple[int, int], ...]:
        """Return for each table that tests a fact the rows that a value leaves alive."""
        key = (name, value)
        found = self._classes.get(key)
        if found is None:
            if len(self._classes) >= _KEPT:
                self._classes.clear()
            found = self._classes[key] = tuple(
                (index, compiled.passing(name, value))
                for index, compiled in enumerate(self.tables)
                if name in compiled.columns
            )
        return found

    def variables(self, unknown: Sequence[str], values: Mapping[str, Value]) -> list[Variable]:
        """Return the variables of facts not known, in order of asking."""
        found = [self.maker.single(name) for name in unknown if name not in self._hanging]
        for names, roots in self._clusters([name for name in unknown if name in self._hanging], values):
            alone = len(names) == 1 and names[0] not in self._linked
            found.append(self.maker.single(names[0]) if alone else self.maker.cluster(names, roots, values))
        return sorted(found, key=lambda variable: variable.order)

    def _clusters(
        self, unknown: Sequence[str], values: Mapping[str, Value]
    ) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Return the unknown facts in groups that hang together, each with what decides it."""
        roots = {
            name: tuple(part for part in self.maker.sources(name) if part not in values) or (name,) for name in unknown
        }
        groups: list[tuple[set[str], set[str]]] = []
        for name in unknown:
            names, parts = {name}, {*roots[name], *self._linked_with(name, roots)}
            for other in [group for group in groups if group[1] & parts or group[0] & parts]:
                groups.remove(other)
                names |= other[0]
                parts |= other[1]
            groups.append((names, parts))
        ordered = []
        for names, parts in groups:
            kept = tuple(sorted((part for part in parts if not self._made_of(part, parts)), key=self.place))
            ordered.append((tuple(sorted(names, key=self.place)), kept))
        return sorted(ordered, key=lambda group: self.place(group[0][0]))

    def _roots(self, name: str, values: Mapping[str, Value]) -> tuple[str, ...]:
        return tuple(part for part in self.maker.sources(name) if part not in values) or (name,)

    def _made_of(self, name: str, parts: set[str]) -> bool:
        return bool(set(self.maker.sources(name)) & parts)

    def _linked_with(self, name: str, roots: Mapping[str, tuple[str, ...]]) -> set[str]:
        return {part for other in self._linked.get(name, ()) if other in roots for part in roots[other]}
