"""Handing in: each event once, in order, whatever was sent how often."""

import os
from dataclasses import replace
from uuid import uuid4

import pytest
from tests.central.pen import Ends, Pen, event_id, whole
from tests.postgres import HOME, CentreDatabase

from window_app.domain.events import canonical_bytes, digest
from window_app.domain.line import Cursor, OwnBatch, PushCode, SealedEvent, StationRefused


def written(ends: Ends, count: int) -> Pen:
    """Return the pen of the eastern counter with so many events written."""
    pen = ends.pen("east")
    for _ in range(count):
        pen.write("VisitOpened", words={"note": "备注"})
    return pen


def test_a_first_batch_fills_the_feed_in_order_byte_for_byte(ends: Ends) -> None:
    pen = written(ends, 5)
    answer = pen.push(ends["east"])
    assert (answer.code, answer.acked, answer.set_aside) == (PushCode.OK, 5, ())
    events = whole(ends["east"], HOME)
    assert [event.envelope for event in events] == [event.envelope for event in pen.written]
    assert [event.link for event in events] == [event.link for event in pen.written]
    assert [event.previous for event in events] == [pen.link(lseq) for lseq in range(5)]
    assert [event.body for event in events] == [event.body for event in pen.written]


def test_a_batch_sent_three_times_has_the_effect_of_one(ends: Ends) -> None:
    pen = written(ends, 20)
    answers = [pen.push(ends.new("east")) for _ in range(3)]
    assert [(answer.code, answer.acked) for answer in answers] == [(PushCode.OK, 20)] * 3
    assert len(whole(ends["east"], HOME)) == 20


def test_an_overlapping_batch_adds_only_what_is_new(ends: Ends) -> None:
    pen = written(ends, 10)
    pen.push(ends["east"], 1, 7)
    assert pen.push(ends["east"], 3, 10).acked == 10
    assert pen.push(ends["east"], 4, 6).acked == 10
    events = whole(ends["east"], HOME)
    assert [event.lseq for event in events] == list(range(1, 11))
    assert [event.previous for event in events] == [pen.link(lseq) for lseq in range(10)]


def test_a_gap_is_answered_with_what_is_known(ends: Ends) -> None:
    pen = written(ends, 9)
    pen.push(ends["east"], 1, 4)
    answer = pen.push(ends["east"], 6, 9)
    assert (answer.code, answer.acked) == (PushCode.GAP, 4)
    assert pen.push(ends["east"], 5, 9).acked == 9


def test_a_clone_that_wrote_on_forks_at_its_first_event(ends: Ends) -> None:
    pen = written(ends, 4)
    clone = pen.copied()
    pen.write("VisitOpened")
    pen.push(ends["east"])
    clone.write("VisitOpened")
    assert clone.push(ends["east"], 5).code is PushCode.FORK
    clone.write("VisitOpened")
    assert clone.push(ends["east"], 5).code is PushCode.FORK, "longer than the centre knows"
    assert clone.push(ends["east"], 6).code is PushCode.FORK, "with the overlap left out"
    assert len(whole(ends["east"], HOME)) == 5


def test_a_clone_that_is_shorter_than_the_centre_forks_too(ends: Ends) -> None:
    pen = written(ends, 4)
    clone = pen.copied()
    for _ in range(4):
        pen.write("VisitOpened")
    pen.push(ends["east"], 1, 6)
    pen.push(ends["east"], 7, 8)
    clone.write("VisitOpened")
    assert clone.push(ends["east"], 5, 5).code is PushCode.FORK, "inside an earlier batch"
    assert clone.push(ends["east"], 2, 5).code is PushCode.FORK
    assert clone.push(ends["east"], 2, 4).code is PushCode.OK, "what both of them wrote is the same"


