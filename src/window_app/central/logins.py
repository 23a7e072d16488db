"""Logins of stations: they may call the functions of the protocol, and nothing else."""

from contextlib import suppress

import psycopg
from psycopg import sql

from window_app.central.connecting import Connection

STATION_ROLE = "window_app_station"
# A call ends, and no value of it stands in the server's log.
_SETTINGS = {
    "statement_timeout": "30s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "10s",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
_CONNECTIONS = 8
UNLIMITED = -1


def make_login(connection: Connection, login: str, password: str, *, connections: int = _CONNECTIONS) -> None:
    """Make a login; the password goes to the server as its SCRAM verifier, so that no log can hold it."""
    verifier = connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()
    name = sql.Identifier(login)
    connection.execute(
        sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE CONNECTION LIMIT {} PASSWORD {}").format(
            name, sql.Literal(connections), sql.Literal(verifier)
        )
    )
    connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(STATION_ROLE), name))
    # So the gate may see and end the connection of a station that sits on a feed.
    connection.execute(sql.SQL("GRANT {} TO window_app_gate").format(name))
    for setting, value in _SETTINGS.items():
        # What concerns the server's log only a superuser may set; the server's own settings must do it then.
        with suppress(psycopg.errors.InsufficientPrivilege), connection.transaction():
            connection.execute(
                sql.SQL("ALTER ROLE {} SET {} TO {}").format(name, sql.Identifier(setting), sql.Literal(value))
            )
