"""Connecting to the centre: within a deadline, to the right server, and out of it at once when told."""

import ipaddress
import select
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from psycopg import Connection, pq
from psycopg.conninfo import make_conninfo

from window_app.domain.line import LineDown
from window_app.domain.stores import LineAddress
from window_app.tasks import Loop

_GLANCE = 0.2
"""Seconds between two looks at whether the line is being closed."""

_NOT_YET = ("starting up", "not yet accepting", "not accepting connections", "in recovery mode")

_SIGNS = (
    (("certificate", "ssl", "tls"), "tls"),
    ((*_NOT_YET, "too many", "remaining connection slots"), "busy"),
    (("shutting down", "terminating connection"), "stopping"),
    (("authentication failed", "not permitted to log in", "does not exist", "no pg_hba.conf entry"), "login"),
    (("timeout",), "timeout"),
)


def is_local(host: str) -> bool:
    """Answer whether a host is this machine by its very name."""
    return host.startswith(("/", "127.")) or host in ("", "localhost", "::1")


def dial(
    address: LineAddress, seconds: float, given_up: Callable[[], bool], prepare_threshold: int | None
) -> Connection[tuple[Any, ...]]:
    """Return a connection; TLS with a verified name wherever the address brings a certificate.

    Raises:
        LineDown: unreachable, timeout, tls, login, busy, stopping; never sent.
    """
    if not address.certificate and not is_local(address.host):
        raise LineDown("tls")
    until = time.monotonic() + seconds
    with _certificate(address.certificate) as kept:
        pgconn = pq.PGconn.connect_start(_conninfo(address, kept, until).encode())
        try:
            _await(pgconn, until, given_up)
        except BaseException:
            pgconn.finish()
            raise
    pgconn.nonblocking = 1
    connection: Connection[tuple[Any, ...]] = Connection(pgconn)
    connection.autocommit = True
    connection.prepare_threshold = prepare_threshold
    return connection


def _await(pgconn: pq.abc.PGconn, until: float, given_up: Callable[[], bool]) -> None:
    while True:
        status = pgconn.connect_poll() if pgconn.status != pq.ConnStatus.BAD else pq.PollingStatus.FAILED
        if status == pq.PollingStatus.OK:
            return
        if status == pq.PollingStatus.FAILED:
            raise LineDown(_reason(pgconn.get_error_message()))
        ready = False
        while not ready:
            rest = until - time.monotonic()
            if rest <= 0:
                raise LineDown("timeout")
            if given_up():
                raise LineDown("cut")
            ready = _is_ready(pgconn.socket, status == pq.PollingStatus.READING, min(rest, _GLANCE))


def _is_ready(descriptor: int, reading: bool, seconds: float) -> bool:
    watched = [descriptor]
    found = select.select(watched if reading else [], [] if reading else watched, watched, seconds)
    return any(found)


def _reason(message: str) -> str:
    said = message.lower()
    return next((reason for signs, reason in _SIGNS if any(sign in said for sign in signs)), "unreachable")


def _conninfo(address: LineAddress, certificate: str, until: float) -> str:
    verified: dict[str, str] = {"sslmode": "disable"}
    if certificate:
        verified = {"sslmode": "verify-full", "sslrootcert": certificate}
    numbers = _numbers(address.host, address.port, until)
    hosts = ",".join([address.host] * len(numbers)) if numbers else address.host
    return make_conninfo(
        "",
        host=hosts,
        hostaddr=",".join(numbers) or None,
        port=str(address.port),
        dbname=address.database,
        user=address.user,
        password=address.password,
        application_name="window-app",
        gssencmode="disable",
        client_encoding="utf-8",
        keepalives_idle="30",
        **verified,
    )


def _numbers(host: str, port: int, until: float) -> list[str]:
    """Return the addresses of a name within the deadline; none where the host is no name.

    The system's own look-up cannot be ended, so it runs apart and is left behind where it hangs.
    """
    if host.startswith("/") or not host or _is_number(host):
        return []
    found: Future[list[str]] = Future()

    def look_up() -> None:
        try:
            entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.set_result(list(dict.fromkeys(str(entry[4][0]) for entry in entries)))
        except OSError:
            found.set_result([])

    Loop("resolver", look_up)
    try:
        numbers = found.result(max(0.0, until - time.monotonic()))
    except TimeoutError:
        raise LineDown("timeout") from None
    if not numbers:
        raise LineDown("unreachable")
    return numbers


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


@contextmanager
def _certificate(pem: str) -> Iterator[str]:
    """Keep a certificate in a file while libpq reads it; "" for none."""
    if not pem:
        yield ""
        return
    with tempfile.TemporaryDirectory(prefix="window-app-") as folder:
        path = Path(folder) / "centre.pem"
        path.write_text(pem, "ascii")
        yield str(path)
