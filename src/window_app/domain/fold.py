"""State is a pure fold of events: the same events give the same state on every machine.

Order: events that the centre has confirmed by their place in the feed, then this station's own
unconfirmed ones by its sequence. No clock decides anything. Ownership: the counter owns the
visit, the receiving and the papers it issued; the office owns decisions and status. An event
that is not its author's to make, or that the state does not allow, changes nothing and is named
in `out_of_place`: it is shown to a person, never dropped. What was set without having seen the
present value is a conflict (`conflicts`), which a person ends.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from window_app.domain.cases import (
    OFFICE_STEPS,
    STATUS_FIELD,
    CaseState,
    CaseStatus,
    Claim,
    Conflict,
    Party,
    SetValue,
)
from window_app.domain.commitment_words import COMMITMENT_TYPES
from window_app.domain.conflicts import (
    change,
    day,
    field_value,
    identity,
    office_after,
    office_of,
    put,
    resolve,
    status_value,
)
from window_app.domain.due import DUE_TYPES
from window_app.domain.events import COUNTER, KNOWN_VERSION, ActorKind, Confidentiality, Event, EventType, StreamKind
from window_app.domain.form_fields import corrected, parties_in
from window_app.domain.receivings import read_receiving

__all__ = [
    "OFFICE_STEPS",
    "STATUS_FIELD",
    "CaseState",
    "CaseStatus",
    "Claim",
    "Conflict",
    "Party",
    "SetValue",
    "VisitState",
    "case_of",
    "fold_case",
    "fold_visit",
    "in_order",
    "parties_in",
    "visit_of",
]


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
    """Return events in the order in which the fold takes them.

    Events of the confidential feed have numbers of their own; they come before those of the home
    feed, and nothing is set in both.
    """
    found = tuple(events)
    return found if len(found) < 2 else tuple(sorted(found, key=_place))


def fold_case(events: Iterable[Event]) -> CaseState | None:
    """Return the state of a case, or None where its receiving is not among the events."""
    ordered = in_order(events)
    start = next((event for event in ordered if _starts_case(event)), None)
    if start is None:
        return None
    state = _receive(start, _papers(ordered))
    for event in ordered:
        if event is not start:
            state = _next_case(state, event, ordered)
    return _completed(state, start, ordered)


def fold_visit(visit_id: UUID, events: Iterable[Event]) -> VisitState:
    """Return the state of a visit; without events it is neither opened nor closed."""
    state = VisitState(visit_id)
    for event in in_order(events):
        state = _next_visit(state, event)
    return state


def case_of(event: Event) -> UUID:
    """Return the case an event is about: its stream, or what its facts name."""
    if event.stream.kind is StreamKind.CASE:
        return event.stream.id
    return identity(event.facts.get("case_id")) or event.stream.id


def visit_of(event: Event) -> UUID | None:
    """Return the visit an event belongs to: its stream, or what its facts name."""
    if event.stream.kind is StreamKind.VISIT:
        return event.stream.id
    return identity(event.facts.get("visit_id")) or identity((event.body or {}).get("visit_id"))


def _place(event: Event) -> tuple[bool, bool, int, int, int, int]:
    at_home = event.confidentiality is not Confidentiality.CONFIDENTIAL
    unconfirmed = event.fseq is None
    # The last two tell apart what was numbered once and lost its number when the centre was set back.
    ids = event.station_id.int, event.event_id.int
    return (unconfirmed, at_home and not unconfirmed, event.fseq or 0, event.lseq, *ids)


def _starts_case(event: Event) -> bool:
    return event.type == EventType.MATTER_RECEIVED and event.version <= KNOWN_VERSION and event.actor.kind in COUNTER


def _papers(ordered: Sequence[Event]) -> tuple[str, ...]:
    """Return the papers that counters issued; known beforehand, since every receiving waits for its fold."""
    issued = [event.facts.get("paper_id") for event in ordered if _is_paper(event)]
    return tuple(dict.fromkeys([str(paper) for paper in issued if paper]))


def _is_paper(event: Event) -> bool:
    return event.type == EventType.PAPER_ISSUED and event.version <= KNOWN_VERSION and event.actor.kind in COUNTER


def _receive(event: Event, papers: tuple[str, ...]) -> CaseState:
    body: Mapping[str, Any] = event.body or {}
    said: Mapping[str, Any] = {**body, **event.facts} if body else event.facts
    answers = body.get("answers")
    told = read_receiving(said)
    wanted = told.office
    received = status_value(event, CaseStatus.RECEIVED, wanted)
    return CaseState(
        case_id=case_of(event),
        visit_id=visit_of(event),
        matter_key=told.matter_key,
        number=told.number,
        matter=told.matter,
        route=told.route,
        received_on=told.received_on,
        due_on=told.due_on,
        status=CaseStatus.RECEIVED,
        status_event=event.event_id,
        received_by=event.station_id,
        received=received,
        status_set=received,
        office=wanted,
        offices=(wanted,) if wanted else (),
        answers=answers if isinstance(answers, Mapping) else {},
        parties=parties_in(body),
        papers=papers,
    )


def _completed(state: CaseState, start: Event, ordered: Sequence[Event]) -> CaseState:
    """Return the state with what is read only once the last value of everything stands."""
    if state.fields:
        body = corrected(start.body or {}, state.visit_id, state.fields)
        state = replace(state, parties=parties_in(body))
    for event in ordered:
        if event.type == EventType.STATUS_DETAILED and _of_office(event):
            state = _with_details(state, event)
    return state


def _with_details(state: CaseState, event: Event) -> CaseState:
    """Return the state with the decision's number and dates, which a confidential case keeps from its home feed."""
    if identity(event.facts.get("status")) != state.status_set.origin:
        return state
    return replace(
        state,
        decision_number=str(event.facts.get("decision_number") or state.decision_number),
        decided_on=day(event.facts.get("decided_on")) or state.decided_on,
        due_on=day(event.facts.get("due_on")) or state.due_on,
    )


