"""Counters and offices on real stores, with somebody who carries events between them as the line does."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID, uuid4

from tests.services.visits import visit
from tests.sync.signed import entries

from window_app import settings
from window_app.app import build_desk, practice_secrets, practice_station
from window_app.domain.line import LineDown, Page, PulledEvent, SealedEvent, confidential_feed, district_feed
from window_app.domain.ports import Station
from window_app.domain.receipt_numbers import PRACTICE_DISTRICT
from window_app.domain.stores import StationSecrets
from window_app.forms import DefinitionSet
from window_app.services.case_files import CaseFile
from window_app.services.desk import Desk
from window_app.services.office import OfficeWork
from window_app.services.practice import SampleClock
from window_app.services.session import Session
from window_app.storage import store
from window_app.storage.opened import Store
from window_app.sync.no_line import NoLine

HOME = district_feed(PRACTICE_DISTRICT)
REPORTS = confidential_feed(PRACTICE_DISTRICT)


@dataclass
class Post:
    """Holds what every station handed in, in the order of its feeds, as the centre does."""

    feeds: dict[str, list[PulledEvent]] = field(default_factory=lambda: {HOME: [], REPORTS: []})
    bodies: dict[UUID, dict[UUID, bytes]] = field(default_factory=dict)
    taken: dict[UUID, int] = field(default_factory=dict)
    readings: list[tuple[UUID, str, str]] = field(default_factory=list)
    stations: list[bytes] = field(default_factory=list)

    def take(self, place: "Place") -> None:
        """Take in what a station has not handed in yet."""
        batch = place.records.own_batch(self.taken.get(place.station_id, 0), 1000)
        if batch is None:
            return
        previous = batch.previous
        for event in batch.events:
            self._enter(place.station_id, event, previous)
            previous = event.link
        self.taken[place.station_id] = batch.events[-1].lseq
        place.records.note_acked(batch.events[-1].lseq, "epoch")

    def _enter(self, station: UUID, event: SealedEvent, previous: str) -> None:
        said = json.loads(event.envelope)
        feed = self.feeds[REPORTS if said["class"] == "confidential" else HOME]
        body = event.body if said["class"] == "open" else None
        feed.append(PulledEvent(len(feed) + 1, station, event.lseq, previous, event.link, event.envelope, body))
        if event.body is not None:
            self.bodies.setdefault(UUID(said["stream"][1]), {})[UUID(said["event"])] = event.body

    def bring(self, place: "Place") -> None:
        """Bring a station what it has not seen of its feeds, and who the others are."""
        place.records.apply_directory(entries(*self.stations))
        for feed in place.feeds:
            if not place.records.has_feed(feed):
                place.records.begin_feed(feed, None)
            after = place.records.cursor(feed).after
            fresh = tuple(self.feeds[feed][after:])
            place.records.apply(Page(feed, after, len(self.feeds[feed]), fresh))


class PostLine(NoLine):
    """A line that fetches bodies from the post; cut, it says so."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self.records: Store | None = None
        self.cut = False

    def fetch_bodies(self, case_id: UUID, clerk: str, reason: str) -> int:
        if self.cut or self.records is None:
            raise LineDown("unreachable")
        self._post.readings.append((case_id, clerk, reason))
        return self.records.keep_bodies(tuple(self._post.bodies.get(case_id, {}).items()))


@dataclass
class Place:
    """A station with its desk."""

    desk: Desk
    records: Store
    line: PostLine
    feeds: tuple[str, ...]

    @property
    def station_id(self) -> UUID:
        return self.records.station().station_id

    @property
    def office(self) -> OfficeWork:
        assert self.desk.office is not None
        return self.desk.office

    def file(self, number: str) -> CaseFile:
        return self.desk.cases.get(number)

    def opened(self, number: str) -> CaseFile:
        """Fetch and open a case."""
        fetched = self.office.fetch(self.file(number).case_id)
        return self.office.open(number, fetched=fetched).file

    def receive(self, name: str) -> str:
        """Take a collected visit in and return the number of its first case."""
        draft = self.desk.intake.from_json(visit(name))
        return self.desk.receiving.receive(draft).cases[0].number

    def report(self, informant: Mapping[str, str] | None = None) -> str:
        """Take a report in, unnamed or with who made it, and return its number."""
        reported = visit("60")
        if informant is not None:
            reported["matters"][0]["answers"]["informant"] = {"anonymous": False, **informant}
        return self.desk.receiving.receive(self.desk.intake.from_json(reported)).cases[0].number


def directory_entry(station: Station) -> bytes:
    """Return what the directory says of a station."""
    said = {"entry": "station", "station_id": str(station.station_id), "kind": station.kind, "name": station.name,
            "hall": "", "office": station.office, "issue_code": station.issue_code, "status": "active"}  # fmt: skip
    return json.dumps(said).encode()


class District:
    """Stations of one district and the post between them."""

    def __init__(self, folder: Path, law: DefinitionSet, clock: SampleClock) -> None:
        self._folder = folder
        self._law = law
        self._clock = clock
        self._secrets = practice_secrets()
        self.post = Post()
        self.places: list[Place] = []

    def open(self, code: str, office: str | None = None, clerk: str = "c1") -> Place:
        """Set up and open a station."""
        directory = self._folder / code
        kind = "counter" if office is None else "office"
        station = replace(practice_station(), station_id=uuid4(), kind=kind, office=office, issue_code=code)
        secrets = StationSecrets(b"s" * 32, self._secrets.district_key, self._secrets.signing_keys)
        store.create(directory, station, secrets, None, clock=self._clock).close()
        self.post.stations.append(directory_entry(station))
        records = store.open(directory, clock=self._clock)
        line = PostLine(self.post)
        line.records = records
        session = Session(clerk, "经办人")
        desk = build_desk(directory, records, session, settings.Settings(), self._clock, self._law, line)
        feeds = (HOME, REPORTS) if office and office.startswith("inspection") else (HOME,)
        self.places.append(Place(desk, records, line, feeds))
        return self.places[-1]

    def carry(self, places: Sequence[Place] = ()) -> None:
        """Let stations hand in and fetch; all of them where none is named."""
        for place in places or self.places:
            self.post.take(place)
        for place in places or self.places:
            self.post.bring(place)

    def close(self) -> None:
        for place in self.places:
            place.desk.close()
