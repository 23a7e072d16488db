"""The events of a visit that is received: envelopes with codes and dates, bodies with what was written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from window_app.domain.assessment import Fired
from window_app.domain.events import Confidentiality, EventType, NewEvent, Stream, StreamKind
from window_app.domain.papers import PaperRecord
from window_app.domain.visits import REPORT_ROUTE, MaterialState, MaterialTick, VisitDraft
from window_app.rules.values import write_value
from window_app.services.calculators import recorded
from window_app.services.judging import JudgedMatter
from window_app.services.paper_values import TakenIn
from window_app.services.reuse import Reuse

CONFIDENTIAL_ROUTE = REPORT_ROUTE
RECEIVED = "received"


def class_of(route: str | None) -> Confidentiality:
    """Return who may read the body of a matter that takes a route."""
    return Confidentiality.CONFIDENTIAL if route == CONFIDENTIAL_ROUTE else Confidentiality.RESTRICTED


def is_confidential(judged: Iterable[JudgedMatter]) -> bool:
    """Answer whether a visit is to be kept as one of an informant.

    It is where reporting was chosen for a matter; also where nothing was chosen and reporting is
    what the law recommends: the visitor may still report, and must not be known by then.
    """
    return any(_reports(matter) for matter in judged)


def _reports(matter: JudgedMatter) -> bool:
    if matter.draft.route is not None:
        return matter.draft.route == CONFIDENTIAL_ROUTE
    return any(one.recommended and one.route == CONFIDENTIAL_ROUTE for one in matter.assessment.routes)


@dataclass(frozen=True, slots=True)
class NumberedCase:
    """A matter that is taken in, with its identity and number."""

    case_id: UUID
    number: str
    taken: TakenIn

    @property
    def route(self) -> str:
        """Return the route taken."""
        return self.taken.definition.route

    @property
    def key(self) -> str:
        """Return the matter's key within the visit."""
        return self.taken.judged.draft.key


