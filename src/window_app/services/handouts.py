"""What is handed out beside single papers: an application to be signed, a holder's set, the closing sheet of a day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from uuid import UUID

from window_app.domain.papers import PaperRecord, PaperState, StoredPaper
from window_app.domain.ports import Printer, Records
from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.forms.wording import HOLDERS
from window_app.services.case_files import CaseFile, CaseFiles
from window_app.services.case_papers import CasePapers, NotIssued
from window_app.services.case_values import APPLICATIONS
from window_app.services.day_end import PAPER as CLOSING
from window_app.services.day_end import DayEnd
from window_app.services.papers import SILENT, Papers

SET = "set"
ANOTHER = "another"
"""The reason on record where a set is handed out after a paper in it was."""
_OUT = (PaperState.PRINTED, PaperState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Handout:
    """Pages that leave the counter together.

    Attributes:
        name: of its print job and of its file; it names nobody.
        before: the papers on record in it, with the state each had.
    """

    kind: str
    name: str
    pdf: bytes
    before: Mapping[UUID, PaperState] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class SetOffer:
    """What a holder gets of the papers of a case: `kinds` in order, each as often as the holder gets a copy."""

    number: str
    holder: str
    kinds: tuple[str, ...]


class Handouts:
    """Makes what is handed out and takes it to the printer; what is on record in it is noted as sent before it is."""

    def __init__(
        self,
        records: Records,
        case_papers: CasePapers,
        day_end: DayEnd,
        papers: Papers,
        printer_for: Callable[[str], Printer],
        bind: Callable[[Sequence[bytes]], bytes],
    ) -> None:
        """Keep the tools; `bind` makes one PDF of several."""
        self._records = records
        self._case_papers = case_papers
        self._day_end = day_end
        self._papers = papers
        self._printer_for = printer_for
        self._bind = bind
        self._files = CaseFiles(records)

    def application(self, draft: VisitDraft, key: str) -> Handout:
        """Return the application of a matter that is not taken in yet, filled in, with its copies.

        Raises:
            NotIssued: no application belongs to its route.
        """
        kind, pdf = self._case_papers.application(draft, key)
        return Handout(kind, f"{draft.visit_id.hex[-8:]}-{kind}", pdf)

    def applications_of(self, numbers: Sequence[str]) -> tuple[PaperRecord, ...]:
        """Return the applications of cases, put on record where they are not yet.

        Raises:
            NoSuchCase, NotIssued, PaperForbidden.
        """
        found = []
        for file in (self._files.get(number) for number in numbers):
            kind = APPLICATIONS.get(file.state.route)
            known = [one.record for one in self._records.papers(case_id=file.case_id) if one.record.kind == kind]
            if kind is not None:
                found.append(known[-1] if known else self._case_papers.issue(file.row.number, kind))
        if not found:
            raise NotIssued("case_papers.no_application")
        return tuple(found)

    def sets(self, numbers: Sequence[str]) -> tuple[SetOffer, ...]:
        """Return the sets in which the papers of cases are handed out, case by case.

        Raises:
            NoSuchCase.
        """
        found = []
        for file in (self._files.get(number) for number in numbers):
            for holder in HOLDERS:
                kinds = tuple(paper.record.kind for paper, count in self._of(file, holder) for _ in range(count))
                if kinds:
                    found.append(SetOffer(file.row.number, holder, kinds))
        return tuple(found)

    def look(self, number: str, holder: str) -> bytes:
        """Return a holder's set, to be looked at.

        Raises:
            NoSuchCase, NotIssued.
        """
        return self._case_papers.bundle(number, holder)

    def of_holder(self, number: str, holder: str) -> Handout:
        """Return a holder's set to be handed out; what was handed over already is in it as a marked, counted reprint.

        Raises:
            NoSuchCase, NotIssued, PaperForbidden.
        """
        file = self._files.get(number)
        pages: list[bytes] = []
        before: dict[UUID, PaperState] = {}
        for paper, count in self._of(file, holder):
            paper_id = paper.record.paper_id
            again = paper.state is PaperState.CONFIRMED
            pages += [self._papers.reprint(paper_id, "another") if again else self._papers.pdf(paper_id)] * count
            before[paper_id] = self._papers.get(paper_id).state
        if not pages:
            raise NotIssued("case_papers.nothing_for_holder")
        return Handout(SET, f"{file.row.number}-{holder}", self._bind(pages), before)

    def closing(self, on: date) -> Handout:
        """Return the closing sheet of a day as it stands now.

        Raises:
            PaperForbidden.
        """
        sheet = self._day_end.close(on)
        return Handout(CLOSING, sheet.number, sheet.pdf)

    def note_sent(self, handout: Handout) -> None:
        """Note the papers in it as sent; whoever is killed after this is asked whether they came out."""
        waiting = [paper_id for paper_id, state in handout.before.items() if state not in _OUT]
        if waiting:
            with self._records.unit_of_work() as work:
                for paper_id in waiting:
                    work.set_paper_state(paper_id, PaperState.PRINTED)

    def send(self, handout: Handout) -> str:
        """Hand it to the printer and return the job's name; needs nothing of the store and may take its time.

        Raises:
            PrinterError: the job was not taken; `not_sent` notes it.
        """
        return self._printer_for(handout.kind).print_pdf(handout.pdf, handout.name)

    def not_sent(self, handout: Handout, error: WindowAppError) -> None:
        """Note that the printer did not take it; after mere silence it may still have come out."""
        waiting = {paper_id: state for paper_id, state in handout.before.items() if state not in _OUT}
        if not waiting or error.code == SILENT:
            return
        with self._records.unit_of_work() as work:
            for paper_id, state in waiting.items():
                if self._records.get_paper(paper_id).state is PaperState.PRINTED:
                    work.set_paper_state(paper_id, state)

    def _of(self, file: CaseFile, holder: str) -> list[tuple[StoredPaper, int]]:
        """Return the papers that the law lets out and a holder gets, each with the number of its copies."""
        found = []
        for paper in self._records.papers(case_id=file.case_id):
            count = list(paper.record.content.get("holders", ())).count(holder)
            if count and self._case_papers.is_lawful(paper.record):
                found.append((paper, count))
        return found
