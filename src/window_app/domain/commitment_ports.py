"""What the services of commitments need of the store."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from window_app.domain.commitments import Commitment
from window_app.domain.credit import CreditHistory


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A line of the list of commitments.

    Attributes:
        own: this installation's counter took it.
        to_verify: the office still has to look.
        faults: events about it that are not believed.
    """

    commitment_id: UUID
    case_id: UUID
    code: str
    material: str
    state: str
    made_on: date
    due_on: date | None
    own: bool
    to_verify: bool
    faults: int


class CommitmentRecords(CreditHistory, Protocol):
    """Commitments across cases, and the list of those who may not make one; all of it without a line."""

    def commitments_of(self, token: str) -> tuple[Commitment, ...]:
        """Return every commitment that a person made or signed, in whatever case, oldest first."""
        ...

    def commitments_in(self, case_id: UUID) -> tuple[Commitment, ...]:
        """Return the commitments of a case, in the order of making."""
        ...

    def commitment_rows(self, *, to_verify: bool, limit: int) -> tuple[CommitmentRow, ...]:
        """Return commitments known here: those to verify, nearest date first, or all, newest first."""
        ...

    def doubtful_commitments(self) -> tuple[Commitment, ...]:
        """Return this counter's commitments of whose persons anybody is or was on the list."""
        ...
