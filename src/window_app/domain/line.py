"""The line between a station and the centre: what crosses it, and its two ends as ports.

A station pushes its own events in its own order and pulls feeds: dense, numbered lists of envelopes. Nothing here
decides anything by a clock. `sync` goes between a `Replica` (the local store) and a `Centre` (PostgreSQL).
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from window_app.domain.attachments import PieceCentre, PieceReplica
from window_app.domain.line_batches import OwnBatch as OwnBatch
from window_app.domain.line_batches import SealedEvent as SealedEvent
from window_app.domain.line_batches import SignedBatch as SignedBatch
from window_app.domain.line_batches import batch_bytes as batch_bytes
from window_app.domain.line_counts import Checkpoint as Checkpoint
from window_app.domain.line_counts import StationCount as StationCount
from window_app.domain.line_counts import place_mark as place_mark
from window_app.domain.line_counts import place_marks as place_marks
from window_app.domain.line_failures import ClientTooOld as ClientTooOld
from window_app.domain.line_failures import LineDown as LineDown
from window_app.domain.line_failures import PageDamaged as PageDamaged
from window_app.domain.line_failures import Rewound as Rewound
from window_app.domain.line_failures import StationRefused as StationRefused
from window_app.domain.line_status import LineControl as LineControl
from window_app.domain.line_status import LineStatus as LineStatus
from window_app.domain.line_status import LinkState as LinkState
from window_app.domain.line_status import RoundReport as RoundReport
from window_app.domain.line_status import SetApart as SetApart

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


class PushCode(StrEnum):
    """What the centre did with a batch."""

    OK = "OK"
    GAP = "GAP"
    FORK = "FORK"
    QUARANTINED = "QUARANTINED"
    FULL = "FULL"


@dataclass(frozen=True, slots=True)
class PushAnswer:
    """The centre's answer: it holds this station's events up to `acked` (0 for none).

    GAP: it lacks events before the batch; send from `acked` + 1. FORK: what it holds of this
    station is another chain. QUARANTINED: the station is revoked; the batch is kept for a person.
    FULL: it is revoked and has handed in as much as the centre keeps; nothing of the batch was taken.
    `set_aside` names sequence numbers that were stored for a person and stand in no feed.
    """

    code: PushCode
    acked: int
    epoch: str
    set_aside: tuple[int, ...] = ()


@dataclass(slots=True)
class PulledEvent:
    """An event of a feed; `body` is None where it is out of scope or was erased.

    Nobody changes one. It is not frozen since making a frozen one takes three times as long, of thousands.
    """

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
    station_id, valid_from, valid_until, revoked), "definition_set" (hash), "erasure" (event_ids), "list".
    Two kinds are signed by stations: "credit" by an office's (`domain.credit_list`), "clerk" by the station whose
    clerk it names (`domain.clerk_names`).
    """

    dseq: int
    previous: str
    content: bytes
    signature: str

    @property
    def link(self) -> str:
        """Return the digest of this entry, which the next one names as its `previous`; "" stands before the first."""
        return hashlib.sha256(directory_bytes(self.dseq, self.previous, self.content)).hexdigest()


def directory_bytes(dseq: int, previous: str, content: bytes) -> bytes:
    """Return what the root key signs of a directory entry; `previous` is the digest of the one before."""
    return f"window-app-directory\n{dseq}\n{previous}\n".encode("ascii") + content


class EntryToSign(Protocol):
    """An entry of a station's own that waits to be signed: `credit_list.ListEntry`, `clerk_names.ClerkName`."""

    def content(self) -> bytes:
        """Return what the entry says."""
        ...


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


