"""The steps of a commitment after its making: each returns what follows, or why it is not believed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from window_app.clock import legal_date
from window_app.domain.commitment_records import Commitment, Fault
from window_app.domain.commitment_words import (
    CommitmentState,
    FaultCode,
    HearingStep,
    Objection,
    Outcome,
    Result,
)
from window_app.domain.conflicts import day, office_of
from window_app.domain.credit_list import CreditStanding
from window_app.domain.events import COUNTER, ActorKind, Event, EventType


def refused(commitment: Commitment, event: Event, code: FaultCode) -> Commitment:
    """Return a commitment with an event that is not believed, named with its reason."""
    overtaken = commitment.overtaken
    if event.event_id != commitment.made_event:
        overtaken = (*overtaken, event.event_id)
    return replace(commitment, overtaken=overtaken, faults=(*commitment.faults, Fault(event.event_id, code)))


def _withdrawn(commitment: Commitment, event: Event) -> Commitment | FaultCode:
    if not of_counter(event):
        return FaultCode.NOT_COUNTER
    if commitment.state not in (CommitmentState.MADE, CommitmentState.UNCLEAR):
        return FaultCode.TOO_LATE
    on = day(event.facts.get("withdrawn_on")) or day_of(event)
    return replace(commitment, state=CommitmentState.WITHDRAWN, withdrawn_on=on)


def _verified(commitment: Commitment, event: Event) -> Commitment | FaultCode:
    result = member(Result, event.facts.get("result"))
    if result is None:
        return FaultCode.UNREADABLE
    if commitment.state is CommitmentState.WITHDRAWN:
        return FaultCode.AFTER_WITHDRAWAL
    if commitment.state not in (CommitmentState.MADE, CommitmentState.UNCLEAR):
        return FaultCode.TOO_LATE
    return replace(
        commitment,
        state=_FOUND[result],
        verified_on=day(event.facts.get("verified_on")) or day_of(event),
        verified_by=event.actor.id,
        verified_event=event.event_id,
        method=code_of(event.facts.get("method")),
        office=office_of(event),
    )


def _hearing(commitment: Commitment, event: Event) -> Commitment | FaultCode:
    step = member(HearingStep, event.facts.get("step"))
    on = day(event.facts.get("on")) or day_of(event)
    if step is None:
        return FaultCode.UNREADABLE
    if commitment.state in _UNFOUND:
        return _UNFOUND[commitment.state]
    if step is HearingStep.NOTICE and commitment.state is CommitmentState.FOUND_FALSE:
        return replace(commitment, state=CommitmentState.HEARING, noticed_on=on)
    if step is not HearingStep.NOTICE and commitment.state is CommitmentState.HEARING:
        return replace(commitment, state=CommitmentState.HEARD, heard_on=on)
    return FaultCode.NO_NOTICE if commitment.state is CommitmentState.FOUND_FALSE else FaultCode.TOO_LATE


def _decided(commitment: Commitment, event: Event) -> Commitment | FaultCode:
    outcome, number = member(Outcome, event.facts.get("outcome")), code_of(event.facts.get("decision_number"))
    if outcome is None or not number:
        return FaultCode.UNREADABLE
    if commitment.state is CommitmentState.DECIDED:
        return FaultCode.TOO_LATE
    if commitment.state in _UNFOUND:
        return _UNFOUND[commitment.state]
    if outcome is not Outcome.UPHELD and commitment.state is not CommitmentState.HEARD:
        return FaultCode.NO_HEARING
    if event.actor.id == commitment.verified_by:
        return FaultCode.SAME_PERSON
    cited = event.facts.get("articles")
    articles = cited if isinstance(cited, list) else []
    return replace(
        commitment,
        state=CommitmentState.DECIDED,
        outcome=outcome,
        decision_number=number,
        decided_on=day(event.facts.get("decided_on")) or day_of(event),
        decided_by=event.actor.id,
        decided_event=event.event_id,
        articles=tuple(one for one in articles if isinstance(one, Mapping)),
        office=office_of(event),
    )


def _recovery(commitment: Commitment, event: Event) -> Commitment | FaultCode:
    if not commitment.is_false:
        return FaultCode.NO_DECISION
    if commitment.recovery_on is not None:
        return FaultCode.TOO_LATE
    return replace(commitment, recovery_on=day(event.facts.get("noted_on")) or day_of(event))


def _objected(commitment: Commitment, event: Event) -> Commitment | FaultCode:
    if not commitment.is_false:
        return FaultCode.NO_DECISION
    if commitment.objection is not Objection.NONE:
        return FaultCode.TOO_LATE
    on = day(event.facts.get("objected_on")) or day_of(event)
    return replace(commitment, objection=Objection.OPEN, objected_on=on)


def _objection_decided(commitment: Commitment, event: Event) -> Commitment | FaultCode:
    result = member(Objection, event.facts.get("result"))
    if result not in (Objection.KEPT, Objection.STRUCK):
        return FaultCode.UNREADABLE
    if commitment.objection is not Objection.OPEN:
        return FaultCode.NO_OBJECTION if commitment.objection is Objection.NONE else FaultCode.TOO_LATE
    decided = replace(commitment, objection=result, objection_number=code_of(event.facts.get("decision_number")))
    if result is Objection.KEPT or decided.list_standing is None:
        return decided
    on = day(event.facts.get("since")) or day(event.facts.get("decided_on")) or day_of(event)
    return replace(decided, list_standing=CreditStanding.STRUCK, list_ended_on=on)


def _listed(commitment: Commitment, event: Event) -> Commitment | FaultCode:
    if not commitment.is_false:
        return FaultCode.NO_DECISION
    if commitment.listed_on is not None:
        return FaultCode.TOO_LATE
    on = day(event.facts.get("since")) or day_of(event)
    return replace(commitment, listed_on=on, listed_event=event.event_id, list_standing=CreditStanding.LISTED)


def _repaired(commitment: Commitment, event: Event) -> Commitment | FaultCode:
    if not commitment.is_false and commitment.list_standing is None:
        return FaultCode.NOT_LISTED
    if commitment.list_standing not in (None, CreditStanding.LISTED):
        return FaultCode.TOO_LATE
    on = day(event.facts.get("since")) or day_of(event)
    return replace(commitment, list_standing=CreditStanding.REPAIRED, list_ended_on=on)


def proven(commitment: Commitment, event: Event) -> Commitment:
    """Return a commitment after everything missing was handed in: what was withdrawn is owed no more."""
    if not commitment.owed or event.event_id in commitment.steps:
        return commitment
    return replace(commitment, proven_on=day(event.facts.get("completed_on")) or day_of(event))


def of_office(event: Event) -> bool:
    """Answer whether an event is of an office that the directory knows, in its own name."""
    # Whom the directory does not (yet) know decides nothing; once it does, this is folded anew.
    at_office = event.actor.kind is ActorKind.OFFICE and event.author_kind == "office"
    return at_office and event.author_office == office_of(event)


def of_counter(event: Event) -> bool:
    """Answer whether an event is of a counter."""
    return event.actor.kind in COUNTER and event.author_kind != "office"


def day_of(event: Event) -> date:
    """Return the day on which an event happened: by the centre's clock as far as its author knew it."""
    offset = timedelta(milliseconds=event.clock_offset_ms or 0)
    return legal_date(event.occurred_at + offset)


