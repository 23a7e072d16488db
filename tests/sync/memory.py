"""A centre in this process: small, honest, and spoilt on demand. The real one is PostgreSQL's, in the tests beside."""

import json
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import datetime, timedelta
from functools import reduce
from hashlib import sha256
from operator import xor
from uuid import UUID, uuid4

from tests.sync.signed import FEED, entries

from window_app.clock import SystemClock
from window_app.domain.attachments import HandingState, PieceAnswer
from window_app.domain.line import (
    DIRECTORY,
    Checkpoint,
    Cursor,
    DirectoryEntry,
    Greeting,
    NewIdentity,
    OwnBatch,
    Page,
    PulledEvent,
    PushAnswer,
    PushCode,
    Rewound,
    SignedBatch,
    StationCount,
    place_mark,
)

EPOCH = "epoch-1"


def key_entry(station_id: UUID, key_id: str, public: bytes) -> tuple[bytes, bytes]:
    """The two entries that make a station known, as `central enrol` writes them."""
    station = {"entry": "station", "station_id": str(station_id), "kind": "counter", "name": "", "hall": "",
               "office": None, "issue_code": "A1C2", "status": "active"}  # fmt: skip
    key = {"entry": "key", "key_id": key_id, "public": public.hex(), "station_id": str(station_id),
           "valid_from": None, "valid_until": None, "revoked": False}  # fmt: skip
    return json.dumps(station).encode(), json.dumps(key).encode()


