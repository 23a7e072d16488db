"""The measure of looking an employer up as one types."""

from itertools import islice
from time import perf_counter

from window_app.cli.bench.desks import MANY, Halls, practice_desk, store_of
from window_app.cli.bench.finding import ASKED, FEW, WARM_UP_SEED
from window_app.cli.bench.measures import Measure, milliseconds, percentile
from window_app.services.desk import Desk
from window_app.storage.employer_yardstick import employers_sought, fill_with_employers

SHOWN = 20


def employers(halls: Halls) -> Measure:
    """Measure the directory of a million employers against itself of ten thousand, turn by turn."""
    del halls
    with practice_desk() as (small, _), practice_desk() as (large, _):
        began = perf_counter()
        fill_with_employers(store_of(large).employers(), MANY)
        took = perf_counter() - began
        fill_with_employers(store_of(small).employers(), FEW)
        # A counter looks up employers all day; what its first searches bring into memory is not measured.
        for text in islice(employers_sought(seed=WARM_UP_SEED), ASKED):
            _time(small, text)
            _time(large, text)
        ours, floor = [], []
        for text in islice(employers_sought(), ASKED):
            floor.append(_time(small, text))
            ours.append(_time(large, text))
    value, few = milliseconds(percentile(ours)), milliseconds(percentile(floor))
    detail = {"employers": MANY, "filled_in_s": round(took, 1), "longest_ms": round(milliseconds(max(ours)), 3)}
    return Measure("ms", value, few, 3.0, ceiling=20.0, detail=detail)


def _time(desk: Desk, text: str) -> float:
    start = perf_counter()
    desk.employers.find(text, SHOWN)
    return perf_counter() - start
