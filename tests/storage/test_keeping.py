"""What a replica keeps beside the events: bodies that fit, definition sets."""

import json
from dataclasses import replace
from uuid import UUID, uuid4

from tests.storage import feeds, halls
from tests.storage.feeds import Feed

from window_app.domain.events import EventType, NewEvent, Stream, StreamKind


def test_bodies_are_kept_where_they_fit(ours, other):
    feed = Feed()
    taken = halls.take_in(other, name="李四")
    feed.take(other)
    feed.bring(ours)
    bodies = [(UUID(json.loads(one.envelope)["event"]), one.body) for one in feed.events]
    assert ours.keep_bodies([(bodies[1][0], b'{"body":{},"salt":"00"}'), (uuid4(), bodies[1][1])]) == 0
    assert not ours.get_case(taken.case_id).opened
    assert ours.keep_bodies(bodies) == 4
    assert ours.keep_bodies(bodies) == 0
    row = ours.get_case(taken.case_id)
    assert (row.opened, row.applicant) == (True, "李四")
    assert ours.search("李四", 5) == (row,)
    assert [(one.reason, one.fseq) for one in ours.set_apart(9)] == [("body", None)]
    feeds.assert_rebuilds(ours)


def test_a_body_in_a_page_that_does_not_fit_is_set_apart_and_its_event_is_kept(ours, other):
    feed = Feed()
    taken = halls.take_in(other)
    feed.take(other)
    feed.events[1] = replace(feed.events[1], body=b'{"body":{"applicant":{"name":"x"}},"salt":"00"}')
    feed.bring(ours, bodies=feeds.everything)
    assert len(feeds.held(ours)) == 4
    assert ours.events(taken.case_id)[0].body is None
    assert ours.count_set_apart() == 1


def test_definition_sets_are_asked_for_and_handed_in_once(ours, other):
    feed = Feed()
    visit = Stream(StreamKind.VISIT, uuid4())
    with other.unit_of_work() as work:
        work.keep_definition_set("a" * 64, b"law")
        work.append(halls.AT_COUNTER, [NewEvent(visit, EventType.VISIT_OPENED, facts={"definition_set": "a" * 64})])
    assert other.own_sets() == (("a" * 64, b"law"),)
    other.note_set_sent("a" * 64)
    assert other.own_sets() == ()
    feed.take(other)
    feed.bring(ours, other)
    assert (ours.unknown_sets(), other.unknown_sets()) == (("a" * 64,), ())
    ours.keep_set("a" * 64, b"law")
    assert (ours.unknown_sets(), ours.own_sets()) == ((), ())
    assert ours.find_definition_set("a" * 64) == b"law"
