"""The closing sheet of a day: what was taken in, which papers left, what is still open."""

import secrets
from collections import Counter as Counts
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from window_app.clock import CHINA, Clock
from window_app.domain.cases import CaseStatus
from window_app.domain.ids import new_id
from window_app.domain.outage import FormState
from window_app.domain.papers import PaperRecord, PaperState, StoredPaper
from window_app.domain.ports import CaseRow, PaperMaker, Records
from window_app.forms import DefinitionSet
from window_app.forms.wording import paper_content
from window_app.i18n import Catalogue
from window_app.services.issuing import Issuing
from window_app.services.outage import OutagePaper
from window_app.services.paper_values import Counter, Values, zh

PAPER = "day_end"
_WINDOW = 200


@dataclass(frozen=True, slots=True)
class ClosingSheet:
    """The sheet of a day with what it counts; it is made anew each time, since a day may go on."""

    number: str
    counts: Mapping[str, int]
    pdf: bytes


@dataclass(frozen=True, slots=True)
class DaySummary:
    """A day so far: `counts` as on its sheet, and how many cases of each matter stand in which state, by code."""

    day: date
    counts: Mapping[str, int]
    by_matter: tuple[tuple[str, str, int], ...]


class DayEnd:
    """Sums up the days of one counter."""

    def __init__(
        self,
        records: Records,
        counter: Counter,
        clock: Clock,
        definitions: DefinitionSet,
        maker: PaperMaker,
        seal: Callable[[PaperRecord], PaperRecord],
        issuing: Issuing,
        outage: OutagePaper,
    ) -> None:
        """Keep the tools; `seal` signs a paper's record."""
        self._records = records
        self._counter = counter
        self._clock = clock
        self._definitions = definitions
        self._maker = maker
        self._seal = seal
        self._issuing = issuing
        self._outage = outage
        self._texts = Catalogue("zh_CN")

    def summary(self, on: date | None = None) -> DaySummary:
        """Return what a day came to so far, today where none is named; nothing is made or signed."""
        day = on or self._clock.today()
        cases = list(self._cases(day))
        found = Counts((row.matter, row.state) for row in cases)
        by_matter = tuple((matter, state, count) for (matter, state), count in sorted(found.items()))
        return DaySummary(day, self._counts(cases, self._papers(day)), by_matter)

    def close(self, on: date | None = None) -> ClosingSheet:
        """Return the sheet of a day, today where none is named.

        Raises:
            PaperForbidden.
        """
        day = on or self._clock.today()
        now = self._clock.now()
        papers = self._papers(day)
        cases = list(self._cases(day))
        station = self._records.station()
        number = f"RJ-{day:%y%m%d}-{station.issue_code}"
        counts = self._counts(cases, papers)
        values: Values = {
            **self._counter.values(number, now),
            "closed_at": now,
            "issued_on": day,
            "cases": [self._case(row, papers) for row in cases],
            "open_papers": [self._paper(one) for one in papers if one.state is not PaperState.CONFIRMED],
            "counts": counts,
        }
        wording = self._definitions.wording[PAPER]
        kept = {name: value for name, value in values.items() if name in wording.values}
        record = PaperRecord(
            paper_id=new_id(now),
            kind=PAPER,
            number=number,
            case_id=None,
            visit_id=station.station_id,
            issued_at=now,
            content=paper_content(wording, kept, day),
            content_salt=secrets.token_hex(16),
            key_id="",
            signature="",
            practice=station.practice,
        )
        self._issuing.check(record)
        return ClosingSheet(number, counts, self._maker.render(self._seal(record)))

    def _cases(self, day: date) -> Iterable[CaseRow]:
        """Return what this counter took in on a day, in order; the list has the newest first."""
        found: list[CaseRow] = []
        offset = 0
        while rows := self._records.cases_at(offset, _WINDOW):
            found += [row for row in rows if row.own and row.received_on == day]
            if all(row.received_on < day for row in rows):
                break
            offset += len(rows)
        return reversed(found)

    def _papers(self, day: date) -> tuple[StoredPaper, ...]:
        begin = datetime.combine(day, time(), CHINA)
        return self._records.papers_issued(begin, begin + timedelta(days=1))

    def _counts(self, cases: list[CaseRow], papers: Iterable[StoredPaper]) -> dict[str, int]:
        states = Counts(one.state for one in papers)
        issued = sum(states.values())
        return {
            "cases": len(cases),
            "voided": sum(row.state == CaseStatus.VOIDED for row in cases),
            "papers": issued,
            "confirmed": states[PaperState.CONFIRMED],
            "open": issued - states[PaperState.CONFIRMED],
            "reprints": sum(one.reprints for one in papers),
            "forms": sum(one.state is FormState.OPEN for one in self._outage.forms()),
            "unsent": self._records.count_outbox(),
        }

    def _case(self, row: CaseRow, papers: Iterable[StoredPaper]) -> Values:
        matter = self._definitions.matters.get(row.matter)
        states = self._definitions.vocabulary.find("case_status")
        known = {} if states is None else states.values
        return {
            "number": row.number,
            "matter": row.matter if matter is None else zh(matter.title),
            "state": zh(known[row.state]) if row.state in known else row.state,
            "papers": str(sum(one.record.case_id == row.case_id for one in papers)),
        }

    def _paper(self, paper: StoredPaper) -> Values:
        return {
            "number": paper.record.number,
            "title": zh(paper.record.content.get("title", {})),
            "state": self._texts.text(f"day_end.paper.{paper.state}"),
        }
