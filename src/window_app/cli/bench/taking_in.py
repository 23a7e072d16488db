"""Measures of receiving: into the store, and to the finished paper."""

from dataclasses import dataclass
from time import perf_counter

from window_app import paths
from window_app.cli.bench.desks import Halls, practice_desk, visits
from window_app.cli.bench.measures import Measure, milliseconds, percentile
from window_app.cli.bench.stated import Stated
from window_app.documents.yardstick import BarePage
from window_app.storage.yardstick import BareStore

# The search index is fed every 64 cases, so the warm-up takes in as many, and the count is a multiple.
WARM_UP = 64
RECEIVED = 256
PRINTED = 60


def receive(halls: Halls) -> Measure:
    """Measure taking matters into the store against single-row commits of the same database, turn by turn.

    What is taken in is what the services state for visits of every kind, with what they keep of
    papers. Putting a visit to the tables and drawing up its papers are the measures `triage` and
    `receive_pdf`; what the clerk waits for with both is told as `service_median_ms`. The same
    content written as one single row is told as `same_bytes_ratio`.
    """
    del halls
    with practice_desk() as (stating, _), practice_desk() as (desk, folder):
        bare = BareStore(folder)
        times = _Times([], [], [], [])
        for at, draft in enumerate(visits(desk, WARM_UP + RECEIVED)):
            start = perf_counter()
            stating.receiving.receive(draft)
            whole = perf_counter() - start
            visit = Stated.of(stating, draft)
            if at == WARM_UP:
                times = _Times([], [], [], [])
            times.whole.append(whole)
            times.floor.append(bare.commit_one())
            times.ours.append(visit.taken_into(desk))
            times.same_bytes.append(bare.commit_one(visit.bytes_kept(desk)))
        bare.close()
    return Measure(
        "1/s",
        len(times.ours) / sum(times.ours),
        len(times.floor) / sum(times.floor),
        0.5,
        at_least=True,
        detail={
            "median_ms": round(milliseconds(percentile(times.ours, 0.5)), 3),
            "floor_median_ms": round(milliseconds(percentile(times.floor, 0.5)), 3),
            "same_bytes_ratio": round(sum(times.same_bytes) / sum(times.ours), 4),
            "service_median_ms": round(milliseconds(percentile(times.whole, 0.5)), 3),
        },
    )


@dataclass(frozen=True, slots=True)
class _Times:
    ours: list[float]
    floor: list[float]
    same_bytes: list[float]
    whole: list[float]


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
