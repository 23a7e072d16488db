"""The near end of the line: what a station hands in and takes from the centre, on the local store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from window_app.clock import Clock
from window_app.domain.credit_list import ListEntry
from window_app.domain.line import (
    Applied,
    Checkpoint,
    Cursor,
    DirectoryEntry,
    NewIdentity,
    OwnBatch,
    Page,
    SetApart,
    StationCount,
)
from window_app.domain.stores import KnownKey
from window_app.storage import (
    bodies,
    credit_list,
    definition_sets,
    directory,
    feeds,
    former_chains,
    outbox,
    particulars,
    projections,
    reading_again,
    renewal,
    setting_apart,
)
from window_app.storage.applying import PageWriter
from window_app.storage.authors import read_own
from window_app.storage.engine import Database
from window_app.storage.high_water import HighWater, HighWaterFile
from window_app.storage.incoming import Understood
from window_app.storage.kept_attachments import StoredAttachments
from window_app.storage.party_projection import Waiting
from window_app.storage.station_state import ACKED, read_number


class StoredReplica(StoredAttachments):
    """The half of a store that implements `domain.line.Replica`; each call is one short transaction.

    Every writing method raises DiskFull, DiskFailed, StoreDamaged or StoreInUse where nothing was written.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)
        self._waiting: Waiting | None = None
        self._marks: HighWaterFile | None = None
        self._reached: HighWater | None = None

    def incarnations(self) -> tuple[tuple[UUID, bytes], ...]:
        """Return (id, secret) of every station that this installation ever was, oldest first, the present one last."""
        present = self._station.station_id, particulars.read_secrets(self._database).station_secret
        return (*particulars.former(self._database), present)

    def own_batch(self, after: int, limit: int, station_id: UUID | None = None) -> OwnBatch | None:
        """Return own events behind a sequence number, as authored, also of an earlier incarnation; None for none."""
        if station_id is not None and station_id != self._station.station_id:
            return former_chains.batch(self._database, station_id, after, limit)
        return outbox.own_batch(self._database, self._station.station_id, after, limit)

    def acked(self) -> int:
        """Return up to which own event the centre has confirmed."""
        return read_number(self._database, ACKED)

    def note_acked(self, lseq: int, epoch: str) -> None:
        """Note up to where the centre holds this station's events; after a restore that may be less than before."""
        with self._database.transaction():
            outbox.note_acked(self._database, lseq, epoch)

    def note_outcome(self, first: int, last: int, state: str, reason: str) -> None:
        """Note what became of sending own events: "unknown", "refused" or "waiting" again."""
        with self._database.transaction():
            outbox.note_outcome(self._database, first, last, state, reason)

    def note_contact(self, at: datetime, offset_ms: int) -> None:
        """Note the last contact and how far the centre's clock is ahead of ours; envelopes carry it from now on."""
        with self._database.transaction():
            outbox.note_contact(self._database, at, offset_ms)

    def last_contact(self) -> tuple[datetime, int] | None:
        """Return what `note_contact` noted last, or None before the first contact."""
        return outbox.last_contact(self._database)

    def cursor(self, feed: str) -> Cursor:
        """Return how far this replica follows a feed."""
        place = feeds.read(self._database, feed)
        return Cursor() if place is None else place.cursor

    def has_feed(self, feed: str) -> bool:
        """Answer whether this replica has begun a feed."""
        return feeds.read(self._database, feed) is not None

    def begin_feed(self, feed: str, checkpoint: Checkpoint | None) -> None:
        """Begin a feed at a checkpoint whose signature was checked, or at its beginning; once begun, it goes on."""
        with self._database.transaction():
            feeds.begin(self._database, feed, checkpoint)

    def prepare(self, page: Page) -> Understood:
        """Read the events of a page; needs no store, so any thread may do it while another page is being applied."""
        return Understood.of(page.events)

    def apply(self, page: Page, prepared: object = None, near: Callable[[], None] | None = None) -> Applied:
        """Write a page and move the cursor in one transaction; a page applied before changes nothing.

        `prepared` is what `prepare` made of this page. `near` is called when nothing but the commit is left:
        from there on this thread leaves the interpreter to others.

        Raises:
            PageDamaged: it does not follow upon the cursor, or has holes.
        """
        # Of a page that fails in the end nothing waits: other events will stand at its positions.
        waiting, self._waiting = self._waiting, None
        with self._database.transaction():
            place = feeds.read(self._database, page.feed)
            events = feeds.behind(place, page.feed, page.after, page.events)
            if not events:
                return Applied(0, 0)
            feeds.clear_numbers(self._database, page.feed, events[0].fseq - 1, events[-1].fseq)
            directory.note_authors(self._database, self._own, page.batches)
            writer = PageWriter(self._database, self._own, page.feed, waiting=waiting)
            read = prepared if isinstance(prepared, Understood) else Understood.of(page.events)
            understood = read.behind(events)
            applied = writer.write(events, understood)
            feeds.advance(self._database, page.feed, events, understood.marks, understood.ids[-1])
            setting_apart.date(self._database, self._clock.now())
            if near is not None:
                near()
        self._waiting = writer.waiting
        return applied

    def apply_cases(self, page: Page) -> Applied:
        """Write events of cases from before the cursor; the cursor stays."""
        if not page.events:
            return Applied(0, 0)
        with self._database.transaction():
            place = feeds.read(self._database, page.feed)
            directory.note_authors(self._database, self._own, page.batches)
            applied = PageWriter(self._database, self._own, page.feed, place).write_some(page.events)
            setting_apart.date(self._database, self._clock.now())
            return applied

    def step_back(self, feed: str, steps: int) -> Cursor:
        """Take the numbers off the last events of a feed, keeping the events, and return the cursor."""
        with self._database.transaction():
            place = feeds.read(self._database, feed)
            if place is None or place.after == 0:
                return Cursor()
            target = feeds.target_of(self._database, feed, place, steps)
            mixed = feeds.mixed_cases(self._database, feed, target)
            cursor = feeds.step_back(self._database, feed, place, target)
            projections.refresh(self._database, mixed, self._own)
            return cursor

    def doubt(self, station_id: UUID, after: int) -> int:
        """Step feeds back to before what the centre lost of a station, behind a sequence number; return how many.

        What stands there may have another order by now, also where the last event is the same.
        """
        found = feeds.steps_before(self._database, station_id, after)
        for feed, steps in found:
            self.step_back(feed, steps)
        return len(found)

    def base(self, feed: str) -> int:
        """Return the number at which this replica began a feed: a checkpoint's, or 0."""
        place = feeds.read(self._database, feed)
        return 0 if place is None else place.base

    def counts(self, feed: str) -> tuple[StationCount, ...]:
        """Return this replica's counts of a feed."""
        return feeds.counts(self._database, feed)

    def directory_end(self) -> tuple[int, str]:
        """Return the last directory entry held: its number and digest."""
        return directory.end(self._database)

    def apply_directory(self, entries: Sequence[DirectoryEntry]) -> Mapping[int, str]:
        """Write directory entries that are chained, and signed by the root key unless an office signs them.

        From the first one on, they replace what was held.

        Returns:
            The numbers of the offices' entries that have no force, each with the reason.

        Raises:
            PageDamaged: they do not go on where the directory ends here.
        """
        with self._database.transaction():
            return directory.apply(self._database, self._own, entries)

    def credit_waiting(self, key_id: str) -> tuple[ListEntry, ...]:
        """Return what this office decided about the list and the directory does not say yet, to be signed by a key."""
        return credit_list.waiting(self._database, self._own, key_id)

    def public_key(self, key_id: str) -> bytes | None:
        """Return the 32 public bytes of a station's key as the directory names it, revoked or not."""
        return directory.public_key(self._database, key_id)

    def keys_of(self, station_id: UUID) -> tuple[str, ...]:
        """Return the ids of the keys that the directory names for a station, revoked ones too."""
        return directory.keys_of(self._database, station_id)

    def known_keys(self) -> tuple[KnownKey, ...]:
        """Return all keys that the directory names, to check papers of other stations against."""
        return directory.known_keys(self._database)

    def directory(self, kind: str) -> tuple[Mapping[str, Any], ...]:
        """Return the newest content of each directory entry of a kind ("station", "clerk", "list", …)."""
        return directory.newest(self._database, kind)

    def keep_bodies(self, bodies_fetched: Sequence[tuple[UUID, bytes]]) -> int:
        """Keep bodies that fit their envelopes' digests; return how many were new."""
        with self._database.transaction():
            kept = bodies.keep_fetched(self._database, self._own, bodies_fetched)
            setting_apart.date(self._database, self._clock.now())
            return kept

    def renew(self, identity: NewIdentity, held: Mapping[UUID, int] | None = None) -> int:
        """Go on as a new station: unconfirmed events keep their ids and are sealed anew; return how many.

        `held` says up to where the centre holds each incarnation's chain as this store does.
        """
        with self._database.transaction():
            renewed = renewal.renew(self._database, self._station, identity, self._clock, held)
        self._station = particulars.read_station(self._database)
        self._own = read_own(self._database, self._station)
        head, noted = renewed.head, self._reached or HighWater("", 0, "")
        self._note_reached(replace(noted, station=str(identity.station_id), lseq=head.lseq, chain=head.chain))
        return renewed.sealed

    def unknown_sets(self) -> tuple[str, ...]:
        """Return hashes of definition sets that events name and this store does not hold."""
        return definition_sets.unknown(self._database)

    def own_sets(self) -> tuple[tuple[str, bytes], ...]:
        """Return definition sets that own events name and that were not yet handed in."""
        return definition_sets.unsent(self._database)

    def note_set_sent(self, content_hash: str) -> None:
        """Note that the centre holds a definition set."""
        with self._database.transaction():
            definition_sets.note_sent(self._database, content_hash)

    def keep_set(self, content_hash: str, content: bytes) -> None:
        """Keep a definition set that came from the centre."""
        with self._database.transaction():
            definition_sets.keep(self._database, content_hash, content, sent=True)

    def forget_confidential(self, backup_days: int, now: datetime) -> int:
        """Forget bodies of own reports that an office acknowledged longer ago than backups reach, and their papers."""
        before = now - timedelta(days=backup_days)
        with self._database.transaction():
            return bodies.forget_confidential(self._database, self._own, before, self.acked())

    def set_apart(self, limit: int) -> tuple[SetApart, ...]:
        """Return what came in pages and could not be taken for an event of this release, the oldest first."""
        if not self.count_set_apart():
            return ()
        stations = self.directory("station")
        names = {UUID(said["station_id"]): str(said.get("name") or "") for said in stations}
        return setting_apart.listed(self._database, limit, names)

    def count_set_apart(self, *, new: bool = False) -> int:
        """Return how many were set apart; with `new` those alone that no person has noted as seen."""
        return setting_apart.count_new(self._database) if new else setting_apart.count(self._database)

    def read_again(self) -> int:
        """Take in what an earlier release of this program could not read and this one can; return how many events."""
        with self._database.transaction():
            return reading_again.read_again(self._database, self._own)

    def see_set_apart(self) -> None:
        """Note that a person has seen what was set apart; it stays in the list."""
        with self._database.transaction():
            setting_apart.see(self._database, self._clock.now())

    def _note_reached(self, reached: HighWater) -> None:
        if self._marks is not None:
            self._reached = reached
            self._marks.write(reached)
