"""Whether the store still holds what was written: pages, tables, references and the chain of events."""

from collections.abc import Iterator
from datetime import datetime

from window_app.domain.events import chain_hash, digest
from window_app.domain.ports import Station
from window_app.storage import attachments, event_log
from window_app.storage.engine import Database
from window_app.storage.failures import StoreDamaged
from window_app.storage.station_state import read_head
from window_app.storage.vault import Vault

QUICK_LIMIT = 16 * 1024 * 1024
"""Files up to this size are checked page by page at every opening; it takes less than 0.1 s."""


def check_pages(database: Database) -> None:
    """Check the seal of every page of a small file.

    Raises:
        StoreDamaged: a page is not what was written.
    """
    if database.path.stat().st_size > QUICK_LIMIT:
        return
    if database.pragma("cipher_integrity_check"):
        raise StoreDamaged(part=database.path.name)


def findings(database: Database, station: Station, vault: Vault, now: datetime) -> Iterator[str]:
    """Yield what is wrong, in words for support; nothing where all is well."""
    broken = [str(row[0]) for row in database.pragma("cipher_integrity_check")]
    if broken:
        # What lies on broken pages cannot be asked any further.
        yield from (f"cipher_integrity_check: {finding}" for finding in broken)
        return
    for pragma in ("integrity_check", "foreign_key_check"):
        for row in database.pragma(pragma):
            if row != ("ok",):
                yield f"{pragma}: {' '.join(str(part) for part in row)}"
    yield from _chain_findings(database, station)
    yield from piece_findings(database, vault, now)


def piece_findings(database: Database, vault: Vault, now: datetime) -> Iterator[str]:
    """Yield which sealed pieces are not there, are not what was written, or belong to nothing, file by file.

    A file that was given up here, or fetched in part, lacks nothing. What nothing names is told once it is old
    enough not to be on its way into a draft at another window of this store.
    """
    for file, where in attachments.kept(database):
        damaged = sum(vault.there(name) and vault.read(name) is None for name in file.pieces)
        lacking = 0 if where is attachments.Kept.FETCHED else len(vault.lacking(file))
        told = f"{file.digest[:16]} ({where.value})"
        if lacking:
            yield f"attachments: {lacking} of {len(file.pieces)} pieces of {told} are missing"
        if damaged:
            yield f"attachments: {damaged} of {len(file.pieces)} pieces of {told} are not what was written"
    orphans = vault.stale(attachments.wanted(database), now)
    if orphans:
        yield f"attachments: {orphans} pieces belong to no file"


def _chain_findings(database: Database, station: Station) -> Iterator[str]:
    link, expected = "", 1
    for lseq, envelope, stored, body_digest, body in event_log.own_chain(database, station.station_id):
        if lseq != expected:
            yield f"chain: event {expected} is missing"
        link = chain_hash(link, envelope)
        if link != stored.hex():
            yield f"chain: event {lseq} does not fit its predecessor"
            link = stored.hex()
        if body is not None and digest(body) != body_digest.hex():
            yield f"chain: the body of event {lseq} was changed"
        expected = lseq + 1
    head = read_head(database)
    if (head.lseq, head.chain) != (expected - 1, link):
        yield f"chain: its end is noted as {head.lseq}, found {expected - 1}"
