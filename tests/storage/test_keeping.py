"""What a replica keeps beside the events: bodies that fit, definition sets."""

import json
from dataclasses import replace
from uuid import UUID, uuid4

from tests.storage import feeds, halls
from tests.storage.feeds import Feed

from window_app.domain.events import EventType, NewEvent, Stream, StreamKind
from window_app.domain.fold import case_of, fold_case
from window_app.storage import envelopes, incoming, projections, setting_apart
from window_app.storage.authors import Authors
from window_app.storage.case_rows import row_of


def test_bodies_are_kept_where_they_fit(ours, other):
    feed = Feed()
    taken = halls.take_in(other, name="李四")
    feed.take(other)
    feed.bring(ours)
    bodies = [(UUID(json.loads(one.envelope)["event"]), one.body) for one in feed.events]
    assert ours.keep_bodies([(bodies[1][0], b'{"body":{},"salt":"00"}'), (uuid4(), bodies[1][1])]) == 0
    assert not ours.get_case(taken.case_id).opened
    assert [(one.reason, one.fseq) for one in ours.set_apart(9)] == [("body", None)]
    assert ours.keep_bodies(bodies) == 4
    assert ours.keep_bodies(bodies) == 0
    row = ours.get_case(taken.case_id)
    assert (row.opened, row.applicant) == (True, "李四")
    assert ours.search("李四", 5) == (row,)
    assert ours.count_set_apart() == 0, "the right one came: nothing is left to see to"
    feeds.assert_rebuilds(ours)


def test_what_was_set_apart_stays_listed_once_seen_and_what_comes_later_is_new(ours, other):
    feed = Feed()
    halls.take_in(other)
    feed.take(other)
    feed.events[1] = replace(feed.events[1], envelope=b"no envelope")
    feed.bring(ours)
    assert ours.count_set_apart(new=True) == 1
    ours.see_set_apart()
    assert (ours.count_set_apart(new=True), ours.count_set_apart()) == (0, 1)
    (seen,) = ours.set_apart(9)
    assert seen.seen_at is not None
    event = UUID(json.loads(feed.events[2].envelope)["event"])
    ours.keep_bodies([(event, b"another body")])
    assert (ours.count_set_apart(new=True), ours.count_set_apart()) == (1, 2)
    assert [one.seen_at is None for one in ours.set_apart(9)] == [True, False], "what is new stands first"


def test_making_the_projections_anew_settles_what_folds_by_now_and_nothing_else(ours, other, monkeypatch):
    feed = Feed()
    still, mended = halls.take_in(other), halls.take_in(other)
    feed.take(other)

    def stumbling(*over):
        def fold(events):
            if case_of(next(iter(events))) in over:
                raise ValueError("of another program's making")
            return fold_case(events)

        monkeypatch.setattr(projections, "fold_case", fold)
        # Ahead of the writing nothing is made of a case, so that all go by the fold.
        monkeypatch.setattr(incoming, "row_of_receiving", lambda _: None)

    stumbling(still.case_id, mended.case_id)
    feed.bring(ours)
    assert {one.reason for one in ours.set_apart(9)} == {setting_apart.FOLD}
    before = ours.count_set_apart()
    stumbling(still.case_id)
    ours.rebuild()
    assert {row.case_id for row in ours.cases(None, 9)} == {mended.case_id}
    assert 0 < ours.count_set_apart() < before, "one of the two is still a riddle, and listed"
    monkeypatch.undo()
    ours.rebuild()
    assert (ours.count_set_apart(), len(ours.cases(None, 9))) == (0, 2)


def test_what_an_earlier_release_could_not_read_stands_at_its_place_once_a_newer_one_can(ours, other, monkeypatch):
    feed = Feed()
    taken = halls.take_in(other)
    feed.take(other)
    with monkeypatch.context() as earlier:
        earlier.setattr(incoming, "_CLASSES", frozenset({"public"}))
        earlier.setattr(envelopes, "typed", lambda _: None)
        feed.bring(ours)
        assert ours.read_again() == 0
    unread = ours.count_set_apart()
    assert unread > 0
    assert ours.cases(None, 9) == ()
    later = halls.take_in(other)
    feed.take(other)
    feed.bring(ours)
    counted = ours.counts(feed.name)
    assert ours.read_again() == unread
    assert (ours.read_again(), ours.count_set_apart(), ours.counts(feed.name)) == (0, 0, counted)
    assert {row.case_id for row in ours.cases(None, 9)} == {taken.case_id, later.case_id}
    feed.bring(other)
    assert feeds.held(ours) == feeds.held(other)
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


def test_rows_of_a_page_hold_only_what_the_driver_binds_without_searching(ours, other):
    halls.take_in(other)
    feed = Feed()
    feed.take(other)
    arrived = [one for one in map(incoming.read, feed.events) if one is not None]
    rows = [one.row(at, one.pulled.lseq, "a feed", at) for at, one in enumerate(arrived, 1)]
    (begun,) = [one for one in arrived if one.type == EventType.MATTER_RECEIVED]
    event = begun.event(None, Authors(ours._database, ours._own))
    state = fold_case((event,))
    assert state is not None
    rows.extend(tuple(row.values()) for row in (row_of(state, (event,), ours._own), begun.begun or {}))
    assert len(rows) == 6
    assert {type(value) for row in rows for value in row} <= {int, str, bytearray, type(None)}
