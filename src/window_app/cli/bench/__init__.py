"""Speed as ratios to floors that are measured in the same run, on the same machine, under the same load."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from window_app.cli.bench import (
    asking,
    employers,
    finding,
    forms,
    interface,
    judging,
    meeting,
    printing,
    taking_in,
    travelling,
)
from window_app.cli.bench.desks import Halls
from window_app.cli.bench.measures import Measure
from window_app.cli.bench.sheet_rows import sheet_rows
from window_app.cli.speech import Misunderstood

MEASURES: Mapping[str, Callable[[Halls], Measure]] = {
    "receive": taking_in.receive,
    "receive_pdf": taking_in.receive_pdf,
    "first_paper": printing.first_paper,
    "twenty_papers": printing.twenty_papers,
    "election_sheets": printing.election_sheets,
    "page_size": printing.page_size,
    "push": travelling.push,
    "pull": travelling.pull,
    "push_one": travelling.push_one,
    "pull_empty": travelling.pull_empty,
    "converge": meeting.converge,
    "search": finding.search,
    "employers": employers.employers,
    "list": interface.cases_list,
    "start": interface.start,
    "form_open": forms.form_open,
    "keystroke": forms.keystroke,
    "sheet_rows": sheet_rows,
    "triage": judging.triage,
    "load_set": asking.load_set,
    "next_question": asking.next_question,
}


def measure(names: Sequence[str]) -> list[dict[str, Any]]:
    """Return the measures named, all of them where none is, each with floor, ratio and gate.

    Raises:
        Misunderstood: there is no measure of a name.
    """
    for name in names:
        if name not in MEASURES:
            raise Misunderstood("cli.bench_unknown", name=name, known=", ".join(MEASURES))
    with Halls() as halls:
        return [MEASURES[name](halls).report(name) for name in names or MEASURES]
