"""An event of a page as the tables take it: parsed once, or known to be unreadable."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec

from window_app.domain.events import ActorKind, Confidentiality, Event, EventType, StreamKind, digest
from window_app.domain.line import PulledEvent, place_mark
from window_app.storage import envelopes
from window_app.storage.authors import Authors
from window_app.storage.case_rows import CaseColumns, row_of_receiving
from window_app.storage.engine import Row
from window_app.storage.envelopes import Envelope

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_KINDS = frozenset(kind.value for kind in StreamKind)
_CLASSES = frozenset(one.value for one in Confidentiality)
_ACTORS = frozenset(kind.value for kind in ActorKind)
_EVENT_ID = re.compile(rb'"event"\s*:\s*"([0-9a-fA-F-]{36})"')
_LARGEST_VERSION = 1 << 31
_CASE = StreamKind.CASE.value
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
_HASH = re.compile(r"[0-9a-f]{64}")


class Incoming(msgspec.Struct, gc=False):
    """An event of a page that the tables can take.

    Attributes:
        told: its id, kind of stream, stream, type, version and station as the table keeps them, bound already.
        begun: the row of the case that it begins, as long as a station other than its author's knows nothing else of
            it; None where it begins none, or brings a body.
    """

    pulled: PulledEvent
    link: bytearray
    event_id: bytes
    stream_kind: str
    stream_id: bytes
    type: str
    told: tuple[bytearray, str, bytearray, str, int, bytearray]
    occurred_at: int
    body_digest: bytearray
    definition_set: str | None
    said: Envelope
    begun: CaseColumns | None = None

    @property
    def station(self) -> bytes:
        """Return the id of its author."""
        return bytes(self.told[-1])

    @property
    def key(self) -> tuple[bytes, bytes]:
        """Return what tells it from every other event."""
        return self.stream_id, self.event_id

    @property
    def concerns_case(self) -> bool:
        """Answer whether it is about a case."""
        return self.stream_kind == _CASE or self.type == EventType.MATTER_RECEIVED

    def row(self, position: int, lseq: int | None, feed: str | None, fseq: int | None) -> Row:
        """Return it in the order of the event table's columns, bound already (`Database.run_packed`)."""
        envelope = bytearray(self.pulled.envelope)
        return (position, *self.told, lseq, feed, fseq, self.occurred_at, self.link, self.body_digest, envelope)

    def event(self, body: bytes | None, authors: Authors) -> Event:
        """Return it as the fold takes it."""
        pulled = self.pulled
        return envelopes.event_of(self.said, pulled.envelope, self.link, body, pulled.fseq, authors.seat_of)

    def foresee(self) -> None:
        """Put the row of the case together that this receiving begins; who writes it knows whether it is all of it."""
        if self.stream_kind != _CASE or self.pulled.body is not None:
            return
        try:
            self.begun = row_of_receiving(self.said)
        except UNREADABLE:
            return  # told where it is written


def read(pulled: PulledEvent) -> Incoming | None:
    """Return what a page brought, or None where this program cannot read it."""
    try:
        # An escape can stand for what no table takes.
        said = None if b"\\" in pulled.envelope else envelopes.typed(pulled.envelope)
        return _parsed(pulled) if said is None or said.lseq != pulled.lseq else _incoming(pulled, said)
    except UNREADABLE:
        return None


@dataclass(frozen=True, slots=True)
class Understood:
    """The events of a page as read, in their order.

    Attributes:
        events: None for what this program cannot read.
        ids: what they are called; None where an envelope gives no id.
        marks: of their places in the feed.
    """

    events: tuple[Incoming | None, ...]
    ids: tuple[bytes | None, ...]
    marks: tuple[int, ...]

    @classmethod
    def of(cls, events: Sequence[PulledEvent]) -> "Understood":
        """Read events, and put the rows of the cases together that begin among them."""
        understood = tuple([read(event) for event in events])
        for one in understood:
            if one is not None and one.type == EventType.MATTER_RECEIVED:
                one.foresee()
        pairs = zip(events, understood, strict=True)
        ids = tuple([event_id_in(event.envelope) if one is None else one.event_id for event, one in pairs])
        marks = tuple([place_mark(name or b"", event.fseq) for name, event in zip(ids, events, strict=True)])
        return cls(understood, ids, marks)

    def behind(self, events: Sequence[PulledEvent]) -> "Understood":
        """Return the last ones, as many as there are events behind the cursor."""
        first = len(self.events) - len(events)
        return Understood(self.events[first:], self.ids[first:], self.marks[first:]) if first else self


