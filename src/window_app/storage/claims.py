"""Who holds a case, by the station too: codes of clerks are given at each station, so one code can be two people."""

from collections.abc import Mapping
from uuid import UUID

from window_app.domain.events import Event, EventType
from window_app.domain.fold import fold_case, in_order
from window_app.storage.authors import Authors
from window_app.storage.engine import Database
from window_app.storage.event_log import events_of_streams

_TYPES = frozenset({str(EventType.CASE_CLAIMED)})


def stations(database: Database, authors: Authors, claimed: Mapping[UUID, str]) -> dict[UUID, UUID]:
    """Return the station of each case's holder; the case is folded only where clerks of two stations fit the code."""
    if not claimed:
        return {}
    found: dict[UUID, UUID] = {}
    doubtful: list[UUID] = []
    for case_id, events in events_of_streams(database, claimed, authors, _TYPES).items():
        fitting = {event.station_id for event in events if _claimant(event) == claimed[case_id]}
        if len(fitting) == 1:
            found[case_id] = fitting.pop()
        elif fitting:
            doubtful.append(case_id)
    for case_id, events in events_of_streams(database, doubtful, authors).items() if doubtful else ():
        state = fold_case(in_order(events))
        if state is not None and state.claims:
            found[case_id] = state.claims[0].station_id
    return found


def _claimant(event: Event) -> str:
    return str(event.facts.get("claimant") or "") or event.actor.id
