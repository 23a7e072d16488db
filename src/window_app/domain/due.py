"""What is due: follow-ups, corrections awaited, promised call-backs. One mechanism for all of them.

Each item lives on the stream of a case, a visit or a person, so it travels and is folded like
everything else there. Its opening counts wherever it stands in the order; then settlings and moves
are taken in order. What settles it first stays. A move states the event that it saw last and does
nothing where another one was first: of two values the first in the feed stays. What came too late is
named in `overtaken`, never dropped. A cause may name events of its stream that end it by themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from window_app.domain.conflicts import day, identity
from window_app.domain.due_causes import CAUSES, ENDED_BY_EVENT, ENDING_TYPES
from window_app.domain.events import Confidentiality, Event, EventType, NewEvent, Stream, StreamKind
from window_app.domain.quick import quick
from window_app.domain.working_days import PeriodUnit, WorkingDays

SOON_WORKDAYS = 3
DUE_FIELD = "due"
"""The name under which a move states in its base which event it saw last."""

DUE_TYPES = frozenset({EventType.DUE_OPENED, EventType.DUE_MOVED, EventType.DUE_HANDED, EventType.DUE_SETTLED})
KNOWN_VERSION = 1


class OwnerKind(StrEnum):
    """Who sees to it: one clerk, whoever sits at the counter, or an office."""

    CLERK = "clerk"
    COUNTER = "counter"
    OFFICE = "office"


class DueStanding(StrEnum):
    """How near it is. A day off counts as the next working day; `open` has no date."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class DueOwner:
    """Who sees to it.

    Attributes:
        code: of the clerk or of the office; "" for a counter as a whole.
        station: of the clerk or counter; None for an office.
    """

    kind: OwnerKind
    code: str = ""
    station: UUID | None = None


@dataclass(frozen=True, slots=True)
class DueLink:
    """What it is about: the stream, and the case and the visit where they are known."""

    stream: Stream
    case_id: UUID | None = None
    visit_id: UUID | None = None


@quick
@dataclass(frozen=True, slots=True)
class DueItem:
    """Something due, as its events tell it.

    Attributes:
        reason: code of what opened it (`by_hand`, `notice_once`, `returned`, `promised`, …).
        due_on: None where no date was set.
        result: how it was settled, "" while it is open.
        last_event: the event that last set date or owner: what a move states as its base.
        said_by: the event whose body holds the text.
        overtaken: events that came too late and changed nothing.
        here: the owner sits at this installation, under whatever identity; only a store knows.
    """

    due_id: UUID
    link: DueLink
    cause: str
    reason: str
    owner: DueOwner
    due_on: date | None
    opened_at: datetime
    opened_by: str
    station_id: UUID
    last_event: UUID
    said_by: UUID
    result: str = ""
    settled_at: datetime | None = None
    settled_by: str = ""
    overtaken: tuple[UUID, ...] = ()
    here: bool = False

    @property
    def settled(self) -> bool:
        """Return whether nothing is left to do."""
        return bool(self.result)


def due_id_for(stream: Stream, reason: str, origin: str) -> UUID:
    """Return the id of what the program opens for one origin, so that it is never opened twice."""
    return uuid5(NAMESPACE_OID, f"due {stream.kind.value} {stream.id} {reason} {origin}")


def opened(
    link: DueLink,
    due_id: UUID,
    cause: str,
    reason: str,
    owner: DueOwner,
    due_on: date | None,
    *,
    text: str = "",
    confidentiality: Confidentiality | None = None,
    readers: tuple[str, ...] = (),
) -> NewEvent:
    """Return the event that opens something; the text goes into the body, which is no more open than restricted."""
    facts: dict[str, Any] = {"due": str(due_id), "cause": cause, "reason": reason, **_owner_facts(owner)}
    if due_on is not None:
        facts["due_on"] = due_on.isoformat()
    if link.case_id is not None:
        facts["case_id"] = str(link.case_id)
    if link.visit_id is not None:
        facts["visit_id"] = str(link.visit_id)
    return _event(link.stream, EventType.DUE_OPENED, facts, text, confidentiality, readers)


def moved(item: DueItem, due_on: date | None, text: str, *, like: Event) -> NewEvent:
    """Return the event that gives an item another date, or none; `like` is the event that opened it."""
    facts = {"due": str(item.due_id), "due_on": None if due_on is None else due_on.isoformat()}
    return _follow(item, EventType.DUE_MOVED, facts, text, like)


def handed(item: DueItem, owner: DueOwner, text: str, *, like: Event) -> NewEvent:
    """Return the event that gives an item to somebody else."""
    return _follow(item, EventType.DUE_HANDED, {"due": str(item.due_id), **_owner_facts(owner)}, text, like)


def settled(item: DueItem, result: str, text: str, *, like: Event) -> NewEvent:
    """Return the event that ends an item."""
    facts = {"due": str(item.due_id), "result": result}
    return _event(item.link.stream, EventType.DUE_SETTLED, facts, text, like.confidentiality, like.readers)


