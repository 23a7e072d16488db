"""What nobody can read in a page: kept byte for byte, counted, and in nobody's way."""

import json
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from tests.storage import feeds, halls
from tests.storage.feeds import DISTRICT, Feed

from window_app.domain.events import canonical_bytes, digest

CHANGES: dict[str, dict[str, Any]] = {
    "a stream of a kind unknown": {"stream": ["planet", str(uuid4())]},
    "a stream that is none": {"stream": "case"},
    "a date beyond the calendar": {"at": "99999-01-01T00:00:00+00:00"},
    "a date without its zone": {"at": "2026-11-21T01:30:00"},
    "no date": {"at": None},
    "an id that is none": {"event": "x"},
    "another station": {"station": str(uuid4())},
    "another place": {"lseq": 7},
    "a class unknown": {"class": "secret"},
    "an author unknown": {"actor": ["robot", "1"]},
    "facts that are a list": {"facts": [1]},
    "a version beyond all": {"version": 1 << 70},
    "a version in words": {"version": "1"},
    "tokens that are numbers": {"tokens": [1]},
    "a base that is no id": {"base": {"name": "x"}},
    "an attachment that is none": {"attachments": [["x"]]},
    "a digest too short": {"body": "ab"},
    "a clock in words": {"offset_ms": "fast"},
}
RAW: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "a number beyond all": b'{"facts":{"x":1e999}}',
    "a list": b"[]",
    "too deep": b"[" * 100_000,
    "no UTF-8": b'{"facts":{"x":"\xff\xfe"}}',
    "half a character": b'{"facts":{"x":"\xed\xa0\x80"}}',
}
STRANGE: dict[str, dict[str, Any]] = {
    "a zero character": {"number": "\u0000", "matter": "x\u0000y"},
    "objects for words": {"number": {"a": 1}, "received_on": [2], "matter_key": None, "office": {"x": 1}},
    "a day beyond": {"received_on": "2026-13-45", "due_on": "0000-00-00"},
    "long words": {"number": "9" * 200_000},
    "a very long number": {"number": 10**300},
}


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


def poisoned(other, envelope: bytes) -> tuple[Feed, Any]:
    """Return a feed of three visits whose second receiving is another envelope."""
    feed = Feed()
    taken = [halls.take_in(other) for _ in range(3)]
    feed.take(other)
    feed.events[5] = feeds.altered(feed.events[5], envelope)
    return feed, taken


def changed(other, changes: dict[str, Any]) -> tuple[Feed, Any]:
    feed, taken = poisoned(other, b"")
    said = json.loads(taken[1].events[1].envelope_bytes)
    feed.events[5] = feeds.altered(feed.events[5], canonical_bytes({**said, **changes}))
    return feed, taken


def assert_set_apart(ours, feed, taken) -> None:
    feed.bring(ours, limit=6)
    assert ours.cursor(DISTRICT).after == 12
    assert [number for number, _ in feeds.held(ours)] == [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12]
    (one,) = ours.set_apart(9)
    assert (one.fseq, one.lseq, one.reason) == (6, 6, "unreadable")
    kept = ours._database._connection.execute("SELECT envelope FROM set_apart").fetchone()[0]
    assert bytes(kept) == feed.events[5].envelope
    assert {row.case_id for row in ours.cases(None, 9)} == {taken[0].case_id, taken[2].case_id}
    assert ours.counts(DISTRICT)[0].events == 12
    before = feeds.projected(ours)
    ours.rebuild()
    assert feeds.projected(ours) == before


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_a_poisonous_envelope_is_set_apart_and_later_ones_are_taken(ours, other, changes):
    assert_set_apart(ours, *changed(other, changes))


@pytest.mark.parametrize("envelope", RAW.values(), ids=RAW)
def test_bytes_that_are_no_envelope_are_set_apart(ours, other, envelope):
    assert_set_apart(ours, *poisoned(other, envelope))


def test_half_a_character_that_is_escaped_is_set_apart(ours, other):
    feed, taken = poisoned(other, b"")
    sound = taken[1].events[1].envelope_bytes
    feed.events[5] = feeds.altered(feed.events[5], sound.replace(b'"facts":{', b'"facts":{"a":"\\ud800",'))
    assert_set_apart(ours, feed, taken)


