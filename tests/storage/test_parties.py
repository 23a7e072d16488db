"""Persons and employers in the store: found, merged at several counters, made anew from the events."""

from itertools import pairwise
from uuid import UUID

import pytest
from tests.storage import feeds, halls

from window_app.domain.events import Confidentiality, EventType, NewEvent, Stream, StreamKind
from window_app.domain.ids import new_id
from window_app.domain.parties import PartyKind
from window_app.domain.tokens import lookup_token
from window_app.storage import bodies, party_projection
from window_app.storage.engine import Statement
from window_app.storage.opened import Store
from window_app.storage.party_schema import PARTY_PROJECTIONS

NUMBER = "330106199109030248"
TOKEN = lookup_token(b"d" * 32, "person", NUMBER)


def of_party(party: UUID, kind: str, *, facts=None, details=None, token: str = "") -> NewEvent:
    return NewEvent(
        Stream(StreamKind.PERSON, party),
        kind,
        body={"details": details} if details else {},
        facts=facts or {},
        tokens=(token,) if token else (),
        confidentiality=Confidentiality.RESTRICTED,
    )


def register(at: Store, name: str, phone: str = "13800138000", *, token: str = "", number: str = "") -> UUID:
    party = new_id(halls.NOW)
    details = {"name": name, "phone": phone, **({"id_number": number} if number else {})}
    feeds.append(at, of_party(party, EventType.PERSON_REGISTERED, details=details, token=token))
    return party


def merge(at: Store, one: UUID, other: UUID) -> UUID:
    facts = {"one": str(one), "other": str(other)}
    feeds.append(at, of_party(other, EventType.PARTIES_MERGED, facts=facts))
    return at.events(other)[-1].event_id


def separate(at: Store, party: UUID, *merges: UUID) -> None:
    facts = {"merges": [str(one) for one in merges]}
    feeds.append(at, of_party(party, EventType.PARTIES_SEPARATED, facts=facts))


def members(at: Store, party: UUID) -> set[UUID]:
    row = at.party_row(party)
    assert row is not None
    return set(row.members)


def projected(at: Store) -> list[object]:
    at.find_parties("王", None, 1)
    rows = [sorted(at._database.rows(Statement(table.select())), key=repr) for table in PARTY_PROJECTIONS[1:]]
    parties = at._database.rows(Statement(PARTY_PROJECTIONS[0].select()))
    return [*rows, sorted(row[1:] for row in parties)]


@pytest.mark.parametrize("text", ["王小", "wxm", "8000", NUMBER, "090302", "王小明 13800138000"])
def test_a_person_is_found_by_what_one_remembers(records, text):
    register(records, "王小明", number=NUMBER, token=TOKEN)
    register(records, "李四", "13900139001")
    if text == "090302":
        assert records.find_parties(text, None, 10) == ()
        text = NUMBER[-6:]
    assert [row.name for row in records.find_parties(text, None, 10)] == ["王小明"]
    assert records.find_parties(text, PartyKind.EMPLOYER, 10) == ()


def test_two_merged_are_one_line_under_either_name_and_apart_again_as_before(records):
    one, other = register(records, "王小明"), register(records, "王晓明", "13900139001")
    before = projected(records)
    made = merge(records, one, other)
    for text in ("王小明", "王晓明", "9001"):
        (row,) = records.find_parties(text, None, 10)
        assert (row.party_id, set(row.members)) == (one, {one, other})
    group = records.party(other)
    assert group is not None
    assert [state.name for state in group.members] == ["王小明", "王晓明"]
    separate(records, other, made)
    assert projected(records)[1:] == before[1:]
    assert members(records, one) == {one}


def test_a_merge_made_at_two_counters_at_once_settles_alike_at_both(ours, other):
    feed = feeds.Feed()
    one = register(ours, "王小明", token=TOKEN)
    two = register(other, "王小明", token=TOKEN)
    feed.take(ours, other)
    feed.bring(ours, bodies=feeds.own_or(ours))
    feed.bring(other, bodies=feeds.own_or(other))
    assert (
        ours.parties_by_token(TOKEN, PartyKind.PERSON) == other.parties_by_token(TOKEN, PartyKind.PERSON) == (one, two)
    )
    here, there = merge(ours, one, two), merge(other, two, one)
    feed.take(ours, other)
    feed.bring(ours, bodies=feeds.own_or(ours))
    feed.bring(other, bodies=feeds.own_or(other))
    for hall in (ours, other):
        assert members(hall, two) == {one, two}
        row = hall.party_row(two)
        assert row is not None
        assert row.party_id == one
    group = ours.party(one)
    assert group is not None
    assert {link.event_id for link in group.merges} == {here, there}
    separate(ours, one, here, there)
    feed.take(ours)
    feed.bring(other, bodies=feeds.own_or(other))
    for hall in (ours, other):
        assert members(hall, one) == {one}
        assert members(hall, two) == {two}


