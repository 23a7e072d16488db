"""The practice hall's sample data: a dozen cases and some drafts, made through the real services."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from window_app import paths
from window_app.clock import Clock, FixedClock, legal_date
from window_app.errors import WindowAppError
from window_app.rules.values import Value

if TYPE_CHECKING:
    from window_app.services.desk import Desk

SAMPLES = "samples/practice.json"
# Sample visits have ids of their own in each hall, so that a fill that was killed goes on where it stood.
_NAMES = UUID("6b1f3c0e-58c5-4a52-9d0f-3a7f1a0c5d11")


class SampleClock:
    """A clock that is set by hand, so that samples spread over the days before."""

    def __init__(self, instant: datetime) -> None:
        """Start at an aware instant."""
        self.instant = instant.astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant that was set."""
        return self.instant

    def today(self) -> date:
        """Return the legal date of that instant."""
        return legal_date(self.instant)


def clock_of_practice(otherwise: Clock) -> Clock:
    """Return the clock of a practice hall: WINDOW_APP_PRACTICE_NOW where it is set, and never anywhere else.

    Raises:
        WindowAppError: `practice.now_invalid` where it is no instant with its zone.
    """
    chosen = os.environ.get("WINDOW_APP_PRACTICE_NOW")
    if not chosen:
        return otherwise
    try:
        instant = datetime.fromisoformat(chosen)
    except ValueError:
        raise WindowAppError("practice.now_invalid") from None
    if instant.tzinfo is None:
        raise WindowAppError("practice.now_invalid")
    return FixedClock(instant.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample visit: how many minutes ago it was, whether it stays a draft, whether its papers came out."""

    place: int
    minutes_ago: int
    draft: bool
    settled: bool
    intake: Mapping[str, Any]


def samples() -> Iterator[Sample]:
    """Yield the samples, oldest first. Dates in them are written as days before the visit."""
    content = json.loads((paths.resources_dir() / SAMPLES).read_text("utf-8"))
    entries = sorted(content["samples"], key=lambda entry: -int(entry["minutes_ago"]))
    for place, entry in enumerate(entries):
        yield Sample(place, entry["minutes_ago"], entry["draft"], entry["settled"], entry["intake"])


def fill(desk: "Desk", clock: SampleClock, *, share: int = 0, shares: int = 1) -> None:
    """Make the sample visits that are not there yet; the desk goes by the given clock.

    Several counters share the samples: each takes every `shares`-th of them.
    """
    end = clock.now()
    for sample in samples():
        if sample.place % shares != share:
            continue
        clock.instant = end - timedelta(minutes=sample.minutes_ago)
        _make(desk, sample)
    clock.instant = end


def _make(desk: "Desk", sample: Sample) -> None:
    visit_id = uuid5(_NAMES, f"{desk.station.station_id}/{sample.place}")
    if desk.receiving.find_received(visit_id) is None:
        intake = dated(sample.intake, desk.clock.today())
        draft = replace(desk.intake.from_json(intake), visit_id=visit_id)
        desk.reception.save(draft)
        if sample.draft:
            return
        desk.receiving.receive(draft, clock_confirmed=True)
    if sample.settled:
        for paper in desk.papers.of_visit(visit_id):
            desk.papers.pdf(paper.record.paper_id)
            desk.papers.confirm(paper.record.paper_id, came_out=True)


def dated(content: Value, today: date) -> Value:
    """Return JSON with every `{"days_ago": n}` turned into that date."""
    if isinstance(content, Mapping):
        if content.keys() == {"days_ago"}:
            return (today - timedelta(days=int(content["days_ago"]))).isoformat()
        return {key: dated(value, today) for key, value in content.items()}
    if isinstance(content, list):
        return [dated(value, today) for value in content]
    return content
