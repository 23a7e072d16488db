"""Decisions of an office: on a ground the law gives, with a number of their own and the limit they begin."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from window_app.clock import Clock, legal_date
from window_app.domain.assessment import Citation, Deadline, Text
from window_app.domain.cases import OFFICE_STEPS, STATUS_FIELD, CaseStatus
from window_app.domain.events import Confidentiality, Event, EventType, NewEvent
from window_app.domain.ports import Station, UnitOfWork
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.forms.office_definitions import DecisionGround
from window_app.rules.deadlines import compute
from window_app.services.case_files import CaseFile, written

_BEGINNINGS = ("accepted_on", "review_accepted_on", "mediation_accepted_on")
"""The days that an acceptance is, for whichever limit runs from it."""
LATE = "office.warning.late"
PROVISIONAL = "office.warning.provisional"


class DecisionRefused(WindowAppError):
    """The office cannot decide so; the code says why, and nothing was changed."""

    code = "office.step.unknown"


@dataclass(frozen=True, slots=True)
class Decision:
    """What an office wants to decide.

    Attributes:
        state: accepted, refused, transferred, suspended, returned or closed.
        ground: code of a ground that the law gives; may be "" where there is one alone and it refuses nothing.
        reason: what the decision says beside its ground; for a return what must be completed.
        to: code of the office a transfer goes to.
        materials: codes of the checklist that a return asks for.
    """

    state: str
    ground: str = ""
    reason: str = ""
    to: str | None = None
    materials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionOption:
    """A decision that the law offers in the present state; `to` are the offices a transfer may go to."""

    state: str
    ground: str
    title: Text
    basis: tuple[Citation, ...]
    to: tuple[str, ...]
    limit: str | None


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A decision that was checked, with its number and the limit it begins."""

    ground: DecisionGround
    decision: Decision
    number: str
    decided_on: date
    limit: Deadline | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a decision."""

    state: str
    decision_number: str
    decided_on: date
    due_on: date | None
    provisional: bool
    warnings: tuple[str, ...] = field(default=())


class Deciding:
    """Checks and states the decisions of one office."""

    def __init__(
        self, station: Station, issue_code: Callable[[], str], definitions: DefinitionSet, clock: Clock
    ) -> None:
        """Keep the tools; `issue_code` is asked for each number, since a renewed station goes on under another."""
        self._station = station
        self._issue_code = issue_code
        self._definitions = definitions
        self._clock = clock
        self._office = definitions.offices.get(station.office or "")

    @property
    def kind(self) -> str:
        """Return the kind of this office; "" where the definitions do not know it."""
        return "" if self._office is None else self._office.kind

    def options(self, file: CaseFile) -> tuple[DecisionOption, ...]:
        """Return what the law offers in the present state; nothing for a case of another office."""
        if file.state.office != self._station.office or file.state.read_only:
            return ()
        return tuple(
            DecisionOption(one.state, one.code, one.title, one.basis, self._places(one), one.limit)
            for one in self._grounds()
            if self._follows(one, file)
        )

    def decide(self, work: UnitOfWork, file: CaseFile, decision: Decision) -> tuple[list[NewEvent], Decided]:
        """Return the events of a decision, its number drawn in the open transaction.

        Raises:
            DecisionRefused: where the law, the state or the case's office forbids it.
        """
        self._check_case(file, decision.state)
        ground = self._ground(file, decision)
        self._check_words(ground, decision)
        today = self._clock.today()
        number = self._number(work, decision.state, today)
        drawn = _Drawn(ground, decision, number, today, self._limit(file, ground, today))
        return [self._status(file, drawn)], self._decided(file, drawn)

    def details(self, file: CaseFile, status: Event, decided: Decided, decision: Decision) -> NewEvent:
        """Return what a decision on a confidential case says, for inspection alone."""
        ground = self._ground(file, decision)
        facts = {"status": str(status.event_id), **_facts(ground, decision, decided)}
        return file.about(EventType.STATUS_DETAILED, facts=facts, body=_body(decision), readers=status.readers)

    def _check_case(self, file: CaseFile, wanted: str) -> None:
        state = file.state
        if state.read_only:
            raise DecisionRefused("office.newer_program")
        if state.office != self._station.office:
            raise DecisionRefused("office.not_ours", office=self._title(state.office))
        if wanted not in set(CaseStatus):
            raise DecisionRefused("office.state_unknown", states=", ".join(sorted(OFFICE_STEPS[CaseStatus.RECEIVED])))
        if state.conflicts_on(STATUS_FIELD):
            raise DecisionRefused("office.status_disputed")
        if state.status == wanted and wanted != CaseStatus.TRANSFERRED:
            raise DecisionRefused(
                f"office.already.{wanted}", decision_number=state.decision_number, on=state.decided_on or ""
            )
        if CaseStatus(wanted) not in OFFICE_STEPS[state.status]:
            raise DecisionRefused(f"office.step.{state.status}")

    def _ground(self, file: CaseFile, decision: Decision) -> DecisionGround:
        lawful = [one for one in self._grounds() if one.state == decision.state and self._follows(one, file)]
        if not lawful:
            raise DecisionRefused("office.no_ground")
        known = "；".join(f"{one.code}（{one.title['zh']}）" for one in lawful)
        if not decision.ground:
            if len(lawful) == 1 and decision.state != CaseStatus.REFUSED:
                return lawful[0]
            raise DecisionRefused("office.ground_needed", grounds=known)
        found = next((one for one in lawful if one.code == decision.ground), None)
        if found is None:
            raise DecisionRefused("office.ground_unknown", grounds=known)
        return found

    def _check_words(self, ground: DecisionGround, decision: Decision) -> None:
        reason = written(decision.reason)
        if ground.state == CaseStatus.RETURNED and not reason:
            raise DecisionRefused("office.reason_needed")
        if ground.state == CaseStatus.TRANSFERRED:
            self._check_place(ground, decision)
        elif decision.to:
            raise DecisionRefused("office.to_without_transfer")

    def _check_place(self, ground: DecisionGround, decision: Decision) -> None:
        if not decision.to:
            raise DecisionRefused("office.transfer_to")
        if decision.to == self._station.office:
            raise DecisionRefused("office.transfer_self")
        if decision.to not in self._definitions.offices:
            raise DecisionRefused("office.transfer_unknown")
        if decision.to not in self._places(ground):
            raise DecisionRefused("office.transfer_kind", office=self._title(decision.to))

    def _status(self, file: CaseFile, drawn: _Drawn) -> NewEvent:
        decision = drawn.decision
        base = {STATUS_FIELD: file.state.status_event}
        readers = tuple(dict.fromkeys(one for one in (file.state.office, decision.to) if one))
        if file.confidential:
            facts: dict[str, Any] = {"state": decision.state}
            if decision.to:
                facts["office"] = decision.to
            return file.about(EventType.STATUS_CHANGED, home=True, facts=facts, base=base, readers=readers)
        facts = {"state": decision.state, **_facts(drawn.ground, decision, self._decided(file, drawn))}
        if drawn.limit is not None:
            facts.update(due_raw_on=drawn.limit.raw_on.isoformat(), due_rule=drawn.limit.rule)
        return file.about(
            EventType.STATUS_CHANGED,
            facts=facts,
            body=_body(decision),
            base=base,
            readers=readers,
            confidentiality=Confidentiality.RESTRICTED,
        )

    def _decided(self, file: CaseFile, drawn: _Drawn) -> Decided:
        limit = drawn.limit
        late = file.state.due_on is not None and drawn.decided_on > file.state.due_on
        warnings = [LATE] if late and file.state.status is not CaseStatus.SUSPENDED else []
        provisional = limit is not None and limit.provisional
        return Decided(
            state=drawn.decision.state,
            decision_number=drawn.number,
            decided_on=drawn.decided_on,
            due_on=None if limit is None else limit.due_on,
            provisional=provisional,
            warnings=(*warnings, *([PROVISIONAL] if provisional else [])),
        )

    def _number(self, work: UnitOfWork, state: str, day: date) -> str:
        template = None if self._office is None else self._office.series.get(state)
        if template is None:
            raise DecisionRefused("office.no_series", office=self._title(self._station.office or ""))
        issue_code = self._issue_code()
        serial = work.next_in_series(f"{state} {day.year} {issue_code}")
        return template.format(year=day.year, station=issue_code, serial=serial)

    def _limit(self, file: CaseFile, ground: DecisionGround, today: date) -> Deadline | None:
        rules, locality = self._definitions.rules, self._station.locality
        rule = None if ground.limit is None else rules.deadline(ground.limit, locality)
        if rule is None:
            return None
        accepted_on, stopped = _accepted(file.events, today) if ground.resumes else (today, 0)
        begun = dict.fromkeys(_BEGINNINGS, accepted_on)
        facts = self._definitions.vocabulary.complete({**begun, "suspended_days": stopped})
        limit = compute(rule, facts, rules.parameters, self._definitions.calendars, today, locality)
        return limit if isinstance(limit, Deadline) else None

    def _grounds(self) -> tuple[DecisionGround, ...]:
        return self._definitions.decisions.get(self.kind, ())

    def _follows(self, ground: DecisionGround, file: CaseFile) -> bool:
        """Answer whether a ground fits the state; a suspension is resumed only if something was accepted before."""
        status = file.state.status
        if not ground.is_for(file.state.route):
            return False
        if status not in ground.after or CaseStatus(ground.state) not in OFFICE_STEPS[status]:
            return False
        if status is not CaseStatus.SUSPENDED or ground.state != CaseStatus.ACCEPTED:
            return True
        return ground.resumes is _was_accepted(file.events)

    def _places(self, ground: DecisionGround) -> tuple[str, ...]:
        own = self._station.office
        return tuple(
            one.code for one in self._definitions.offices.values() if one.kind in ground.to and one.code != own
        )

    def _title(self, office: str) -> Text | str:
        known = self._definitions.offices.get(office)
        return office if known is None else known.title


def _facts(ground: DecisionGround, decision: Decision, decided: Decided) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "ground": ground.code,
        "decision_number": decided.decision_number,
        "decided_on": decided.decided_on.isoformat(),
        "articles": article_facts(ground.basis),
    }
    if decision.to:
        facts["office"] = decision.to
    if decision.materials:
        facts["missing_materials"] = list(decision.materials)
    if decided.due_on is not None:
        facts.update(due_on=decided.due_on.isoformat(), due_provisional=decided.provisional)
    return facts


def article_facts(basis: Iterable[Citation]) -> list[dict[str, Any]]:
    """Return articles as events name them."""
    places = ({"law": one.law, "article": one.article, "paragraph": one.paragraph, "item": one.item} for one in basis)
    return [{name: value for name, value in place.items() if value is not None} for place in places]


def _body(decision: Decision) -> Mapping[str, Any]:
    reason = written(decision.reason)
    return {"reason": reason} if reason else {}


def _steps(events: Iterable[Event]) -> list[tuple[str, date]]:
    changed = (event for event in events if event.type == EventType.STATUS_CHANGED)
    return [(str(event.facts.get("state")), _decided_on(event)) for event in changed]


def _decided_on(event: Event) -> date:
    said = event.facts.get("decided_on")
    return date.fromisoformat(said) if isinstance(said, str) else legal_date(event.occurred_at)


def _was_accepted(events: Iterable[Event]) -> bool:
    return any(state == CaseStatus.ACCEPTED for state, _ in _steps(events))


def _accepted(events: Iterable[Event], today: date) -> tuple[date, int]:
    """Return the day a case was accepted, and for how many days it stood suspended since."""
    accepted_on, stopped, since = today, 0, None
    begun = False
    for state, day in _steps(events):
        if state == CaseStatus.ACCEPTED and not begun:
            accepted_on, begun = day, True
        if since is not None:
            stopped, since = stopped + (day - since).days, None
        if state == CaseStatus.SUSPENDED and begun:
            since = day
    return accepted_on, stopped + (0 if since is None else (today - since).days)
