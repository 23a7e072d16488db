"""Ink as vectors: what counts as a signature, and the line that pad and paper draw alike."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_app.domain import ink

LONG = ((0.1, 0.5, 0), (0.5, 0.2, 60), (0.9, 0.6, 120))
part = st.floats(0, 1, allow_nan=False)
drawings = st.lists(
    st.lists(st.tuples(part, part, st.integers(0, 10_000)), min_size=1, max_size=12).map(tuple), max_size=6
)


@pytest.mark.parametrize(
    ("strokes", "fault"),
    [
        ((LONG,), ""),
        ((), ink.EMPTY),
        ((((0.5, 0.5, 0),),), ink.EMPTY),
        ((((0.5, 0.5, 0), (0.51, 0.5, 9)),), ink.EMPTY),
        ((((0.1, 0.5, 0), (1.2, 0.5, 9)),), ink.OUTSIDE),
        ((((0.1, math.nan, 0), (0.9, 0.5, 9)),), ink.OUTSIDE),
        ((((0.1, 0.5, 9), (0.9, 0.5, 3)),), ink.UNORDERED),
        ((((0.1, 0.5, -1), (0.9, 0.5, 3)),), ink.UNORDERED),
        ((LONG,) * 401, ink.TOO_MUCH),
        ((tuple((at / 30_000, 0.5, at) for at in range(20_001)),), ink.TOO_MUCH),
    ],
)
def test_what_is_no_signature_is_named(strokes: tuple[ink.Stroke, ...], fault: str) -> None:
    assert ink.ink_fault(strokes) == fault


@given(drawings)
def test_a_drawing_comes_back_from_json_to_a_ten_thousandth(strokes: list[ink.Stroke]) -> None:
    back = ink.from_json(json.loads(json.dumps(ink.to_json(strokes))))
    assert [len(stroke) for stroke in back] == [len(stroke) for stroke in strokes]
    for mine, theirs in zip(strokes, back, strict=True):
        for one, two in zip(mine, theirs, strict=True):
            assert two[:2] == pytest.approx(one[:2], abs=1e-4)
            assert two[2] == one[2]


@given(drawings)
def test_a_curve_begins_and_ends_with_its_stroke_and_stays_in_the_pad(strokes: list[ink.Stroke]) -> None:
    for stroke, curve in zip(strokes, ink.curves(strokes), strict=True):
        assert curve.start == stroke[0][:2]
        assert (curve.parts[-1][2] if curve.parts else curve.start) == stroke[-1][:2]
        assert len(curve.parts) == len(stroke) - 1
        places = [place for piece in curve.parts for place in piece]
        assert all(-1e-9 <= across <= 1 + 1e-9 and -1e-9 <= down <= 1 + 1e-9 for across, down in places)


def test_until_a_moment_only_what_was_drawn_by_then_is_there() -> None:
    later = ((0.2, 0.2, 500), (0.4, 0.4, 600))
    assert ink.until((LONG, later), 60) == (LONG[:2],)
    assert ink.until((LONG, later), 600) == (LONG, later)
    assert ink.duration((LONG, later)) == 600


@pytest.mark.parametrize("value", [None, 7, "abc", [["x"]], [[[1, 2]]], [[[1, "x", 3]]]])
def test_json_that_is_no_drawing_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=ink.UNREADABLE):
        ink.from_json(value)
