"""Working days of the State Council's yearly notices, and how days, months and years are counted.

The start day never counts. A year without a published notice is answered by weekday and by the
holidays that stand in the law by solar date, and every such answer is marked provisional.
"""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)
_SATURDAY = 5
# 《全国年节及纪念日放假办法》 fixes these by solar date; the lunar ones are known only from the notice.
_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)})
_MAY_SECOND = (5, 2)
_MAY_SECOND_SINCE = 2025


class PeriodUnit(StrEnum):
    """The units in which the law counts; they are never exchanged for one another."""

    WORKDAYS = "workdays"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year's notice: days off (holidays and days exchanged) and make-up workdays.

    Dates of the neighbouring December or January may stand in it, as in the notice itself.
    """

    year: int
    notice: str
    holidays: frozenset[date]
    workdays: frozenset[date]


@dataclass(frozen=True, slots=True)
class SkippedDay:
    """A day that did not count, and the notice that says so; "" for an ordinary weekend."""

    day: date
    notice: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """Where a count ended.

    Attributes:
        on: the last day.
        skipped: days that did not count on the way, in order.
        made_up: weekend days that counted because a notice makes them workdays, in order.
        provisional: a day of a year without a published notice was looked at.
        clamped: the month has no such day, so its last day was taken.
    """

    on: date
    skipped: tuple[SkippedDay, ...] = ()
    made_up: tuple[SkippedDay, ...] = ()
    provisional: bool = False
    clamped: bool = False


class WorkingDays:
    """Tells working days from days off, by the notices that are known."""

    def __init__(self, years: Iterable[CalendarYear] = ()) -> None:
        """Keep the notices; of two that name the same day the later year's holds."""
        known = sorted(years, key=lambda year: year.year)
        self._published = frozenset(year.year for year in known)
        self._days: dict[date, tuple[bool, str]] = {}
        for year in known:
            self._days.update({day: (False, year.notice) for day in year.holidays})
            self._days.update({day: (True, year.notice) for day in year.workdays})

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years with a published notice, in order."""
        return tuple(sorted(self._published))

    def is_working_day(self, day: date) -> tuple[bool, bool]:
        """Return whether a day is worked, and whether that is only provisional."""
        known = self._days.get(day)
        if known is not None:
            return known[0], False
        if day.year in self._published:
            return day.weekday() < _SATURDAY, False
        return day.weekday() < _SATURDAY and not _holiday_by_law(day), True

    def notice_of(self, day: date) -> str:
        """Return the notice that names a day, "" where none does."""
        return self._days.get(day, (False, ""))[1]

    def add(self, start: date, amount: int, unit: PeriodUnit | str) -> Counted:
        """Count a period from the day after `start`; natural periods are not rolled here.

        Raises:
            ValueError: for a negative amount or an unknown unit.
            OverflowError: where the end lies beyond the year 9999.
        """
        unit = PeriodUnit(unit)
        if amount < 0:
            raise ValueError(amount)
        if unit is PeriodUnit.WORKDAYS:
            return self._add_workdays(start, amount)
        if unit is PeriodUnit.DAYS:
            return Counted(start + timedelta(days=amount))
        return _add_months(start, amount if unit is PeriodUnit.MONTHS else amount * 12)

    def roll(self, day: date) -> Counted:
        """Move a last day that is off to the next working day; one that is worked stays."""
        skipped: list[SkippedDay] = []
        works, guess = self.is_working_day(day)
        provisional = guess
        while not works:
            skipped.append(SkippedDay(day, self.notice_of(day), guess))
            day += _DAY
            works, guess = self.is_working_day(day)
            provisional = provisional or guess
        return Counted(day, tuple(skipped), tuple(self._made_up([day])), provisional)

    def workdays_before(self, day: date, amount: int) -> Counted:
        """Count working days back from the day before; the day itself does not count."""
        counted: list[date] = []
        skipped: list[SkippedDay] = []
        provisional = False
        while len(counted) < amount:
            day -= _DAY
            works, guess = self.is_working_day(day)
            provisional = provisional or guess
            if works:
                counted.append(day)
            else:
                skipped.append(SkippedDay(day, self.notice_of(day), guess))
        return Counted(day, tuple(reversed(skipped)), tuple(self._made_up(reversed(counted))), provisional)

    def in_time_from(self, day: date) -> date:
        """Return the first last day that, rolled over holidays, is still kept by acting on a day.

        A limit is kept on a day exactly where its last day, before rolling, is not before this one:
        the first of the days off that end right before the day, or the day itself.
        """
        first = day
        while first > date.min and not self.is_working_day(first - _DAY)[0]:
            first -= _DAY
        return first

    def _add_workdays(self, start: date, amount: int) -> Counted:
        counted: list[date] = []
        skipped: list[SkippedDay] = []
        provisional = False
        day = start
        while len(counted) < amount:
            day += _DAY
            works, guess = self.is_working_day(day)
            provisional = provisional or guess
            if works:
                counted.append(day)
            else:
                skipped.append(SkippedDay(day, self.notice_of(day), guess))
        return Counted(day, tuple(skipped), tuple(self._made_up(counted)), provisional)

    def _made_up(self, days: Iterable[date]) -> Iterator[SkippedDay]:
        for day in days:
            if day.weekday() >= _SATURDAY:
                yield SkippedDay(day, self.notice_of(day), provisional=False)


def _holiday_by_law(day: date) -> bool:
    place = (day.month, day.day)
    return place in _FIXED_HOLIDAYS or (place == _MAY_SECOND and day.year >= _MAY_SECOND_SINCE)


def _add_months(start: date, months: int) -> Counted:
    total = start.year * 12 + start.month - 1 + months
    year, month = divmod(total, 12)
    if year > date.max.year:
        raise OverflowError(year)
    last = calendar.monthrange(year, month + 1)[1]
    return Counted(date(year, month + 1, min(start.day, last)), clamped=start.day > last)
