"""What the centre makes of envelopes: present state, numbers, counts; and what it notes as out of order."""

from uuid import UUID, uuid4

from tests.central.pen import Ends, Pen, event_id, whole
from tests.postgres import HOME, CentreDatabase

from window_app.domain.cases import OFFICE_STEPS


def state_of(centre: CentreDatabase, case: UUID) -> tuple[object, ...]:
    """Return state, office and decision number of a case."""
    (row,) = centre.execute("SELECT state, office, decision_number FROM centre.case_current WHERE case_id = %s", case)
    return row


def anomalies(centre: CentreDatabase) -> list[str]:
    """Return what was noted, in order."""
    return [kind for (kind,) in centre.execute("SELECT kind FROM centre.anomaly ORDER BY anomaly_id")]


def decide(pen: Pen, case: UUID, base: UUID, **facts: object) -> UUID:
    """Write a decision upon what its author saw."""
    return pen.write("StatusChanged", case, facts=facts, base={"status": str(base)})


def test_the_office_steps_are_those_of_the_fold(centre: CentreDatabase) -> None:
    expected = {(before.value, after.value) for before, steps in OFFICE_STEPS.items() for after in steps}
    assert set(centre.execute("SELECT before, after FROM centre.office_step")) == expected


def test_a_case_goes_from_receiving_to_its_decision(ends: Ends, centre: CentreDatabase) -> None:
    counter, office = ends.pen("east"), ends.pen("arbitration")
    case = counter.receive("310101-1")
    counter.push(ends["east"])
    assert state_of(centre, case) == ("received", "arbitration", None)
    accepted = decide(office, case, event_id(counter.written[0].envelope), state="accepted", decision_number="沪裁1")
    decide(office, case, accepted, state="closed")
    office.push(ends["arbitration"])
    assert state_of(centre, case) == ("closed", "arbitration", "沪裁1")
    assert anomalies(centre) == []
    counts = dict(centre.execute("SELECT what, sum(count)::int FROM centre.daily_count GROUP BY what"))
    assert counts == {"received": 1, "accepted": 1, "closed": 1}


def test_of_two_decisions_upon_one_base_the_first_stays(ends: Ends, centre: CentreDatabase) -> None:
    counter, office = ends.pen("east"), ends.pen("arbitration")
    case = counter.receive()
    counter.push(ends["east"])
    base = event_id(counter.written[0].envelope)
    decide(office, case, base, state="accepted")
    decide(office, case, base, state="refused")
    office.push(ends["arbitration"])
    assert state_of(centre, case)[0] == "accepted"


def test_a_person_settles_which_of_them_holds(ends: Ends, centre: CentreDatabase) -> None:
    counter, office = ends.pen("east"), ends.pen("arbitration")
    case = counter.receive()
    counter.push(ends["east"])
    base = event_id(counter.written[0].envelope)
    first = decide(office, case, base, state="accepted")
    second = decide(office, case, base, state="refused", decision_number="2")
    facts = {"field": "status", "kept": str(second), "dropped": str(first)}
    office.write("ConflictResolved", case, facts=facts, base={"status": str(first)})
    office.push(ends["arbitration"])
    assert state_of(centre, case) == ("refused", "arbitration", "2")


def test_a_transfer_opens_the_case_to_the_office_it_goes_to(ends: Ends, centre: CentreDatabase) -> None:
    counter, office = ends.pen("east"), ends.pen("arbitration")
    case = counter.receive()
    counter.push(ends["east"])
    assert ends["inspection"].bodies(case, "0031", "opened") == ()
    moved = decide(office, case, event_id(counter.written[0].envelope), state="transferred", office="inspection")
    office.push(ends["arbitration"])
    assert state_of(centre, case)[:2] == ("transferred", "inspection")
    assert len(ends["inspection"].bodies(case, "0031", "opened")) == 2
    inspection = ends.pen("inspection")
    decide(inspection, case, moved, state="accepted")
    inspection.push(ends["inspection"])
    assert state_of(centre, case)[:2] == ("accepted", "inspection")


