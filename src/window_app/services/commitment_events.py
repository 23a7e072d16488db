"""The events of commitments at the counter: made, withdrawn, and what becomes due of either."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from window_app.domain import ink
from window_app.domain.commitment_drafts import GUARDIAN, DraftCommitment, InkSignature, PaperSignature
from window_app.domain.commitments import Commitment, commitment_id_for
from window_app.domain.events import Confidentiality, EventType, NewEvent, Stream, StreamKind
from window_app.domain.working_days import PeriodUnit, WorkingDays
from window_app.forms import CommitmentDefinition
from window_app.services.commitment_offers import Offer


@dataclass(frozen=True, slots=True)
class MadeAt:
    """Where and when a commitment is made.

    Attributes:
        office: who may read what was written; "" where no office is known.
        list_seen: how far the list is known here.
        guardian: lookup token of a guardian who signs, "" where none does.
    """

    case_id: UUID
    on: date
    office: str
    definition_set: str
    list_seen: int
    guardian: str = ""


def made(offer: Offer, chosen: DraftCommitment, at: MadeAt, calendar: WorkingDays) -> NewEvent:
    """Return the event of a commitment; its body freezes both texts, who signed and how."""
    definition = offer.definition
    signature = chosen.signature
    facts: dict[str, Any] = {
        "commitment": str(commitment_id_for(at.case_id, offer.material)),
        "code": definition.code,
        "material": offer.material,
        "verification": definition.verification.value,
        "made_on": at.on.isoformat(),
        "signer": chosen.signer.kind,
        "signature": "" if signature is None else signature.kind.value,
        "wording": chosen.wording,
        "definition_set": at.definition_set,
        "list_seen": at.list_seen,
    }
    due_on = verify_by(definition, at.on, calendar)
    if due_on is not None:
        facts["due_on"] = due_on.isoformat()
    if offer.examination:
        facts["examination"] = offer.examination
    if isinstance(signature, PaperSignature):
        facts["paper"] = signature.number
    return NewEvent(
        Stream(StreamKind.CASE, at.case_id),
        EventType.COMMITMENT_MADE,
        body=_body(offer, chosen),
        facts=facts,
        tokens=tuple(token for token in dict.fromkeys((offer.applicant.token, at.guardian)) if token),
        readers=(at.office,) if at.office else (),
        confidentiality=Confidentiality.RESTRICTED,
    )


def withdrawn(commitment: Commitment, on: date, reason: str, office: str) -> NewEvent:
    """Return the event by which a commitment is withdrawn, for the reason in its body."""
    return NewEvent(
        Stream(StreamKind.CASE, commitment.case_id),
        EventType.COMMITMENT_WITHDRAWN,
        body={"reason": reason},
        facts={"commitment": str(commitment.commitment_id), "withdrawn_on": on.isoformat()},
        tokens=commitment.tokens,
        readers=(office,) if office else (),
        confidentiality=Confidentiality.RESTRICTED,
    )


def verify_by(definition: CommitmentDefinition, on: date, calendar: WorkingDays) -> date | None:
    """Return by when the office has to verify; None where it never has to, or nobody has set a period."""
    within = definition.verify_within
    if within is None:
        return None
    return calendar.add(on, within.number, PeriodUnit(within.unit)).on


def _body(offer: Offer, chosen: DraftCommitment) -> Mapping[str, Any]:
    applicant, signer, signature = offer.applicant, chosen.signer, chosen.signature
    pair = offer.pair
    said: dict[str, Any] = {
        "applicant": {"name": applicant.name, "number": applicant.number, "employer": applicant.employer},
        "chosen_at": None if chosen.chosen_at is None else chosen.chosen_at.isoformat(),
        "notice": [] if pair is None else list(pair.notice),
        "letter": [] if pair is None else list(pair.letter),
    }
    if signer.kind == GUARDIAN:
        said["guardian"] = {"name": signer.name, "number": signer.id_number, "relation": signer.relation}
        said["capacity"] = signer.capacity
    if isinstance(signature, InkSignature):
        said["ink"] = ink.to_json(signature.strokes)
        said["signed_at"] = signature.signed_at.isoformat()
    elif isinstance(signature, PaperSignature):
        said["signed_at"], said["seen_by"] = signature.confirmed_at.isoformat(), signature.by
    return said
