"""The record of a paper: what it says, frozen when issued; the PDF is made from it alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class PaperState(StrEnum):
    """How far a paper has come: recorded, PDF stored, sent to a printer, confirmed or not."""

    ISSUED = "issued"
    RENDERED = "rendered"
    PRINTED = "printed"
    CONFIRMED = "confirmed"
    NOT_OUT = "not_out"


REPRINT_REASONS = ("lost", "damaged", "unreadable", "not_out", "another", "other")
OTHER_REASON = "other"
"""Why a paper is printed again; another reason is written out."""


class Verdict(StrEnum):
    """What `verify` answers."""

    AUTHENTIC = "authentic"
    AUTHENTIC_UNKNOWN = "authentic_unknown"
    REVOKED = "revoked"
    ALTERED = "altered"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """A paper as issued.

    Attributes:
        kind: layout and wording code ("receipt", "notice_once", "guidance").
        number: receipt number of the case; for a guidance slip the visit's own slip number.
        content: everything the layout draws: values and the wording frozen at issue (JSON).
        content_salt: 16 random bytes in hex, so that the digest gives no personal data away.
        key_id, signature: Ed25519 over `signed_bytes` (documents/signature.py), hex.
        practice: drawn on the paper as such.
    """

    paper_id: UUID
    kind: str
    number: str
    case_id: UUID | None
    visit_id: UUID
    issued_at: datetime
    content: Mapping[str, Any]
    content_salt: str
    key_id: str
    signature: str
    practice: bool


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """A paper with its state. `pdf_digest` is None until the PDF lies in the store."""

    record: PaperRecord
    state: PaperState
    pdf_digest: str | None = None
    reprints: int = 0


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer of `verify`, with what the signed record says, never personal data."""

    verdict: Verdict
    number: str = ""
    kind: str = ""
    issued_on: str = ""
    key_id: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)
