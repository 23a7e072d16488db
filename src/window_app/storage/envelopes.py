"""Events as bytes: sealed once when authored, read back without ever being written anew."""

import json
import math
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from window_app.domain.events import (
    Actor,
    ActorKind,
    Attachment,
    Confidentiality,
    Event,
    NewEvent,
    Stream,
    StreamKind,
    chain_hash,
    digest,
)
from window_app.storage.station_state import Head

_FIRST_FORMAT = 1
SeatOf = Callable[[UUID], tuple[str | None, str | None]]
"""Names the kind and the office of a station as the directory does; None where it does not name it."""
_SALT_BYTES = 16
_CRITICAL = ',"critical":true'
# Looked up at once, where making a member of its value takes a call.
_STREAM_KINDS = {kind.value: kind for kind in StreamKind}
_ACTOR_KINDS = {kind.value: kind for kind in ActorKind}
_CLASSES = {one.value: one for one in Confidentiality}
# Without a check for circles, a third faster; what services state is made of trees.
_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
).encode


class Envelope(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, kw_only=True):
    """What the bytes of an envelope say, part by part, in the order in which they stand there.

    A part that says no more than its value here is not written; each byte of an envelope is hashed, sent,
    encrypted and written at every station of the district. The station stays a text, since the same one
    stands in hundreds in a row: `station_of` reads it once.
    """

    actor: tuple[Literal["clerk", "office", "kiosk", "system"], str]
    at: str
    attachments: tuple[tuple[str, int, str, tuple[str, ...]], ...] = ()
    base: dict[str, UUID] = {}
    body: str
    confidentiality: Literal["open", "restricted", "confidential"] = msgspec.field(name="class")
    critical: bool = False
    event: UUID
    facts: dict[str, Any]
    format: int = _FIRST_FORMAT
    lseq: int
    offset_ms: int | None = None
    readers: tuple[str, ...] = ()
    station: str
    stream: tuple[Literal["visit", "case", "person", "employer", "device", "definition"], UUID]
    tokens: tuple[str, ...] = ()
    type: str
    version: Annotated[int, msgspec.Meta(ge=0, lt=1 << 31)]

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Envelope":
        """Take what other readers of JSON read.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: where a part is missing, or an id is none.
        """
        said = completed(said)
        kind, stream = said["stream"]
        ids: dict[str, Any] = {
            "event": UUID(said["event"]),
            "stream": (kind, UUID(stream)),
            "base": {name: UUID(setter) for name, setter in said["base"].items()},
        }
        others = {name: said[key] for name, key in _KEYS if name not in ids}
        return cls(**others, **ids, attachments=said["attachments"] or ())


