"""Names of clerks in the directory: each station says what its own clerks are called, and signs it with its key.

An entry holds a code and a name and nothing else of the person. What somebody did stays hers when she leaves, so
no entry takes a name away; one who is called otherwise by now is named anew. Whether an entry has force is judged,
as of the list of false commitments, by what the directory said before it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from window_app.domain.events import canonical_bytes
from window_app.domain.line import DirectoryEntry, directory_bytes

CLERK = "clerk"
ACTIVE = "active"
LONGEST_CODE = 32
LONGEST_NAME = 80
_SAID = frozenset({"entry", "station", "code", "name", "key"})


@dataclass(frozen=True, slots=True)
class ClerkName:
    """What a clerk of a station is called; `key_id` is the key of that station that signs."""

    station_id: UUID
    code: str
    name: str
    key_id: str

    def content(self) -> bytes:
        """Return what the entry says, as it is signed."""
        return canonical_bytes(
            {"entry": CLERK, "station": str(self.station_id), "code": self.code, "name": self.name, "key": self.key_id}
        )


@dataclass(frozen=True, slots=True)
class KeyOwner:
    """The station that a key belongs to, as the directory says it so far."""

    public: bytes
    revoked: bool
    station_id: UUID
    status: str


def read_name(content: bytes) -> ClerkName | None:
    """Return what an entry says; None where it is not of this form, or says more."""
    try:
        said = json.loads(content)
        if said["entry"] != CLERK or frozenset(said) != _SAID:
            return None
        named = ClerkName(
            UUID(said["station"]),
            _text(said["code"], LONGEST_CODE),
            _text(said["name"], LONGEST_NAME),
            _text(said["key"], LONGEST_NAME),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return None if "/" in named.code else named


def fault_of(
    entry: DirectoryEntry,
    said: ClerkName | None,
    owner: KeyOwner | None,
    holds: Callable[[bytes, str, bytes], bool],
) -> str:
    """Return why an entry has no force; "" where it has.

    Args:
        entry: as it stands in the directory.
        said: what it says; None for what cannot be read.
        owner: whose key it names, None where the directory names none before it.
        holds: answers whether a signature (hex) of a public key over bytes holds.
    """
    if said is None:
        return "form"
    if owner is None:
        return "signer_unknown"
    if owner.station_id != said.station_id:
        return "other_station"
    if owner.revoked or owner.status != ACTIVE:
        return "signer_revoked"
    signed = directory_bytes(entry.dseq, entry.previous, entry.content)
    return "" if holds(owner.public, entry.signature, signed) else "signature"


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > longest or not value.isprintable():
        raise ValueError("text")
    return value
