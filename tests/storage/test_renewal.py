"""Clones and disks set back, at the line: a fork goes on as a new station, and nothing is lost or doubled."""

import json
import shutil
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from tests.storage import feeds, halls
from tests.storage.feeds import DISTRICT, Feed

from window_app.domain.events import Confidentiality, EventType, NewEvent, Stream, StreamKind, canonical_bytes
from window_app.domain.line import NewIdentity

IDENTITY = NewIdentity(UUID("01a1fca7-1c8f-7093-8909-06b8ff424777"), "A1C3", b"n" * 32)
SECOND = NewIdentity(UUID("01a1fca7-1c8f-7093-8909-06b8ff424778"), "A1C4", b"m" * 32)


@pytest.fixture
def ours(hall):
    made = feeds.make(hall, halls.STATION)
    yield made
    made.close()


def rows_of(store, table: str) -> int:
    return int(store._database._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def assert_whole(store) -> None:
    assert store.integrity() == ()
    before = feeds.projected(store)
    store.rebuild()
    assert feeds.projected(store) == before


def cloned(store, place):
    """Return a copy of a store's folder as another machine opens it."""
    store._database.pragma("wal_checkpoint(TRUNCATE)")
    shutil.copytree(store._directory, place)
    return halls.enter(place)


def test_what_was_not_confirmed_is_sealed_anew_and_says_the_same(hall, ours):
    first, second = halls.take_in(ours), halls.take_in(ours, name="李四")
    ours.note_acked(4, "first")
    ours.note_outcome(5, 8, "refused", "line.fork")
    before = {event.event_id: event for event in second.events}
    assert ours.renew(IDENTITY) == 4
    batch = ours.own_batch(0, 99)
    assert batch is not None
    assert (batch.station_id, batch.previous, [event.lseq for event in batch.events]) == (
        IDENTITY.station_id,
        "",
        [1, 2, 3, 4, 5],
    )
    said = [json.loads(event.envelope) for event in batch.events]
    assert said[0]["type"] == EventType.STATION_RENEWED
    assert said[0]["facts"]["previous"] == str(halls.STATION.station_id)
    for one, sealed in zip(said[1:], batch.events[1:], strict=True):
        old = before[UUID(one["event"])]
        assert canonical_bytes({**one, "station": str(old.station_id), "lseq": old.lseq}) == old.envelope_bytes
        assert canonical_bytes(one) == sealed.envelope
    assert (ours.acked(), ours.count_outbox(), {row.state for row in ours.outbox(9)}) == (0, 5, {"waiting"})
    assert [event.station_id for event in ours.events(first.case_id)] == [halls.STATION.station_id] * 2
    assert ours.get_case(first.case_id).own
    assert not ours.get_case(first.case_id).unsent
    assert (ours.get_case(second.case_id).own, ours.get_case(second.case_id).unsent) == (True, True)
    assert ours.get_case(second.case_id).number == second.number
    assert ours.incarnations() == ((halls.STATION.station_id, b"s" * 32), (IDENTITY.station_id, b"n" * 32))
    assert_whole(ours)
    ours.close()
    again = halls.enter(hall)
    assert again.rewound is None
    assert (again.station().station_id, again.station().issue_code) == (IDENTITY.station_id, "A1C3")
    assert again.secrets() == replace(halls.SECRETS, station_secret=b"n" * 32)
    third = halls.take_in(again)
    assert third.events[0].station_id == IDENTITY.station_id
    assert third.events[0].lseq == 6
    assert {event.author_kind for event in again.events(first.case_id)} == {"counter"}
    assert_whole(again)
    again.close()


def test_a_clone_and_its_original_lose_nothing_and_double_nothing(ours, tmp_path):
    feed = Feed()
    common = halls.take_in(ours)
    feed.take(ours)
    feed.bring(ours)
    clone = cloned(ours, tmp_path / "clone")
    here, there = halls.take_in(ours, name="李四"), halls.take_in(clone, name="张三")
    feed.take(ours)
    clone.renew(IDENTITY)
    feed.take(clone)
    feed.bring(ours, clone)
    assert feeds.held(ours) == feeds.held(clone)
    assert len(feed.events) == 13
    for store in (ours, clone):
        assert {row.case_id for row in store.cases(None, 9)} == {common.case_id, here.case_id, there.case_id}
        assert {one.station_id: one.events for one in store.counts(DISTRICT)} == {
            halls.STATION.station_id: 8,
            IDENTITY.station_id: 5,
        }
        assert_whole(store)
    clone.close()


def test_a_clone_that_hears_of_the_other_before_it_is_renewed_keeps_both(ours, tmp_path):
    feed = Feed()
    clone = cloned(ours, tmp_path / "clone")
    draft = uuid4()
    here, there = halls.take_in(ours, visit_id=draft), halls.take_in(clone, visit_id=draft)
    feed.take(ours)
    feed.bring(clone)
    assert clone.own_batch(0, 9).events[1].envelope == there.events[1].envelope_bytes
    assert {row.case_id for row in clone.cases(None, 9)} == {here.case_id, there.case_id}
    assert clone.renew(IDENTITY) == 4
    feed.take(clone)
    feed.bring(ours, clone)
    assert feeds.held(ours) == feeds.held(clone)
    for store in (ours, clone):
        assert_whole(store)
    clone.close()


def test_events_that_the_centre_had_after_all_keep_the_seal_of_the_feed(ours, tmp_path):
    """A disk set back to before the acknowledgement: its events are known already, and are not stored twice."""
    feed = Feed()
    taken = halls.take_in(ours)
    clone = cloned(ours, tmp_path / "clone")
    feed.take(ours)
    halls.take_in(clone, name="李四")
    assert clone.renew(IDENTITY) == 8
    feed.take(clone)
    assert len(feed.events) == 9
    feed.bring(clone)
    assert rows_of(clone, "other_seal") == 4
    assert [event.station_id for event in clone.events(taken.case_id)] == [halls.STATION.station_id] * 2
    chain = clone.own_batch(0, 99)
    assert [event.lseq for event in chain.events] == list(range(1, 10))
    assert clone.count_outbox() == 0
    assert_whole(clone)
    feed.bring(ours)
    assert feeds.held(ours) == feeds.held(clone)

    # The centre is set back to before either of them, and hears of the renewed one first.
    feed.set_back(0)
    while ours.step_back(DISTRICT, 99).after or clone.step_back(DISTRICT, 99).after:
        pass
    clone.note_acked(0, "second")
    feed.take(clone, ours)
    feed.bring(clone, ours)
    assert feeds.held(ours) == feeds.held(clone)
    assert len(feed.events) == 9
    for store in (ours, clone):
        assert_whole(store)
    clone.close()


def test_what_stands_in_a_feed_and_was_not_acknowledged_is_sealed_beside_on_renewal(ours):
    feed = Feed()
    halls.take_in(ours)
    feed.take(ours)
    feed.bring(ours)
    ours.note_acked(0, "first")
    assert ours.renew(IDENTITY) == 4
    assert rows_of(ours, "other_seal") == 4
    assert [row.lseq for row in ours.outbox(9)] == [1, 2, 3, 4, 5]
    assert [event.lseq for event in ours.own_batch(0, 9).events] == [1, 2, 3, 4, 5]
    assert ours.renew(SECOND) == 5
    assert [event.lseq for event in ours.own_batch(0, 9).events] == [1, 2, 3, 4, 5, 6]
    assert_whole(ours)
    feed.take(ours)
    feed.bring(ours)
    assert len(feed.events) == 6
    assert_whole(ours)


def test_a_disk_set_back_across_a_renewal_takes_a_reserve_code(hall, ours):
    halls.take_in(ours)
    ours._database.pragma("wal_checkpoint(TRUNCATE)")
    backup = (hall / "store.db").read_bytes()
    ours.renew(IDENTITY)
    halls.take_in(ours)
    ours.close()
    (hall / "store.db").write_bytes(backup)
    again = halls.enter(hall)
    assert again.rewound is not None
    assert again.station().issue_code == "A1C3"
    again.close()


def test_a_report_is_forgotten_once_an_office_has_it_and_the_backups_are_past(ours, office):
    from datetime import timedelta

    feed, secret = Feed(), Feed(name=f"{DISTRICT}:confidential")
    taken = halls.take_in(ours, confidential=True)
    kept = halls.take_in(ours)
    record = halls.paper(taken)
    with ours.unit_of_work() as work:
        issued = NewEvent(
            Stream(StreamKind.CASE, taken.case_id),
            EventType.PAPER_ISSUED,
            body={"content": record.content},
            facts={"paper_id": str(record.paper_id)},
            confidentiality=Confidentiality.CONFIDENTIAL,
        )
        work.append(halls.AT_COUNTER, [issued])
        work.add_paper(record)
        work.store_pdf(record.paper_id, b"%PDF")
    batch = Feed()
    batch.take(ours)
    for event in batch.events:
        (secret if json.loads(event.envelope)["class"] == "confidential" else feed).add(event)
    office.begin_feed(secret.name, None)
    feeds.know(ours, feeds.office())
    feed.bring(office)
    secret.bring(office, bodies=feeds.everything)
    assert office.get_case(taken.case_id).applicant == "王小明"
    for case_id in (taken.case_id, kept.case_id):
        with office.unit_of_work() as work:
            work.append(feeds.AT_OFFICE, [NewEvent(Stream(StreamKind.CASE, case_id), EventType.CASE_ACKNOWLEDGED)])
    feed.take(office)
    feed.bring(ours)
    assert ours.get_case(taken.case_id).acknowledged
    assert ours.forget_confidential(35, halls.NOW + timedelta(days=35)) == 0
    assert ours.forget_confidential(35, halls.NOW + timedelta(days=36)) == 2
    assert ours.forget_confidential(35, halls.NOW + timedelta(days=36)) == 0
    row = ours.get_case(taken.case_id)
    assert (row.opened, row.applicant, row.number) == (False, "", taken.number)
    assert ours.search("王小明", 9) == (ours.get_case(kept.case_id),)
    assert ours.find_pdf(record.paper_id) is None
    assert ours.get_paper(record.paper_id).record.content == {}
    assert ours.events(kept.case_id)[0].body is not None
    assert_whole(ours)