def test_what_is_said_again_of_the_last_event_tells_ok_gap_or_fork(ends: Ends, centre: CentreDatabase) -> None:
    pen = written(ends, 3)
    pen.push(ends["east"])
    early = centre.dump()
    pen.write("VisitOpened")
    pen.push(ends.new("east"))
    assert pen.push(ends.new("east"), 4).code is PushCode.OK
    centre.restore_to(early)
    pen.write("VisitOpened")
    answer = pen.push(ends.new("east"), 5)
    assert (answer.code, answer.acked) == (PushCode.GAP, 3)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda said: {**said, "lseq": 7}, "other_place"),
        (lambda said: {**said, "station": str(uuid4())}, "other_station"),
        (lambda said: {**said, "body": digest(b"another")}, "body"),
        (lambda said: {**said, "body": "zz"}, "unreadable"),
        (lambda said: {**said, "class": "secret"}, "class"),
        (lambda said: {**said, "event": "no uuid"}, "unreadable"),
        (lambda said: {name: value for name, value in said.items() if name != "event"}, "incomplete"),
        (lambda said: [said], "unreadable"),
    ],
)
def test_a_poisonous_event_is_set_aside_and_later_ones_go_on(
    ends: Ends, centre: CentreDatabase, spoil: object, reason: str
) -> None:
    assert callable(spoil)
    pen = written(ends, 1)
    body = b'{"body":{},"salt":"00"}'
    pen.add(canonical_bytes(spoil(pen.envelope("VisitOpened", ("visit", uuid4()), body))), body)
    pen.write("VisitOpened")
    answer = pen.push(ends["east"])
    assert (answer.code, answer.acked, answer.set_aside) == (PushCode.OK, 3, (2,))
    assert [event.lseq for event in whole(ends["east"], HOME)] == [1, 3]
    assert centre.execute("SELECT lseq, reason FROM centre.quarantine") == [(2, reason)]
    again = pen.push(ends["east"])
    assert again.set_aside == (2,), "the answer to a call whose answer was lost says so again"
    assert centre.execute("SELECT count(*) FROM centre.quarantine") == [(1,)]


@pytest.mark.parametrize(
    "poison",
    [b"", b"\xff\xfe", b"{", b"null", b'"text"', b"1e999999", b"[" * 200_000, b'{"event":"\\ud800"}', b"\x00"],
)
def test_bytes_that_are_no_envelope_are_set_aside(ends: Ends, poison: bytes) -> None:
    pen = written(ends, 1)
    pen.add(poison, b"\x00\xff")
    pen.write("VisitOpened")
    assert pen.push(ends["east"]).set_aside == (2,)
    assert [event.lseq for event in whole(ends["east"], HOME)] == [1, 3]


def test_a_body_is_bytes_whatever_they_are(ends: Ends) -> None:
    pen = ends.pen("east")
    bodies = [b'{"body":{"x":1e999999,"y":"\\u0000","z":"\\ud800"},"salt":"00"}', b"\x00\xff", b"", os.urandom(300_000)]
    for body in bodies:
        pen.add(canonical_bytes(pen.envelope("VisitOpened", ("visit", uuid4()), body)), body)
    assert pen.push(ends["east"]).set_aside == ()
    assert [event.body for event in whole(ends["east"], HOME)] == bodies


def test_facts_that_no_reader_could_keep_are_set_aside_whole(ends: Ends, centre: CentreDatabase) -> None:
    pen = ends.pen("east")
    said = canonical_bytes(pen.envelope("VisitOpened", ("visit", uuid4()), b"{}", facts={"x": "HERE"}))
    pen.add(said.replace(b'"HERE"', b'"\\u0000\\ud800"'), b"{}")
    assert pen.push(ends["east"]).set_aside == (1,)
    assert centre.execute("SELECT envelope, body FROM centre.quarantine") == [(pen.written[0].envelope, b"{}")]


