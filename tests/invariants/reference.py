"""Invariant 5, worked out apart from the fold: which writes were lost without anybody being shown them."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from window_app.domain.cases import STATUS_FIELD, CaseState
from window_app.domain.events import Event, EventType


def lost_in_silence(events: Sequence[Event], state: CaseState) -> Iterator[tuple[str, UUID]]:
    """Yield (field, event) of every write that is neither current, nor superseded by an author who saw it, nor shown.

    Shown is what stands in an open conflict or among what was out of place. A write of a value that
    another author had given already takes nothing from anybody.
    """
    fields = dict.fromkeys(name for event in events for name in _sets(event))
    for name in fields:
        seen = _seen_from(events, name, (state.setter(name), *_disputed(state, name)))
        kept = {_value(event, name) for event in events if event.event_id in seen}
        for event in events:
            harmless = event.event_id in seen or event.event_id in state.out_of_place or event.event_id in state.unknown
            if name in _sets(event) and not harmless and _value(event, name) not in kept:
                yield name, event.event_id


def _disputed(state: CaseState, name: str) -> Iterator[UUID]:
    for conflict in state.conflicts_on(name):
        yield conflict.other.event_id
        yield conflict.other.origin


def _seen_from(events: Sequence[Event], name: str, ends: Sequence[UUID]) -> set[UUID]:
    """Return the ends and everything that their authors had before their eyes, and the authors of that, and so on."""
    by_id = {event.event_id: event for event in events}
    found: set[UUID] = set()
    open_ends = list(ends)
    while open_ends:
        one = open_ends.pop()
        if one in found:
            continue
        found.add(one)
        if one in by_id:
            open_ends.extend(_saw(by_id[one], name))
    return found


def _saw(event: Event, name: str) -> Iterator[UUID]:
    if name in event.base:
        yield event.base[name]
    if event.type == EventType.CONFLICT_RESOLVED and event.facts.get("field") == name:
        yield from (UUID(str(event.facts[which])) for which in ("kept", "dropped"))


def _sets(event: Event) -> tuple[str, ...]:
    if event.type == EventType.FIELDS_SET:
        return tuple(event.base)
    if event.type == EventType.CONFLICT_RESOLVED:
        return (str(event.facts.get("field")),)
    return (STATUS_FIELD,) if event.type == EventType.STATUS_CHANGED else ()


def _value(event: Event, name: str) -> object:
    marks = event.facts.get("marks")
    if event.type == EventType.FIELDS_SET and isinstance(marks, Mapping) and name in marks:
        return marks[name]
    # Whatever else was written stands for itself alone.
    return event.event_id
