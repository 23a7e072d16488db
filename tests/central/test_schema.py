"""What must hold of the schema as a whole, whoever adds to it."""

import psycopg
import pytest
from psycopg import sql
from tests.postgres import CentreDatabase

from window_app.central import schema


def test_upgrading_a_second_time_changes_nothing(centre: CentreDatabase) -> None:
    with psycopg.connect(centre.dsn_admin) as connection:
        assert schema.pending(connection) == ()
        assert schema.apply(connection) == ()
        names = [name for (name,) in connection.execute("SELECT name FROM centre.migration")]
    assert sorted(names) == sorted(step.name for step in schema.steps((schema.own_root(),)))


def test_an_upgrade_makes_room_ahead_of_the_feeds(centre: CentreDatabase) -> None:
    centre.execute("UPDATE centre.feed SET head = 9000000 WHERE feed_id = '310101'")
    with psycopg.connect(centre.dsn_admin) as connection:
        schema.apply(connection)
        schema.apply(connection)
    bounds = centre.execute(
        "SELECT relname, pg_get_expr(relpartbound, oid), relrowsecurity, relforcerowsecurity FROM pg_class"
        " WHERE relispartition AND relkind = 'r' AND relname LIKE 'event_p%%' ORDER BY 1"
    )
    assert bounds[-1] == ("event_p3", "FOR VALUES FROM ('12000001') TO ('16000001')", True, True)
    assert [name for name, *_ in bounds] == ["event_p0", "event_p1", "event_p3"]


def test_row_level_security_is_forced_on_every_table(centre: CentreDatabase) -> None:
    tables = centre.execute(
        "SELECT relname, relrowsecurity, relforcerowsecurity, relowner::regrole::text FROM pg_class"
        " WHERE relnamespace = 'centre'::regnamespace AND relkind IN ('r', 'p')"
    )
    assert len(tables) > 25
    assert [row for row in tables if row[1:] != (True, True, "window_app_owner")] == []


def test_no_role_of_the_centre_logs_in_or_passes_by_the_policies(centre: CentreDatabase) -> None:
    roles = centre.execute(
        "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
        " WHERE starts_with(rolname, 'window_app_')"
    )
    assert len(roles) == 5
    assert [row for row in roles if any(row[1:])] == []


def test_the_functions_own_no_table_and_definers_fix_their_search_path(centre: CentreDatabase) -> None:
    assert centre.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S')"
        " AND relowner IN ('window_app_service'::regrole, 'window_app_gate'::regrole)"
    ) == []  # fmt: skip
    definers = centre.execute(
        "SELECT proname, proconfig FROM pg_proc WHERE prosecdef AND pronamespace IN"
        " ('sync_v1'::regnamespace, 'gate'::regnamespace, 'centre'::regnamespace)"
    )
    assert len(definers) > 15
    assert [name for name, settings in definers if "search_path=pg_catalog, pg_temp" not in (settings or [])] == []


def test_public_may_do_nothing_here(centre: CentreDatabase) -> None:
    assert centre.execute("SELECT * FROM centre.open_doors()") == []
    assert centre.execute(
        "SELECT proname FROM pg_proc p WHERE pronamespace IN"
        " ('sync_v1'::regnamespace, 'gate'::regnamespace, 'centre'::regnamespace)"
        " AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) WHERE grantee = 0)"
    ) == []  # fmt: skip


def test_an_upgrade_closes_the_doors_that_a_restored_dump_left_open(centre: CentreDatabase) -> None:
    centre.execute(f'GRANT TEMP, CONNECT ON DATABASE "{centre.name}" TO PUBLIC')
    centre.execute("GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC; GRANT CREATE ON SCHEMA public TO PUBLIC")
    assert set(centre.execute("SELECT * FROM centre.open_doors()")) == {("lo_create(oid)",), ("TEMP",), ("public",)}
    centre.administration.upgrade()
    assert centre.execute("SELECT * FROM centre.open_doors()") == []


@pytest.mark.parametrize("name", ["centre", "feed", "event", "body", "session", "station"])
def test_the_owner_itself_sees_no_row(centre: CentreDatabase, name: str) -> None:
    with psycopg.connect(centre.dsn_admin) as connection:
        connection.execute("SET ROLE window_app_owner")
        counting = sql.SQL("SELECT count(*) FROM centre.{}").format(sql.Identifier(name))
        assert connection.execute(counting).fetchone() == (0,)
