"""Stretches of time as the law of wages counts them: by month, by calendar month, by year of service."""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from window_app.domain.working_days import PeriodUnit, WorkingDays

_DAY = timedelta(days=1)
_HALF = Decimal("0.5")
_NO_CALENDAR = WorkingDays()


class CalendarMissing(Exception):
    """Working days are asked of a year whose notice is not known.

    Attributes:
        year: the year.
    """

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of whole days, or of one month.

    Attributes:
        first, last: its days, both included.
        days: what of the month it covers, by the working days of both; 1 of 1 where it is the whole month.
        of: see `days`.
    """

    first: date
    last: date
    days: int = 1
    of: int = 1

    @property
    def share(self) -> Decimal:
        """Return what of a month it is."""
        return Decimal(self.days) / Decimal(self.of)

    @property
    def whole(self) -> bool:
        """Answer whether it is a whole month."""
        return self.days == self.of


def add_months(day: date, months: int) -> date:
    """Return the same day of a later or earlier month, its last day where there is none.

    Raises:
        OverflowError: beyond the years that there are.
    """
    if months >= 0:
        return _NO_CALENDAR.add(day, months, PeriodUnit.MONTHS).on
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < date.min.year:
        raise OverflowError(year)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def whole_months(first: date, last: date) -> int:
    """Return how many whole months lie in a stretch whose last day counts, by the calendar."""
    if last < first:
        return 0
    end = last + _DAY
    months = (end.year - first.year) * 12 + end.month - first.month
    return months if add_months(first, months) <= end else months - 1


def service_years(first: date, last: date) -> Decimal:
    """Return the years of 劳动合同法 47: six months and more make a year, less makes half a year."""
    if last < first:
        return Decimal(0)
    months = whole_months(first, last)
    years, rest = divmod(months, 12)
    if rest >= 6:
        return Decimal(years + 1)
    exact = add_months(first, months) == last + _DAY
    return Decimal(years) if rest == 0 and exact else years + _HALF


def count_working_days(first: date, last: date, working_days: WorkingDays) -> int:
    """Return the working days of a stretch, both ends included.

    Raises:
        CalendarMissing: where a year's notice is not known.
    """
    counted = 0
    day = first
    while day <= last:
        works, provisional = working_days.is_working_day(day)
        if provisional:
            raise CalendarMissing(day.year)
        counted += works
        day += _DAY
    return counted


def service_months(anchor: date, first: date, last: date, working_days: WorkingDays) -> tuple[Part, ...]:
    """Return the months counted from `anchor`, cut where the stretch from `first` to `last` begins and ends.

    Raises:
        CalendarMissing: where a cut month lies in a year whose notice is not known.
    """
    months = (month for month in _months_from(anchor, last) if month[1] >= first)
    return tuple(_share(max(first, month[0]), min(last, month[1]), month, working_days) for month in months)


def calendar_months(
    first: date, last: date, working_days: WorkingDays, changes: Iterable[date] = ()
) -> tuple[Part, ...]:
    """Return the calendar months of a stretch, cut at its ends and on the days on which something changes."""
    borders = sorted(day for day in set(changes) if first < day <= last)
    parts: list[Part] = []
    for month in _calendar_months(first, last):
        start = max(first, month[0])
        for border in (*(day for day in borders if start < day <= month[1]), month[1] + _DAY):
            parts.append(_share(start, min(border - _DAY, last), month, working_days))
            start = border
            if start > last:
                break
    return tuple(parts)


def _months_from(first: date, last: date) -> Iterator[tuple[date, date]]:
    number, start = 0, first
    while start <= last:
        number += 1
        following = add_months(first, number)
        yield start, following - _DAY
        start = following


def _calendar_months(first: date, last: date) -> Iterator[tuple[date, date]]:
    start = first.replace(day=1)
    while start <= last:
        following = add_months(start, 1)
        yield start, following - _DAY
        start = following


def _share(first: date, last: date, month: tuple[date, date], working_days: WorkingDays) -> Part:
    if (first, last) == month:
        return Part(first, last)
    of = count_working_days(month[0], month[1], working_days)
    return Part(first, last, count_working_days(first, last, working_days), of)
