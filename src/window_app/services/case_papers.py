"""Papers that a clerk issues for a case that was taken in, and the sets in which they are handed out."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from window_app.clock import Clock
from window_app.domain.assessment import Text
from window_app.domain.events import EventType, NewEvent
from window_app.domain.ids import new_id
from window_app.domain.papers import PaperRecord
from window_app.domain.ports import CaseRow, PaperMaker, Records, Station
from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.forms.wording import HOLDERS, WordingDefinition, paper_content
from window_app.services.authors import is_office
from window_app.services.case_files import CaseFile, CaseFiles, written
from window_app.services.case_values import APPLICATIONS, CHOSEN, CaseOnFile, CaseValues
from window_app.services.issuing import Issuing, PaperForbidden
from window_app.services.judging import Judge
from window_app.services.paper_values import Values
from window_app.services.session import Session
from window_app.services.visit_events import class_of

ISSUED_FOR_CASE = "case"


class NotIssued(WindowAppError):
    """A paper cannot be issued; the code says why, and nothing was changed."""

    code = "case_papers.unknown"


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper that can be issued for a case, or that cannot now.

    Attributes:
        allowed: the law lets it out in the present state of the case.
        reason, articles: why not; empty where it does.
        needs: what a clerk has to add: an office (`elsewhere`, `competent`) or words.
        offices: the offices that may be named, with their titles.
        issued: how many there are already.
    """

    kind: str
    title: Text
    allowed: bool
    reason: Text
    articles: Text
    needs: tuple[str, ...]
    offices: tuple[tuple[str, Text], ...]
    issued: int


