"""Doubts about the clock before a number is given: a person must confirm it."""

from datetime import datetime, timedelta

from window_app.clock import CHINA
from window_app.domain.line import LineStatus
from window_app.domain.ports import UnitOfWork
from window_app.errors import WindowAppError


class ClockBehind(WindowAppError):
    """The clock stands before the last event; a person must confirm it before a number is given.

    Params: `now` and `last`, China time, to the minute.
    """

    code = "receiving.clock_behind"


class ClockOff(WindowAppError):
    """The clock stands far from the centre's; a person must confirm the date before a number is given.

    Params: `minutes` between the two, `now` and `centre`, China time, to the minute.
    """

    code = "receiving.clock_off"


def is_behind(work: UnitOfWork, now: datetime) -> ClockBehind | None:
    """Return the doubt about a clock that stands before the last event."""
    last = work.last_event_at()
    if last is None or now >= last:
        return None
    return ClockBehind(now=_minute(now), last=_minute(last))


def is_off(status: LineStatus, now: datetime) -> ClockOff | None:
    """Return the doubt about a clock that stands far from the centre's."""
    if status.offset_ms is None or not status.clock_off:
        return None
    apart = timedelta(milliseconds=status.offset_ms)
    minutes = round(abs(apart.total_seconds()) / 60)
    return ClockOff(minutes=minutes, now=_minute(now), centre=_minute(now + apart))


def _minute(instant: datetime) -> str:
    return instant.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
