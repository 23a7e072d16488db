"""Who the persons and employers are, projected from events a little later than these are written.

Every table that a receiving touches costs it pages to encrypt, and nobody asks for a party before the
next visit. So the projection has a place in the events up to which it has come, goes on by itself
once it is far behind, and catches up before anybody asks.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_change

from window_app.domain.events import Event, EventType, StreamKind
from window_app.domain.parties import (
    NUMBER_FIELDS,
    PartyKind,
    PartyState,
    chief,
    fold_merges,
    fold_party,
    groups,
    separated_in,
)
from window_app.domain.tokens import normalised_number
from window_app.storage import party_search
from window_app.storage.authors import Authors, Own
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.envelopes import read_body
from window_app.storage.event_log import as_list, events_of_streams, listed
from window_app.storage.party_links import links_among
from window_app.storage.party_schema import (
    PARTY_PROJECTIONS,
    party_merge_table,
    party_table,
    party_token_table,
    party_visit_table,
)
from window_app.storage.schema import body_table, event_table
from window_app.storage.search_terms import digits, normalised_name
from window_app.storage.station_state import read_number, write_value

FAR_BEHIND = 4096
MOST_WAITING = 16_384
"""How many events' tokens wait at most: they go all over their table, which a page with few of them writes whole."""
CASE = "case"
NAMED = "named "
_PLACE = "party_position"
_BATCH = 2000
_TOKEN_BYTES = 16
KINDS = (StreamKind.PERSON.value, StreamKind.EMPLOYER.value)
_TOKEN_TYPES = (EventType.MATTER_RECEIVED, EventType.FIELDS_SET)
_TYPES = (*_TOKEN_TYPES, EventType.VISIT_OPENED)
_TOKENS_LAST = re.compile(rb'"tokens":\[("[0-9a-f]+"(?:,"[0-9a-f]+")*)\],"type":"[A-Za-z]+","version":[0-9]+\}\Z')
_TOKEN_TEXT = re.compile("[0-9a-f]+")
_E, _B, _P, _V = event_table.c, body_table.c, party_table.c, party_visit_table.c
_NEW = Statement(
    select(_E.position, _E.stream_kind, _E.stream_id, _E.type, _E.occurred_at, _E.envelope, _B.content)
    .select_from(event_table.outerjoin(body_table, _E.position == _B.position))
    .where(
        _E.position > bindparam("after"),
        _E.position <= bindparam("upto"),
        or_(*(_E.stream_kind == kind for kind in KINDS), *(_E.type == kind for kind in _TYPES)),
    )
    .order_by(_E.position)
    .limit(bindparam("most"))
)
_OF_VISITS = Statement(
    select(_E.position, _E.stream_kind, _E.stream_id, _E.type, _E.occurred_at, _E.envelope, _B.content)
    .select_from(event_table.outerjoin(body_table, _E.position == _B.position))
    .where(_E.stream_id.in_(listed("visits")), _E.type == EventType.VISIT_OPENED)
    .order_by(_E.position)
)
_END = Statement(select(func.coalesce(func.max(_E.position), 0)))
_KNOWN = Statement(
    select(_P.party_id, _P.position, _P.name, _P.number, _P.phone).where(_P.party_id.in_(listed("parties")))
)
_LAST = Statement(select(func.coalesce(func.max(_P.position), 0)))
_INSERT = Statement(insert(party_table).values({column.name: bindparam(column.name) for column in party_table.columns}))
_UPDATE = Statement(
    update(party_table)
    .where(_P.position == bindparam("at"))
    .values(name=bindparam("name"), number=bindparam("number"), phone=bindparam("phone"))
)
_CHIEF = Statement(update(party_table).where(_P.party_id == bindparam("party")).values(chief=bindparam("new")))
_TOGETHER = Statement(
    select(_P.party_id).where(_P.chief.in_(select(_P.chief).where(_P.party_id.in_(listed("parties")))))
)
_TOKEN = Statement(
    insert_or_change(party_token_table)
    .values({column.name: bindparam(column.name) for column in party_token_table.columns})
    .on_conflict_do_nothing()
)
_FORGET_NAME = Statement(
    delete(party_token_table).where(
        party_token_table.c.subject == bindparam("party"),
        party_token_table.c.kind == bindparam("kind"),
        party_token_table.c.token == bindparam("token"),
    )
)
_merge = insert_or_change(party_merge_table).values(
    {column.name: bindparam(column.name) for column in party_merge_table.columns}
)
_MERGE = Statement(
    _merge.on_conflict_do_update(
        index_elements=["event_id"],
        set_={
            "one": func.coalesce(_merge.excluded.one, party_merge_table.c.one),
            "other": func.coalesce(_merge.excluded.other, party_merge_table.c.other),
            "undone": func.max(_merge.excluded.undone, party_merge_table.c.undone),
        },
    )
)
_VISIT = Statement(
    insert_or_change(party_visit_table)
    .values({column.name: bindparam(column.name) for column in party_visit_table.columns})
    .on_conflict_do_nothing()
)
_FORGET_VISITS = Statement(delete(party_visit_table).where(_V.visit_id.in_(listed("visits"))))
_CLEAR = tuple(Statement(delete(table)) for table in PARTY_PROJECTIONS)


