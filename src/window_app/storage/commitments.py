"""Commitments, folded from the events of their cases, and the list as far as it concerns their persons."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, text
from sqlalchemy.dialects.sqlite import insert

from window_app.domain.commitment_ports import CommitmentRow
from window_app.domain.commitment_words import COMMITMENT_TYPES
from window_app.domain.commitments import Commitment, fold_commitments
from window_app.domain.credit import Listing, listings
from window_app.domain.credit_list import read_entry
from window_app.domain.events import Event, EventType
from window_app.storage.authors import Authors, Own
from window_app.storage.commitment_schema import COMMITMENT_PROJECTIONS, commitment_table, commitment_token_table
from window_app.storage.credit_schema import credit_list_table
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.event_log import as_list, events_of_streams, listed
from window_app.storage.records import StoredRecords
from window_app.storage.schema import directory_table

_C, _T, _L, _D = commitment_table.c, commitment_token_table.c, credit_list_table.c, directory_table.c
_NAMES = tuple(column.name for column in commitment_table.columns)
_insert = insert(commitment_table).values({name: bindparam(name) for name in _NAMES})
_PUT = Statement(
    _insert.on_conflict_do_update(
        index_elements=["commitment_id"], set_={name: _insert.excluded[name] for name in _NAMES[1:]}
    )
)
_PUT_TOKEN = Statement(
    insert(commitment_token_table)
    .values(token=bindparam("token"), commitment_id=bindparam("commitment_id"))
    .on_conflict_do_nothing()
)
_KNOWN = Statement(select(_C.case_id).distinct().where(_C.case_id.in_(listed("cases"))))
_CASES_OF = Statement(
    select(_C.case_id).distinct().where(_C.commitment_id == _T.commitment_id, _T.token == bindparam("token"))
)
_OPEN = Statement(
    select(*commitment_table.c)
    .where(text("to_verify = 1"))
    .order_by(_C.due_on.is_(None), _C.due_on, _C.commitment_id)
    .limit(bindparam("most"))
)
_ALL = Statement(select(*commitment_table.c).order_by(_C.made_on.desc(), _C.commitment_id).limit(bindparam("most")))
_SOUND = _L.fault == text("''")
_LISTED = Statement(
    select(_L.dseq, _D.content).where(_D.dseq == _L.dseq, _L.token == bindparam("token"), _SOUND).order_by(_L.dseq)
)
_DOUBTFUL = Statement(
    select(_C.case_id).distinct().where(_C.own == 1, _C.commitment_id == _T.commitment_id, _T.token == _L.token, _SOUND)
)
_CLEAR = tuple(Statement(delete(table)) for table in COMMITMENT_PROJECTIONS)
_SEEN = Statement(select(func.coalesce(func.max(_D.dseq), 0)))
_TOUCHING = frozenset({EventType.MATERIALS_COMPLETED, EventType.STATUS_CHANGED, EventType.NUMBER_VOIDED})


class StoredCommitments(StoredRecords):
    """The reading of commitments; `domain.commitment_ports.CommitmentRecords`."""

    def commitments_of(self, token: str) -> tuple[Commitment, ...]:
        """Return every commitment that a person made or signed, in whatever case, oldest first."""
        cases = [row[0] for row in self._database.rows(_CASES_OF, {"token": token})]
        found = (one for one in self._folded(cases) if token in one.tokens)
        return tuple(sorted(found, key=lambda one: (one.made_at, one.made_event.int)))

    def commitments_in(self, case_id: UUID) -> tuple[Commitment, ...]:
        """Return the commitments of a case, in the order of making."""
        return fold_commitments(self.events(case_id))

    def commitment_rows(self, *, to_verify: bool, limit: int) -> tuple[CommitmentRow, ...]:
        """Return commitments known here: those to verify, nearest date first, or all, newest first."""
        return tuple(_row(row) for row in self._database.rows(_OPEN if to_verify else _ALL, {"most": limit}))

    def doubtful_commitments(self) -> tuple[Commitment, ...]:
        """Return this counter's commitments of whose persons anybody is or was on the list."""
        cases = [row[0] for row in self._database.rows(_DOUBTFUL)]
        return tuple(one for one in self._folded(cases) if one.station_id in self._own.ids)

    def listings(self, token: str) -> tuple[Listing, ...]:
        """Return every period of a person on the list, ended ones too, oldest first."""
        found = ((row[0], read_entry(row[1])) for row in self._database.rows(_LISTED, {"token": token}))
        return listings((dseq, entry) for dseq, entry in found if entry is not None)

    def seen(self) -> int:
        """Return up to which entry of the directory the list is known here; 0 for none."""
        return int(self._database.rows(_SEEN)[0][0])

    def _folded(self, cases: Sequence[bytes]) -> Iterable[Commitment]:
        wanted = [UUID(bytes=case) for case in cases]
        histories = events_of_streams(self._database, wanted, Authors(self._database, self._own)) if wanted else {}
        for events in histories.values():
            yield from fold_commitments(events)


def project(database: Database, events: Sequence[Event], own: Own) -> None:
    """Bring commitments up to date with events just written or given their numbers."""
    touched = {event.stream.id for event in events if event.type in COMMITMENT_TYPES}
    also = {event.stream.id for event in events if event.type in _TOUCHING} - touched
    if also:
        found = database.rows(_KNOWN, {"cases": as_list(case.bytes for case in also)})
        touched.update(UUID(bytes=row[0]) for row in found)
    _write(database, touched, own)


def refresh(database: Database, cases: Iterable[UUID], own: Own) -> None:
    """Fold the commitments of cases anew, of whose authors something else is known."""
    found = database.rows(_KNOWN, {"cases": as_list(case.bytes for case in cases)})
    _write(database, {UUID(bytes=row[0]) for row in found}, own)


def rebuild(database: Database, cases: Iterable[UUID], own: Own) -> None:
    """Make the tables anew from the cases in which something was committed."""
    for statement in _CLEAR:
        database.run(statement)
    _write(database, set(cases), own)


def _write(database: Database, cases: set[UUID], own: Own) -> None:
    if not cases:
        return
    rows: list[dict[str, object]] = []
    tokens: list[dict[str, object]] = []
    for events in events_of_streams(database, cases, Authors(database, own)).values():
        for one in fold_commitments(events):
            rows.append(_values(one, own))
            tokens += [{"token": token, "commitment_id": one.commitment_id.bytes} for token in one.tokens]
    database.run_many(_PUT, rows)
    database.run_many(_PUT_TOKEN, tokens)


def _values(one: Commitment, own: Own) -> dict[str, object]:
    return {
        "commitment_id": one.commitment_id.bytes,
        "case_id": one.case_id.bytes,
        "code": one.code,
        "material": one.material,
        "state": one.state.value,
        "made_on": one.made_on.isoformat(),
        "due_on": None if one.due_on is None else one.due_on.isoformat(),
        "own": int(one.station_id in own.ids),
        "to_verify": int(one.to_verify),
        "faults": len(one.faults),
    }


def _row(row: Row) -> CommitmentRow:
    said = dict(zip(_NAMES, row, strict=True))
    return CommitmentRow(
        commitment_id=UUID(bytes=said["commitment_id"]),
        case_id=UUID(bytes=said["case_id"]),
        code=said["code"],
        material=said["material"],
        state=said["state"],
        made_on=date.fromisoformat(said["made_on"]),
        due_on=date.fromisoformat(said["due_on"]) if said["due_on"] else None,
        own=bool(said["own"]),
        to_verify=bool(said["to_verify"]),
        faults=int(said["faults"]),
    )
