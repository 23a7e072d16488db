"""State is a pure fold of events: the same events give the same state on every machine.

Order: events that the centre has confirmed by their place in the feed, then this station's own
unconfirmed ones by its sequence. No clock decides anything. Ownership: the counter owns the
visit, the receiving and the papers it issued; the office owns decisions and status. An event
that is not its author's to make, or that the state does not allow, changes nothing and is named
in `out_of_place`: it is shown to a person, never dropped.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from window_app.domain.events import ActorKind, Event, EventType, StreamKind

KNOWN_VERSION = 1


class CaseStatus(StrEnum):
    """Where a case stands. All but `received` and `voided` are decisions of the competent office."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    TRANSFERRED = "transferred"
    SUSPENDED = "suspended"
    RETURNED = "returned"
    CLOSED = "closed"
    VOIDED = "voided"


OFFICE_STEPS: Mapping[CaseStatus, frozenset[CaseStatus]] = {
    CaseStatus.RECEIVED: frozenset(
        {
            CaseStatus.ACCEPTED,
            CaseStatus.REFUSED,
            CaseStatus.TRANSFERRED,
            CaseStatus.SUSPENDED,
            CaseStatus.RETURNED,
            CaseStatus.CLOSED,
        }
    ),
    CaseStatus.ACCEPTED: frozenset({CaseStatus.SUSPENDED, CaseStatus.TRANSFERRED, CaseStatus.CLOSED}),
    CaseStatus.SUSPENDED: frozenset(
        {CaseStatus.ACCEPTED, CaseStatus.REFUSED, CaseStatus.TRANSFERRED, CaseStatus.CLOSED}
    ),
    CaseStatus.RETURNED: frozenset(
        {CaseStatus.ACCEPTED, CaseStatus.REFUSED, CaseStatus.TRANSFERRED, CaseStatus.CLOSED}
    ),
    CaseStatus.REFUSED: frozenset({CaseStatus.ACCEPTED, CaseStatus.CLOSED}),
    CaseStatus.TRANSFERRED: frozenset({CaseStatus.CLOSED}),
    CaseStatus.CLOSED: frozenset({CaseStatus.ACCEPTED}),
    CaseStatus.VOIDED: frozenset(),
}
"""Which status an office may give after which; acceptance after refusal or closing is its correction."""

_ROLES = (
    ("applicant", "applicant"),
    ("applicants", "applicant"),
    ("respondent", "respondent"),
    ("respondents", "respondent"),
    ("workers", "worker"),
    ("parties", ""),
)

COUNTER = frozenset({ActorKind.CLERK, ActorKind.KIOSK, ActorKind.SYSTEM})


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a case, as found in the body of the receiving; empty once that was erased."""

    role: str
    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class CaseState:
    """A case as its events tell it.

    Attributes:
        status_event: the event that last set `status`.
        decision_number: the office's own number of its last decision.
        completed_on: day on which missing materials were handed in.
        papers: ids of the papers issued, in order.
        out_of_place: events that changed nothing because they were not allowed here.
        unknown: events of types or versions that this release does not know.
        read_only: one of these is critical, so a newer program must go on.
    """

    case_id: UUID
    visit_id: UUID | None
    matter_key: str
    number: str
    matter: str
    route: str
    received_on: date | None
    due_on: date | None
    status: CaseStatus
    status_event: UUID
    received_by: UUID
    decision_number: str = ""
    completed_on: date | None = None
    parties: tuple[Party, ...] = ()
    papers: tuple[str, ...] = ()
    out_of_place: tuple[UUID, ...] = ()
    unknown: tuple[UUID, ...] = ()
    read_only: bool = False

    def name_of(self, role: str) -> str:
        """Return the name of the first party in a role, or "" where there is none."""
        return next((party.name for party in self.parties if party.role == role), "")


@dataclass(frozen=True, slots=True)
class VisitState:
    """A visit as its events tell it; `received` and `guided` are keys of matters, in order."""

    visit_id: UUID
    opened: bool = False
    closed: bool = False
    discarded: bool = False
    received: tuple[str, ...] = ()
    guided: tuple[str, ...] = ()
    overridden: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    out_of_place: tuple[UUID, ...] = ()
    unknown: tuple[UUID, ...] = ()
    read_only: bool = False


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events in the order in which the fold takes them."""
    return tuple(sorted(events, key=_place))


