"""The list of false commitments on its way: from the office that decided, through the directory, to every counter."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from tests.sync.centres import Centre, Station

from window_app.clock import SystemClock
from window_app.domain.commitments import commitment_id_for
from window_app.domain.credit_list import CreditStanding
from window_app.domain.events import Actor, ActorKind, EventType, NewEvent, Stream, StreamKind
from window_app.domain.line import LineDown
from window_app.sync.round import Round

TOKEN = "ab" * 32
AT_OFFICE = Actor(ActorKind.OFFICE, "inspection/0031")
AT_COUNTER = Actor(ActorKind.CLERK, "0012")
MADE = SystemClock().today().isoformat()
Stations = Callable[[str], Station]


def commit(at: Station) -> UUID:
    """Take a matter in with a commitment, and return its case."""
    (taken,) = at.take_in()
    material = "certificate"
    facts = {
        "commitment": str(commitment_id_for(taken.case_id, material)),
        "code": "unemployed",
        "material": material,
        "verification": "after",
        "made_on": MADE,
        "list_seen": at.store.seen(),
    }
    write(at, AT_COUNTER, taken.case_id, EventType.COMMITMENT_MADE, facts)
    return taken.case_id


def write(at: Station, by: Actor, case_id: UUID, kind: str, facts: dict[str, Any]) -> None:
    with at.store.unit_of_work() as work:
        work.append(by, [NewEvent(Stream(StreamKind.CASE, case_id), kind, facts=facts, tokens=(TOKEN,))])


def list_person(office: Station, case_id: UUID, kind: str = EventType.CREDIT_LISTED, **facts: Any) -> None:
    """Have the office decide about the list."""
    named = {"commitment": str(commitment_id_for(case_id, "certificate")), "decision_number": "示范〔2026〕1号"}
    write(office, AT_OFFICE, case_id, kind, {**named, "since": MADE, **facts})


def standings(at: Station) -> list[tuple[CreditStanding, str]]:
    return [(one.standing, one.decision_number) for one in at.store.listings(TOKEN)]


def test_one_round_of_the_office_and_one_of_the_counter_bring_the_list_over(east: Station, station: Stations) -> None:
    office = station("inspection")
    case_id = commit(east)
    for place in (east, office):
        place.round()
    list_person(office, case_id)
    assert standings(office) == [], "what was decided stands in the list once the directory says it"
    assert office.round().outcome == "done"
    assert standings(office) == [(CreditStanding.LISTED, "示范〔2026〕1号")]
    east.round()
    assert standings(east) == [(CreditStanding.LISTED, "示范〔2026〕1号")]
    list_person(office, case_id, EventType.CREDIT_REPAIRED)
    office.round()
    assert east.round().outcome == "done"
    assert standings(east) == [(CreditStanding.REPAIRED, "示范〔2026〕1号")]
    assert east.store.due_list(None, 10) == (), "the false commitment itself is nothing new to anybody"


def test_an_objection_that_was_not_upheld_strikes_nobody(east: Station, station: Stations) -> None:
    office = station("inspection")
    case_id = commit(east)
    for place in (east, office):
        place.round()
    list_person(office, case_id)
    list_person(office, case_id, EventType.OBJECTION_DECIDED, result="kept")
    office.round()
    assert [one for one, _ in standings(office)] == [CreditStanding.LISTED]
    list_person(office, case_id, EventType.OBJECTION_DECIDED, result="struck")
    office.round()
    assert [one for one, _ in standings(office)] == [CreditStanding.STRUCK]


def test_a_commitment_taken_before_the_list_came_is_due_to_the_counter(
    east: Station, west: Station, station: Stations
) -> None:
    office = station("inspection")
    case_id = commit(east)
    for place in (east, office):
        place.round()
    list_person(office, case_id)
    office.round()
    meanwhile = commit(west)
    assert west.store.due_list(None, 10) == ()
    west.round()
    (item,) = west.store.due_list(None, 10)
    assert (item.cause, item.link.case_id, item.here) == ("commitment_by_listed", meanwhile, True)
    west.round()
    east.round()
    assert len(west.store.due_list(None, 10)) == 1
    assert [one.here for one in east.store.due_list(None, 10)] == [False]


@pytest.mark.parametrize("restored", [False, True])
def test_what_the_centre_lost_or_never_answered_is_handed_in_again_once(
    centre: Centre, east: Station, station: Stations, monkeypatch: pytest.MonkeyPatch, restored: bool
) -> None:
    office = station("inspection")
    case_id = commit(east)
    for place in (east, office):
        place.round()
    kept = centre.copy()
    list_person(office, case_id)
    if restored:
        office.round()
        centre.restore(kept)
    else:
        with office.line() as round_:
            lose_answer(round_, monkeypatch)
            assert round_.run().outcome == "down"
    assert office.round().outcome == "done"
    assert office.round().outcome == "done"
    assert len(centre.execute("SELECT 1 FROM centre.credit_entry")) == 1
    east.round()
    assert [one for one, _ in standings(east)] == [CreditStanding.LISTED]
    assert centre.administration.audit()["ok"]


def lose_answer(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the next entry arrive and its answer not."""
    end = round_._ends.centre
    append = end.append_credit

    def append_and_lose(*said: Any) -> bool:
        append(*said)
        raise LineDown("cut", sent=True)

    monkeypatch.setattr(end, "append_credit", append_and_lose)


