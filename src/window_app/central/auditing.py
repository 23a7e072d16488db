"""The audit: everything that can be recomputed is, from the stored bytes up to the root key."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from window_app.central.auditing_pieces import check_pieces
from window_app.central.connecting import Connection, as_administrator
from window_app.central.directory import check_directory, read_directory
from window_app.central.reading import entries_of
from window_app.domain.credit_list import is_credit
from window_app.domain.events import chain_hash, digest
from window_app.domain.line import SignedBatch, place_mark

_LINK = 32
_MOST_TOLD = 100
_PORTION = 500
_BATCHES = (
    "SELECT station_id, first_lseq, previous, links, key_id, signature FROM centre.batch"
    " ORDER BY station_id, first_lseq, last_lseq"
)
_EVENTS = (
    "SELECT e.feed_id, e.fseq, e.event_id, e.station_id, e.lseq, e.envelope, b.content"
    " FROM centre.event e LEFT JOIN centre.body b ON b.event_id = e.event_id ORDER BY e.feed_id, e.fseq"
)
_COUNTS = "SELECT feed_id, station_id, events, last_lseq, last_link, places FROM centre.feed_count"
_HEADS = "SELECT feed_id, head FROM centre.feed"
_STATIONS = "SELECT station_id, last_lseq, last_link FROM centre.station WHERE last_lseq > 0"


@dataclass
class _Findings:
    """What does not fit, counted, and the first of it told."""

    count: int = 0
    told: list[dict[str, Any]] = field(default_factory=list)

    def add(self, fault: str, **where: object) -> None:
        self.count += 1
        if len(self.told) < _MOST_TOLD:
            self.told.append({"fault": fault, **where})


@dataclass
class _Chain:
    """A station's chain as its signed batches give it: the link at each place, "" before the first."""

    links: dict[int, str] = field(default_factory=lambda: {0: ""})


def audit(connection: Connection, root_key: bytes) -> dict[str, Any]:
    """Recompute digests, chains, density, counts and signatures of a centre; `ok` where all fits."""
    as_administrator(connection)
    findings = _Findings()
    entries = read_directory(connection)
    checked = check_directory(entries, root_key)
    if checked.broken is not None:
        findings.add("directory", dseq=checked.broken)
    for dseq, part in checked.without_force.items():
        findings.add("credit" if is_credit(entries[dseq - 1].content) else "clerk", dseq=dseq, part=part)
    keys = {
        key_id: Ed25519PublicKey.from_public_bytes(bytes.fromhex(said["public"]))
        for key_id, said in entries_of(entries[: checked.sound], "key", "key_id").items()
    }
    chains, batches = _read_batches(connection, keys, findings)
    _check_ends(connection, chains, findings)
    events = _check_events(connection, chains, findings)
    files = check_pieces(connection, findings.add)
    return {
        "ok": findings.count == 0,
        "directory": len(entries),
        "stations": len(chains),
        "batches": batches,
        "events": events,
        **files,
        "faults": findings.count,
        "first_faults": findings.told,
    }


def _read_batches(
    connection: Connection, keys: dict[str, Ed25519PublicKey], findings: _Findings
) -> tuple[dict[UUID, _Chain], int]:
    chains: dict[UUID, _Chain] = {}
    count = 0
    for station, first, previous, links, key_id, signature in _streamed(connection, _BATCHES):
        count += 1
        parts = tuple(links[at : at + _LINK].hex() for at in range(0, len(links), _LINK))
        batch = SignedBatch(station, first, previous.hex(), parts, key_id, signature)
        if not _is_signed(batch, keys):
            findings.add("signature", station=str(station), lseq=first)
        known = chains.setdefault(station, _Chain()).links
        if known.get(first - 1) != batch.previous:
            findings.add("chain", station=str(station), lseq=first)
        for lseq, link in enumerate(parts, start=first):
            if known.setdefault(lseq, link) != link:
                findings.add("fork", station=str(station), lseq=lseq)
    return chains, count


def _check_ends(connection: Connection, chains: dict[UUID, _Chain], findings: _Findings) -> None:
    for station, lseq, link in connection.execute(_STATIONS.encode()):
        chain = chains.get(station, _Chain())
        if chain.links.get(lseq) != link.hex() or len(chain.links) != lseq + 1:
            findings.add("end", station=str(station), lseq=lseq)


def _check_events(connection: Connection, chains: dict[UUID, _Chain], findings: _Findings) -> int:
    heads: dict[str, int] = {}
    counts: dict[tuple[str, UUID], tuple[int, int, str, int]] = {}
    total = 0
    for feed, fseq, event_id, station, lseq, envelope, body in _streamed(connection, _EVENTS):
        total += 1
        if fseq != heads.get(feed, 0) + 1:
            findings.add("dense", feed=feed, fseq=fseq)
        heads[feed] = fseq
        links = chains.get(station, _Chain()).links
        fault = _fault(event_id, station, lseq, envelope, body, links)
        if fault is not None:
            findings.add(fault, feed=feed, fseq=fseq)
        events, _, _, places = counts.get((feed, station), (0, 0, "", 0))
        counts[feed, station] = (events + 1, lseq, links.get(lseq, ""), places ^ place_mark(event_id.bytes, fseq))
    if heads != {feed: head for feed, head in connection.execute(_HEADS.encode()) if head}:
        findings.add("heads")
    stated = {(row[0], row[1]): (row[2], row[3], row[4].hex(), row[5]) for row in connection.execute(_COUNTS.encode())}
    for feed, station in stated.keys() ^ counts.keys() | {one for one in counts if stated.get(one) != counts[one]}:
        findings.add("count", feed=feed, station=str(station))
    return total


def _fault(
    event_id: UUID, station: UUID, lseq: int, envelope: bytes, body: bytes | None, links: dict[int, str]
) -> str | None:
    if chain_hash(links.get(lseq - 1, "?"), envelope) != links.get(lseq):
        return "link"
    try:
        said = json.loads(envelope)
        if (said["event"], said["station"], said["lseq"]) != (str(event_id), str(station), lseq):
            return "envelope"
        return "body" if body is not None and digest(body) != said["body"] else None
    except (ValueError, KeyError, TypeError):
        return "envelope"


def _is_signed(batch: SignedBatch, keys: dict[str, Ed25519PublicKey]) -> bool:
    key = keys.get(batch.key_id)
    if key is None:
        return False
    try:
        key.verify(bytes.fromhex(batch.signature), batch.signed_bytes)
    except (InvalidSignature, ValueError):
        return False
    return True


def _streamed(connection: Connection, question: str) -> Iterator[Any]:
    """Return rows in portions, so that a centre of any size can be audited."""
    with connection.cursor(name="audit") as cursor:
        cursor.itersize = _PORTION
        cursor.execute(question.encode())
        yield from cursor
