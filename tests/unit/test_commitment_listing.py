"""Nobody on the list slips through: refused at the counter, or named once the list is known."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.fold_histories import BEGUN, CLERK, INSPECTOR, OTHER_CLERK, Author, History, said
from tests.unit.test_commitments import DAY, MATERIAL, REVIEWER, STEPS, TOKEN, made, story

from window_app.domain.commitments import Commitment, CommitmentState, commitment_id_for, fold_commitments
from window_app.domain.credit import Listing, listings, made_while_listed, refusing, together, told_by
from window_app.domain.credit_list import CreditStanding, ListEntry, entry_id_for
from window_app.domain.events import Event, EventType, Stream, StreamKind


@dataclass
class Place:
    """A station: what it pulled of feed and directory, and what it has not pushed."""

    author: Author
    feed: int = 0
    directory: int = 0
    unsent: list[Event] = field(default_factory=list)


@dataclass
class World:
    """Two counters, an office and a centre; one person. Days pass for all of them alike."""

    on: date = DAY
    feed: list[Event] = field(default_factory=list)
    directory: list[ListEntry] = field(default_factory=list)
    cases: int = 0
    lseq: int = 0
    truth: list[tuple[int, str, UUID]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open the two counters and the office, which verifies and decides by two persons."""
        self.counters = [Place(CLERK), Place(OTHER_CLERK)]
        self.office = Place(INSPECTOR)

    def write(self, place: Place, author: Author, case: UUID, kind: str, **facts: Any) -> Event:
        """Put an event on record at a place, not pushed yet."""
        self.lseq += 1
        event = said(self.lseq, author, kind, **facts)
        at = BEGUN + timedelta(days=(self.on - DAY).days)
        event = replace(event, stream=Stream(StreamKind.CASE, case), tokens=(TOKEN,), occurred_at=at)
        place.unsent.append(event)
        return event

    def known(self, place: Place) -> list[Commitment]:
        """Return the person's commitments as a place knows them."""
        events = [*self.feed[: place.feed], *place.unsent]
        streams = dict.fromkeys(event.stream.id for event in events)
        return [one for stream in streams for one in fold_commitments(e for e in events if e.stream.id == stream)]

    def listed(self, place: Place) -> tuple[Listing, ...]:
        """Return the periods that a place knows of, by directory and by events."""
        numbered = enumerate(self.directory[: place.directory], start=1)
        return together(listings(numbered), told_by(self.known(place)))

    def make(self, place: Place) -> None:
        """Let the person commit, unless the counter knows that she may not."""
        if refusing(self.listed(place)):
            return
        self.cases += 1
        case = UUID(int=0xCA5E00 + self.cases)
        self.write(place, place.author, case, EventType.MATTER_RECEIVED, number="n", office="inspection")
        event = self.write(
            place,
            place.author,
            case,
            EventType.COMMITMENT_MADE,
            commitment=str(commitment_id_for(case, MATERIAL)),
            material=MATERIAL,
            made_on=self.on.isoformat(),
            list_seen=place.directory,
        )
        self.truth.append((self.lseq, "made", commitment_id_for(case, MATERIAL)))
        assert event.facts["made_on"]

    def withdraw(self, place: Place) -> None:
        """Withdraw the first commitment that this counter can."""
        mine = (one for one in self.known(place) if one.station_id == place.author.station)
        found = next((one for one in mine if one.state is CommitmentState.MADE), None)
        if found is not None:
            told = {"commitment": str(found.commitment_id), "withdrawn_on": self.on.isoformat()}
            self.write(place, place.author, found.case_id, EventType.COMMITMENT_WITHDRAWN, **told)

    def find_false(self) -> None:
        """Let the office find the first open commitment false, hear the person, decide and list her."""
        found = next((one for one in self.known(self.office) if one.to_verify), None)
        if found is None:
            return
        for step in ("false", "notice", "heard", "end"):
            author, kind, facts = STEPS[step]
            told = {**facts, "commitment": str(found.commitment_id), "decided_on": self.on.isoformat()}
            self.write(self.office, author, found.case_id, kind, **told)
        self.list_change(found, EventType.CREDIT_LISTED, "listed")

    def end_listing(self, *, struck: bool) -> None:
        """Let the office repair the first entry, or strike it after an objection."""
        found = next((one for one in self.known(self.office) if one.list_standing is CreditStanding.LISTED), None)
        if found is None:
            return
        if not struck:
            self.list_change(found, EventType.CREDIT_REPAIRED, "repaired")
        elif not found.objected_on:
            self.write(
                self.office, REVIEWER, found.case_id, EventType.COMMITMENT_OBJECTED, commitment=str(found.commitment_id)
            )
            self.list_change(found, EventType.OBJECTION_DECIDED, "struck")

    def list_change(self, found: Commitment, kind: str, standing: str) -> None:
        """Decide about the list; the directory learns of it once it was pushed."""
        facts = {"commitment": str(found.commitment_id), "since": self.on.isoformat(), "decision_number": "9"}
        if standing == "struck":
            facts["result"] = "struck"
        self.write(self.office, REVIEWER, found.case_id, kind, **facts)
        self.truth.append((self.lseq, standing, found.commitment_id))

    def push(self, place: Place) -> None:
        """Hand in what a place has not pushed; an office also puts its entries into the directory."""
        for event in place.unsent:
            self.feed.append(replace(event, fseq=len(self.feed) + 1))
            standing = _STANDING.get(event.type)
            if standing is not None:
                self.directory.append(_entry(event, standing))
        place.unsent = []
        # A station holds its own events whether it pulled them or not; it pulls before it goes on.
        self.pull(place)

    def pull(self, place: Place) -> None:
        """Read feed and directory to their ends."""
        place.feed, place.directory = len(self.feed), len(self.directory)


