"""Receiving: one transaction from a draft to final numbers and the records of the papers."""

import secrets
from collections import Counter as Counts
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from window_app.clock import Clock, legal_date
from window_app.domain.events import Confidentiality, Event, EventType, NewEvent
from window_app.domain.ids import new_id
from window_app.domain.line import LineStatus, LinkState
from window_app.domain.papers import PaperRecord
from window_app.domain.ports import Records, UnitOfWork
from window_app.domain.receipt_numbers import draw
from window_app.domain.slip_numbers import slip_number
from window_app.domain.visits import Received, ReceivedCase, VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet, Problem
from window_app.forms.wording import paper_content
from window_app.services.attachments import stated
from window_app.services.clock_doubts import ClockBehind as ClockBehind
from window_app.services.clock_doubts import ClockOff as ClockOff
from window_app.services.clock_doubts import is_behind, is_off
from window_app.services.commitment_papers import BEFORE_RECEIVING
from window_app.services.commitments import Commitments
from window_app.services.due_openings import of_receiving
from window_app.services.earlier import Earlier
from window_app.services.issuing import Issuing
from window_app.services.judging import Judge, JudgedMatter
from window_app.services.outage import OutagePaper
from window_app.services.paper_values import Counter, PaperValues, TakenIn
from window_app.services.parties import parties
from window_app.services.registering import Registration
from window_app.services.reuse import counted
from window_app.services.session import Session
from window_app.services.visit_events import NumberedCase, VisitEvents, class_of, is_confidential

NOTICE = "notice_once"
GUIDANCE = "guidance"
UNPRINTABLE = "receiving.warning.characters"
ALIKE = "receiving.warning.alike"


