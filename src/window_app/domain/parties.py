"""Persons and employers as their events tell them, across visits; which of them are one and the same.

A party has a stream of its own. What is set later stands over what was set before, in the order of
the fold; nothing is lost, since every value stays among the former ones. That two parties are one
is a link between their streams and changes neither: `PartiesMerged` makes it, `PartiesSeparated`
names the links it takes away. So the order in which stations learn of these does not matter, two
links made at once are two links of the same two parties, and taking them away leaves both as they were.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from window_app.domain.events import KNOWN_VERSION, Event, EventType, StreamKind
from window_app.domain.fold import in_order


class PartyKind(StrEnum):
    """What a party is; equal to the kind of its stream."""

    PERSON = StreamKind.PERSON.value
    EMPLOYER = StreamKind.EMPLOYER.value


KEPT_FIELDS: Mapping[PartyKind, tuple[str, ...]] = {
    PartyKind.PERSON: (
        "name",
        "id_number",
        "kind",
        "other_number",
        "sex",
        "birth_date",
        "phone",
        "residence",
        "postal_address",
        "occupation",
        "work_unit",
    ),
    PartyKind.EMPLOYER: (
        "name",
        "shop_sign",
        "uscc",
        "residence",
        "postal_address",
        "phone",
        "representative",
        "representative_title",
        "industry",
    ),
}
"""The fields of a form that belong to the party itself and not to one matter."""

NUMBER_FIELDS: Mapping[PartyKind, str] = {PartyKind.PERSON: "id_number", PartyKind.EMPLOYER: "uscc"}
REGISTERED: Mapping[PartyKind, str] = {
    PartyKind.PERSON: EventType.PERSON_REGISTERED,
    PartyKind.EMPLOYER: EventType.EMPLOYER_REGISTERED,
}


@dataclass(frozen=True, slots=True)
class Detail:
    """A value that a party's field was given, by which event, whose and when."""

    value: str
    event_id: UUID
    by: str
    station_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class PartyState:
    """A party as its own stream tells it.

    Attributes:
        details: the value that stands, by field.
        former: values that stood before, oldest first, by field.
        tokens: lookup tokens of its numbers, also of numbers whose bodies are not held here.
        unheld: events whose bodies are not held here: something was set that cannot be read.
    """

    party_id: UUID
    kind: PartyKind
    registered_at: datetime
    registered_by: UUID
    details: Mapping[str, Detail] = field(default_factory=dict)
    former: Mapping[str, tuple[Detail, ...]] = field(default_factory=dict)
    tokens: tuple[str, ...] = ()
    unheld: int = 0

    def value(self, name: str) -> str:
        """Return the value of a field, "" where none is known."""
        found = self.details.get(name)
        return "" if found is None else found.value

    def values(self) -> dict[str, str]:
        """Return all values by field."""
        return {name: one.value for name, one in self.details.items()}

    @property
    def name(self) -> str:
        """Return what it is called."""
        return self.value("name") or self.value("shop_sign")


@dataclass(frozen=True, slots=True)
class Merge:
    """That two parties are one, said by somebody; `undone` once somebody took it away."""

    event_id: UUID
    kind: PartyKind
    one: UUID
    other: UUID
    by: str
    station_id: UUID
    at: datetime
    undone: bool = False


def fold_party(events: Iterable[Event]) -> PartyState | None:
    """Return a party as its events tell it, or None where none of them says anything of it.

    The events of several parties that are one give one party: of each field what was set last, in
    the order of the fold, and the rest among the former values. A change can be held where the
    registration is not yet: what it sets is known all the same.
    """
    state: PartyState | None = None
    streams: set[UUID] = set()
    for event in in_order(events):
        if _sets(event):
            state = _with_details(state, event)
            streams.add(event.stream.id)
    return None if state is None else replace(state, party_id=chief(streams))


def fold_merges(events: Iterable[Event]) -> tuple[Merge, ...]:
    """Return every link among parties, those taken away marked; the order of the events does not matter."""
    made: dict[UUID, Merge] = {}
    undone: set[UUID] = set()
    for event in events:
        merge = merge_in(event)
        if merge is not None:
            made[merge.event_id] = merge
        undone.update(separated_in(event))
    return tuple(
        sorted(
            (replace(merge, undone=merge.event_id in undone) for merge in made.values()),
            key=lambda merge: merge.event_id.int,
        )
    )


def merge_in(event: Event) -> Merge | None:
    """Return the link that an event makes; None where it makes none that this program can read."""
    if event.type != EventType.PARTIES_MERGED or event.version > KNOWN_VERSION:
        return None
    one, other = _identity(event.facts.get("one")), _identity(event.facts.get("other"))
    kind = _kind(event)
    if kind is None or one is None or other is None or one == other:
        return None
    return Merge(event.event_id, kind, one, other, event.actor.id, event.station_id, event.occurred_at)


def separated_in(event: Event) -> tuple[UUID, ...]:
    """Return the links that an event takes away, by the events that made them."""
    if event.type != EventType.PARTIES_SEPARATED or event.version > KNOWN_VERSION:
        return ()
    named = event.facts.get("merges")
    found = (_identity(one) for one in named) if isinstance(named, list) else ()
    return tuple(one for one in found if one is not None)


class Tie(Protocol):
    """What says that two parties are one, however it is kept."""

    @property
    def one(self) -> UUID:
        """Return one of the two."""
        ...

    @property
    def other(self) -> UUID:
        """Return the other one."""
        ...

    @property
    def undone(self) -> bool:
        """Answer whether it was taken away."""
        ...


def groups(merges: Iterable[Tie]) -> dict[UUID, frozenset[UUID]]:
    """Return, for every party that standing links join to another, all that are one with it."""
    found: dict[UUID, frozenset[UUID]] = {}
    for merge in merges:
        if merge.undone:
            continue
        joined = found.get(merge.one, frozenset({merge.one})) | found.get(merge.other, frozenset({merge.other}))
        for party in joined:
            found[party] = joined
    return found


def chief(parties: Iterable[UUID]) -> UUID:
    """Return the party under whose id a group goes: the one whose id was made first, the same everywhere."""
    return min(parties, key=lambda party: party.int)


def _sets(event: Event) -> bool:
    known = (EventType.PERSON_REGISTERED, EventType.EMPLOYER_REGISTERED, EventType.PARTY_DETAILS_SET)
    return event.type in known and event.version <= KNOWN_VERSION and _kind(event) is not None


def _with_details(state: PartyState | None, event: Event) -> PartyState:
    kind = _kind(event) or PartyKind.PERSON
    if state is None:
        state = PartyState(event.stream.id, kind, event.occurred_at, event.station_id)
    details, former = dict(state.details), dict(state.former)
    for name, value in _said(event):
        if name in details and details[name].value != value:
            former[name] = (*former.get(name, ()), details[name])
        if name not in details or details[name].value != value:
            details[name] = Detail(value, event.event_id, event.actor.id, event.station_id, event.occurred_at)
    return replace(
        state,
        details=details,
        former=former,
        tokens=tuple(dict.fromkeys((*state.tokens, *event.tokens))),
        unheld=state.unheld + (event.body is None),
    )


def _said(event: Event) -> Iterator[tuple[str, str]]:
    said = (event.body or {}).get("details")
    for name, value in said.items() if isinstance(said, Mapping) else ():
        if isinstance(value, str) and value:
            yield str(name), value


def _kind(event: Event) -> PartyKind | None:
    try:
        return PartyKind(event.stream.kind.value)
    except ValueError:
        return None


def _identity(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
