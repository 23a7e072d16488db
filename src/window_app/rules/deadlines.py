"""Limits: from a rule of the law and the dates known to a last day that opens to its steps.

Four things that touch a running period are kept apart, because the law does: a *restart* gives a
new first day (规则46(二)), an *interruption* inside the period makes it run anew (法27), a
*deferral* stops any date from being given (规则69), *excluded* days are not counted (规则46(六)).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Protocol

from window_app.domain.assessment import Citation, Deadline, DeadlineStep, Text
from window_app.domain.working_days import Counted, PeriodUnit, SkippedDay, WorkingDays
from window_app.rules.conditions import Condition


class OpenReason(StrEnum):
    """Why no last day is given."""

    START_UNKNOWN = "start_unknown"
    UNLIMITED = "unlimited"
    CONDITION_UNKNOWN = "condition_unknown"
    DEFERRED = "deferred"
    AMOUNT_UNKNOWN = "amount_unknown"
    NOT_IN_FORCE = "not_in_force"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A limit as the definitions state it; see docs/definitions.md for each field.

    Attributes:
        parameter: name of the parameter that holds the amount, where `amount` is None.
        unlimited_while: while it holds no limit runs.
        in_force_from, in_force_until: inclusive.
        backwards: counted back from the start (a hearing is notified five days before it).
        locality: who stated it, None for the national rule.
    """

    code: str
    title: Text
    unit: PeriodUnit
    start: str
    amount: int | None = None
    parameter: str | None = None
    restarts: tuple[str, ...] = ()
    interrupts: tuple[str, ...] = ()
    defers: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    unlimited_while: Condition | None = None
    roll: bool = True
    backwards: bool = False
    basis: tuple[Citation, ...] = ()
    in_force_from: date | None = None
    in_force_until: date | None = None
    locality: str | None = None


@dataclass(frozen=True, slots=True)
class OpenLimit:
    """A limit without a last day: why, and the facts that would give one."""

    rule: str
    title: Text
    reason: OpenReason
    facts: tuple[str, ...]
    basis: tuple[Citation, ...]
    steps: tuple[DeadlineStep, ...]
    locality: str | None = None


class ParameterValues(Protocol):
    """The dated legal values."""

    def value(self, name: str, on: date, locality: str | None) -> object:
        """Return the value in force, None where none is known."""
        ...


def compute(
    rule: DeadlineRule,
    facts: Mapping[str, Any],
    parameters: ParameterValues,
    working_days: WorkingDays,
    on: date,
    locality: str | None = None,
) -> Deadline | OpenLimit:
    """Return the last day of a limit as the facts stand, or why there is none.

    `on` is the legal date by which the rule's and its parameter's dates are judged.
    """
    reason, missing = _obstacle(rule, facts, on)
    if reason is not None:
        return _open(rule, reason, missing, _reason_step(rule, reason, missing))
    amount = rule.amount if rule.parameter is None else read_amount(parameters.value(rule.parameter, on, locality))
    if amount is None:
        return _open(rule, OpenReason.AMOUNT_UNKNOWN, (), _reason_step(rule, OpenReason.AMOUNT_UNKNOWN, ()))
    excluded = sum(_days(facts.get(name)) for name in rule.excludes)
    start, steps = _started(rule, facts)
    period = _Period(rule, amount, excluded, working_days)
    start, more = _interrupted(period, start, _dates(facts, rule.interrupts))
    return period.deadline(start, (*steps, *more))


def _obstacle(rule: DeadlineRule, facts: Mapping[str, Any], on: date) -> tuple[OpenReason | None, tuple[str, ...]]:
    if (rule.in_force_from and on < rule.in_force_from) or (rule.in_force_until and on > rule.in_force_until):
        return OpenReason.NOT_IN_FORCE, ()
    if rule.unlimited_while is not None:
        holds = rule.unlimited_while.test(facts)
        if holds:
            return OpenReason.UNLIMITED, rule.unlimited_while.facts
        if holds is None:
            return OpenReason.CONDITION_UNKNOWN, rule.unlimited_while.unknown(facts)
    deferring = tuple(name for name in rule.defers if facts.get(name) is True)
    if deferring:
        return OpenReason.DEFERRED, deferring
    if not _dates(facts, (rule.start, *rule.restarts)):
        return OpenReason.START_UNKNOWN, (rule.start,)
    return None, ()


def _open(rule: DeadlineRule, reason: OpenReason, facts: tuple[str, ...], step: DeadlineStep) -> OpenLimit:
    return OpenLimit(rule.code, rule.title, reason, facts, rule.basis, (step,), rule.locality)


def _reason_step(rule: DeadlineRule, reason: OpenReason, facts: tuple[str, ...]) -> DeadlineStep:
    params: dict[str, object] = {"facts": list(facts)}
    if rule.parameter is not None:
        params["parameter"] = rule.parameter
    return DeadlineStep(f"deadline.{reason.value}", params, basis=_first(rule.basis))


def _step(code: str, on: date, basis: Citation | None = None, **params: object) -> DeadlineStep:
    """Return a step whose parameters are JSON and hold its day, so that one text can show it."""
    return DeadlineStep(code, {"on": on.isoformat(), **params}, on, basis)


def _first(basis: Sequence[Citation]) -> Citation | None:
    return basis[0] if basis else None


