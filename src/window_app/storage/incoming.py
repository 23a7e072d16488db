"""An event of a page as the tables take it: parsed once, or known to be unreadable."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from window_app.domain.cases import CaseState
from window_app.domain.events import ActorKind, Confidentiality, Event, EventType, StreamKind, digest
from window_app.domain.fold import fold_case
from window_app.domain.line import PulledEvent, place_mark
from window_app.storage import envelopes
from window_app.storage.authors import Authors, Seat
from window_app.storage.engine import Row

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_KINDS = frozenset(kind.value for kind in StreamKind)
_CLASSES = frozenset(one.value for one in Confidentiality)
_ACTORS = frozenset(kind.value for kind in ActorKind)
_EVENT_ID = re.compile(rb'"event"\s*:\s*"([0-9a-fA-F-]{36})"')
_LARGEST_VERSION = 1 << 31
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)


def _canonical() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands before and behind the facts of an envelope in the form in which stations write it.

    What has it need not be checked field by field: with facts that are an object it is as sound as what
    `_check` lets through. It says less than `_check`; the rest goes the long way.
    """
    text = r'"[^"\\\x00-\x1f]*"'
    texts = rf"\[(?:{text}(?:,{text})*+)?\]"
    number = r"0|-?[1-9][0-9]{0,14}"
    uuid = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    before = re.compile(
        rf'\{{"actor":\["({"|".join(sorted(_ACTORS))})",({text})\],"at":"([0-9T:.+-]{{25,32}})","attachments":\[\],'
        rf'"base":\{{\}},"body":"([0-9a-f]{{64}})","class":"({"|".join(sorted(_CLASSES))})",'
        rf'"critical":(true|false),"event":"({uuid})","facts":(?=\{{)'
    )
    behind = re.compile(
        rf',"format":1,"lseq":([1-9][0-9]{{0,14}}),"offset_ms":(null|{number}),"readers":({texts}),"station":"({uuid})",'
        rf'"stream":\["({"|".join(sorted(_KINDS))})","({uuid})"\],"tokens":({texts}),'
        r'"type":"([A-Za-z]+)","version":(0|[1-9][0-9]{0,8})\}'
    )
    return before, behind


_BEFORE_FACTS, _BEHIND_FACTS = _canonical()
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(slots=True)
class Incoming:
    """An event of a page that the tables can take; what its facts say is parsed only where it is asked for."""

    pulled: PulledEvent
    station: bytes
    link: bytes
    event_id: bytes
    stream_kind: str
    stream_id: bytes
    type: str
    version: int
    occurred_at: int
    body_digest: bytes
    definition_set: str | None = None
    parsed: Mapping[str, Any] | None = None
    matched: tuple[re.Match[str], Mapping[str, Any], re.Match[str]] | None = None
    foreseen: tuple[Event, CaseState] | None = None

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
        return (
            position,
            self.event_id,
            self.stream_kind,
            self.stream_id,
            self.type,
            self.version,
            self.station,
            lseq,
            feed,
            fseq,
            self.occurred_at,
            self.link,
            self.body_digest,
            self.pulled.envelope,
        )

    def event(self, body: bytes | None, authors: Authors) -> Event:
        """Return it as the fold takes it."""
        if body is None and self.foreseen is not None:
            event = self.foreseen[0]
            if authors.seat_of(event.station_id) == (event.author_kind, event.author_office):
                return event
        return self._event(body, authors.seat_of)

    def foresee(self, seats: Mapping[UUID, Seat]) -> None:
        """Fold a case that begins with this event, as far as what its author was called last still holds.

        Whoever writes it asks whether it does, and whether there is more of the case.
        """
        seat = seats.get(self.pulled.station_id)
        if seat is None or self.type != EventType.MATTER_RECEIVED or self.pulled.body is not None:
            return
        try:
            event = self._event(None, lambda _: seat)
            state = fold_case((event,))
        except UNREADABLE:
            return  # told where it is written
        if state is not None:
            self.foreseen = event, state

    def _event(self, body: bytes | None, seat_of: envelopes.SeatOf) -> Event:
        pulled = self.pulled
        return envelopes.event_of(self._said(), pulled.envelope, self.link, body, pulled.fseq, seat_of)

    def _said(self) -> Mapping[str, Any]:
        if self.parsed is not None or self.matched is None:
            return self.parsed or envelopes.strictly(self.pulled.envelope)
        before, facts, behind = self.matched
        actor_kind, actor, at, body, confidentiality, critical, event = before.groups()
        lseq, offset, readers, station, kind, stream, tokens, named, version = behind.groups()
        return {
            "actor": (actor_kind, actor[1:-1]),
            "at": at,
            "attachments": (),
            "base": {},
            "body": body,
            "class": confidentiality,
            "critical": critical == "true",
            "event": event,
            "facts": facts,
            "lseq": int(lseq),
            "offset_ms": None if offset == "null" else int(offset),
            "readers": _listed(readers),
            "station": station,
            "stream": (kind, stream),
            "tokens": _listed(tokens),
            "type": named,
            "version": int(version),
        }


