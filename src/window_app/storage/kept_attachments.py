"""Attachments of a store: what services and the line ask of them, on the table and the vault beside it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from window_app import log
from window_app.clock import Clock
from window_app.domain.attachments import UnsentAttachment
from window_app.domain.events import Attachment
from window_app.errors import WindowAppError
from window_app.storage import attachments
from window_app.storage.engine import Database
from window_app.storage.records import StoredRecords
from window_app.storage.station_state import ACKED, read_number
from window_app.storage.vault import FOLDER, Vault

_LOGGER = log.logger("storage")


class StoredAttachments(StoredRecords):
    """Implements `domain.attachments.AttachmentRecords` and `PieceReplica`; each call is one short transaction.

    Attributes:
        vault: the sealed pieces, which any thread may read and write.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database)
        self._clock = clock
        self.vault = Vault(database.path.parent / FOLDER)

    def unsent_attachments(self, limit: int) -> tuple[UnsentAttachment, ...]:
        """Return own attachments that the centre does not hold whole, oldest first."""
        return attachments.unsent(self._database, limit)

    def note_fetched(self, file: Attachment) -> None:
        """Note that pieces of an attachment that the centre holds are kept here for a while."""
        with self._database.transaction():
            attachments.note_fetched(self._database, file, self._clock.now())

    def sweep_attachments(self) -> int:
        """Remove pieces that nothing names; return how many. Not while a draft is being worked on."""
        try:
            return attachments.sweep(self._database, self.vault)
        except WindowAppError as error:
            _LOGGER.warning("storage.pieces_not_swept", extra={"fields": {"code": error.code}})
            return 0

    def open_attachments(self, limit: int) -> tuple[Attachment, ...]:
        """Return own attachments of confirmed events that the centre does not hold whole, oldest first."""
        return attachments.open_ones(self._database, self._own, read_number(self._database, ACKED), limit)

    def whole_attachments(self) -> tuple[str, ...]:
        """Return digests of own attachments that the centre held whole and whose pieces are still here."""
        return attachments.whole(self._database)

    def own_piece(self, file: Attachment, number: int) -> bytes | None:
        """Return a sealed piece, None where it is gone or damaged."""
        return self.vault.read(file.pieces[number])

    def note_sent_pieces(self, digest: str, sent: int, reason: str = "") -> None:
        """Note how many pieces the centre holds, and why it does not go on."""
        with self._database.transaction():
            attachments.note_sent(self._database, digest, sent, reason)

    def note_handed_in(self, digest: str, at: datetime) -> None:
        """Note that the centre holds an attachment whole, by the centre's clock."""
        with self._database.transaction():
            attachments.note_whole(self._database, digest, at)

    def note_lost(self, digests: Sequence[str]) -> None:
        """Note that the centre no longer holds attachments whole; they are handed in again."""
        with self._database.transaction():
            attachments.note_lost(self._database, digests)

    def keep_piece(self, file: Attachment, number: int, content: bytes) -> bool:
        """Keep a fetched piece; False where it is not the piece that the envelope names.

        The store is told first, so that a piece is never here which nothing knows.
        """
        if not self.vault.fits(file.pieces[number], content):
            return False
        if not self.vault.holds(file):
            self.note_fetched(file)
        return self.vault.keep(file.pieces[number], content)

    def drop_attachments(self, before: datetime) -> int:
        """Remove pieces that the centre has held whole since before a moment; return of how many attachments."""
        with self._database.transaction():
            names, count = attachments.drop(self._database, self._own, read_number(self._database, ACKED), before)
        self._remove(names)
        return count

    def clear_away(self, names: set[str]) -> None:
        """Remove pieces of drafts that are gone, save what other drafts or events want."""
        self.vault.release(names)
        self._remove(names - attachments.wanted(self._database))

    def _remove(self, names: Iterable[str]) -> None:
        # After a commit, which a disk that fails now must not make look undone: the next opening sweeps again.
        try:
            self.vault.remove(names)
        except WindowAppError as error:
            _LOGGER.warning("storage.pieces_not_removed", extra={"fields": {"code": error.code}})
