"""A feed to test with: what stations hand in gets its place, and comes out again in pages."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.storage import halls

from window_app.domain.events import Actor, ActorKind, NewEvent, canonical_bytes, chain_hash, digest
from window_app.domain.fold import fold_case
from window_app.domain.line import DirectoryEntry, Page, PulledEvent, place_mark
from window_app.domain.ports import Station
from window_app.storage import store
from window_app.storage.opened import Store

DISTRICT = halls.STATION.district
OFFICE_ID = UUID("01a1fca7-1c8f-7093-8909-06b8ff4244ff")
AT_OFFICE = Actor(ActorKind.OFFICE, "inspection/0031")


def counter(number: int) -> Station:
    """Return a further counter of the district."""
    station_id = UUID(int=halls.STATION.station_id.int + number)
    return replace(halls.STATION, station_id=station_id, name=f"{number}号窗口", issue_code=f"B{number:03d}")


def office() -> Station:
    """Return the inspection office of the district."""
    return replace(
        halls.STATION, station_id=OFFICE_ID, kind="office", name="监察大队", issue_code="C001", office="inspection"
    )


def make(directory: Path, station: Station) -> Store:
    """Make a store of any station; it follows the district's feed from its beginning."""
    made = store.create(directory, station, halls.SECRETS, halls.CLERK, profile=store.CHEAP, clock=halls.CLOCK)
    made.begin_feed(DISTRICT, None)
    return made


@dataclass
class Feed:
    """A feed as the centre keeps it, without any of its checks."""

    name: str = DISTRICT
    events: list[PulledEvent] = field(default_factory=list)
    held: dict[UUID, int] = field(default_factory=dict)

    def take(self, *stations: Store) -> None:
        """Take in what stations hold and have not handed in; an id known already is not stored twice."""
        for station in stations:
            own = station.station().station_id
            batch = station.own_batch(self.held.get(own, 0), 10_000)
            if batch is None:
                continue
            previous = batch.previous
            for event in batch.events:
                self._store(PulledEvent(0, own, event.lseq, previous, event.link, event.envelope, event.body))
                previous = event.link
                self.held[own] = event.lseq
            station.note_acked(self.held[own], "first")

    def add(self, pulled: PulledEvent) -> PulledEvent:
        """Put an event at the end."""
        self.events.append(replace(pulled, fseq=len(self.events) + 1))
        return self.events[-1]

    def set_back(self, head: int) -> None:
        """Lose everything beyond a number, as a centre does that is restored from a backup."""
        del self.events[head:]
        self.held.clear()
        for event in self.events:
            self.held[event.station_id] = max(event.lseq, self.held.get(event.station_id, 0))

    def page(self, after: int, limit: int = 1000, *, bodies: Callable[[PulledEvent], bool] = lambda _: False) -> Page:
        """Return a page; bodies of those events alone that are asked for."""
        found = [one if bodies(one) else replace(one, body=None) for one in self.events[after : after + limit]]
        return Page(self.name, after, len(self.events), tuple(found))

    def bring(self, *stations: Store, limit: int = 1000, **asked: Any) -> None:
        """Bring stations up to the end of the feed, page by page."""
        for station in stations:
            while (after := station.cursor(self.name).after) < len(self.events):
                station.apply(self.page(after, limit, **asked))

    def _store(self, pulled: PulledEvent) -> None:
        if pulled.envelope not in {one.envelope for one in self.events} and _id(pulled) not in map(_id, self.events):
            self.add(pulled)


def own_or(reader: Store) -> Callable[[PulledEvent], bool]:
    """Bodies as the centre gives them to a station: its own, and nobody else's."""
    own = reader.station().station_id
    return lambda event: event.station_id == own


def everything(_: PulledEvent) -> bool:
    """Bodies of all events."""
    return True


