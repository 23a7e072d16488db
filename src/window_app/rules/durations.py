"""Periods of time as the law counts them: whole years, months and days."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MEAN_MONTH = 146097 / 4800
"""Days of a month in the mean of the Gregorian calendar's 400 years."""

_ISO = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_LONGEST_SHORT_REST = 28


@dataclass(frozen=True, slots=True)
class Duration:
    """A period in months and days; `span` is its length in days where two dates made it.

    Order: a period between two dates is compared with years and months by the calendar (it is over
    `P1Y` when the last day lies after the first day's date of the next year) and with days by
    counting days. A period stated without dates is taken at the mean length of a month where months
    meet days.

    >>> Duration.between(date(2024, 2, 29), date(2025, 2, 28)) <= Duration.parse("P1Y")
    True
    >>> Duration.between(date(2025, 1, 31), date(2025, 3, 1)) < Duration.parse("P30D")
    True
    """

    months: int
    days: int
    span: int | None = None

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Read an ISO 8601 period of years, months, weeks and days.

        Raises:
            ValueError: for anything else.
        """
        match = _ISO.fullmatch(text)
        if match is None:
            raise ValueError(text)
        years, months, weeks, days = (int(part or 0) for part in match.groups())
        return cls(years * 12 + months, weeks * 7 + days)

    @classmethod
    def between(cls, start: date, end: date) -> "Duration":
        """Return the period from one date to another; negative where `end` lies before."""
        if end < start:
            back = cls.between(end, start)
            return cls(-back.months, -back.days, -(start - end).days)
        months = (end.year - start.year) * 12 + end.month - start.month
        if add_months(start, months) > end:
            months -= 1
        return cls(months, (end - add_months(start, months)).days, (end - start).days)

    def compare(self, other: "Duration") -> int:
        """Return a negative number, 0 or a positive number as this is shorter, equal or longer."""
        if self.span is not None and other.span is not None:
            return self.span - other.span
        if self._counts_days() or other._counts_days():
            return _sign(self.length - other.length)
        if self.months != other.months:
            return self.months - other.months
        return self.days - other.days

    @property
    def length(self) -> float:
        """Days, by the dates where they are known, else by the mean month."""
        return float(self.span) if self.span is not None else self.months * MEAN_MONTH + self.days

    def _counts_days(self) -> bool:
        return self.span is None and (self.months == 0 or self.days >= _LONGEST_SHORT_REST)

    def __lt__(self, other: "Duration") -> bool:
        return self.compare(other) < 0

    def __le__(self, other: "Duration") -> bool:
        return self.compare(other) <= 0

    def __gt__(self, other: "Duration") -> bool:
        return self.compare(other) > 0

    def __ge__(self, other: "Duration") -> bool:
        return self.compare(other) >= 0

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        parts = [f"{years}Y" if years else "", f"{months}M" if months else ""]
        parts.append(f"{abs(self.days)}D" if self.days or not self.months else "")
        return ("-" if self.months < 0 or self.days < 0 else "") + "P" + "".join(parts)


def add_months(start: date, months: int) -> date:
    """Return the same day of a later (or earlier) month, its last day where it has no such day.

    Years outside the calendar of `date` are held at its ends.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def add(start: date, duration: Duration, sign: int = 1) -> date:
    """Return the date a period after (or, with sign -1, before) a date."""
    moved = add_months(start, sign * duration.months)
    days = moved.toordinal() + sign * duration.days
    return date.fromordinal(min(max(days, 1), date.max.toordinal()))


def shifted(start: date, days: int) -> date:
    """Return the date some days off, held at the ends of the calendar."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)
