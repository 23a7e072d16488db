"""Feeds as the centre hands them out, made and signed in memory: what the checks must pass or stop."""

import json
from dataclasses import replace
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from window_app.domain.enrolment import key_id_of
from window_app.domain.events import canonical_bytes, chain_hash, digest
from window_app.domain.line import (
    Checkpoint,
    DirectoryEntry,
    Page,
    PulledEvent,
    SignedBatch,
    batch_bytes,
    directory_bytes,
)

FEED = "310101"
ROOT = Ed25519PrivateKey.from_private_bytes(b"r" * 32)
ROOT_KEY = ROOT.public_key().public_bytes_raw()


class Author:
    """A station that seals and signs events."""

    def __init__(self, number: int) -> None:
        self.station_id = UUID(int=number)
        self._key = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
        self.public = self._key.public_key().public_bytes_raw()
        self.key_id = key_id_of(self.public)
        self._lseq, self._link = 0, ""

    def seal(self, fseq: int) -> PulledEvent:
        self._lseq += 1
        body = canonical_bytes({"body": {"name": "王小明"}, "salt": f"{fseq:032x}"})
        envelope = canonical_bytes(
            {
                "body": digest(body),
                "event": str(UUID(int=fseq * 1000 + self._lseq)),
                "lseq": self._lseq,
                "station": str(self.station_id),
            }
        )
        previous, self._link = self._link, chain_hash(self._link, envelope)
        return PulledEvent(fseq, self.station_id, self._lseq, previous, self._link, envelope, body)

    def batch(self, *events: PulledEvent) -> SignedBatch:
        links = tuple(event.link for event in events)
        content = batch_bytes(self.station_id, events[0].lseq, events[0].previous, links)
        signature = self._key.sign(content).hex()
        return SignedBatch(self.station_id, events[0].lseq, events[0].previous, links, self.key_id, signature)


def page(*events: PulledEvent, batches: tuple[SignedBatch, ...], after: int = 0, head: int | None = None) -> Page:
    end = after + len(events)
    return Page(FEED, after, end if head is None else head, events, batches)


def entries(*contents: bytes) -> tuple[DirectoryEntry, ...]:
    made: list[DirectoryEntry] = []
    for dseq, content in enumerate(contents, 1):
        previous = made[-1].link if made else ""
        signature = ROOT.sign(directory_bytes(dseq, previous, content)).hex()
        made.append(DirectoryEntry(dseq, previous, content, signature))
    return tuple(made)


def checkpoint(feed: str = FEED, **others: object) -> Checkpoint:
    said = {"feed": feed, "fseq": 7, "open_cases": [str(UUID(int=5))], **others}
    content = json.dumps(said).encode()
    return Checkpoint(content, ROOT.sign(content).hex())


def altered(event: PulledEvent, **changes: object) -> PulledEvent:
    return replace(event, **changes)  # type: ignore[arg-type] # fields by name
