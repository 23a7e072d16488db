"""Nothing of a visitor and no secret stands in the server's log, however much it is told to write."""

from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from tests.central.conftest import HERE
from tests.central.pen import Pen, whole
from tests.postgres import FAST, HOME, copy_of, make_template, running_server

from window_app.domain.line import StationRefused

NAME, PHONE, WHY = "欧阳小满丙", "13912345678", "她问起丈夫的案子"
TALKATIVE = {
    **FAST, "log_statement": "all", "log_min_duration_statement": "0", "log_min_messages": "debug1",
    "log_min_error_statement": "debug1", "log_error_verbosity": "verbose", "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1", "log_connections": "on",
}  # fmt: skip


@pytest.mark.parametrize("binaries", HERE)
def test_names_and_secrets_stand_in_no_log(binaries: Path | None, tmp_path: Path) -> None:
    """The server logs all it can; the logins' own settings and the functions keep what is private out of it."""
    with running_server(tmp_path, binaries=binaries, settings=TALKATIVE) as server:
        template = make_template(server, tmp_path)
        with copy_of(template) as centre:
            seat = centre.stations["east"]
            pen, end = Pen.of(seat), seat.centre()
            case = pen.receive("310101-1", words={"name": NAME, "phone": PHONE}, facts={"received_on": NAME})
            pen.write("VisitOpened", None, {"name": NAME})
            pen.add(f'{{"event":"{NAME}"'.encode(), PHONE.encode())
            assert pen.push(end).set_aside == (3,)
            assert len(whole(end, HOME)) == 2
            end.bodies(case, "0012", WHY)
            identity = end.renew()
            stranger = seat.centre(secret=b"wrong secret " + NAME.encode())
            with pytest.raises(StationRefused):
                stranger.hello()
            stranger.close()
            token = end._token
            end.close()
            provoke_errors(centre.stations["west"].psql(), token or b"")
        assert seat.enrolment.secrets.line is not None
        written = server.log_file.read_bytes()
    assert b"sync_v1.push" in written, "the log is not that talkative"
    assert b"57014" in written, "no call failed"
    own = seat.enrolment.secrets
    secrets = [own.station_secret, own.signing_seed, identity.station_secret, token or b"-"]
    private = [word.encode() for word in (NAME, PHONE, WHY, seat.enrolment.secrets.line.password)]
    private += [form for secret in secrets for form in (secret, secret.hex().encode(), secret.hex().upper().encode())]
    private += [word.encode().hex().encode() for word in (NAME, PHONE, WHY)]
    assert [line for line in written.splitlines() if any(word in line for word in private)] == []


def provoke_errors(connection: psycopg.Connection[tuple[object, ...]], token: bytes) -> None:
    """Have calls fail in the middle, with private values as parameters."""
    private = [NAME.encode() * 2000] * 1000
    with connection:
        connection.execute("SET statement_timeout = 5")
        for call, values in (
            ("SELECT sync_v1.push(%s, 1, '', %s::bytea[], %s::bytea[], %s::bytea[], 'k', 's')",
             (token, [b"x" * 32] * 1000, private, private)),
            ("SELECT sync_v1.bodies(%s, %s, %s, %s), pg_sleep(1)", (token, uuid4(), NAME, WHY)),
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.QueryCanceled):
                connection.execute(call, values, binary=True)