def fold_case(events: Iterable[Event]) -> CaseState | None:
    """Return the state of a case, or None where its receiving is not among the events."""
    ordered = in_order(events)
    start = next((place for place, event in enumerate(ordered) if _starts_case(event)), None)
    if start is None:
        return None
    state = _receive(ordered[start])
    for place, event in enumerate(ordered):
        if place != start:
            state = _next_case(state, event)
    return state


def fold_visit(visit_id: UUID, events: Iterable[Event]) -> VisitState:
    """Return the state of a visit; without events it is neither opened nor closed."""
    state = VisitState(visit_id)
    for event in in_order(events):
        state = _next_visit(state, event)
    return state


def _place(event: Event) -> tuple[bool, int, int]:
    return (event.fseq is None, event.fseq or 0, event.lseq)


def _starts_case(event: Event) -> bool:
    return event.type == EventType.MATTER_RECEIVED and event.version <= KNOWN_VERSION and event.actor.kind in COUNTER


def _receive(event: Event) -> CaseState:
    said: Mapping[str, Any] = {**(event.body or {}), **event.facts}
    return CaseState(
        case_id=case_of(event),
        visit_id=visit_of(event),
        matter_key=str(said.get("matter_key") or ""),
        number=str(said.get("number") or ""),
        matter=str(said.get("matter") or ""),
        route=str(said.get("route") or ""),
        received_on=_date(said.get("received_on")),
        due_on=_date(said.get("due_on")),
        status=CaseStatus.RECEIVED,
        status_event=event.event_id,
        received_by=event.station_id,
        parties=parties_in(event.body or {}),
    )


def case_of(event: Event) -> UUID:
    """Return the case an event is about: its stream, or what its facts name."""
    if event.stream.kind is StreamKind.CASE:
        return event.stream.id
    return _uuid(event.facts.get("case_id")) or event.stream.id


def visit_of(event: Event) -> UUID | None:
    """Return the visit an event belongs to: its stream, or what its facts name."""
    if event.stream.kind is StreamKind.VISIT:
        return event.stream.id
    return _uuid(event.facts.get("visit_id")) or _uuid((event.body or {}).get("visit_id"))


def parties_in(body: Mapping[str, Any]) -> tuple[Party, ...]:
    """Return everybody whom a receiving names, in its own sections and in those of its answers."""
    found: dict[Party, None] = {}
    answers = body.get("answers")
    for source in (body, answers) if isinstance(answers, Mapping) else (body,):
        for section, role in _ROLES:
            for record in _records(source.get(section)):
                found.update(dict.fromkeys(_named(record, role)))
    return tuple(found)


def _named(record: Mapping[str, Any], role: str) -> list[Party]:
    phone = str(record.get("phone") or "")
    names = (record.get(key) for key in ("name", "shop_sign", "alias"))
    return [Party(role or str(record.get("role") or "party"), str(name), phone) for name in names if name]


def _records(value: object) -> list[Mapping[str, Any]]:
    # What JSON gives is a dict or a list; asking for these first is cheaper than asking what is like them.
    if value is None or isinstance(value, str):
        return []
    if isinstance(value, (dict, Mapping)):
        return [value]
    if isinstance(value, (list, Sequence)):
        return [record for record in value if isinstance(record, (dict, Mapping))]
    return []


def _next_case(state: CaseState, event: Event) -> CaseState:
    step = _CASE_STEPS.get(event.type)
    if step is None or event.version > KNOWN_VERSION:
        if event.type in _IGNORED and event.version <= KNOWN_VERSION:
            return state
        return replace(state, unknown=(*state.unknown, event.event_id), read_only=state.read_only or event.critical)
    following = step(state, event)
    if following is None:
        return replace(state, out_of_place=(*state.out_of_place, event.event_id))
    return following


