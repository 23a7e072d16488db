"""The short way into the tables takes no envelope that the long way would not take, and says the same of it."""

import json
import random
from dataclasses import replace
from typing import get_args, get_type_hints

import msgspec
import pytest
from tests.storage import feeds, halls
from tests.storage.feeds import Feed

from window_app.domain.events import (
    ActorKind,
    Attachment,
    Confidentiality,
    EventType,
    NewEvent,
    Stream,
    StreamKind,
    canonical_bytes,
)
from window_app.storage import envelopes, incoming

SEED = 20261123
SPLICES = (
    b"\\u0000",
    b"\\ud800",
    b"1e999",
    b'"',
    b"{}",
    b"[",
    b",",
    b"null",
    b"\xff",
    b"\xed\xa0\x80",
    b"-0",
    b"01",
    b" ",
)


@pytest.fixture
def authored(records):
    """Envelopes as the services author them, and some that say more."""
    taken = halls.take_in(records)
    visit = Stream(StreamKind.VISIT, taken.visit_id)
    feeds.append(
        records,
        NewEvent(visit, EventType.VISIT_CLOSED, facts={"cases": [{"number": "1", "keys": ["a"]}], "guided": []}),
        NewEvent(visit, EventType.VISIT_OPENED, facts={"definition_set": "ab" * 32, "matters": 2, "practice": True}),
        NewEvent(visit, "SomethingNew", facts={"deep": {"a": {"b": [1.5]}}, "name": "䶮\u2028"}, version=3),
        NewEvent(
            visit,
            "WithFile",
            critical=True,
            tokens=("ef" * 32,),
            attachments=(Attachment("ab" * 32, 12, "application/pdf", ("cd" * 32,)),),
        ),
    )
    feed = Feed()
    feed.take(records)
    return feed.events


def told(one: incoming.Incoming | None) -> object:
    columns = [name for name in one.__struct_fields__ if name != "said"] if one is not None else []
    return None if one is None else ([getattr(one, name) for name in columns], msgspec.json.encode(one.said))


def long_way(pulled) -> incoming.Incoming | None:
    try:
        return incoming._parsed(pulled)
    except incoming.UNREADABLE:
        return None


def test_most_of_what_stations_author_goes_the_short_way(authored):
    short = [one.type for one in filter(None, (envelopes.typed(pulled.envelope) for pulled in authored))]
    assert short == [
        "VisitOpened", "MatterReceived", "PaperIssued", "VisitClosed", "VisitClosed", "VisitOpened", "SomethingNew",
        "WithFile",
    ]  # fmt: skip
    assert [told(incoming.read(one)) for one in authored] == [told(long_way(one)) for one in authored]
    assert [one.definition_set for one in map(incoming.read, authored) if one and one.definition_set] == ["ab" * 32]


@pytest.mark.parametrize("part", ["stream", "actor", "confidentiality"])
def test_what_the_short_way_takes_for_a_name_is_what_the_program_knows(part):
    said = get_type_hints(envelopes.Envelope)[part]
    names = get_args(said if part == "confidentiality" else get_args(said)[0])
    known = {"stream": StreamKind, "actor": ActorKind, "confidentiality": Confidentiality}[part]
    assert set(names) == {one.value for one in known}


def test_what_was_changed_anywhere_is_read_alike_both_ways(authored):
    chance = random.Random(SEED)
    agreed = 0
    for _ in range(4000):
        pulled = chance.choice(authored)
        place = chance.randrange(len(pulled.envelope))
        if chance.random() < 0.5:
            changed = bytes([chance.randrange(256)])
            envelope = pulled.envelope[:place] + changed + pulled.envelope[place + 1 :]
        else:
            envelope = pulled.envelope[:place] + chance.choice(SPLICES) + pulled.envelope[place:]
        altered = replace(pulled, envelope=envelope)
        short, long = incoming.read(altered), long_way(altered)
        assert told(short) == told(long), (SEED, envelope)
        agreed += short is not None
    assert agreed > 300


def test_a_part_that_says_nothing_is_left_out_and_reads_like_one_written_out(authored):
    unsaid = {
        "attachments": [], "base": {}, "critical": False, "format": 1, "offset_ms": None, "readers": [], "tokens": [],
    }  # fmt: skip
    written = [json.loads(pulled.envelope) for pulled in authored]
    assert not [(name, said) for said in written for name, value in unsaid.items() if said.get(name, ...) == value]
    said_by_some = {name for said in written for name in unsaid if name in said}
    assert said_by_some == {"attachments", "critical", "readers", "tokens"}
    for pulled, said in zip(authored, written, strict=True):
        whole = replace(pulled, envelope=canonical_bytes({**unsaid, **said}))
        assert len(whole.envelope) > len(pulled.envelope)
        for way in (incoming.read, long_way):
            long, short = way(whole), way(pulled)
            assert long is not None
            assert short is not None
            assert long.said == short.said


def test_attachments_stand_in_the_envelope_and_come_back(records, authored):
    said = json.loads(authored[-1].envelope)
    assert said["attachments"] == [["ab" * 32, 12, "application/pdf", ["cd" * 32]]]
    assert canonical_bytes(said) == authored[-1].envelope
    (event,) = (one for one in records.events(records.cases(None, 1)[0].visit_id) if one.type == "WithFile")
    assert event.attachments == (Attachment("ab" * 32, 12, "application/pdf", ("cd" * 32,)),)