class MemoryCentre:
    """Implements `domain.line.Centre` for one station at a time over lists.

    Attributes:
        before: called with the name of each call before it does anything; raises or waits to spoil it.
        after: the same, once the call has had its effect and before it answers.
    """

    def __init__(self, station_id: UUID, directory: Sequence[bytes] = ()) -> None:
        self.station_id = station_id
        self.now: Callable[[], datetime] = SystemClock().now
        self.before: Callable[[str], None] = lambda _: None
        self.after: Callable[[str], None] = lambda _: None
        self.calls: list[str] = []
        self.closed = 0
        self.active = True
        self.directory: tuple[DirectoryEntry, ...] = entries(*directory)
        self.held: dict[UUID, list[PulledEvent]] = {}
        self.feed: list[PulledEvent] = []
        self.batches: list[SignedBatch] = []
        self.start: Checkpoint | None = None
        self.sets: dict[str, bytes] = {}
        self.pieces: dict[tuple[str, int], bytes] = {}
        self.identity = NewIdentity(uuid4(), "A1C3", b"n" * 32)
        self.offset = timedelta()

    def hello(self) -> Greeting:
        self._do("hello")
        acked = len(self.held.get(self.station_id, ()))
        return Greeting(self.now() + self.offset, EPOCH, (FEED,), self.active, 7, acked)

    def push(self, batch: OwnBatch, key_id: str, signature: str) -> PushAnswer:
        self._do("push")
        if not self.active:
            return PushAnswer(PushCode.QUARANTINED, 0, EPOCH)
        held = self.held.setdefault(batch.station_id, [])
        if batch.first_lseq > len(held) + 1:
            return PushAnswer(PushCode.GAP, len(held), EPOCH)
        overlap = [event for event in batch.events if event.lseq <= len(held)]
        if any(held[event.lseq - 1].link != event.link for event in overlap):
            return PushAnswer(PushCode.FORK, len(held), EPOCH)
        before = held[batch.first_lseq - 2].link if batch.first_lseq > 1 else ""
        if before != batch.previous:
            return PushAnswer(PushCode.FORK, len(held), EPOCH)
        links = tuple(event.link for event in batch.events)
        for at, event in enumerate(batch.events[len(overlap) :], len(overlap)):
            previous = links[at - 1] if at else batch.previous
            made = PulledEvent(
                len(self.feed) + 1, batch.station_id, event.lseq, previous, event.link, event.envelope, event.body
            )
            held.append(made)
            self.feed.append(made)
        if len(overlap) < len(links):
            head = SignedBatch(batch.station_id, batch.first_lseq, batch.previous, links, key_id, signature)
            self.batches.append(head)
        self.after("push")
        return PushAnswer(PushCode.OK, len(held), EPOCH)

    def pull(self, feed: str, cursor: Cursor, limit: int) -> Page:
        self._do("pull")
        if cursor.after > len(self.feed) or (cursor.after and _id(self.feed[cursor.after - 1]) != cursor.witness):
            raise Rewound(feed=feed, after=cursor.after)
        found = tuple(self.feed[cursor.after : cursor.after + limit])
        return Page(feed, cursor.after, len(self.feed), found, self._batches(found))

    def pull_directory(self, after: int, previous: str, limit: int) -> tuple[DirectoryEntry, ...]:
        self._do("pull_directory")
        if after and (after > len(self.directory) or self.directory[after - 1].link != previous):
            raise Rewound(feed=DIRECTORY, after=after)
        return self.directory[after : after + limit]

    def append_credit(self, dseq: int, previous: str, content: bytes, signature: str) -> bool:
        self._do("append_credit")
        last = self.directory[-1] if self.directory else None
        if (dseq, previous) != ((1, "") if last is None else (last.dseq + 1, last.link)):
            return False
        self.directory = (*self.directory, DirectoryEntry(dseq, previous, content, signature))
        self.after("append_credit")
        return True

    def append_clerk(self, dseq: int, previous: str, content: bytes, signature: str) -> bool:
        return self.append_credit(dseq, previous, content, signature)

    def checkpoint(self, feed: str) -> Checkpoint | None:  # noqa: ARG002
        self._do("checkpoint")
        return self.start

    def events_of_cases(self, feed: str, cases: Sequence[UUID]) -> Page:
        self._do("events_of_cases")
        found = tuple(event for event in self.feed if UUID(json.loads(event.envelope)["stream"][1]) in cases)
        return Page(feed, 0, len(self.feed), found, self._batches(found))

    def find_case(self, number: str) -> UUID | None:
        self._do("find_case")
        for event in self.feed:
            said = json.loads(event.envelope)
            if said["facts"].get("number", "").replace("-", "") == number.replace("-", ""):
                return UUID(said["stream"][1])
        return None

    def bodies(self, case_id: UUID, clerk: str, reason: str) -> tuple[tuple[UUID, bytes], ...]:  # noqa: ARG002
        self._do("bodies")
        return ()

    def counts(self, feed: str, upto: int) -> tuple[StationCount, ...] | None:  # noqa: ARG002
        self._do("counts")
        if upto != len(self.feed):
            return None
        return tuple(
            StationCount(station, len(held), held[-1].lseq, held[-1].link, reduce(xor, map(_mark, held)))
            for station, held in self.held.items()
        )

    def find_set(self, content_hash: str) -> bytes | None:
        self._do("find_set")
        return self.sets.get(content_hash)

    def keep_set(self, content_hash: str, content: bytes) -> None:
        self._do("keep_set")
        self.sets[content_hash] = content

    def attachment_states(self, digests: Sequence[str]) -> Mapping[str, HandingState]:
        self._do("attachment_states")
        return {one: self._standing(one) for one in digests if self._pieces_of(one) is not None}

    def held_pieces(self, digest: str) -> tuple[int, ...]:
        self._do("held_pieces")
        return tuple(sorted(number for held, number in self.pieces if held == digest))

    def put_piece(self, digest: str, number: int, content: bytes) -> PieceAnswer:
        self._do("put_piece")
        names = self._pieces_of(digest)
        if names is None:
            return PieceAnswer.UNKNOWN
        if not 0 <= number < len(names) or sha256(content).hexdigest() != names[number]:
            return PieceAnswer.MALFORMED
        self.pieces[digest, number] = content
        self.after("put_piece")
        return PieceAnswer.OK

    def get_piece(self, case_id: UUID, digest: str, number: int, clerk: str, reason: str) -> bytes | None:  # noqa: ARG002
        self._do("get_piece")
        return self.pieces.get((digest, number))

    def renew(self) -> NewIdentity:
        self._do("renew")
        return self.identity

    def as_station(self, station_id: UUID, station_secret: bytes) -> "MemoryCentre":  # noqa: ARG002
        other = copy(self)
        other.station_id = station_id
        return other

    def close(self) -> None:
        self.closed += 1

    def cut_back(self, count: int) -> None:
        """Set the centre back to the first events of its feed, as a restore from a backup does."""
        self.feed = self.feed[:count]
        self.held = {
            station: kept for station, held in self.held.items() if (kept := [one for one in held if one in self.feed])
        }

    def _pieces_of(self, digest: str) -> list[str] | None:
        stated = (one for event in self.feed for one in json.loads(event.envelope).get("attachments") or ())
        return next((one[3] for one in stated if one[0] == digest), None)

    def _standing(self, digest: str) -> HandingState:
        names = self._pieces_of(digest) or ()
        whole = all((digest, number) in self.pieces for number in range(len(names)))
        return HandingState.WHOLE if whole else HandingState.OPEN

    def _batches(self, found: tuple[PulledEvent, ...]) -> tuple[SignedBatch, ...]:
        links = {event.link for event in found}
        return tuple(batch for batch in self.batches if links & set(batch.links))

    def _do(self, name: str) -> None:
        self.calls.append(name)
        self.before(name)


def _mark(event: PulledEvent) -> int:
    return place_mark(_id(event).bytes, event.fseq)


def _id(event: PulledEvent) -> UUID:
    return UUID(json.loads(event.envelope)["event"])
