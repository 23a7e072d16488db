"""Values of facts that hang together, on both sides of every border between them."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import prod
from typing import Protocol

from window_app.rules.compiled import Linked
from window_app.rules.durations import Duration, add, shifted
from window_app.rules.partitions import mixes_units, representatives
from window_app.rules.unary import FactKind
from window_app.rules.values import UNCLEAR, FactType, Value

COMBINATIONS = 20_000
"""How many combinations of values of facts that hang together are looked at, at most."""

_SOME_DAY = date(2024, 1, 31)
_SHORTEST_MONTH = 28
_SURE_DATES = 2


class Borders(Protocol):
    """Knows facts and the constants that their cells compare with."""

    def constants(self, name: str) -> set[Value]:
        """Return the constants that cells compare a fact with."""
        ...

    def fact(self, name: str) -> FactKind:
        """Return the definition of a fact."""
        ...

    def sources(self, name: str) -> tuple[str, ...]:
        """Return the dates that a derived fact is made of."""
        ...


class Choices:
    """Finds values of facts that hang together, on both sides of every border between them."""

    def __init__(
        self,
        maker: Borders,
        names: tuple[str, ...],
        roots: tuple[str, ...],
        links: Sequence[tuple[int, Linked]],
        known: Mapping[str, Value],
    ) -> None:
        self._maker = maker
        self._names = names
        self._roots = roots
        self._links = links
        self._known = known
        self._complete = True

    def values(self) -> list[list[Value]]:
        """Return the values of each root, in order."""
        marks: dict[str, set[Value]] = {root: set(self._maker.constants(root)) for root in self._roots}
        self._add_linked(marks)
        self._add_date_borders(marks)
        found = []
        for root in self._roots:
            fact = self._maker.fact(root)
            if fact.type is FactType.DATE and not marks[root]:
                marks[root].add(_SOME_DAY)
            points = max(1, sum(1 for other in self._roots if self._maker.fact(other).type is fact.type))
            found.append(representatives(fact, sorted(marks[root], key=str), points if self._links else 1))
        self._complete = prod(map(len, found)) <= COMBINATIONS
        return _thinned(found)

    @property
    def method(self) -> str:
        """How well the values stand for all: "proved", "enumerated" or "sampled".

        One date between fixed borders is divided without remainder. Of two dates that are compared,
        and of facts compared with each other, every order is there, because each border of one is
        carried over to the other. Of more dates, and where months and days are mixed, not surely.
        """
        dates = [root for root in self._roots if self._maker.fact(root).type is FactType.DATE]
        mixed = any(mixes_units(self._maker.constants(name)) for name in self._names)
        if mixed or len(dates) > _SURE_DATES or not self._complete:
            return "sampled"
        return "proved" if len(self._roots) == 1 else "enumerated"

    def _add_linked(self, marks: dict[str, set[Value]]) -> None:
        """Give facts that are compared with each other one set of borders."""
        shared: dict[FactType, set[Value]] = {}
        linked = {name for _, link in self._links for name in (link.fact, *link.references)}
        for name in linked:
            kind = _comparable(self._maker.fact(name).type)
            values = shared.setdefault(kind, set())
            values |= marks.get(name, self._maker.constants(name))
            if name in self._known:
                values.add(self._known[name])
        for root in self._roots:
            if root in linked:
                marks[root] |= shared[_comparable(self._maker.fact(root).type)]

    def _add_date_borders(self, marks: dict[str, set[Value]]) -> None:
        """Add the days on which a period or an age made of a root passes a constant."""
        borders = [border for name in self._names for border in self._borders(name)]
        for start, end, constant in borders:
            self._carry(marks, start, end, constant, 1)
            self._carry(marks, end, start, constant, -1)
        for start, end, constant in reversed(borders):
            self._carry(marks, start, end, constant, 1)
            self._carry(marks, end, start, constant, -1)

    def _borders(self, name: str) -> list[tuple[str, str, Duration]]:
        if not self._maker.sources(name):
            return []
        start, end = self._maker.sources(name)
        constants = self._maker.constants(name) or {Duration(0, 0)}
        return [(start, end, _as_duration(value)) for value in constants if value != UNCLEAR]

    def _carry(self, marks: dict[str, set[Value]], source: str, target: str, period: Duration, sign: int) -> None:
        if target not in marks:
            return
        known = self._known.get(source)
        days = {known} if known is not None else (marks.get(source) or {_SOME_DAY})
        for day in [day for day in days if isinstance(day, date)]:
            moved = add(day, period, sign)
            # At a month's end up to four first days lead to one last day (28 to 31 January to 28 February).
            offsets = range(-1, 5) if period.months and moved.day >= _SHORTEST_MONTH - 1 else range(-1, 2)
            marks[target] |= {shifted(moved, offset) for offset in offsets}


def _thinned(choices: list[list[Value]]) -> list[list[Value]]:
    """Leave out every second value of the longest lists until there are not too many combinations."""
    while prod(map(len, choices)) > COMBINATIONS:
        longest = max(range(len(choices)), key=lambda place: len(choices[place]))
        choices[longest] = choices[longest][::2]
    return choices


def _comparable(kind: FactType) -> FactType:
    return FactType.MONEY if kind is FactType.INTEGER else kind


def _as_duration(value: Value) -> Duration:
    return value if isinstance(value, Duration) else Duration(int(value) * 12, 0)