def test_what_its_author_had_no_right_to_is_stored_noted_and_changes_nothing(
    ends: Ends, centre: CentreDatabase
) -> None:
    counter, other, inspection = ends.pen("east"), ends.pen("west"), ends.pen("inspection")
    case = counter.receive()
    base = event_id(counter.written[0].envelope)
    counter.push(ends["east"])
    decide(other, case, base, state="closed")
    other.actor = ("office", "arbitration/0031")
    decide(other, case, base, state="closed")
    other.push(ends["west"])
    decide(inspection, case, base, state="transferred", office="inspection")
    decide(inspection, uuid4(), base, state="accepted")
    inspection.push(ends["inspection"])
    arbitration = ends.pen("arbitration")
    decide(arbitration, case, base, state="voided")
    arbitration.push(ends["arbitration"])
    assert state_of(centre, case)[:2] == ("received", "arbitration")
    assert anomalies(centre) == [
        "status_by_counter", "foreign_actor", "foreign_office", "unknown_case", "unlawful_step",
    ]  # fmt: skip
    assert len(whole(ends["east"], HOME)) == 6
    read = {found for found, _ in ends["inspection"].bodies(case, "0031", "opened")}
    assert read == {event_id(inspection.written[0].envelope)}, "nobody gives himself a case"


def test_an_office_in_the_name_of_another_one_decides_nothing(ends: Ends, centre: CentreDatabase) -> None:
    counter, inspection = ends.pen("east"), ends.pen("inspection")
    case = counter.receive()
    counter.push(ends["east"])
    decide(inspection, case, event_id(counter.written[0].envelope), state="transferred", office="inspection")
    inspection.actor = ("office", "arbitration/0031")
    arbitration = ends.pen("arbitration")
    arbitration.actor = ("office", "inspection/0031")
    decide(arbitration, case, event_id(counter.written[0].envelope), state="accepted")
    arbitration.push(ends["arbitration"])
    assert state_of(centre, case)[0] == "received"
    assert anomalies(centre) == ["foreign_actor"]


def test_a_number_given_twice_keeps_both_cases_and_is_noted(ends: Ends, centre: CentreDatabase) -> None:
    east, west = ends.pen("east"), ends.pen("west")
    first = east.receive("310101-1")
    east.push(ends["east"])
    second = west.receive("3101 01-1")
    west.push(ends["west"])
    assert anomalies(centre) == ["number_twice"]
    assert state_of(centre, first)[0] == state_of(centre, second)[0] == "received"
    assert ends["west"].find_case("3101011") == first


def test_a_case_received_again_stays_with_the_first(ends: Ends, centre: CentreDatabase) -> None:
    east, west = ends.pen("east"), ends.pen("west")
    case = east.receive("310101-1")
    east.push(ends["east"])
    west.write("MatterReceived", case, {"a": 1}, facts={"number": "310101-2", "office": "inspection"})
    west.write("MatterReceived", case, {"a": 1}, facts={"number": "310101-3", "office": "inspection"})
    west.push(ends["west"])
    assert anomalies(centre) == ["received_twice", "received_twice"]
    assert ends["inspection"].bodies(case, "0031", "opened") == ()


def test_facts_that_make_no_sense_stop_nothing(ends: Ends, centre: CentreDatabase) -> None:
    pen = ends.pen("east")
    good = pen.receive("310101-1")
    bad = pen.receive("310101-2", facts={"received_on": "soon"})
    also_good = pen.receive("310101-3")
    pen.write("MatterReceived", uuid4(), facts=["none"], readers={"no": "list"})
    assert pen.push(ends["east"]).set_aside == ()
    assert len(whole(ends["east"], HOME)) == 4
    assert state_of(centre, good)[0] == state_of(centre, also_good)[0] == "received"
    assert centre.execute("SELECT state FROM centre.case_current WHERE case_id = %s", bad) == []
    assert anomalies(centre) == ["not_projected", "not_projected"]


def test_a_voided_number_is_voided_by_a_counter_alone(ends: Ends, centre: CentreDatabase) -> None:
    counter, office = ends.pen("east"), ends.pen("arbitration")
    first, second = counter.receive(), counter.receive()
    counter.write("NumberVoided", first)
    counter.push(ends["east"])
    office.write("NumberVoided", second)
    office.push(ends["arbitration"])
    assert (state_of(centre, first)[0], state_of(centre, second)[0]) == ("voided", "received")


def test_a_confidential_case_takes_its_state_from_the_home_feed(ends: Ends, centre: CentreDatabase) -> None:
    counter, office = ends.pen("east"), ends.pen("inspection")
    case = counter.receive(office="inspection", **{"class": "confidential"})
    counter.push(ends["east"])
    accepted = decide(office, case, event_id(counter.written[0].envelope), state="accepted")
    facts = {"status": str(accepted), "decision_number": "7"}
    office.write("StatusDetailed", case, facts=facts, **{"class": "confidential"})
    office.push(ends["inspection"])
    assert state_of(centre, case) == ("accepted", "inspection", "7")
    assert [event_id(event.envelope) for event in whole(ends["east"], HOME)] == [accepted]
