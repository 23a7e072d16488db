"""Commitments in place of certificates, as the events of their case tell them.

API for those who build on it (panel, papers, review, figures):

`fold_commitments(events)` takes the events of one case in any order and returns its commitments in the
order of making. A later step that its state does not allow, that came too late, or that is not its
author's to make changes nothing: it is named in `overtaken` and, with the reason, in `faults`. What names
no commitment of the case stands in `stray_events(events)`. Whether somebody was on the list when the
commitment was made is asked of `credit.made_while_listed`.

Facts of the events, all coded (names, texts and ink stand in bodies alone); each has `commitment`, its id:

    CommitmentMade       code material verification due_on made_on signer signature paper wording
                         definition_set list_seen examination; tokens: the applicant's, then the guardian's
    CommitmentWithdrawn  withdrawn_on
    CommitmentVerified   result(true|false|unclear) method verified_on
    CommitmentHearing    step(notice|heard|waived|absent) on
    CommitmentDecided    outcome(upheld|ended|corrected|revoked) decision_number decided_on articles
    RecoveryNoted        noted_on
    CommitmentObjected   objected_on
    ObjectionDecided     result(kept|struck) decision_number since; tokens: the applicant's
    CreditListed         since decision_number office articles; tokens: the applicant's
    CreditRepaired       since decision_number; tokens: the applicant's

`commitment_id_for(case_id, material)` makes the id, so that the same commitment is never made twice. The
office may decide `upheld` without a hearing; every other outcome needs one, by another person than the
one who verified. `stands` says whether the case rests on it in place of the material, `to_verify`
whether the office has to look, `is_false` whether it is false by a decision in force.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from window_app.domain.cases import CaseStatus
from window_app.domain.commitment_records import AGAINST as AGAINST
from window_app.domain.commitment_records import Commitment as Commitment
from window_app.domain.commitment_records import Fault as Fault
from window_app.domain.commitment_records import commitment_id_for as commitment_id_for
from window_app.domain.commitment_steps import (
    OF_COUNTERS,
    STEPS,
    code_of,
    day_of,
    member,
    of_counter,
    of_office,
    proven,
    refused,
)
from window_app.domain.commitment_words import COMMITMENT_TYPES as COMMITMENT_TYPES
from window_app.domain.commitment_words import CommitmentState as CommitmentState
from window_app.domain.commitment_words import FaultCode as FaultCode
from window_app.domain.commitment_words import SignatureKind as SignatureKind
from window_app.domain.commitment_words import SignerKind as SignerKind
from window_app.domain.commitment_words import Verification as Verification
from window_app.domain.conflicts import day, identity
from window_app.domain.events import Event, EventType
from window_app.domain.fold import CaseState, fold_case, in_order

KNOWN_VERSION = 1
ENDED_CASES = frozenset({CaseStatus.CLOSED, CaseStatus.REFUSED, CaseStatus.VOIDED})
"""States of a case in which nothing is committed and nothing withdrawn any more."""


def fold_commitments(events: Iterable[Event]) -> tuple[Commitment, ...]:
    """Return the commitments of one case, in the order of making; the order of the events given does not matter."""
    ordered = tuple(event for event in in_order(events) if _readable(event))
    found: dict[UUID, Commitment] = {}
    for place, event in enumerate(ordered):
        if event.type == EventType.COMMITMENT_MADE:
            _make(found, event, ordered, place)
    for place, event in enumerate(ordered):
        if event.type == EventType.MATERIALS_COMPLETED and of_counter(event):
            found.update({one.commitment_id: proven(one, event) for one in found.values()})
        commitment = found.get(_named(event) or event.event_id)
        if commitment is not None and event.type in STEPS:
            found[commitment.commitment_id] = _step(commitment, event, ordered, place)
    return tuple(found.values())


def stray_events(events: Iterable[Event]) -> tuple[UUID, ...]:
    """Return the events about commitments that name none of the case: shown to a person, never dropped."""
    held = tuple(events)
    known = {one.commitment_id for one in fold_commitments(held)}
    about = (event for event in held if event.type in COMMITMENT_TYPES)
    return tuple(event.event_id for event in about if not _readable(event) or _named(event) not in known)


def case_has_ended(case: CaseState | None) -> bool:
    """Answer whether nothing can be committed or withdrawn in a case any more."""
    return case is not None and case.status in ENDED_CASES


def _readable(event: Event) -> bool:
    return event.type not in COMMITMENT_TYPES or event.version <= KNOWN_VERSION


def _named(event: Event) -> UUID | None:
    return identity(event.facts.get("commitment"))


def _make(found: dict[UUID, Commitment], event: Event, ordered: Sequence[Event], place: int) -> None:
    commitment = _made(event)
    if commitment is None:
        return
    known = found.get(commitment.commitment_id)
    if known is not None:
        found[known.commitment_id] = refused(known, event, FaultCode.TWICE)
        return
    case = fold_case(ordered[:place])
    standing = any(one.material == commitment.material and not one.barred for one in found.values())
    if not of_counter(event):
        commitment = refused(commitment, event, FaultCode.NOT_COUNTER)
    elif standing:
        commitment = refused(commitment, event, FaultCode.TWICE)
    elif case is not None and (case_has_ended(case) or case.completed_on is not None):
        commitment = refused(commitment, event, FaultCode.AFTER_COMPLETION)
    found[commitment.commitment_id] = commitment


def _made(event: Event) -> Commitment | None:
    facts, commitment_id = event.facts, _named(event)
    happened = day_of(event)
    made_on = day(facts.get("made_on")) or happened
    if commitment_id is None:
        return None
    seen = facts.get("list_seen")
    return Commitment(
        commitment_id=commitment_id,
        case_id=event.stream.id,
        code=code_of(facts.get("code")),
        material=code_of(facts.get("material")),
        verification=member(Verification, facts.get("verification")) or Verification.DURING,
        due_on=day(facts.get("due_on")),
        made_on=made_on,
        latest_on=max(made_on, happened),
        made_at=event.occurred_at,
        made_by=event.actor.id,
        station_id=event.station_id,
        made_event=event.event_id,
        tokens=event.tokens,
        signer=member(SignerKind, facts.get("signer")) or SignerKind.APPLICANT,
        signature=member(SignatureKind, facts.get("signature")) or SignatureKind.PAPER,
        paper=code_of(facts.get("paper")),
        wording=code_of(facts.get("wording")),
        definition_set=code_of(facts.get("definition_set")),
        list_seen=seen if type(seen) is int else 0,
        examination=code_of(facts.get("examination")),
        steps=(event.event_id,),
    )


def _step(commitment: Commitment, event: Event, ordered: Sequence[Event], place: int) -> Commitment:
    by_counter = event.type in OF_COUNTERS
    if not (of_office(event) or (by_counter and of_counter(event))):
        fault = FaultCode.NOT_COUNTER if event.type == EventType.COMMITMENT_WITHDRAWN else FaultCode.NOT_OFFICE
        return refused(commitment, event, fault)
    if event.type == EventType.COMMITMENT_WITHDRAWN and case_has_ended(fold_case(ordered[:place])):
        return refused(commitment, event, FaultCode.AFTER_COMPLETION)
    if commitment.barred:
        return refused(commitment, event, FaultCode.TOO_LATE)
    following = STEPS[event.type](commitment, event)
    if isinstance(following, FaultCode):
        return refused(commitment, event, following)
    return replace(following, steps=(*commitment.steps, event.event_id))