class VisitEvents:
    """States the events of one visit.

    Events of the visit as a whole are as confidential as its most confidential matter, since they
    name all of them.
    """

    def __init__(
        self,
        draft: VisitDraft,
        on: date,
        definition_set: str,
        practice: bool,
        *,
        confidential: bool = False,
        registered: Mapping[str, UUID] | None = None,
        reused: Mapping[str, Reuse] | None = None,
        entered_on: date | None = None,
    ) -> None:
        """Take the visit; `confidential` says that it is, or may become, a report.

        `registered` are the persons and employers that its records are, by their places; `reused` counts by
        matter what was known already; `entered_on` is the day of typing in where an outage form says another.
        """
        self._draft = draft
        self._on = on.isoformat()
        self._definition_set = definition_set
        self._practice = practice
        self._registered = registered or {}
        self._reused = reused or {}
        self._entered_on = (entered_on or on).isoformat()
        self._stream = Stream(StreamKind.VISIT, draft.visit_id)
        self._class = class_of(CONFIDENTIAL_ROUTE if confidential else None)

    def opened(self, clock_behind: bool, *, clock_off: bool = False) -> NewEvent:
        """Return VisitOpened, with what its matters share.

        `clock_behind` says that the clerk confirmed a clock before the last event, `clock_off` that
        she confirmed one far from the centre's.
        """
        facts = {
            "opened_at": self._draft.opened_at.isoformat(),
            "visit_on": self._on,
            "definition_set": self._definition_set,
            "matters": len(self._draft.matters),
            "practice": self._practice,
            "clock_behind": clock_behind,
            "clock_off": clock_off,
            **self._outage(),
        }
        if self._draft.repeats:
            facts["repeats"] = len(self._draft.repeats)
        body = {
            "facts": dict(self._draft.facts),
            "answers": dict(self._draft.answers),
            "materials": material_body(self._draft.materials),
            "note": self._draft.note,
            "parties": {place: str(party) for place, party in self._registered.items()},
            "repeats": dict(self._draft.repeats),
            "kept": [asdict(one) for one in self._draft.kept],
        }
        return self._visit_event(EventType.VISIT_OPENED, facts, body)

    def routes(self, judged: tuple[JudgedMatter, ...]) -> Iterator[NewEvent]:
        """Yield RouteChosen, or RouteOverridden with its reason, for each matter with a route."""
        for matter in judged:
            if matter.draft.route is None:
                continue
            facts = {**_matter_facts(matter), **_offer_facts(matter)}
            reason = matter.draft.override_reason
            if reason:
                yield self._visit_event(EventType.ROUTE_OVERRIDDEN, facts, {"reason": reason})
            else:
                yield self._visit_event(EventType.ROUTE_CHOSEN, facts)

    def received(self, case: NumberedCase) -> NewEvent:
        """Return MatterReceived on the case's own stream."""
        confidentiality = class_of(case.route)
        confidential = confidentiality is Confidentiality.CONFIDENTIAL
        taken = case.taken
        tokens = () if confidential else tuple(dict.fromkeys(t for party in taken.parties for t in party.tokens))
        return NewEvent(
            stream=Stream(StreamKind.CASE, case.case_id),
            type=EventType.MATTER_RECEIVED,
            body=self._received_body(case),
            facts=self._received_facts(case),
            tokens=tokens,
            readers=(taken.judged.office,) if taken.judged.office else (),
            confidentiality=confidentiality,
            critical=True,
        )

    def guided(self, matter: JudgedMatter, slip_number: str) -> NewEvent:
        """Return MatterGuided: the way shown to a matter that was not taken in."""
        facts = {**_matter_facts(matter), "outcome": outcome_of(matter), "slip": slip_number}
        option = matter.option
        if option is not None and option.office:
            facts["office"] = option.office
        body = {"facts": dict(matter.draft.facts), "trace": trace_body(matter.assessment.trace)}
        if matter.definition is not None and matter.filling is not None:
            facts.update(matter=matter.definition.code, counts=matter.filling.counts())
            body["answers"] = matter.filling.normalised()
        return self._visit_event(EventType.MATTER_GUIDED, facts, body)

    def paper(self, record: PaperRecord, route: str | None) -> NewEvent:
        """Return PaperIssued on the stream of the case, or of the visit for a slip."""
        return paper_issued(record, class_of(route) if record.case_id is not None else self._class)

    def closed(
        self, cases: tuple[NumberedCase, ...], guided: tuple[JudgedMatter, ...], warnings: tuple[str, ...]
    ) -> NewEvent:
        """Return VisitClosed, from which a repeat of receiving reads the first result."""
        facts = {
            "received_on": self._on,
            "cases": [
                {"case_id": str(case.case_id), "matter_key": case.key, "number": case.number, "route": case.route}
                for case in cases
            ],
            "guided": [matter.draft.key for matter in guided],
            "warnings": list(warnings),
            "reused": self.reused(),
        }
        return self._visit_event(EventType.VISIT_CLOSED, facts)

    def reused(self) -> dict[str, int]:
        """Return what was reused in the visit as a whole."""
        counts = self._reused.values()
        return Reuse(sum(one.fields for one in counts), sum(one.materials for one in counts)).facts()

    def _outage(self) -> dict[str, Any]:
        form = self._draft.outage
        return {} if form is None else {"outage": form.reason, "entered_on": self._entered_on}

    def _visit_event(self, kind: str, facts: Mapping[str, Any], body: Mapping[str, Any] | None = None) -> NewEvent:
        return NewEvent(self._stream, kind, body=body or {}, facts=facts, confidentiality=self._class)

    def _received_facts(self, case: NumberedCase) -> dict[str, Any]:
        taken = case.taken
        facts: dict[str, Any] = {
            **_matter_facts(taken.judged),
            "number": case.number,
            "visit_id": str(self._draft.visit_id),
            "matter": taken.definition.code,
            "received_on": self._on,
            "state": RECEIVED,
            "complete": taken.complete,
            "missing_materials": [line.code for line in taken.missing],
            "overridden": bool(taken.judged.draft.override_reason),
            "definition_set": self._definition_set,
            "practice": self._practice,
            **self._reused.get(case.key, Reuse()).facts(),
            **self._outage(),
        }
        committed = [line.code for line in taken.materials if line.state is MaterialState.COMMITTED]
        if committed:
            facts["committed_materials"] = committed
        if taken.promised is not None:
            facts["promised_on"] = taken.promised.due_on.isoformat()
        if taken.judged.office:
            facts["office"] = taken.judged.office
        if taken.answer is not None:
            facts.update(due_on=taken.answer.due_on.isoformat(), due_raw_on=taken.answer.raw_on.isoformat())
            facts.update(due_provisional=taken.answer.provisional, due_rule=taken.answer.rule)
        return facts

    def _received_body(self, case: NumberedCase) -> dict[str, Any]:
        taken = case.taken
        found = [party.body(self._registered.get(party.place)) for party in taken.parties]
        return {
            "number": case.number,
            "matter": taken.definition.code,
            "route": case.route,
            "applicant": next((party for party in found if party["role"] == "applicant"), {}),
            "respondents": [party for party in found if party["role"] == "respondent"],
            "parties": [party for party in found if party["role"] not in ("applicant", "respondent")],
            "facts": {**self._draft.facts, **taken.judged.draft.facts},
            "answers": taken.answers,
            "materials": material_body(self._draft.materials),
            "due": [{"section": one.section, "index": one.index, "field": one.field} for one in taken.due],
            "trace": trace_body(taken.judged.assessment.trace),
            "calculations": recorded(taken.judged.draft, taken.answers),
        }