@dataclass(slots=True)
class Waiting:
    """What events of consecutive positions say of parties, gathered from pages so that they are not read again.

    Attributes:
        after: the position before the first of them.
        end: the position of the last.
        tokens: rows for the table of tokens.
        parties: streams of persons and employers among them.
    """

    after: int
    end: int
    tokens: set[Row] = field(default_factory=set)
    parties: set[UUID] = field(default_factory=set)

    @classmethod
    def behind(cls, before: "Waiting | None", first: int, last: int) -> "Waiting":
        """Return where to gather from a position to another: with what waits already, if that ends right before."""
        if before is None or before.end != first - 1:
            return cls(first - 1, last)
        before.end = last
        return before

    def note(self, kind: str, stream: bytes, event_type: str, tokens: Iterable[str]) -> None:
        """Gather what an event says that has no body here; one without tokens says it only of its own stream."""
        if kind in KINDS:
            self.parties.add(UUID(bytes=stream))
        if tokens and (event_type in _TOKEN_TYPES or (kind in KINDS and event_type != EventType.VISIT_OPENED)):
            subject = CASE if kind == StreamKind.CASE else kind
            self.tokens.update([(token, subject, stream) for token in _tokens(tokens)])


def concerns_party(kind: str, event_type: str) -> bool:
    """Answer whether an event of a kind of stream can say anything of a party."""
    return kind in KINDS or event_type in _TYPES


def behind(database: Database, last_position: int, waiting: Waiting | None = None) -> bool:
    """Answer whether the projection is so far behind that it should go on by itself."""
    waits = 0 if waiting is None else waiting.end - waiting.after
    return waits >= MOST_WAITING or last_position - waits - read_number(database, _PLACE) >= FAR_BEHIND


def is_behind(database: Database) -> bool:
    """Answer whether there are events that the projection has not come to."""
    return int(database.rows(_END)[0][0]) > read_number(database, _PLACE)


def catch_up(database: Database, own: Own, waiting: Waiting | None = None) -> None:
    """Take in every event written since the last time; the caller holds the transaction.

    What the last ones say of parties may be `waiting` already; other events are read.
    """
    end = int(database.rows(_END)[0][0])
    after = read_number(database, _PLACE)
    told = waiting if waiting is not None and waiting.end == end and waiting.after >= after else None
    upto = end if told is None else told.after
    while rows := database.rows(_NEW, {"after": after, "upto": upto, "most": _BATCH}):
        _take(database, own, rows)
        after = rows[-1][0]
    if told is not None:
        database.run_packed(_TOKEN, sorted(told.tokens))
        _fold(database, own, told.parties)
    write_value(database, _PLACE, end)


def refresh(database: Database, own: Own, streams: Iterable[tuple[str, UUID]]) -> None:
    """Fold streams anew whose events are the same, but not what is known of them or their order."""
    named = list(streams)
    parties = {stream for kind, stream in named if kind in KINDS}
    visits = [stream for kind, stream in named if kind == StreamKind.VISIT]
    _fold(database, own, parties)
    if visits:
        database.run(_FORGET_VISITS, {"visits": as_list(visit.bytes for visit in visits)})
        _link(database, database.rows(_OF_VISITS, {"visits": as_list(visit.bytes for visit in visits)}))


def clear(database: Database) -> None:
    """Empty the projection, so that catching up makes it anew."""
    for statement in _CLEAR:
        database.run(statement)
    party_search.clear(database)
    write_value(database, _PLACE, 0)


def name_token(kind: PartyKind, name: str, phone: str) -> bytes | None:
    """Return what tells a party without a number: a digest of its name and phone; None where either is missing."""
    written, called = normalised_name(name), digits(phone)
    if not written or len(called) < 7:
        return None
    return hashlib.sha256(f"{kind}\n{written}\n{called}".encode()).digest()[:_TOKEN_BYTES]


def token_bytes(token: str) -> bytes:
    """Return a token as the table keeps it."""
    return bytes.fromhex(token)[:_TOKEN_BYTES]


def _take(database: Database, own: Own, rows: list[Row]) -> None:
    tokens: dict[Row, None] = {}
    parties: dict[UUID, None] = {}
    for _, kind, stream, event_type, _, envelope, _ in rows:
        if kind in KINDS:
            parties[UUID(bytes=stream)] = None
        if event_type != EventType.VISIT_OPENED:
            subject = CASE if kind == StreamKind.CASE else kind
            tokens.update(dict.fromkeys((token, subject, stream) for token in _tokens_in(envelope)))
    # In the order of the table, so that neighbours come one after another.
    database.run_packed(_TOKEN, sorted(tokens))
    _link(database, [row for row in rows if row[3] == EventType.VISIT_OPENED])
    _fold(database, own, parties)