def fold_due(events: Iterable[Event]) -> tuple[DueItem, ...]:
    """Return what is or was due on one stream, in the order of opening; `events` in the order of the fold."""
    ordered = tuple(event for event in events if event.version <= KNOWN_VERSION)
    items: dict[UUID, DueItem] = {}
    for event in ordered:
        item = _opened(event)
        if item is not None:
            items.setdefault(item.due_id, item)
    begun: set[UUID] = set()
    for event in ordered if items else ():
        due_id = identity(event.facts.get("due")) if event.type in DUE_TYPES else None
        if due_id in items:
            begun.add(due_id)
            items[due_id] = _step(items[due_id], event)
        elif event.type in ENDING_TYPES:
            # What was opened after an event is not ended by it: a case can be returned a second time.
            items.update({one: _ended(items[one], event) for one in begun})
    return tuple(items.values())


def standing(due_on: date | None, today: date, calendar: WorkingDays) -> DueStanding:
    """Return how near a date is."""
    if due_on is None:
        return DueStanding.OPEN
    if due_on < today and calendar.roll(due_on).on < today:
        return DueStanding.OVERDUE
    last = calendar.roll(due_on).on
    if last == today or due_on == today:
        return DueStanding.TODAY
    near = calendar.add(today, SOON_WORKDAYS, PeriodUnit.WORKDAYS).on
    return DueStanding.SOON if last <= near else DueStanding.LATER


def _opened(event: Event) -> DueItem | None:
    due_id = identity(event.facts.get("due"))
    if event.type != EventType.DUE_OPENED or due_id is None:
        return None
    facts = event.facts
    case_id = event.stream.id if event.stream.kind is StreamKind.CASE else identity(facts.get("case_id"))
    visit_id = event.stream.id if event.stream.kind is StreamKind.VISIT else identity(facts.get("visit_id"))
    return DueItem(
        due_id=due_id,
        link=DueLink(event.stream, case_id, visit_id),
        cause=_code(facts.get("cause")),
        reason=_code(facts.get("reason")),
        owner=_owner(facts),
        due_on=day(facts.get("due_on")),
        opened_at=event.occurred_at,
        opened_by=event.actor.id,
        station_id=event.station_id,
        last_event=event.event_id,
        said_by=event.event_id,
    )


def _step(item: DueItem, event: Event) -> DueItem:
    if event.type == EventType.DUE_OPENED:
        return item
    if item.settled:
        return replace(item, overtaken=(*item.overtaken, event.event_id))
    if event.type == EventType.DUE_SETTLED:
        return _settled(item, event, _code(event.facts.get("result")) or ENDED_BY_EVENT)
    if event.base.get(DUE_FIELD) != item.last_event:
        return replace(item, overtaken=(*item.overtaken, event.event_id))
    if event.type == EventType.DUE_MOVED:
        return replace(item, due_on=day(event.facts.get("due_on")), last_event=event.event_id)
    return replace(item, owner=_owner(event.facts), last_event=event.event_id)


def _ended(item: DueItem, event: Event) -> DueItem:
    cause = CAUSES.get(item.cause)
    if item.settled or cause is None:
        return item
    for ending in cause.endings:
        if ending.type != event.type or (ending.states and event.facts.get("state") not in ending.states):
            continue
        # Whom the directory does not know decides nothing; once it does, this is folded anew.
        if not ending.states or event.author_kind == "office":
            return _settled(item, event, ENDED_BY_EVENT)
    return item


def _settled(item: DueItem, event: Event, result: str) -> DueItem:
    return replace(item, result=result, settled_at=event.occurred_at, settled_by=event.actor.id)


def _follow(item: DueItem, kind: str, facts: Mapping[str, Any], text: str, like: Event) -> NewEvent:
    new = _event(item.link.stream, kind, facts, text, like.confidentiality, like.readers)
    return replace(new, base={DUE_FIELD: item.last_event})


def _event(
    stream: Stream,
    kind: str,
    facts: Mapping[str, Any],
    text: str,
    confidentiality: Confidentiality | None,
    readers: tuple[str, ...],
) -> NewEvent:
    return NewEvent(
        stream,
        kind,
        body={"text": text} if text else {},
        facts=facts,
        readers=readers,
        confidentiality=confidentiality or Confidentiality.RESTRICTED,
    )


def _owner_facts(owner: DueOwner) -> dict[str, Any]:
    facts: dict[str, Any] = {"owner_kind": owner.kind.value, "owner": owner.code}
    if owner.station is not None:
        facts["owner_station"] = str(owner.station)
    return facts


def _owner(facts: Mapping[str, Any]) -> DueOwner:
    kind = facts.get("owner_kind")
    known = OwnerKind(kind) if kind in set(OwnerKind) else OwnerKind.COUNTER
    return DueOwner(known, _code(facts.get("owner")), identity(facts.get("owner_station")))


def _code(value: object) -> str:
    return value if isinstance(value, str) else ""
