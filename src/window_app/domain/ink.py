"""A signature drawn on the screen: strokes as vectors with time, and the smooth line that shows them.

The pad and the paper draw the same curves, so what was signed looks alike on both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, isfinite
from typing import Any

Point = tuple[float, float, int]
"""Across and down, both 0 to 1 of the pad, and milliseconds since the first touch."""
Stroke = tuple[Point, ...]
Place = tuple[float, float]

ASPECT = 3.0
"""How many times wider than high the pad is; a drawing keeps it."""
MOST_STROKES = 400
MOST_POINTS = 20_000
LEAST_LENGTH = 0.5
"""How long a line must be, in heights of the pad, to be a signature and no slip of the hand."""
_DECIMALS = 4

EMPTY = "ink.empty"
TOO_MUCH = "ink.too_much"
OUTSIDE = "ink.outside"
UNORDERED = "ink.unordered"
UNREADABLE = "ink.unreadable"


@dataclass(frozen=True, slots=True)
class Curve:
    """One stroke as a smooth line.

    Attributes:
        start: where it begins.
        parts: cubic curves in order, each with two control points and its end; none for a dot.
    """

    start: Place
    parts: tuple[tuple[Place, Place, Place], ...]


def ink_fault(strokes: Sequence[Stroke]) -> str:
    """Return the code of what is wrong with a drawing, "" for one that can stand as a signature."""
    points = [point for stroke in strokes for point in stroke]
    if len(strokes) > MOST_STROKES or len(points) > MOST_POINTS:
        return TOO_MUCH
    if not all(_inside(across) and _inside(down) for across, down, _ in points):
        return OUTSIDE
    if any(later[2] < earlier[2] for earlier, later in pairwise(points)) or any(point[2] < 0 for point in points):
        return UNORDERED
    return EMPTY if ink_length(strokes) < LEAST_LENGTH else ""


def ink_length(strokes: Sequence[Stroke]) -> float:
    """Return how long the drawn lines are together, in heights of the pad."""
    return sum(
        hypot((end[0] - start[0]) * ASPECT, end[1] - start[1]) for stroke in strokes for start, end in pairwise(stroke)
    )


def curves(strokes: Sequence[Stroke]) -> tuple[Curve, ...]:
    """Return the smooth line of each stroke: it goes through the middle between each two points."""
    return tuple(_curve([(across, down) for across, down, _ in stroke]) for stroke in strokes if stroke)


def until(strokes: Sequence[Stroke], elapsed: int) -> tuple[Stroke, ...]:
    """Return what had been drawn so many milliseconds after the first touch."""
    begun = (tuple(point for point in stroke if point[2] <= elapsed) for stroke in strokes)
    return tuple(stroke for stroke in begun if stroke)


def duration(strokes: Sequence[Stroke]) -> int:
    """Return how long the drawing took, in milliseconds."""
    return max((stroke[-1][2] for stroke in strokes if stroke), default=0)


def to_json(strokes: Sequence[Stroke]) -> list[list[list[float]]]:
    """Return a drawing as JSON."""
    return [
        [[round(across, _DECIMALS), round(down, _DECIMALS), moment] for across, down, moment in stroke]
        for stroke in strokes
    ]


def from_json(value: Any) -> tuple[Stroke, ...]:  # noqa: ANN401 - JSON of any shape
    """Return the drawing that stands in JSON.

    Raises:
        ValueError: `ink.unreadable` where it is none.
    """
    try:
        return tuple(
            tuple((float(across), float(down), int(moment)) for across, down, moment in stroke) for stroke in value
        )
    except (TypeError, ValueError, OverflowError):
        raise ValueError(UNREADABLE) from None


def _inside(part: float) -> bool:
    return isfinite(part) and 0 <= part <= 1


def _curve(places: Sequence[Place]) -> Curve:
    if len(places) < 2:
        return Curve(places[0], ())
    ends = [*(_middle(one, two) for one, two in pairwise(places[1:])), places[-1]]
    parts = []
    at = places[0]
    for bend, end in zip(places[1:], ends, strict=True):
        parts.append((_toward(at, bend), _toward(end, bend), end))
        at = end
    return Curve(places[0], tuple(parts))


def _middle(one: Place, two: Place) -> Place:
    return (one[0] + two[0]) / 2, (one[1] + two[1]) / 2


def _toward(place: Place, bend: Place) -> Place:
    """Return the control point of a cubic curve that is the quadratic one with this bend."""
    return place[0] + (bend[0] - place[0]) * 2 / 3, place[1] + (bend[1] - place[1]) * 2 / 3
