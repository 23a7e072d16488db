"""A case as its events tell it: where it stands, whose it is, what was set and what is disputed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from window_app.domain.quick import quick

STATUS_FIELD = "status"
"""The name under which the status stands in bases and conflicts, beside the fields of the form."""


class CaseStatus(StrEnum):
    """Where a case stands. All but `received` and `voided` are decisions of the competent office."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    TRANSFERRED = "transferred"
    SUSPENDED = "suspended"
    RETURNED = "returned"
    CLOSED = "closed"
    VOIDED = "voided"


_FIRST_ANSWERS = frozenset(
    {
        CaseStatus.ACCEPTED,
        CaseStatus.REFUSED,
        CaseStatus.TRANSFERRED,
        CaseStatus.SUSPENDED,
        CaseStatus.RETURNED,
        CaseStatus.CLOSED,
    }
)

OFFICE_STEPS: Mapping[CaseStatus, frozenset[CaseStatus]] = {
    CaseStatus.RECEIVED: _FIRST_ANSWERS,
    CaseStatus.ACCEPTED: frozenset({CaseStatus.SUSPENDED, CaseStatus.TRANSFERRED, CaseStatus.CLOSED}),
    CaseStatus.SUSPENDED: frozenset(
        {CaseStatus.ACCEPTED, CaseStatus.REFUSED, CaseStatus.TRANSFERRED, CaseStatus.CLOSED}
    ),
    CaseStatus.RETURNED: frozenset(
        {CaseStatus.ACCEPTED, CaseStatus.REFUSED, CaseStatus.TRANSFERRED, CaseStatus.CLOSED}
    ),
    CaseStatus.REFUSED: frozenset({CaseStatus.ACCEPTED, CaseStatus.CLOSED}),
    CaseStatus.TRANSFERRED: _FIRST_ANSWERS,
    CaseStatus.CLOSED: frozenset({CaseStatus.ACCEPTED}),
    CaseStatus.VOIDED: frozenset(),
}
"""Which status an office may give after which; acceptance after refusal or closing is its correction.

A transferred case is a new one to the office it went to.
"""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a case, as found in the body of the receiving; empty once that was erased."""

    role: str
    name: str
    phone: str = ""


@quick
@dataclass(frozen=True, slots=True)
class SetValue:
    """A value somebody gave a field, and when by that machine's clock.

    Attributes:
        origin: the event that first gave this value; another one than `event_id` where a person chose it.
        value: JSON; for the status a mapping of the event's facts with `state` and `office`.
        known: False where the body that says it is not held here or was erased.
        mark: keyed digest of the value in the envelope, so that equal values are seen without bodies.
        by: code of the author.
    """

    event_id: UUID
    origin: UUID
    value: Any
    known: bool
    by: str
    station_id: UUID
    at: datetime
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values that were set from one base: `kept` came first in the feed and stands, `other` waits for a person."""

    field: str
    kept: SetValue
    other: SetValue

    @property
    def kept_event(self) -> UUID:
        """Return the event that set the value that stands."""
        return self.kept.event_id

    @property
    def kept_value(self) -> object:
        """Return the value that stands; None where it is not known here."""
        return self.kept.value

    @property
    def other_event(self) -> UUID:
        """Return the event that set the other value."""
        return self.other.event_id

    @property
    def other_value(self) -> object:
        """Return the other value; None where it is not known here."""
        return self.other.value


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody works on the case; `claimant` is a code."""

    event_id: UUID
    claimant: str
    station_id: UUID
    at: datetime


@quick
@dataclass(frozen=True, slots=True)
class CaseState:
    """A case as its events tell it.

    Attributes:
        status_event: the event that last set `status`.
        decision_number: the office's own number of its last decision.
        completed_on: day on which missing materials were handed in; None again after a return.
        received: the status as the receiving set it; what nobody has set since was set by that event.
        office: code of the office that has it to decide; "" where none was named.
        offices: every office it was with, the present one last.
        acknowledged: the present office has taken it over from the counter.
        claims: who works on it now; the first in order holds it, further ones are shown.
        opened_by: who read it on record, in order.
        status_set: the status as a set value.
        fields: what was set after the receiving, by field.
        conflicts: values that a person must choose between.
        answers: what the form said at the receiving.
        papers: ids of the papers issued, in order.
        out_of_place: events that were not allowed here, as a whole or in part: shown, never dropped.
        unknown: events of types or versions that this release does not know.
        read_only: one of these is critical, so a newer program must go on.
    """

    case_id: UUID
    visit_id: UUID | None
    matter_key: str
    number: str
    matter: str
    route: str
    received_on: date | None
    due_on: date | None
    status: CaseStatus
    status_event: UUID
    received_by: UUID
    received: SetValue
    status_set: SetValue
    decision_number: str = ""
    decided_on: date | None = None
    completed_on: date | None = None
    office: str = ""
    offices: tuple[str, ...] = ()
    acknowledged: bool = False
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
    claims: tuple[Claim, ...] = ()
    opened_by: tuple[str, ...] = ()
    fields: Mapping[str, SetValue] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    parties: tuple[Party, ...] = ()
    papers: tuple[str, ...] = ()
    out_of_place: tuple[UUID, ...] = ()
    unknown: tuple[UUID, ...] = ()
    read_only: bool = False

    @property
    def claimed_by(self) -> str:
        """Return who works on it, "" for nobody: the first claim in order that was not released."""
        return self.claims[0].claimant if self.claims else ""

    def name_of(self, role: str) -> str:
        """Return the name of the first party in a role, or "" where there is none."""
        # Of most cases of other counters nobody is known here.
        return next((party.name for party in self.parties if party.role == role), "") if self.parties else ""

    def setter(self, name: str) -> UUID:
        """Return the event that last set a field or the status: what a change of it states as its base."""
        if name == STATUS_FIELD:
            return self.status_event
        found = self.fields.get(name)
        return self.received.event_id if found is None else found.event_id

    def conflicts_on(self, name: str) -> tuple[Conflict, ...]:
        """Return the conflicts of a field."""
        return tuple(conflict for conflict in self.conflicts if conflict.field == name)