def _incoming(pulled: PulledEvent, said: Envelope) -> Incoming:
    author, station = _station(said.station)
    if author != pulled.station_id.int:
        raise ValueError("of another station than the one that signed it")
    kind, stream = said.stream
    event_id, stream_id = said.event.int.to_bytes(16, "big"), stream.int.to_bytes(16, "big")
    named = said.facts.get("definition_set")
    # What the driver binds as it is, and straight from a number what an id gives only by a call.
    return Incoming(
        pulled,
        bytearray.fromhex(pulled.link),
        event_id,
        kind,
        stream_id,
        said.type,
        (bytearray(event_id), kind, bytearray(stream_id), said.type, said.version, station),
        _moment(said.at),
        _digest(said.body),
        _definition_set(named) if isinstance(named, str) else None,
        said,
    )


@lru_cache(maxsize=64)
def _station(text: str) -> tuple[int, bytearray]:
    """Return an author's id as a number and as it is bound; nobody changes it."""
    author = envelopes.station_of(text)
    return author.int, bytearray(author.bytes)


@lru_cache(maxsize=64)
def _definition_set(named: str) -> str | None:
    return named if _HASH.fullmatch(named) else None


def _parsed(pulled: PulledEvent) -> Incoming:
    said = envelopes.completed(envelopes.strictly(pulled.envelope))
    _check(said, pulled)
    return _incoming(pulled, Envelope.of(said))


@lru_cache(maxsize=256)
def _moment(text: str) -> int:
    """Return microseconds since 1970; the events of one transaction share their time."""
    return (datetime.fromisoformat(text) - _EPOCH) // _MICROSECOND


def fitting_body(incoming: Incoming) -> bytes | None:
    """Return the body that came, if it is the one that the envelope names and can be read."""
    body = incoming.pulled.body
    return body if body is not None and fits(body, incoming.body_digest.hex()) else None


def fits(body: bytes, body_digest: str) -> bool:
    """Answer whether a body is the one that a digest names, and can be read."""
    if digest(body) != body_digest:
        return False
    try:
        return isinstance(envelopes.strictly(body)["body"], dict)
    except UNREADABLE:
        return False


def event_id_in(envelope: bytes) -> bytes | None:
    """Return the id that stands in an envelope, even where nothing else of it can be read."""
    try:
        return _id(envelopes.strictly(envelope)["event"])
    except UNREADABLE:
        pass
    found = _EVENT_ID.search(envelope)
    try:
        return None if found is None else _id(found[1].decode("ascii"))
    except ValueError:
        return None


def _check(said: Any, pulled: PulledEvent) -> None:  # noqa: ANN401 # JSON is anything
    """Check what no reading of the event would trip over today, but one of tomorrow might."""
    version, kind = said["version"], said["stream"][0]
    sound = (
        said["lseq"] == pulled.lseq
        and kind in _KINDS
        and said["class"] in _CLASSES
        and said["actor"][0] in _ACTORS
        and type(version) is int
        and 0 <= version < _LARGEST_VERSION
    )
    if not (sound and _well_typed(said)):
        raise ValueError("no envelope that this release can read")


def _well_typed(said: Mapping[str, Any]) -> bool:
    offset = said["offset_ms"]
    return (
        type(said["facts"]) is dict
        and type(said["base"]) is dict
        and type(said["type"]) is str
        and type(said["actor"][1]) is str
        and type(said["critical"]) is bool
        and (offset is None or type(offset) is int)
        and _strings(said["readers"])
        and _strings(said["tokens"])
        and all([_attached(one) for one in said["attachments"] or ()])
    )


def _attached(said: Any) -> bool:  # noqa: ANN401 # JSON is anything
    file_digest, size, media_type, pieces = said
    return type(file_digest) is str and type(size) is int and type(media_type) is str and _strings(pieces)


def _strings(value: Any) -> bool:  # noqa: ANN401 # JSON is anything
    return type(value) is list and all([type(one) is str for one in value])


def _id(text: str) -> bytes:
    return UUID(text).bytes


def _digest(text: str) -> bytearray:
    found = bytearray.fromhex(text)
    if len(found) != 32:
        raise ValueError("no digest")
    return found
