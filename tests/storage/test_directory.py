"""The directory and what it changes: keys, kinds of stations, bodies erased by law."""

import json
from dataclasses import replace
from uuid import UUID

import pytest
from tests.storage import feeds, halls
from tests.storage.feeds import DISTRICT, Feed

from window_app.domain.events import EventType, NewEvent, Stream, StreamKind
from window_app.domain.line import PageDamaged, SignedBatch
from window_app.domain.stores import KnownKey

KEY = {"entry": "key", "key_id": "AAAA2222", "public": "ab" * 32, "station_id": str(feeds.OFFICE_ID), "revoked": False}


@pytest.fixture
def ours(hall):
    made = feeds.make(hall, halls.STATION)
    yield made
    made.close()


@pytest.fixture
def other(tmp_path):
    made = feeds.make(tmp_path / "other", feeds.counter(2))
    yield made
    made.close()


def test_entries_are_kept_in_a_chain_and_looked_up(ours):
    assert ours.directory_end() == (0, "")
    office = feeds.station_entry(feeds.office())
    entries = feeds.directory(office, KEY, {"entry": "list", "name": "holidays"}, {"entry": "unheard of", "x": [1]})
    ours.apply_directory(entries)
    ours.apply_directory(entries[2:])
    assert ours.directory_end() == (4, entries[3].link)
    assert ours.public_key("AAAA2222") == b"\xab" * 32
    assert ours.public_key("BBBB2222") is None
    assert ours.keys_of(feeds.OFFICE_ID) == ("AAAA2222",)
    assert ours.keys_of(halls.STATION.station_id) == ()
    assert ours.known_keys() == (KnownKey("AAAA2222", b"\xab" * 32),)
    assert ours.directory("station") == (office,)
    revoked = feeds.directory({**KEY, "revoked": True}, {**office, "status": "revoked"}, after=entries)
    ours.apply_directory(revoked)
    assert ours.known_keys()[0].revoked
    assert ours.directory("station") == ({**office, "status": "revoked"},)
    assert ours.public_key("AAAA2222") == b"\xab" * 32


def test_entries_out_of_place_are_refused_whole(ours):
    entries = feeds.directory(feeds.station_entry(feeds.office()), KEY, KEY)
    ours.apply_directory(entries[:1])
    with pytest.raises(PageDamaged):
        ours.apply_directory(entries[2:])
    with pytest.raises(PageDamaged):
        ours.apply_directory([entries[1], replace(entries[2], previous="x")])
    assert ours.directory_end() == (1, entries[0].link)
    assert ours.public_key("AAAA2222") is None


def test_a_directory_from_the_first_entry_on_replaces_what_was_held(ours):
    ours.apply_directory(feeds.directory(feeds.station_entry(feeds.office()), KEY))
    shorter = feeds.directory(feeds.station_entry(feeds.counter(2)))
    ours.apply_directory(shorter)
    assert ours.directory_end() == (1, shorter[0].link)
    assert ours.known_keys() == ()


def test_an_entry_that_says_nonsense_keeps_its_place(ours):
    entries = feeds.directory({"entry": "key", "public": "zz"}, {"entry": "erasure"}, {"entry": "station"}, KEY)
    ours.apply_directory([replace(one) for one in entries])
    assert ours.directory_end()[0] == 4
    assert ours.public_key("AAAA2222") is not None


@pytest.mark.parametrize("own", [True, False])
def test_an_erased_body_is_gone_with_its_paper_and_never_comes_back(ours, other, own):
    feed = Feed()
    author = ours if own else other
    taken = halls.take_in(author, name="李四", phone="13912345678")
    record = halls.paper(taken)
    with author.unit_of_work() as work:
        paper = NewEvent(
            Stream(StreamKind.CASE, taken.case_id),
            EventType.PAPER_ISSUED,
            body={"content": record.content},
            facts={"paper_id": str(record.paper_id)},
        )
        issued = work.append(halls.AT_COUNTER, [paper])[0]
        work.add_paper(record)
        work.store_pdf(record.paper_id, b"%PDF")
    feed.take(author)
    feed.bring(ours, bodies=feeds.everything)
    assert ours.search("李四", 5)[0].case_id == taken.case_id
    erased = [taken.events[1].event_id, issued.event_id]
    ours.apply_directory(feeds.directory({"entry": "erasure", "event_ids": [str(one) for one in erased]}))
    row = ours.get_case(taken.case_id)
    assert (row.applicant, row.opened, row.number) == ("", False, taken.number)
    assert ours.search("李四", 5) == ours.search("5678", 5) == ()
    if own:
        assert ours.find_pdf(record.paper_id) is None
        assert ours.get_paper(record.paper_id).record.content == {}
        assert [event.body is None for event in ours.own_batch(0, 9).events] == [False, True, False, False, True]
    ours.keep_bodies([(UUID(json.loads(one.envelope)["event"]), one.body) for one in feed.events])
    assert not ours.get_case(taken.case_id).opened
    while ours.step_back(DISTRICT, 9).after:
        pass
    feed.bring(ours, bodies=feeds.everything)
    assert not ours.get_case(taken.case_id).opened
    assert ours.integrity() == ()


def test_an_erasure_that_comes_before_its_event_holds_too(ours, other):
    feed = Feed()
    taken = halls.take_in(other)
    feed.take(other)
    erased = {"entry": "erasure", "event_ids": [str(taken.events[1].event_id)]}
    ours.apply_directory(feeds.directory(erased))
    feed.bring(ours, bodies=feeds.everything)
    assert [event.body is None for event in ours.events(taken.case_id)] == [True, False]
    assert ours.count_set_apart() == 0


def renewed_as(station, key_id="AAAA2222"):
    """Return the head of a batch that a station signed with a key it had under another id."""
    return SignedBatch(station, 1, "", (), key_id, "")


@pytest.mark.parametrize(("kind", "state"), [("office", "accepted"), ("counter", "received")])
def test_an_author_whom_the_directory_does_not_name_is_what_the_owner_of_its_key_is(ours, tmp_path, kind, state):
    """An office renewed after a fork keeps its authority; a counter gains none."""
    owner = feeds.office() if kind == "office" else feeds.counter(2)
    ours.apply_directory(feeds.directory(feeds.station_entry(owner), {**KEY, "station_id": str(owner.station_id)}))
    renewed = replace(feeds.office(), station_id=UUID(int=7))
    office = feeds.make(tmp_path / "office", renewed)
    feed = Feed()
    case = halls.take_in(ours).case_id
    feed.take(ours)
    feed.bring(ours, office)
    feeds.decide(office, case, "accepted")
    feed.take(office)
    ours.apply(replace(feed.page(4), batches=(renewed_as(renewed.station_id),)))
    assert ours.get_case(case).state == state
    assert [event.author_kind for event in ours.events(case)][-1] == kind
    feeds.know(ours, replace(renewed, kind="counter", office=None))
    assert ours.get_case(case).state == "received"
    office.close()


def test_an_author_whose_key_nobody_is_known_to_own_has_no_authority(ours, tmp_path):
    office = feeds.make(tmp_path / "office", feeds.office())
    feed = Feed()
    case = halls.take_in(ours).case_id
    feed.take(ours)
    feed.bring(ours, office)
    feeds.decide(office, case, "accepted")
    feed.take(office)
    ours.apply(replace(feed.page(4), batches=(renewed_as(feeds.OFFICE_ID),)))
    assert ours.get_case(case).state == "received"
    office.close()
