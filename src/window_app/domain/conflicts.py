"""No write is lost in silence: what was set without having seen the present value becomes a conflict.

The first in the order of the feed stays; the other is kept beside it until a person has chosen.
Choosing is itself a change and is checked the same way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from window_app.domain.cases import STATUS_FIELD, CaseState, CaseStatus, Conflict, SetValue
from window_app.domain.events import Event, EventType
from window_app.domain.form_fields import value_in


def change(state: CaseState, field: str, new: SetValue, base: UUID | None) -> CaseState:
    """Return the state after somebody set a field who saw what `base` had set.

    Where that is still current the value is set. Where an equal value stands, nothing is lost.
    Otherwise the first one stays and the new one is disputed; in the place of an earlier disputed
    one if that is what its author saw.
    """
    current = current_value(state, field)
    if base == current.event_id:
        return put(state, field, new)
    seen = next((one for one in state.conflicts if one.field == field and one.other.event_id == base), None)
    return _dispute(state, Conflict(field, current, new), seen)


def resolve(state: CaseState, event: Event, ordered: Sequence[Event]) -> CaseState | None:
    """Return the state after a person chose between two values, or None where the choice names no two of them.

    `ordered` holds all events of the case, to find a value that is no longer current.
    """
    field, kept, dropped = _choice(event)
    base = event.base.get(field)
    if not field or kept is None or dropped is None or base is None:
        return None
    current = current_value(state, field)
    disputed = {one.other.event_id: one for one in state.conflicts if one.field == field}
    if base != current.event_id:
        return _resolve_late(state, event, ordered, disputed.get(kept) or disputed.get(dropped))
    if kept == current.event_id and dropped in disputed:
        return _keep(_without(state, disputed[dropped]), field, _chosen(event, current))
    if dropped == current.event_id and kept in disputed:
        return put(_without(state, disputed[kept]), field, _chosen(event, disputed[kept].other))
    return None


def _resolve_late(state: CaseState, event: Event, ordered: Sequence[Event], seen: Conflict | None) -> CaseState | None:
    """Return the state after a choice whose author had not seen the present value."""
    field, kept, _ = _choice(event)
    found = value_set(state, kept, field, ordered)
    if found is None:
        return None
    return _dispute(state, Conflict(field, current_value(state, field), _chosen(event, found)), seen)


def _dispute(state: CaseState, new: Conflict, seen: Conflict | None) -> CaseState:
    """Add a conflict, in the place of the one that the new value's author had seen; none for an equal value."""
    if _equal(new.field, new.kept, new.other):
        return state if seen is None else _without(state, seen)
    if seen is None:
        return replace(state, conflicts=(*state.conflicts, new))
    return replace(state, conflicts=tuple(new if one is seen else one for one in state.conflicts))


def current_value(state: CaseState, field: str) -> SetValue:
    """Return what a field or the status now holds, and who set it."""
    if field == STATUS_FIELD:
        return state.status_set
    found = state.fields.get(field)
    if found is not None:
        return found
    known, value = value_in(state.answers, field)
    return replace(state.received, value=value, known=known)


def put(state: CaseState, field: str, new: SetValue) -> CaseState:
    """Return the state with a value set and the field's conflicts pointing at it."""
    following = _keep(state, field, new)
    return _with_status(following, new) if field == STATUS_FIELD else following


def _keep(state: CaseState, field: str, new: SetValue) -> CaseState:
    conflicts = tuple(replace(one, kept=new) if one.field == field else one for one in state.conflicts)
    if field == STATUS_FIELD:
        return replace(state, status_set=new, status_event=new.event_id, conflicts=conflicts)
    return replace(state, fields={**state.fields, field: new}, conflicts=conflicts)


def _without(state: CaseState, conflict: Conflict) -> CaseState:
    return replace(state, conflicts=tuple(one for one in state.conflicts if one is not conflict))


def _with_status(state: CaseState, new: SetValue) -> CaseState:
    said: Mapping[str, Any] = new.value
    status = CaseStatus(said["state"])
    office = str(said.get("office") or state.office)
    following = replace(
        state,
        status=status,
        decision_number=str(said.get("decision_number") or state.decision_number),
        decided_on=day(said.get("decided_on")),
        due_on=day(said.get("due_on")) or state.due_on,
        completed_on=None if status is CaseStatus.RETURNED else state.completed_on,
    )
    return following if office == state.office else moved(following, office)


