"""A store as the near end of the line: own events go out as authored, pages come in once, however often."""

import json
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from tests.storage import feeds, halls
from tests.storage.feeds import DISTRICT, Feed

from window_app.domain.events import EventType, NewEvent, Stream, StreamKind, canonical_bytes, chain_hash, digest
from window_app.domain.fold import fold_case
from window_app.domain.line import Checkpoint, Cursor, Page, PageDamaged
from window_app.storage import store


def same(first, second) -> bool:
    return feeds.held(first) == feeds.held(second)


def test_own_events_go_out_as_authored(records):
    taken = halls.take_in(records)
    batch = records.own_batch(0, 3)
    assert batch is not None
    assert (batch.station_id, batch.previous, batch.first_lseq) == (halls.STATION.station_id, "", 1)
    link = ""
    for sealed, event in zip(batch.events, taken.events, strict=False):
        link = chain_hash(link, sealed.envelope)
        assert (sealed.link, sealed.envelope, sealed.lseq) == (link, event.envelope_bytes, event.lseq)
        assert digest(sealed.body) == event.body_digest
    rest = records.own_batch(3, 10)
    assert rest is not None
    assert (rest.previous, [event.lseq for event in rest.events]) == (link, [4])
    assert records.own_batch(4, 10) is None
    assert records.own_batch(9, 10) is None


def test_what_the_centre_confirmed_leaves_the_outbox_and_comes_back_when_it_was_set_back(records):
    taken = halls.take_in(records)
    records.note_outcome(1, 9, "unknown", "line.cut")
    assert next((row.lseq, row.state, row.reason, row.tries) for row in records.outbox(9)) == (
        1,
        "unknown",
        "line.cut",
        1,
    )
    records.note_outcome(2, 3, "refused", "line.quarantined")
    assert [(row.state, row.tries) for row in records.outbox(9)] == [
        ("unknown", 1),
        ("refused", 2),
        ("refused", 2),
        ("unknown", 1),
    ]
    records.note_outcome(1, 1, "waiting", "")
    assert records.outbox(1)[0].state == "waiting"
    assert records.get_case(taken.case_id).unsent
    records.note_acked(3, "first")
    assert (records.acked(), records.count_outbox(), [row.lseq for row in records.outbox(9)]) == (3, 1, [4])
    assert not records.get_case(taken.case_id).unsent
    records.note_acked(1, "second")
    assert (records.count_outbox(), {row.state for row in records.outbox(9)[:2]}) == (3, {"waiting"})
    records.note_acked(9, "second")
    assert records.count_outbox() == 0


def test_the_clocks_offset_goes_into_envelopes_from_the_first_contact_on(hall, records):
    assert records.last_contact() is None
    before = halls.take_in(records)
    records.note_contact(halls.NOW, -7 * 60_000)
    after = halls.take_in(records)
    assert [event.clock_offset_ms for event in before.events] == [None] * 4
    assert json.loads(after.events[0].envelope_bytes)["offset_ms"] == -420_000
    records.close()
    again = halls.enter(hall)
    assert again.last_contact() == (halls.NOW, -420_000)
    again.close()


def test_two_counters_come_to_the_same_list_and_the_same_cases(ours, other):
    feed = Feed()
    mine, theirs = halls.take_in(ours), halls.take_in(other, name="李四")
    feed.take(ours, other)
    applied = ours.apply(feed.page(0, bodies=feeds.own_or(ours)))
    assert (applied.fresh, applied.confirmed) == (4, 4)
    feed.bring(other, limit=3)
    assert same(ours, other)
    assert len(feeds.held(ours)) == 8
    assert [event.fseq for event in ours.events(mine.case_id)] == [2, 3]
    row = ours.get_case(theirs.case_id)
    assert (row.number, row.own, row.opened, row.applicant, row.unsent) == (theirs.number, False, False, "", False)
    assert ours.get_case(mine.case_id).applicant == "王小明"
    assert other.find_case(mine.number) is not None
    assert ours.search(theirs.number[-4:], 5)[0].case_id == theirs.case_id
    for hall in (ours, other):
        assert hall.cursor(DISTRICT).after == 8
        assert feeds.counts(hall) == feeds.counted(feed.events)
        assert hall.integrity() == ()
        feeds.assert_rebuilds(hall)