class CasePapers:
    """Issues papers for cases; each asks the law first and is on record with its content."""

    def __init__(
        self,
        records: Records,
        session: Session,
        clock: Clock,
        station: Station,
        definitions: DefinitionSet,
        values: CaseValues,
        issuing: Issuing,
        maker: PaperMaker,
        seal: Callable[[PaperRecord], PaperRecord],
        bind: Callable[[Sequence[bytes]], bytes],
        judge: Judge,
    ) -> None:
        """Keep the tools; `seal` signs a paper's record, `bind` makes one PDF of several."""
        self._records = records
        self._session = session
        self._clock = clock
        self._station = station
        self._definitions = definitions
        self._values = values
        self._issuing = issuing
        self._maker = maker
        self._seal = seal
        self._bind = bind
        self._judge = judge
        self._files = CaseFiles(records)

    def offers(self, number: str) -> tuple[Offer, ...]:
        """Return every paper that is issued for cases, first those that the law allows now.

        Raises:
            NoSuchCase.
        """
        case = self._case(number)
        values = self._values.of(case)
        offers = [self._offer(one, case, values) for one in self._wordings()]
        return tuple(sorted(offers, key=lambda one: not one.allowed))

    def issue(self, number: str, kind: str, given: Mapping[str, str] | None = None) -> PaperRecord:
        """Put a paper on record and return it; it is printed and confirmed as every other.

        Raises:
            NoSuchCase, NotIssued, PaperForbidden: nothing was changed, and the code says why.
        """
        if is_office(self._station):
            raise NotIssued("case_papers.office_station")
        said = {name: written(text) for name, text in (given or {}).items()}
        wording = self._wording(kind)
        with self._records.unit_of_work() as work:
            case = self._case(number)
            self._issuing.check(self._bare(kind, case.file.row))
            record = self._seal(self._record(wording, case, said))
            work.append(self._session.actor, [_issued(case.file, record)])
            work.add_paper(record)
        return record

    def preview(self, number: str, kind: str, given: Mapping[str, str] | None = None) -> bytes:
        """Return the paper as it would be issued, marked as not valid; nothing is on record.

        Raises:
            NoSuchCase, NotIssued, PaperForbidden.
        """
        wording, case = self._wording(kind), self._case(number)
        self._issuing.check(self._bare(kind, case.file.row))
        return self._maker.render(self._record(wording, case, given or {}), preview=True)

    def application(self, draft: VisitDraft, key: str) -> tuple[str, bytes]:
        """Return kind and PDF of the application filled in from a form that is not taken in yet, to be signed.

        Raises:
            NotIssued: `case_papers.no_application` where no application belongs to the route.
        """
        filling = self._judge.filling(draft, key)
        kind = None if filling is None else APPLICATIONS.get(filling.matter.route)
        if filling is None or kind is None:
            raise NotIssued("case_papers.no_application")
        judged = self._judge.judge(draft, draft.legal_day(self._clock.today()))
        office = next(one.office for one in judged if one.draft.key == key)
        values = self._values.of_form(filling.matter, filling.normalised(), office)
        record = self._unsigned(self._wording(kind), values, draft.visit_id, None)
        return kind, self._bind([self._maker.render(record)] * max(1, len(record.content["copies"])))

    def bundle(self, number: str, holder: str) -> bytes:
        """Return in one PDF what a holder gets of a case's papers: the visitor, the file, each respondent, the office.

        Raises:
            NoSuchCase, NotIssued.
        """
        if holder not in HOLDERS:
            raise NotIssued("case_papers.holder", known=", ".join(HOLDERS))
        case = self._case(number)
        pages: list[bytes] = []
        for one in case.papers:
            count = list(one.record.content.get("holders", ())).count(holder)
            if count and self.is_lawful(one.record):
                stored = self._records.find_pdf(one.record.paper_id)
                pages += [stored or self._maker.render(one.record)] * count
        if not pages:
            raise NotIssued("case_papers.nothing_for_holder")
        return self._bind(pages)

    def is_lawful(self, record: PaperRecord) -> bool:
        """Answer whether the law lets a paper out in the present state of its case."""
        try:
            self._issuing.check(record)
        except PaperForbidden:
            return False
        return True

    # -- inside

    def _case(self, number: str) -> CaseOnFile:
        file = self._files.get(number)
        return CaseOnFile(file, self._records.papers(case_id=file.case_id))

    def _wordings(self) -> list[WordingDefinition]:
        return [one for one in self._definitions.wording.values() if one.issued == ISSUED_FOR_CASE]

    def _wording(self, kind: str) -> WordingDefinition:
        known = [one.paper for one in self._wordings()]
        if kind not in known:
            raise NotIssued("case_papers.unknown", known=", ".join(known))
        return self._definitions.wording[kind]

    def _offer(self, wording: WordingDefinition, case: CaseOnFile, values: Values) -> Offer:
        reason: Text = {}
        articles: Text = {}
        try:
            self._issuing.check(self._bare(wording.paper, case.file.row))
        except PaperForbidden as refused:
            reason, articles = _text(refused.params["reason"]), _text(refused.params["articles"])
        needs = _missing(wording, values)
        return Offer(
            kind=wording.paper,
            title=wording.title,
            allowed=not reason,
            reason=reason,
            articles=articles,
            needs=needs,
            offices=self._offices() if any(name in CHOSEN for name in needs) else (),
            issued=sum(one.record.kind == wording.paper for one in case.papers),
        )

    def _offices(self) -> tuple[tuple[str, Text], ...]:
        return tuple((one.code, one.title) for one in self._definitions.offices.values())

    def _record(self, wording: WordingDefinition, case: CaseOnFile, given: Mapping[str, str]) -> PaperRecord:
        file = case.file
        if not file.held:
            raise NotIssued("case_papers.not_held")
        values = self._values.of(case, given)
        missing = _missing(wording, values)
        if missing:
            raise NotIssued("case_papers.needs", needs=", ".join(missing))
        visit_id = file.state.visit_id
        if visit_id is None:
            raise NotIssued("case_papers.not_held")
        return self._unsigned(wording, values, visit_id, file.case_id)

    def _unsigned(
        self, wording: WordingDefinition, values: Values, visit_id: UUID, case_id: UUID | None
    ) -> PaperRecord:
        now = self._clock.now()
        declared = wording.values | wording.optional
        kept = {name: value for name, value in values.items() if name in declared}
        return PaperRecord(
            paper_id=new_id(now),
            kind=wording.paper,
            number=str(values.get("number", "")),
            case_id=case_id,
            visit_id=visit_id,
            issued_at=now,
            content=paper_content(wording, kept, self._clock.today()),
            content_salt=secrets.token_hex(16),
            key_id="",
            signature="",
            practice=self._station.practice,
        )

    def _bare(self, kind: str, row: CaseRow) -> PaperRecord:
        now = self._clock.now()
        return PaperRecord(new_id(now), kind, row.number, row.case_id, row.visit_id, now, {}, "", "", "", practice=True)


def _text(said: object) -> Text:
    return {str(language): str(text) for language, text in said.items()} if isinstance(said, Mapping) else {}


def _missing(wording: WordingDefinition, values: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(name for name in wording.values if values.get(name) is None and name != "decision"))


def _issued(file: CaseFile, record: PaperRecord) -> NewEvent:
    facts = {
        "paper_id": str(record.paper_id),
        "paper": record.kind,
        "number": record.number,
        "key_id": record.key_id,
        "signature": record.signature,
        "issued_at": record.issued_at.isoformat(),
        "visit_id": str(record.visit_id),
    }
    body = {"content": record.content, "content_salt": record.content_salt}
    return file.about(EventType.PAPER_ISSUED, facts=facts, body=body, confidentiality=class_of(file.state.route))
