"""Rows of the list of cases, in plain texts, numbers and bytearrays: what the driver binds without searching."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from window_app.domain.cases import CaseState, CaseStatus
from window_app.domain.conflicts import identity
from window_app.domain.events import COUNTER, KNOWN_VERSION, Confidentiality, Event
from window_app.domain.receipt_numbers import plain
from window_app.domain.receivings import read_receiving
from window_app.storage import search_index
from window_app.storage.authors import Own
from window_app.storage.envelopes import Envelope

_MOST_COUNTED = 1_000_000
_COUNTER = frozenset(kind.value for kind in COUNTER)
_NOBODY = search_index.parties_text(())
CaseColumns = dict[str, object]


@dataclass(frozen=True, slots=True)
class Begun:
    """A case of which nothing is held but another station's receiving without its body."""

    case_id: UUID
    row: CaseColumns


def row_of(state: CaseState, events: Sequence[Event], own: Own) -> CaseColumns:
    """Return a case's row as its events leave it."""
    # Of most cases there is but one event here.
    begun = state.received.event_id
    receiving = events[0] if len(events) == 1 else next(event for event in events if event.event_id == begun)
    here = own.station_id.int
    lseqs = [event.lseq for event in events if event.station_id.int == here]
    return {
        "visit_id": None if state.visit_id is None else bytearray(state.visit_id.bytes),
        "matter_key": state.matter_key,
        "number": state.number,
        "number_key": plain(state.number),
        "matter": state.matter,
        "route": state.route,
        "applicant": state.name_of("applicant"),
        "respondent": state.name_of("respondent"),
        "parties": search_index.parties_text(state.parties),
        "received_on": "" if state.received_on is None else state.received_on.isoformat(),
        "due_on": None if state.due_on is None else state.due_on.isoformat(),
        "state": state.status.value,
        "own": int(state.received_by in own.ids),
        "last_lseq": max(lseqs) if lseqs else 0,
        "office": state.office,
        "acknowledged": int(state.acknowledged),
        "claimed_by": state.claimed_by,
        "decision_number": state.decision_number,
        "conflicts": len(state.conflicts),
        "opened": int(receiving.body is not None),
        "confidential": int(receiving.confidentiality is Confidentiality.CONFIDENTIAL),
        "fields_prefilled": _count(receiving.facts.get("fields_prefilled")),
        "materials_reused": _count(receiving.facts.get("materials_reused")),
    }


def row_of_receiving(said: Envelope) -> CaseColumns | None:
    """Return the row of a case begun elsewhere, as `row_of` does of the fold of its receiving alone, without a body.

    Of most cases of a district a station holds no more. None where the envelope begins no case.

    Raises:
        ValueError, TypeError, KeyError, AttributeError, OverflowError: it is of another program's making.
    """
    if said.version > KNOWN_VERSION or said.actor[0] not in _COUNTER:
        return None
    facts = said.facts
    told = read_receiving(facts)
    visit = identity(facts.get("visit_id"))
    return {
        "case_id": bytearray(said.stream[1].bytes),
        "visit_id": None if visit is None else bytearray(visit.bytes),
        "matter_key": told.matter_key,
        "number": told.number,
        "number_key": plain(told.number),
        "matter": told.matter,
        "route": told.route,
        "applicant": "",
        "respondent": "",
        "parties": _NOBODY,
        "received_on": "" if told.received_on is None else told.received_on.isoformat(),
        "due_on": None if told.due_on is None else told.due_on.isoformat(),
        "state": CaseStatus.RECEIVED.value,
        "own": 0,
        "last_lseq": 0,
        "office": told.office,
        "acknowledged": 0,
        "claimed_by": "",
        "decision_number": "",
        "conflicts": 0,
        "opened": 0,
        "confidential": int(said.confidentiality == Confidentiality.CONFIDENTIAL.value),
        "fields_prefilled": _count(facts.get("fields_prefilled")),
        "materials_reused": _count(facts.get("materials_reused")),
    }


def _count(value: object) -> int:
    return value if type(value) is int and 0 <= value < _MOST_COUNTED else 0