def test_a_page_applied_again_changes_nothing(ours, other):
    feed = Feed()
    halls.take_in(ours)
    halls.take_in(other)
    feed.take(ours, other)
    page = feed.page(0, bodies=feeds.everything)
    ours.apply(page)
    before = feeds.everything_in(ours)
    again = ours.apply(page)
    assert (again.fresh, again.confirmed) == (0, 0)
    assert feeds.everything_in(ours) == before
    halls.take_in(other)
    feed.take(other)
    ours.apply(feed.page(2))
    assert len(feeds.held(ours)) == 12


def test_a_page_that_does_not_follow_is_refused_whole(ours, other):
    feed = Feed()
    for _ in range(2):
        halls.take_in(other)
    feed.take(other)
    with pytest.raises(PageDamaged):
        ours.apply(feed.page(3))
    page = feed.page(0)
    with pytest.raises(PageDamaged):
        ours.apply(replace(page, events=page.events[:2] + page.events[3:]))
    with pytest.raises(PageDamaged):
        ours.apply(replace(page, feed="440306"))
    assert (feeds.held(ours), ours.cursor(DISTRICT)) == ([], Cursor())
    assert ours.cursor("440306") == Cursor()
    assert not ours.has_feed("440306")


def test_the_cursor_bears_the_event_that_stands_there(ours, other):
    feed = Feed()
    taken = halls.take_in(other)
    feed.take(other)
    ours.apply(feed.page(0, 3))
    assert ours.cursor(DISTRICT) == Cursor(3, taken.events[2].event_id)


def test_a_decision_of_the_office_reaches_the_counter_and_its_own_queue(ours, office):
    feed = Feed()
    taken = halls.take_in(ours, office="inspection")
    for hall in (ours, office):
        feeds.know(hall, halls.STATION, feeds.office())
    feed.take(ours)
    feed.bring(office, bodies=feeds.everything)
    assert [row.case_id for row in office.queue("inspection", 9)] == [taken.case_id]
    assert office.get_case(taken.case_id).applicant == "王小明"
    feeds.decide(office, taken.case_id, "accepted", decision_number="劳监立〔2026〕1号", due_on="2027-01-20")
    feed.take(office)
    feed.bring(ours, office)
    for hall in (ours, office):
        row = hall.get_case(taken.case_id)
        assert (row.state, row.decision_number, row.due_on.isoformat()) == (
            "accepted",
            "劳监立〔2026〕1号",
            "2027-01-20",
        )
        assert [event.author_kind for event in hall.events(taken.case_id)] == ["counter", "counter", "office"]
        feeds.assert_rebuilds(hall)
    feeds.decide(office, taken.case_id, "closed")
    assert office.queue("inspection", 9) == ()


def test_the_queue_stands_by_limit_and_those_without_one_come_last(ours, office):
    feed = Feed()
    order = []
    for due_on in ("2026-12-03", None, "2026-12-01", "2026-12-02", None):
        order.append((due_on or "9", halls.take_in(ours, office="inspection", due_on=due_on).case_id))
    halls.take_in(ours, office="arbitration")
    feed.take(ours)
    feed.bring(office)
    wanted = [case_id for _, case_id in sorted(order, key=lambda one: one[0])]
    assert [row.case_id for row in office.queue("inspection", 9)] == wanted
    assert [row.case_id for row in office.queue("inspection", 4)] == wanted[:4]
    assert [row.case_id for row in ours.queue("inspection", 9)] == wanted
    plan = office._database._connection.execute(
        "EXPLAIN QUERY PLAN SELECT number FROM case_current WHERE own = 0 AND state NOT IN ('closed', 'voided')"
        " AND office = ? AND due_on IS NOT NULL ORDER BY due_on",
        ("inspection",),
    ).fetchall()
    assert "case_by_office" in str(plan)


