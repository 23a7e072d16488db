"""How the centre packs bodies: as fast as its PostgreSQL can, and readable however they were packed before."""

import psycopg
from tests.central.pen import Ends, Pen, whole
from tests.postgres import HOME, CentreDatabase

WORDS = {"story": "加班工资 " * 1000}
KEPT = "SELECT pg_column_compression(content) FROM centre.body ORDER BY fseq"


def knows_lz4(centre: CentreDatabase) -> bool:
    """Answer whether the server under test was built with lz4."""
    asked = "SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
    return bool(centre.execute(asked)[0][0])


def long_one(ends: Ends, pen: Pen) -> None:
    """Hand in an event with a long body over a new connection."""
    pen.write("VisitOpened", words=WORDS)
    pen.push(ends.new("east"), first=pen.last)


def test_after_an_upgrade_bodies_are_packed_the_quickest_way_that_the_server_knows(
    ends: Ends, centre: CentreDatabase
) -> None:
    pen = ends.pen("east")
    centre.execute(f'ALTER DATABASE "{centre.name}" SET default_toast_compression = pglz')
    long_one(ends, pen)
    centre.execute(f'ALTER DATABASE "{centre.name}" RESET default_toast_compression')
    centre.administration.upgrade()
    long_one(ends, pen)
    assert centre.execute(KEPT) == [("pglz",), ("lz4" if knows_lz4(centre) else "pglz",)]
    assert [event.body for event in whole(ends["east"], HOME)] == [event.body for event in pen.written]


def test_an_upgrade_leaves_the_packing_that_the_administrator_chose(centre: CentreDatabase) -> None:
    centre.execute(f'ALTER DATABASE "{centre.name}" SET default_toast_compression = pglz')
    centre.administration.upgrade()
    with psycopg.connect(centre.dsn_admin) as connection:
        assert connection.execute("SHOW default_toast_compression").fetchone() == ("pglz",)
