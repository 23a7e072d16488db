"""One transaction: events, chain, number, outbox and projections together, or nothing."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from tests.storage import feeds, halls

from window_app.clock import FixedClock
from window_app.domain.events import (
    Confidentiality,
    EventType,
    NewEvent,
    Stream,
    StreamKind,
    canonical_bytes,
    chain_hash,
    digest,
)
from window_app.storage import event_log
from window_app.storage.failures import AlreadyReceived


def test_a_case_taken_in_is_there_with_its_events(records):
    taken = halls.take_in(records)
    row = records.find_case(taken.number)
    assert row is not None
    assert (row.case_id, row.visit_id, row.state, row.unsent) == (taken.case_id, taken.visit_id, "received", True)
    assert (row.applicant, row.respondent) == ("王小明", "深圳市宏发建筑有限公司")
    assert records.events(taken.case_id) == taken.events[1:3]
    assert [event.type for event in records.events(taken.visit_id)] == ["VisitOpened", "VisitClosed"]


def test_events_read_back_are_the_events_written(hall, records):
    stream = Stream(StreamKind.PERSON, uuid4())
    rare = NewEvent(
        stream,
        "SomethingNew",
        body={"name": '𬭚䶮\u0000\u2028"\\', "nested": [1, {"a": None}]},
        facts={"amount": "12.30", "on": "2026-11-21", "flag": True},
        tokens=("ab" * 32,),
        readers=("inspection", "arbitration"),
        confidentiality=Confidentiality.CONFIDENTIAL,
        base={"name": uuid4()},
        critical=True,
        version=7,
    )
    with records.unit_of_work() as work:
        written = work.append(halls.AT_COUNTER, [rare])
    records.close()
    again = halls.enter(hall)
    assert again.events(stream.id) == written
    again.close()


def test_an_envelope_is_canonical_and_holds_no_personal_word(records):
    taken = halls.take_in(records, name="王小明", phone="13800138000")
    for event in taken.events:
        assert canonical_bytes(json.loads(event.envelope_bytes)) == event.envelope_bytes
        for word in ("王小明", "13800138000", "宏发"):
            assert word not in event.envelope_bytes.decode()


def test_the_chain_runs_over_envelopes_and_each_names_the_salted_body(records):
    halls.take_in(records)
    halls.take_in(records)
    link = ""
    for lseq, envelope, stored, body_digest, body in event_log.own_chain(records._database, halls.STATION.station_id):
        link = chain_hash(link, envelope)
        said = json.loads(envelope)
        assert (stored.hex(), said["lseq"], said["body"]) == (link, lseq, digest(body))
        assert body_digest.hex() == digest(body)
    assert lseq == 8


def test_equal_bodies_have_different_digests(records):
    stream = Stream(StreamKind.VISIT, uuid4())
    with records.unit_of_work() as work:
        one, two = work.append(halls.AT_COUNTER, [NewEvent(stream, "A", {"x": 1}), NewEvent(stream, "A", {"x": 1})])
    assert one.body_digest != two.body_digest


def test_an_exception_rolls_everything_back(records):
    def half_done() -> None:
        with records.unit_of_work() as work:
            work.add_paper(halls.paper(halls.write_visit(work)))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_done()
    assert records.count_cases() == 0
    assert records.count_outbox() == 0
    assert records.unsettled_papers() == ()
    with records.unit_of_work() as work:
        assert work.next_serial(halls.TODAY) == 1


def test_what_json_cannot_carry_is_refused_before_anything_is_written(records):
    stream = Stream(StreamKind.VISIT, uuid4())
    for body in ({"x": float("nan")}, {"x": object()}, {"x": "\ud800"}):
        with pytest.raises((ValueError, TypeError)), records.unit_of_work() as work:
            work.append(halls.AT_COUNTER, [NewEvent(stream, "A"), NewEvent(stream, "B", body)])
    assert records.events(stream.id) == ()


def test_a_matter_of_a_visit_is_taken_in_once(records):
    first = halls.take_in(records)
    with pytest.raises(AlreadyReceived):
        halls.take_in(records, visit_id=first.visit_id)
    other = halls.take_in(records, visit_id=first.visit_id, key="m2")
    assert [row.number for row in records.cases_of_visit(first.visit_id)] == [first.number, other.number]
    assert records.integrity() == ()


def test_serials_grow_by_day_and_are_never_given_twice(hall, records):
    tomorrow = halls.TODAY + timedelta(days=1)
    with records.unit_of_work() as work:
        assert [work.next_serial(day) for day in (halls.TODAY, halls.TODAY, tomorrow, halls.TODAY)] == [1, 2, 1, 3]
    records.close()
    again = halls.enter(hall)
    with again.unit_of_work() as work:
        assert (work.next_serial(halls.TODAY), work.next_serial(tomorrow)) == (4, 2)
    again.close()


def test_the_last_event_tells_its_moment_whatever_the_clock_says_now(hall, records):
    with records.unit_of_work() as work:
        assert work.last_event_at() is None
    halls.take_in(records)
    records.close()
    behind = halls.enter(hall, clock=FixedClock(halls.NOW - timedelta(days=3650)))
    with behind.unit_of_work() as work:
        assert work.last_event_at() == halls.NOW
    second = halls.take_in(behind, name="李四")
    assert [event.lseq for event in second.events] == [5, 6, 7, 8]
    assert behind.integrity() == ()
    assert [row.applicant for row in behind.cases(None, 10)] == ["李四", "王小明"]
    behind.close()


def test_the_outbox_is_what_lies_beyond_the_last_confirmed_event(records):
    taken = halls.take_in(records)
    rows = records.outbox(10)
    assert [row.event_id for row in rows] == [event.event_id for event in taken.events]
    assert {row.state for row in rows} == {"waiting"}
    assert [row.number for row in rows] == ["", taken.number, taken.number, ""]
    assert records.count_outbox() == 4
    assert len(records.outbox(2)) == 2


def test_a_decision_of_the_office_changes_the_case(records, office):
    taken = halls.take_in(records)
    feeds.decided(records, office, taken.case_id, "accepted", decision_number="劳监立〔2026〕1号")
    assert records.get_case(taken.case_id).state == "accepted"


@pytest.mark.parametrize("actor", [halls.AT_COUNTER, halls.AT_OFFICE])
def test_a_counter_cannot_give_a_status(records, actor):
    taken = halls.take_in(records)
    with records.unit_of_work() as work:
        work.append(actor, [halls.decide(taken.case_id, "accepted")])
    assert records.get_case(taken.case_id).state == "received"


def test_transactions_do_not_nest(records):
    with records.unit_of_work(), pytest.raises(RuntimeError), records.unit_of_work():
        pass


def test_an_unknown_case_has_no_row(records):
    with pytest.raises(KeyError):
        records.get_case(uuid4())
    assert records.find_case("440305-A1C2-261121-0001-222") is None
    assert records.find_case("nonsense") is None


def test_definition_sets_are_kept_by_content_once(records):
    with records.unit_of_work() as work:
        work.keep_definition_set("a" * 64, b"first")
        work.keep_definition_set("a" * 64, b"first")
    assert records.find_definition_set("a" * 64) == b"first"
    assert records.find_definition_set("b" * 64) is None


def test_a_visit_slip_needs_no_case(records):
    visit = Stream(StreamKind.VISIT, uuid4())
    with records.unit_of_work() as work:
        work.append(
            halls.AT_COUNTER,
            [
                NewEvent(visit, EventType.VISIT_OPENED),
                NewEvent(visit, EventType.MATTER_GUIDED, facts={"matter_key": "m1", "route": "court"}),
            ],
        )
    assert records.visit(visit.id).guided == ("m1",)
    assert records.count_cases() == 0
    assert replace(records.visit(visit.id), guided=()).opened