def test_unknown_types_versions_and_keys_come_back_byte_for_byte(ends: Ends) -> None:
    pen = ends.pen("east")
    pen.write("TokenMinted", uuid4(), {"neu": [1, {"甲": None}]}, version=9, format=7, shape={"b": 1, "a": [2]})
    pen.write("MatterReceived", uuid4(), facts=["not", "a", "mapping"], version=4)
    assert pen.push(ends["east"]).set_aside == ()
    assert [event.envelope for event in whole(ends["west"], HOME)] == [event.envelope for event in pen.written]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda batch: replace(batch, previous="ab" * 32),
        lambda batch: replace(batch, events=(replace(batch.events[0], link="cd" * 32), *batch.events[1:])),
        lambda batch: replace(batch, events=(replace(batch.events[0], envelope=b"{}"), *batch.events[1:])),
        lambda batch: replace(batch, events=tuple(reversed(batch.events))),
        lambda batch: replace(batch, events=batch.events[:1] + batch.events[2:]),
        lambda batch: replace(batch, events=(replace(batch.events[0], lseq=0), *batch.events[1:])),
        lambda batch: replace(batch, events=(replace(batch.events[0], lseq=-5), *batch.events[1:])),
    ],
)
def test_a_batch_that_is_no_chain_is_refused_as_a_whole(ends: Ends, centre: CentreDatabase, spoil: object) -> None:
    assert callable(spoil)
    pen = written(ends, 3)
    batch: OwnBatch = spoil(pen.batch())
    with pytest.raises(StationRefused) as refused:
        ends["east"].push(batch, pen.key_id, "00")
    assert refused.value.code == "line.malformed"
    assert centre.execute("SELECT count(*) FROM centre.event UNION ALL SELECT count(*) FROM centre.quarantine") == [
        (0,),
        (0,),
    ]


def test_a_body_erased_before_it_was_sent_leaves_its_envelope(ends: Ends) -> None:
    pen = written(ends, 2)
    pen.written[0] = SealedEvent(1, pen.written[0].envelope, pen.written[0].link, None)
    assert pen.push(ends["east"]).acked == 2
    assert [event.body for event in whole(ends["east"], HOME)] == [None, pen.written[1].body]


def test_an_id_known_already_is_stored_once_and_another_content_under_it_is_set_aside(
    ends: Ends, centre: CentreDatabase
) -> None:
    east, west = ends.pen("east"), ends.pen("west")
    taken = east.write("VisitOpened", words={"a": 1})
    east.push(ends["east"])
    body = east.written[0].body
    assert body is not None
    # What a renewed station does: the same event, sealed anew; and what nobody may do: another under its id.
    west.add(canonical_bytes(west.envelope("VisitOpened", ("visit", uuid4()), body, event=str(taken))), body)
    west.write("VisitOpened", words={"a": 2}, event=str(taken))
    west.write("VisitOpened")
    answer = west.push(ends["west"])
    assert (answer.acked, answer.set_aside) == (3, (2,))
    assert [(event.station_id, event.lseq) for event in whole(ends["west"], HOME)] == [
        (east.station_id, 1),
        (west.station_id, 3),
    ]
    assert centre.execute("SELECT reason FROM centre.quarantine") == [("id_taken",)]


def test_an_id_twice_in_one_batch_is_stored_once(ends: Ends) -> None:
    pen = ends.pen("east")
    taken = pen.write("VisitOpened", words={"a": 1})
    pen.write("VisitOpened", words={"a": 2}, event=str(taken))
    assert pen.push(ends["east"]).set_aside == (2,)
    assert [event_id(event.envelope) for event in whole(ends["east"], HOME)] == [taken]


def test_the_signed_batches_come_with_the_page(ends: Ends) -> None:
    pen = written(ends, 6)
    pen.push(ends["east"], 1, 4)
    pen.push(ends["east"], 3, 6)
    page = ends["west"].pull(HOME, Cursor(), 10)
    assert [(batch.first_lseq, len(batch.links)) for batch in sorted(page.batches, key=lambda one: one.first_lseq)] == [
        (1, 4),
        (3, 4),
    ]
    for batch in page.batches:
        pen.key.public_key().verify(bytes.fromhex(batch.signature), batch.signed_bytes)
