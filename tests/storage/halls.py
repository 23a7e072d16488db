"""A hall to test with: a station, its secrets, and visits as the counter takes them in."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from window_app.clock import FixedClock
from window_app.domain.events import (
    Actor,
    ActorKind,
    Confidentiality,
    Event,
    EventType,
    NewEvent,
    Stream,
    StreamKind,
)
from window_app.domain.ids import new_id
from window_app.domain.papers import PaperRecord
from window_app.domain.ports import Station
from window_app.domain.receipt_numbers import draw
from window_app.domain.stores import FirstClerk, SigningKey, StationSecrets
from window_app.storage import store
from window_app.storage.opened import Store
from window_app.storage.unit_of_work import SqlUnitOfWork

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)
CLOCK = FixedClock(NOW)
STATION = Station(
    station_id=UUID("01a1fca7-1c8f-7093-8909-06b8ff4244c6"),
    kind="counter",
    name="3号窗口",
    hall="区人力资源和社会保障服务大厅",
    district="440305",
    issue_code="A1C2",
    reserve_codes=("A1C3", "A1C4"),
    locality=None,
    practice=False,
)
SECRETS = StationSecrets(b"s" * 32, b"d" * 32, (SigningKey("key-1", b"k" * 32, valid_from=NOW),), root_key=b"r" * 32)
CLERK = FirstClerk("0012", "陈静", "right horse battery")
AT_COUNTER = Actor(ActorKind.CLERK, "0012")
AT_OFFICE = Actor(ActorKind.OFFICE, "inspection")


@dataclass(frozen=True)
class TakenIn:
    """What taking one matter in produced."""

    visit_id: UUID
    case_id: UUID
    number: str
    events: tuple[Event, ...]


def make(directory: Path, **others: Any) -> Store:
    """Make a store of the test station."""
    given = {"profile": store.CHEAP, "clock": CLOCK, "hall": {"phone": "0755-12345678"}, **others}
    return store.create(directory, STATION, SECRETS, CLERK, **given)


def enter(directory: Path, **others: Any) -> Store:
    """Open it as its first clerk."""
    return store.open(directory, CLERK.code, CLERK.password, **{"clock": CLOCK, **others})


def received(
    visit_id: UUID,
    case_id: UUID,
    number: str,
    *,
    name: str = "王小明",
    phone: str = "13800138000",
    employer: str = "深圳市宏发建筑有限公司",
    key: str = "m1",
    office: str | None = None,
    due_on: str | None = "2026-11-27",
    confidential: bool = False,
    **more: Any,
) -> NewEvent:
    """State that a matter was taken in."""
    return NewEvent(
        Stream(StreamKind.CASE, case_id),
        EventType.MATTER_RECEIVED,
        body={
            "applicant": {"name": name, "phone": phone},
            "respondents": [{"name": employer}],
            "statement": "拖欠三个月工资。" * 20,
            **more,
        },
        facts={
            "visit_id": str(visit_id),
            "matter_key": key,
            "number": number,
            "matter": "inspection_complaint",
            "route": "inspection",
            "received_on": TODAY.isoformat(),
            "due_on": due_on,
            "office": office,
        },
        readers=("inspection",),
        confidentiality=Confidentiality.CONFIDENTIAL if confidential else Confidentiality.RESTRICTED,
    )


def take_in(records: Store, *, visit_id: UUID | None = None, key: str = "m1", **said: Any) -> TakenIn:
    """Take one matter in as the counter does: one transaction of four events and a number."""
    with records.unit_of_work() as work:
        return write_visit(work, visit_id=visit_id, key=key, **said)


def write_visit(work: SqlUnitOfWork, *, visit_id: UUID | None = None, key: str = "m1", **said: Any) -> TakenIn:
    """Write a visit inside an open transaction."""
    visit, case = visit_id or new_id(NOW), new_id(NOW)
    number = str(draw(STATION.district, STATION.issue_code, TODAY, work.next_serial(TODAY)))
    of_visit = Stream(StreamKind.VISIT, visit)
    events = work.append(
        AT_COUNTER,
        [
            NewEvent(of_visit, EventType.VISIT_OPENED),
            received(visit, case, number, key=key, **said),
            NewEvent(Stream(StreamKind.CASE, case), EventType.PAPER_ISSUED, facts={"paper_id": str(new_id(NOW))}),
            NewEvent(of_visit, EventType.VISIT_CLOSED),
        ],
    )
    return TakenIn(visit, case, number, events)


def decide(case_id: UUID, state: str, **facts: Any) -> NewEvent:
    """State an office's decision."""
    return NewEvent(Stream(StreamKind.CASE, case_id), EventType.STATUS_CHANGED, facts={"state": state, **facts})


def paper(taken: TakenIn, kind: str = "receipt") -> PaperRecord:
    """Return the record of a paper of a case."""
    return PaperRecord(
        paper_id=new_id(NOW),
        kind=kind,
        number=taken.number,
        case_id=taken.case_id,
        visit_id=taken.visit_id,
        issued_at=NOW,
        content={"title": "收件回执", "blocks": [{"block": "paragraph", "text": "𬭚、䶮"}]},
        content_salt="ab" * 16,
        key_id="key-1",
        signature="cd" * 64,
        practice=False,
    )
