"""The list of persons whose false commitment was decided: entries of the directory that an office signs.

A station that the directory names, of an office and not revoked, signs an entry with its own key: root,
station's key, entry. Whether an entry has force is judged by what the directory said before it. One without
force stays in the chain, opens nothing and is told: a single office can hold up nobody's directory.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from window_app.domain import clerk_names
from window_app.domain.events import EventType, canonical_bytes
from window_app.domain.line import DirectoryEntry, directory_bytes

CREDIT = "credit"
OFFICE = "office"
ACTIVE = "active"
_TOKEN_LENGTH = 64
_LONGEST = 200


class CreditStanding(StrEnum):
    """What an entry does: it lists a person for a commitment, or takes that back after repair or objection."""

    LISTED = "listed"
    REPAIRED = "repaired"
    STRUCK = "struck"


DECIDED_BY: Mapping[CreditStanding, str] = {
    CreditStanding.LISTED: EventType.CREDIT_LISTED,
    CreditStanding.REPAIRED: EventType.CREDIT_REPAIRED,
    CreditStanding.STRUCK: EventType.OBJECTION_DECIDED,
}
"""The event by which an office decides what an entry says."""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """An entry of the list. It names nobody: the token is the district's keyed one.

    Attributes:
        entry_id: the same for one deciding event, however often it is handed in.
        commitment_id: the false commitment; what takes an entry back names the same one.
        since: the day of the decision.
        articles: what it rests on, as events name articles.
        key_id: the key of the office's station that signs.
    """

    entry_id: UUID
    standing: CreditStanding
    token: str
    commitment_id: UUID
    event_id: UUID
    since: date
    decision_number: str
    office: str
    key_id: str
    articles: tuple[Mapping[str, Any], ...] = ()

    def content(self) -> bytes:
        """Return what the entry says, as it is signed."""
        return canonical_bytes(
            {
                "entry": CREDIT,
                "id": str(self.entry_id),
                "standing": self.standing.value,
                "token": self.token,
                "commitment": str(self.commitment_id),
                "event": str(self.event_id),
                "since": self.since.isoformat(),
                "decision_number": self.decision_number,
                "office": self.office,
                "key": self.key_id,
                "articles": [dict(one) for one in self.articles],
            }
        )


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who owns a key, as the directory says it so far."""

    public: bytes
    revoked: bool
    kind: str
    office: str
    status: str


def entry_id_for(event_id: UUID) -> UUID:
    """Return the id of the entry that a deciding event calls for."""
    return uuid5(NAMESPACE_OID, f"credit {event_id}")


def is_credit(content: bytes) -> bool:
    """Answer whether a directory entry is one that an office signs, and not the root key."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("entry") == CREDIT


def signed_by_station(content: bytes) -> bool:
    """Answer whether a directory entry is of a kind that stations sign: the list, or the name of a clerk."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("entry") in (CREDIT, clerk_names.CLERK)


def read_entry(content: bytes) -> ListEntry | None:
    """Return what an entry says; None where it is not of the form that this release knows."""
    try:
        said = json.loads(content)
        entry = ListEntry(
            entry_id=UUID(said["id"]),
            standing=CreditStanding(said["standing"]),
            token=_text(said["token"]),
            commitment_id=UUID(said["commitment"]),
            event_id=UUID(said["event"]),
            since=date.fromisoformat(said["since"]),
            decision_number=_text(said["decision_number"]),
            office=_text(said["office"]),
            key_id=_text(said["key"]),
            articles=tuple(dict(one) for one in said["articles"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    whole = len(entry.token) == _TOKEN_LENGTH and entry.entry_id == entry_id_for(entry.event_id)
    return entry if whole and said["entry"] == CREDIT else None


def fault_of(
    entry: DirectoryEntry,
    said: ListEntry | None,
    signatory: Signatory | None,
    listed_by: str | None,
    holds: Callable[[bytes, str, bytes], bool],
) -> str:
    """Return why an entry has no force; "" where it has.

    Args:
        entry: as it stands in the directory.
        said: what it says; None for what cannot be read.
        signatory: the owner of the key that it names, None where the directory names none before it.
        listed_by: the office that listed this commitment before; None for none.
        holds: answers whether a signature (hex) of a public key over bytes holds.
    """
    if said is None:
        return "form"
    if signatory is None:
        return "signer_unknown"
    if signatory.kind != OFFICE:
        return "signer_kind"
    if signatory.revoked or signatory.status != ACTIVE:
        return "signer_revoked"
    if signatory.office != said.office or listed_by not in (None, said.office):
        return "other_office"
    if said.standing is not CreditStanding.LISTED and listed_by is None:
        return "not_listed"
    signed = directory_bytes(entry.dseq, entry.previous, entry.content)
    return "" if holds(signatory.public, entry.signature, signed) else "signature"


@dataclass
class DirectoryReading:
    """What the directory said so far of keys, stations and the list, to judge the next entry by."""

    keys: dict[str, dict[str, Any]] = field(default_factory=dict)
    stations: dict[str, dict[str, Any]] = field(default_factory=dict)
    listed: dict[UUID, str] = field(default_factory=dict)

    def fault(self, entry: DirectoryEntry, holds: Callable[[bytes, str, bytes], bool]) -> str:
        """Return why a station's entry has no force, "" where it has; what one of the list says then holds."""
        if not is_credit(entry.content):
            named = clerk_names.read_name(entry.content)
            return clerk_names.fault_of(entry, named, None if named is None else self._owner(named.key_id), holds)
        said = read_entry(entry.content)
        signatory = None if said is None else self._signatory(said.key_id)
        listed_by = None if said is None else self.listed.get(said.commitment_id)
        found = fault_of(entry, said, signatory, listed_by, holds)
        if not found and said is not None:
            self.listed.setdefault(said.commitment_id, said.office)
        return found

    def note(self, entry: DirectoryEntry) -> None:
        """Take in what an entry of the root key says of keys and stations."""
        try:
            said = json.loads(entry.content)
            if said["entry"] == "key":
                revoked = said["revoked"] or self.keys.get(said["key_id"], {}).get("revoked", False)
                self.keys[said["key_id"]] = {**said, "revoked": revoked}
            elif said["entry"] == "station":
                self.stations[said["station_id"]] = said
        except (ValueError, KeyError, TypeError, RecursionError):
            # Signed, but not of a form that this release knows.
            return

    def _owner(self, key_id: str) -> clerk_names.KeyOwner | None:
        try:
            key = self.keys[key_id]
            status = str(self.stations[key["station_id"]].get("status") or "")
            return clerk_names.KeyOwner(
                bytes.fromhex(key["public"]), bool(key["revoked"]), UUID(key["station_id"]), status
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    def _signatory(self, key_id: str) -> Signatory | None:
        try:
            key = self.keys[key_id]
            station = self.stations[key["station_id"]]
            return Signatory(
                bytes.fromhex(key["public"]),
                bool(key["revoked"]),
                str(station["kind"]),
                str(station.get("office") or ""),
                str(station.get("status") or ""),
            )
        except (ValueError, KeyError, TypeError):
            return None


def _text(value: object) -> str:
    if not isinstance(value, str) or not value or len(value) > _LONGEST:
        raise ValueError("text")
    return value
