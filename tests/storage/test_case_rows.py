"""The row of a case begun elsewhere is the one that the fold of its receiving gives."""

import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.storage import feeds, halls
from tests.storage.feeds import Feed

from window_app.domain.events import EventType, NewEvent, Stream, StreamKind
from window_app.domain.fold import fold_case
from window_app.storage import envelopes
from window_app.storage.authors import Own
from window_app.storage.case_rows import row_of, row_of_receiving
from window_app.storage.incoming import UNREADABLE

READER = Own(UUID(int=1), frozenset({UUID(int=1)}), "counter")
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2_000_000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(["2026-11-27", "2026-13-01", str(uuid4()), "310101-B002-261122-0065-DRW", "arbitration"]),
    st.lists(st.text(max_size=3), max_size=2),
)
NAMES = (
    "visit_id", "matter_key", "number", "matter", "route", "received_on", "due_on", "office", "fields_prefilled",
    "materials_reused", "state", "case_id", "unknown",
)  # fmt: skip


def receiving(**said: object) -> envelopes.Envelope:
    return envelopes.Envelope.of(
        {
            "actor": ("clerk", "0012"),
            "at": datetime(2026, 11, 20, tzinfo=UTC).isoformat(),
            "body": "ab" * 32,
            "class": "restricted",
            "event": str(uuid4()),
            "facts": {},
            "lseq": 3,
            "station": str(uuid4()),
            "stream": ("case", str(uuid4())),
            "type": "MatterReceived",
            "version": 1,
            **said,
        }
    )


def folded(said: envelopes.Envelope) -> object:
    """Return the row by way of the fold."""
    try:
        event = envelopes.event_of(said, b"", bytes(32), None, 7, lambda _: (None, None))
        state = fold_case((event,))
        return None if state is None else {"case_id": said.stream[1].bytes, **row_of(state, (event,), READER)}
    except UNREADABLE:
        return "unreadable"


def direct(said: envelopes.Envelope) -> object:
    try:
        return row_of_receiving(said)
    except UNREADABLE:
        return "unreadable"


@given(
    facts=st.dictionaries(st.sampled_from(NAMES), ANYTHING),
    actor=st.sampled_from(["clerk", "office", "kiosk", "system"]),
    kind=st.sampled_from(["open", "restricted", "confidential"]),
    version=st.integers(0, 2),
)
def test_whatever_a_receiving_says(facts, actor, kind, version):
    said = receiving(facts=facts, actor=(actor, "0012"), version=version, **{"class": kind})
    assert direct(said) == folded(said)


def test_what_a_counter_wrote(other):
    taken = halls.take_in(other)
    feed = Feed()
    feed.take(other)
    (said,) = [json.loads(one.envelope) for one in feed.events if b'"MatterReceived"' in one.envelope]
    row = row_of_receiving(envelopes.Envelope.of(said))
    assert row is not None
    assert row == folded(envelopes.Envelope.of(said))
    assert (row["number"], row["visit_id"], row["opened"]) == (taken.number, taken.visit_id.bytes, 0)


@pytest.mark.parametrize("limit", [1, 2, 1000])
def test_cases_alone_in_a_page_and_such_as_are_not_stand_in_one_order(ours, other, limit):
    """One with its decision beside it, one whose receiving names another stream's case, one that is all there is."""
    first, second, third = (halls.take_in(other) for _ in range(3))
    feeds.append(other, halls.decide(second.case_id, "accepted"))
    strange = Stream(StreamKind.VISIT, third.visit_id)
    feeds.append(other, NewEvent(strange, EventType.MATTER_RECEIVED, facts={"case_id": str(first.case_id)}))
    feed = Feed()
    feed.take(other)
    feed.bring(ours, limit=limit)
    rows = ours.cases(None, 9)
    assert [row.case_id for row in rows] == [one.case_id for one in (third, second, first)]
    assert [row.own for row in rows] == [False] * 3
    feeds.assert_rebuilds(ours)