def decide(at: Store, case_id: UUID, state: str, **facts: Any) -> None:
    """Have an office decide, in the sight of the present status."""
    seen = fold_case(at.events(case_id))
    base = {} if seen is None else {"status": seen.status_event}
    with at.unit_of_work() as work:
        work.append(AT_OFFICE, [replace(halls.decide(case_id, state, **facts), base=base)])


def decided(counter_hall: Store, office_hall: Store, case_id: UUID, state: str, **facts: Any) -> None:
    """Have an office decide on a counter's case, and both hear of it."""
    feed = Feed()
    feed.take(counter_hall)
    for hall in (counter_hall, office_hall):
        know(hall, office_hall.station())
        hall.begin_feed(DISTRICT, None)
        feed.bring(hall)
    decide(office_hall, case_id, state, **facts)
    feed.take(office_hall)
    feed.bring(counter_hall)


def append(at: Store, *events: NewEvent) -> None:
    """Have a station's clerk author events."""
    with at.unit_of_work() as work:
        work.append(halls.AT_COUNTER, list(events))


def altered(pulled: PulledEvent, envelope: bytes, *, body: bytes | None = None) -> PulledEvent:
    """Return an event with another envelope at the same place."""
    return replace(pulled, envelope=envelope, link=chain_hash(pulled.previous, envelope), body=body)


def directory(*contents: dict[str, Any], after: Sequence[DirectoryEntry] = ()) -> list[DirectoryEntry]:
    """Return directory entries, chained; nobody checks a signature here."""
    made = list(after)
    for content in contents:
        previous = made[-1].link if made else ""
        made.append(DirectoryEntry(len(made) + 1, previous, canonical_bytes(content), "ab" * 64))
    return made[len(after) :]


def know(at: Store, *stations: Station) -> None:
    """Have the directory, made anew, name stations."""
    at.apply_directory(directory(*map(station_entry, stations)))


def station_entry(station: Station, status: str = "active") -> dict[str, Any]:
    """Return what the directory says of a station."""
    return {
        "entry": "station",
        "station_id": str(station.station_id),
        "kind": station.kind,
        "name": station.name,
        "office": station.office,
        "status": status,
    }


def held(at: Store, name: str = DISTRICT) -> list[tuple[int, bytes]]:
    """Return what a replica holds of a feed: numbers with envelopes."""
    cursor = at._database._connection.cursor()
    return list(
        cursor.execute("SELECT fseq, envelope FROM event WHERE feed = ? AND fseq IS NOT NULL ORDER BY fseq", (name,))
    )


def projected(at: Store) -> list[tuple[Any, ...]]:
    """Return every row of the list of cases."""
    return list(at._database._connection.execute("SELECT * FROM case_current ORDER BY position"))


def everything_in(at: Store) -> list[Any]:
    """Return every row of every table."""
    connection = at._database._connection
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return [(name, connection.execute(f"SELECT * FROM {name}").fetchall()) for name in names]  # noqa: S608


def counted(events: Iterable[PulledEvent]) -> dict[UUID, tuple[int, int, str, int]]:
    """Return what must be counted of a feed."""
    found: dict[UUID, tuple[int, int, str, int]] = {}
    for event in events:
        many, _, _, places = found.get(event.station_id, (0, 0, "", 0))
        mark = place_mark(UUID(json.loads(event.envelope)["event"]).bytes, event.fseq)
        found[event.station_id] = (many + 1, event.lseq, event.link, places ^ mark)
    return found


def counts(at: Store) -> dict[UUID, tuple[int, int, str, int]]:
    """Return what a replica counted of its feed."""
    return {one.station_id: (one.events, one.last_lseq, one.last_link, one.places) for one in at.counts(DISTRICT)}


def _id(pulled: PulledEvent) -> bytes | str:
    return digest(pulled.envelope[pulled.envelope.index(b'"event"') :][:46])


def assert_rebuilds(store: Store) -> None:
    before = projected(store)
    store.rebuild()
    assert projected(store) == before
