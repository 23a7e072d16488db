"""Releases side by side: unknown events go round unchanged, an upgrade loses nothing unsent."""

from pathlib import Path

import psycopg
import pytest
from tests.invariants import checks
from tests.invariants.world import HOME, World

from window_app.central import schema
from window_app.storage import migrate

pytestmark = pytest.mark.xdist_group("invariants")
UNSENT_CASES = 125
NEXT_RELEASE = Path(__file__).parents[1] / "central" / "next"

NEXT_STEP = """
from alembic import op
revision, down_revision, branch_labels, depends_on = "9001", "{head}", None, None
def upgrade():
    op.execute("ALTER TABLE outbox ADD COLUMN colour TEXT")
    op.execute("CREATE TABLE event_copy AS SELECT * FROM event")
    op.execute("ALTER TABLE station_state ADD COLUMN colour TEXT")
def downgrade():
    pass
"""


@pytest.mark.parametrize("critical", [False, True])
def test_events_of_a_newer_release_survive_a_round_trip_unchanged(world: World, critical: bool) -> None:
    case = world.receive("west").case_id
    world.drain()
    written = world.seats["east"].write_unknown(case, critical=critical)
    assert written is not None
    world.receive("east")
    world.drain()
    for name in ("west", "north", "office"):
        seat = world.seats[name]
        found = next(event for event in seat.case_events(case) if event.event_id == written.event_id)
        assert found.envelope_bytes == written.envelope_bytes
        assert seat.store.get_case(case).number
    assert not checks.faults(world)


def test_stations_of_this_release_go_on_at_a_centre_of_the_next_one(world: World) -> None:
    for name in ("east", "west"):
        world.receive(name)
    world.sync("east")
    with psycopg.connect(world.dsn) as connection:
        applied = schema.apply(connection, (schema.own_root(), NEXT_RELEASE))
    assert applied, "the centre is of the next release now"
    for name in ("east", "west"):
        world.receive(name)
    world.drain()
    assert not checks.faults(world)
    assert world.view().heads[HOME] == 16


def test_an_upgrade_in_front_of_five_hundred_unsent_events_loses_none(world: World, tmp_path: Path) -> None:
    seat = world.seats["east"]
    for _ in range(UNSENT_CASES):
        world.receive("east")
    unsent = [row.event_id for row in seat.store.outbox(1000)]
    assert len(unsent) == 4 * UNSENT_CASES
    steps = tmp_path / "steps"
    steps.mkdir()
    (steps / "9001_next.py").write_text(NEXT_STEP.format(head=migrate.HEAD))
    seat.close()
    assert migrate.upgrade(seat.store._database, migrate.configuration(steps)) is not None
    assert [row.event_id for row in seat.store.outbox(1000)] == unsent
    world.drain()
    assert not checks.faults(world)