def _tokens_in(envelope: bytes) -> list[bytes]:
    # Where an escape stands, the name of a part can be written in other ways.
    if b'"tokens"' not in envelope and b"\\" not in envelope:
        return []
    # In the form in which stations write, tokens stand near the end, and nothing is nested behind them.
    listed_last = _TOKENS_LAST.match(envelope, max(0, envelope.rfind(b'"tokens":[')))
    return _tokens(
        json.loads(envelope).get("tokens", ()) if listed_last is None else _TOKEN_TEXT.findall(listed_last[1].decode())
    )


def _tokens(said: Iterable[str]) -> list[bytes]:
    found = []
    for token in said:
        try:
            found.append(token_bytes(token))
        except ValueError:
            continue  # of another program's making
    return found


def _link(database: Database, rows: list[Row]) -> None:
    for _, _, visit, _, at, _, content in rows:
        named = read_body(content).get("parties") if content is not None else None
        for place, party in named.items() if isinstance(named, Mapping) else ():
            identity = _identity(party)
            if identity is not None:
                role = str(place).partition("/")[0]
                database.run(_VISIT, {"party_id": identity.bytes, "visit_id": visit, "role": role, "at": at})


def _fold(database: Database, own: Own, parties: Collection[UUID]) -> None:
    if not parties:
        return
    histories = events_of_streams(database, parties, Authors(database, own))
    events = [event for history in histories.values() for event in history]
    kinds = {event.stream.id: event.stream.kind.value for event in events}
    for merge in fold_merges(events):
        for party in (merge.one, merge.other):
            kinds.setdefault(party, merge.kind.value)
            histories.setdefault(party, [])
    _write(database, histories, kinds)
    linked = _note_links(database, events)
    _regroup(database, linked)


def _write(database: Database, histories: Mapping[UUID, list[Event]], kinds: Mapping[UUID, str]) -> None:
    known = {row[0]: row for row in database.rows(_KNOWN, {"parties": as_list(party.bytes for party in histories)})}
    last = int(database.rows(_LAST)[0][0])
    for party in sorted(histories, key=lambda one: one.int):
        row, state = known.get(party.bytes), fold_party(histories[party])
        if party not in kinds or (row is not None and not histories[party]):
            continue  # named by a link alone; what is known of it stands
        said = _said(state)
        if row is None:
            last += 1
            values = {"party_id": party.bytes, "chief": party.bytes, "kind": kinds[party], **said}
            database.run(_INSERT, {"position": last, **values})
            party_search.add(database, last, said)
        elif tuple(said.values()) != tuple(row[2:]):
            database.run(_UPDATE, {"at": row[1], **said})
            party_search.renew(database, row[1], said)
        _note_name(database, party, state, row)


def _said(state: PartyState | None) -> dict[str, str]:
    if state is None:
        return {"name": "", "number": "", "phone": ""}
    number = state.value(NUMBER_FIELDS[state.kind]) or state.value("other_number")
    return {"name": state.name, "number": normalised_number(number), "phone": state.value("phone")}


def _note_name(database: Database, party: UUID, state: PartyState | None, before: Row | None) -> None:
    if state is None:
        return
    kind = f"{NAMED}{state.kind}"
    old = None if before is None else name_token(state.kind, before[2], before[4])
    new = name_token(state.kind, state.name, state.value("phone"))
    if old is not None and old != new:
        database.run(_FORGET_NAME, {"party": party.bytes, "kind": kind, "token": old})
    if new is not None:
        database.run(_TOKEN, {"token": new, "kind": kind, "subject": party.bytes})


def _note_links(database: Database, events: list[Event]) -> set[UUID]:
    """Note links made and taken away, and return the parties whose groups may have changed."""
    touched: set[UUID] = set()
    for merge in fold_merges(events):
        touched.update((merge.one, merge.other))
        ends = {"one": merge.one.bytes, "other": merge.other.bytes}
        database.run(_MERGE, {"event_id": merge.event_id.bytes, "undone": int(merge.undone), **ends})
    for event in events:
        for undone in separated_in(event):
            touched.add(event.stream.id)
            database.run(_MERGE, {"event_id": undone.bytes, "undone": 1, "one": None, "other": None})
    return touched


def _regroup(database: Database, touched: set[UUID]) -> None:
    if not touched:
        return
    rows = database.rows(_TOGETHER, {"parties": as_list(party.bytes for party in touched)})
    together = touched | {UUID(bytes=row[0]) for row in rows}
    merges = links_among(database, together)
    found = groups(merges)
    for party in together | found.keys():
        head = chief(found.get(party, frozenset({party})))
        database.run(_CHIEF, {"party": party.bytes, "new": head.bytes})


def _identity(value: Any) -> UUID | None:  # noqa: ANN401 # JSON is anything
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
