"""The centre as PostgreSQL: calls of versioned functions over one connection, each within its deadline.

Parameters travel in binary and never stand in a statement; the station's secret goes once a session.
Nothing that a server says enters a message: errors are codes.
"""

from collections.abc import Sequence
from datetime import UTC
from threading import Lock
from typing import Any, LiteralString
from uuid import UUID

import psycopg

from window_app import log
from window_app.domain.line import (
    DIRECTORY,
    PROTOCOL,
    Checkpoint,
    ClientTooOld,
    Cursor,
    DirectoryEntry,
    Greeting,
    LineDown,
    NewIdentity,
    OwnBatch,
    Page,
    PushAnswer,
    PushCode,
    Rewound,
    StationCount,
)
from window_app.domain.stores import LineAddress
from window_app.sync.dialing import dial
from window_app.sync.pages import page_of
from window_app.sync.piece_calls import PieceCalls
from window_app.sync.refusals import check
from window_app.sync.watchdog import Watchdog, shut

_HELLO: LiteralString = (
    "SELECT code, token, server_at, epoch, feeds, active, backup_days, acked, needed"
    " FROM sync_v1.hello(%b, %b, %b::text, %b)"
)
_PUSH: LiteralString = (
    "SELECT code, acked, epoch, set_aside"
    " FROM sync_v1.push(%b, %b, %b, %b::bytea[], %b::bytea[], %b::bytea[], %b::text, %b::text)"
)
_PULL_STATE: LiteralString = "SELECT sync_v1.pull_state(%b, %b::text, %b, %b::uuid)"
_PULL: LiteralString = "SELECT * FROM sync_v1.pull(%b, %b::text, %b, %b::uuid, %b)"
_CASES: LiteralString = "SELECT * FROM sync_v1.events_of_cases(%b, %b::text, %b::uuid[])"
_DIRECTORY: LiteralString = (
    "SELECT code, places, befores, contents, signatures FROM sync_v1.pull_directory(%b, %b, %b::text, %b)"
)
_APPEND_CREDIT: LiteralString = "SELECT sync_v1.append_credit(%b, %b, %b::text, %b, %b::text)"
_APPEND_CLERK: LiteralString = "SELECT sync_v1.append_clerk(%b, %b, %b::text, %b, %b::text)"
_CHECKPOINT: LiteralString = "SELECT code, content, signature FROM sync_v1.checkpoint(%b, %b::text)"
_FIND_CASE: LiteralString = "SELECT code, case_id FROM sync_v1.find_case(%b, %b::text)"
_BODIES: LiteralString = "SELECT code, events, contents FROM sync_v1.bodies(%b, %b, %b::text, %b::text)"
_COUNTS: LiteralString = "SELECT code, stations, events, lseqs, links, marks FROM sync_v1.counts(%b, %b::text, %b)"
_FIND_SET: LiteralString = "SELECT code, content FROM sync_v1.find_set(%b, %b::text)"
_KEEP_SET: LiteralString = "SELECT code FROM sync_v1.keep_set(%b, %b::text, %b)"
_RENEW: LiteralString = "SELECT code, station_id, issue_code, secret FROM sync_v1.renew(%b)"

_UNSERVED = ("3F000", "42883")
_STOPPING = ("57P01", "57P02", "57P03")
_BUSY = ("55P03", "40P01", "40001")
_LOGGER = log.logger("line")