def moved(state: CaseState, office: str) -> CaseState:
    """Return the case with another office, which has neither acknowledged nor claimed it yet."""
    offices = (*(one for one in state.offices if one != office), office)
    return replace(
        state, office=office, offices=offices, acknowledged=False, acknowledged_by="", acknowledged_at=None, claims=()
    )


def status_value(event: Event, state: CaseStatus, office: str) -> SetValue:
    """Return a status as an event states it; `office` has the case from then on, "" for whoever has it."""
    facts = {**event.facts, "state": state.value, "office": office}
    return _set_value(event, facts, known=True)


def field_value(event: Event, field: str) -> SetValue:
    """Return what a FieldsSet gives a field; unknown where its body is not held."""
    fields = None if event.body is None else event.body.get("fields")
    known = isinstance(fields, Mapping) and field in fields
    marks = event.facts.get("marks")
    mark = marks.get(field) if isinstance(marks, Mapping) else None
    value = fields[field] if isinstance(fields, Mapping) and known else None
    return _set_value(event, value, known=known, mark=mark if isinstance(mark, str) else "")


def _set_value(event: Event, value: object, *, known: bool, mark: str = "") -> SetValue:
    return SetValue(
        event.event_id, event.event_id, value, known, event.actor.id, event.station_id, event.occurred_at, mark
    )


def value_set(state: CaseState, event_id: UUID | None, field: str, ordered: Sequence[Event]) -> SetValue | None:
    """Return what an event of the case gave a field, following choices to what they chose."""
    by_id = {event.event_id: event for event in ordered}
    followed: set[UUID] = set()
    while event_id is not None and event_id not in followed:
        followed.add(event_id)
        event = by_id.get(event_id)
        if event is None:
            return None
        if event.type == EventType.CONFLICT_RESOLVED:
            event_id = _choice(event)[1]
            continue
        return _first_value(state, event, field)
    return None


def _first_value(state: CaseState, event: Event, field: str) -> SetValue | None:
    if event.type == EventType.FIELDS_SET:
        return field_value(event, field) if field in event.base else None
    if event.event_id == state.received.event_id and field != STATUS_FIELD:
        known, value = value_in(state.answers, field)
        return replace(state.received, value=value, known=known)
    disputed = (one.other for one in state.conflicts if one.field == field)
    for held in (current_value(state, field), *disputed):
        if event.event_id in (held.event_id, held.origin):
            return held
    return _said_status(event) if field == STATUS_FIELD else None


def _said_status(event: Event) -> SetValue | None:
    said = event.facts.get("state")
    if event.type != EventType.STATUS_CHANGED or not isinstance(said, str) or said not in set(CaseStatus):
        return None
    return status_value(event, CaseStatus(said), office_after(event, CaseStatus(said)))


def office_after(event: Event, status: CaseStatus) -> str:
    """Return which office has a case after an office's event: the one it went to, or the author's."""
    if status is CaseStatus.TRANSFERRED:
        wanted = event.facts.get("office")
        return wanted if isinstance(wanted, str) else ""
    return office_of(event)


def office_of(event: Event) -> str:
    """Return the office that an office's event comes from: its author's code up to the slash."""
    return event.actor.id.partition("/")[0]


def _chosen(event: Event, value: SetValue) -> SetValue:
    return replace(value, event_id=event.event_id, by=event.actor.id, station_id=event.station_id, at=event.occurred_at)


def _choice(event: Event) -> tuple[str, UUID | None, UUID | None]:
    field = event.facts.get("field")
    name = field if isinstance(field, str) else ""
    return name, identity(event.facts.get("kept")), identity(event.facts.get("dropped"))


def _equal(field: str, one: SetValue, other: SetValue) -> bool:
    if one.origin == other.origin:
        return True
    if field == STATUS_FIELD:
        return False
    if one.mark and one.mark == other.mark:
        return True
    return one.known and other.known and one.value == other.value


def day(value: object) -> date | None:
    """Return the date of an ISO text, or None where it is none."""
    if not isinstance(value, str) or not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def identity(value: object) -> UUID | None:
    """Return the UUID of a text, or None where it is none."""
    if not isinstance(value, str):
        return None
    try:
        return UUID(value)
    except ValueError:
        return None
