"""What the centre holds, read past every function by its superuser."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

import psycopg


@dataclass(frozen=True)
class CentreEvent:
    """An event at the centre; `fseq` is 0 for one that was set aside."""

    feed: str
    fseq: int
    event_id: UUID
    station_id: UUID
    lseq: int
    envelope: bytes
    body: bytes | None
    stream_id: UUID
    body_digest: str


@dataclass
class CentreView:
    """Feeds in their order, what was set aside, and what somebody should look at."""

    feeds: Mapping[str, list[CentreEvent]]
    heads: Mapping[str, int]
    quarantine: list[CentreEvent]
    anomalies: Mapping[str, int]
    states: Mapping[UUID, str]
    seats: Mapping[UUID, tuple[str, str | None]]

    @cached_property
    def by_stream(self) -> Mapping[UUID, list[CentreEvent]]:
        """Return the events of the feeds by what they are about, in the order of their feeds."""
        found: dict[UUID, list[CentreEvent]] = {}
        for events in self.feeds.values():
            for event in events:
                found.setdefault(event.stream_id, []).append(event)
        return found

    def seat_of(self, station_id: UUID) -> tuple[str | None, str | None]:
        """Return the kind and office of a station."""
        return self.seats.get(station_id, (None, None))

    def everywhere(self) -> Iterator[CentreEvent]:
        """Yield every event that the centre keeps, in a feed or for a person."""
        for events in self.feeds.values():
            yield from events
        yield from self.quarantine


def view_of(dsn: str) -> CentreView:
    """Return everything a centre holds."""
    with psycopg.connect(dsn) as connection:
        heads = {str(feed): int(head) for feed, head in connection.execute("SELECT feed_id, head FROM centre.feed")}
        feeds: dict[str, list[CentreEvent]] = {feed: [] for feed in heads}
        for row in connection.execute(
            "SELECT e.feed_id, e.fseq, e.station_id, e.lseq, e.envelope, b.content, e.event_id FROM centre.event e"
            " LEFT JOIN centre.body b USING (event_id) ORDER BY e.feed_id, e.fseq"
        ):
            feeds.setdefault(row[0], []).append(_event(*row))
        aside = connection.execute("SELECT '', 0, station_id, lseq, envelope, body, NULL FROM centre.quarantine")
        noticed = connection.execute("SELECT kind FROM centre.anomaly")
        states = connection.execute("SELECT case_id, state FROM centre.case_current")
        kinds = connection.execute(
            "SELECT station_id, kind, office FROM centre.station JOIN centre.enrolment USING (enrolment_id)"
        )
        return CentreView(
            feeds,
            heads,
            [_event(*row) for row in aside],
            Counter(str(kind) for (kind,) in noticed),
            {case_id: str(state) for case_id, state in states},
            {station_id: (str(kind), office) for station_id, kind, office in kinds},
        )


def _event(
    feed: str, fseq: int, station_id: UUID, lseq: int, envelope: bytes, body: bytes | None, event_id: UUID | None
) -> CentreEvent:
    said: Any = _said(envelope)
    return CentreEvent(
        feed,
        fseq,
        event_id or UUID(said.get("event", str(UUID(int=0)))),
        station_id,
        lseq,
        bytes(envelope),
        None if body is None else bytes(body),
        UUID(said.get("stream", ["", str(UUID(int=0))])[1]),
        said.get("body", ""),
    )


def _said(envelope: bytes) -> dict[str, Any]:
    try:
        said = json.loads(envelope)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
