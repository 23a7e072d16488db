"""Disks and centres set back or doubled: seen, told, and nothing overwritten or skipped."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict
from tests.invariants import checks
from tests.invariants.seats import numbers
from tests.invariants.world import HOME, LATE, World, drop_database

from window_app.central.binaries import wheel_binaries
from window_app.domain.fold import fold_case

pytestmark = pytest.mark.xdist_group("invariants")


def outcomes(world: World) -> list[str]:
    return [report.outcome for report in world.reports]


def test_a_centre_restored_from_a_dump_gets_back_all_that_live_stations_hold(world: World, tmp_path: Path) -> None:
    world.receive("east")
    world.drain()
    dump = tmp_path / "centre.dump"
    _postgres("pg_dump", world, f"--dbname={world.database}", "--create", "--format=custom", f"--file={dump}")
    for name in ("east", "west", "west"):
        world.receive(name)
    world.drain()
    assert world.view().heads[HOME] == 16
    drop_database(world.ground.dsn, world.database)
    # With --create, who may connect comes back too; without it nobody but the administrator could.
    _postgres("pg_restore", world, "--dbname=postgres", "--create", "--exit-on-error", str(dump))
    assert world.view().heads[HOME] == 4
    world.drain()
    assert not checks.faults(world)
    assert world.view().heads[HOME] == 16
    assert sum(report.rewound for report in world.reports) > 0


def _postgres(program: str, world: World, *options: str) -> None:
    said = conninfo_to_dict(world.dsn)
    words = [str(wheel_binaries().program(program)), f"--host={said['host']}", f"--port={said['port']}"]
    subprocess.run(
        [*words, f"--username={said['user']}", *options],
        env={"PGPASSWORD": str(said["password"]), "LC_ALL": "C"},
        check=True,
        timeout=60,
    )


def test_a_restored_centre_that_was_written_on_before_others_came_back_is_noticed_by_its_witness(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.receive("east")
    world.drain()
    dump = world.dump()
    world.receive("east")
    world.drain()
    world.restore(dump)
    for _ in range(3):
        world.receive("north")
    world.sync("north")
    assert world.view().heads[HOME] == 16
    world.drain()
    assert not checks.faults(world)
    assert world.view().heads[HOME] == 20
    assert sum(report.rewound for report in world.reports) > 0
    assert "line.feed_taken_anew" not in caplog.messages, "comparing counts, which notices too, had no need"


def test_a_restored_centre_gets_back_what_a_counter_had_confirmed_that_never_writes_again(world: World) -> None:
    dump = world.dump()
    world.receive("east")
    world.drain()
    world.restore(dump)
    assert world.view().heads[HOME] == 0
    world.drain()
    assert world.view().heads[HOME] == 4
    assert not checks.faults(world)


def test_two_machines_from_one_disk_go_on_as_two_stations_and_nobody_loses_a_case(world: World) -> None:
    world.receive("east")
    world.drain()
    clone = world.clone("east")
    for name in ("east", clone, clone):
        world.receive(name)
    world.drain()
    assert "renewed" in outcomes(world)
    assert world.view().anomalies, "an operator is told"
    assert len(set(numbers(world.given))) == 4
    assert not checks.faults(world)
    one, other = (world.seats[name].store.station() for name in ("east", clone))
    assert one.station_id != other.station_id
    assert one.issue_code != other.issue_code


def test_what_two_machines_from_one_disk_both_still_hold_unsent_is_stored_once(world: World) -> None:
    world.receive("east")
    clone = world.clone("east")
    for name in ("east", clone):
        world.receive(name)
    world.drain()
    assert "renewed" in outcomes(world)
    assert not checks.faults(world)
    assert len(world.seats["office"].cases()) == 3


@pytest.mark.parametrize("more", [0, 1, 3])
def test_a_disk_set_back_is_seen_whether_it_is_shorter_or_longer_than_the_centre(
    world: World, tmp_path: Path, more: int
) -> None:
    world.receive("east")
    world.drain()
    world.seats["east"].copy_disk(tmp_path / "copy")
    world.receive("east")
    world.receive("east")
    world.drain()
    before = world.view().heads[HOME]
    world.set_disk_back("east", tmp_path / "copy")
    for _ in range(more):
        world.receive("east")
    world.drain()
    assert "renewed" in outcomes(world)
    assert world.view().heads[HOME] >= before + 4 * more
    assert not world.lost_with_disk
    assert len(set(numbers(world.given))) == 3 + more
    assert not checks.faults(world)


def test_a_restore_to_before_a_renewal_is_healed(world: World) -> None:
    world.receive("east")
    world.drain()
    dump = world.dump()
    clone = world.clone("east")
    for name in ("east", clone):
        world.receive(name)
    world.drain()
    world.receive(clone)
    world.drain()
    world.restore(dump)
    world.drain()
    assert not checks.faults(world)


def test_what_a_station_had_confirmed_before_its_renewal_comes_back_to_a_centre_set_back_behind_it(
    world: World, tmp_path: Path
) -> None:
    dump = world.dump()
    given = [world.receive("east") for _ in range(2)]
    world.drain()
    world.seats["east"].copy_disk(tmp_path / "copy")
    world.receive("east")
    world.drain()
    world.set_disk_back("east", tmp_path / "copy")
    world.drain()
    assert "renewed" in outcomes(world)
    world.restore(dump)
    assert world.view().heads[HOME] == 0
    world.drain()
    assert not checks.faults(world)
    assert {one.case_id for one in given} <= set(world.seats["office"].cases())


def test_clocks_ten_years_off_change_no_order_no_cursor_and_no_number(world: World) -> None:
    for name, years in (("east", 10), ("west", -10), ("office", 10)):
        world.seats[name].clock.skew = timedelta(days=3653 * years // 10)
    for _ in range(2):
        for name in ("east", "west", "north"):
            world.receive(name)
        world.drain()
    case = world.given[0].case_id
    assert world.seats["office"].decide(case, "accepted", "决字1号") is not None
    world.seats["east"].clock.skew = timedelta(days=-3653)
    world.receive("east")
    world.drain()
    assert not checks.faults(world)
    assert world.view().heads[HOME] == 29
    assert world.view().states[case] == "accepted"
    assert {report.outcome for report in world.reports} == {"done"}


def test_of_two_values_the_first_in_the_feed_stays_whatever_the_clocks_of_their_authors_said(world: World) -> None:
    case = world.receive("west").case_id
    world.drain()
    world.seats["east"].clock.skew = timedelta(days=3653)
    world.seats["north"].clock.skew = timedelta(days=-3653)
    late, early = (world.seats[name].set_field(case, "phone", name) for name in ("east", "north"))
    assert late is not None
    assert early is not None
    assert early.occurred_at < late.occurred_at
    world.sync("east")
    world.sync("north")
    world.drain()
    for seat in world.seats.values():
        state = fold_case(seat.case_events(case))
        assert state is not None
        assert (state.setter("phone"), [one.other_event for one in state.conflicts]) == (
            late.event_id,
            [early.event_id],
        )
    assert not checks.faults(world)


def test_a_centre_set_back_behind_a_checkpoint_and_filled_in_another_order_is_noticed_by_who_began_there(
    world: World,
) -> None:
    dump = world.dump()
    for name in ("east", "west", "north"):
        world.receive(name)
        world.sync(name)
    report, opened = world.begin_late()
    assert (report.outcome, len(opened)) == ("done", 3)
    assert world.seats[LATE].store.base(HOME) == 12
    before = [one.event_id for one in world.view().feeds[HOME]]
    world.restore(dump)
    # The last event stands at its old place, so that no witness tells; what stands before it does not.
    for name in ("west", "east", "north"):
        world.sync(name)
    after = [one.event_id for one in world.view().feeds[HOME]]
    assert before[11] == after[11]
    assert before[:8] != after[:8]
    world.drain()
    assert world.seats[LATE].store.base(HOME) == 0
    assert not checks.faults(world)


def test_what_a_centre_set_back_lost_of_a_counter_it_then_revoked_is_kept_for_a_person(world: World) -> None:
    world.receive("east")
    world.drain()
    dump = world.dump()
    lost = world.receive("east")
    world.drain()
    world.restore(dump)
    world.revoke("east")
    world.drain()
    assert {event.event_id for event in world.view().quarantine} >= set(lost.event_ids)
    assert not checks.faults(world)