def read(pulled: PulledEvent) -> Incoming | None:
    """Return what a page brought, or None where this program cannot read it."""
    try:
        text = pulled.envelope.decode("utf-8")
        # An escape can stand for what no table takes.
        before = None if "\\" in text else _BEFORE_FACTS.match(text)
        if before is None:
            return _parsed(pulled)
        facts, end = envelopes.value_at(text, before.end())
        behind = _BEHIND_FACTS.fullmatch(text, end)
        return _parsed(pulled) if behind is None else _matched(pulled, before, facts, behind)
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
    def of(cls, events: Sequence[PulledEvent], seats: Mapping[UUID, Seat] | None = None) -> "Understood":
        """Read events; with what stations were called last, fold the cases that begin among them."""
        understood = tuple([read(event) for event in events])
        for one in understood if seats else ():
            if one is not None:
                one.foresee(seats or {})
        pairs = list(zip(events, understood, strict=True))
        ids = tuple([event_id_in(event.envelope) if one is None else one.event_id for event, one in pairs])
        marks = tuple([place_mark(name or b"", event.fseq) for name, event in zip(ids, events, strict=True)])
        return cls(understood, ids, marks)

    def behind(self, events: Sequence[PulledEvent]) -> "Understood":
        """Return the last ones, as many as there are events behind the cursor."""
        first = len(self.events) - len(events)
        return Understood(self.events[first:], self.ids[first:], self.marks[first:]) if first else self


def _matched(pulled: PulledEvent, before: re.Match[str], facts: Mapping[str, Any], behind: re.Match[str]) -> Incoming:
    at, body, event = before.group(3, 4, 7)
    lseq, station, kind, stream, named, version = behind.group(1, 4, 5, 6, 8, 9)
    author = _written(station)
    if int(lseq) != pulled.lseq or int.from_bytes(author, "big") != pulled.station_id.int:
        raise ValueError("another event's envelope")
    return Incoming(
        pulled,
        author,
        bytes.fromhex(pulled.link),
        bytes.fromhex(event.replace("-", "")),
        kind,
        bytes.fromhex(stream.replace("-", "")),
        named,
        int(version),
        _moment(at),
        bytes.fromhex(body),
        _definition_set(facts) if "definition_set" in facts else None,
        None,
        (before, facts, behind),
    )


def _listed(text: str) -> list[str]:
    """Return the texts of a list in which no sign is escaped."""
    return [] if len(text) == 2 else text[2:-2].split('","')


def _definition_set(facts: Mapping[str, Any]) -> str | None:
    named = facts.get("definition_set")
    return named if isinstance(named, str) and _HASH.fullmatch(named) else None


@lru_cache(maxsize=256)
def _written(station: str) -> bytes:
    """Return a station's id; the same few stations come again and again."""
    return _id(station)


def _parsed(pulled: PulledEvent) -> Incoming:
    said = envelopes.strictly(pulled.envelope)
    _check(said, pulled)
    kind, stream = said["stream"]
    return Incoming(
        pulled,
        pulled.station_id.bytes,
        bytes.fromhex(pulled.link),
        _id(said["event"]),
        kind,
        _id(stream),
        said["type"],
        said["version"],
        _moment(said["at"]),
        _digest(said["body"]),
        _definition_set(said["facts"]),
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
