"""Corrections and conflicts between stations, on real stores; completion at the counter."""

import pytest
from tests.services.offices import District, Place

from window_app.domain.events import EventType
from window_app.errors import WindowAppError

COMPLAINT = "01"
PHONE = "applicant.phone"


@pytest.fixture
def number(district: District, counter: Place, inspection: Place) -> str:
    """Return the number of a case that both stations hold wholly."""
    received = counter.receive(COMPLAINT)
    district.carry()
    inspection.opened(received)
    return received


def test_a_corrected_name_is_found_and_listed(counter, number):
    before = counter.file(number).row.applicant
    counter.desk.corrections.correct(number, {"applicant.name": "司马懿卿"}, "听错一字")
    assert before != "司马懿卿"
    assert counter.file(number).row.applicant == "司马懿卿"
    assert [row.number for row in counter.desk.search.find("司马懿卿")] == [number]
    assert counter.file(number).answers["applicant"]["name"] == "司马懿卿"


def test_a_correction_crosses_the_line_without_standing_in_its_envelope(district, counter, inspection, number):
    counter.desk.corrections.correct(number, {PHONE: "13912345678", "applicant.name": "王立"}, "更正")
    district.carry()
    (event,) = [one for one in inspection.file(number).events if one.type == EventType.FIELDS_SET]
    assert event.body is None
    assert b"13912345678" not in event.envelope_bytes
    inspection.opened(number)
    shown = {one.name: one for one in inspection.desk.corrections.fields(number)}
    assert (shown[PHONE].value, shown[PHONE].changed_by) == ("13912345678", "c1")
    assert {one.changed_by for name, one in shown.items() if name.startswith("respondents")} == {""}


def test_two_stations_that_correct_one_field_see_both_values_who_and_when(district, counter, inspection, number):
    counter.desk.corrections.correct(number, {PHONE: "13912345678"}, "来电更正")
    inspection.desk.corrections.correct(number, {PHONE: "13700000000"}, "谈话时更正")
    district.carry()
    for place in (counter, inspection):
        place.records.keep_bodies(tuple(district.post.bodies[place.file(number).case_id].items()))
        (conflict,) = place.desk.corrections.conflicts(number)
        assert (conflict.kept.value, conflict.other.value) == ("13912345678", "13700000000")
        assert (conflict.kept.by, conflict.other.by) == ("c1", "inspection/j7")
        assert conflict.label["zh"]
        assert conflict.kept.at == place.desk.clock.now()
        assert place.file(number).row.conflicts == 1
    kept, other = conflict.kept.event_id, conflict.other.event_id
    inspection.desk.corrections.settle(number, PHONE, other, kept, "与本人核实")
    with pytest.raises(WindowAppError, match=r"correction\.no_conflict"):
        inspection.desk.corrections.settle(number, PHONE, other, kept, "与本人核实")
    district.carry()
    assert counter.desk.corrections.disputed() == ()
    assert counter.file(number).answers["applicant"]["phone"] == "13700000000"


def test_equal_corrections_at_two_stations_are_no_conflict_even_before_bodies_come(
    district, counter, inspection, number
):
    for place in (counter, inspection):
        place.desk.corrections.correct(number, {PHONE: "13912345678"}, "更正")
    district.carry()
    assert [place.file(number).row.conflicts for place in (counter, inspection)] == [0, 0]


@pytest.mark.parametrize(
    ("changes", "reason", "code"),
    [
        ({PHONE: "13912345678"}, " ", "correction.reason_needed"),
        ({"applicant.shoe_size": "44"}, "更正", "correction.field_unknown"),
        ({"respondents[40].name": "某公司"}, "更正", "correction.field_unknown"),
        ({"applicant": "x"}, "更正", "correction.field_unknown"),
        ({PHONE: "not a phone"}, "更正", "field."),
        ({}, "更正", "correction.nothing"),
    ],
)
def test_what_cannot_be_corrected_says_why_and_changes_nothing(counter, number, changes, reason, code):
    before = counter.records.count_outbox()
    with pytest.raises(WindowAppError, match=code):
        counter.desk.corrections.correct(number, changes, reason)
    assert counter.records.count_outbox() == before


def test_a_case_whose_contents_are_not_here_is_not_corrected(district, counter):
    number = counter.receive(COMPLAINT)
    other = district.open("A1C2")
    district.carry()
    with pytest.raises(WindowAppError, match=r"correction\.not_held"):
        other.desk.corrections.correct(number, {PHONE: "13912345678"}, "更正")


def test_a_repeated_correction_writes_nothing(counter, number):
    counter.desk.corrections.correct(number, {PHONE: "13912345678"}, "更正")
    before = counter.records.count_outbox()
    with pytest.raises(WindowAppError, match=r"correction\.nothing"):
        counter.desk.corrections.correct(number, {PHONE: "13912345678"}, "更正")
    assert counter.records.count_outbox() == before


def test_completion_takes_materials_of_the_list_alone_and_at_a_counter(district, counter, inspection, number):
    inspection.office.give_back(number, "补交")
    district.carry()
    with pytest.raises(WindowAppError, match=r"completion\.office_station"):
        inspection.desk.completion.complete(number)
    with pytest.raises(WindowAppError, match=r"completion\.material_unknown"):
        counter.desk.completion.complete(number, ["moonstone"])
    codes = [one.code for one in counter.desk.definitions.matters[counter.file(number).state.matter].materials]
    counter.desk.completion.complete(number, codes[:1])
    district.carry()
    completed = inspection.file(number).events[-1]
    assert (completed.type, completed.facts["materials"]) == (EventType.MATERIALS_COMPLETED, codes[:1])


def test_a_complete_case_needs_no_completion(counter):
    number = counter.report()
    with pytest.raises(WindowAppError, match=r"completion\.nothing_missing"):
        counter.desk.completion.complete(number)