def paper_issued(record: PaperRecord, kind: Confidentiality) -> NewEvent:
    """Return PaperIssued on the stream of the paper's case, or of its visit where it has none."""
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
    about = (StreamKind.VISIT, record.visit_id) if record.case_id is None else (StreamKind.CASE, record.case_id)
    return NewEvent(Stream(*about), EventType.PAPER_ISSUED, body=body, facts=facts, confidentiality=kind)


def outcome_of(matter: JudgedMatter) -> str:
    """Return how a matter that is not taken in ends: as its form says, else referral, guidance or inquiry."""
    if matter.definition is not None:
        return matter.definition.ends
    if matter.draft.route is not None:
        return "referral"
    return "guidance" if matter.offered else "inquiry"


def _matter_facts(matter: JudgedMatter) -> dict[str, Any]:
    facts: dict[str, Any] = {"matter_key": matter.draft.key, "route": matter.draft.route}
    if matter.assessment.matter_kind is not None:
        facts["matter_kind"] = matter.assessment.matter_kind
    if matter.option is not None:
        facts["standing"] = matter.option.standing.value
    return facts


def _offer_facts(matter: JudgedMatter) -> dict[str, Any]:
    return {
        "offered": list(matter.offered),
        "recommended": [option.route for option in matter.assessment.routes if option.recommended],
    }


def material_body(materials: Mapping[str, MaterialTick]) -> dict[str, Any]:
    """Return the ticks of the checklist as JSON."""
    return {
        code: {"state": tick.state.value, "copies": tick.copies, "remark": tick.remark}
        for code, tick in sorted(materials.items())
    }


def trace_body(trace: tuple[Fired, ...]) -> list[dict[str, Any]]:
    """Return a trace as JSON: rows that fired, with the facts that made them fire."""
    return [
        {
            "decision": fired.decision,
            "row": fired.row,
            "item": fired.item,
            "facts": {name: write_value(value) for name, value in fired.facts.items()},
            "locality": fired.locality,
        }
        for fired in trace
    ]
