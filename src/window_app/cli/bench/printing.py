"""Measures of papers: the first after a start, twenty in a row, a thousand sheets to sign, the size of a page."""

from dataclasses import replace
from time import perf_counter

from window_app import paths
from window_app.app import load_set, paper_samples
from window_app.cli.bench.desks import Halls
from window_app.cli.bench.measures import Measure, milliseconds
from window_app.clock import SystemClock
from window_app.documents.maker import ReportlabPaperMaker
from window_app.services.paper_samples import PaperSamples

TWENTY = 20
SHEETS = 1000
KINDS = ("receipt", "notice_once", "risk_notice", "arbitration_form", "material_list")


def first_paper(halls: Halls) -> Measure:
    """Measure the first paper after a start whose fonts were loaded after the first paint."""
    del halls
    record = _samples().record("receipt")
    maker = ReportlabPaperMaker(paths.resources_dir() / "fonts")
    start = perf_counter()
    maker.warm_up()
    loaded = perf_counter()
    made = maker.render(record, preview=True)
    taken = perf_counter() - loaded
    detail = {"fonts_ms": round(milliseconds(loaded - start), 1), "bytes": len(made)}
    return Measure("ms", milliseconds(taken), None, 150.0, detail=detail)


def twenty_papers(halls: Halls) -> Measure:
    """Measure twenty papers of five kinds, one after the other."""
    del halls
    samples, maker = _samples(), _maker()
    records = [samples.record(KINDS[at % len(KINDS)]) for at in range(TWENTY)]
    start = perf_counter()
    for record in records:
        maker.render(record, preview=True)
    return Measure("ms", milliseconds(perf_counter() - start), None, 1000.0)


def election_sheets(halls: Halls) -> Measure:
    """Measure a thousand sheets for the election of representatives, each of its own people."""
    del halls
    maker, record = _maker(), _samples().record("representatives_election")
    start = perf_counter()
    for at in range(SHEETS):
        maker.render(replace(record, number=f"{record.number[:-3]}{at:03d}"), preview=True)
    return Measure("s", perf_counter() - start, None, 30.0)


def page_size(halls: Halls) -> Measure:
    """Measure the size of one page: the median of the papers there are; the largest is told."""
    del halls
    samples, maker = _samples(), _maker()
    sizes = {}
    for kind, _ in samples.kinds():
        pdf = maker.render(samples.record(kind), preview=True)
        sizes[kind] = len(pdf) / 1000 / max(1, pdf.count(b"/Type /Page\n"))
    ordered = sorted(sizes.values())
    largest = max(sizes, key=lambda kind: sizes[kind])
    detail = {"largest": largest, "largest_kb": round(sizes[largest], 1), "above": sum(s > 60 for s in ordered)}
    return Measure("kB", ordered[len(ordered) // 2], None, 60.0, detail=detail)


def _samples() -> PaperSamples:
    return paper_samples(load_set(), SystemClock())


def _maker() -> ReportlabPaperMaker:
    maker = ReportlabPaperMaker(paths.resources_dir() / "fonts")
    maker.warm_up()
    return maker