class NotReady(WindowAppError):
    """Something at a field must be put right first; `problems` are those of `ready`."""

    code = "receiving.not_ready"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(count=len(problems))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a visit comes to, before numbers are drawn."""

    taken: tuple[TakenIn, ...]
    guided: tuple[JudgedMatter, ...]
    judged: tuple[JudgedMatter, ...]


class Receiving:
    """Takes visits in."""

    def __init__(
        self,
        records: Records,
        session: Session,
        clock: Clock,
        definitions: DefinitionSet,
        judge: Judge,
        seal: Callable[[PaperRecord], PaperRecord],
        district_key: bytes,
        missing_characters: Callable[[PaperRecord], tuple[str, ...]],
        issuing: Issuing,
        earlier: Earlier,
        outage: OutagePaper,
        commitments: Commitments,
        line_status: Callable[[], LineStatus] = lambda: LineStatus(LinkState.NONE),
    ) -> None:
        """Keep the tools.

        `seal` puts key id and signature on a paper's record; `line_status` says how far the
        centre's clock is from this machine's; `issuing` asks the law before a paper is made; `commitments`
        says what was committed in place of materials.
        """
        self._records = records
        self._session = session
        self._clock = clock
        self._definitions = definitions
        self._judge = judge
        self._seal = seal
        self._district_key = district_key
        self._missing_characters = missing_characters
        self._issuing = issuing
        self._earlier = earlier
        self._outage = outage
        self._commitments = commitments
        self._line_status = line_status
        self._station = records.station()
        self._values = PaperValues(definitions, Counter(self._station, session))
        self._set_kept = False

    def ready(self, draft: VisitDraft) -> tuple[Problem, ...]:
        """Return what must be put right before the visit can be taken in; what is only due never blocks."""
        judged = self._judge.judge(draft, draft.legal_day(self._clock.today()))
        return _distinct((*self._outage.problems(draft), *self._problems(draft, judged)))

    def receive(self, draft: VisitDraft, *, clock_confirmed: bool = False) -> Received:
        """Take the visit in: every matter becomes a case with its number, or is guided.

        The rules are put to the draft anew, whatever a screen has shown. A repeat for the same
        visit returns the first result and writes nothing.

        Raises:
            NotReady: something must be put right first.
            PaperForbidden: a paper that taking in would give is not allowed.
            ClockOff: the clock stands far from the centre's and nobody confirmed it.
            ClockBehind: the clock stands before the last event and nobody confirmed it.
        """
        earlier = self.find_received(draft.visit_id)
        if earlier is not None:
            return earlier
        now = self._clock.now()
        plan = self._plan(draft, now)
        registration = self._register(draft, plan, now)
        with self._records.unit_of_work() as work:
            doubts = [doubt for doubt in (is_off(self._line_status(), now), is_behind(work, now)) if doubt]
            if doubts and not clock_confirmed:
                raise doubts[0]
            received = self._write(work, draft, plan, registration, now, doubts)
            work.drop_draft(draft.visit_id)
        self._set_kept = True
        return received

    def find_received(self, visit_id: UUID) -> Received | None:
        """Return what an earlier receiving of the visit produced; None where there was none."""
        closed = [event for event in self._records.events(visit_id) if event.type == EventType.VISIT_CLOSED]
        return self._result(closed[-1]) if closed else None

    def _plan(self, draft: VisitDraft, now: datetime) -> _Plan:
        on = draft.legal_day(legal_date(now))
        judged = self._judge.judge(draft, on)
        problems = _distinct((*self._outage.problems(draft), *self._problems(draft, judged)))
        if problems:
            raise NotReady(problems)
        taken = tuple(self._taken(draft, matter, on) for matter in judged if matter.is_taken_in)
        return _Plan(taken, tuple(matter for matter in judged if not matter.is_taken_in), judged)

    def _problems(self, draft: VisitDraft, judged: tuple[JudgedMatter, ...]) -> Iterator[Problem]:
        if not judged:
            yield _blocking("receiving.no_matter")
        for matter in judged:
            chosen = matter.draft.route
            if chosen is not None and chosen not in matter.offered and not matter.draft.override_reason:
                yield _blocking("receiving.route_not_offered", matter=matter.draft.key)
            yield from (one for one in matter.problems if one.severity == "error")
            if matter.definition is not None and not _forbidden(matter).isdisjoint(matter.definition.papers):
                yield _blocking("receiving.paper_forbidden", matter=matter.draft.key)
            yield from self._commitments.problems(draft, matter)

    def _taken(self, draft: VisitDraft, matter: JudgedMatter, on: date) -> TakenIn:
        definition, filling = matter.definition, matter.filling
        if definition is None or filling is None:
            raise WindowAppError("receiving.route_not_offered", matter=matter.draft.key)
        answers = filling.normalised()
        return TakenIn(
            judged=matter,
            definition=definition,
            answers=answers,
            parties=parties(definition, answers, draft.visit_id, self._district_key),
            materials=filling.materials(),
            due=tuple(one for one in matter.problems if one.severity == "due"),
            answer=self._judge.answer_limit(matter, on),
            correction=self._judge.correction_limit(matter, self._clock.today()),
            files=Counts(one.material for one in draft.attachments),
            promised=self._judge.promised_limit(matter, on),
            outage=draft.outage,
        )

    def _write(
        self,
        work: UnitOfWork,
        draft: VisitDraft,
        plan: _Plan,
        registration: Registration,
        now: datetime,
        doubts: Sequence[WindowAppError],
    ) -> Received:
        if not self._set_kept:
            work.keep_definition_set(self._definitions.content_hash, self._definitions.pack())
        form = self._entered(draft, plan, now)
        cases = tuple(self._numbered(work, plan.taken, now, None if form is None else form[0]))
        papers = [self._case_papers(case, draft, now) for case in cases]
        slip = self._slip(draft, plan, now) if plan.guided else None
        statement = self._statement(draft, plan, registration, now)
        confirmed = {doubt.code for doubt in doubts}
        opened = statement.opened(ClockBehind.code in confirmed, clock_off=ClockOff.code in confirmed)
        events = [*registration.events, opened, *statement.routes(plan.judged)]
        for case, records in zip(cases, papers, strict=True):
            events.append(statement.received(case))
            events.extend(self._stated(draft, case, now))
            events.extend(statement.paper(record, case.route) for record in records)
        events.extend(statement.guided(matter, slip.number) for matter in plan.guided if slip is not None)
        events.extend(statement.paper(record, None) for record in [slip] if record is not None)
        made = [*(record for records in papers for record in records), *([] if slip is None else [slip])]
        unprintable = self._unprintable(made)
        warnings = (*_warnings(plan, registration, bool(doubts)), *([UNPRINTABLE] if unprintable else []))
        events.append(statement.closed(cases, plan.guided, warnings))
        events.extend([] if form is None else [form[1]])
        for case in cases:
            events.extend(self._due(case, draft.visit_id))
        self._commit(work, events, made)
        return Received(
            visit_id=draft.visit_id,
            cases=tuple(
                ReceivedCase(case.case_id, case.key, case.number, case.route, tuple(r.paper_id for r in records))
                for case, records in zip(cases, papers, strict=True)
            ),
            paper_ids=() if slip is None else (slip.paper_id,),
            warnings=warnings,
            received_on=draft.legal_day(legal_date(now)),
            unprintable=unprintable,
            reused=statement.reused(),
        )

    def _stated(self, draft: VisitDraft, case: NumberedCase, now: datetime) -> tuple[NewEvent, ...]:
        """Return what a case rests on: files of its materials, and commitments in place of some."""
        on = draft.legal_day(legal_date(now))
        return (*stated(draft.attachments, case), *self._commitments.made(draft, case, on))

    def _statement(self, draft: VisitDraft, plan: _Plan, registration: Registration, now: datetime) -> VisitEvents:
        return VisitEvents(
            draft,
            draft.legal_day(legal_date(now)),
            self._definitions.content_hash,
            self._station.practice,
            confidential=is_confidential(plan.judged),
            registered=registration.parties,
            reused=counted(draft, plan.taken),
            entered_on=legal_date(now),
        )

    def _entered(self, draft: VisitDraft, plan: _Plan, now: datetime) -> tuple[str, NewEvent] | None:
        """Return the number of the visit's outage form, with what marks it as used; None for a visit of the hour."""
        if draft.outage is None:
            return None
        return self._outage.entered(draft, legal_date(now), confidential=is_confidential(plan.judged))

    def _register(self, draft: VisitDraft, plan: _Plan, now: datetime) -> Registration:
        """Return who the parties are. Of a visit that is or may become a report nobody is registered."""
        if is_confidential(plan.judged):
            return Registration()
        answers = dict(draft.answers)
        for taken in plan.taken:
            answers.update(taken.answers)
        keys = [taken.judged.draft.key for taken in plan.taken]
        registration = self._earlier.registering.plan(draft, answers, now)
        return replace(registration, unexplained=self._earlier.unexplained(draft, keys))

    def _commit(self, work: UnitOfWork, events: list[NewEvent], papers: list[PaperRecord]) -> None:
        work.append(self._session.actor, events)
        for record in papers:
            work.add_paper(record)

    def _unprintable(self, papers: Iterable[PaperRecord]) -> tuple[str, ...]:
        # Never in an event's envelope: a rare character can say whose name it is.
        found = {character: None for record in papers for character in self._missing_characters(record)}
        return tuple(f"U+{ord(character):04X}" for character in found)

    def _numbered(
        self, work: UnitOfWork, taken: Sequence[TakenIn], now: datetime, form: str | None
    ) -> Iterator[NumberedCase]:
        """Yield the cases with their numbers; the first of an outage form has the number of the form."""
        day = legal_date(now)
        # Asked anew each time: after a fork the station goes on with another issue code.
        station = self._records.station()
        for place, one in enumerate(taken):
            number = form if place == 0 else None
            if number is None:
                number = str(draw(station.district, station.issue_code, day, work.next_serial(day)))
            yield NumberedCase(new_id(now), number, one)

    def _due(self, case: NumberedCase, visit_id: UUID) -> tuple[NewEvent, ...]:
        taken = case.taken
        return of_receiving(
            case.case_id,
            visit_id,
            self._session.actor,
            self._records.station().station_id,
            office=taken.judged.office,
            confidential=class_of(case.route) is Confidentiality.CONFIDENTIAL,
            incomplete=not taken.complete,
            correction_by=None if taken.correction is None else taken.correction.due_on,
            promised_on=None if taken.promised is None else taken.promised.due_on,
        )

    def _case_papers(self, case: NumberedCase, draft: VisitDraft, now: datetime) -> list[PaperRecord]:
        taken = case.taken
        forbidden = _forbidden(taken.judged)
        made = {
            kind: self._values.first_paper(kind, taken, case.number, now, draft.materials)
            for kind in taken.definition.papers
        }
        if not taken.complete:
            made[NOTICE] = self._values.notice_once(taken, case.number, now)
        for kind in made.keys() - forbidden:
            self._issuing.check_new(kind, case.route, taken.judged.facts)
        records = [
            self._record(kind, values, draft.visit_id, case.case_id, now)
            for kind, values in made.items()
            if kind not in forbidden
        ]
        signed = self._commitments.papers(draft, case, draft.legal_day(legal_date(now)), now)
        for record in signed:
            self._issuing.check_new(record.kind, case.route, taken.judged.facts)
        return [*records, *signed]

    def _slip(self, draft: VisitDraft, plan: _Plan, now: datetime) -> PaperRecord:
        self._issuing.check_new(GUIDANCE, None, {})
        number = slip_number(draft.visit_id, legal_date(now))
        applicant = draft.answers.get("applicant")
        visitor = applicant.get("name") if isinstance(applicant, Mapping) else None
        if is_confidential(plan.judged):
            visitor = None  # a slip is left lying about; it must not say who reports
        values = self._values.guidance(plan.guided, number, now, str(visitor or ""))
        return self._record(GUIDANCE, values, draft.visit_id, None, now)

    def _record(
        self, kind: str, values: Mapping[str, Any], visit_id: UUID, case_id: UUID | None, now: datetime
    ) -> PaperRecord:
        content = paper_content(self._definitions.wording[kind], values, legal_date(now))
        unsigned = PaperRecord(
            paper_id=new_id(now),
            kind=kind,
            number=str(values["number"]),
            case_id=case_id,
            visit_id=visit_id,
            issued_at=now,
            content=content,
            content_salt=secrets.token_hex(16),
            key_id="",
            signature="",
            practice=self._station.practice,
        )
        return self._seal(unsigned)

    def _result(self, closed: Event) -> Received:
        papers = self._records.papers(visit_id=closed.stream.id)
        by_case: dict[UUID | None, list[UUID]] = {}
        for paper in papers:
            if paper.record.case_id is not None or paper.record.kind not in BEFORE_RECEIVING:
                by_case.setdefault(paper.record.case_id, []).append(paper.record.paper_id)
        return Received(
            visit_id=closed.stream.id,
            cases=tuple(_received_case(case, by_case) for case in closed.facts["cases"]),
            paper_ids=tuple(by_case.get(None, ())),
            warnings=tuple(closed.facts["warnings"]),
            received_on=datetime.fromisoformat(closed.facts["received_on"]).date(),
            unprintable=self._unprintable(paper.record for paper in papers),
            reused=closed.facts.get("reused", {}),
        )


