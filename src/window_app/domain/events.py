"""Events: an envelope that every station may read and a body that can be erased.

The envelope travels in the feed; the body is kept apart as the exact bytes authored. The hash
chain of a station runs over envelopes, which carry the digest of the salted body, so erasing a
body by law breaks no chain.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from window_app.domain.quick import quick


class StreamKind(StrEnum):
    """What a stream of events is about."""

    VISIT = "visit"
    CASE = "case"
    PERSON = "person"
    EMPLOYER = "employer"
    DEVICE = "device"
    DEFINITION = "definition"


class Confidentiality(StrEnum):
    """Who may read the body: the district's stations, those named, or inspection stations only."""

    OPEN = "open"
    RESTRICTED = "restricted"
    CONFIDENTIAL = "confidential"


class ActorKind(StrEnum):
    """Who did it."""

    CLERK = "clerk"
    OFFICE = "office"
    KIOSK = "kiosk"
    SYSTEM = "system"


COUNTER = frozenset({ActorKind.CLERK, ActorKind.KIOSK, ActorKind.SYSTEM})
"""Who acts at a counter."""
KNOWN_VERSION = 1
"""The newest version of events of visits, cases and parties that this release understands."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who authored an event; `id` is the clerk's or office's code."""

    kind: ActorKind
    id: str


@dataclass(frozen=True, slots=True)
class Stream:
    """The stream an event belongs to."""

    kind: StreamKind
    id: UUID


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to an event; it travels apart, in pieces, and only its envelope stands here.

    Attributes:
        digest: SHA-256 of the ciphertext, hex.
        size: bytes of the ciphertext.
        media_type: of the plain content, such as "application/pdf".
        pieces: SHA-256 of each piece of the ciphertext, in order, hex.
    """

    digest: str
    size: int
    media_type: str
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event as a use case states it, before the store gives it its place.

    Attributes:
        type: past tense, from `EventType`.
        body: what was written; JSON values only.
        facts: coded non-personal facts for the envelope (matter, route, state, dates).
        tokens: keyed lookup tokens of the parties (HMAC, hex).
        readers: codes of the offices that may read the body; empty means the author's station.
        base: ids of the events that last set the fields this event changes, by field.
        critical: a reader that does not know this type must not go on with the stream.
    """

    stream: Stream
    type: str
    body: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    tokens: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    confidentiality: Confidentiality = Confidentiality.OPEN
    base: Mapping[str, UUID] = field(default_factory=dict)
    critical: bool = False
    version: int = 1
    attachments: tuple[Attachment, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Event:
    """A stored event. `body` is None where it was erased or has not been pulled.

    Attributes:
        lseq: place in the authoring station's own sequence, from 1, dense.
        fseq: place in the feed; None until the centre has confirmed it.
        envelope_bytes: exact bytes authored; `chain_hash` runs over them.
        author_kind: "counter" or "office" as the directory names the authoring station; None where it
            does not (yet) know the station.
        author_office: the office of the authoring station, from the same place.
    """

    event_id: UUID
    stream: Stream
    type: str
    version: int
    critical: bool
    actor: Actor
    station_id: UUID
    lseq: int
    occurred_at: datetime
    clock_offset_ms: int | None
    confidentiality: Confidentiality
    readers: tuple[str, ...]
    facts: Mapping[str, Any]
    tokens: tuple[str, ...]
    base: Mapping[str, UUID]
    body_digest: str
    body: Mapping[str, Any] | None
    envelope_bytes: bytes
    chain_hash: str
    fseq: int | None = None
    attachments: tuple[Attachment, ...] = ()
    author_kind: str | None = None
    author_office: str | None = None


class EventType:
    """Names of the events of this release. A reader keeps unknown ones byte for byte."""

    VISIT_OPENED = "VisitOpened"
    ROUTE_CHOSEN = "RouteChosen"
    ROUTE_OVERRIDDEN = "RouteOverridden"
    MATTER_RECEIVED = "MatterReceived"
    MATTER_GUIDED = "MatterGuided"
    VISIT_CLOSED = "VisitClosed"
    DRAFT_DISCARDED = "DraftDiscarded"
    DRAFT_HANDED_OVER = "DraftHandedOver"
    DRAFT_TAKEN_UP = "DraftTakenUp"
    DRAFT_MOVED = "DraftMoved"
    MATERIALS_COMPLETED = "MaterialsCompleted"
    MATERIAL_ATTACHED = "MaterialAttached"
    ATTACHMENT_WITHDRAWN = "AttachmentWithdrawn"
    PAPER_ISSUED = "PaperIssued"
    PAPER_CONFIRMED = "PaperConfirmed"
    PAPER_REPRINTED = "PaperReprinted"
    NUMBER_VOIDED = "NumberVoided"
    STATUS_CHANGED = "StatusChanged"
    STATUS_DETAILED = "StatusDetailed"
    PERSON_REGISTERED = "PersonRegistered"
    EMPLOYER_REGISTERED = "EmployerRegistered"
    PARTY_DETAILS_SET = "PartyDetailsSet"
    PARTIES_MERGED = "PartiesMerged"
    PARTIES_SEPARATED = "PartiesSeparated"
    STATION_ENROLLED = "StationEnrolled"
    CLERK_ADMITTED = "ClerkAdmitted"
    CLERK_REVOKED = "ClerkRevoked"
    IDENTITY_REVEALED = "IdentityRevealed"
    FIELDS_SET = "FieldsSet"
    CONFLICT_RESOLVED = "ConflictResolved"
    CASE_CLAIMED = "CaseClaimed"
    CASE_RELEASED = "CaseReleased"
    CASE_ACKNOWLEDGED = "CaseAcknowledged"
    CASE_OPENED = "CaseOpened"
    STATION_RENEWED = "StationRenewed"
    DUE_OPENED = "DueOpened"
    DUE_MOVED = "DueMoved"
    DUE_HANDED = "DueHanded"
    DUE_SETTLED = "DueSettled"
    OUTAGE_FORMS_PRINTED = "OutageFormsPrinted"
    OUTAGE_FORM_ENTERED = "OutageFormEntered"
    OUTAGE_FORM_VOIDED = "OutageFormVoided"
    COMMITMENT_MADE = "CommitmentMade"
    COMMITMENT_WITHDRAWN = "CommitmentWithdrawn"
    COMMITMENT_VERIFIED = "CommitmentVerified"
    COMMITMENT_HEARING = "CommitmentHearing"
    COMMITMENT_DECIDED = "CommitmentDecided"
    RECOVERY_NOTED = "RecoveryNoted"
    COMMITMENT_OBJECTED = "CommitmentObjected"
    OBJECTION_DECIDED = "ObjectionDecided"
    CREDIT_LISTED = "CreditListed"
    CREDIT_REPAIRED = "CreditRepaired"


def canonical_bytes(value: object) -> bytes:
    """Return the one JSON encoding of a value: sorted keys, no spaces, UTF-8, no NaN.

    Raises:
        ValueError: for NaN or infinity, or a lone surrogate, which no JSON reader takes back.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def digest(content: bytes) -> str:
    """Return SHA-256 of bytes in lower-case hex."""
    return hashlib.sha256(content).hexdigest()


def chain_hash(previous: str, envelope_bytes: bytes) -> str:
    """Return the next link of a station's chain; `previous` is hex, "" before the first event."""
    return hashlib.sha256(previous.encode("ascii") + b"\n" + envelope_bytes).hexdigest()