@pytest.mark.parametrize(("kind", "state"), [("counter", "received"), ("office", "accepted")])
def test_a_status_counts_once_the_directory_says_whose_it_is(ours, office, kind, state):
    feed = Feed()
    taken = halls.take_in(ours)
    feed.take(ours)
    feed.bring(office)
    feeds.decide(office, taken.case_id, "accepted")
    feed.take(office)
    feed.bring(ours)
    assert ours.get_case(taken.case_id).state == "received"
    assert ours.events(taken.case_id)[-1].author_kind is None
    feeds.know(ours, replace(feeds.office(), kind=kind))
    assert ours.get_case(taken.case_id).state == state
    feeds.assert_rebuilds(ours)


def test_a_status_in_the_name_of_an_office_that_is_not_its_stations_counts_nowhere(ours, office, tmp_path):
    """A station of the arbitration office writes as the inspection office: out of place, at itself too."""
    feed, elsewhere = Feed(), replace(feeds.office(), station_id=UUID(int=77), issue_code="C002", office="arbitration")
    forger = feeds.make(tmp_path / "forger", elsewhere)
    taken = halls.take_in(ours)
    feed.take(ours)
    for hall in (ours, office, forger):
        feeds.know(hall, elsewhere, feeds.office())
        feed.bring(hall)
    feeds.decide(forger, taken.case_id, "accepted")
    feed.take(forger)
    feed.bring(ours, office, forger)
    for hall in (ours, office, forger):
        forged = hall.events(taken.case_id)[-1]
        assert (forged.author_kind, forged.author_office) == ("office", "arbitration")
        state = fold_case(hall.events(taken.case_id))
        assert state is not None
        assert (state.status, state.out_of_place) == ("received", (forged.event_id,))
        assert hall.get_case(taken.case_id).state == "received"
        feeds.assert_rebuilds(hall)
    # Had the directory called the station one of that office, the status would count.
    feeds.know(ours, replace(elsewhere, office="inspection"), feeds.office())
    assert ours.get_case(taken.case_id).state == "accepted"
    forger.close()


def test_a_feed_begins_at_a_checkpoint_with_its_counts(other, tmp_path):
    feed = Feed()
    old = halls.take_in(other)
    feed.take(other)
    witness = old.events[3].event_id
    counts = [[str(station), *found] for station, found in feeds.counted(feed.events).items()]
    content = {"feed": DISTRICT, "fseq": 4, "link": feed.events[3].link, "event_id": str(witness), "counts": counts}
    fresh = store.create(tmp_path / "fresh", feeds.counter(3), halls.SECRETS, halls.CLERK, profile=store.CHEAP)
    cases = Page(DISTRICT, 0, 4, tuple(feed.page(0).events[1:3]))
    assert fresh.apply_cases(cases).fresh == 2
    assert not fresh.has_feed(DISTRICT)
    fresh.begin_feed(DISTRICT, Checkpoint(canonical_bytes(content), "ab"))
    assert fresh.cursor(DISTRICT) == Cursor(4, witness)
    assert fresh.get_case(old.case_id).number == old.number
    halls.take_in(other)
    feed.take(other)
    feed.bring(fresh)
    assert [count.events for count in fresh.counts(DISTRICT)] == [8]
    assert fresh.step_back(DISTRICT, 2).after == 6
    assert fresh.step_back(DISTRICT, 8) == Cursor(4, witness)
    assert feeds.counts(fresh) == feeds.counted(feed.events[:4])
    assert fresh.base(DISTRICT) == 4
    fresh.begin_feed(DISTRICT, None)
    assert fresh.cursor(DISTRICT).after == 4
    assert fresh.step_back(DISTRICT, 1) == Cursor(0, None)
    assert fresh.counts(DISTRICT) == ()
    feed.bring(fresh)
    assert len(feeds.held(fresh)) == 8
    assert fresh.counts(DISTRICT)[0].events == 8
    fresh.close()


