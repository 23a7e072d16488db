"""A station of the tests: a real encrypted store on a disk of its own, and what a person does at it."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from window_app.clock import SystemClock, legal_date
from window_app.domain.cases import STATUS_FIELD
from window_app.domain.events import (
    Actor,
    ActorKind,
    Confidentiality,
    Event,
    EventType,
    NewEvent,
    Stream,
    StreamKind,
    digest,
)
from window_app.domain.fold import fold_case
from window_app.domain.ids import new_id
from window_app.domain.receipt_numbers import draw
from window_app.domain.stores import FirstClerk
from window_app.storage import store
from window_app.storage.store import Store
from window_app.storage.unit_of_work import SqlUnitOfWork

CLERK = FirstClerk("0012", "陈静", "right horse battery")
INSPECTION = "inspection"
FILLER = "拖欠三个月工资。"


class SkewedClock:
    """A clock that stands wrong by as much as one likes."""

    def __init__(self) -> None:
        self.skew = timedelta(0)

    def now(self) -> datetime:
        return SystemClock().now() + self.skew

    def today(self) -> date:
        return legal_date(self.now())


@dataclass(frozen=True)
class Given:
    """A number that lies in a visitor's hand: its events were committed before it was printed."""

    seat: str
    number: str
    case_id: UUID
    event_ids: tuple[UUID, ...]
    confidential: bool = False


