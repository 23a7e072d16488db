"""A commitment as a record; `commitments` folds it, and is what other modules import it from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from window_app.domain.commitment_words import (
    CommitmentState,
    FaultCode,
    Objection,
    Outcome,
    SignatureKind,
    SignerKind,
    Verification,
)
from window_app.domain.credit_list import CreditStanding

AGAINST = frozenset({Outcome.ENDED, Outcome.CORRECTED, Outcome.REVOKED})


@dataclass(frozen=True, slots=True)
class Fault:
    """An event that is not believed, and why."""

    event_id: UUID
    code: FaultCode


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment, as its events tell it.

    Attributes:
        tokens: lookup tokens of the applicant and, where a guardian signed, of the guardian.
        latest_on: the day it was made at the latest: a clock that is behind the centre's does not hide a listing.
        made_event: holds the texts and the ink in its body.
        list_seen: how far the counter knew the list when it was made.
        wording: digest of the pair that was signed.
        examination: mark of the examination that one registers for with it, "" for anything else.
        proven_on: day on which the certificate came after a withdrawal.
        verified_by, decided_by: codes of office and clerk; never the same person.
        listed_on, listed_event, list_standing, list_ended_on: the person's place on the list that came of it.
        steps: what was believed, in order; `overtaken`: what was not.
    """

    commitment_id: UUID
    case_id: UUID
    code: str
    material: str
    verification: Verification
    due_on: date | None
    made_on: date
    latest_on: date
    made_at: datetime
    made_by: str
    station_id: UUID
    made_event: UUID
    tokens: tuple[str, ...]
    signer: SignerKind
    signature: SignatureKind
    paper: str
    wording: str
    definition_set: str
    list_seen: int
    examination: str = ""
    state: CommitmentState = CommitmentState.MADE
    withdrawn_on: date | None = None
    proven_on: date | None = None
    verified_on: date | None = None
    verified_by: str = ""
    verified_event: UUID | None = None
    method: str = ""
    noticed_on: date | None = None
    heard_on: date | None = None
    outcome: Outcome | None = None
    decision_number: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    decided_event: UUID | None = None
    office: str = ""
    articles: tuple[Mapping[str, Any], ...] = ()
    recovery_on: date | None = None
    objection: Objection = Objection.NONE
    objected_on: date | None = None
    objection_number: str = ""
    listed_on: date | None = None
    listed_event: UUID | None = None
    list_standing: CreditStanding | None = None
    list_ended_on: date | None = None
    steps: tuple[UUID, ...] = ()
    overtaken: tuple[UUID, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def barred(self) -> bool:
        """Whether it was never to be made; it is kept and shown, and nothing rests on it."""
        return any(fault.event_id == self.made_event for fault in self.faults)

    @property
    def to_verify(self) -> bool:
        """Whether the office still has to verify it."""
        waiting = self.state in (CommitmentState.MADE, CommitmentState.UNCLEAR)
        return waiting and not self.barred and self.verification is not Verification.EXEMPT

    @property
    def is_false(self) -> bool:
        """Whether a decision in force says that it is false."""
        return self.outcome in AGAINST and self.objection is not Objection.STRUCK

    @property
    def stands(self) -> bool:
        """Whether the case rests on it in place of the material."""
        return self.state is not CommitmentState.WITHDRAWN and not self.barred and not self.is_false

    @property
    def owed(self) -> bool:
        """Whether the material is due again: withdrawn, and not brought since."""
        return self.state is CommitmentState.WITHDRAWN and self.proven_on is None


def commitment_id_for(case_id: UUID, material: str) -> UUID:
    """Return the id of the one commitment that a case can have in place of a material."""
    return uuid5(NAMESPACE_OID, f"commitment {case_id} {material}")
