"""N and N-1 side by side: the centre is upgraded while stations of the release before go on."""

from pathlib import Path

import psycopg
from tests.central.pen import Ends, whole
from tests.postgres import HOME, CentreDatabase

from window_app.central import schema
from window_app.domain.line import Cursor, PushCode

NEXT = Path(__file__).parent / "next"


def upgrade(centre: CentreDatabase) -> tuple[str, ...]:
    """Bring a centre up to the made-up next release."""
    with psycopg.connect(centre.dsn_admin) as connection:
        return schema.apply(connection, (schema.own_root(), NEXT))


def test_stations_of_this_release_go_on_while_the_centre_is_upgraded(ends: Ends, centre: CentreDatabase) -> None:
    pen = ends.pen("east")
    for _ in range(500):
        pen.write("VisitOpened")
    pen.push(ends["east"], 1, 100)
    ends["west"].pull(HOME, Cursor(), 10)
    assert upgrade(centre) == ("migrations/9001_next.sql", "functions/v2/favour.sql")
    # The same connections, the same sessions, plans made before: nothing is begun anew, and nothing unsent is lost.
    assert pen.push(ends["east"], 101).acked == 500
    assert [event.envelope for event in whole(ends["west"], HOME)] == [event.envelope for event in pen.written]
    assert upgrade(centre) == ()


def test_a_station_of_the_next_release_and_one_of_this_share_a_feed(ends: Ends, centre: CentreDatabase) -> None:
    upgrade(centre)
    ends["west"].hello()
    with centre.stations["west"].psql() as newer:
        answer = newer.execute("SELECT code, count FROM sync_v2.favour(%s, 'red')", (ends["west"]._token,)).fetchone()
    assert answer == ("OK", 1)
    newer_pen, pen = ends.pen("west"), ends.pen("east")
    newer_pen.write("HearingScheduled", None, {"room": 3}, version=2, format=2, hearing={"on": "2027-01-05"})
    assert newer_pen.push(ends["west"]).code is PushCode.OK
    pen.write("VisitOpened")
    pen.push(ends["east"])
    assert [event.envelope for event in whole(ends["east"], HOME)] == [
        newer_pen.written[0].envelope,
        pen.written[0].envelope,
    ]


def test_an_older_program_says_nothing_of_a_newer_schema_and_changes_nothing(centre: CentreDatabase) -> None:
    upgrade(centre)
    with psycopg.connect(centre.dsn_admin) as connection:
        assert schema.apply(connection) == ()
        assert connection.execute("SELECT count(*) FROM centre.favourite").fetchone() == (0,)
