"""Measures of receiving: into the store, and to the finished paper."""

from time import perf_counter

from window_app import paths
from window_app.cli.bench.desks import Halls, practice_desk, visits
from window_app.cli.bench.measures import Measure, milliseconds, percentile
from window_app.documents.yardstick import BarePage
from window_app.storage.yardstick import BareStore

# The search index is fed every 64 cases, so the warm-up takes in as many, and the count is a multiple.
WARM_UP = 64
RECEIVED = 256
PRINTED = 60


def receive(halls: Halls) -> Measure:
    """Measure taking matters in against single-row commits of the same database, turn by turn."""
    del halls
    with practice_desk() as (desk, folder):
        bare = BareStore(folder)
        drafts = visits(desk, WARM_UP + RECEIVED)
        for draft in drafts[:WARM_UP]:
            desk.receiving.receive(draft)
            bare.commit_one()
        ours, floor = [], []
        for draft in drafts[WARM_UP:]:
            floor.append(bare.commit_one())
            start = perf_counter()
            desk.receiving.receive(draft)
            ours.append(perf_counter() - start)
        bare.close()
    detail = {
        "median_ms": round(milliseconds(percentile(ours, 0.5)), 3),
        "floor_median_ms": round(milliseconds(percentile(floor, 0.5)), 3),
    }
    return Measure("1/s", len(ours) / sum(ours), len(floor) / sum(floor), 0.5, at_least=True, detail=detail)


def receive_pdf(halls: Halls) -> Measure:
    """Measure receiving to the finished, stored PDF of the receipt against a bare page, turn by turn."""
    del halls
    with practice_desk() as (desk, _):
        page = BarePage(paths.resources_dir() / "fonts")
        ours, floor = [], []
        for at, draft in enumerate(visits(desk, 8 + PRINTED)):
            start = perf_counter()
            received = desk.receiving.receive(draft)
            desk.papers.pdf(received.cases[0].paper_ids[0])
            middle = perf_counter()
            page.draw(desk.papers.get(received.cases[0].paper_ids[0]).record)
            if at >= 8:
                ours.append(middle - start)
                floor.append(perf_counter() - middle)
    value, bare = milliseconds(percentile(ours)), milliseconds(percentile(floor))
    return Measure("ms", value, bare, 2.0, ceiling=100.0)
