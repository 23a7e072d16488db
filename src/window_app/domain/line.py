"""The line between a station and the centre: what crosses it, and its two ends as ports.

A station pushes its own events in its own order and pulls feeds: dense, numbered lists of
envelopes. Nothing here decides anything by a clock. `sync` goes between a `Replica` (the local
store) and a `Centre` (PostgreSQL); neither knows the other.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from window_app.errors import WindowAppError

DIRECTORY = "directory"
CONFIDENTIAL = ":confidential"
PROTOCOL = 1
BATCH_MOST = 1000


def district_feed(district: str) -> str:
    """Return the home feed of a district."""
    return district


def confidential_feed(district: str) -> str:
    """Return the feed of a district's confidential reports, for inspection offices alone."""
    return district + CONFIDENTIAL


def batch_bytes(station_id: UUID, first_lseq: int, previous: str, links: Sequence[str]) -> bytes:
    """Return what a station signs for a batch: its place, the link before it and every link in it.

    `previous` and `links` are chain hashes in hex; `previous` is "" before the first event. All
    links are signed, not the last alone, so that a reader who holds only some of the events can
    check each of these.
    """
    joined = hashlib.sha256("".join(links).encode("ascii")).hexdigest()
    return f"window-app-batch\n{station_id}\n{first_lseq}\n{len(links)}\n{previous}\n{joined}".encode("ascii")


@dataclass(frozen=True, slots=True)
class SealedEvent:
    """An own event as it goes out: the exact bytes authored; `body` is None where it was erased."""

    lseq: int
    envelope: bytes
    link: str
    body: bytes | None


@dataclass(frozen=True, slots=True)
class OwnBatch:
    """A stretch of own events; `previous` is the link before the first, "" at the beginning."""

    station_id: UUID
    previous: str
    events: tuple[SealedEvent, ...]

    @property
    def first_lseq(self) -> int:
        """Return the sequence number of the first event."""
        return self.events[0].lseq

    @property
    def signed_bytes(self) -> bytes:
        """Return what the station signs."""
        return batch_bytes(self.station_id, self.first_lseq, self.previous, [event.link for event in self.events])


@dataclass(frozen=True, slots=True)
class SignedBatch:
    """The head of a batch as readers get it: every link in it, and who signed."""

    station_id: UUID
    first_lseq: int
    previous: str
    links: tuple[str, ...]
    key_id: str
    signature: str

    @property
    def signed_bytes(self) -> bytes:
        """Return what was signed."""
        return batch_bytes(self.station_id, self.first_lseq, self.previous, self.links)


class PushCode(StrEnum):
    """What the centre did with a batch."""

    OK = "OK"
    GAP = "GAP"
    FORK = "FORK"
    QUARANTINED = "QUARANTINED"


@dataclass(frozen=True, slots=True)
class PushAnswer:
    """The centre's answer: it holds this station's events up to `acked` (0 for none).

    GAP: it lacks events before the batch; send from `acked` + 1. FORK: what it holds of this
    station is another chain. QUARANTINED: the station is revoked; the batch is kept for a person.
    `set_aside` names sequence numbers that were stored for a person and stand in no feed.
    """

    code: PushCode
    acked: int
    epoch: str
    set_aside: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PulledEvent:
    """An event of a feed; `body` is None where it is out of scope or was erased."""

    fseq: int
    station_id: UUID
    lseq: int
    previous: str
    link: str
    envelope: bytes
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a feed behind `after`; `head` is the last number the feed has."""

    feed: str
    after: int
    head: int
    events: tuple[PulledEvent, ...]
    batches: tuple[SignedBatch, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """An entry of the directory, signed by the root key over `directory_bytes`.

    Kinds: "station" (station_id, kind, name, hall, office, issue_code, status), "key" (key_id, public,
    station_id, valid_from, valid_until, revoked), "clerk", "definition_set" (hash), "erasure" (event_ids), "list".
    """

    dseq: int
    previous: str
    content: bytes
    signature: str


def directory_bytes(dseq: int, previous: str, content: bytes) -> bytes:
    """Return what the root key signs of a directory entry; `previous` is the digest of the one before."""
    return f"window-app-directory\n{dseq}\n{previous}\n".encode("ascii") + content


@dataclass(frozen=True, slots=True)
class StationCount:
    """How many events of a station a feed holds, with the last one's place and link."""

    station_id: UUID
    events: int
    last_lseq: int
    last_link: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where a new installation begins a feed, signed by the root key over `content`.

    `content` is canonical JSON: {"feed", "fseq", "link", "event_id", "at", "counts": [[station, events,
    last_lseq, last_link]], "open_cases": [case ids]}.
    """

    content: bytes
    signature: str


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a replica follows a feed: the last number it holds and the event it holds there."""

    after: int = 0
    witness: UUID | None = None


