"""Long runs of paper: a sheet for each person of a list, made and sent in parts, with progress and an end at any sheet.

A run needs the store once, to read what it is made of; the rest is for a free worker and holds nothing up.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid5

from window_app.domain.papers import PaperRecord
from window_app.domain.ports import PaperMaker, Printer
from window_app.errors import WindowAppError
from window_app.services.issuing import Issuing
from window_app.services.papers import Papers

SHEETS_A_JOB = 50
PEOPLE = "people"
KINDS = frozenset({"representatives_election"})
"""Papers with a table of people who each sign; every person can have a sheet of his own."""


@dataclass(slots=True)
class RunProgress:
    """How far a run is; written by the run, read by whoever shows it. `cancelled` is set from outside."""

    total: int = 0
    made: int = 0
    sent: int = 0
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class SheetRun:
    """Sheets that are still to be made: one for each row of the people of a paper."""

    record: PaperRecord
    rows: int

    def __len__(self) -> int:
        return self.rows


@dataclass(frozen=True, slots=True)
class RunReport:
    """What came of a run. `failure` is why the printer took no more; what was sent before is on its way."""

    made: int
    sent: int
    jobs: tuple[str, ...] = ()
    cancelled: bool = False
    failure: WindowAppError | None = field(default=None)


class PaperRuns:
    """Makes and sends many sheets of one paper."""

    def __init__(
        self,
        papers: Papers,
        issuing: Issuing,
        maker: PaperMaker,
        seal: Callable[[PaperRecord], PaperRecord],
        bind: Callable[[Sequence[bytes]], bytes],
        printer_for: Callable[[str], Printer],
    ) -> None:
        """Keep the tools; `seal` signs a paper's record, `bind` makes one PDF of several."""
        self._papers = papers
        self._issuing = issuing
        self._maker = maker
        self._seal = seal
        self._bind = bind
        self._printer_for = printer_for

    def sheets(self, paper_id: UUID) -> SheetRun:
        """Return the run of a paper that every person of its list signs on a sheet of his own.

        Raises:
            NoSuchPaper, PaperForbidden.
            WindowAppError: `papers.no_sheets` where the paper is no such one.
        """
        record = self._papers.get(paper_id).record
        self._issuing.check(record)
        rows = len(_people(record))
        if record.kind not in KINDS or not rows:
            raise WindowAppError("papers.no_sheets")
        return SheetRun(record, rows)

    def print(self, run: SheetRun, progress: RunProgress | None = None) -> RunReport:
        """Make the sheets and send them in jobs of some; ends at the first job that the printer does not take."""
        progress = progress if progress is not None else RunProgress()
        printer = self._printer_for(run.record.kind)
        jobs: list[str] = []
        for part in self._parts(run, progress):
            try:
                jobs.append(
                    printer.print_pdf(self._bind(part), f"{run.record.number}-{run.record.kind}-{len(jobs) + 1}")
                )
            except WindowAppError as error:
                return RunReport(progress.made, progress.sent, tuple(jobs), progress.cancelled, error)
            progress.sent += len(part)
        return RunReport(progress.made, progress.sent, tuple(jobs), progress.cancelled)

    def pdf(self, run: SheetRun, progress: RunProgress | None = None) -> bytes:
        """Return all sheets as one PDF, to be saved.

        Raises:
            WindowAppError: `papers.run_cancelled`; half a list is of no use as a file.
        """
        progress = progress if progress is not None else RunProgress()
        parts = [self._bind(part) for part in self._parts(run, progress)]
        if progress.cancelled:
            raise WindowAppError("papers.run_cancelled", made=progress.made)
        return self._bind(parts)

    def _parts(self, run: SheetRun, progress: RunProgress) -> Iterator[list[bytes]]:
        progress.total = run.rows
        part: list[bytes] = []
        for at in range(run.rows):
            if progress.cancelled:
                return
            part.append(self._maker.render(self._sheet(run.record, at)))
            progress.made += 1
            if len(part) == SHEETS_A_JOB:
                yield part
                part = []
        if part and not progress.cancelled:
            yield part

    def _sheet(self, record: PaperRecord, at: int) -> PaperRecord:
        """Return the paper with the row of one person alone, signed as a paper of its own."""
        blocks = [
            {**block, "rows": [block["rows"][at]]} if block.get("id") == PEOPLE else block
            for block in record.content["blocks"]
        ]
        content: dict[str, Any] = {**record.content, "blocks": blocks}
        values = content.get("values")
        if isinstance(values, Mapping) and PEOPLE in values:
            content["values"] = {**values, PEOPLE: [values[PEOPLE][at]]}
        return self._seal(replace(record, paper_id=uuid5(record.paper_id, str(at)), content=content))


def _people(record: PaperRecord) -> Sequence[object]:
    blocks = record.content.get("blocks", ())
    return next((block.get("rows", ()) for block in blocks if block.get("id") == PEOPLE), ())
