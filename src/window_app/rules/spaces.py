"""The space of what is not known: variables with the classes of values that no row can tell apart.

A fact that stands alone is a variable of its own. Facts that hang together (a date that is tested
itself and through a period made of it, two facts compared with each other) are one variable whose
classes are combinations of values, so that no combination is counted that cannot be.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, count, product

from window_app.rules.choices import Choices
from window_app.rules.compiled import CompiledTable, Linked
from window_app.rules.partitions import mixes_units, representatives
from window_app.rules.tables import Scope
from window_app.rules.unary import FactKind
from window_app.rules.values import FactType, Value

Masks = tuple[int, ...]
"""For each table the rows that a class leaves alive."""

Facts = Mapping[str, Value]
_Judge = tuple[tuple[int, ...], dict[tuple[int, ...], int]]
"""Places of the roots that decide a cell, and by their choices the rows of all tables left alive."""


_KEPT = 512
_NUMBERS = 40
"""How many bits of a variable's order tell it from others of the same place."""


@dataclass(frozen=True, eq=False)
class Variable:
    """Something unknown.

    Attributes:
        facts: the facts whose answers would tell; one unless they hang together.
        classes: for each class the rows it leaves alive, by table.
        samples: for each class the values of one point in it.
        flips: by fact, the pairs of classes between which a change of this fact alone leads; empty
            where the variable is one fact.
        tested: by table, the rows that test it.
        method: how its classes were found: "proved", "enumerated" or "sampled".
        order: its own number, that grows with its place in the order of asking.
        bits: by fact, its bit in a set of facts.
    """

    facts: tuple[str, ...]
    classes: tuple[Masks, ...]
    samples: tuple[Mapping[str, Value], ...]
    flips: Mapping[str, frozenset[tuple[int, int]]]
    tested: Masks
    method: str
    order: int
    bits: Mapping[str, int]

    @cached_property
    def columns(self) -> tuple[Masks, ...]:
        """By table, the rows that each class leaves alive."""
        return tuple(zip(*self.classes, strict=True))

    @cached_property
    def _flips(self) -> tuple[tuple[int, tuple[tuple[int, int], ...]], ...]:
        return tuple((self.bits[fact], tuple(pairs)) for fact, pairs in self.flips.items())

    def bearing(self, children: Sequence[object]) -> int:
        """Return the facts, as a set of bits, whose answers lead to one child or another."""
        if len(self.facts) == 1:
            return self.bits[self.facts[0]]
        found = 0
        for bit, pairs in self._flips:
            if any(children[one] is not children[other] for one, other in pairs):
                found |= bit
        return found


