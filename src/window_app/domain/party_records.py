"""What a store knows of persons and employers, and of the visits and cases that name them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from window_app.domain.parties import Merge, PartyKind, PartyState
from window_app.domain.ports import CaseRow


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A line of what was found: a party, or several that are one, under the id they go by.

    Attributes:
        members: all parties that are this one, itself included.
        number: identity number or credit code, "" where none is known.
        visits: how many visits of this counter name it.
    """

    party_id: UUID
    kind: PartyKind
    name: str
    number: str
    phone: str
    members: tuple[UUID, ...]
    visits: int


@dataclass(frozen=True, slots=True)
class PartyGroup:
    """Parties that are one.

    Attributes:
        state: all of them as one.
        members: each by itself, first registered first.
        merges: the links among them, and those of them that were taken away.
    """

    state: PartyState
    members: tuple[PartyState, ...]
    merges: tuple[Merge, ...]


@dataclass(frozen=True, slots=True)
class VisitLink:
    """That a visit of this counter names a party, in a role."""

    visit_id: UUID
    role: str
    on: date


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A case that another station took in for somebody with the same number; nothing personal is known of it."""

    case_id: UUID
    station_id: UUID
    place: str
    matter: str
    received_on: date | None


class PartyRecords(Protocol):
    """What a store knows of persons and employers."""

    def find_parties(self, text: str, kind: PartyKind | None, limit: int) -> tuple[PartyRow, ...]:
        """Return parties by part of a name, pinyin initials, number or its end, end of a phone number."""
        ...

    def party_row(self, party_id: UUID) -> PartyRow | None:
        """Return the line of a party, or of those it is one with."""
        ...

    def party(self, party_id: UUID) -> PartyGroup | None:
        """Return a party with those that are one with it; None where no such party is known."""
        ...

    def parties_by_token(self, token: str, kind: PartyKind) -> tuple[UUID, ...]:
        """Return the parties registered with a number's token, first registered first, wherever that was."""
        ...

    def parties_by_name(self, kind: PartyKind, name: str, phone: str) -> tuple[UUID, ...]:
        """Return the parties that go by exactly this name and phone number."""
        ...

    def visits_of(self, party_id: UUID) -> tuple[VisitLink, ...]:
        """Return the visits of this counter that name a party or one of those it is one with, newest first."""
        ...

    def cases_of_visit(self, visit_id: UUID) -> tuple[CaseRow, ...]:
        """Return the cases that this station made of a visit."""
        ...

    def cases_by_token(self, token: str) -> tuple[UUID, ...]:
        """Return all cases that carry a token, wherever they were taken in."""
        ...

    def elsewhere(self, case_ids: Iterable[UUID]) -> tuple[Elsewhere, ...]:
        """Return what is known of cases that other stations took in; those of this one are left out."""
        ...
