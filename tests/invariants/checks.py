"""What must hold once everything is drained; each check yields what is wrong, in words, nothing where all is well."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from uuid import UUID

from sqlalchemy import select
from tests.invariants.centre_view import CentreView
from tests.invariants.reference import lost_in_silence
from tests.invariants.seats import Given, Seat
from tests.invariants.world import HELD, HOME, SECRET, World

from window_app.domain.cases import CaseState
from window_app.domain.events import Event
from window_app.domain.fold import fold_case, in_order
from window_app.storage import envelopes
from window_app.storage.engine import Row, Statement
from window_app.storage.schema import event_table

_E = event_table.c
_NUMBERED = Statement(
    select(_E.feed, _E.fseq, _E.event_id, _E.envelope, _E.chain_hash)
    .where(_E.fseq.is_not(None))
    .order_by(_E.feed, _E.fseq)
)


def faults(world: World) -> list[str]:
    """Return everything that is wrong in a drained world."""
    view = world.view()
    found = [*numbers_at_centre(world, view), *once(view), *dense(view), *numbers_distinct(world.given, view)]
    for seat in world.seats.values():
        revoked = seat.name in world.revoked
        found += [f"{seat.name}: {fault}" for fault in nothing_left_behind(seat, view)]
        if not revoked:
            found += [f"{seat.name}: {fault}" for fault in seat_faults(seat, view)]
    return found


def seat_faults(seat: Seat, view: CentreView) -> Iterator[str]:
    """Yield how a drained replica differs from the centre, from its own fold, or from what its authors saw."""
    yield from same_list(seat, view)
    yield from same_folds(seat, view)
    yield from projections_true(seat)
    yield from (f"store: {finding}" for finding in seat.store.integrity())


def feeds_of(seat: Seat) -> tuple[str, ...]:
    """Return the feeds a seat subscribes to."""
    return (HOME, SECRET) if seat.kind == "office" else (HOME,)


def numbers_at_centre(world: World, view: CentreView) -> Iterator[str]:
    """Invariant 1: every number given stands at the centre once, but for what a dead disk took with it."""
    at_centre = Counter(event.event_id for event in view.everywhere())
    for given in world.given:
        if given.number in world.lost_with_disk:
            continue
        for event_id in given.event_ids:
            if at_centre[event_id] != 1:
                yield f"number {given.number} of {given.seat}: event {event_id} is {at_centre[event_id]} times there"


def once(view: CentreView) -> Iterator[str]:
    """Invariant 2: no event stands in the feeds twice."""
    counted = Counter(event.event_id for events in view.feeds.values() for event in events)
    yield from (f"event {event_id} is there {times} times" for event_id, times in counted.items() if times != 1)


def dense(view: CentreView) -> Iterator[str]:
    """Invariant 3: a feed is 1..head without a hole, and a station's chain in it links up."""
    for feed, events in view.feeds.items():
        found = [event.fseq for event in events]
        if found != list(range(1, view.heads.get(feed, 0) + 1)):
            yield f"feed {feed} is not 1..{view.heads.get(feed)}: {found}"


def numbers_distinct(given: Sequence[Given], view: CentreView) -> Iterator[str]:
    """Invariant 6: numbers are distinct; where clones drew the same one, an anomaly was raised."""
    for number, times in Counter(one.number for one in given).items():
        if times != 1 and not view.anomalies:
            yield f"number {number} was given {times} times and nobody was told"


def nothing_left_behind(seat: Seat, view: CentreView) -> Iterator[str]:
    """Invariants 7, 8 and 9: whatever a live seat holds is at the centre, with the same body."""
    at_centre = {event.event_id: event.body_digest for event in view.everywhere()}
    for event_id, body_digest in seat.store._database.rows(HELD):
        known = at_centre.get(UUID(bytes=event_id))
        if known is None:
            yield f"event {UUID(bytes=event_id)} is not at the centre"
        elif known != body_digest.hex():
            yield f"event {UUID(bytes=event_id)} has another body at the centre"
    apart = {event.event_id for event in view.quarantine}
    unsent = [row for row in seat.store.outbox(1000) if row.state != "refused" or row.event_id not in apart]
    if unsent:
        yield f"{len(unsent)} events still unsent: {unsent[0]}"


