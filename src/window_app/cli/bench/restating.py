"""Filling a counter for measures of the line: a few visits through the services, then the same said of others.

Receiving is measured elsewhere; here it is preparation, and ten thousand visits through every rule take minutes.
What is said again differs in the ids of visits, cases, papers and due items and in the numbers alone, as when
the same few people come again and again. It is sealed, chained, projected and sent like everything else.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from window_app.cli.bench.desks import kinds_of_visits, store_of
from window_app.cli.bench.stated import Stated
from window_app.domain.events import NewEvent, Stream, StreamKind
from window_app.domain.ids import new_id
from window_app.domain.receipt_numbers import draw
from window_app.services.desk import Desk

_UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_PARTIES = (StreamKind.PERSON, StreamKind.EMPLOYER)
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class _Model:
    """A visit as the services stated it, without the registering of its people, and its cases' numbers."""

    events: tuple[NewEvent, ...]
    numbers: tuple[str, ...]
    kept: frozenset[str]

    def again(self, desk: Desk, numbers: Sequence[str]) -> list[NewEvent]:
        """Return it as another visit's."""
        told = json.dumps([[str(event.stream.id), event.body, event.facts] for event in self.events])
        for old, new in zip(self.numbers, numbers, strict=True):
            told = told.replace(old, new)
        ids: dict[str, str] = {name: name for name in self.kept}
        now = desk.clock.now()
        told = _UUID.sub(lambda found: ids.setdefault(found[0], str(new_id(now))), told)
        return [
            replace(event, stream=Stream(event.stream.kind, UUID(stream)), body=body, facts=facts)
            for event, (stream, body, facts) in zip(self.events, json.loads(told), strict=True)
        ]


def take_in(desk: Desk, cases: int) -> None:
    """Have a desk hold so many more visits of one case each, every kind as often as another."""
    models = _models(desk, cases)
    store = store_of(desk)
    for at in range(0, cases - len(models), _AT_ONCE):
        with store.unit_of_work() as work:
            for place in range(at, min(at + _AT_ONCE, cases - len(models))):
                model, day = models[place % len(models)], desk.clock.today()
                numbers = [
                    str(draw(desk.station.district, desk.station.issue_code, day, work.next_serial(day)))
                    for _ in model.numbers
                ]
                work.append(desk.session.actor, model.again(desk, numbers))


def _models(desk: Desk, most: int) -> list[_Model]:
    drafts = kinds_of_visits(desk)[:most]
    for draft in drafts:
        desk.receiving.receive(draft)
    store = store_of(desk)
    found = []
    for draft in drafts:
        events = Stated.of(desk, draft).events
        people = {str(event.stream.id) for event in events if event.stream.kind in _PARTIES}
        numbers = tuple(case.number for case in store.cases_of_visit(draft.visit_id))
        visit = tuple(event for event in events if event.stream.kind not in _PARTIES)
        named = {party for event in visit for party in _parties_in(event)}
        found.append(_Model(visit, numbers, frozenset(people | named | {str(desk.station.station_id)})))
    return found


def _parties_in(event: NewEvent) -> list[str]:
    return _UUID.findall(json.dumps(event.body.get("parties") or {}))
