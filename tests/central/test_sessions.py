"""Who may begin a session, how long it lasts, and what a pool changes."""

from dataclasses import replace

import pytest
from tests.central.pen import Ends, Pen, whole
from tests.postgres import HIDDEN, HOME, CentreDatabase

from window_app.domain.line import ClientTooOld, Cursor, LineDown, PushCode, StationRefused


def test_hello_says_who_one_is_here(ends: Ends, centre: CentreDatabase) -> None:
    greeting = ends["east"].hello()
    assert (greeting.feeds, greeting.active, greeting.acked, greeting.backup_days) == ((HOME,), True, 0, 30)
    assert ends["inspection"].hello().feeds == (HOME, HIDDEN)
    assert greeting.epoch
    assert greeting.server_at.utcoffset() is not None
    pen = ends.pen("east")
    pen.write("VisitOpened")
    pen.push(ends["east"])
    assert ends["east"].hello().acked == 1
    ((release, seen),) = centre.execute(
        "SELECT release, contact_at IS NOT NULL FROM centre.station WHERE station_id = %s", pen.station_id
    )
    assert (release, seen) == ("0.1.0", True)


def test_a_wrong_secret_or_station_begins_nothing(ends: Ends, centre: CentreDatabase) -> None:
    for end in (
        ends.new("east", secret=b"w" * 32),
        ends.new("east", station_id=Pen.of(centre.stations["west"]).station_id),
    ):
        with pytest.raises(StationRefused):
            end.hello()
        with pytest.raises(StationRefused):
            end.pull(HOME, Cursor(), 1)


def test_a_wrong_password_says_login(ends: Ends, centre: CentreDatabase) -> None:
    address = replace(centre.stations["east"].address, password="wrong")
    with pytest.raises(LineDown) as down:
        ends.new("east", address=address).hello()
    assert (down.value.params["reason"], down.value.sent) == ("login", False)


def test_nobody_at_the_address_says_unreachable(ends: Ends, centre: CentreDatabase) -> None:
    address = replace(centre.stations["east"].address, port=1)
    with pytest.raises(LineDown) as down:
        ends.new("east", address=address).hello()
    assert down.value.params["reason"] == "unreachable"


def test_another_machine_without_a_certificate_is_not_even_asked(ends: Ends, centre: CentreDatabase) -> None:
    address = replace(centre.stations["east"].address, host="centre.example")
    with pytest.raises(LineDown) as down:
        ends.new("east", address=address).hello()
    assert down.value.params["reason"] == "tls"


def test_a_session_that_has_run_out_is_told_and_the_next_call_begins_anew(ends: Ends, centre: CentreDatabase) -> None:
    ends["east"].hello()
    centre.execute("UPDATE centre.session SET expires_at = now() - interval '1 second'")
    with pytest.raises(StationRefused):
        ends["east"].pull(HOME, Cursor(), 1)
    assert ends["east"].pull(HOME, Cursor(), 1).events == ()
    centre.execute("DELETE FROM centre.session")
    pen = ends.pen("east")
    pen.write("VisitOpened")
    with pytest.raises(StationRefused):
        pen.push(ends["east"])
    assert pen.push(ends["east"]).code is PushCode.OK


def test_a_station_keeps_ten_sessions_at_most(ends: Ends, centre: CentreDatabase) -> None:
    for _ in range(14):
        ends["east"].hello()
    assert centre.execute("SELECT count(*) FROM centre.session") == [(10,)]
    assert ends["east"].pull(HOME, Cursor(), 1).head == 0


def test_tokens_and_secrets_are_kept_as_hashes_alone(ends: Ends, centre: CentreDatabase) -> None:
    ends["east"].hello()
    token = ends["east"]._token
    secret = centre.stations["east"].enrolment.secrets.station_secret
    rows = repr(centre.execute("SELECT * FROM centre.session")) + repr(centre.execute("SELECT * FROM centre.station"))
    assert token is not None
    for private in (token, secret):
        assert repr(private)[2:-1] not in rows
        assert private.hex() not in rows


def test_a_protocol_no_longer_served_is_told_what_is_needed(ends: Ends, centre: CentreDatabase) -> None:
    centre.execute("UPDATE centre.centre SET protocol_from = 2, protocol_to = 3")
    with pytest.raises(ClientTooOld) as old:
        ends["east"].hello()
    assert old.value.params == {"needed": 2}
    centre.execute("UPDATE centre.centre SET protocol_from = 0, protocol_to = 0")
    with pytest.raises(StationRefused) as refused:
        ends["west"].hello()
    assert refused.value.code == "line.centre_too_old"


def test_functions_that_are_gone_mean_too_old(ends: Ends, centre: CentreDatabase) -> None:
    centre.execute("DROP SCHEMA sync_v1 CASCADE")
    with pytest.raises(ClientTooOld):
        ends["east"].hello()


def test_behind_a_pool_the_token_alone_tells_stations_apart(ends: Ends, centre: CentreDatabase) -> None:
    pool = f"pool_{centre.name}"
    centre.administration.add_pool_login(pool, "swimming")
    try:
        there = {
            name: ends.new(
                name,
                address=replace(centre.stations[name].address, user=pool, password="swimming"),
                prepare_threshold=None,
            )
            for name in ("east", "west")
        }
        for name, end in there.items():
            pen = ends.pen(name)
            pen.write("VisitOpened")
            assert pen.push(end).acked == 1
        assert len({event.station_id for event in whole(there["west"], HOME)}) == 2
        # A token of the pool opens nothing from a station's own login, and the other way round.
        there["east"]._token, ends["west"]._token = None, None
        there["east"].hello()
        own = ends.new("east")
        own._token, own._secret = there["east"]._token, b"x" * 32
        with pytest.raises(StationRefused):
            own.pull(HOME, Cursor(), 1)
    finally:
        for end in there.values():
            end.close()
        centre.execute(f'DROP OWNED BY "{pool}"; DROP ROLE "{pool}"')
