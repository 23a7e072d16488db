"""One fault at a time, each with what must have come of it."""

import threading
import time
from uuid import UUID

import psycopg
import pytest
from tests.invariants import checks
from tests.invariants.machine import SLOW_BYTES
from tests.invariants.rounds import centre_at, one_round, round_at
from tests.invariants.wire import Fault
from tests.invariants.world import HOME, World

from window_app.domain.cases import Conflict
from window_app.domain.fold import fold_case

pytestmark = pytest.mark.xdist_group("invariants")
SLACK_SECONDS = 2.0


def test_what_two_counters_received_stands_at_the_centre_at_the_office_and_at_each_other(world: World) -> None:
    for name in ("east", "west", "east"):
        world.receive(name)
    world.drain()
    assert not checks.faults(world)
    assert world.view().heads[HOME] == 12
    assert len(world.seats["office"].cases()) == len(world.seats["north"].cases()) == 3


@pytest.mark.parametrize("fault", [Fault.ANSWER_LOST, Fault.CUT_BEFORE, Fault.CUT_WITHIN])
def test_a_counter_that_never_writes_again_after_a_lost_push_has_everything_at_the_centre(
    world: World, fault: Fault
) -> None:
    world.receive("east")
    world.wire.strike(fault, b"push")
    report = world.sync("east")
    assert world.wire.struck == [fault]
    assert report.outcome == "down"
    unknown = [row.state for row in world.seats["east"].store.outbox(10)]
    assert len(unknown) == 4, "nothing is confirmed before the answer is there"
    assert set(unknown) == {"unknown"}
    world.seats["east"].close()
    world.drain()
    assert not checks.faults(world)
    assert world.seats["east"].store.count_outbox() == 0


def test_the_same_push_many_times_has_the_effect_of_one(world: World) -> None:
    world.receive("east")
    seat = world.seats["east"]
    batch = seat.store.own_batch(0, 100)
    assert batch is not None
    line, centre = round_at(seat, world.way), centre_at(seat, world.way)
    signer = line._ends.signer
    centre.hello()
    answers = [centre.push(batch, signer.key_id(), signer.sign(batch.signed_bytes)) for _ in range(5)]
    centre.close()
    assert {(answer.code.value, answer.acked) for answer in answers} == {("OK", 4)}
    assert world.view().heads[HOME] == 4
    world.drain()
    assert not checks.faults(world)


@pytest.mark.parametrize("call", [b"hello", b"push", b"pull", b"counts"])
def test_no_call_over_a_line_gone_silent_outlasts_its_deadline(world: World, call: bytes) -> None:
    world.sync("east")
    world.receive("east")
    world.wire.strike(Fault.SILENT, call)
    begun = time.monotonic()
    report = one_round(world.seats["east"], world.way, deadline=1.0)
    took = time.monotonic() - begun
    assert world.wire.struck == [Fault.SILENT]
    assert (report.outcome, report.reason) == ("down", "line.reason.timeout")
    assert took < 1.0 + SLACK_SECONDS
    world.drain()
    assert not checks.faults(world)


def test_a_reader_that_sees_a_number_sees_all_before_it_while_others_write_and_fail(world: World) -> None:
    seats = [world.seats[name] for name in ("east", "west", "north")]
    for seat in seats:
        for _ in range(25):
            world.given.append(seat.receive())
    torn: list[str] = []
    stop = threading.Event()
    reader = threading.Thread(target=_read_on, args=(world, stop, torn))
    writers = [threading.Thread(target=_push_in_pieces, args=(world, seat.name, torn)) for seat in seats]
    reader.start()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    stop.set()
    reader.join(60)
    assert not torn, torn[:3]
    world.drain()
    assert not checks.faults(world)
    assert world.view().heads[HOME] == 300


def _push_in_pieces(world: World, name: str, torn: list[str]) -> None:
    """Push three events at a time, every third time in a transaction that is rolled back first."""
    seat = world.seats[name]
    signer = round_at(seat, world.way)._ends.signer
    centre = centre_at(seat, world.way)
    after, turn = 0, 0
    try:
        centre.hello()
        while (batch := seat.store.own_batch(after, 3)) is not None:
            turn += 1
            said = (batch, signer.key_id(), signer.sign(batch.signed_bytes))
            if turn % 3 == 0 and centre._connection is not None:
                centre._connection.autocommit = False
                centre.push(*said)
                centre._connection.rollback()
                centre._connection.autocommit = True
            after = centre.push(*said).acked
    except Exception as error:
        torn.append(f"{name}: {error!r}")
    finally:
        centre.close()


def _read_on(world: World, stop: threading.Event, torn: list[str]) -> None:
    query = "SELECT count(*), coalesce(max(fseq), 0) FROM centre.event WHERE feed_id = %s"
    with psycopg.connect(world.dsn, autocommit=True) as connection:
        while not stop.is_set():
            row = connection.execute(query, (HOME,)).fetchone()
            if row is None or row[0] != row[1]:
                torn.append(f"{row} seen: a number before the last was not there")


def test_two_who_did_not_see_each_other_leave_one_conflict_that_everybody_sees_and_a_person_ends(world: World) -> None:
    case = world.receive("west").case_id
    world.drain()
    for name, value in (("east", "1"), ("north", "2")):
        assert world.seats[name].set_field(case, "phone", value) is not None
    world.drain()
    assert [len(conflicts_of(world, name, case)) for name in world.seats] == [1, 1, 1, 1]
    assert not checks.faults(world)
    assert world.seats["office"].settle(case) is not None
    world.drain()
    assert [len(conflicts_of(world, name, case)) for name in world.seats] == [0, 0, 0, 0]
    assert not checks.faults(world)


def conflicts_of(world: World, name: str, case: UUID) -> tuple[Conflict, ...]:
    state = fold_case(world.seats[name].case_events(case))
    assert state is not None
    return state.conflicts


def test_a_feed_with_a_hole_is_not_followed_past_it(world: World) -> None:
    world.receive("east")
    world.sync("east")
    with psycopg.connect(world.dsn) as connection:
        connection.execute("DELETE FROM centre.event WHERE feed_id = %s AND fseq = 2", (HOME,))
    report = world.sync("west")
    assert (report.outcome, report.reason) == ("damaged", "line.page_damaged")
    assert world.seats["west"].store.cursor(HOME).after == 0


def test_over_a_line_that_carries_a_few_events_before_its_deadline_all_of_them_come(world: World) -> None:
    for name in ("east", "west"):
        for _ in range(8):
            world.receive(name)
    world.sync("east")
    reports = world.sync_slowly("west", SLOW_BYTES, 24)
    assert {report.outcome for report in reports} == {"down", "done"}
    assert world.view().heads[HOME] == 64
    assert world.seats["west"].store.cursor(HOME).after == 64
    world.drain()
    assert not checks.faults(world)
