"""The list of false commitments in this store: taken from the directory, checked entry by entry; what waits for it."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import bindparam, delete, insert, select, text

from window_app.domain.credit_list import (
    DECIDED_BY,
    CreditStanding,
    ListEntry,
    Signatory,
    entry_id_for,
    fault_of,
    read_entry,
)
from window_app.domain.line import DirectoryEntry
from window_app.storage.authors import Own
from window_app.storage.credit_schema import credit_list_table
from window_app.storage.engine import Database, Statement
from window_app.storage.schema import event_table, known_key_table, known_station_table

_L, _E, _K, _S = credit_list_table.c, event_table.c, known_key_table.c, known_station_table.c
_SOUND = _L.fault == text("''")
_INSERT = Statement(
    insert(credit_list_table).values({column.name: bindparam(column.name) for column in credit_list_table.columns})
)
CLEAR = Statement(delete(credit_list_table))
_SIGNATORY = Statement(
    select(_K.public, _K.revoked, _S.kind, _S.office, _S.status).where(
        _K.key_id == bindparam("key"), _S.station_id == _K.station_id
    )
)
_LISTED_BY = Statement(
    select(_L.office).where(_L.commitment_id == bindparam("commitment"), _SOUND).order_by(_L.dseq).limit(1)
)
_HANDED_IN = select(_L.dseq).where(_L.event_id == _E.event_id).exists()
_WAITING = Statement(
    select(_E.station_id, _E.envelope)
    .where(
        text("event.type IN ('CreditListed', 'CreditRepaired', 'ObjectionDecided')"),
        _E.fseq.is_not(None),
        ~_HANDED_IN,
    )
    .order_by(_E.position)
)
_STANDINGS = {kind: standing for standing, kind in DECIDED_BY.items()}


def apply(database: Database, entry: DirectoryEntry) -> str:
    """Take an entry of the list into the table; return why it has no force, "" where it has."""
    said = read_entry(entry.content)
    signatory = None if said is None else _signatory(database, said.key_id)
    listed_by = None if said is None else _listed_by(database, said.commitment_id)
    fault = fault_of(entry, said, signatory, listed_by, holds)
    commitment, event_id = (None, None) if said is None else (said.commitment_id.bytes, said.event_id.bytes)
    token, office = ("", "") if said is None else (said.token, said.office)
    database.run_rows(_INSERT, [(entry.dseq, token, commitment, event_id, office, fault)])
    return fault


def waiting(database: Database, own: Own, key_id: str) -> tuple[ListEntry, ...]:
    """Return what this office decided about the list, the centre holds as event, and the directory not as entry."""
    if not own.office:
        return ()
    return tuple(_decided(database, own, key_id))


def _decided(database: Database, own: Own, key_id: str) -> Iterator[ListEntry]:
    for station, envelope in database.rows(_WAITING):
        if UUID(bytes=station) not in own.ids:
            continue
        said = json.loads(envelope)
        entry = _entry(said, own.office or "", key_id)
        if entry is not None:
            yield entry


def _entry(said: dict[str, Any], office: str, key_id: str) -> ListEntry | None:
    """Return the entry that an event calls for; None for an objection that was not upheld."""
    facts, standing = said["facts"], _STANDINGS[said["type"]]
    if standing is CreditStanding.STRUCK and facts.get("result") != CreditStanding.STRUCK.value:
        return None
    try:
        event_id = UUID(said["event"])
        return ListEntry(
            entry_id=entry_id_for(event_id),
            standing=standing,
            token=said["tokens"][0],
            commitment_id=UUID(facts["commitment"]),
            event_id=event_id,
            since=date.fromisoformat(facts["since"]),
            decision_number=facts["decision_number"],
            office=office,
            key_id=key_id,
            articles=tuple(facts.get("articles") or ()),
        )
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def _signatory(database: Database, key_id: str) -> Signatory | None:
    row = database.one(_SIGNATORY, {"key": key_id})
    if row is None:
        return None
    public, revoked, kind, office, status = row
    return Signatory(bytes(public), bool(revoked), kind, office, status)


def _listed_by(database: Database, commitment_id: UUID) -> str | None:
    row = database.one(_LISTED_BY, {"commitment": commitment_id.bytes})
    return None if row is None else str(row[0])


def holds(public: bytes, signature: str, content: bytes) -> bool:
    """Answer whether a signature (hex) of a public key over bytes holds."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True
