"""What is due, as its events tell it: in whatever order they arrived, and however often."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_app.domain import due
from window_app.domain.due import DueItem, DueLink, DueOwner, DueStanding, OwnerKind
from window_app.domain.due_causes import CORRECTION, FOLLOW_UP
from window_app.domain.events import Actor, ActorKind, Confidentiality, Event, EventType, NewEvent, Stream, StreamKind
from window_app.domain.fold import in_order
from window_app.domain.working_days import CalendarYear, WorkingDays

SPACE = UUID("01a1fca7-1c8f-7093-8909-06b8ff4244c6")
STREAM = Stream(StreamKind.CASE, uuid5(SPACE, "case"))
STATIONS = tuple(uuid5(SPACE, f"station {at}") for at in range(3))
DUE = tuple(uuid5(SPACE, f"due {at}") for at in range(2))
OWNERS = tuple(DueOwner(OwnerKind.CLERK, f"c{at}", station) for at, station in enumerate(STATIONS))
DAYS = (None, date(2026, 11, 23), date(2026, 12, 1), date(2027, 1, 4))
CALENDAR = WorkingDays([CalendarYear(2026, "n", frozenset({date(2026, 11, 25)}), frozenset({date(2026, 11, 28)}))])


def stored(new: NewEvent, at: int, station: UUID = STATIONS[0], **others: object) -> Event:
    """An event as a store holds it, numbered `at` in the feed."""
    kind = "office" if station == STATIONS[2] else "counter"
    made = Event(
        event_id=uuid5(SPACE, f"event {at}"),
        stream=new.stream,
        type=new.type,
        version=1,
        critical=False,
        actor=Actor(ActorKind.CLERK, "c0"),
        station_id=station,
        lseq=at,
        occurred_at=datetime(2026, 11, 20, 2, at % 60, tzinfo=UTC),
        clock_offset_ms=None,
        confidentiality=Confidentiality.RESTRICTED,
        readers=(),
        facts=new.facts,
        tokens=(),
        base=new.base,
        body_digest="",
        body=new.body,
        envelope_bytes=b"",
        chain_hash="",
        fseq=at,
        author_kind=kind,
    )
    return replace(made, **others)  # type: ignore[arg-type]


def opening(at: int, due_id: UUID = DUE[0], cause: str = FOLLOW_UP) -> Event:
    new = due.opened(DueLink(STREAM, STREAM.id), due_id, cause, "by_hand", OWNERS[0], DAYS[1], text="x")
    return stored(new, at)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Events of one stream: openings, moves and settlings by three stations, some of which saw no others."""
    events = [opening(1), opening(2, DUE[1], CORRECTION)]
    for at in range(3, 3 + draw(st.integers(0, 9))):
        due_id = draw(st.sampled_from(DUE))
        seen = [one for one in events if one.facts.get("due") == str(due_id)]
        item = DueItem(
            due_id, DueLink(STREAM, STREAM.id), FOLLOW_UP, "", OWNERS[0], None, seen[0].occurred_at, "c0",
            STATIONS[0], draw(st.sampled_from(seen)).event_id, seen[0].event_id,
        )  # fmt: skip
        kind = draw(st.sampled_from(("move", "hand", "settle", "again", "completed", "decided")))
        station = draw(st.sampled_from(STATIONS))
        if kind == "move":
            new = due.moved(item, draw(st.sampled_from(DAYS)), "why", like=seen[0])
        elif kind == "hand":
            new = due.handed(item, draw(st.sampled_from(OWNERS)), "", like=seen[0])
        elif kind == "settle":
            new = due.settled(item, draw(st.sampled_from(("done", "not_needed"))), "", like=seen[0])
        elif kind == "again":
            new = due.opened(DueLink(STREAM, STREAM.id), due_id, FOLLOW_UP, "by_hand", OWNERS[1], DAYS[2])
        elif kind == "completed":
            new = NewEvent(STREAM, EventType.MATERIALS_COMPLETED)
        else:
            new = NewEvent(STREAM, EventType.STATUS_CHANGED, facts={"state": "accepted"})
        events.append(stored(new, at, station))
    return events