@dataclass(frozen=True, slots=True)
class Greeting:
    """What the centre says when a session begins.

    Attributes:
        server_at: the centre's clock, for the offset alone.
        epoch: another one after the centre was set back on purpose.
        feeds: the feeds this station holds a subscription to, home feed first, directory not among them.
        active: False for a revoked station: it pulls nothing, and what it pushes is set aside.
        backup_days: how long the centre's backups reach back.
    """

    server_at: datetime
    epoch: str
    feeds: tuple[str, ...]
    active: bool
    backup_days: int
    acked: int


@dataclass(frozen=True, slots=True)
class NewIdentity:
    """What a station goes on as after a fork: never the old id, number code or secret again."""

    station_id: UUID
    issue_code: str
    station_secret: bytes


class LineDown(WindowAppError):
    """There is no line: the call did not arrive, or nobody knows whether it did (`sent`)."""

    code = "line.down"

    def __init__(self, reason: str, *, sent: bool = False) -> None:
        self.sent = sent
        super().__init__(reason=reason)


class StationRefused(WindowAppError):
    """The centre does not know this station, or not its secret."""

    code = "line.refused"


class ClientTooOld(WindowAppError):
    """The centre no longer serves this release; params: `needed`."""

    code = "line.client_too_old"


class Rewound(WindowAppError):
    """The centre does not hold our witness at that number: it was set back. Params: feed, after."""

    code = "line.rewound"


class PageDamaged(WindowAppError):
    """What came is not dense, not chained, or not signed by a station of the directory. Params: feed, fseq, part."""

    code = "line.page_damaged"