def code_of(value: object) -> str:
    """Return a text, "" for anything else."""
    return value if isinstance(value, str) else ""


def member(kind: Any, value: object) -> Any:  # noqa: ANN401 - a member of the enumeration given
    """Return the member of an enumeration with this value, None where it has none."""
    return kind(value) if isinstance(value, str) and value in {one.value for one in kind} else None


_FOUND: Mapping[Result, CommitmentState] = {
    Result.TRUE: CommitmentState.VERIFIED_TRUE,
    Result.FALSE: CommitmentState.FOUND_FALSE,
    Result.UNCLEAR: CommitmentState.UNCLEAR,
}
_UNFOUND: Mapping[CommitmentState, FaultCode] = {
    CommitmentState.MADE: FaultCode.NO_FINDING,
    CommitmentState.UNCLEAR: FaultCode.NO_FINDING,
    CommitmentState.VERIFIED_TRUE: FaultCode.NO_FINDING,
    CommitmentState.WITHDRAWN: FaultCode.AFTER_WITHDRAWAL,
}
OF_COUNTERS = frozenset({EventType.COMMITMENT_WITHDRAWN, EventType.COMMITMENT_OBJECTED})
STEPS: Mapping[str, Callable[[Commitment, Event], Commitment | FaultCode]] = {
    EventType.COMMITMENT_WITHDRAWN: _withdrawn,
    EventType.COMMITMENT_VERIFIED: _verified,
    EventType.COMMITMENT_HEARING: _hearing,
    EventType.COMMITMENT_DECIDED: _decided,
    EventType.RECOVERY_NOTED: _recovery,
    EventType.COMMITMENT_OBJECTED: _objected,
    EventType.OBJECTION_DECIDED: _objection_decided,
    EventType.CREDIT_LISTED: _listed,
    EventType.CREDIT_REPAIRED: _repaired,
}
