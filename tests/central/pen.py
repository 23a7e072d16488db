"""A station's hand: writes events into its chain as storage does, and hands them in."""

import json
import os
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.postgres import CentreDatabase, StationSeat

from window_app.clock import SystemClock
from window_app.domain.events import canonical_bytes, chain_hash, digest
from window_app.domain.ids import new_id
from window_app.domain.line import Centre, Cursor, OwnBatch, PulledEvent, PushAnswer, SealedEvent
from window_app.sync.postgres import PostgresCentre

NOW = SystemClock().now()


@dataclass
class Pen:
    """Holds the chain of one station; a copy of it is a cloned disk."""

    station_id: UUID
    key_id: str
    key: Ed25519PrivateKey
    actor: tuple[str, str] = ("clerk", "0012")
    written: list[SealedEvent] = field(default_factory=list)

    @classmethod
    def of(cls, seat: StationSeat) -> "Pen":
        """Take the pen of an enrolled station."""
        station, secrets = seat.enrolment.station, seat.enrolment.secrets
        actor = ("office", f"{station.office}/0031") if station.office else ("clerk", "0012")
        key = Ed25519PrivateKey.from_private_bytes(secrets.signing_seed)
        return cls(station.station_id, seat.enrolment.signing_key_id, key, actor)

    def copied(self) -> "Pen":
        """Return what a cloned or rolled-back disk goes on with."""
        return Pen(self.station_id, self.key_id, self.key, self.actor, list(self.written))

    @property
    def last(self) -> int:
        """The number of the last event written."""
        return len(self.written)

    def envelope(self, event_type: str, stream: tuple[str, UUID], body: bytes, **said: Any) -> dict[str, Any]:
        """Return what the next envelope says."""
        return {
            "actor": list(self.actor), "at": NOW.isoformat(timespec="microseconds"), "base": {}, "body": digest(body),
            "class": "restricted", "critical": False, "event": str(new_id(NOW)), "facts": {}, "format": 1,
            "lseq": self.last + 1, "offset_ms": None, "readers": [], "station": str(self.station_id),
            "stream": [stream[0], str(stream[1])], "tokens": [], "type": event_type, "version": 1, **said,
        }  # fmt: skip

    def write(self, event_type: str, case_id: UUID | None = None, words: object = None, **said: Any) -> UUID:
        """Write an event on a case (or a visit of its own) and return its id."""
        stream = ("visit", uuid4()) if case_id is None else ("case", case_id)
        body = canonical_bytes({"body": words or {}, "salt": os.urandom(16).hex()})
        envelope = self.envelope(event_type, stream, body, **said)
        self.add(canonical_bytes(envelope), body)
        return UUID(envelope["event"])

    def add(self, envelope: bytes, body: bytes | None) -> None:
        """Put any bytes at the end of the chain."""
        self.written.append(SealedEvent(self.last + 1, envelope, chain_hash(self.link(self.last), envelope), body))

    def receive(self, number: str = "", office: str = "arbitration", **said: Any) -> UUID:
        """Take a matter in and return its case."""
        case_id = uuid4()
        facts = {"number": number or f"310101-{uuid4().hex[:8]}", "matter": "wages", "route": "arbitration",
                 "received_on": "2026-11-20", "due_on": "2026-11-27", "office": office}  # fmt: skip
        facts.update(said.pop("facts", {}))
        words = said.pop("words", {"applicant": {"name": "周小满"}})
        self.write("MatterReceived", case_id, words, facts=facts, readers=[office], **said)
        return case_id

    def link(self, lseq: int) -> str:
        """Return the link at a number; "" before the first."""
        return self.written[lseq - 1].link if lseq else ""

    def batch(self, first: int = 1, last: int | None = None) -> OwnBatch:
        """Return a stretch of the chain."""
        return OwnBatch(self.station_id, self.link(first - 1), tuple(self.written[first - 1 : last]))

    def push(self, centre: Centre, first: int = 1, last: int | None = None) -> PushAnswer:
        """Hand a stretch in, signed."""
        batch = self.batch(first, last)
        return centre.push(batch, self.key_id, self.key.sign(batch.signed_bytes).hex())


class Ends:
    """The ends of the line of a centre's stations, made when asked for and closed together."""

    def __init__(self, centre: CentreDatabase) -> None:
        self._centre = centre
        self._made: list[PostgresCentre] = []
        self._kept: dict[str, PostgresCentre] = {}

    def __enter__(self) -> "Ends":
        return self

    def __exit__(self, *_: object) -> None:
        for end in self._made:
            end.close()

    def __getitem__(self, name: str) -> PostgresCentre:
        if name not in self._kept:
            self._kept[name] = self.new(name)
        return self._kept[name]

    def new(self, name: str, **others: Any) -> PostgresCentre:
        """Return another end of a station."""
        self._made.append(self._centre.stations[name].centre(**others))
        return self._made[-1]

    def pen(self, name: str) -> Pen:
        """Return a fresh pen of a station."""
        return Pen.of(self._centre.stations[name])


def whole(end: Centre, feed: str, limit: int = 500) -> list[PulledEvent]:
    """Return all of a feed, page by page, each held to be dense."""
    found: list[PulledEvent] = []
    while True:
        witness = event_id(found[-1].envelope) if found else None
        page = end.pull(feed, Cursor(len(found), witness), limit)
        assert [event.fseq for event in page.events] == list(range(len(found) + 1, len(found) + 1 + len(page.events)))
        found += page.events
        if len(found) == page.head:
            return found


def event_id(envelope: bytes) -> UUID:
    """Return the id that an envelope names."""
    return UUID(json.loads(envelope)["event"])
