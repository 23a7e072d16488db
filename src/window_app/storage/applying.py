"""Pages of a feed into the tables: each event once, whatever came before and however often."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from window_app.domain.due import DUE_TYPES
from window_app.domain.events import Event, EventType, StreamKind
from window_app.domain.fold import case_of
from window_app.domain.line import Applied, PulledEvent
from window_app.storage import bodies, definition_sets, incoming, party_projection, projections, setting_apart
from window_app.storage.authors import Authors, Own
from window_app.storage.case_rows import Begun
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.event_log import as_list, listed
from window_app.storage.feeds import Place, clear_numbers
from window_app.storage.incoming import Incoming, Understood
from window_app.storage.party_projection import Waiting
from window_app.storage.schema import event_table, other_seal_table

_E, _S = event_table.c, other_seal_table.c
_COLUMNS = tuple(column.name for column in event_table.columns)
_HELD = Statement(
    select(
        _E.stream_id, _E.event_id, _E.position, _E.station_id, _E.lseq, _E.fseq, _E.chain_hash, _E.body_digest
    ).where(_E.stream_id.in_(listed("streams")))
)
_END = Statement(select(func.coalesce(func.max(_E.position), 0)))
_INSERT = Statement(insert(event_table).values({name: bindparam(name) for name in _COLUMNS}).on_conflict_do_nothing())
_TAKE_OUT = Statement(delete(event_table).where(_E.position > bindparam("after")))
_WRITTEN = Statement(select(_E.position).where(_E.position > bindparam("after")))
_NUMBER = Statement(
    update(event_table)
    .where(_E.position == bindparam("at"))
    .values(feed=bindparam("new_feed"), fseq=bindparam("new_fseq"))
)
_SEAL = Statement(select(_E.envelope).where(_E.position == bindparam("at")))
_KEEP_SEAL = Statement(
    insert(other_seal_table)
    .values({column.name: bindparam(column.name) for column in other_seal_table.columns})
    .on_conflict_do_nothing()
)
_DROP_SEAL = Statement(
    delete(other_seal_table).where(_S.position == bindparam("at"), _S.chain_hash == bindparam("link"))
)
_TAKEN = Statement(select(_E.position).where(_E.station_id == bindparam("station"), _E.lseq == bindparam("lseq")))
_RESEAL = Statement(
    update(event_table)
    .where(_E.position == bindparam("at"))
    .values({name: bindparam(f"new_{name}") for name in _COLUMNS if name != "position"})
)
# What these tell stands in no row of the list of cases.
_UNSEEN = frozenset(
    {
        EventType.PAPER_ISSUED,
        EventType.PAPER_CONFIRMED,
        EventType.PAPER_REPRINTED,
        EventType.IDENTITY_REVEALED,
        EventType.CASE_OPENED,
    }
)

_PARTIES = frozenset({*party_projection.KINDS, StreamKind.VISIT.value})


@dataclass(frozen=True, slots=True)
class Held:
    """An event that this store holds already; `lseq` is None where another one has its place."""

    position: int
    station_id: UUID
    lseq: int | None
    fseq: int | None
    link: bytes
    body_digest: bytes


@dataclass(slots=True)
class _Sorted:
    """A page, sorted: what is new, what is held and gets its number, what of it a case's state hangs on."""

    fresh: list[tuple[int, Incoming]] = field(default_factory=list)
    known: list[tuple[Held, Incoming]] = field(default_factory=list)
    refolded: list[Incoming] = field(default_factory=list)


