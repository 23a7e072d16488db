"""Measures of papers: the first after a start, twenty in a row, a thousand sheets to sign, the size of a page."""

from dataclasses import replace
from time import perf_counter, process_time

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
    """Measure a thousand sheets for the election of representatives, one for each person, as the card prints them."""
    from window_app.services.paper_runs import SheetRun

    desk, _ = halls.of(0)
    record = _samples().record("representatives_election")
    rows = [[str(at + 1), f"推选人{at + 1}", "", "", ""] for at in range(SHEETS)]
    blocks = [{**one, "rows": rows} if one.get("id") == "people" else one for one in record.content["blocks"]]
    content = {name: value for name, value in record.content.items() if name != "values"}
    start, worked = perf_counter(), process_time()
    report = desk.paper_runs.print(SheetRun(replace(record, content={**content, "blocks": blocks}), SHEETS))
    taken = perf_counter() - start
    detail = {"sent": report.sent, "jobs": len(report.jobs), "processor_s": round(process_time() - worked, 1)}
    return Measure("s", taken, None, 30.0, detail=detail)


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
