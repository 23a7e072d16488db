"""An event of a page as the tables take it: parsed once, or known to be unreadable."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from window_app.domain.events import ActorKind, Confidentiality, Event, EventType, StreamKind, digest
from window_app.domain.line import PulledEvent
from window_app.storage import envelopes
from window_app.storage.authors import Authors
from window_app.storage.engine import Row

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_KINDS = frozenset(kind.value for kind in StreamKind)
_CLASSES = frozenset(one.value for one in Confidentiality)
_ACTORS = frozenset(kind.value for kind in ActorKind)
_EVENT_ID = re.compile(rb'"event"\s*:\s*"([0-9a-fA-F-]{36})"')
_LARGEST_VERSION = 1 << 31
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)


def _canonical() -> re.Pattern[str]:
    """Return the form in which stations write an envelope whose facts are no deeper than a list of flat records.

    What has it can be taken into the tables without being parsed as JSON: it is as sound as what
    `_check` lets through. It says less than `_check`; the rest goes the long way.
    """
    text = r'"[^"\\\x00-\x1f]*"'
    texts = rf"\[(?:{text}(?:,{text})*+)?\]"
    plain = rf"(?:{text}|true|false|null|0|-?[1-9][0-9]{{0,14}}|{texts})"
    flat = rf"\{{(?:{text}:{plain}(?:,{text}:{plain})*+)?\}}"
    value = rf"(?:{plain}|{flat}|\[{flat}(?:,{flat})*+\])"
    facts = rf"\{{(?:{text}:{value}(?:,{text}:{value})*+)?\}}"
    uuid = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    return re.compile(
        rf'\{{"actor":\["(?:{"|".join(sorted(_ACTORS))})",{text}\],"at":"([0-9T:.+-]{{25,32}})","attachments":\[\],'
        rf'"base":\{{\}},"body":"([0-9a-f]{{64}})","class":"(?:{"|".join(sorted(_CLASSES))})",'
        rf'"critical":(?:true|false),"event":"({uuid})","facts":{facts},"format":1,"lseq":([1-9][0-9]{{0,14}}),'
        rf'"offset_ms":(?:null|0|-?[1-9][0-9]{{0,14}}),"readers":{texts},"station":"({uuid})",'
        rf'"stream":\["({"|".join(sorted(_KINDS))})","({uuid})"\],"tokens":{texts},'
        r'"type":"([A-Za-z]+)","version":(0|[1-9][0-9]{0,8})\}'
    )


_CANONICAL = _canonical()
_HASH = re.compile(r"[0-9a-f]{64}")
_NAMED_SET = re.compile(r'"definition_set":"([0-9a-f]{64})"')
_BEGINS_CASE = f'"type":"{EventType.MATTER_RECEIVED}"'


@dataclass(slots=True)
class Incoming:
    """An event of a page that the tables can take; what its facts say is parsed only where it is asked for."""

    pulled: PulledEvent
    event_id: bytes
    stream_kind: str
    stream_id: bytes
    type: str
    version: int
    occurred_at: int
    body_digest: bytes
    definition_set: str | None = None
    parsed: Mapping[str, Any] | None = None

    @property
    def key(self) -> tuple[bytes, bytes]:
        """Return what tells it from every other event."""
        return self.stream_id, self.event_id

    @property
    def concerns_case(self) -> bool:
        """Answer whether it is about a case."""
        return self.stream_kind == StreamKind.CASE or self.type == EventType.MATTER_RECEIVED

    def row(self, position: int, lseq: int | None, feed: str | None, fseq: int | None) -> Row:
        """Return it in the order of the event table's columns."""
        pulled = self.pulled
        return (
            position,
            self.event_id,
            self.stream_kind,
            self.stream_id,
            self.type,
            self.version,
            pulled.station_id.bytes,
            lseq,
            feed,
            fseq,
            self.occurred_at,
            bytes.fromhex(pulled.link),
            self.body_digest,
            pulled.envelope,
        )

    def event(self, body: bytes | None, authors: Authors) -> Event:
        """Return it as the fold takes it."""
        pulled = self.pulled
        said = self.parsed if self.parsed is not None else envelopes.strictly(pulled.envelope)
        return envelopes.event_of(said, pulled.envelope, bytes.fromhex(pulled.link), body, pulled.fseq, authors.seat_of)


def read(pulled: PulledEvent) -> Incoming | None:
    """Return what a page brought, or None where this program cannot read it."""
    try:
        text = pulled.envelope.decode("utf-8")
        # What begins a case is needed whole anyway.
        found = None if _BEGINS_CASE in text else _CANONICAL.fullmatch(text)
        return _parsed(pulled) if found is None else _matched(pulled, found)
    except UNREADABLE:
        return None


def _matched(pulled: PulledEvent, found: re.Match[str]) -> Incoming:
    at, body, event, lseq, station, kind, stream, named, version = found.groups()
    if int(lseq) != pulled.lseq or int(station.replace("-", ""), 16) != pulled.station_id.int:
        raise ValueError("another event's envelope")
    names = _NAMED_SET.search(found.string)
    return Incoming(
        pulled,
        bytes.fromhex(event.replace("-", "")),
        kind,
        bytes.fromhex(stream.replace("-", "")),
        named,
        int(version),
        _moment(at),
        bytes.fromhex(body),
        None if names is None else names[1],
    )


def _parsed(pulled: PulledEvent) -> Incoming:
    said = envelopes.strictly(pulled.envelope)
    _check(said, pulled)
    kind, stream = said["stream"]
    named = said["facts"].get("definition_set")
    return Incoming(
        pulled,
        _id(said["event"]),
        kind,
        _id(stream),
        said["type"],
        said["version"],
        _moment(said["at"]),
        _digest(said["body"]),
        named if isinstance(named, str) and _HASH.fullmatch(named) else None,
        said,
    )


def _moment(text: str) -> int:
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
        and said["station"] == str(pulled.station_id)
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
        and all([len(_id(setter)) for setter in said["base"].values()])
        and all([_attached(one) for one in said.get("attachments") or ()])
    )


def _attached(said: Any) -> bool:  # noqa: ANN401 # JSON is anything
    file_digest, size, media_type, pieces = said
    return type(file_digest) is str and type(size) is int and type(media_type) is str and _strings(pieces)


def _strings(value: Any) -> bool:  # noqa: ANN401 # JSON is anything
    return type(value) is list and all([type(one) is str for one in value])


def _id(text: str) -> bytes:
    found = bytes.fromhex(text.replace("-", ""))
    if len(found) != 16 or len(text) != 36:
        raise ValueError("no id")
    return found


def _digest(text: str) -> bytes:
    found = bytes.fromhex(text)
    if len(found) != 32:
        raise ValueError("no digest")
    return found