@pytest.mark.parametrize("facts", STRANGE.values(), ids=STRANGE)
def test_strange_facts_are_an_event_all_the_same(ours, other, facts):
    feed, taken = poisoned(other, b"")
    said = json.loads(taken[1].events[1].envelope_bytes)
    strange = canonical_bytes({**said, "facts": {**said["facts"], **facts}})
    feed.events[5] = feeds.altered(feed.events[5], strange)
    feed.bring(ours)
    assert len(feeds.held(ours)) == 12
    assert ours.events(taken[1].case_id)[0].envelope_bytes == strange
    assert len(ours.cases(None, 9)) == ours.count_cases()
    before = feeds.projected(ours)
    ours.rebuild()
    assert feeds.projected(ours) == before
    assert ours.search("王小明", 5) == ()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"body":[],"salt":""}',
        b'{"body":{"x":1e999}}',
        b'{"body":{"applicant":{"name":"\\ud800"}}}',
        b"\xff",
    ],
)
def test_a_poisonous_body_that_fits_is_not_kept(ours, other, body):
    feed, taken = poisoned(other, b"")
    said = json.loads(taken[1].events[1].envelope_bytes)
    feed.events[5] = feeds.altered(feed.events[5], canonical_bytes({**said, "body": digest(body)}), body=body)
    feed.bring(ours, bodies=feeds.everything)
    assert len(feeds.held(ours)) == 12
    assert ours.events(taken[1].case_id)[0].body is None
    assert [one.reason for one in ours.set_apart(9)] == ["body"]
    assert len(ours.cases(None, 9)) == 3


def test_a_witness_is_found_in_an_envelope_that_cannot_be_read(ours, other):
    feed, taken = changed(other, {"stream": ["planet", "x"]})
    ours.apply(feed.page(0, 6))
    assert ours.cursor(DISTRICT).witness == taken[1].events[1].event_id


def test_stepping_back_over_one_set_apart_counts_right(ours, other):
    feed, _ = changed(other, {"class": "secret"})
    feed.bring(ours)
    assert ours.step_back(DISTRICT, 6).after == 5
    assert ours.counts(DISTRICT)[0].events == 5
    feed.bring(ours)
    assert ours.counts(DISTRICT)[0].events == 12
    assert ours.count_set_apart() == 1


def test_another_content_under_a_known_id_never_takes_its_place(ours, other):
    feed, taken = Feed(), halls.take_in(other)
    feed.take(other)
    feed.bring(ours)
    ours.step_back(DISTRICT, 2)
    said = json.loads(taken.events[2].envelope_bytes)
    forged = canonical_bytes({**said, "body": "ab" * 32})
    feed.events[2] = feeds.altered(feed.events[2], forged)
    feed.bring(ours)
    assert [one.reason for one in ours.set_apart(9)] == ["other_content"]
    assert ours.events(taken.case_id)[1].envelope_bytes == taken.events[2].envelope_bytes
    assert (ours.cursor(DISTRICT).after, ours.counts(DISTRICT)[0].events) == (4, 4)


def test_an_event_twice_in_a_page_is_one(ours, other):
    feed, _ = Feed(), halls.take_in(other)
    feed.take(other)
    feed.add(replace(feed.events[1], lseq=5))
    feed.events[4] = replace(feed.events[4], lseq=feed.events[1].lseq)
    feed.bring(ours)
    assert [one.reason for one in ours.set_apart(9)] == ["twice"]
    assert len(feeds.held(ours)) == 4


def test_two_events_at_one_place_of_a_station_are_both_kept(ours, other, tmp_path):
    feed = Feed()
    halls.take_in(other)
    feed.take(other)
    feed.bring(ours)
    feed.set_back(0)
    ours.step_back(DISTRICT, 4)
    ours.step_back(DISTRICT, 4)
    twin = feeds.make(tmp_path / "twin", feeds.counter(2))
    taken = halls.take_in(twin, name="李四")
    feed.take(twin)
    feed.bring(ours)
    assert len(feeds.held(ours)) == 4
    assert ours.events(taken.case_id)[0].lseq == 2
    assert ours.count_cases() == 2
    assert ours.step_back(DISTRICT, 1).after == 3
    assert ours.counts(DISTRICT)[0].last_lseq == 3
    twin.close()