class PostgresCentre(PieceCalls):
    """Implements `domain.line.Centre`. For one thread at a time; `close` alone may come from another."""

    def __init__(
        self,
        address: LineAddress,
        station_id: UUID,
        secret: bytes,
        *,
        release: str,
        deadline_seconds: float = 20.0,
        watchdog: Watchdog | None = None,
        prepare_threshold: int | None = 5,
    ) -> None:
        """Take the way to the centre; nothing is sent yet.

        Args:
            address: where, and the login.
            station_id: who calls.
            secret: proves the station; sent once a session.
            release: of this program, for the administrator to see.
            deadline_seconds: the most that one call may last, connecting apart.
            watchdog: shared with others, who then close it; one of its own otherwise.
            prepare_threshold: None behind a pooler that keeps no prepared statements.
        """
        self._address = address
        self._station_id = station_id
        self._secret = secret
        self._release = release
        self._deadline = deadline_seconds
        self._own_watchdog = watchdog is None
        self._watchdog = watchdog or Watchdog()
        self._prepare_threshold = prepare_threshold
        self._lock = Lock()
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None
        self._calling = False
        self._closed = False
        self._token: bytes | None = None
        # Feeds of which the last page was not the end: there is no need to ask whether there is more.
        self._behind: set[str] = set()

    def hello(self) -> Greeting:
        """Begin a session.

        Raises:
            LineDown, StationRefused, ClientTooOld.
        """
        code, token, server_at, epoch, feeds, active, backup_days, acked, needed = self._ask(
            _HELLO, (self._station_id, self._secret, self._release, PROTOCOL)
        )
        if code == "CLIENT_TOO_OLD":
            raise ClientTooOld(needed=needed)
        check(code)
        self._token = token
        return Greeting(server_at.astimezone(UTC), epoch, tuple(feeds), active, backup_days, acked)

    def push(self, batch: OwnBatch, key_id: str, signature: str) -> PushAnswer:
        """Hand in own events; any number of times with the effect of one.

        Raises:
            LineDown, StationRefused, ClientTooOld.
        """
        code, acked, epoch, set_aside = self._in_session(
            _PUSH,
            batch.first_lseq,
            bytes.fromhex(batch.previous),
            [bytes.fromhex(event.link) for event in batch.events],
            [event.envelope for event in batch.events],
            [event.body for event in batch.events],
            key_id,
            signature,
        )
        if code == "BUSY":
            raise LineDown("busy")
        if code not in set(PushCode):
            check(code)
        return PushAnswer(PushCode(code), acked, epoch, tuple(set_aside or ()))

    def pull(self, feed: str, cursor: Cursor, limit: int) -> Page:
        """Return what stands behind the cursor.

        Raises:
            Rewound: where the centre does not hold the witness there.
            LineDown, StationRefused, ClientTooOld, PageDamaged.
        """
        if feed not in self._behind:
            (code,) = self._in_session(_PULL_STATE, feed, cursor.after, cursor.witness)
            if code == "OK":
                return Page(feed, cursor.after, cursor.after, ())
        else:
            code = "MORE"
        if code == "MORE":
            code, *answer = self._in_session(_PULL, feed, cursor.after, cursor.witness, limit)
        self._behind.discard(feed)
        if code == "REWOUND":
            raise Rewound(feed=feed, after=cursor.after)
        check(code)
        page = page_of(feed, cursor.after, answer)
        if page.events and page.events[-1].fseq < page.head:
            self._behind.add(feed)
        return page

    def pull_directory(self, after: int, previous: str, limit: int) -> tuple[DirectoryEntry, ...]:
        """Return entries of the directory; `previous` is the digest of the entry held at `after`.

        Raises:
            Rewound: where the centre holds another entry there.
            LineDown, StationRefused, ClientTooOld.
        """
        code, places, befores, contents, signatures = self._in_session(_DIRECTORY, after, previous, limit)
        if code == "REWOUND":
            raise Rewound(feed=DIRECTORY, after=after)
        check(code)
        if not places:
            return ()
        return tuple(DirectoryEntry(*entry) for entry in zip(places, befores, contents, signatures, strict=True))

    def append_credit(self, dseq: int, previous: str, content: bytes, signature: str) -> bool:
        """Put an entry of the list of false commitments at the end of the directory; False where it ends elsewhere.

        Raises:
            StationRefused: `credit.no_right`, `credit.undecided`, `line.malformed`.
            LineDown, ClientTooOld.
        """
        return self._appended(_APPEND_CREDIT, dseq, previous, content, signature)

    def append_clerk(self, dseq: int, previous: str, content: bytes, signature: str) -> bool:
        """Put what an own clerk is called at the end of the directory; False where it ends elsewhere.

        Raises:
            StationRefused: `clerks.foreign`, `clerks.too_many`, `line.malformed`.
            LineDown, ClientTooOld.
        """
        return self._appended(_APPEND_CLERK, dseq, previous, content, signature)

    def _appended(self, call: LiteralString, dseq: int, previous: str, content: bytes, signature: str) -> bool:
        (code,) = self._in_session(call, dseq, previous, content, signature)
        if code == "STALE":
            return False
        check(code)
        return True

    def checkpoint(self, feed: str) -> Checkpoint | None:
        """Return the latest start checkpoint of a feed."""
        code, content, signature = self._in_session(_CHECKPOINT, feed)
        check(code)
        return None if content is None else Checkpoint(content, signature)

    def events_of_cases(self, feed: str, cases: Sequence[UUID]) -> Page:
        """Return all events of cases, wherever in the feed; `after` and density mean nothing here."""
        code, *answer = self._in_session(_CASES, feed, list(cases))
        check(code)
        return page_of(feed, 0, answer)

    def find_case(self, number: str) -> UUID | None:
        """Return the case with a compact receipt number in any subscribed feed."""
        code, case_id = self._in_session(_FIND_CASE, number)
        check(code)
        found: UUID | None = case_id
        return found

    def bodies(self, case_id: UUID, clerk: str, reason: str) -> tuple[tuple[UUID, bytes], ...]:
        """Return (event id, body) of a case's events that this station may read; recorded at the centre."""
        code, events, contents = self._in_session(_BODIES, case_id, clerk, reason)
        check(code)
        return tuple(zip(events or (), contents or (), strict=True))

    def counts(self, feed: str, upto: int) -> tuple[StationCount, ...] | None:
        """Return the centre's counts of a feed, or None where its head is no longer `upto`."""
        code, stations, events, lseqs, links, marks = self._in_session(_COUNTS, feed, upto)
        if code == "STALE":
            return None
        check(code)
        rows = zip(stations or (), events or (), lseqs or (), links or (), marks or (), strict=True)
        return tuple(
            StationCount(station, many, lseq, link.hex(), places) for station, many, lseq, link, places in rows
        )

    def find_set(self, content_hash: str) -> bytes | None:
        """Return a definition set."""
        code, content = self._in_session(_FIND_SET, content_hash)
        check(code)
        found: bytes | None = content
        return found

    def keep_set(self, content_hash: str, content: bytes) -> None:
        """Hand in a definition set; one whose hash does not fit is refused.

        Raises:
            StationRefused: `line.malformed`.
            LineDown, ClientTooOld.
        """
        (code,) = self._in_session(_KEEP_SET, content_hash, content)
        check(code)

    def renew(self) -> NewIdentity:
        """Return a new identity for this installation after a fork; an operator is told.

        Raises:
            StationRefused: `line.renewed_too_often`.
            LineDown, ClientTooOld.
        """
        code, station_id, issue_code, secret = self._in_session(_RENEW)
        check(code)
        return NewIdentity(station_id, issue_code, secret)

    def as_station(self, station_id: UUID, station_secret: bytes) -> "PostgresCentre":
        """Return the way to the same centre as an earlier incarnation of this installation; nothing is sent yet."""
        return PostgresCentre(
            self._address,
            station_id,
            station_secret,
            release=self._release,
            deadline_seconds=self._deadline,
            watchdog=self._watchdog,
            prepare_threshold=self._prepare_threshold,
        )

    def close(self) -> None:
        """End the session, and a call that is under way in another thread; never raises."""
        with self._lock:
            self._closed = True
            connection = self._connection
            if connection is not None and self._calling:
                # Whoever is in the call gets its end and closes; closing here would pull the descriptor from under it.
                shut(connection.fileno())
            elif connection is not None:
                self._connection = None
                connection.close()
        if self._own_watchdog:
            self._watchdog.close()

    def _in_session(self, call: LiteralString, *params: object) -> tuple[Any, ...]:
        """Call within a session, beginning one where there is none.

        Where it is over, whoever called begins the next one by `hello`: the centre may have been set back.

        Raises:
            StationRefused: also where the session is over.
            LineDown, ClientTooOld.
        """
        if self._token is None:
            self.hello()
        answer = self._ask(call, (self._token, *params))
        if answer[0] == "SESSION":
            self._token = None
            check("SESSION")
        return answer

    def _ask(self, call: LiteralString, params: Sequence[object]) -> tuple[Any, ...]:
        """Return the one row that a function answers.

        Raises:
            LineDown, ClientTooOld.
        """
        connection = self._begin()
        try:
            with self._watchdog.watch(connection.fileno(), self._deadline) as guard:
                try:
                    row = connection.execute(call, params, binary=True).fetchone()
                except psycopg.Error as error:
                    _LOGGER.warning("line.call_failed", extra={"fields": {"state": error.sqlstate}})
                    raise _failure(error, timed_out=guard.fired) from None
        except BaseException:
            self._end(connection, broken=True)
            raise
        self._end(connection, broken=False)
        if row is None:
            raise LineDown("unknown", sent=True)
        return row

    def _begin(self) -> psycopg.Connection[tuple[Any, ...]]:
        if self._connection is None:
            made = dial(self._address, self._deadline, lambda: self._closed, self._prepare_threshold)
            with self._lock:
                self._connection = made
        with self._lock:
            if self._closed or self._connection is None:
                raise LineDown("cut")
            self._calling = True
            return self._connection

    def _end(self, connection: psycopg.Connection[tuple[Any, ...]], *, broken: bool) -> None:
        with self._lock:
            self._calling = False
            if broken or self._closed:
                self._connection = None
                connection.close()


def _failure(error: psycopg.Error, *, timed_out: bool) -> LineDown | ClientTooOld:
    """Return what an error of the driver means, without anything that it says.

    Where the server itself named an error, its transaction was rolled back: nothing arrived.
    """
    state = error.sqlstate
    if timed_out:
        return LineDown("timeout", sent=True)
    if state is None:
        return LineDown("cut", sent=True)
    if state in _UNSERVED:
        return ClientTooOld(needed=PROTOCOL + 1)
    if state in _STOPPING:
        return LineDown("stopping", sent=True)
    if state == "57014":
        return LineDown("timeout")
    if state in _BUSY or state.startswith("53"):
        return LineDown("busy")
    return LineDown("unknown")
