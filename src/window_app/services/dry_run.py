"""Stored cases put to a changed set of rules: which answers would be others, and by which rows. Nothing is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from window_app.clock import CHINA, Clock
from window_app.domain.assessment import RouteOption, Text
from window_app.domain.events import Event, EventType
from window_app.domain.ports import CaseRow, Station
from window_app.domain.visits import MatterDraft, VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.services.judging import Judge, JudgedMatter
from window_app.services.tracking import Tracking

_PORTION = 200


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """An answer that would be another.

    Attributes:
        number: of the case.
        on: the day by which it is judged: that on which it was received.
        answer: what changes: routes, recommended, standing, office, limit, deadlines, tell, papers, …
        rows_before, rows_after: rows that speak under one set only, as `decision.row`: the reason.
    """

    number: str
    on: date
    answer: str
    before: Any
    after: Any
    rows_before: tuple[str, ...]
    rows_after: tuple[str, ...]


@dataclass(frozen=True)
class DryRunReport:
    """What a dry run found.

    Attributes:
        judged: cases judged under both sets.
        closed: numbers of cases whose body is not held here.
        refused: by number, why one of the sets cannot read the facts of a case.
    """

    judged: int
    changed: tuple[ChangedAnswer, ...]
    closed: tuple[str, ...]
    refused: Mapping[str, WindowAppError]


class DryRun:
    """Judges stored cases under two sets."""

    def __init__(self, tracking: Tracking, station: Station, clock: Clock) -> None:
        self._tracking = tracking
        self._station = station
        self._clock = clock

    def compare(self, now: DefinitionSet, then: DefinitionSet) -> DryRunReport:
        """Return which answers about stored cases a changed set would change."""
        judges = Judge(now, self._station, self._clock), Judge(then, self._station, self._clock)
        judged, closed = 0, []
        changed: list[ChangedAnswer] = []
        refused: dict[str, WindowAppError] = {}
        for case in self._cases():
            received = self._received(case)
            if received is None:
                closed.append(case.number)
                continue
            draft, on = _draft(received), received.occurred_at.astimezone(CHINA).date()
            try:
                before, after = (judge.judge(draft, on)[0] for judge in judges)
            except WindowAppError as error:
                refused[case.number] = error
                continue
            judged += 1
            changed += _compared(case.number, on, before, after)
        return DryRunReport(judged, tuple(changed), tuple(closed), refused)

    def _cases(self) -> Iterator[CaseRow]:
        for offset in range(0, self._tracking.count(), _PORTION):
            yield from self._tracking.window_at(offset, _PORTION)

    def _received(self, case: CaseRow) -> Event | None:
        events = self._tracking.history(case.case_id)
        found = (event for event in events if event.type == EventType.MATTER_RECEIVED and event.body)
        return next(found, None)


def _draft(received: Event) -> VisitDraft:
    """Return a visit of this one matter, as far as the stored body tells it."""
    body: Mapping[str, Any] = received.body or {}
    matter = MatterDraft("m1", body["facts"], body["route"], answers=body["answers"])
    return VisitDraft(
        received.stream.id, received.occurred_at, facts=body["facts"], answers=body["answers"], matters=(matter,)
    )


def _compared(number: str, on: date, before: JudgedMatter, after: JudgedMatter) -> Iterator[ChangedAnswer]:
    old, new = _answers(before), _answers(after)
    old_rows, new_rows = _rows(before), _rows(after)
    for answer in old:
        if old[answer] != new[answer]:
            gone = tuple(row for row in old_rows if row not in new_rows)
            come = tuple(row for row in new_rows if row not in old_rows)
            yield ChangedAnswer(number, on, answer, old[answer], new[answer], gone, come)


def _rows(matter: JudgedMatter) -> list[str]:
    return list(dict.fromkeys(f"{fired.decision}.{fired.row}" for fired in matter.assessment.trace))


def _answers(matter: JudgedMatter) -> dict[str, Any]:
    law = matter.assessment
    return {
        "decided": law.decided,
        # What the law offers: an assessment also tells of a route that was chosen against it.
        "routes": list(matter.offered),
        "recommended": [option.route for option in law.routes if option.recommended],
        "standing": {option.route: option.standing.value for option in law.routes},
        "office": {option.route: option.office for option in law.routes},
        "limit": {option.route: _zh(option.limit_text) for option in law.routes if option.limit_text},
        "deadlines": {option.route: _limits(option) for option in law.routes},
        "tell": {option.route: [_zh(text) for text in option.tell] for option in law.routes},
        "papers": list(law.papers),
        "forbidden": [str(entry["paper"]) for entry in law.forbidden],
        "warnings": [_zh(text) for text in law.warnings],
    }


def _limits(option: RouteOption) -> dict[str, str]:
    dated = {limit.rule: limit.due_on.isoformat() for limit in option.limits}
    return {**dated, **option.open_limits}


def _zh(text: Text | None) -> str:
    return "" if text is None else str(text.get("zh", ""))