def test_a_chain_of_merges_comes_apart_where_one_link_goes(records):
    parties = [register(records, name) for name in ("甲一", "乙二", "丙三", "丁四")]
    links = [merge(records, one, other) for one, other in pairwise(parties)]
    assert members(records, parties[3]) == set(parties)
    separate(records, parties[2], links[1])
    assert members(records, parties[0]) == set(parties[:2])
    assert members(records, parties[3]) == set(parties[2:])


def test_cases_of_other_counters_are_known_by_token_alone(ours, other):
    feed = feeds.Feed()
    taken = halls.take_in(other, name="别处的人")
    feeds.append(
        other,
        NewEvent(Stream(StreamKind.CASE, taken.case_id), EventType.FIELDS_SET, tokens=(TOKEN,), facts={"marks": {}}),
    )
    feed.take(other)
    feed.bring(ours)
    assert ours.cases_by_token(TOKEN) == (taken.case_id,)
    (seen,) = ours.elsewhere([taken.case_id])
    assert (seen.case_id, seen.station_id) == (taken.case_id, other.station().station_id)
    assert "别处的人" not in repr(seen)
    assert other.elsewhere([taken.case_id]) == ()


def test_made_anew_from_the_events_it_is_the_same(records, monkeypatch):
    monkeypatch.setattr(party_projection, "FAR_BEHIND", 3)
    parties = [
        register(records, name, number=NUMBER if at == 0 else "") for at, name in enumerate(("王小明", "李四", "曾𬭚"))
    ]
    merge(records, parties[0], parties[1])
    feeds.append(records, of_party(parties[2], EventType.PARTY_DETAILS_SET, details={"phone": "13700137000"}))
    visit = Stream(StreamKind.VISIT, new_id(halls.NOW))
    feeds.append(records, NewEvent(visit, EventType.VISIT_OPENED, body={"parties": {"applicant": str(parties[0])}}))
    before = projected(records)
    assert [link.visit_id for link in records.visits_of(parties[1])] == [visit.id]
    records.rebuild()
    assert projected(records) == before


def test_what_pages_said_of_parties_is_not_read_again_and_is_what_reading_gives(ours, other, monkeypatch):
    """Pages, own visits between them, a page that fails in the end, one with bodies: the rows are the same."""
    monkeypatch.setattr(party_projection, "FAR_BEHIND", 5)
    read, taking = [], party_projection._take

    def taken(database, own, rows):
        if database is ours._database:
            read.append(len(rows))
        taking(database, own, rows)

    monkeypatch.setattr(party_projection, "_take", taken)
    feed = feeds.Feed()
    tokens = [lookup_token(b"d" * 32, "person", str(at)) for at in range(24)]
    for at in range(12):
        feeds.append(other, of_party(new_id(halls.NOW), EventType.PERSON_REGISTERED, token=tokens[at]))
    feed.take(other)
    feed.bring(ours, limit=3)
    assert read == [], "nothing but pages came"
    for at in range(12, 24):
        feeds.append(other, of_party(new_id(halls.NOW), EventType.PERSON_REGISTERED, token=tokens[at]))
    feed.take(other)
    after = ours.cursor(feed.name).after
    ours.apply(feed.page(after, 2))
    with pytest.raises(OSError, match="near"):
        ours.apply(feed.page(after + 2, 2), near=fails)
    for name in ("自己的人", "也是自己的"):  # as many events as the page had that failed, at its positions
        register(ours, name)
    ours.apply(feed.page(after + 2, 2))
    ours.apply(feed.page(after + 4, 2, bodies=feeds.everything))
    feed.bring(ours, limit=3)
    assert read, "what stands between pages is read"
    for token in tokens:
        assert len(ours.parties_by_token(token, PartyKind.PERSON)) == 1
    before = projected(ours)
    ours.rebuild()
    assert projected(ours) == before


def fails() -> None:
    raise OSError("near the end")


def test_a_name_erased_by_law_is_found_no_more(records):
    party = register(records, "王小明", number=NUMBER, token=TOKEN)
    assert records.find_parties("王小明", None, 10)
    with records._database.transaction():
        bodies.erase(records._database, records._own, [records.events(party)[0].event_id])
    assert records.find_parties("王小明", None, 10) == ()
    group = records.party(party)
    assert group is not None
    assert (group.state.name, group.state.unheld) == ("", 1)


def test_an_own_store_far_behind_catches_up_by_itself(records, monkeypatch):
    monkeypatch.setattr(party_projection, "FAR_BEHIND", 4)
    for number in range(5):
        register(records, f"某{number}")
    counted = records._database.rows(Statement(PARTY_PROJECTIONS[0].select()))
    assert len(counted) >= 4


def test_read_only_it_is_read_as_far_as_it_has_come(hall):
    made = halls.make(hall)
    register(made, "王小明")
    assert made.find_parties("王小明", None, 5)
    register(made, "李四")
    made.close()
    reader = halls.enter(hall, read_only=True)
    try:
        assert reader.find_parties("王小明", None, 5)
        assert reader.find_parties("李四", None, 5) == ()
    finally:
        reader.close()
