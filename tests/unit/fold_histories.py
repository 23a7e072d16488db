"""Histories of a case as several authors write them, each seeing what it last fetched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from hypothesis import strategies as st

from window_app.domain.cases import STATUS_FIELD, Conflict
from window_app.domain.events import Actor, ActorKind, Confidentiality, Event, EventType, Stream, StreamKind
from window_app.domain.fold import CaseState, fold_case

CASE, VISIT = UUID(int=0xCA5E), UUID(int=0x715)
BEGUN = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
ANSWERS: dict[str, Any] = {"applicant": {"name": "王小明", "phone": "1380"}, "respondents": [{"name": "宏发"}]}


@dataclass(frozen=True)
class Author:
    """Somebody at a station."""

    actor: Actor
    station: UUID


CLERK = Author(Actor(ActorKind.CLERK, "0012"), UUID(int=1))
OTHER_CLERK = Author(Actor(ActorKind.CLERK, "0033"), UUID(int=2))
INSPECTOR = Author(Actor(ActorKind.OFFICE, "inspection/7"), UUID(int=3))
NEIGHBOUR = Author(Actor(ActorKind.OFFICE, "neighbour/4"), UUID(int=4))


def said(
    lseq: int,
    author: Author,
    kind: str,
    *,
    body: Mapping[str, Any] | None = None,
    base: Mapping[str, UUID] | None = None,
    **facts: Any,
) -> Event:
    """Return an event of the case."""
    return Event(
        event_id=UUID(int=(author.station.int & 0xFFFF) << 32 | lseq),
        stream=Stream(StreamKind.CASE, CASE),
        type=kind,
        version=1,
        critical=False,
        actor=author.actor,
        station_id=author.station,
        lseq=lseq,
        occurred_at=BEGUN + timedelta(minutes=lseq),
        clock_offset_ms=None,
        confidentiality=Confidentiality.RESTRICTED,
        readers=(),
        facts=facts,
        tokens=(),
        base=base or {},
        body_digest="",
        body=body,
        envelope_bytes=b"",
        chain_hash="",
        author_kind="office" if author.actor.kind is ActorKind.OFFICE else "counter",
        author_office=author.actor.id.partition("/")[0] if author.actor.kind is ActorKind.OFFICE else None,
    )


@dataclass
class History:
    """A feed of one case; `seen` holds what each event's author knew when writing it."""

    feed: list[Event] = field(default_factory=list)
    seen: dict[UUID, frozenset[UUID]] = field(default_factory=dict)
    _lseq: int = 1

    def __post_init__(self) -> None:
        """Begin with the receiving."""
        applicant = {"party_id": str(uuid5(VISIT, "applicant/0")), "role": "applicant", **ANSWERS["applicant"]}
        body = {"answers": ANSWERS, "applicant": applicant}
        facts = {"number": "440305-A1C2-261121-0012-CBE", "visit_id": str(VISIT), "office": "inspection"}
        self.add(CLERK, EventType.MATTER_RECEIVED, body=body, **facts)

    @property
    def received(self) -> Event:
        """Return the receiving."""
        return self.feed[0]

    @property
    def fields(self) -> tuple[str, ...]:
        """Return every field that somebody set."""
        return tuple({name: None for event in self.feed for name in event.base})

    def make(self, author: Author, kind: str, **said_of_it: Any) -> Event:
        """Return an event that stands in no feed yet."""
        self._lseq += 1
        return said(self._lseq, author, kind, **said_of_it)

    def enter(self, event: Event) -> Event:
        """Put an event at the end of the feed."""
        placed = replace(event, fseq=len(self.feed) + 1)
        self.feed.append(placed)
        return placed

    def add(self, author: Author, kind: str, **said_of_it: Any) -> Event:
        """Write an event with the whole feed in sight."""
        return self.enter(self.make(author, kind, **said_of_it))

    def write(self, author: Author, name: str, value: object, *, base: Event | None = None, **facts: Any) -> Event:
        """Set a field, from the present value or from an earlier base."""
        setter = self.state().setter(name) if base is None else base.event_id
        return self.add(author, EventType.FIELDS_SET, body={"fields": {name: value}}, base={name: setter}, **facts)

    def decide(self, author: Author, state: str, *, base: Event | None = None, **facts: Any) -> Event:
        """Change the status, from the present one or from an earlier base."""
        setter = self.state().status_event if base is None else base.event_id
        return self.add(author, EventType.STATUS_CHANGED, base={STATUS_FIELD: setter}, state=state, **facts)

    def settle(self, author: Author, *, keep_first: bool, seen: Sequence[Event] | None = None) -> Event:
        """End the first conflict that the author sees."""
        conflict = self.state(seen).conflicts[0]
        pair = (conflict.kept_event, conflict.other_event)
        kept, dropped = pair if keep_first else pair[::-1]
        return self.choose(author, conflict.field, kept, dropped, base=conflict.kept_event)

    def choose(self, author: Author, name: str, kept: UUID, dropped: UUID, *, base: UUID | None = None) -> Event:
        """Choose between two values."""
        setter = base or self.state().setter(name)
        facts = {"field": name, "kept": str(kept), "dropped": str(dropped)}
        return self.add(author, EventType.CONFLICT_RESOLVED, base={name: setter}, **facts)

    def state(self, seen: Sequence[Event] | None = None) -> CaseState:
        """Return the state of the feed, or of what an author sees of it."""
        found = fold_case(self.feed if seen is None else seen)
        assert found is not None
        return found

    def writes(self, name: str) -> tuple[Event, ...]:
        """Return the events that set a field."""
        return tuple(event for event in self.feed if name in event.base)

    def seen_by(self, event: Event) -> frozenset[UUID]:
        """Return what an event's author knew."""
        return self.seen.get(event.event_id, frozenset())

    def value_of(self, event: Event, name: str) -> object:
        """Return what an event gives a field; None for a status, which is never equal to another."""
        if name == STATUS_FIELD:
            return None
        if event.type == EventType.CONFLICT_RESOLVED:
            kept = next((one for one in self.feed if str(one.event_id) == event.facts["kept"]), None)
            return None if kept is None else self.value_of(kept, name)
        return ((event.body or {}).get("fields") or {}).get(name)


