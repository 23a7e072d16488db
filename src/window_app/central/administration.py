"""What the centre's administrator does: set up, enrol, revoke, look, sign, erase."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from window_app.central import quarantine
from window_app.central.auditing import audit
from window_app.central.checkpoints import make_checkpoint
from window_app.central.connecting import CentreFailed, Connection, as_administrator, connected, one
from window_app.central.directory import Directory
from window_app.central.enrolling import Enrolled, Enrolling, LinePlace
from window_app.central.enrolment import EnrolmentAuthority, SealCost, StationParticulars, check_practice, new_station
from window_app.central.erasing import erase
from window_app.central.keys import KeyFolder, check_district
from window_app.central.logins import UNLIMITED, make_login
from window_app.central.overview import overview
from window_app.central.revoking import enter_renewed, set_status
from window_app.central.upgrading import upgrade
from window_app.clock import Clock, SystemClock
from window_app.domain.events import digest
from window_app.domain.line import Checkpoint, confidential_feed, district_feed
from window_app.domain.stores import LineAddress

__all__ = ["CentreAdministration", "Enrolled", "LinePlace"]

BACKUP_DAYS = 30


class CentreAdministration:
    """One administrator's way to one centre; each call is one transaction of its own connection."""

    def __init__(self, dsn: str, keys: KeyFolder, *, clock: Clock | None = None, cost: SealCost | None = None) -> None:
        """Take the connection string of a login that owns the database, and the key folder."""
        self._dsn = dsn
        self._keys = keys
        self._clock = clock or SystemClock()
        self._cost = cost

    def upgrade(self) -> tuple[str, ...]:
        """Bring the schema and the functions up to this release and return what was applied; nothing the second time.

        Raises:
            CentreFailed: no server, no right, or a schema newer than this release.
        """
        with connected(self._dsn) as connection:
            return upgrade(connection)

    def initialise(self, district: str, *, backup_days: int = BACKUP_DAYS) -> dict[str, Any]:
        """Set the centre up for a district; a second call changes nothing, another district is added.

        Raises:
            CentreFailed: `central.other_root` where the centre belongs to another root key;
                KeysRefused `central.keys_no_district` where the district is known but its key is not here.
            WindowAppError: `central.district`.
        """
        check_district(district)
        applied = self.upgrade()
        home = district_feed(district)
        with connected(self._dsn) as connection:
            as_administrator(connection)
            self._own(connection, backup_days)
            known = one(connection, "SELECT 1 FROM centre.feed WHERE feed_id = %s", home) is not None
            if known:
                self._keys.district_key(district)
            else:
                self._keys.make_district_key(district)
                for feed, hidden in ((home, False), (confidential_feed(district), True)):
                    connection.execute(
                        "INSERT INTO centre.feed (feed_id, district, confidential) VALUES (%s, %s, %s)",
                        (feed, district, hidden),
                    )
        return {"district": district, "already": known, "applied": list(applied), "root": self.fingerprint}

    @property
    def fingerprint(self) -> str:
        """Return the root key's fingerprint, to be compared by eye."""
        return digest(self._keys.root_key)[:16].upper()

    def enrol(
        self,
        particulars: StationParticulars,
        line: LinePlace,
        *,
        feeds: Sequence[str] | None = None,
        valid_for: timedelta = timedelta(days=14),
    ) -> Enrolled:
        """Enrol a station, sign a start checkpoint of each of its feeds, and return its file and one-time code.

        Args:
            particulars: who and where it is.
            line: where it finds the centre.
            feeds: what it subscribes to, the district's own first; that alone by default.
            valid_for: how long the file can be used.

        Raises:
            CentreFailed: `central.issue_code`, `central.issue_code_taken`, `central.no_feed`, `central.feeds`,
                `central.kind`, `central.other_root`, `central.certificate_needed`.
        """
        line.check()
        check_practice(particulars)
        now = self._clock.now()
        authority = EnrolmentAuthority(self._keys.root, self._keys.district_key(particulars.district), self._cost)
        made = new_station()
        wanted = tuple(feeds or (district_feed(particulars.district),))
        with connected(self._dsn) as connection:
            directory = self._signing(connection)
            login, password = Enrolling(connection, directory, now).write(particulars, made, wanted)
        for feed in wanted:
            self.checkpoint(feed)
        address = LineAddress(line.host, line.port, line.database, login, password, line.certificate)
        file, code = authority.enrol(particulars, now, valid_for=valid_for, line=address, secrets_made=made)
        return Enrolled(particulars.station_id, login, file, code)

    def revoke(self, station_id: UUID, *, key_lost: bool = False) -> None:
        """Revoke a station and all it was renewed as: it pulls nothing, and what it still sends waits for a person.

        Args:
            station_id: any of the stations of an installation.
            key_lost: its signing key may be in wrong hands, so papers signed with it are no longer believed.

        Raises:
            CentreFailed: `central.no_station`.
        """
        with connected(self._dsn) as connection:
            set_status(connection, self._signing(connection), station_id, "revoked", key_lost=key_lost)

    def reinstate(self, station_id: UUID) -> None:
        """Let a revoked station go on.

        Raises:
            CentreFailed: `central.no_station`.
        """
        with connected(self._dsn) as connection:
            set_status(connection, self._signing(connection), station_id, "active")

    def add_pool_login(self, login: str, password: str) -> None:
        """Make the login under which PgBouncer stands for many stations; known already, it is registered alone.

        Raises:
            CentreFailed: `central.no_right`.
        """
        with connected(self._dsn) as connection:
            if one(connection, "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = %s", login) is None:
                make_login(connection, login, password, connections=UNLIMITED)
            as_administrator(connection)
            connection.execute(
                "INSERT INTO centre.pool_login (login) VALUES (%s) ON CONFLICT (login) DO NOTHING", (login,)
            )

    def status(self) -> dict[str, Any]:
        """Return how the centre stands: feeds, stations, anomalies, quarantine, whether the directory is whole."""
        with connected(self._dsn) as connection:
            enter_renewed(connection, self._signing(connection))
        with connected(self._dsn, snapshot=True) as connection:
            return overview(connection, self._keys.root_key)

    def checkpoint(self, feed: str) -> Checkpoint:
        """Sign where a new installation begins a feed.

        Raises:
            CentreFailed: `central.no_feed`.
        """
        with connected(self._dsn) as connection:
            enter_renewed(connection, self._signing(connection))
        with connected(self._dsn, snapshot=True) as connection:
            as_administrator(connection)
            return make_checkpoint(connection, self._keys.root, feed, self._clock.now())

    def audit(self) -> dict[str, Any]:
        """Recompute every chain, digest, count and signature and return what does not fit."""
        with connected(self._dsn, snapshot=True) as connection:
            return audit(connection, self._keys.root_key)

    def erase(self, event_id: UUID, reason: str) -> dict[str, Any]:
        """Erase the body of an event by law: here at once, at the stations with the directory's next entries.

        Raises:
            CentreFailed: `central.no_event`.
        """
        with connected(self._dsn) as connection:
            return erase(connection, self._signing(connection), event_id, reason, self._clock.now())

    def quarantine(self) -> list[dict[str, Any]]:
        """Return what waits for a person, oldest first, without what was written."""
        with connected(self._dsn, snapshot=True) as connection:
            as_administrator(connection)
            return quarantine.waiting(connection)

    def quarantined(self, quarantine_id: int) -> dict[str, Any]:
        """Return one of them with what was written, for the person who settles it.

        Raises:
            CentreFailed: `central.no_quarantine`.
        """
        with connected(self._dsn, snapshot=True) as connection:
            as_administrator(connection)
            return quarantine.content(connection, quarantine_id)

    def release(self, quarantine_id: int, by: str) -> None:
        """Note who settled a quarantined event: its content was taken in again, or found to be nothing.

        Raises:
            CentreFailed: `central.no_quarantine`.
        """
        with connected(self._dsn) as connection:
            as_administrator(connection)
            quarantine.settle(connection, quarantine_id, by, self._clock.now())

    def keep_definition_set(self, content: bytes) -> str:
        """Keep a definition set for the stations, named in the directory, and return its hash."""
        content_hash = digest(content)
        with connected(self._dsn) as connection:
            directory = self._signing(connection)
            done = connection.execute(
                "INSERT INTO centre.definition_set (content_hash, content) VALUES (%s, %s)"
                " ON CONFLICT (content_hash) DO NOTHING",
                (content_hash, content),
            )
            if done.rowcount:
                directory.add("definition_set", {"hash": content_hash})
        return content_hash

    def _signing(self, connection: Connection) -> Directory:
        """Return the directory of a transaction that goes on with the administrator's rights.

        Raises:
            CentreFailed: `central.other_root`, `central.not_initialised`.
        """
        as_administrator(connection)
        found = one(connection, "SELECT root_key FROM centre.centre")
        if found is None:
            raise CentreFailed("central.not_initialised")
        if found[0] != self._keys.root_key:
            raise CentreFailed("central.other_root")
        return Directory(connection, self._keys.root, self._clock.now())

    def _own(self, connection: Connection, backup_days: int) -> None:
        connection.execute(
            "INSERT INTO centre.centre (epoch, root_key, backup_days) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            (secrets.token_hex(8), self._keys.root_key, backup_days),
        )
        self._signing(connection)
