"""A walk through the demonstration without a screen: a case when the line is there, and cases when it is not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from window_app.app import Entrance, sync_once
from window_app.central.demo_line import DemoLine
from window_app.central.demonstration import STATIONS
from window_app.errors import WindowAppError
from window_app.services import practice
from window_app.services.deciding import Decision

if TYPE_CHECKING:
    from window_app.central.demonstration import Demonstration
    from window_app.services.desk import Desk

_OFFICE = "arbitration"
_OFFLINE_CASES = 3


def walk(demonstration: "Demonstration", line: DemoLine) -> dict[str, Any]:
    """Receive, send, accept, learn of it at both counters; cut, receive, mend, agree. Returns what was counted."""
    folder = demonstration.folder
    first, second, office = folder / "counter-a", folder / "counter-b", folder / _OFFICE
    line.mend()
    number = _receive(first)
    steps: dict[str, Any] = {"received": number, "sent": _outcome(first), "office_got": _outcome(office)}
    steps["accepted"] = _accept(office, number)
    steps["office_sent"] = _outcome(office)
    steps["told"] = {place.name: (_outcome(place), _state(place, number)) for place in (first, second)}
    line.cut()
    offline = [_receive(place) for place in (first, second) for _ in range(_OFFLINE_CASES)]
    steps["cut"] = {place.name: (_outcome(place), _unsent(place)) for place in (first, second)}
    line.mend()
    everybody = [folder / station.folder for station in STATIONS]
    for place in (*everybody, *everybody):
        _outcome(place)
    steps["received_offline"] = len(offline)
    steps["mended"] = {place.name: {"unsent": _unsent(place), "cases": _cases(place)} for place in everybody}
    with demonstration.centre() as centre:
        status, found = centre.status(), centre.audit()
    steps["centre"] = {
        "cases": {feed: sum(states.values()) for feed, states in status["cases"].items()},
        "events": found["events"],
        "faults": found["faults"],
        "anomalies": status["anomalies"],
        "quarantine": status["quarantine"],
    }
    return steps


@contextmanager
def _desk(place: Path) -> "Iterator[Desk]":
    desk = Entrance(place).practise()
    try:
        yield desk
    finally:
        desk.close()


def _receive(place: Path) -> str:
    """Receive a visit whose case goes to arbitration and return its number."""
    with _desk(place) as desk:
        for sample in practice.samples():
            if sample.draft:
                continue
            draft = desk.intake.from_json(practice.dated(sample.intake, desk.clock.today()))
            if desk.receiving.ready(draft):
                continue
            desk.reception.save(draft)
            for case in desk.receiving.receive(draft, clock_confirmed=True).cases:
                row = desk.tracking.case(case.number)
                if row is not None and row.office == _OFFICE:
                    return case.number
    raise WindowAppError("demo.no_sample")


def _accept(place: Path, number: str) -> dict[str, Any]:
    with _desk(place) as desk:
        office = desk.office
        if office is None:
            raise WindowAppError("office.counter_station")
        queue = [row.row.number for row in office.queue()]
        case_id = desk.cases.get(number).row.case_id
        fetched = office.fetch(case_id, "decide")
        office.open(number, "decide", fetched)
        office.acknowledge(number)
        made = office.decide(number, Decision("accepted"))
        return {"queue": len(queue), "bodies": fetched.bodies, "decision": made.decision_number, "state": made.state}


def _outcome(place: Path) -> str:
    report = sync_once(place)
    return report.outcome


def _state(place: Path, number: str) -> str:
    with _desk(place) as desk:
        row = desk.tracking.case(number)
        return "" if row is None else row.state


def _unsent(place: Path) -> int:
    with _desk(place) as desk:
        return desk.tracking.count_unsent()


def _cases(place: Path) -> int:
    with _desk(place) as desk:
        return desk.tracking.count()
