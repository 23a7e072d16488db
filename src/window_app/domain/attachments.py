"""Files that visitors bring: sealed piece by piece, kept apart from events, handed in and fetched apart from them.

An attachment is stated by one event, whose body holds the file's own key and name; its envelope holds digests
alone (`domain.events.Attachment`). So erasing that body makes every copy of the file unreadable.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from window_app.domain.events import ActorKind, Attachment, Event, EventType
from window_app.errors import WindowAppError

PIECE_BYTES = 128 * 1024
"""Of the plain content in one piece: two seconds on a line of 64 kB/s, in which events wait."""
SEAL_BYTES = 16
"""What sealing adds to each piece."""
MEDIA_TYPES = ("application/pdf", "image/jpeg", "image/png")
MOST_PIECES = 1024


class FileRefused(WindowAppError):
    """The file is not taken; the code says why and what to do. Nothing of it was kept."""

    code = "attachment.unreadable"


class FileGone(WindowAppError):
    """The content cannot be shown: it lies nowhere within reach, or is damaged; the code says which."""

    code = "attachment.gone"


class HandingState(StrEnum):
    """What the centre says of an own attachment: it holds some of its pieces, all, or has erased it by law."""

    OPEN = "open"
    WHOLE = "whole"
    ERASED = "erased"


class PieceAnswer(StrEnum):
    """What the centre did with a piece.

    It kept it (also a second time), does not know the attachment, erased it by law, or found that the
    piece is not what the event says.
    """

    OK = "OK"
    UNKNOWN = "UNKNOWN"
    ERASED = "ERASED"
    MALFORMED = "MALFORMED"


@dataclass(frozen=True, slots=True)
class DraftAttachment:
    """A file attached to a material of a visit or a case, sealed and stored, before an event states it.

    Attributes:
        material: code of the material on the checklist.
        file: as the envelope will say.
        key: the file's own key, hex.
        name: as the file was called; personal, so for bodies alone.
        size: bytes of the plain content.
        content: SHA-256 of the plain content, hex: tells that the same file was attached before.
    """

    material: str
    file: Attachment
    key: str = field(repr=False)
    name: str
    size: int
    pages: int
    content: str


class WithdrawalReason(StrEnum):
    """Why a file does not belong where it was attached; `OTHER` needs words."""

    WRONG_FILE = "wrong_file"
    OTHER_PERSON = "other_person"
    UNREADABLE = "unreadable"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That a file was attached by mistake; `remark` is "" where none was written or its body is not held here."""

    at: datetime
    reason: str
    remark: str


@dataclass(frozen=True, slots=True)
class CaseAttachment:
    """An attachment of a received case.

    Attributes:
        attached: None where the body is erased or not held here.
        withdrawn: set where the counter took it back; its pieces stay as long as any other's.
    """

    case_id: UUID
    event_id: UUID
    at: datetime
    material: str
    file: Attachment
    attached: DraftAttachment | None
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that was found harmless: what it is and how many pages it has."""

    media_type: str
    pages: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels: rows of RGBA bytes from the top."""

    width: int
    height: int
    pixels: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class UnsentAttachment:
    """An own attachment that the centre does not hold whole.

    Attributes:
        sent: pieces that the centre held when last asked; `pieces` is how many there are.
        reason: why it does not go on, a message code; "" where it only waits.
    """

    file: Attachment
    number: str
    material: str
    at: datetime
    sent: int
    reason: str = ""

    @property
    def pieces(self) -> int:
        """Return how many pieces there are."""
        return len(self.file.pieces)


def attachment_body(attached: DraftAttachment) -> dict[str, Any]:
    """Return the body of the event that states an attachment."""
    return {
        "material": attached.material,
        "name": attached.name,
        "key": attached.key,
        "size": attached.size,
        "pages": attached.pages,
        "content": attached.content,
    }


def attachments_of(events: Iterable[Event]) -> tuple[CaseAttachment, ...]:
    """Return the attachments that events of a case state, in their order; what cannot be read is left out.

    A withdrawal holds wherever among the events it stands, and the first of two; an office cannot take files back.
    """
    found: dict[str, CaseAttachment] = {}
    withdrawn: dict[str, Withdrawal] = {}
    for event in events:
        if event.type == EventType.ATTACHMENT_WITHDRAWN and event.version == 1 and _of_counter(event):
            withdrawn.setdefault(str(event.facts.get("file") or ""), _withdrawal(event))
        if event.type == EventType.MATERIAL_ATTACHED and event.version == 1:
            for file in event.attachments:
                material = str(event.facts.get("material") or "")
                attached = _attached(event.body, file)
                one = CaseAttachment(event.stream.id, event.event_id, event.occurred_at, material, file, attached)
                found.setdefault(file.digest, one)
    return tuple(replace(one, withdrawn=withdrawn.get(digest)) for digest, one in found.items())