def same_list(seat: Seat, view: CentreView) -> Iterator[str]:
    """Invariant 4, first half: a replica's numbered events are the centre's, byte for byte, none skipped."""
    held: dict[str, list[Row]] = {}
    for feed, *rest in seat.store._database.rows(_NUMBERED):
        held.setdefault(feed, []).append(tuple(rest))
    for feed in feeds_of(seat):
        here = [(fseq, UUID(bytes=event_id), bytes(envelope)) for fseq, event_id, envelope, _ in held.pop(feed, [])]
        there = [(event.fseq, event.event_id, event.envelope) for event in view.feeds.get(feed, ())]
        # Before the checkpoint at which a replica began, it holds the cases that were open then.
        base, before = seat.store.base(feed), {one[:2] for one in here}
        there = [one for one in there if one[0] > base or one[:2] in before]
        if here == there:
            continue
        if [one[:2] for one in here] != [one[:2] for one in there]:
            yield f"feed {feed}: {_difference([one[:2] for one in here], [one[:2] for one in there])}"
        else:
            yield from _other_envelopes(seat, here, there)
    yield from (f"holds numbers of feed {feed} without a subscription" for feed in held if held[feed])


def _other_envelopes(seat: Seat, here: Sequence[Row], there: Sequence[Row]) -> Iterator[str]:
    for (fseq, event_id, mine), (_, _, theirs) in zip(here, there, strict=True):
        if mine != theirs:
            yield f"event {event_id} at {fseq} has another envelope here ({seat.name})"


def _difference(here: Sequence[Row], there: Sequence[Row]) -> str:
    missing, more = [one for one in there if one not in set(here)], [one for one in here if one not in set(there)]
    return f"{len(here)} here, {len(there)} at the centre; missing {missing[:3]}, foreign {more[:3]}"


def same_folds(seat: Seat, view: CentreView) -> Iterator[str]:
    """Invariants 4 and 5: the fold of a replica is that of the centre's list, and it loses nothing silently."""
    apart = {event.stream_id for event in view.quarantine}
    apart |= {event.stream_id for feed in view.feeds.keys() - set(feeds_of(seat)) for event in view.feeds[feed]}
    for case_id in seat.cases():
        # What is set aside, or in a feed that this seat does not follow, is beyond its scope.
        if case_id in apart:
            continue
        here = seat.case_events(case_id)
        here_too = {event.event_id: event for event in here}
        there = in_order(
            replace(event, body=here_too[event.event_id].body, chain_hash=here_too[event.event_id].chain_hash)
            for event in centre_case(view, case_id)
            if event.event_id in here_too
        )
        mine, theirs = fold_case(here), fold_case(there)
        if repr(mine).encode() != repr(theirs).encode():
            yield f"case {case_id}: the fold differs: {_differing(mine, theirs)}"
        yield from fields_kept(case_id, here)


def _differing(mine: CaseState | None, theirs: CaseState | None) -> str:
    if mine is None or theirs is None:
        return f"here {mine}, at the centre {theirs}"
    told = ((one.name, getattr(mine, one.name), getattr(theirs, one.name)) for one in fields(mine))
    return "; ".join(f"{name}: here {here}, at the centre {there}" for name, here, there in told if here != there)


def centre_case(view: CentreView, case_id: UUID) -> Iterator[Event]:
    """Yield the events of a case as the centre's feeds hold them."""
    for event in view.by_stream.get(case_id, ()):
        yield envelopes.read(event.envelope, b"", event.body, event.fseq, view.seat_of)


def fields_kept(case_id: UUID, events: Sequence[Event]) -> Iterator[str]:
    """Invariant 5: every set field is current, was superseded by one who saw it, or is shown to a person."""
    state = fold_case(events)
    if state is not None:
        for name, event_id in lost_in_silence(events, state):
            yield f"case {case_id}: what event {event_id} wrote of {name} was lost in silence"


def projections_true(seat: Seat) -> Iterator[str]:
    """Check that the list of cases is what the events say."""
    before = seat.store.cases(None, 1_000_000)
    seat.store.rebuild()
    after = seat.store.cases(None, 1_000_000)
    if before != after:
        changed = [(one, other) for one, other in zip(before, after, strict=False) if one != other]
        yield f"projections made anew differ: {len(before)} and {len(after)} rows, {changed[:1]}"
