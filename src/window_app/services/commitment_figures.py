"""What commitments spared and what became of them: counted from the events of the cases, by matter and month.

A commitment belongs to the day on which it was made; what became of it since counts with that day. Numbers only:
nobody is named.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from window_app.domain.assessment import Text
from window_app.domain.commitment_ports import CommitmentRecords
from window_app.domain.commitments import Commitment, CommitmentState, Verification, fold_commitments
from window_app.domain.events import Event, EventType
from window_app.domain.ports import Records
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet

_MOST = 1_000_000
_ANSWERED = frozenset({CommitmentState.MADE, CommitmentState.UNCLEAR, CommitmentState.WITHDRAWN})
"""States in which nobody has said yet whether it is true."""


class Store(Records, CommitmentRecords, Protocol):
    """What the figures need of the store."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of some commitments.

    Attributes:
        made: all that were made; those that never counted (twice, too late) left out.
        certificates: certificates that nobody had to bring: the commitments on which a case still rests.
        trips: visits in which at least one certificate was spared: each would have had to come again.
        withdrawn: taken back before the end.
        exempt: never to be verified; `waiting`: still to be verified.
        verified: of which somebody said whether they are true; `confirmed` true, `doubted` false, the decision
            still open or the person heard; `false` false by a decision in force.
    """

    made: int = 0
    certificates: int = 0
    trips: int = 0
    withdrawn: int = 0
    exempt: int = 0
    waiting: int = 0
    verified: int = 0
    confirmed: int = 0
    doubted: int = 0
    false: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a period, both days included.

    Attributes:
        by_matter: by the code of the matter, with its title; `by_month` by month, as 2026-11.
    """

    first: date
    last: date
    total: Counts
    by_matter: tuple[tuple[str, Text, Counts], ...]
    by_month: tuple[tuple[str, Counts], ...]


@dataclass(frozen=True, slots=True)
class _Counted:
    commitment: Commitment
    matter: str
    visit: str


class CommitmentFigures:
    """Counts the commitments that are known at this station."""

    def __init__(self, records: Store, definitions: DefinitionSet) -> None:
        """Keep the store and the set that names the matters."""
        self._records = records
        self._definitions = definitions

    def of(self, first: date, last: date) -> Figures:
        """Return the figures of the commitments made from one day to another, both included.

        Raises:
            WindowAppError: `commitments.period` where the period ends before it begins.
        """
        if last < first:
            raise WindowAppError("commitments.period", first=first.isoformat(), last=last.isoformat())
        found = [one for one in self._all() if first <= one.commitment.made_on <= last]
        matters = sorted({one.matter for one in found})
        months = sorted({_month(one) for one in found})
        return Figures(
            first,
            last,
            _counts(found),
            tuple((code, self._title(code), _counts(one for one in found if one.matter == code)) for code in matters),
            tuple((month, _counts(one for one in found if _month(one) == month)) for month in months),
        )

    def _all(self) -> Iterable[_Counted]:
        rows = self._records.commitment_rows(to_verify=False, limit=_MOST)
        for case_id in dict.fromkeys(row.case_id for row in rows):
            events = self._records.events(case_id)
            matter, visit = _place(events, case_id)
            for commitment in fold_commitments(events):
                if not commitment.barred:
                    yield _Counted(commitment, matter, visit)

    def _title(self, code: str) -> Text:
        known = self._definitions.matters.get(code)
        return {"zh": code, "en": code} if known is None else known.title


def _place(events: Iterable[Event], case_id: UUID) -> tuple[str, str]:
    """Return matter and visit of a case, by its receiving."""
    facts: Mapping[str, object] = next((one.facts for one in events if one.type == EventType.MATTER_RECEIVED), {})
    return str(facts.get("matter", "")), str(facts.get("visit_id", case_id))


def _month(counted: _Counted) -> str:
    return f"{counted.commitment.made_on:%Y-%m}"


def _counts(counted: Iterable[_Counted]) -> Counts:
    held = list(counted)
    made = [one.commitment for one in held]
    answered = [one for one in made if one.state not in _ANSWERED]
    false = sum(one.is_false for one in answered)
    confirmed = sum(_is_confirmed(one) for one in answered)
    return Counts(
        made=len(made),
        certificates=sum(one.stands for one in made),
        trips=len({one.visit for one in held if one.commitment.stands}),
        withdrawn=sum(one.state is CommitmentState.WITHDRAWN for one in made),
        exempt=sum(one.verification is Verification.EXEMPT and one.state is CommitmentState.MADE for one in made),
        waiting=sum(one.to_verify for one in made),
        verified=len(answered),
        confirmed=confirmed,
        doubted=len(answered) - confirmed - false,
        false=false,
    )


def _is_confirmed(commitment: Commitment) -> bool:
    """Answer whether it was found true, or holds by the decision or after an objection."""
    if commitment.state is CommitmentState.VERIFIED_TRUE:
        return True
    return commitment.state is CommitmentState.DECIDED and not commitment.is_false