def read_amount(value: object) -> int | None:
    """Return a number of days, months or years; None for what is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _days(value: object) -> int:
    return read_amount(value) or 0


def _dates(facts: Mapping[str, Any], names: Iterable[str]) -> tuple[tuple[date, str], ...]:
    """Return the dates known under these names with their names, in order; a fact may be a list of dates."""
    found: list[tuple[date, str]] = []
    for name in names:
        value = facts.get(name)
        values = value if isinstance(value, list | tuple) else [value]
        found.extend((each, name) for each in values if isinstance(each, date))
    return tuple(sorted(found))


def _started(rule: DeadlineRule, facts: Mapping[str, Any]) -> tuple[date, tuple[DeadlineStep, ...]]:
    first = _dates(facts, (rule.start,))
    restarts = _dates(facts, rule.restarts)
    start = first[0][0] if first else restarts[-1][0]
    steps = [_step("deadline.start", start, _first(rule.basis), fact=rule.start)] if first else []
    if restarts and (not first or restarts[-1][0] > start):
        start, name = restarts[-1]
        steps.append(_step("deadline.restarted", start, _first(rule.basis), fact=name))
    return start, tuple(steps)


def _interrupted(
    period: "_Period", start: date, interruptions: Sequence[tuple[date, str]]
) -> tuple[date, tuple[DeadlineStep, ...]]:
    steps: list[DeadlineStep] = []
    for day, name in interruptions:
        if day <= start:
            continue
        inside = day <= period.last_day(start)
        code = "deadline.interrupted" if inside else "deadline.interrupt_too_late"
        steps.append(_step(code, day, _first(period.rule.basis), fact=name))
        start = day if inside else start
    return start, tuple(steps)


@dataclass(frozen=True, slots=True)
class _Period:
    """A limit's length, ready to be counted from any start."""

    rule: DeadlineRule
    amount: int
    excluded: int
    working_days: WorkingDays

    def last_day(self, start: date) -> date:
        return self._rolled(self._counted(start).on).on

    def deadline(self, start: date, steps: tuple[DeadlineStep, ...]) -> Deadline:
        counted = self._counted(start)
        rolled = self._rolled(counted.on)
        provisional = counted.provisional or rolled.provisional
        counting = (*self._count_steps(counted), *_roll_steps(counted.on, rolled))
        return Deadline(
            rule=self.rule.code,
            title=self.rule.title,
            amount=self.amount,
            unit=self.rule.unit.value,
            start_on=start,
            raw_on=counted.on,
            due_on=rolled.on,
            provisional=provisional,
            basis=self.rule.basis,
            steps=(*steps, *counting, *_guess_steps(rolled.on, provisional)),
            locality=self.rule.locality,
        )

    def _counted(self, start: date) -> Counted:
        unit = self.rule.unit
        if self.rule.backwards:
            return self.working_days.workdays_before(start, self.amount)
        if unit in (PeriodUnit.WORKDAYS, PeriodUnit.DAYS):
            return self.working_days.add(start, self.amount + self.excluded, unit)
        counted = self.working_days.add(start, self.amount, unit)
        return Counted(counted.on + timedelta(days=self.excluded), clamped=counted.clamped)

    def _rolled(self, day: date) -> Counted:
        return self.working_days.roll(day) if self.rule.roll else Counted(day)

    def _count_steps(self, counted: Counted) -> Iterator[DeadlineStep]:
        yield from _skip_steps(counted.skipped)
        yield from _made_up_steps(counted.made_up)
        if self.excluded:
            yield _step("deadline.excluded", counted.on, days=self.excluded, facts=list(self.rule.excludes))
        if counted.clamped:
            yield _step("deadline.clamped", counted.on)
        code = "deadline.counted_back" if self.rule.backwards else f"deadline.counted_{self.rule.unit}"
        yield _step(code, counted.on, _first(self.rule.basis), amount=self.amount)


def _skip_steps(skipped: Sequence[SkippedDay]) -> Iterator[DeadlineStep]:
    weekend = [each for each in skipped if not each.notice]
    if weekend:
        yield _step("deadline.skipped_weekend", weekend[0].day, days=len(weekend))
    named = [each for each in skipped if each.notice]
    for run in _runs(named):
        first, last = run[0].day.isoformat(), run[-1].day.isoformat()
        yield _step("deadline.skipped_holiday", run[0].day, first=first, last=last, days=len(run), notice=run[0].notice)


def _runs(days: Sequence[SkippedDay]) -> Iterator[list[SkippedDay]]:
    run: list[SkippedDay] = []
    for each in days:
        if run and (each.day - run[-1].day != timedelta(days=1) or each.notice != run[-1].notice):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _made_up_steps(days: Sequence[SkippedDay]) -> Iterator[DeadlineStep]:
    for each in days:
        yield _step("deadline.made_up", each.day, notice=each.notice)


def _roll_steps(raw_on: date, rolled: Counted) -> Iterator[DeadlineStep]:
    if rolled.on == raw_on:
        return
    yield from _skip_steps(rolled.skipped)
    yield _step("deadline.rolled", rolled.on, raw=raw_on.isoformat(), days=len(rolled.skipped))


def _guess_steps(due_on: date, provisional: bool) -> Iterator[DeadlineStep]:
    if provisional:
        yield _step("deadline.provisional", due_on)


@dataclass(frozen=True, slots=True)
class DeadlineRules:
    """The national rules and what localities change in them."""

    national: Mapping[str, DeadlineRule] = field(default_factory=dict)
    local: Mapping[str, Mapping[str, DeadlineRule]] = field(default_factory=dict)

    def find(self, code: str, localities: Sequence[str] = ()) -> DeadlineRule | None:
        """Return the rule of the nearest locality that speaks of it; nearest first, then the nation."""
        for locality in localities:
            rule = self.local.get(locality, {}).get(code)
            if rule is not None:
                return rule
        return self.national.get(code)
