"""Reading persons and employers out of the local store, their projection brought up to date first."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from window_app.clock import legal_date
from window_app.domain.parties import PartyKind, fold_merges, fold_party
from window_app.domain.party_records import Elsewhere, PartyGroup, PartyRow, VisitLink
from window_app.storage import party_projection, party_search
from window_app.storage.authors import Authors
from window_app.storage.engine import Row, Statement
from window_app.storage.event_log import EPOCH, MICROSECOND, as_list, events_of_streams, listed
from window_app.storage.party_projection import NAMED, name_token, token_bytes
from window_app.storage.party_schema import party_table, party_token_table, party_visit_table
from window_app.storage.records import StoredRecords
from window_app.storage.schema import case_table, directory_table, event_table

_P, _T, _V, _C = party_table.c, party_token_table.c, party_visit_table.c, case_table.c
_E, _D = event_table.c, directory_table.c
_LINES = (_P.party_id, _P.chief, _P.kind, _P.name, _P.number, _P.phone, _P.position)
_AT_POSITIONS = Statement(
    select(_P.chief)
    .where(_P.position.in_(select(func.json_each(bindparam("positions")).table_valued("value").c.value)))
    .order_by(_P.position.desc())
)
_OF_CHIEFS = Statement(select(*_LINES).where(_P.chief.in_(listed("chiefs"))).order_by(_P.party_id))
_CHIEF_OF = Statement(select(_P.chief).where(_P.party_id == bindparam("party")))
_BY_TOKEN = Statement(
    select(_T.subject).where(_T.token == bindparam("token"), _T.kind == bindparam("kind")).order_by(_T.subject)
)
_VISITS = Statement(
    select(_V.visit_id, _V.role, _V.at)
    .where(_V.party_id.in_(listed("parties")))
    .order_by(_V.at.desc(), _V.visit_id.desc())
)
_COUNT_VISITS = Statement(select(_V.party_id, _V.visit_id).where(_V.party_id.in_(listed("parties"))).distinct())
_CASES_ELSEWHERE = Statement(
    select(_C.case_id, _C.matter, _C.received_on, _E.station_id)
    .join(event_table, (_E.stream_id == _C.case_id) & (_E.type == "MatterReceived"))
    .where(_C.case_id.in_(listed("cases")), _C.own == 0, _C.opened == 0)
    .group_by(_C.case_id)
    .order_by(_C.position.desc())
)
_STATION = Statement(
    select(_D.content).where(_D.kind == "station", _D.subject == bindparam("station")).order_by(_D.dseq.desc()).limit(1)
)


class StoredParties(StoredRecords):
    """The part of a store that implements `domain.party_records.PartyRecords`."""

    _may_write = True

    def find_parties(self, text: str, kind: PartyKind | None, limit: int) -> tuple[PartyRow, ...]:
        """Return parties by part of a name, pinyin initials, number or its end, end of a phone number.

        Parties that are one are one line, under whichever of their names they are looked for.
        """
        self._catch_up()
        positions = party_search.find(self._database, text, limit * 4)
        rows = self._database.rows(_AT_POSITIONS, {"positions": json.dumps(positions)})
        lines = self._lines(dict.fromkeys(row[0] for row in rows))
        return tuple(line for line in lines if kind is None or line.kind is kind)[:limit]

    def party_row(self, party_id: UUID) -> PartyRow | None:
        """Return the line of a party, or of those it is one with; None where no such party is known."""
        self._catch_up()
        row = self._database.one(_CHIEF_OF, {"party": party_id.bytes})
        return None if row is None else next(iter(self._lines([row[0]])), None)

    def party(self, party_id: UUID) -> PartyGroup | None:
        """Return a party with those that are one with it; None where no such party is known."""
        line = self.party_row(party_id)
        if line is None:
            return None
        histories = events_of_streams(self._database, line.members, Authors(self._database, self._own))
        # A link stands in the stream of one of its two ends, which both are among the members or were.
        events = [event for history in histories.values() for event in history]
        state = fold_party(events)
        members = [fold_party(history) for history in histories.values()]
        if state is None:
            return None
        merges = fold_merges(self._with_neighbours(events, line.members))
        return PartyGroup(state, tuple(one for one in members if one is not None), merges)

    def parties_by_token(self, token: str, kind: PartyKind) -> tuple[UUID, ...]:
        """Return the parties registered with a number's token, first registered first, wherever that was."""
        self._catch_up()
        rows = self._database.rows(_BY_TOKEN, {"token": token_bytes(token), "kind": kind.value})
        return tuple(UUID(bytes=row[0]) for row in rows)

    def parties_by_name(self, kind: PartyKind, name: str, phone: str) -> tuple[UUID, ...]:
        """Return the parties that go by exactly this name and phone number."""
        token = name_token(kind, name, phone)
        if token is None:
            return ()
        self._catch_up()
        rows = self._database.rows(_BY_TOKEN, {"token": token, "kind": f"{NAMED}{kind}"})
        return tuple(UUID(bytes=row[0]) for row in rows)

    def visits_of(self, party_id: UUID) -> tuple[VisitLink, ...]:
        """Return the visits of this counter that name a party or one of those it is one with, newest first."""
        line = self.party_row(party_id)
        members = (party_id,) if line is None else line.members
        rows = self._database.rows(_VISITS, {"parties": as_list(one.bytes for one in members)})
        return tuple(_link(row) for row in rows)

    def cases_by_token(self, token: str) -> tuple[UUID, ...]:
        """Return all cases that carry a token, wherever they were taken in."""
        self._catch_up()
        rows = self._database.rows(_BY_TOKEN, {"token": token_bytes(token), "kind": party_projection.CASE})
        return tuple(UUID(bytes=row[0]) for row in rows)

    def elsewhere(self, case_ids: Iterable[UUID]) -> tuple[Elsewhere, ...]:
        """Return what is known of cases that other stations took in; those held here are left out."""
        rows = self._database.rows(_CASES_ELSEWHERE, {"cases": as_list(case_id.bytes for case_id in case_ids)})
        return tuple(
            Elsewhere(UUID(bytes=case_id), UUID(bytes=station), self._place_of(station), matter, _day(received_on))
            for case_id, matter, received_on, station in rows
        )

    def _catch_up(self) -> None:
        if self._may_write and party_projection.is_behind(self._database):
            with self._database.transaction():
                party_projection.catch_up(self._database, self._own)

    def _lines(self, chiefs: Iterable[bytes]) -> list[PartyRow]:
        order = {head: place for place, head in enumerate(chiefs)}
        groups: dict[bytes, list[Row]] = {}
        for row in self._database.rows(_OF_CHIEFS, {"chiefs": as_list(order)}):
            groups.setdefault(row[1], []).append(row)
        members = [row[0] for rows in groups.values() for row in rows]
        counted: dict[bytes, set[bytes]] = {}
        for party, visit in self._database.rows(_COUNT_VISITS, {"parties": as_list(members)}):
            counted.setdefault(party, set()).add(visit)
        return [_line(rows, counted) for _, rows in sorted(groups.items(), key=lambda one: order[one[0]])]

    def _with_neighbours(self, events: list[Any], members: tuple[UUID, ...]) -> list[Any]:
        """Return events with those of parties that were one with the members and are no more."""
        named = {end for merge in fold_merges(events) for end in (merge.one, merge.other)}
        further = named - set(members)
        found = events_of_streams(self._database, further, Authors(self._database, self._own)) if further else {}
        return [*events, *(event for history in found.values() for event in history)]

    def _place_of(self, station: bytes) -> str:
        row = self._database.one(_STATION, {"station": str(UUID(bytes=station))})
        if row is None:
            return ""
        try:
            said = json.loads(row[0])
            return " ".join(str(said[name]) for name in ("hall", "name") if said.get(name))
        except (ValueError, TypeError, AttributeError):
            return ""


def _line(rows: list[Row], counted: dict[bytes, set[bytes]]) -> PartyRow:
    # The one registered last says what they are called; each of them is found under its own name.
    party_id, head, kind, name, number, phone, _ = max(rows, key=lambda row: (bool(row[3]), row[0]))
    del party_id
    return PartyRow(
        party_id=UUID(bytes=head),
        kind=PartyKind(kind),
        name=name,
        number=number or next((row[4] for row in rows if row[4]), ""),
        phone=phone or next((row[5] for row in rows if row[5]), ""),
        members=tuple(UUID(bytes=row[0]) for row in rows),
        visits=len(set().union(*(counted.get(row[0], set()) for row in rows))),
    )


def _link(row: Row) -> VisitLink:
    visit_id, role, at = row
    return VisitLink(UUID(bytes=visit_id), role, legal_date(EPOCH + at * MICROSECOND))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
