"""The administrator's connection to the centre, and what goes wrong with it, in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import TupleRow, tuple_row

from window_app.errors import WindowAppError

OLDEST = 15
ADMINISTRATOR = "window_app_administrator"
_SECONDS = 10

Connection = psycopg.Connection[TupleRow]


class CentreFailed(WindowAppError):
    """The centre could not do what the administrator asked; the code says why."""

    code = "central.unreachable"


@contextmanager
def connected(dsn: str, *, snapshot: bool = False) -> Iterator[Connection]:
    """Open a connection with one transaction, committed at a clean end.

    Args:
        dsn: libpq's connection string; a password comes from it, from PGPASSWORD or from a password file.
        snapshot: the whole transaction sees one state of the centre.

    Raises:
        CentreFailed: no server, no right, not yet initialised, an older PostgreSQL.
    """
    with _told(), psycopg.connect(_complete(dsn), row_factory=tuple_row) as connection:
        if connection.info.server_version < OLDEST * 10000:
            raise CentreFailed("central.too_old", needed=OLDEST, found=connection.info.server_version // 10000)
        if snapshot:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        yield connection


def as_administrator(connection: Connection) -> None:
    """Go on with the administrator's rights alone until the transaction ends or `as_oneself`."""
    connection.execute(f"SET LOCAL ROLE {ADMINISTRATOR}".encode())


def as_oneself(connection: Connection) -> None:
    """Go on with the rights of the login, which may make roles."""
    connection.execute("RESET ROLE")


def one(connection: Connection, question: str, *values: object) -> TupleRow | None:
    """Return the first row of an answer."""
    return connection.execute(question.encode(), values).fetchone()


def place_of(dsn: str) -> tuple[str, int, str]:
    """Return host, port and database of a connection string, as libpq fills what it leaves out.

    Raises:
        CentreFailed: `central.dsn` where it is none.
    """
    said = _parsed(dsn)
    host = str(said.get("host") or said.get("hostaddr") or "127.0.0.1")
    return host, int(str(said.get("port") or 5432)), str(said.get("dbname") or said.get("user") or "postgres")


def says_password(dsn: str) -> bool:
    """Answer whether a connection string holds a password.

    Raises:
        CentreFailed: `central.dsn` where it is none.
    """
    return bool(_parsed(dsn).get("password"))


def _parsed(dsn: str) -> dict[str, Any]:
    try:
        return dict(conninfo_to_dict(dsn))
    except psycopg.ProgrammingError:
        raise CentreFailed("central.dsn") from None


def _complete(dsn: str) -> str:
    said = _parsed(dsn)
    return dsn if "connect_timeout" in said else psycopg.conninfo.make_conninfo(dsn, connect_timeout=_SECONDS)


@contextmanager
def _told() -> Iterator[None]:
    """Turn what PostgreSQL says into a message; its own text may quote a statement's values and stays out."""
    try:
        yield
    except (errors.UndefinedTable, errors.InvalidSchemaName, errors.UndefinedFunction) as error:
        raise CentreFailed("central.not_initialised") from error
    except errors.UndefinedObject as error:
        raise CentreFailed("central.not_initialised") from error
    except errors.InsufficientPrivilege as error:
        raise CentreFailed("central.no_right") from error
    except psycopg.OperationalError as error:
        raise CentreFailed(reason=_reason(error)) from error


def _reason(error: psycopg.OperationalError) -> str:
    """Return the first line of what libpq said: it names host, port and login, nothing else."""
    if error.sqlstate is not None:
        return error.sqlstate
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
