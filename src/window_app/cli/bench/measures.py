"""A measure, its floor and its gate."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured.

    Attributes:
        gate: of the ratio; of the value where there is no floor.
        at_least: the gate is a lower bound.
        ceiling: a bound of the value besides the gate.
        also_met: whether further bounds, told in `detail`, are kept.
        detail: further figures, for whoever looks for the cause.
    """

    unit: str
    value: float
    floor: float | None
    gate: float
    at_least: bool = False
    ceiling: float | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    also_met: bool = True

    @property
    def ratio(self) -> float | None:
        """Return value by floor; None without a floor."""
        return None if self.floor is None else self.value / self.floor

    @property
    def met(self) -> bool:
        """Return whether gate and ceiling are kept."""
        judged = self.value if self.ratio is None else self.ratio
        inside = judged >= self.gate if self.at_least else judged <= self.gate
        return inside and self.also_met and (self.ceiling is None or self.value <= self.ceiling)

    def report(self, name: str) -> dict[str, Any]:
        """Return the measure as JSON."""
        return {
            "name": name,
            "unit": self.unit,
            "value": round(self.value, 4),
            "floor": None if self.floor is None else round(self.floor, 4),
            "ratio": None if self.ratio is None else round(self.ratio, 4),
            "gate": self.gate,
            "bound": "at_least" if self.at_least else "at_most",
            **({} if self.ceiling is None else {"ceiling": self.ceiling}),
            "met": self.met,
            **({} if not self.detail else {"detail": self.detail}),
        }


def percentile(seconds: Sequence[float], share: float = 0.95) -> float:
    """Return the value under which a share of the values lies.

    >>> percentile([1.0, 2.0, 3.0, 4.0], 0.5)
    2.0
    """
    ordered = sorted(seconds)
    return ordered[max(0, round(share * len(ordered)) - 1)]


def milliseconds(seconds: float) -> float:
    """Return seconds in milliseconds."""
    return seconds * 1000