_KEYS = tuple([(one.name, one.encode_name) for one in msgspec.structs.fields(Envelope) if one.name != "attachments"])
# What an envelope says by leaving it out.
_UNSAID: Mapping[str, Any] = {
    "attachments": (),
    "base": {},
    "critical": False,
    "format": _FIRST_FORMAT,
    "offset_ms": None,
    "readers": [],
    "tokens": [],
}
_typed = msgspec.json.Decoder(Envelope).decode


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes events of one transaction, where and when; `kind` and `office` are those of the station."""

    actor: Actor
    station_id: UUID
    occurred_at: datetime
    clock_offset_ms: int | None
    kind: str | None = None
    office: str | None = None
    _opening: str = field(init=False)
    _station: str = field(init=False)
    _offset: str = field(init=False)

    def __post_init__(self) -> None:
        """Write once what all envelopes of a transaction share."""
        moment = self.occurred_at.isoformat(timespec="microseconds")
        offset = "" if self.clock_offset_ms is None else f',"offset_ms":{self.clock_offset_ms}'
        object.__setattr__(self, "_opening", f'{{"actor":{_encode([self.actor.kind, self.actor.id])},"at":"{moment}"')
        object.__setattr__(self, "_station", str(self.station_id))
        object.__setattr__(self, "_offset", offset)


def seal(new: NewEvent, author: Author, event_id: UUID, head: Head) -> tuple[Event, bytes]:
    """Return the event with its envelope behind the head of the chain, and the salted bytes of its body.

    Raises:
        ValueError, TypeError: where facts or body hold what JSON cannot carry.
    """
    body = f'{{"body":{_encode(new.body)},"salt":"{os.urandom(_SALT_BYTES).hex()}"}}'.encode()
    body_digest = digest(body)
    envelope = _envelope(new, author, event_id, head.lseq + 1, body_digest)
    event = Event(
        event_id=event_id,
        stream=new.stream,
        type=new.type,
        version=new.version,
        critical=new.critical,
        actor=author.actor,
        station_id=author.station_id,
        lseq=head.lseq + 1,
        occurred_at=author.occurred_at,
        clock_offset_ms=author.clock_offset_ms,
        confidentiality=new.confidentiality,
        readers=new.readers,
        facts=new.facts,
        tokens=new.tokens,
        base=new.base,
        body_digest=body_digest,
        body=new.body,
        envelope_bytes=envelope,
        chain_hash=chain_hash(head.chain, envelope),
        attachments=new.attachments,
        author_kind=author.kind,
        author_office=author.office,
    )
    return event, body


def _envelope(new: NewEvent, author: Author, event_id: UUID, lseq: int, body_digest: str) -> bytes:
    """Return the canonical bytes of an envelope, put together by hand since every receiving waits for it.

    The keys stand in the order of `canonical_bytes`; a test holds both to the same bytes.
    """
    attached = f',"attachments":{_encode([_attachment(one) for one in new.attachments])}' if new.attachments else ""
    base = f',"base":{_encode({name: str(setter) for name, setter in new.base.items()})}' if new.base else ""
    readers = f',"readers":{_encode(new.readers)}' if new.readers else ""
    tokens = f',"tokens":{_encode(new.tokens)}' if new.tokens else ""
    return (
        f'{author._opening}{attached}{base},"body":"{body_digest}","class":"{new.confidentiality.value}"'
        f'{_CRITICAL if new.critical else ""},"event":"{event_id}","facts":{_encode(new.facts) if new.facts else "{}"},'
        f'"lseq":{lseq}{author._offset}{readers},"station":"{author._station}",'
        f'"stream":["{new.stream.kind.value}","{new.stream.id}"]{tokens},'
        f'"type":{_encode(new.type)},"version":{new.version}}}'
    ).encode()


def read(envelope: bytes, link: bytes, body: bytes | None, fseq: int | None, seat_of: SeatOf) -> Event:
    """Return the event of stored bytes; `body` is None where it was erased or never pulled.

    Raises:
        ValueError, KeyError, TypeError: where the bytes are no envelope that this release can read.
    """
    said = typed(envelope) or Envelope.of(json.loads(envelope))
    return event_of(said, envelope, link, body, fseq, seat_of)


def typed(envelope: bytes) -> Envelope | None:
    """Return what an envelope says whose every part has its type; None where any other reading of it must decide.

    What is read here `strictly` reads as well, and alike; this is five times as fast.
    """
    try:
        return _typed(envelope)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def event_of(
    said: Envelope,
    envelope: bytes,
    link: bytes | bytearray,
    body: bytes | None,
    fseq: int | None,
    seat_of: SeatOf,
) -> Event:
    """Return the event that a parsed envelope tells of; `seat_of` says what stations are.

    Raises:
        ValueError: where the station's id is none.
    """
    station = station_of(said.station)
    kind, office = seat_of(station)
    (stream_kind, stream), actor = said.stream, said.actor
    attached = said.attachments
    return Event(
        event_id=said.event,
        stream=Stream(_STREAM_KINDS[stream_kind], stream),
        type=said.type,
        version=said.version,
        critical=said.critical,
        actor=Actor(_ACTOR_KINDS[actor[0]], actor[1]),
        station_id=station,
        lseq=said.lseq,
        occurred_at=datetime.fromisoformat(said.at),
        clock_offset_ms=said.offset_ms,
        confidentiality=_CLASSES[said.confidentiality],
        readers=tuple(said.readers),
        facts=said.facts,
        tokens=tuple(said.tokens),
        base=said.base,
        body_digest=said.body,
        body=None if body is None else read_body(body),
        envelope_bytes=envelope,
        chain_hash=link.hex(),
        fseq=fseq,
        attachments=tuple([_read_attachment(one) for one in attached]) if attached else (),
        author_kind=kind,
        author_office=office,
    )


@lru_cache(maxsize=64)
def station_of(text: str) -> UUID:
    """Return the id of a station as an envelope writes it, the same object for the same text.

    Raises:
        ValueError: it is none.
    """
    return UUID(text)


def resealed(envelope: bytes, station_id: UUID, lseq: int) -> bytes:
    """Return an own envelope as another station's at another place; everything else of it stays as it was."""
    return _encode({**json.loads(envelope), "station": str(station_id), "lseq": lseq}).encode()


def strictly(content: bytes) -> Any:  # noqa: ANN401 # JSON is anything
    """Return what JSON bytes say, if every reader and every table would take it.

    Raises:
        ValueError, RecursionError: where they are not UTF-8, or hold numbers or characters that nobody can keep.
    """
    text = content.decode("utf-8")
    said = _strict.decode(text)
    if "\\u" in text:
        # An escape can stand for half a character, which only shows when it is written again.
        _encode(said).encode()
    return said


def completed(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what JSON says of an envelope, with the parts that it says by leaving them out.

    Raises:
        TypeError: it is no mapping.
    """
    return {**_UNSAID, **said}


def _no_number(name: str) -> None:
    raise ValueError(name)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number beyond all bounds")
    return number


_strict = json.JSONDecoder(parse_float=_finite, parse_constant=_no_number)


def _attachment(one: Attachment) -> list[Any]:
    return [one.digest, one.size, one.media_type, one.pieces]


def _read_attachment(said: Sequence[Any]) -> Attachment:
    file_digest, size, media_type, pieces = said
    return Attachment(file_digest, size, media_type, tuple(pieces))


def read_body(content: bytes) -> Mapping[str, Any]:
    """Return what stored bytes say, without their salt."""
    body: Mapping[str, Any] = json.loads(content)["body"]
    return body