def _next_case(state: CaseState, event: Event, ordered: Sequence[Event]) -> CaseState:
    if (event.type in _IGNORED and event.version <= KNOWN_VERSION) or _is_paper(event):
        return state
    step = _CASE_STEPS.get(event.type)
    if event.version > KNOWN_VERSION or (step is None and event.type != EventType.CONFLICT_RESOLVED):
        return replace(state, unknown=(*state.unknown, event.event_id), read_only=state.read_only or event.critical)
    following = None
    if _may_write(state, event):
        following = _resolved(state, event, ordered) if step is None else step(state, event)
    if following is None:
        return replace(state, out_of_place=(*state.out_of_place, event.event_id))
    return following


def _of_office(event: Event) -> bool:
    # Whom the directory does not (yet) know decides nothing; once it does, the case is folded anew.
    # Nor does an office's station in the name of another office.
    at_office = event.actor.kind is ActorKind.OFFICE and event.author_kind == "office"
    return at_office and event.author_office == office_of(event)


def _of_counter(event: Event) -> bool:
    return event.actor.kind in COUNTER and event.author_kind != "office"


def _may_write(state: CaseState, event: Event) -> bool:
    """Answer whether an author has anything to do with a case: counters do, and offices that have or had it."""
    if event.actor.kind is not ActorKind.OFFICE:
        return True
    return _of_office(event) and (not state.offices or office_of(event) in state.offices)


def _has_it(state: CaseState, event: Event) -> bool:
    return _of_office(event) and state.office in ("", office_of(event))


def _status_changed(state: CaseState, event: Event) -> CaseState | None:
    wanted = event.facts.get("state")
    if not _of_office(event) or not isinstance(wanted, str) or wanted not in set(CaseStatus):
        return None
    status = CaseStatus(wanted)
    new = status_value(event, status, office_after(event, status))
    base = event.base.get(STATUS_FIELD)
    if base is None and state.status_event == state.received.event_id:
        base = state.status_event
    if base == state.status_event and not (_has_it(state, event) and status in OFFICE_STEPS[state.status]):
        return None
    return change(state, STATUS_FIELD, new, base)


def _fields_set(state: CaseState, event: Event) -> CaseState | None:
    fields = (event.body or {}).get("fields")
    named = [name for name in event.base if name != STATUS_FIELD]
    for name in named:
        state = change(state, name, field_value(event, name), event.base[name])
    unnamed = isinstance(fields, Mapping) and any(name not in named for name in fields)
    if not named or unnamed:
        return replace(state, out_of_place=(*state.out_of_place, event.event_id))
    return state