def test_two_offices_and_the_administrator_add_at_once_and_nothing_is_lost(
    centre: Centre, east: Station, station: Stations, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = station("inspection")
    cases = [commit(east), commit(east)]
    for place in (east, office):
        place.round()
    for case_id in cases:
        list_person(office, case_id)
    with office.line() as round_:
        end, append = round_._ends.centre, round_._ends.centre.append_credit
        enrolled = iter(("north", "south"))

        def append_behind_another(*said: Any) -> bool:
            name = next(enrolled, None)
            if name is not None:
                centre.database.enrol(name)
            return append(*said)

        monkeypatch.setattr(end, "append_credit", append_behind_another)
        assert round_.run().outcome == "done"
    assert len(centre.execute("SELECT 1 FROM centre.credit_entry")) == 2
    assert centre.administration.audit()["ok"]


def test_an_entry_without_force_is_told_lists_nobody_and_stops_nothing(
    centre: Centre, east: Station, station: Stations, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = station("inspection")
    case_id = commit(east)
    for place in (east, office):
        place.round()
    list_person(office, case_id)
    with office.line() as round_:
        forged = "00" * 64
        end, append = round_._ends.centre, round_._ends.centre.append_credit
        monkeypatch.setattr(end, "append_credit", lambda at, before, content, _: append(at, before, content, forged))
        told = round_.run()
    assert (told.outcome, told.reason) == ("done", "credit.without_force")
    centre.database.enrol("north")
    told = east.round()
    assert (told.outcome, told.reason, dict(told.params)["part"]) == ("done", "credit.without_force", "signature")
    assert standings(east) == []
    assert "north" in {one["name"] for one in east.store.directory("station")}
    assert east.round().reason == ""


def test_what_the_centre_refuses_is_told_and_keeps_nothing_else_from_travelling(
    centre: Centre, east: Station, station: Stations
) -> None:
    office = station("inspection")
    case_id = commit(east)
    for place in (east, office):
        place.round()
    list_person(office, case_id, EventType.CREDIT_REPAIRED)
    list_person(office, case_id, EventType.CREDIT_LISTED)
    told = office.round()
    assert (told.outcome, told.reason) == ("done", "credit.no_right")
    assert [one for one, _ in standings(office)] == [CreditStanding.LISTED]
    assert office.round().reason == "", "now that the person is listed, the repair has its place"
    assert [one for one, _ in standings(office)] == [CreditStanding.REPAIRED]
    assert centre.administration.audit()["ok"]
    assert date.fromisoformat(MADE) == office.store.listings(TOKEN)[0].since
