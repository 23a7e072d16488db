"""An open store: reading, writing in one transaction, and what concerns the store as a whole."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from window_app.clock import Clock
from window_app.domain.clerk_names import ClerkName
from window_app.domain.credit_list import is_credit
from window_app.domain.line import DirectoryEntry
from window_app.domain.stores import ClerkEntry, StationSecrets
from window_app.storage import (
    clerk_names,
    credit_notices,
    directory,
    integrity,
    key_slots,
    migrate,
    particulars,
    projections,
    reading_again,
    rewinding,
    search_index,
)
from window_app.storage.commitments import StoredCommitments
from window_app.storage.employer_directory import StoredEmployers
from window_app.storage.engine import KEY_LENGTH, Database
from window_app.storage.high_water import HighWaterFile
from window_app.storage.lock import StoreLock
from window_app.storage.party_records import StoredParties
from window_app.storage.replica import StoredReplica
from window_app.storage.rewinding import Rewound
from window_app.storage.rotation import change_key, open_with_either
from window_app.storage.slot_crypto import PRODUCTION, KeyProfile
from window_app.storage.tickets import StoredTickets
from window_app.storage.unit_of_work import SqlUnitOfWork

_EMPLOYERS = "employer directory"


class Store(StoredReplica, StoredParties, StoredCommitments):
    """An open store: `domain.ports.Records` and `domain.line.Replica`; one thread at a time is let in.

    Attributes:
        rewound: what was noticed where the disk had been set back or cloned; else None.
    """

    def __init__(
        self, directory: Path, database: Database, data_key: bytes, clock: Clock, lock: StoreLock | None
    ) -> None:
        super().__init__(database, clock)
        self._directory = directory
        self._data_key = data_key
        self._lock = lock
        self._may_write = lock is not None
        self._employers: StoredEmployers | None = None
        self.rewound: Rewound | None = None
        if lock is not None:
            self._marks = HighWaterFile(directory)
            self._reached = self._marks.read()
            self.rewound = rewinding.notice(database, self._station, self._own, self._reached)
            self._station = particulars.read_station(database)
            self.sweep_attachments()

    @contextmanager
    def unit_of_work(self) -> Iterator[SqlUnitOfWork]:
        """Open a transaction; leaving by an exception rolls it back whole.

        Raises:
            DiskFull, DiskFailed, StoreDamaged, StoreInUse: at any step; nothing was written.
        """
        work = SqlUnitOfWork(self._database, self._own, self._clock, self._reached)
        with self._database.transaction():
            yield work
        reached = work.high_water()
        if reached is not None:
            self._note_reached(reached)
        self.vault.release(work.claimed)
        if work.unclaimed:
            self.clear_away(work.unclaimed)

    def apply_directory(self, entries: Sequence[DirectoryEntry]) -> Mapping[int, str]:
        """Write directory entries, and open what is due where the list comes later than a commitment it forbids.

        Raises:
            PageDamaged: they do not go on where the directory ends here.
        """
        with self.unit_of_work() as work:
            without_force = directory.apply(self._database, self._own, entries)
            if any(is_credit(entry.content) for entry in entries):
                found = credit_notices.notices(
                    self._database, self.doubtful_commitments(), self.listings, self._visit_and_office
                )
                work.append(credit_notices.BY_DIRECTORY, tuple(found))
        return without_force

    def _visit_and_office(self, case_id: UUID) -> tuple[UUID, str]:
        row = self.get_case(case_id)
        return row.visit_id, row.office

    def secrets(self) -> StationSecrets:
        """Return the station's secrets; for the composition root alone."""
        return particulars.read_secrets(self._database)

    def replace_secrets(self, held: StationSecrets) -> None:
        """Put other secrets in place, as when a signing key is added; old public keys must stay among them."""
        with self._database.transaction():
            particulars.write_secrets(self._database, held)

    def particulars(self) -> Mapping[str, str]:
        """Return what papers say of the hall: as handed to `create`."""
        return particulars.read_particulars(self._database)

    def tickets(self) -> StoredTickets:
        """Return the queue tickets of this counter."""
        return StoredTickets(self._database)

    def employers(self) -> StoredEmployers:
        """Return the employer directory, which lies in a file of its own beside the store."""
        if self._employers is None:
            self._employers = StoredEmployers(
                self._directory,
                lambda: particulars.read_note(self._database, _EMPLOYERS),
                self._note_employers,
                self._clock,
                may_write=self._may_write,
            )
        return self._employers

    def _note_employers(self, said: bytes) -> None:
        with self._database.transaction():
            particulars.write_note(self._database, _EMPLOYERS, said)

    def rebuild(self) -> None:
        """Make all projections anew from the events, in one transaction; also of those that came to be readable."""
        with self._database.transaction():
            reading_again.read_again(self._database, self._own)
            unfolded = projections.rebuild(self._database, self._own)
            reading_again.fold_again(self._database, self._own, unfolded)

    def tidy(self) -> None:
        """Merge the search index and take the log into the file; seconds in a large store, so for idle times."""
        with self._database.transaction():
            search_index.merge(self._database)
        self._database.pragma("wal_checkpoint(TRUNCATE)")

    def integrity(self) -> tuple[str, ...]:
        """Return what is wrong with pages, tables, references, chain or sealed pieces; empty where all is well."""
        return tuple(integrity.findings(self._database, self._station, self.vault, self._clock.now()))

    def clerks(self) -> tuple[ClerkEntry, ...]:
        """Return the clerks who may sign in here."""
        return key_slots.read_slots(self._directory).description().clerks

    def clerks_waiting(self, key_id: str) -> tuple[ClerkName, ...]:
        """Return what this station's clerks are called and the directory does not say yet, to be signed by a key."""
        here = [(clerk.code, clerk.name) for clerk in self.clerks()]
        return clerk_names.waiting(self._database, self._own, here, key_id)

    def clerk_names(self) -> dict[tuple[UUID, str], str]:
        """Return what clerks are called as their stations say it, by station and code."""
        return clerk_names.names(self._database)

    def admit_clerk(
        self,
        code: str,
        name: str,
        role: str = "clerk",
        password: str | None = None,
        *,
        profile: KeyProfile = PRODUCTION,
    ) -> str:
        """Open a slot for a further clerk.

        With a password of her own the clerk signs in at once and "" is returned; without, the
        one-time code is returned with which she sets one (`redeem`).

        Raises:
            ClerkKnown: where the clerk has a slot already.
        """
        secret = password if password is not None else key_slots.new_code()
        clerk = ClerkEntry(code, name, role, awaits_password=password is None)
        data_key = self._data_key
        key_slots.change_slots(self._directory, lambda slots: slots.with_clerk(clerk, secret, data_key, profile))
        return "" if password is not None else secret

    def revoke_clerk(self, code: str) -> None:
        """Take a clerk's slot away and change the data key, so that a copy of her slot opens nothing later.

        A kill in the middle leaves the store under the old key with the clerk, or under the new
        one without her. Must not be called inside a unit of work.

        Raises:
            ClerkUnknown, LastClerk, StoreInUse, DiskFull: nothing was changed.
        """
        new_key = secrets.token_bytes(KEY_LENGTH)
        path = self._database.path
        with self._database.lock:
            key_slots.change_slots(self._directory, lambda slots: slots.without(code, next_key=new_key))
            self._database.close()
            try:
                change_key(path, self._data_key, new_key)
            finally:
                self._database, self._data_key = open_with_either(path, self._data_key, new_key)
                changed = self._data_key == new_key
                key_slots.change_slots(self._directory, lambda slots: slots.settled(on_next=changed))
        migrate.remove_copies(self._directory)

    def close(self) -> None:
        """Close the files and give the lock back; a second call does nothing."""
        if self._employers is not None:
            self._employers.close()
        self._database.close()
        if self._marks is not None:
            self._marks.close()
        if self._lock is not None:
            self._lock.release()