def _resolved(state: CaseState, event: Event, ordered: Sequence[Event]) -> CaseState | None:
    if event.facts.get("field") == STATUS_FIELD and not _of_office(event):
        return None
    return resolve(state, event, ordered)


def _acknowledged(state: CaseState, event: Event) -> CaseState | None:
    if not _of_office(event):
        return None
    if not _has_it(state, event) or state.acknowledged:
        return state
    return replace(state, acknowledged=True, acknowledged_by=event.actor.id, acknowledged_at=event.occurred_at)


def _claimed(state: CaseState, event: Event) -> CaseState | None:
    if _of_office(event) and not _has_it(state, event):
        return state
    claimant = _code(event.facts.get("claimant")) or event.actor.id
    if any(one.claimant == claimant and one.station_id == event.station_id for one in state.claims):
        return state
    return replace(state, claims=(*state.claims, Claim(event.event_id, claimant, event.station_id, event.occurred_at)))


def _released(state: CaseState, event: Event) -> CaseState | None:
    wanted = identity(event.facts.get("claim"))
    claimant = _code(event.facts.get("claimant")) or event.actor.id
    claims = tuple(
        one for one in state.claims if (one.event_id != wanted if wanted is not None else one.claimant != claimant)
    )
    return replace(state, claims=claims)


def _case_opened(state: CaseState, event: Event) -> CaseState | None:
    by = event.actor.id
    return state if by in state.opened_by else replace(state, opened_by=(*state.opened_by, by))


def _materials_completed(state: CaseState, event: Event) -> CaseState | None:
    if not _of_counter(event):
        return None
    completed_on = day(event.facts.get("completed_on")) or state.completed_on
    return replace(state, completed_on=completed_on, due_on=day(event.facts.get("due_on")) or state.due_on)


def _case_paper(state: CaseState, event: Event) -> CaseState | None:
    paper = str(event.facts.get("paper_id") or "")
    return replace(state, papers=(*state.papers, paper)) if paper and paper not in state.papers else state


def _number_voided(state: CaseState, event: Event) -> CaseState | None:
    if not _of_counter(event) or state.status is not CaseStatus.RECEIVED:
        return None
    return put(state, STATUS_FIELD, status_value(event, CaseStatus.VOIDED, ""))


def _received_again(state: CaseState, event: Event) -> CaseState | None:  # noqa: ARG001  (the first one stays)
    return None


def _code(value: object) -> str:
    return value if isinstance(value, str) else ""


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


_CASE_STEPS: Mapping[str, Callable[[CaseState, Event], CaseState | None]] = {
    EventType.MATTER_RECEIVED: _received_again,
    EventType.STATUS_CHANGED: _status_changed,
    EventType.FIELDS_SET: _fields_set,
    EventType.CASE_ACKNOWLEDGED: _acknowledged,
    EventType.CASE_CLAIMED: _claimed,
    EventType.CASE_RELEASED: _released,
    EventType.CASE_OPENED: _case_opened,
    EventType.MATERIALS_COMPLETED: _materials_completed,
    EventType.PAPER_ISSUED: _case_paper,
    EventType.NUMBER_VOIDED: _number_voided,
}

_IGNORED = {
    *DUE_TYPES,
    *COMMITMENT_TYPES,
    EventType.PAPER_CONFIRMED,
    EventType.PAPER_REPRINTED,
    EventType.MATERIAL_ATTACHED,
    EventType.ATTACHMENT_WITHDRAWN,
    EventType.IDENTITY_REVEALED,
    EventType.VISIT_OPENED,
    EventType.ROUTE_CHOSEN,
    EventType.ROUTE_OVERRIDDEN,
    EventType.MATTER_GUIDED,
    EventType.VISIT_CLOSED,
    EventType.STATUS_DETAILED,
}

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
    DUE_TYPES
    | frozenset(_VISIT_FLAGS)
    | frozenset(_VISIT_LISTS)
    | {
        EventType.ROUTE_CHOSEN,
        EventType.PAPER_CONFIRMED,
        EventType.PAPER_REPRINTED,
        EventType.IDENTITY_REVEALED,
        EventType.MATERIALS_COMPLETED,
    }
)