def _of_counter(event: Event) -> bool:
    return event.actor.kind is not ActorKind.OFFICE and event.author_kind != "office"


def _withdrawal(event: Event) -> Withdrawal:
    said: Mapping[str, Any] = event.body or {}
    return Withdrawal(event.occurred_at, str(event.facts.get("reason") or ""), str(said.get("remark") or ""))


def _attached(body: Mapping[str, Any] | None, file: Attachment) -> DraftAttachment | None:
    try:
        return None if body is None else DraftAttachment(file=file, **body)
    except TypeError:
        return None


class SealedFiles(Protocol):
    """Sealed pieces on this machine's disk. May be called from any thread; touches no database."""

    def seal(self, content: bytes, media_type: str) -> tuple[Attachment, str]:
        """Seal a content under a fresh key, store every piece durably and return what describes it, and the key.

        Raises:
            DiskFull, DiskFailed: nothing is left behind that is not cleared away later.
        """
        ...

    def open(self, file: Attachment, key: str) -> bytes:
        """Return the plain content.

        Raises:
            FileGone: a piece is not here, or is not what was sealed.
        """
        ...

    def lacking(self, file: Attachment) -> tuple[int, ...]:
        """Return the numbers of the pieces, from 0, that are not here."""
        ...


class FileReader(Protocol):
    """Looks into files that strangers made, where they can do no harm. Waits for another process."""

    def check(self, content: bytes, name: str) -> CheckedFile:
        """Return what a file is; `name` may be "" where it has none.

        Raises:
            FileRefused: with the reason as its code.
        """
        ...

    def picture(self, content: bytes, media_type: str, page: int, width: int) -> Picture:
        """Return a page, from 0, as a picture of at most this width.

        Raises:
            FileRefused.
        """
        ...


class AttachmentRecords(Protocol):
    """What the store knows of attachments."""

    def unsent_attachments(self, limit: int) -> tuple[UnsentAttachment, ...]:
        """Return own attachments that the centre does not hold whole, oldest first."""
        ...

    def note_fetched(self, file: Attachment) -> None:
        """Note that pieces of another station's attachment are kept here for a while."""
        ...

    def sweep_attachments(self) -> int:
        """Remove pieces that nothing names; return how many. Not while a draft is being worked on."""
        ...


class PieceCentre(Protocol):
    """The far end, for pieces. Each call ends within its deadline, by LineDown if need be."""

    def attachment_states(self, digests: Sequence[str]) -> Mapping[str, HandingState]:
        """Return how far the centre is with own attachments; those of events that it does not hold are left out."""
        ...

    def held_pieces(self, digest: str) -> tuple[int, ...]:
        """Return the numbers of the pieces of an own attachment that the centre holds."""
        ...

    def put_piece(self, digest: str, number: int, content: bytes) -> PieceAnswer:
        """Hand in a piece of an own attachment; any number of times with the effect of one."""
        ...

    def get_piece(self, case_id: UUID, digest: str, number: int, clerk: str, reason: str) -> bytes | None:
        """Return a piece of an attachment whose event's body this station may read; recorded at the centre."""
        ...


class PieceReplica(Protocol):
    """The near end, for pieces. Each call is one short transaction."""

    def open_attachments(self, limit: int) -> tuple[Attachment, ...]:
        """Return own attachments of confirmed events that the centre does not hold whole, oldest first."""
        ...

    def whole_attachments(self) -> tuple[str, ...]:
        """Return digests of own attachments that the centre held whole and whose pieces are still here."""
        ...

    def own_piece(self, file: Attachment, number: int) -> bytes | None:
        """Return a sealed piece, None where it is gone or damaged."""
        ...

    def note_sent_pieces(self, digest: str, sent: int, reason: str = "") -> None:
        """Note how many pieces the centre holds, and why it does not go on."""
        ...

    def note_handed_in(self, digest: str, at: datetime) -> None:
        """Note that the centre holds an attachment whole, by the centre's clock."""
        ...

    def note_lost(self, digests: Sequence[str]) -> None:
        """Note that the centre no longer holds attachments whole; they are handed in again."""
        ...

    def keep_piece(self, file: Attachment, number: int, content: bytes) -> bool:
        """Keep a fetched piece; False where it is not the piece that the envelope names."""
        ...

    def drop_attachments(self, before: datetime) -> int:
        """Remove pieces that the centre has held whole since before a moment; return of how many attachments."""
        ...