_STANDING = {
    EventType.CREDIT_LISTED: CreditStanding.LISTED,
    EventType.CREDIT_REPAIRED: CreditStanding.REPAIRED,
    EventType.OBJECTION_DECIDED: CreditStanding.STRUCK,
}


def _entry(event: Event, standing: CreditStanding) -> ListEntry:
    facts = event.facts
    return ListEntry(
        entry_id_for(event.event_id),
        standing,
        TOKEN,
        UUID(facts["commitment"]),
        event.event_id,
        date.fromisoformat(facts["since"]),
        facts["decision_number"],
        "inspection",
        "key",
    )


DEEDS = ("make 0", "make 1", "withdraw 0", "false", "repair", "strike", "day")
MOVES = ("push 0", "push 1", "pull 0", "pull 1", "push office", "pull office")
# Something false is on the list, and one counter knows: from there on anything may happen.
LISTED = ("make 0", "push 0", "pull office", "false", "push office", "pull 0")
STORIES = st.lists(st.sampled_from((*DEEDS, *MOVES, "make 0", "make 1")), min_size=4, max_size=24).map(
    lambda deeds: [*LISTED, *deeds]
)


def do(world: World, deed: str) -> None:
    what, _, where = deed.partition(" ")
    place = world.office if where in ("", "office") else world.counters[int(where)]
    if what == "day":
        world.on += timedelta(days=1)
    elif what == "false":
        world.find_false()
    elif what in ("repair", "strike"):
        world.end_listing(struck=what == "strike")
    else:
        getattr(world, what)(place)


def excluded_in_truth(world: World, believed: set[UUID]) -> set[tuple[UUID, UUID]]:
    """Return each commitment with each listing that was in force when it was made, whoever knew it."""
    found: set[tuple[UUID, UUID]] = set()
    listed: set[UUID] = set()
    struck = {commitment for _, what, commitment in world.truth if what == "struck"}
    for _, what, commitment in sorted(world.truth):
        if what == "made":
            found |= {(commitment, listing) for listing in listed if listing not in struck}
        elif what == "listed":
            listed.add(commitment)
        else:
            listed.discard(commitment)
    return {(commitment, listing) for commitment, listing in found if commitment in believed and listing in believed}