def _received_case(case: Mapping[str, str], papers: Mapping[UUID | None, list[UUID]]) -> ReceivedCase:
    case_id = UUID(case["case_id"])
    return ReceivedCase(case_id, case["matter_key"], case["number"], case["route"], tuple(papers.get(case_id, ())))


def _forbidden(matter: JudgedMatter) -> frozenset[str]:
    """Return the papers that may not be issued on the route chosen, override or not."""
    entries = matter.assessment.forbidden
    return frozenset(str(entry["paper"]) for entry in entries if entry.get("route") in (None, matter.draft.route))


def _distinct(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return each problem once; one of a shared section is found by every matter that shows it."""
    return tuple({(one.section, one.index, one.field, one.code): one for one in problems}.values())


def _warnings(plan: _Plan, registration: Registration, clock_doubted: bool) -> Iterator[str]:
    """Yield the codes of what the clerk should be told after receiving."""
    if clock_doubted:
        yield "receiving.warning.clock"
    if any(not taken.complete for taken in plan.taken):
        yield "receiving.warning.incomplete"
    if any(taken.answer is not None and taken.answer.provisional for taken in plan.taken):
        yield "receiving.warning.provisional"
    if any(taken.judged.draft.override_reason for taken in plan.taken):
        yield "receiving.warning.not_offered"
    if registration.unexplained:
        yield ALIKE


def _blocking(code: str, **params: object) -> Problem:
    return Problem(section="", index=None, field="", code=code, params=params, message=None, severity="error")
