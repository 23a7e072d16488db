"""Domains cut into pieces: values that stand for all values no cell can tell apart."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from window_app.rules.cells import Interval
from window_app.rules.durations import Duration, add, shifted
from window_app.rules.unary import FactKind
from window_app.rules.values import UNCLEAR, FactType, Value

OTHER = "(other)"
"""Stands for every text or code that no cell names."""

_ANCHORS = tuple(
    date(year, month, day)
    for year in (2023, 2024)
    for month, day in ((1, 1), (1, 31), (2, 1), (2, 28), (3, 1), (7, 31), (12, 31))
)


def representatives(fact: FactKind, constants: Iterable[Value], points: int = 1) -> list[Value]:
    """Return values of a fact such that each piece of its domain, cut at the constants, has one.

    Args:
        fact: whose domain is cut.
        constants: the values that cells compare with.
        points: how many values an open piece gets, where it has so many; more than one is needed
            where several facts of one type are compared with each other.
    """
    known = [value for value in constants if not (isinstance(value, str) and value == UNCLEAR)]
    values = list(_told(fact, known, points))
    return [*values, UNCLEAR] if fact.unclear else values


def _told(fact: FactKind, constants: list[Value], points: int) -> Iterable[Value]:
    if fact.type is FactType.BOOL:
        return (True, False)
    if fact.type is FactType.DURATION:
        return _durations(constants)
    if fact.type in (FactType.INTEGER, FactType.MONEY, FactType.DATE):
        return _on_grid(fact, constants, points)
    if fact.values:
        return tuple(fact.values)
    return (*dict.fromkeys(constants), OTHER)


def _on_grid(fact: FactKind, constants: list[Value], points: int) -> Iterator[Value]:
    scale = _scale(constants)
    if fact.type is FactType.MONEY:
        marks = {int(Decimal(value) * scale) for value in constants}
    else:
        marks = {value.toordinal() if isinstance(value, date) else int(value) for value in constants}
    low, high = _bounds(fact, scale)
    for mark in _cut(sorted(marks), low, high, points):
        if fact.type is FactType.DATE:
            yield date.fromordinal(mark)
        else:
            yield Decimal(mark) / scale if fact.type is FactType.MONEY else mark


def _scale(constants: Iterable[Value]) -> int:
    """Return how many grid points one yuan has: a hundred, more where a constant is finer."""
    exponents = (Decimal(value).as_tuple().exponent for value in constants if isinstance(value, Decimal))
    return int(10 ** max((2, *(-exponent for exponent in exponents if isinstance(exponent, int)))))


def _bounds(fact: FactKind, scale: int) -> tuple[int | None, int | None]:
    domain = getattr(fact, "domain", None)
    if fact.type is FactType.DATE:
        known = domain if isinstance(domain, Interval) else Interval(None, False, None, False)
        return (known.low or date.min).toordinal(), (known.high or date.max).toordinal()
    if not isinstance(domain, Interval):
        return None, None
    factor = scale if fact.type is FactType.MONEY else 1
    low = None if domain.low is None else int(domain.low * factor) + (0 if domain.low_closed else 1)
    high = None if domain.high is None else int(domain.high * factor) - (0 if domain.high_closed else 1)
    return low, high


def _cut(marks: list[int], low: int | None, high: int | None, points: int) -> list[int]:
    """Return every mark inside the bounds and some points of each open gap between them."""
    inside = [mark for mark in marks if (low is None or mark >= low) and (high is None or mark <= high)]
    if not inside:
        start = low if low is not None else (high - points + 1 if high is not None else 0)
        return [at for at in range(start, start + points) if high is None or at <= high]
    found = set(inside)
    for before, after in pairwise(inside):
        found.update(range(before + 1, min(after, before + 1 + points)))
    found.update(at for at in range(inside[0] - points, inside[0]) if low is None or at >= low)
    found.update(at for at in range(inside[-1] + 1, inside[-1] + 1 + points) if high is None or at <= high)
    return sorted(found)


def mixes_units(constants: Iterable[Value]) -> bool:
    """Return whether periods are measured in months by some and in days by others."""
    periods = [value for value in constants if isinstance(value, Duration) and (value.months or value.days)]
    return any(value.months for value in periods) and any(not value.months for value in periods)


def _durations(constants: list[Value]) -> Iterator[Duration]:
    """Yield periods just under, at and just over each constant.

    Where months and days are mixed, the same period is taken from several first days, because two
    months may be shorter or longer than sixty days.
    """
    anchors = _ANCHORS if mixes_units(constants) else _ANCHORS[:1]
    for anchor in anchors:
        for constant in constants or [Duration(0, 0)]:
            end = add(anchor, constant)
            for day in (shifted(end, -1), end, shifted(end, 1)):
                yield Duration.between(anchor, day)