@given(STORIES)
def test_no_order_of_events_lets_an_excluded_person_pass_unnoticed(deeds: list[str]):
    world = World()
    for deed in deeds:
        do(world, deed)
    for place in (*world.counters, world.office, *world.counters, world.office):
        world.push(place)
        world.pull(place)
    commitments = {one.commitment_id: one for one in world.known(world.office)}
    listed = world.listed(world.office)
    believed = {
        key for key, one in commitments.items() if one.state is not CommitmentState.WITHDRAWN and not one.barred
    }
    noticed = {
        (one.commitment_id, listing.commitment_id)
        for one in commitments.values()
        for listing in made_while_listed(one, listed)
    }
    assert excluded_in_truth(world, believed) <= noticed
    # And every station comes to the same answer.
    for place in world.counters:
        assert world.listed(place) == listed


@given(STORIES)
def test_who_was_never_on_the_list_that_day_is_not_accused(deeds: list[str]):
    world = World()
    for deed in deeds:
        do(world, deed)
    for place in (*world.counters, world.office, *world.counters):
        world.push(place)
    world.pull(world.office)
    for one in world.known(world.office):
        for listing in made_while_listed(one, world.listed(world.office)):
            assert listing.since <= one.made_on
            assert listing.until is None or one.made_on <= listing.until


def on(day: int) -> date:
    return DAY + timedelta(days=day)


@pytest.mark.parametrize(
    ("made_on", "since", "until", "standing", "seen", "caught"),
    [
        (0, 1, None, "listed", 0, False),
        (1, 1, None, "listed", 0, True),
        (2, 1, None, "listed", 9, True),
        (2, 1, 5, "repaired", 0, True),
        (5, 1, 5, "repaired", 0, True),
        (5, 1, 5, "repaired", 7, True),
        (5, 1, 5, "repaired", 8, False),
        (6, 1, 5, "repaired", 0, False),
        (2, 1, 5, "struck", 0, False),
    ],
)
def test_a_listing_catches_what_was_made_on_its_days(made_on, since, until, standing, seen, caught):
    history = History()
    made(history, made_on=on(made_on).isoformat(), list_seen=seen)
    history.feed[-1] = replace(history.feed[-1], occurred_at=BEGUN)
    (commitment,) = fold_commitments(history.feed)
    ended = None if until is None else on(until)
    listing = Listing(
        UUID(int=1), TOKEN, on(since), "1", "inspection", (), CreditStanding(standing), ended, dseq=3, ended_dseq=8
    )
    assert bool(made_while_listed(commitment, (listing,))) is caught
    assert bool(refusing((listing,))) is (standing == "listed")
    elsewhere = replace(listing, token="cd" * 32)
    own = replace(listing, commitment_id=commitment.commitment_id)
    assert made_while_listed(commitment, (elsewhere, own)) == ()


def test_what_was_withdrawn_needs_no_notice_of_a_listing():
    commitment, _, _ = story("withdraw")
    listing = Listing(UUID(int=1), TOKEN, DAY, "1", "inspection")
    assert made_while_listed(commitment, (listing,)) == ()


def test_the_same_period_from_directory_and_events_is_one_and_ends_where_either_says_so():
    decided, _, _ = story("false", "notice", "heard", "end", "list", "repair")
    (told,) = told_by((decided,))
    listed = replace(told, standing=CreditStanding.LISTED, until=None, dseq=4)
    (one,) = together((listed,), (told,))
    assert (one.dseq, one.standing, one.until) == (4, CreditStanding.REPAIRED, date(2026, 12, 1))
    assert together((told,), (listed,))[0].standing is CreditStanding.REPAIRED


@pytest.mark.parametrize(("offset", "caught"), [(None, False), (3 * 86_400_000, True)])
def test_a_clock_behind_the_centres_hides_no_listing(offset, caught):
    history = History()
    event = made(history)
    history.feed[-1] = replace(event, clock_offset_ms=offset)
    (commitment,) = fold_commitments(history.feed)
    listing = Listing(UUID(int=1), TOKEN, DAY + timedelta(days=2), "1", "inspection")
    assert bool(made_while_listed(commitment, (listing,))) is caught