@given(histories(), st.randoms(use_true_random=False), st.integers(0, 5))
def test_any_order_of_arrival_and_any_repeat_folds_alike(events: list[Event], chance, unconfirmed: int) -> None:
    wanted = due.fold_due(in_order(events))
    shuffled = [*events, *events[: len(events) // 2]]
    chance.shuffle(shuffled)
    distinct = list({event.event_id: event for event in shuffled}.values())
    assert due.fold_due(in_order(distinct)) == wanted
    # What the centre has not numbered yet comes last, in its station's own order: the same result once it has.
    late = {event.event_id for event in events[len(events) - min(unconfirmed, len(events) - 2) :]}
    mine = [replace(one, station_id=STATIONS[0]) if one.event_id in late else one for one in distinct]
    unsent = [replace(one, fseq=None) if one.event_id in late else one for one in mine]
    assert due.fold_due(in_order(unsent)) == due.fold_due(in_order(mine))


@given(histories())
def test_what_is_settled_stays_settled_as_it_was_and_nothing_is_lost(events: list[Event]) -> None:
    before: dict[UUID, DueItem] = {}
    for upto in range(2, len(events) + 1):
        items = due.fold_due(in_order(events[:upto]))
        assert len(items) == 2
        for item in items:
            earlier = before.get(item.due_id)
            if earlier is not None and earlier.settled:
                assert replace(item, overtaken=()) == replace(earlier, overtaken=())
        before = {item.due_id: item for item in items}
    done = {one for item in before.values() for one in item.overtaken}
    assert done <= {event.event_id for event in events}


def test_an_ending_before_the_opening_ends_nothing() -> None:
    completed = stored(NewEvent(STREAM, EventType.MATERIALS_COMPLETED), 1)
    (item,) = due.fold_due(in_order([opening(2, cause=CORRECTION), completed]))
    assert not item.settled


def test_only_an_office_s_decision_ends_what_a_decision_ends() -> None:
    decided = NewEvent(STREAM, EventType.STATUS_CHANGED, facts={"state": "accepted"})
    for station, settled in ((STATIONS[0], False), (STATIONS[2], True)):
        (item,) = due.fold_due(in_order([opening(1, cause=CORRECTION), stored(decided, 2, station)]))
        assert item.settled is settled


def test_a_second_program_s_opening_of_the_same_origin_is_the_same_item() -> None:
    first, second = (due.due_id_for(STREAM, "returned", origin) for origin in ("a", "a"))
    assert first == second
    assert first != due.due_id_for(STREAM, "returned", "b")


@pytest.mark.parametrize(
    ("day", "today", "wanted"),
    [
        (None, date(2026, 11, 20), DueStanding.OPEN),
        (date(2026, 11, 19), date(2026, 11, 20), DueStanding.OVERDUE),
        (date(2026, 11, 20), date(2026, 11, 20), DueStanding.TODAY),
        (date(2026, 11, 21), date(2026, 11, 22), DueStanding.SOON),  # Saturday, looked at on Sunday: Monday
        (date(2026, 11, 21), date(2026, 11, 23), DueStanding.TODAY),
        (date(2026, 11, 25), date(2026, 11, 26), DueStanding.TODAY),  # a day off in the notice
        (date(2026, 11, 28), date(2026, 11, 29), DueStanding.OVERDUE),  # a Saturday that is worked
        (date(2026, 11, 27), date(2026, 11, 20), DueStanding.LATER),
        (date(2026, 11, 26), date(2026, 11, 23), DueStanding.SOON),
    ],
)
def test_how_near_a_date_is_goes_by_working_days(day, today, wanted) -> None:
    assert due.standing(day, today, CALENDAR) is wanted