def _status_changed(state: CaseState, event: Event) -> CaseState | None:
    wanted = event.facts.get("state")
    if event.actor.kind is not ActorKind.OFFICE or wanted not in set(CaseStatus):
        return None
    status = CaseStatus(str(wanted))
    if status not in OFFICE_STEPS[state.status]:
        return None
    decision = str(event.facts.get("decision_number") or state.decision_number)
    due_on = _date(event.facts.get("due_on")) or state.due_on
    return replace(state, status=status, status_event=event.event_id, decision_number=decision, due_on=due_on)


def _materials_completed(state: CaseState, event: Event) -> CaseState | None:
    if event.actor.kind not in COUNTER:
        return None
    completed_on = _date(event.facts.get("completed_on")) or state.completed_on
    return replace(state, completed_on=completed_on, due_on=_date(event.facts.get("due_on")) or state.due_on)


def _case_paper(state: CaseState, event: Event) -> CaseState | None:
    paper = str(event.facts.get("paper_id") or "")
    return replace(state, papers=(*state.papers, paper)) if paper and paper not in state.papers else state


def _number_voided(state: CaseState, event: Event) -> CaseState | None:
    if event.actor.kind not in COUNTER or state.status is not CaseStatus.RECEIVED:
        return None
    return replace(state, status=CaseStatus.VOIDED, status_event=event.event_id)


def _received_again(state: CaseState, event: Event) -> CaseState | None:  # noqa: ARG001  (the first one stays)
    return None


def _next_visit(state: VisitState, event: Event) -> VisitState:
    if event.version > KNOWN_VERSION or event.type not in _VISIT_TYPES:
        return replace(state, unknown=(*state.unknown, event.event_id), read_only=state.read_only or event.critical)
    if event.actor.kind not in COUNTER:
        return replace(state, out_of_place=(*state.out_of_place, event.event_id))
    key = str(event.facts.get("matter_key") or "")
    return replace(state, **_visit_changes(state, event, key))


def _visit_changes(state: VisitState, event: Event, key: str) -> dict[str, Any]:
    flag = _VISIT_FLAGS.get(event.type)
    if flag is not None:
        return {flag: True}
    listed = _VISIT_LISTS.get(event.type)
    if listed is None:
        return {}
    name = str(event.facts.get("paper_id") or "") if listed == "papers" else key
    present: tuple[str, ...] = getattr(state, listed)
    return {} if name in present else {listed: (*present, name)}


def _date(value: object) -> date | None:
    if not isinstance(value, str) or not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _uuid(value: object) -> UUID | None:
    if not isinstance(value, str):
        return None
    try:
        return UUID(value)
    except ValueError:
        return None


_CASE_STEPS: Mapping[str, Callable[[CaseState, Event], CaseState | None]] = {
    EventType.MATTER_RECEIVED: _received_again,
    EventType.STATUS_CHANGED: _status_changed,
    EventType.MATERIALS_COMPLETED: _materials_completed,
    EventType.PAPER_ISSUED: _case_paper,
    EventType.NUMBER_VOIDED: _number_voided,
}

_IGNORED = frozenset(
    {
        EventType.PAPER_CONFIRMED,
        EventType.PAPER_REPRINTED,
        EventType.IDENTITY_REVEALED,
        EventType.VISIT_OPENED,
        EventType.ANSWERS_RECORDED,
        EventType.ROUTE_CHOSEN,
        EventType.ROUTE_OVERRIDDEN,
        EventType.MATTER_GUIDED,
        EventType.VISIT_CLOSED,
    }
)

_VISIT_FLAGS = {
    EventType.VISIT_OPENED: "opened",
    EventType.VISIT_CLOSED: "closed",
    EventType.DRAFT_DISCARDED: "discarded",
}

_VISIT_LISTS = {
    EventType.MATTER_RECEIVED: "received",
    EventType.MATTER_GUIDED: "guided",
    EventType.ROUTE_OVERRIDDEN: "overridden",
    EventType.PAPER_ISSUED: "papers",
}

_VISIT_TYPES = (
    frozenset(_VISIT_FLAGS)
    | frozenset(_VISIT_LISTS)
    | {
        EventType.ANSWERS_RECORDED,
        EventType.ROUTE_CHOSEN,
        EventType.PAPER_CONFIRMED,
        EventType.PAPER_REPRINTED,
        EventType.IDENTITY_REVEALED,
        EventType.MATERIALS_COMPLETED,
    }
)
