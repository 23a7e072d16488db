"""Months and years as the law of wages counts them, against models that walk day by day."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_app.domain.working_days import CalendarYear, WorkingDays
from window_app.rules.periods import (
    CalendarMissing,
    add_months,
    calendar_months,
    count_working_days,
    service_months,
    service_years,
    whole_months,
)

PROJECT = Path(__file__).parents[2]
DAYS = st.dates(date(2005, 1, 1), date(2030, 12, 31))
KNOWN = WorkingDays(CalendarYear(year, "n", frozenset(), frozenset()) for year in range(2000, 2041))
DAY = timedelta(days=1)


def months_by_walking(first: date, last: date) -> int:
    """Count how often the day of the month comes round, a day at a time; a month without it ends on its last day."""
    found, day = 0, first
    while day <= last:
        day += DAY
        if day == add_months(first, found + 1):
            found += 1
    return found


@given(DAYS, st.integers(0, 2000))
def test_whole_months_are_what_walking_counts(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    assert whole_months(first, last) == months_by_walking(first, last)


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("2026-01-01", "2026-06-29", "0.5"),
        ("2026-01-01", "2026-06-30", "1"),  # exactly six months
        ("2026-01-01", "2026-07-01", "1"),  # six months and a day
        ("2026-01-01", "2026-12-31", "1"),  # exactly a year
        ("2026-01-01", "2027-01-01", "1.5"),  # a year and a day
        ("2025-12-31", "2026-12-30", "1"),
        ("2014-07-01", "2026-06-30", "12"),  # exactly twelve years
        ("2014-07-01", "2026-07-01", "12.5"),
        ("2014-07-01", "2026-12-31", "13"),
        ("2024-02-29", "2025-02-27", "1"),  # from a leap day to the eve of the last day of February
        ("2024-02-29", "2025-02-28", "1.5"),
        ("2025-08-31", "2026-02-27", "1"),  # six months end where there is no 31st
        ("2025-08-31", "2026-02-26", "0.5"),
        ("2026-01-01", "2026-01-01", "0.5"),  # one day
        ("2026-01-02", "2026-01-01", "0"),
    ],
)
def test_half_years_of_service_at_their_borders(first: str, last: str, years: str) -> None:
    assert service_years(date.fromisoformat(first), date.fromisoformat(last)) == Decimal(years)


@given(DAYS, st.integers(0, 9000), st.integers(0, 400))
def test_service_never_shrinks_and_grows_by_halves(first: date, length: int, more: int) -> None:
    one = service_years(first, first + timedelta(days=length))
    other = service_years(first, first + timedelta(days=length + more))
    assert other >= one > 0
    assert (one * 2) % 1 == 0
    exact = Decimal(length + 1) / Decimal("365.2425")
    assert exact - Decimal("0.01") <= one <= exact + Decimal("0.51")


@given(DAYS, st.integers(0, 1500), st.lists(DAYS, max_size=3))
def test_calendar_months_cover_every_day_once_and_change_only_at_changes(
    first: date, length: int, changes: list[date]
) -> None:
    last = first + timedelta(days=length)
    parts = calendar_months(first, last, KNOWN, changes)
    assert parts[0].first == first
    assert parts[-1].last == last
    assert all(one.last + DAY == other.first for one, other in pairwise(parts))
    for part in parts:
        assert (part.first.year, part.first.month) == (part.last.year, part.last.month)
        assert not any(part.first < day <= part.last for day in changes)
    for month in {(part.first.year, part.first.month) for part in parts[1:-1]}:
        inside = [part.share for part in parts if (part.first.year, part.first.month) == month]
        assert sum(inside) == pytest.approx(Decimal(1)) or month in (
            (first.year, first.month),
            (last.year, last.month),
        )


def test_a_change_on_the_last_day_cuts_it_off() -> None:
    first, last = date(2026, 3, 1), date(2026, 3, 31)
    assert [part.first for part in calendar_months(first, last, KNOWN, [last])] == [first, last]
    assert [part.first for part in calendar_months(first, last, KNOWN, [first])] == [first]


@given(DAYS, st.integers(0, 800))
def test_months_of_service_cover_every_day_once(anchor: date, length: int) -> None:
    last = anchor + timedelta(days=length)
    parts = service_months(anchor, anchor, last, KNOWN)
    assert parts[0].first == anchor
    assert parts[-1].last == last
    assert all(one.last + DAY == other.first for one, other in pairwise(parts))
    assert all(part.whole for part in parts[:-1])


def test_working_days_come_from_the_notices() -> None:
    holidays = frozenset({date(2026, 10, 1), date(2026, 10, 2)})
    days = WorkingDays([CalendarYear(2026, "n", holidays, frozenset({date(2026, 10, 10)}))])
    assert count_working_days(date(2026, 10, 1), date(2026, 10, 11), days) == 6
    with pytest.raises(CalendarMissing):
        count_working_days(date(2026, 12, 31), date(2027, 1, 1), days)


def test_months_are_added_and_taken_away_by_the_calendar() -> None:
    assert add_months(date(2025, 1, 31), 1) == date(2025, 2, 28)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 15), -13) == date(2024, 12, 15)
    with pytest.raises(OverflowError):
        add_months(date(1, 1, 1), -1)