class Centre(Protocol):
    """The far end. Each call ends within its deadline, by LineDown if need be."""

    def hello(self) -> Greeting:
        """Begin a session.

        Raises:
            LineDown, StationRefused, ClientTooOld.
        """
        ...

    def push(self, batch: OwnBatch, key_id: str, signature: str) -> PushAnswer:
        """Hand in own events; any number of times with the effect of one."""
        ...

    def pull(self, feed: str, cursor: Cursor, limit: int) -> Page:
        """Return what stands behind the cursor.

        Raises:
            Rewound: where the centre does not hold the witness there.
        """
        ...

    def pull_directory(self, after: int, previous: str, limit: int) -> tuple[DirectoryEntry, ...]:
        """Return entries of the directory; `previous` is the digest of the entry held at `after`."""
        ...

    def checkpoint(self, feed: str) -> Checkpoint | None:
        """Return the latest start checkpoint of a feed."""
        ...

    def events_of_cases(self, feed: str, cases: Sequence[UUID]) -> Page:
        """Return all events of cases, wherever in the feed; `after` and density mean nothing here."""
        ...

    def find_case(self, number: str) -> UUID | None:
        """Return the case with a compact receipt number in any subscribed feed."""
        ...

    def bodies(self, case_id: UUID, clerk: str, reason: str) -> tuple[tuple[UUID, bytes], ...]:
        """Return (event id, body) of a case's events that this station may read; recorded at the centre."""
        ...

    def counts(self, feed: str, upto: int) -> tuple[StationCount, ...] | None:
        """Return the centre's counts of a feed, or None where its head is no longer `upto`."""
        ...

    def find_set(self, content_hash: str) -> bytes | None:
        """Return a definition set."""
        ...

    def keep_set(self, content_hash: str, content: bytes) -> None:
        """Hand in a definition set; one whose hash does not fit is refused."""
        ...

    def renew(self) -> NewIdentity:
        """Return a new identity for this installation after a fork; an operator is told."""
        ...

    def close(self) -> None:
        """End the session; never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Applied:
    """What a page changed: events new here, own events confirmed, cases touched."""

    fresh: int
    confirmed: int
    cases: tuple[UUID, ...] = ()


class Replica(Protocol):
    """The near end: the local store. Each call is one short transaction."""

    def own_batch(self, after: int, limit: int) -> OwnBatch | None:
        """Return own events behind a sequence number, as authored; None where there are none."""
        ...

    def acked(self) -> int:
        """Return up to which own event the centre has confirmed."""
        ...

    def note_acked(self, lseq: int, epoch: str) -> None:
        """Note up to where the centre holds this station's events; after a restore that may be less than before."""
        ...

    def note_outcome(self, first: int, last: int, state: str, reason: str) -> None:
        """Note what became of sending own events: "unknown", "refused" or "waiting" again."""
        ...

    def note_contact(self, at: datetime, offset_ms: int) -> None:
        """Note the last contact and how far the centre's clock is ahead of ours."""
        ...

    def cursor(self, feed: str) -> Cursor:
        """Return how far this replica follows a feed."""
        ...

    def has_feed(self, feed: str) -> bool:
        """Answer whether this replica has begun a feed."""
        ...

    def begin_feed(self, feed: str, checkpoint: Checkpoint | None) -> None:
        """Begin a feed at a checkpoint whose signature was checked, or at its beginning."""
        ...

    def apply(self, page: Page) -> Applied:
        """Write a page and move the cursor in one transaction; a page applied before changes nothing."""
        ...

    def apply_cases(self, page: Page) -> Applied:
        """Write events of cases from before the cursor; the cursor stays."""
        ...

    def step_back(self, feed: str, steps: int) -> Cursor:
        """Take the numbers off the last events of a feed, keeping the events, and return the cursor."""
        ...

    def counts(self, feed: str) -> tuple[StationCount, ...]:
        """Return this replica's counts of a feed."""
        ...

    def directory_end(self) -> tuple[int, str]:
        """Return the last directory entry held: its number and digest."""
        ...

    def apply_directory(self, entries: Sequence[DirectoryEntry]) -> None:
        """Write directory entries whose signatures were checked."""
        ...

    def public_key(self, key_id: str) -> bytes | None:
        """Return the 32 public bytes of a station's key as the directory names it, revoked or not."""
        ...

    def keep_bodies(self, bodies: Sequence[tuple[UUID, bytes]]) -> int:
        """Keep bodies that fit their envelopes' digests; return how many were new."""
        ...

    def renew(self, identity: NewIdentity) -> int:
        """Go on as a new station: unconfirmed events keep their ids and are sealed anew; return how many."""
        ...

    def unknown_sets(self) -> tuple[str, ...]:
        """Return hashes of definition sets that events name and this store does not hold."""
        ...

    def own_sets(self) -> tuple[tuple[str, bytes], ...]:
        """Return definition sets that own events name and that were not yet handed in."""
        ...

    def note_set_sent(self, content_hash: str) -> None:
        """Note that the centre holds a definition set."""
        ...

    def keep_set(self, content_hash: str, content: bytes) -> None:
        """Keep a definition set."""
        ...

    def forget_confidential(self, backup_days: int, now: datetime) -> int:
        """Forget bodies of own confidential events that an office acknowledged longer ago than backups reach."""
        ...


@dataclass(frozen=True, slots=True)
class RoundReport:
    """One round: what went out, what came in, and why it ended where it did.

    `outcome` is "done", "down", "refused", "revoked", "renewed" or "damaged"; `reason` is a message code.
    """

    outcome: str
    reason: str = ""
    pushed: int = 0
    set_aside: int = 0
    pulled: int = 0
    rewound: int = 0
    renewed: int = 0
    compared: bool = False
    differing: tuple[str, ...] = ()
    offset_ms: int | None = None


class LinkState(StrEnum):
    """How the line stands."""

    NONE = "none"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    DOWN = "down"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LineStatus:
    """What the status bar shows of the line. NONE: this station has no centre (practice)."""

    state: LinkState
    last_contact: datetime | None = None
    offset_ms: int | None = None
    reason: str = ""
    params: tuple[tuple[str, Any], ...] = ()
    next_try_at: datetime | None = None
    sending: tuple[int, int] | None = None


class LineControl(Protocol):
    """The running line as services and screens know it; no call waits for the network."""

    def status(self) -> LineStatus:
        """Return how the line stands now."""
        ...

    def nudge(self) -> None:
        """Begin a round at once: something was received, or a person asked for it."""
        ...

    def watch(self, told: Callable[[LineStatus], None]) -> None:
        """Have every change told, on the line's own thread."""
        ...

    def fetch_bodies(self, case_id: UUID, clerk: str, reason: str) -> int:
        """Fetch and keep the bodies of a case; waits for the network, so for free workers alone.

        Raises:
            LineDown, StationRefused.
        """
        ...

    def fetch_case(self, number: str) -> bool:
        """Fetch a case older than this replica's beginning by its number; waits for the network."""
        ...

    def close(self) -> None:
        """End the line within its deadline."""
        ...