class PageWriter:
    """Writes events of one feed inside an open transaction.

    Attributes:
        waiting: what the last pages say of parties and the projection has not taken in; None where it has.
    """

    def __init__(
        self, database: Database, own: Own, feed: str, place: Place | None = None, waiting: Waiting | None = None
    ) -> None:
        """Take the feed; with its place, what lies between its beginning and its cursor keeps its numbers."""
        self._database = database
        self._own = own
        self._feed = feed
        self._place = place
        self._authors = Authors(database, own)
        self.waiting = waiting

    def write(self, events: Sequence[PulledEvent], understood: Understood) -> Applied:
        """Write events, each once, with their bodies and projections."""
        arrived = self._read(events, understood)
        mine = self._mine(arrived)
        held = self._held([*[one for one in arrived if self._shows(one)], *mine])
        page = self._at_once(arrived, held if mine else {})
        if page is None:
            held = self._held(arrived)
            page = self._sort(arrived, held)
            self._insert(page)
        confirmed = self._confirm(page)
        kept = self._keep_bodies(page)
        self._find_refolded(page, held, kept)
        self._project(page, held)
        self._follow_parties(page, kept)
        named = {one.definition_set for _, one in page.fresh}
        definition_sets.note_named(self._database, sorted(name for name in named if name is not None))
        return Applied(len(page.fresh), confirmed)

    def write_some(self, events: Sequence[PulledEvent]) -> Applied:
        """Write events from anywhere in the feed; such ones as stand before its cursor got their numbers in a page."""
        for event in events:
            if self._numbered(event.fseq):
                clear_numbers(self._database, self._feed, event.fseq - 1, event.fseq)
        return self.write(events, Understood.of(events))

    def _read(self, events: Sequence[PulledEvent], understood: Understood) -> list[Incoming]:
        arrived = []
        for event, one in zip(events, understood.events, strict=True):
            if one is None:
                setting_apart.keep(self._database, event, setting_apart.UNREADABLE, self._feed)
            else:
                arrived.append(one)
        return arrived

    def _held(self, arrived: Iterable[Incoming]) -> dict[bytes, dict[bytes, Held]]:
        """Return what is held of the streams that events belong to, by stream and event id."""
        found: dict[bytes, dict[bytes, Held]] = {}
        streams = as_list(dict.fromkeys([one.stream_id for one in arrived]))
        for stream, event_id, position, station, lseq, fseq, link, body in self._database.rows(
            _HELD, {"streams": streams}
        ):
            held = Held(position, UUID(bytes=station), lseq, fseq, link, body)
            found.setdefault(stream, {})[event_id] = held
        return found

    def _mine(self, arrived: Iterable[Incoming]) -> list[Incoming]:
        """Return those that this installation wrote: they are nearly always held."""
        found, author, mine = [], None, False
        for one in arrived:
            # One object stands for one author in most of a page.
            if one.pulled.station_id is not author:
                author = one.pulled.station_id
                mine = author in self._own.ids
            if mine:
                found.append(one)
        return found

    def _at_once(self, arrived: Sequence[Incoming], held: dict[bytes, dict[bytes, Held]]) -> _Sorted | None:
        """Insert a page but for what of it is held; None, and nothing written, where more is, or one stands twice.

        What others wrote is nearly always new, and asking for each stream first took a twentieth of writing it.
        """
        if self._place is not None:
            return None
        end = self._end()
        page = self._sort(arrived, held) if held else _Sorted(list(enumerate(arrived, end + 1)))
        rows = [one.row(at, one.pulled.lseq, self._feed, one.pulled.fseq) for at, one in page.fresh]
        if self._database.run_packed(_INSERT, rows, bound=True) == len(rows):
            return page
        self._database.run(_TAKE_OUT, {"after": end})
        return None

    def _end(self) -> int:
        return int(self._database.rows(_END)[0][0])

    def _sort(self, arrived: Iterable[Incoming], held: dict[bytes, dict[bytes, Held]]) -> _Sorted:
        page = _Sorted()
        end = self._end()
        seen: set[tuple[bytes, bytes]] = set()
        for one in arrived:
            of_stream, key = held.get(one.stream_id), (one.stream_id, one.event_id)
            known = None if of_stream is None else of_stream.get(one.event_id)
            if key in seen:
                setting_apart.keep(self._database, one.pulled, setting_apart.TWICE, self._feed)
            elif known is None:
                end += 1
                page.fresh.append((end, one))
            elif known.body_digest != one.body_digest:
                setting_apart.keep(self._database, one.pulled, setting_apart.OTHER_CONTENT, self._feed)
            else:
                page.known.append((known, one))
            seen.add(key)
        return page

    def _numbered(self, fseq: int) -> bool:
        """Answer whether a number is this page's to give."""
        return self._place is None or not self._place.base < fseq <= self._place.after

    def _row(self, position: int, one: Incoming, lseq: int | None) -> Row:
        numbered = self._numbered(one.pulled.fseq)
        return one.row(position, lseq, self._feed if numbered else None, one.pulled.fseq if numbered else None)

    def _insert(self, page: _Sorted) -> None:
        rows = [self._row(position, one, one.pulled.lseq) for position, one in page.fresh]
        if self._database.run_packed(_INSERT, rows, bound=True) == len(rows):
            return
        before = page.fresh[0][0] - 1
        written = {row[0] for row in self._database.rows(_WRITTEN, {"after": before})}
        for position, one in [entry for entry in page.fresh if entry[0] not in written]:
            # Another event of this station stands at that place: one of them came of a cloned disk.
            if not self._database.run_rows(_INSERT, [self._row(position, one, None)]):
                setting_apart.keep(self._database, one.pulled, setting_apart.NO_PLACE, self._feed)
                page.fresh.remove((position, one))

    def _confirm(self, page: _Sorted) -> int:
        """Give held events their numbers, and return how many of them are own ones that had none."""
        numbers = []
        for held, one in page.known:
            if not self._numbered(one.pulled.fseq):
                continue
            if held.link != one.link:
                self._reseal(held, one)
            elif held.fseq != one.pulled.fseq:
                numbers.append((self._feed, one.pulled.fseq, held.position))
        self._database.run_rows(_NUMBER, numbers)
        return sum(held.fseq is None and one.pulled.station_id in self._own.ids for held, one in page.known)

    def _reseal(self, held: Held, one: Incoming) -> None:
        """Put the seal that the feed holds in the place of the one held so far, which is kept beside."""
        envelope = bytes(self._database.rows(_SEAL, {"at": held.position})[0][0])
        lseq = held.lseq if held.lseq is not None else json.loads(envelope)["lseq"]
        self._database.run_rows(_KEEP_SEAL, [(held.station_id.bytes, lseq, held.link, envelope, held.position)])
        self._database.run(_DROP_SEAL, {"at": held.position, "link": one.link})
        place = {"station": one.station, "lseq": one.pulled.lseq}
        taken = [row for row in self._database.rows(_TAKEN, place) if row[0] != held.position]
        row = self._row(held.position, one, None if taken else one.pulled.lseq)
        values = {f"new_{name}": value for name, value in zip(_COLUMNS, row, strict=True)}
        self._database.run(_RESEAL, {**values, "at": held.position})

    def _keep_bodies(self, page: _Sorted) -> set[int]:
        """Keep the bodies that came and fit; return the positions that had none before."""
        came = [(position, one) for position, one in page.fresh if one.pulled.body is not None]
        known = [(held.position, one) for held, one in page.known if one.pulled.body is not None]
        present = bodies.held(self._database, [position for position, _ in known])
        came.extend(entry for entry in known if entry[0] not in present)
        erased = bodies.erased(self._database, [one.event_id for _, one in came])
        rows = []
        for position, one in came:
            if one.event_id in erased:
                continue
            body = incoming.fitting_body(one)
            if body is None:
                setting_apart.keep(self._database, one.pulled, setting_apart.BODY, None)
            else:
                rows.append((position, body))
        bodies.write(self._database, rows)
        return {position for position, _ in rows}

    def _find_refolded(self, page: _Sorted, held: dict[bytes, dict[bytes, Held]], kept: set[int]) -> None:
        """Find held events whose number, seal or body, new to us, can change the state of their case."""
        if not page.known:
            return
        settled: dict[bytes, bool] = {}
        numbered = {one.key for _, one in page.known}
        fresh = {one.stream_id for _, one in page.fresh}
        for known, one in page.known:
            if not self._shows(one):
                continue
            stream = one.stream_id
            if stream not in settled:
                settled[stream] = stream not in fresh and _keeps_order(stream, held[stream], numbered)
            same = known.fseq == one.pulled.fseq or settled[stream]
            if not same or known.position in kept or known.link != one.link:
                page.refolded.append(one)

    def _project(self, page: _Sorted, held: dict[bytes, dict[bytes, Held]]) -> None:
        wanted = [(position, one) for position, one in page.fresh if self._shows(one)]
        came = bodies.of(self._database, [position for position, one in wanted if one.pulled.body is not None])
        alone = self._alone([one for _, one in wanted], held)
        events: list[Event | Begun] = [
            one.event(came.get(position), self._authors) if one.stream_id not in alone else alone[one.stream_id]
            for position, one in wanted
        ]
        events.extend(one.event(None, self._authors) for one in page.refolded)
        streams = {one.case_id if isinstance(one, Begun) else one.stream.id for one in events}
        whole = {stream for stream in streams if stream.bytes not in held} if held else streams
        unfolded = frozenset(projections.project(self._database, events, self._own, whole))
        if unfolded:
            for one in (*[one for _, one in wanted], *page.refolded):
                if case_of(one.event(None, self._authors)) in unfolded:
                    setting_apart.keep(self._database, one.pulled, setting_apart.FOLD, None)

    def _alone(self, shown: Sequence[Incoming], held: Mapping[bytes, object]) -> dict[bytes, Begun]:
        """Return the cases, by stream, of which nothing is known but another station's receiving without a body."""
        # A receiving in the stream of anything but a case names its case, which can be any of them.
        if any([one.type == EventType.MATTER_RECEIVED and one.stream_kind != StreamKind.CASE for one in shown]):
            return {}
        many = Counter([one.stream_id for one in shown])
        return {
            one.stream_id: Begun(one.said.stream[1], one.begun)
            for one in shown
            if one.begun is not None
            and many[one.stream_id] == 1
            and one.stream_id not in held
            and one.pulled.station_id not in self._own.ids
        }

    def _follow_parties(self, page: _Sorted, kept: set[int]) -> None:
        """Fold parties anew whose events have another number, seal or body by now; take in what is far behind."""
        changed = {
            (one.stream_kind, UUID(bytes=one.stream_id))
            for known, one in page.known
            if one.stream_kind in _PARTIES and (known.fseq != one.pulled.fseq or known.position in kept)
        }
        party_projection.refresh(self._database, self._own, changed)
        if not page.fresh:
            return
        self.waiting = _gathered(self.waiting, page)
        if party_projection.behind(self._database, page.fresh[-1][0], self.waiting):
            party_projection.catch_up(self._database, self._own, self.waiting)
            self.waiting = None

    def _shows(self, one: Incoming) -> bool:
        """Answer whether the row of a case can hang on an event; of own ones it says what is unsent."""
        if not one.concerns_case:
            return one.type in DUE_TYPES
        return one.type not in _UNSEEN or one.pulled.station_id in self._own.ids


def _gathered(before: Waiting | None, page: _Sorted) -> Waiting | None:
    """Return what waits and what new events say of parties; None where one of these has a body, to be read with it."""
    told = [one for _, one in page.fresh if one.pulled.body is not None]
    if any(party_projection.concerns_party(one.stream_kind, one.type) for one in told):
        return None
    waiting = Waiting.behind(before, page.fresh[0][0], page.fresh[-1][0])
    for _, one in page.fresh:
        if one.said.tokens or one.stream_kind in party_projection.KINDS:
            waiting.note(one.stream_kind, one.stream_id, one.type, one.said.tokens)
    return waiting


def _keeps_order(stream: bytes, held: dict[bytes, Held], numbered: set[tuple[bytes, bytes]]) -> bool:
    """Answer whether giving these numbers leaves the events of a stream in the order they had."""
    if len({one.station_id for one in held.values()}) > 1:
        return False
    with_number = [one.lseq or 0 for key, one in held.items() if one.fseq is not None or (stream, key) in numbered]
    without = [one.lseq or 0 for key, one in held.items() if one.fseq is None and (stream, key) not in numbered]
    return not without or max(with_number) < min(without)
