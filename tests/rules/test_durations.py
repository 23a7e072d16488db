"""Years, months and days are counted by the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_app.rules.durations import Duration, add, add_months, shifted

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
MONTHS = st.integers(1, 60)


@given(start=DAYS, end=DAYS, months=MONTHS)
def test_a_period_is_within_months_exactly_when_its_end_is_not_after_the_same_day(start: date, end: date, months: int):
    if end < start:
        start, end = end, start
    limit = Duration(months, 0)
    assert (Duration.between(start, end) <= limit) is (end <= add_months(start, months))
    assert (Duration.between(start, end) < limit) is (end < add_months(start, months))


@given(start=DAYS, end=DAYS, days=st.integers(0, 800))
def test_a_period_is_within_days_exactly_when_so_many_have_passed(start: date, end: date, days: int):
    assert (Duration.between(start, end) <= Duration(0, days)) is ((end - start).days <= days)


@given(start=DAYS, end=DAYS, months=MONTHS, days=st.integers(1, 27))
def test_months_and_days_are_added_one_after_the_other(start: date, end: date, months: int, days: int):
    limit = add_months(start, months) + timedelta(days=days)
    if end >= start:
        assert (Duration.between(start, end) <= Duration(months, days)) is (end <= limit)


@given(start=DAYS, end=DAYS)
def test_swapping_the_ends_changes_the_sign(start: date, end: date):
    assert Duration.between(start, end).compare(Duration.between(end, start)) == 2 * (end - start).days


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_period_is_read_back_as_it_is_written(months: int, days: int):
    assert Duration.parse(str(Duration(months, days))).compare(Duration(months, days)) == 0


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(1, 1, 1), -1, date.min),
        (date(9999, 12, 1), 1, date.max),
    ],
)
def test_a_month_without_the_day_ends_on_its_last_day(start: date, months: int, expected: date):
    assert add_months(start, months) == expected


@pytest.mark.parametrize("text", ["", "P", "1Y", "P1", "PY", "P-1Y", "P1Y ", "P1H", "P1D2M"])
def test_other_texts_are_no_periods(text: str):
    with pytest.raises(ValueError, match=text.strip() or ".*"):
        Duration.parse(text)


@pytest.mark.parametrize(("text", "length"), [("P1Y2M3D", 14 * 146097 / 4800 + 3), ("P2W", 14.0), ("P0D", 0.0)])
def test_a_period_without_dates_has_the_length_of_mean_months(text: str, length: float):
    assert Duration.parse(text).length == pytest.approx(length)


def test_periods_stated_in_days_are_compared_with_months_by_the_mean_month():
    assert Duration.parse("P60D") < Duration.parse("P2M")
    assert Duration.parse("P61D") > Duration.parse("P2M")
    assert Duration.parse("P400D") > Duration.parse("P1Y")
    assert str(Duration.between(date(2026, 3, 1), date(2025, 1, 15))) == "-P1Y1M14D"


def test_days_are_held_at_the_ends_of_the_calendar():
    assert shifted(date.min, -1) == date.min
    assert shifted(date.max, 1) == date.max
    assert add(date.max, Duration(0, 5)) == date.max
    assert add(date(2026, 1, 31), Duration(1, 1)) == date(2026, 3, 1)