def test_events_of_a_case_from_beyond_the_cursor_come_again_in_their_page(ours, other):
    feed = Feed()
    halls.take_in(other)
    taken = halls.take_in(other)
    feed.take(other)
    ours.apply(feed.page(0, 2))
    applied = ours.apply_cases(Page(DISTRICT, 0, 8, tuple(feed.page(0).events[5:7])))
    assert applied.fresh == 2
    assert ours.get_case(taken.case_id).number == taken.number
    assert ours.counts(DISTRICT)[0].events == 2
    feed.bring(ours)
    assert len(feeds.held(ours)) == 8
    assert ours.counts(DISTRICT)[0].events == 8
    feeds.assert_rebuilds(ours)


def test_a_centre_set_back_takes_the_numbers_off_and_the_events_stay(ours, other):
    feed = Feed()
    for _ in range(3):
        halls.take_in(other)
    feed.take(other)
    feed.bring(ours)
    before = feeds.held(ours)
    feed.set_back(7)
    mine = halls.take_in(ours)
    feed.take(ours, other)
    cursor = ours.step_back(DISTRICT, 1)
    assert cursor.after == 11
    assert ours.events(mine.visit_id)
    while cursor.after > 7:
        cursor = ours.step_back(DISTRICT, 2)
    assert feeds.counts(ours) == feeds.counted(feed.events[:7])
    feeds.assert_rebuilds(ours)
    feed.bring(ours)
    assert sorted(envelope for _, envelope in feeds.held(ours)) == sorted(event.envelope for event in feed.events)
    assert [number for number, _ in feeds.held(ours)] == list(range(1, 17))
    assert len(before) == 12
    assert {one.station_id: one.events for one in ours.counts(DISTRICT)} == {
        halls.STATION.station_id: 4,
        feeds.counter(2).station_id: 12,
    }
    feeds.assert_rebuilds(ours)


def test_unknown_newer_events_come_out_again_byte_for_byte(ours, other):
    feed = Feed()
    taken = halls.take_in(other)
    newer = NewEvent(
        Stream(StreamKind.CASE, taken.case_id), "CaseSealed", facts={"new": [1, {"x": None}]}, version=9, critical=True
    )
    feeds.append(other, newer)
    envelope = json.loads(other.own_batch(4, 1).events[0].envelope)
    feed.take(other)
    more = canonical_bytes({**envelope, "zone": {"a": 1}})
    feed.events[4] = feeds.altered(feed.events[4], more)
    feed.bring(ours)
    assert feeds.held(ours)[4][1] == more
    event = ours.events(taken.case_id)[-1]
    assert (event.type, event.version, event.envelope_bytes) == ("CaseSealed", 9, more)
    state = fold_case(ours.events(taken.case_id))
    assert state is not None
    assert state.read_only


def test_an_own_event_that_the_centre_set_aside_comes_after_those_it_numbered(ours):
    feed = Feed()
    taken = halls.take_in(ours)
    for day in ("2026-11-23", "2026-11-24"):
        done = NewEvent(
            Stream(StreamKind.CASE, taken.case_id),
            EventType.MATERIALS_COMPLETED,
            facts={"completed_on": day, "due_on": day},
        )
        feeds.append(ours, done)
    assert ours.get_case(taken.case_id).due_on == date(2026, 11, 24)
    feed.take(ours)
    last = feed.events.pop()
    feed.events.pop()
    feed.add(last)
    feed.bring(ours)
    assert ours.get_case(taken.case_id).due_on == date(2026, 11, 23)
    feeds.assert_rebuilds(ours)
