"""What cannot stand in a feed is kept for a person, and never holds up what can."""

from dataclasses import replace
from typing import LiteralString

import psycopg
import pytest
from sqlalchemy import bindparam, update
from tests.invariants import checks
from tests.invariants.machine import POISON
from tests.invariants.seats import Seat
from tests.invariants.world import HOME, World

from window_app.domain.events import chain_hash
from window_app.storage import event_log, station_state
from window_app.storage.engine import Statement
from window_app.storage.schema import body_table

pytestmark = pytest.mark.xdist_group("invariants")
_SPOIL = Statement(
    update(body_table).where(body_table.c.position == bindparam("at")).values(content=bindparam("spoiled"))
)


@pytest.mark.parametrize("poison", POISON)
def test_facts_over_which_every_projection_stumbles_hold_nothing_up(world: World, poison: dict[str, object]) -> None:
    world.seats["east"].write_poison(poison)
    for _ in range(3):
        world.receive("east")
    world.drain()
    assert not checks.faults(world)
    view = world.view()
    assert view.heads[HOME] + len(view.quarantine) == 13
    assert len(world.seats["office"].cases()) >= 3


def test_an_event_whose_body_is_not_what_its_envelope_says_is_set_aside_and_later_ones_go_on(world: World) -> None:
    seat = world.seats["east"]
    world.sync("east")
    spoiled = world.receive("east")
    world.given.clear()
    position = 2 + seat.store.count_outbox() - 4
    with seat.store._database.transaction():
        seat.store._database.run(_SPOIL, {"at": position, "spoiled": b'{"body":{"other":1},"salt":""}'})
    good = [world.receive("east") for _ in range(2)]
    reports = [world.sync("east"), world.sync("west"), world.sync("office")]
    assert reports[0].set_aside == 1
    view = world.view()
    assert [event.event_id for event in view.quarantine] == [spoiled.event_ids[1]]
    assert view.heads[HOME] == 11
    assert {one.case_id for one in good} <= set(world.seats["office"].cases())
    assert [row.state for row in seat.store.outbox(100)] == ["refused"]


def test_an_envelope_that_is_none_is_set_aside_and_later_ones_go_on(world: World) -> None:
    seat = world.seats["east"]
    world.receive("east")
    write_nonsense(seat)
    good = world.receive("east")
    reports = [world.sync("east") for _ in range(2)]
    assert (reports[0].outcome, reports[0].set_aside) == ("done", 1)
    view = world.view()
    assert [event.envelope for event in view.quarantine] == [NONSENSE]
    assert view.heads[HOME] == 9
    world.sync("office")
    assert good.case_id in world.seats["office"].cases()


NONSENSE = b'{"event": \xff\x00 no envelope'


def write_nonsense(seat: Seat) -> None:
    """Write an event whose envelope cannot be read, in its place of the chain."""
    given = seat.write_poison({})
    database = seat.store._database
    head = station_state.read_head(database)
    events = {event.event_id: event for event in seat.store.events(given.stream.id)}
    last = events[given.event_id]
    tail = station_state.read_tail(database)
    link = chain_hash(head.chain, NONSENSE)
    spoiled = replace(
        last,
        event_id=type(last.event_id)(int=last.event_id.int ^ 1),
        lseq=head.lseq + 1,
        envelope_bytes=NONSENSE,
        chain_hash=link,
    )
    with database.transaction():
        event_log.write_events(database, tail.position, [(spoiled, b"{}")])
        station_state.write_head(database, station_state.Head(head.lseq + 1, link, head.at))


def test_a_revoked_counter_gets_nothing_and_what_it_still_sends_is_kept_for_a_person(world: World) -> None:
    world.receive("east")
    world.drain()
    before = world.view().heads[HOME]
    unsent = world.receive("east")
    world.revoke("east")
    world.receive("west")
    reports = [world.sync(name) for name in ("west", "east", "east")]
    assert [report.outcome for report in reports[1:]] == ["revoked", "revoked"]
    assert reports[1].pulled == 0
    view = world.view()
    assert view.heads[HOME] == before + 4
    assert {event.event_id for event in view.quarantine} == set(unsent.event_ids)
    seat = world.seats["east"]
    rows = seat.store.outbox(100)
    assert {(row.state, row.reason) for row in rows} == {("refused", "line.quarantined")}
    assert len(rows) == 4
    assert seat.store.integrity() == ()
    world.drain()
    assert not checks.faults(world)


def test_a_revoked_counter_hands_in_as_much_as_the_centre_keeps_and_loses_nothing_of_the_rest(world: World) -> None:
    world.drain()
    administrator(world, "UPDATE centre.centre SET quarantine_events = 8")
    for _ in range(4):
        world.receive("east")
    world.revoke("east")
    for _ in range(2):
        reports = world.sync_slowly("east", 8_000, 8)
    assert {report.outcome for report in reports} <= {"revoked", "down"}
    kept = len(world.view().quarantine)
    assert 0 < kept <= 8
    rows = world.seats["east"].store.outbox(100)
    assert len(rows) == 16
    assert {row.reason for row in rows} >= {"line.quarantined", "line.quarantine_full"}
    administrator(world, "UPDATE centre.centre SET quarantine_events = 16")
    world.drain()
    assert len(world.view().quarantine) == 16
    assert not checks.faults(world)


def administrator(world: World, order: LiteralString) -> None:
    """Carry something out at the centre as its administrator."""
    with psycopg.connect(world.dsn, autocommit=True) as connection:
        connection.execute(order)
