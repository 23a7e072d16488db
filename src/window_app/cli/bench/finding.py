"""The measure of finding as one types."""

from itertools import islice
from time import perf_counter

from window_app.cli.bench.desks import MANY, Halls
from window_app.cli.bench.measures import Measure, milliseconds, percentile
from window_app.services.desk import Desk
from window_app.storage.yardstick import sought

FEW = 10_000
ASKED = 300
SHOWN = 50
WARM_UP_SEED = 3


def search(halls: Halls) -> Measure:
    """Measure the finder over a million people against itself over ten thousand, turn by turn."""
    small, large = halls.of(FEW)[0], halls.of(MANY)[0]
    # A counter searches all day; what its first searches bring into memory is not measured.
    for text in islice(sought(seed=WARM_UP_SEED), ASKED):
        _time(small, text)
        _time(large, text)
    ours, floor = [], []
    for text in islice(sought(), ASKED):
        floor.append(_time(small, text))
        ours.append(_time(large, text))
    value, few = milliseconds(percentile(ours)), milliseconds(percentile(floor))
    return Measure("ms", value, few, 3.0, ceiling=20.0, detail={"people": MANY})


def _time(desk: Desk, text: str) -> float:
    start = perf_counter()
    desk.search.find(text, SHOWN)
    return perf_counter() - start
