"""The only source of the present moment and of the legal date."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

# China has kept one time zone without daylight saving since 1991-09-15, so a fixed offset is exact
# for every date this program computes and needs no time-zone database on the machine.
CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


class Clock(Protocol):
    """Tells the instant, and the legal date that belongs to it."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...

    def today(self) -> date:
        """Return the legal date in China at the present instant."""
        ...


def legal_date(instant: datetime) -> date:
    """Return the date in China at an aware instant."""
    return instant.astimezone(CHINA).date()


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the legal date in China at the present instant."""
        return legal_date(self.now())


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still, for tests and for practice on a chosen day."""

    instant: datetime

    def now(self) -> datetime:
        """Return the fixed instant."""
        return self.instant

    def today(self) -> date:
        """Return the legal date in China at the fixed instant."""
        return legal_date(self.instant)