class VariableMaker:
    """Makes variables for a fixed sequence of tables."""

    def __init__(self, tables: Sequence[CompiledTable], scope: Scope, names: Sequence[str]) -> None:
        """Take the tables in the order in which masks are given, where their facts are defined, and those tested.

        `names` are in the order of asking.
        """
        self._ranks = {name: rank for rank, name in enumerate(names)}
        self._numbers = count()
        self.tables = tables
        self.scope = scope
        self._single: dict[str, Variable] = {}
        self._clusters: dict[Hashable, Variable] = {}
        self._offsets = list(accumulate((len(table.rows) for table in tables), initial=0))[:-1]
        self._every_row = self._together(table.full for table in tables)
        self._constants: dict[str, set[Value]] = {}
        for table in tables:
            for name, values in table.constants.items():
                self._constants.setdefault(name, set()).update(values)
        facts = dict.fromkeys(fact for name in names for fact in (name, *self.sources(name)))
        self._bits = {fact: 1 << place for place, fact in enumerate(facts)}

    def constants(self, name: str) -> set[Value]:
        """Return the constants that cells compare a fact with."""
        return self._constants.get(name, set())

    def single(self, name: str) -> Variable:
        """Return the variable of a fact that stands alone."""
        found = self._single.get(name)
        if found is None:
            numbers: dict[Masks, int] = {}
            samples: list[Facts] = []
            for value in representatives(self.fact(name), sorted(self.constants(name), key=str)):
                masks = tuple(table.passing(name, value) for table in self.tables)
                if masks not in numbers:
                    numbers[masks] = len(samples)
                    samples.append({name: value})
            method = "sampled" if mixes_units(self.constants(name)) else "proved"
            made = Variable(
                facts=(name,),
                classes=tuple(numbers),
                samples=tuple(samples),
                flips={},
                tested=self._tested((name,)),
                method=method,
                order=self._order(name),
                bits=self._bits_of((name,)),
            )
            found = self._single.setdefault(name, made)
        return found

    def _order(self, name: str) -> int:
        return self._ranks[name] << _NUMBERS | next(self._numbers)

    def _bits_of(self, facts: Iterable[str]) -> dict[str, int]:
        return {fact: self._bits[fact] for fact in facts}

    def facts_in(self, bits: int) -> tuple[str, ...]:
        """Return the names of a set of facts."""
        return tuple(fact for fact, bit in self._bits.items() if bits & bit)

    def fact(self, name: str) -> FactKind:
        """Return the definition of a fact, output or parameter."""
        found = self.scope.find(name)
        if found is not None:
            return found
        return _ParameterFact(name, self.scope.resolve(name) or FactType.TEXT)

    def cluster(self, names: tuple[str, ...], roots: tuple[str, ...], known: Mapping[str, Value]) -> Variable:
        """Return the variable of facts that hang together; made once for the same known values.

        Args:
            names: the facts tested, derived ones among them.
            roots: the unknown facts that decide them.
            known: values of the facts that are known.
        """
        links = [
            (index, linked)
            for index, table in enumerate(self.tables)
            for linked in table.linked
            if self._bears(linked, names, known)
        ]
        partners = {part for name in names for part in self.sources(name)}
        partners.update(part for _, link in links for part in (link.fact, *link.references))
        near = {name: known[name] for name in sorted(partners) if known.get(name) is not None}
        key = (names, roots, tuple(near.items()))
        found = self._clusters.get(key)
        if found is None:
            if len(self._clusters) >= _KEPT:
                self._clusters.clear()
            found = self._clusters.setdefault(key, self._make_cluster(names, roots, links, near))
        return found

    def _make_cluster(
        self, names: tuple[str, ...], roots: tuple[str, ...], links: Sequence[tuple[int, Linked]], near: Facts
    ) -> Variable:
        finder = Choices(self, names, roots, links, near)
        choices = finder.values()
        judges = [self._judge_name(name, roots, choices, near) for name in names]
        judges += [self._judge_link(index, link, roots, choices, near) for index, link in links]
        numbers: dict[int, int] = {}
        samples: list[tuple[int, ...]] = []
        places: dict[tuple[int, ...], int] = {}
        for combination in product(*(range(len(values)) for values in choices)):
            rows = self._every_row
            for parts, table in judges:
                rows &= table[tuple(combination[part] for part in parts)]
            if rows not in numbers:
                numbers[rows] = len(samples)
                samples.append(combination)
            places[combination] = numbers[rows]
        told = [
            {root: choices[place][at] for place, (root, at) in enumerate(zip(roots, sample, strict=True))}
            for sample in samples
        ]
        return Variable(
            facts=roots,
            classes=tuple(self._by_table(rows) for rows in numbers),
            samples=tuple(told),
            flips={root: _flips(place, places) for place, root in enumerate(roots)},
            tested=self._tested(names),
            method=finder.method,
            order=self._order(names[0]),
            bits=self._bits_of(roots),
        )

    @staticmethod
    def _bears(linked: Linked, names: tuple[str, ...], known: Facts) -> bool:
        """Tell whether a comparison is decided by these facts.

        One whose other side is unknown and not among them belongs to rows that are out already.
        """
        together = (linked.fact, *linked.references)
        return any(name in names for name in together) and all(
            name in names or known.get(name) is not None for name in together
        )

    def _judge_name(self, name: str, roots: tuple[str, ...], choices: list[list[Value]], near: Facts) -> _Judge:
        """Return the rows that each value of a fact leaves alive, by the choices that decide it."""
        fact = self.scope.fact(name)
        derivation = fact.derivation if fact is not None and name not in roots else None
        parts = tuple(place for place, root in enumerate(roots) if root == name or root in self.sources(name))
        table = {}
        for combination in product(*(range(len(choices[part])) for part in parts)):
            told = {roots[part]: choices[part][at] for part, at in zip(parts, combination, strict=True)}
            value = told[name] if derivation is None else derivation.compute({**near, **told})
            table[combination] = self._together(each.passing(name, value) for each in self.tables)
        return parts, table

    def _judge_link(
        self, index: int, link: Linked, roots: tuple[str, ...], choices: list[list[Value]], near: Facts
    ) -> _Judge:
        names = (link.fact, *link.references)
        sources = {part for name in names for part in (self.sources(name) or (name,)) if part in roots}
        parts = tuple(place for place, root in enumerate(roots) if root in sources or root in names)
        table = {}
        for combination in product(*(range(len(choices[part])) for part in parts)):
            told = {**near, **{roots[part]: choices[part][at] for part, at in zip(parts, combination, strict=True)}}
            told = {**told, **self._derived(names, told)}
            passing = self.tables[index].passing_linked(link, told)
            table[combination] = self._together(
                passing if place == index else each.full for place, each in enumerate(self.tables)
            )
        return parts, table

    def _derived(self, names: Iterable[str], told: Facts) -> dict[str, Value]:
        facts = [self.scope.fact(name) for name in names if name not in told]
        return {fact.name: fact.derivation.compute(told) for fact in facts if fact is not None and fact.derivation}

    def sources(self, name: str) -> tuple[str, ...]:
        """Return the dates that a derived fact is made of; nothing for any other fact."""
        fact = self.scope.fact(name)
        derivation = fact.derivation if fact is not None else None
        return derivation.sources if derivation is not None and derivation.over_dates else ()

    def _together(self, masks: Iterable[int]) -> int:
        """Return the rows of all tables as one set."""
        rows = 0
        for offset, mask in zip(self._offsets, masks, strict=True):
            rows |= mask << offset
        return rows

    def _by_table(self, rows: int) -> Masks:
        return tuple((rows >> offset) & each.full for offset, each in zip(self._offsets, self.tables, strict=True))

    def _tested(self, names: Iterable[str]) -> Masks:
        return tuple(_any_of(table.tested.get(name, 0) for name in names) for table in self.tables)


@dataclass(frozen=True, slots=True)
class _ParameterFact:
    """A parameter without a value for the day, as a fact that nobody can be asked."""

    name: str
    type: FactType
    unclear: bool = False

    @property
    def values(self) -> Mapping[str, Value]:
        return {}

    def accepts(self, value: Value) -> bool:
        return value is not None


def _any_of(sets: Iterable[int]) -> int:
    found = 0
    for rows in sets:
        found |= rows
    return found


def _flips(place: int, places: Mapping[tuple[int, ...], int]) -> frozenset[tuple[int, int]]:
    """Return the pairs of classes that differ by this fact alone in some combination."""
    lines: dict[tuple[int, ...], set[int]] = {}
    for combination, number in places.items():
        lines.setdefault(combination[:place] + combination[place + 1 :], set()).add(number)
    return frozenset((one, other) for line in lines.values() for one in line for other in line if one < other)
