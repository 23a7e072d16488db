"""Putting a station into the centre: its row, its login, its subscriptions, its entries in the directory."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from psycopg import errors

from window_app.central.connecting import CentreFailed, Connection, as_administrator, as_oneself, one
from window_app.central.directory import Directory
from window_app.central.enrolment import SIGNING_TIME, NewStation, StationParticulars
from window_app.central.logins import make_login
from window_app.domain.enrolment import key_id_of
from window_app.domain.enrolment_pieces import split
from window_app.domain.line import confidential_feed, district_feed
from window_app.domain.receipt_numbers import ALPHABET

_ISSUE_CODE = re.compile(f"[{ALPHABET}]{{4}}")


@dataclass(frozen=True, slots=True)
class LinePlace:
    """Where stations find the centre.

    Attributes:
        certificate: PEM of the authority of the server's certificate; "" for local connections alone.
    """

    host: str
    port: int
    database: str
    certificate: str = ""

    def check(self) -> None:
        """Refuse a way over a network on which the server could not be told from another.

        Raises:
            CentreFailed: `central.certificate_needed`.
        """
        if not self.certificate and not is_local(self.host):
            raise CentreFailed("central.certificate_needed", host=self.host)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """An enrolled station: the file for its machine, and the one-time code that travels another way."""

    station_id: UUID
    login: str
    file: bytes = field(repr=False)
    code: str = field(repr=False)

    @property
    def pieces(self) -> tuple[str, ...]:
        """Return the texts of the QR codes that carry the file."""
        return split(self.file)


def is_local(host: str) -> bool:
    """Answer whether a host is this machine by its very name: a socket's folder or the loopback."""
    return host.startswith(("/", "127.")) or host in ("", "localhost", "::1")


class Enrolling:
    """Writes one station within the transaction of a connection."""

    def __init__(self, connection: Connection, directory: Directory, at: datetime) -> None:
        """Take the connection, the directory of the same transaction and the moment of enrolment."""
        self._connection = connection
        self._directory = directory
        self._at = at

    def write(self, particulars: StationParticulars, made: NewStation, feeds: Sequence[str]) -> tuple[str, str]:
        """Write a station and return its login and password.

        Raises:
            CentreFailed: `central.issue_code`, `central.issue_code_taken`, `central.station_taken`,
                `central.no_feed`, `central.kind`.
        """
        self._check(particulars, feeds)
        enrolment = uuid4()
        login = f"station_{enrolment.hex[:16]}"
        password = secrets.token_urlsafe(32)
        as_administrator(self._connection)
        try:
            self._write_rows(enrolment, login, particulars, sha256(made.station_secret).digest())
        except errors.UniqueViolation as error:
            codes = ", ".join((particulars.issue_code, *particulars.reserve_codes))
            raise CentreFailed("central.issue_code_taken", issue_code=codes) from error
        for place, feed in enumerate(feeds):
            self._connection.execute(
                "INSERT INTO centre.subscription (enrolment_id, feed_id, place) VALUES (%s, %s, %s)",
                (enrolment, feed, place),
            )
        self._write_entries(particulars, made)
        as_oneself(self._connection)
        make_login(self._connection, login, password)
        return login, password

    def _check(self, particulars: StationParticulars, feeds: Sequence[str]) -> None:
        if (particulars.kind, particulars.office is None) not in {("counter", True), ("office", False)}:
            raise CentreFailed("central.kind")
        for code in (particulars.issue_code, *particulars.reserve_codes):
            if not _ISSUE_CODE.fullmatch(code):
                raise CentreFailed("central.issue_code", issue_code=code)
        home, hidden = district_feed(particulars.district), confidential_feed(particulars.district)
        if home not in feeds or (particulars.kind == "counter" and hidden in feeds):
            raise CentreFailed("central.feeds", feed=home)
        for feed in feeds:
            if one(self._connection, "SELECT 1 FROM centre.feed WHERE feed_id = %s", feed) is None:
                raise CentreFailed("central.no_feed", feed=feed)

    def _write_rows(self, enrolment: UUID, login: str, said: StationParticulars, secret_hash: bytes) -> None:
        self._connection.execute(
            "INSERT INTO centre.enrolment (enrolment_id, login, district, kind, office, name, hall)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (enrolment, login, said.district, said.kind, said.office, said.name, said.hall),
        )
        self._connection.execute(
            "INSERT INTO centre.station (station_id, enrolment_id, issue_code, secret_hash) VALUES (%s, %s, %s, %s)",
            (said.station_id, enrolment, said.issue_code, secret_hash),
        )
        for code in (said.issue_code, *said.reserve_codes):
            self._connection.execute(
                "INSERT INTO centre.issue_code (code, enrolment_id, station_id) VALUES (%s, %s, %s)",
                (code, enrolment, said.station_id if code == said.issue_code else None),
            )

    def _write_entries(self, said: StationParticulars, made: NewStation) -> None:
        self._directory.add(
            "station",
            {
                "station_id": str(said.station_id),
                "kind": said.kind,
                "name": said.name,
                "hall": said.hall,
                "district": said.district,
                "office": said.office,
                "issue_code": said.issue_code,
                "status": "active",
            },
        )
        self._directory.add(
            "key",
            {
                "key_id": key_id_of(made.signing_key),
                "public": made.signing_key.hex(),
                "station_id": str(said.station_id),
                "valid_from": self._at.isoformat(),
                "valid_until": (self._at + SIGNING_TIME).isoformat(),
                "revoked": False,
            },
        )