class Centre(PieceCentre, Protocol):
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

    def append_credit(self, dseq: int, previous: str, content: bytes, signature: str) -> bool:
        """Put an entry of the list of false commitments at the end of the directory; False where it ends elsewhere.

        Raises:
            StationRefused: `credit.no_right`, `credit.undecided`, `line.malformed`.
        """
        ...

    def append_clerk(self, dseq: int, previous: str, content: bytes, signature: str) -> bool:
        """Put what an own clerk is called at the end of the directory; False where it ends elsewhere.

        Raises:
            StationRefused: `clerks.foreign`, `clerks.too_many`, `line.malformed`.
        """
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

    def as_station(self, station_id: UUID, station_secret: bytes) -> "Centre":
        """Return the way to the same centre as an earlier incarnation of this installation; nothing is sent yet."""
        ...

    def close(self) -> None:
        """End the session; never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Applied:
    """What a page changed: events new here, own events confirmed."""

    fresh: int
    confirmed: int


class Replica(PieceReplica, Protocol):
    """The near end: the local store. Each call is one short transaction."""

    def incarnations(self) -> tuple[tuple[UUID, bytes], ...]:
        """Return (id, secret) of every station that this installation ever was, oldest first, the present one last."""
        ...

    def own_batch(self, after: int, limit: int, station_id: UUID | None = None) -> OwnBatch | None:
        """Return own events behind a sequence number, as authored, also of an earlier incarnation; None for none."""
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

    def last_contact(self) -> tuple[datetime, int] | None:
        """Return what `note_contact` noted last, or None before the first contact."""
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

    def prepare(self, page: Page) -> object:
        """Do what of applying a page needs no store; on any thread, while another page is being applied."""
        ...

    def apply(self, page: Page, prepared: object = None, near: Callable[[], None] | None = None) -> Applied:
        """Write a page and move the cursor in one transaction; a page applied before changes nothing.

        `prepared` is what `prepare` made of this page. `near` is called when nothing but the commit is left.
        """
        ...

    def apply_cases(self, page: Page) -> Applied:
        """Write events of cases from before the cursor; the cursor stays."""
        ...

    def step_back(self, feed: str, steps: int) -> Cursor:
        """Take the numbers off the last events of a feed, keeping the events, and return the cursor."""
        ...

    def doubt(self, station_id: UUID, after: int) -> int:
        """Step feeds back to before what the centre lost of a station, behind a sequence number; return how many."""
        ...

    def read_again(self) -> int:
        """Take in what an earlier release could not read and this one can, at its place; return how many events."""
        ...

    def base(self, feed: str) -> int:
        """Return the number at which this replica began a feed: a checkpoint's, or 0."""
        ...

    def counts(self, feed: str) -> tuple[StationCount, ...]:
        """Return this replica's counts of a feed."""
        ...

    def directory_end(self) -> tuple[int, str]:
        """Return the last directory entry held: its number and digest."""
        ...

    def apply_directory(self, entries: Sequence[DirectoryEntry]) -> Mapping[int, str]:
        """Write checked directory entries; return the numbers of offices' entries without force, with the reason."""
        ...

    def credit_waiting(self, key_id: str) -> Sequence[EntryToSign]:
        """Return what this office decided about the list and the directory does not say yet, to be signed by a key."""
        ...

    def clerks_waiting(self, key_id: str) -> Sequence[EntryToSign]:
        """Return what this station's clerks are called and the directory does not say yet, to be signed by a key."""
        ...

    def public_key(self, key_id: str) -> bytes | None:
        """Return the 32 public bytes of a station's key as the directory names it, revoked or not."""
        ...

    def keys_of(self, station_id: UUID) -> tuple[str, ...]:
        """Return the ids of the keys that the directory names for a station, revoked ones too; () where it has none."""
        ...

    def keep_bodies(self, bodies: Sequence[tuple[UUID, bytes]]) -> int:
        """Keep bodies that fit their envelopes' digests; return how many were new."""
        ...

    def renew(self, identity: NewIdentity, held: Mapping[UUID, int] | None = None) -> int:
        """Go on as a new station: unconfirmed events keep their ids and are sealed anew; return how many.

        `held` says up to where the centre holds each incarnation's chain as this store does; without it the
        present one's acknowledgement counts. A number in a feed says nothing: the centre may have been set back.
        """
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