class Seat:
    """A station: its disk, its clock, its person. `store` is open between `open` and `close`."""

    def __init__(self, name: str, directory: Path, kind: str = "counter", office: str | None = None) -> None:
        self.name = name
        self.directory = directory
        self.kind = kind
        self.office = office
        self.clock = SkewedClock()
        self._store: Store | None = None

    @property
    def store(self) -> Store:
        """Return the open store, opened now where it is not."""
        if self._store is None:
            self._store = store.open(self.directory, CLERK.code, CLERK.password, clock=self.clock)
        return self._store

    @property
    def actor(self) -> Actor:
        """Return who works here."""
        if self.kind == "office":
            return Actor(ActorKind.OFFICE, f"{self.office}/{CLERK.code}")
        return Actor(ActorKind.CLERK, CLERK.code)

    def close(self) -> None:
        """Close the store; the next use opens it again, as after a power cut or a restart."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def copy_disk(self, to: Path) -> None:
        """Copy the disk as it stands, the store closed."""
        self.close()
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.directory, to)

    def take_disk(self, of: Path) -> None:
        """Put an earlier copy in the place of the disk."""
        self.close()
        shutil.rmtree(self.directory)
        shutil.copytree(of, self.directory)

    def receive(self, *, confidential: bool = False, filler: int = 1) -> Given:
        """Take one matter in: one transaction of four events and a number."""
        with self.store.unit_of_work() as work:
            return self.write_visit(work, confidential=confidential, filler=filler)

    def write_visit(self, work: SqlUnitOfWork, *, confidential: bool = False, filler: int = 1) -> Given:
        """Write a visit inside an open transaction; its number may be printed once that is committed."""
        station, today, now = self.store.station(), self.clock.today(), self.clock.now()
        visit, case = new_id(now), new_id(now)
        number = str(draw(station.district, station.issue_code, today, work.next_serial(today)))
        of_visit, of_case = Stream(StreamKind.VISIT, visit), Stream(StreamKind.CASE, case)
        level = Confidentiality.CONFIDENTIAL if confidential else Confidentiality.RESTRICTED
        written = work.append(
            self.actor,
            [
                NewEvent(of_visit, EventType.VISIT_OPENED),
                received(visit, case, number, today, level, filler),
                NewEvent(of_case, EventType.PAPER_ISSUED, facts={"paper_id": str(new_id(now))}, confidentiality=level),
                NewEvent(of_visit, EventType.VISIT_CLOSED),
            ],
        )
        return Given(self.name, number, case, tuple(event.event_id for event in written), confidential)

    def cases(self, most: int = 1_000_000) -> list[UUID]:
        """Return the cases this station knows, newest first."""
        return [row.case_id for row in self.store.cases(None, most)]

    def case_events(self, case_id: UUID) -> tuple[Event, ...]:
        """Return the events of a case in the order of the fold."""
        return self.store.events(case_id)

    def write(self, event: NewEvent) -> Event:
        """Write an event of this station's person."""
        with self.store.unit_of_work() as work:
            return work.append(self.actor, [event])[0]

    def set_field(self, case_id: UUID, name: str, value: str) -> Event | None:
        """Correct a field of a case, naming who last set it as far as this station knows."""
        events = self.case_events(case_id)
        state = fold_case(events)
        if state is None:
            return None
        start = next(event for event in events if event.event_id == state.received.event_id)
        said = {"fields": {name: value}}
        marks = {"marks": {name: digest(f"{case_id} {name} {value}".encode())}}
        return self.write(
            self._on(start, EventType.FIELDS_SET, body=said, facts=marks, base={name: state.setter(name)})
        )

    def settle(self, case_id: UUID) -> Event | None:
        """Settle the first open conflict of a case by keeping what did not come first."""
        events = self.case_events(case_id)
        state = fold_case(events)
        if state is None or not state.conflicts:
            return None
        found = state.conflicts[0]
        start = next(event for event in events if event.event_id == state.received.event_id)
        facts = {"field": found.field, "kept": str(found.other_event), "dropped": str(found.kept_event)}
        return self.write(
            self._on(start, EventType.CONFLICT_RESOLVED, facts=facts, base={found.field: state.setter(found.field)})
        )

    def claim(self, case_id: UUID) -> None:
        """Say that this station's clerk works on a case."""
        self._with_start(case_id, EventType.CASE_CLAIMED, facts={"claimant": CLERK.code})

    def decide(self, case_id: UUID, status: str, number: str) -> Event | None:
        """Decide as the office, naming the event that last set the status."""
        state = fold_case(self.case_events(case_id))
        if state is None:
            return None
        facts = {"state": status, "decision_number": number, "decided_on": self.clock.today().isoformat()}
        base = {STATUS_FIELD: state.setter(STATUS_FIELD)}
        return self._with_start(case_id, EventType.STATUS_CHANGED, facts=facts, base=base)

    def write_unknown(self, case_id: UUID, *, critical: bool = False) -> Event | None:
        """Write an event of a type and version that only a newer release knows."""
        return self._with_start(
            case_id,
            "CaseLinkedToMap",
            version=7,
            critical=critical,
            facts={"tile": "12/3431/1673", "exponent": 1.5},
            body={"note": "界面尚无此类事件", "deep": [{"a": [None, True, "𬭚"]}]},
        )

    def write_poison(self, facts: Mapping[str, Any]) -> Event:
        """Write an event whose facts are no facts."""
        now = self.clock.now()
        return self.write(NewEvent(Stream(StreamKind.CASE, new_id(now)), EventType.MATTER_RECEIVED, facts=facts))

    def _with_start(self, case_id: UUID, event_type: str, **said: Any) -> Event | None:
        start = next((one for one in self.case_events(case_id) if one.type == EventType.MATTER_RECEIVED), None)
        return None if start is None else self.write(self._on(start, event_type, **said))

    @staticmethod
    def _on(start: Event, event_type: str, **said: Any) -> NewEvent:
        """State an event on the case of a receiving, readable by whoever may read that one."""
        return NewEvent(start.stream, event_type, readers=start.readers, confidentiality=start.confidentiality, **said)


def received(
    visit: UUID,
    case: UUID,
    number: str,
    today: date,
    level: Confidentiality = Confidentiality.RESTRICTED,
    filler: int = 1,
) -> NewEvent:
    """State that a matter was taken in."""
    return NewEvent(
        Stream(StreamKind.CASE, case),
        EventType.MATTER_RECEIVED,
        body={
            "applicant": {"name": "王小明", "phone": "13800138000"},
            "respondents": [{"name": "深圳市宏发建筑有限公司"}],
            "statement": FILLER * filler,
        },
        facts={
            "visit_id": str(visit),
            "matter_key": "m1",
            "number": number,
            "matter": "inspection_complaint",
            "route": "inspection",
            "office": INSPECTION,
            "received_on": today.isoformat(),
            "due_on": (today + timedelta(days=7)).isoformat(),
        },
        readers=(INSPECTION,),
        confidentiality=level,
    )


def numbers(given: Sequence[Given]) -> list[str]:
    """Return the numbers given."""
    return [one.number for one in given]