NAMES = ("applicant.phone", "respondents[0].name")
STATES = ("accepted", "suspended", "returned", "closed", "refused")


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Draw a history: authors write offline from what they last fetched, and come to the feed in turn."""
    history = History()
    authors = (CLERK, OTHER_CLERK, INSPECTOR, Author(INSPECTOR.actor, UUID(int=5)))
    fetched = {author: 1 for author in authors}
    waiting: dict[Author, list[Event]] = {author: [] for author in authors}
    for _ in range(draw(st.integers(1, 14))):
        author = draw(st.sampled_from(authors))
        if draw(st.integers(0, 3)) == 0:
            for event in waiting[author]:
                history.enter(event)
            waiting[author].clear()
            fetched[author] = len(history.feed)
            continue
        view = [*history.feed[: fetched[author]], *waiting[author]]
        event = _written(draw, history, author, view)
        history.seen[event.event_id] = frozenset(one.event_id for one in view)
        waiting[author].append(event)
    for author in authors:
        for event in waiting[author]:
            history.enter(event)
    return history


def _written(draw: st.DrawFn, history: History, author: Author, view: Sequence[Event]) -> Event:
    state = history.state(view)
    of_office = author.actor.kind is ActorKind.OFFICE
    settleable = [one for one in state.conflicts if of_office or one.field != STATUS_FIELD]
    chosen: bool = draw(st.booleans())
    if settleable and chosen:
        conflict: Conflict = draw(st.sampled_from(settleable))
        kept, dropped = draw(st.permutations([conflict.kept_event, conflict.other_event]))
        facts = {"field": conflict.field, "kept": str(kept), "dropped": str(dropped)}
        return history.make(author, EventType.CONFLICT_RESOLVED, base={conflict.field: conflict.kept_event}, **facts)
    if of_office and draw(st.booleans()):
        wanted = draw(st.sampled_from(STATES))
        return history.make(author, EventType.STATUS_CHANGED, base={STATUS_FIELD: state.status_event}, state=wanted)
    name = draw(st.sampled_from(NAMES))
    body = {"fields": {name: draw(st.sampled_from(("甲", "乙", "丙")))}}
    return history.make(author, EventType.FIELDS_SET, body=body, base={name: state.setter(name)})
