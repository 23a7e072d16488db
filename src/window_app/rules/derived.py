"""Derived facts: the closed set of functions that condense dates and lists of records.

A function answers None (unknown) where a part it needs is not known, and `unclear` where a date is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from window_app.rules.conditions import Condition
from window_app.rules.durations import Duration
from window_app.rules.values import UNCLEAR, FactType, Value

Facts = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a derived fact is made.

    Attributes:
        sources: facts it is made of: the list, or the two dates.
        field: of the list's records, where the function condenses one field.
        where: which records count; None for all.
        by: fields that tell one person from another.
        start, end: names of the fields (overlap) that hold a period's first and last day.
    """

    function: str
    sources: tuple[str, ...]
    field: str | None = None
    where: Condition | None = None
    by: tuple[str, ...] = ()
    start: str = ""
    end: str = ""

    @property
    def over_dates(self) -> bool:
        """Whether it is made of two dates, not of a list."""
        return self.function in DATE_FUNCTIONS

    def compute(self, facts: Facts) -> Value:
        """Return the value, `unclear`, or None while it is unknown."""
        values: list[Value] = [facts.get(name) for name in self.sources]
        if any(value is None for value in values):
            return None
        if any(isinstance(value, str) and value == UNCLEAR for value in values):
            return UNCLEAR
        if self.over_dates:
            return DATE_FUNCTIONS[self.function](values[0], values[1])
        return LIST_FUNCTIONS[self.function](self, values[0])


def _time_between(start: date, end: date) -> Duration:
    return Duration.between(start, end)


def _age(born_on: date, on: date) -> int:
    months = Duration.between(born_on, on).months
    return int(months / 12)


def _chosen(derivation: Derivation, records: Sequence[Facts]) -> tuple[list[Facts], bool]:
    """Return the records that count, and whether it is known of every record."""
    if derivation.where is None:
        return list(records), True
    answers = [(record, derivation.where.test(record)) for record in records]
    chosen = [record for record, answer in answers if answer]
    return chosen, all(answer is not None for _, answer in answers)


def _field_values(derivation: Derivation, records: Sequence[Facts]) -> list[Value] | None:
    chosen, certain = _chosen(derivation, records)
    values = [record.get(derivation.field or "") for record in chosen]
    return None if not certain or any(value is None for value in values) else values


def _count(derivation: Derivation, records: Sequence[Facts]) -> int | None:
    chosen, certain = _chosen(derivation, records)
    return len(chosen) if certain else None


def _sum(derivation: Derivation, records: Sequence[Facts]) -> Value:
    values = _field_values(derivation, records)
    return None if values is None else sum(values)


def _min(derivation: Derivation, records: Sequence[Facts]) -> Value:
    return min(_field_values(derivation, records) or (), default=None)


def _max(derivation: Derivation, records: Sequence[Facts]) -> Value:
    return max(_field_values(derivation, records) or (), default=None)


def _flags(derivation: Derivation, records: Sequence[Facts]) -> Iterable[bool | None]:
    for record in records:
        known: bool | None = record.get(derivation.field) if derivation.field else True
        test = derivation.where.test(record) if derivation.where else True
        yield False if known is False or test is False else (None if known is None or test is None else True)


def _any(derivation: Derivation, records: Sequence[Facts]) -> bool | None:
    flags = list(_flags(derivation, records))
    return True if True in flags else (None if None in flags else False)


def _all(derivation: Derivation, records: Sequence[Facts]) -> bool | None:
    flags = list(_flags(derivation, records))
    return False if False in flags else (None if None in flags else True)


def _overlap(derivation: Derivation, records: Sequence[Facts]) -> bool | None:
    """Tell whether one person has two periods that share a day; an open end runs on."""
    persons: dict[tuple[Value, ...], list[tuple[date, date]]] = {}
    certain = True
    for record in records:
        person = tuple(record.get(field) for field in derivation.by)
        start, end = record.get(derivation.start), record.get(derivation.end) or date.max
        if start is None or None in person:
            certain = False
        else:
            persons.setdefault(person, []).append((start, end))
    for periods in persons.values():
        periods.sort()
        if any(earlier[1] >= later[0] for earlier, later in pairwise(periods)):
            return True
    return False if certain else None


DATE_FUNCTIONS: Mapping[str, Callable[[date, date], Value]] = {"time_between": _time_between, "age": _age}
LIST_FUNCTIONS: Mapping[str, Callable[[Derivation, Sequence[Facts]], Value]] = {
    "count": _count,
    "sum": _sum,
    "min": _min,
    "max": _max,
    "any": _any,
    "all": _all,
    "overlap": _overlap,
}
RESULT_TYPES: Mapping[str, frozenset[FactType]] = {
    "time_between": frozenset({FactType.DURATION}),
    "age": frozenset({FactType.INTEGER}),
    "count": frozenset({FactType.INTEGER}),
    "sum": frozenset({FactType.INTEGER, FactType.MONEY}),
    "min": frozenset({FactType.INTEGER, FactType.MONEY, FactType.DATE, FactType.DURATION}),
    "max": frozenset({FactType.INTEGER, FactType.MONEY, FactType.DATE, FactType.DURATION}),
    "any": frozenset({FactType.BOOL}),
    "all": frozenset({FactType.BOOL}),
    "overlap": frozenset({FactType.BOOL}),
}
