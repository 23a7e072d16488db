"""Who is one with whom: links among parties settle alike everywhere, and taking them away leaves what was."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from window_app.domain.events import (
    Actor,
    ActorKind,
    Confidentiality,
    Event,
    EventType,
    Stream,
    StreamKind,
)
from window_app.domain.parties import chief, fold_merges, fold_party, groups

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
STATIONS = [UUID(int=number) for number in (901, 902, 903)]
PARTIES = [UUID(int=number) for number in range(1, 6)]


def said(kind: str, party: UUID, number: int, *, station: UUID = STATIONS[0], fseq: int | None = None, **more) -> Event:
    return Event(
        event_id=UUID(int=10_000 + number),
        stream=Stream(StreamKind.PERSON, party),
        type=kind,
        version=1,
        critical=False,
        actor=Actor(ActorKind.CLERK, "0012"),
        station_id=station,
        lseq=number,
        occurred_at=NOW,
        clock_offset_ms=None,
        confidentiality=Confidentiality.RESTRICTED,
        readers=(),
        facts=more.get("facts", {}),
        tokens=(),
        base={},
        body_digest="",
        body=more.get("body", {}),
        envelope_bytes=b"",
        chain_hash="",
        fseq=fseq,
    )


def merged(one: UUID, other: UUID, number: int, station: UUID = STATIONS[0]) -> Event:
    facts = {"one": str(one), "other": str(other)}
    return said(EventType.PARTIES_MERGED, other, number, station=station, facts=facts)


def separated(merges: Sequence[Event], number: int, station: UUID = STATIONS[0]) -> Event:
    facts = {"merges": [str(one.event_id) for one in merges]}
    return said(EventType.PARTIES_SEPARATED, merges[0].stream.id, number, station=station, facts=facts)


def who(events: Sequence[Event]) -> dict[UUID, frozenset[UUID]]:
    found = groups(fold_merges(events))
    return {party: found.get(party, frozenset({party})) for party in PARTIES}


pairs = st.tuples(st.sampled_from(PARTIES), st.sampled_from(PARTIES)).filter(lambda pair: pair[0] != pair[1])


@st.composite
def histories(draw) -> list[Event]:
    """Merges, and some of them taken away again, by several stations."""
    made = draw(st.lists(st.tuples(pairs, st.sampled_from(STATIONS)), max_size=8))
    events = [merged(pair[0], pair[1], number, station) for number, (pair, station) in enumerate(made, start=1)]
    gone = draw(st.lists(st.sampled_from(events), unique_by=lambda one: one.event_id, max_size=4)) if events else []
    return [*events, *(separated([one], 100 + at) for at, one in enumerate(gone))]


@given(histories(), st.data())
def test_the_order_in_which_links_are_learnt_changes_nothing(history, data):
    shuffled = data.draw(st.permutations(history))
    assert who(shuffled) == who(history)
    assert fold_merges(shuffled) == fold_merges(history)


@given(histories(), pairs)
def test_taking_a_merge_back_leaves_everybody_as_before(history, pair):
    before = who(history)
    merge = merged(pair[0], pair[1], 500)
    assert who([*history, merge, separated([merge], 501)]) == before
    assert pair[1] in who([*history, merge])[pair[0]]


@given(histories())
def test_groups_are_apart_from_one_another_and_nobody_is_lost(history):
    found = who(history)
    for party, group in found.items():
        assert party in group
        assert all(found[other] == group for other in group)


def test_two_who_merge_the_same_at_once_make_one_group_with_one_name_everywhere():
    here, there = merged(PARTIES[0], PARTIES[1], 1), merged(PARTIES[1], PARTIES[0], 2, STATIONS[1])
    for events in ([here, there], [there, here]):
        group = groups(fold_merges(events))[PARTIES[1]]
        assert group == {PARTIES[0], PARTIES[1]}
        assert chief(group) == PARTIES[0]
    assert who([here, there, separated([here], 3)])[PARTIES[0]] == {PARTIES[0], PARTIES[1]}
    assert who([here, there, separated([here, there], 3)])[PARTIES[0]] == {PARTIES[0]}


def test_a_link_taken_away_before_it_is_learnt_of_never_holds():
    merge = merged(PARTIES[0], PARTIES[1], 1)
    assert who([separated([merge], 2), merge])[PARTIES[0]] == {PARTIES[0]}


@given(
    st.lists(
        st.tuples(st.sampled_from(PARTIES[:2]), st.sampled_from(["name", "phone"]), st.sampled_from("甲乙丙")),
        min_size=1,
        max_size=8,
    )
)
def test_of_parties_that_are_one_what_was_set_last_stands_and_no_value_is_lost(changes):
    events = [
        said(EventType.PARTY_DETAILS_SET, party, number, fseq=number, body={"details": {field: value}})
        for number, (party, field, value) in enumerate(changes, start=1)
    ]
    state = fold_party(events)
    assert state is not None
    assert state.party_id == min(event.stream.id for event in events)
    for field in {field for _, field, _ in changes}:
        values = [value for _, name, value in changes if name == field]
        assert state.value(field) == values[-1]
        kept = {one.value for one in state.former.get(field, ())} | {state.value(field)}
        assert kept == set(values)


def test_what_another_program_wrote_is_passed_over():
    strange = [
        said(EventType.PARTIES_MERGED, PARTIES[0], 1, facts={"one": "x", "other": 7}),
        said(EventType.PARTIES_MERGED, PARTIES[0], 2, facts={"one": str(PARTIES[0]), "other": str(PARTIES[0])}),
        said(EventType.PARTIES_SEPARATED, PARTIES[0], 3, facts={"merges": "all"}),
        said(EventType.PARTY_DETAILS_SET, PARTIES[0], 4, body={"details": ["name"]}),
        said(EventType.PARTY_DETAILS_SET, PARTIES[0], 5, body={"details": {"name": 12, "phone": ""}}),
        said("PartyOfTomorrow", PARTIES[0], 6),
    ]
    assert who(strange) == {party: frozenset({party}) for party in PARTIES}
    state = fold_party(strange)
    assert state is not None
    assert state.details == {}
