"""What an office sees of commitments: what it has to verify, where each stands, what was said at every step.

The office verifies by itself and asks the applicant for nothing: no step here makes anybody bring a paper.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from window_app.clock import Clock, legal_date
from window_app.domain.assessment import Text
from window_app.domain.commitment_ports import CommitmentRecords
from window_app.domain.commitment_words import Objection
from window_app.domain.commitments import COMMITMENT_TYPES, Commitment, CommitmentState, fold_commitments
from window_app.domain.credit import Listing, made_while_listed, together, told_by
from window_app.domain.credit_list import CreditStanding
from window_app.domain.events import Event, EventType
from window_app.domain.ports import CaseRow, Records, Station
from window_app.errors import WindowAppError
from window_app.forms import CommitmentDefinition, DefinitionSet
from window_app.forms.kinds import OF_COMMITMENTS
from window_app.forms.office_definitions import DecisionGround
from window_app.services.case_files import CaseFile, CaseFiles

NEAR_DAYS = 3
_MOST = 5000


class ReviewRecords(CommitmentRecords, Records, Protocol):
    """A store with commitments in it."""


class ReviewRefused(WindowAppError):
    """The office cannot do so; the code says why, and nothing was changed."""

    code = "commitment_review.unknown"


class Stage(StrEnum):
    """What the office has to do next with a commitment."""

    VERIFY = "verify"
    NOTICE = "notice"
    HEAR = "hear"
    DECIDE = "decide"
    OBJECTION = "objection"
    REPAIR = "repair"
    DONE = "done"


class ReviewView(StrEnum):
    """Which commitments to show: those to verify, those that something else is to be done with, or all."""

    TO_VERIFY = "to_verify"
    OPEN = "open"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A commitment in the office's list.

    Attributes:
        days_left: until it is to be verified, negative behind that day; None where no day is set or none runs.
        limit: "none", "running", "near" or "overdue".
        doubts: periods on the list in which it should not have been made.
    """

    row: CaseRow
    commitment: Commitment
    stage: Stage
    days_left: int | None
    limit: str
    doubts: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """An event of a commitment as it is shown.

    Attributes:
        by: code of its author, which the station gives.
        said: what its body says by name; empty where it is not held here.
        fault: why it is not believed, "" where it is.
    """

    event_id: UUID
    type: str
    on: date
    by: str
    station_id: UUID
    facts: Mapping[str, Any]
    said: Mapping[str, Any]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """A commitment as it lies open.

    Attributes:
        definition: None where this release's definitions do not have it any more.
        grounds: what may be decided in its stage, with articles; nothing for whoever verified it.
        listings: periods of its person on the list.
    """

    file: CaseFile
    commitment: Commitment
    definition: CommitmentDefinition | None
    stage: Stage
    steps: tuple[ReviewStep, ...]
    grounds: tuple[DecisionGround, ...] = ()
    listings: tuple[Listing, ...] = ()
    doubts: tuple[Listing, ...] = field(default=())

    @property
    def title(self) -> Text:
        """What the certificate is called; its code where nobody knows."""
        code = self.commitment.code
        return {"zh": code, "en": code} if self.definition is None else self.definition.certificate

    @property
    def made(self) -> Mapping[str, Any]:
        """What the commitment itself says, in its body; empty where it is not held here."""
        return next((one.said for one in self.steps if one.event_id == self.commitment.made_event), {})

    @property
    def speak_until(self) -> date | None:
        """The day until which the person may speak, as the notice has it."""
        notices = [one for one in self.steps if one.type == EventType.COMMITMENT_HEARING and one.facts.get("until")]
        return date.fromisoformat(notices[-1].facts["until"]) if notices else None


_BY_STATE: Mapping[CommitmentState, Stage] = {
    CommitmentState.FOUND_FALSE: Stage.NOTICE,
    CommitmentState.HEARING: Stage.HEAR,
    CommitmentState.HEARD: Stage.DECIDE,
}
_RULINGS: Mapping[Stage, tuple[str, ...]] = {
    Stage.NOTICE: ("upheld", "ended", "corrected", "revoked"),
    Stage.HEAR: ("upheld",),
    Stage.DECIDE: ("upheld", "ended", "corrected", "revoked"),
    Stage.OBJECTION: ("kept", "struck"),
    Stage.REPAIR: ("repaired",),
}


class CommitmentReview:
    """Reads commitments for an office, or for the file of a person."""

    def __init__(self, records: ReviewRecords, definitions: DefinitionSet, clock: Clock, station: Station) -> None:
        """Keep the tools; the station says at which office this desk stands, and where."""
        self._records = records
        self._definitions = definitions
        self._clock = clock
        self._station = station
        self._locality = station.locality
        self._office = station.office or ""
        self._files = CaseFiles(records)

    def rows(self, view: ReviewView = ReviewView.TO_VERIFY, limit: int = 200) -> tuple[ReviewRow, ...]:
        """Return commitments of this office's cases, the nearest day first, those without one after them."""
        found = self._records.commitment_rows(to_verify=view is ReviewView.TO_VERIFY, limit=_MOST)
        shown: list[ReviewRow] = []
        for case_id in dict.fromkeys(one.case_id for one in found):
            shown += [one for one in self._of_case(case_id) if _is_shown(one, view)]
        shown.sort(key=lambda one: (one.commitment.due_on or date.max, one.commitment.made_on, one.row.number))
        return tuple(shown[:limit])

    def about(self, number: str) -> tuple[ReviewFile, ...]:
        """Return the commitments of a case, in the order of making.

        Raises:
            NoSuchCase: where none of this number is held here.
        """
        return self.of_file(self._files.get(number))

    def of_file(self, file: CaseFile) -> tuple[ReviewFile, ...]:
        """Return the commitments of a case that lies open."""
        return tuple(self.read(file, one) for one in fold_commitments(file.events))

    def of_person(self, tokens: Iterable[str]) -> tuple[ReviewFile, ...]:
        """Return what a person committed to, by her tokens, oldest first; of cases held here."""
        found = {one.commitment_id: one for token in tokens for one in self._records.commitments_of(token)}
        ordered = sorted(found.values(), key=lambda one: (one.made_at, one.commitment_id.int))
        files = ((self._file(one.case_id), one) for one in ordered)
        return tuple(self.read(file, one) for file, one in files if file is not None)

    def listed(self, tokens: Iterable[str]) -> tuple[Listing, ...]:
        """Return the periods of a person on the list, ended ones too."""
        return together(*(self._known(token) for token in dict.fromkeys(tokens)))

    def read(self, file: CaseFile, commitment: Commitment) -> ReviewFile:
        """Return one of a case's commitments with all that was said of it."""
        stage = stage_of(commitment)
        listings = self.listed(commitment.tokens)
        return ReviewFile(
            file=file,
            commitment=commitment,
            definition=self.definition(commitment.code),
            stage=stage,
            steps=tuple(_steps(file.events, commitment)),
            grounds=self.grounds(_RULINGS.get(stage, ())) if file.state.office == self._office else (),
            listings=listings,
            doubts=made_while_listed(commitment, listings),
        )

    def definition(self, code: str) -> CommitmentDefinition | None:
        """Return a commitment of the catalogue as this locality has it, None where there is none."""
        try:
            return self._definitions.commitment(code, self._locality)
        except KeyError:
            return None

    def grounds(self, rulings: Iterable[str]) -> tuple[DecisionGround, ...]:
        """Return what may be decided, with its articles, of so many kinds of rulings.

        Local statutes of other places are left out, but for a practice hall, where nothing is valid.
        """
        wanted = tuple(rulings)
        found = [one for one in self._definitions.decisions.get(OF_COMMITMENTS, ()) if one.state in wanted]
        if self._station.practice:
            return tuple(found)
        return tuple(replace(one, basis=self._definitions.binding(one.basis, self._locality)) for one in found)

    def _of_case(self, case_id: UUID) -> Iterator[ReviewRow]:
        file = self._file(case_id)
        if file is None or file.state.office != self._office:
            return
        for one in fold_commitments(file.events):
            doubts = made_while_listed(one, self.listed(one.tokens))
            days_left, limit = self._limit(one)
            yield ReviewRow(file.row, one, stage_of(one), days_left, limit, doubts)

    def _file(self, case_id: UUID) -> CaseFile | None:
        try:
            return self._files.read(self._records.get_case(case_id))
        except KeyError:
            return None

    def _limit(self, commitment: Commitment) -> tuple[int | None, str]:
        if not commitment.to_verify or commitment.due_on is None:
            return None, "none"
        left = (commitment.due_on - self._clock.today()).days
        return left, "overdue" if left < 0 else "near" if left <= NEAR_DAYS else "running"

    def _known(self, token: str) -> tuple[Listing, ...]:
        told = (one for one in told_by(self._records.commitments_of(token)) if one.token == token)
        return together(self._records.listings(token), told)


def stage_of(commitment: Commitment) -> Stage:
    """Return what is to be done next with a commitment."""
    if commitment.to_verify:
        return Stage.VERIFY
    if commitment.barred or commitment.state in (CommitmentState.WITHDRAWN, CommitmentState.VERIFIED_TRUE):
        return Stage.DONE
    if commitment.objection is Objection.OPEN:
        return Stage.OBJECTION
    if commitment.list_standing is CreditStanding.LISTED:
        return Stage.REPAIR
    return _BY_STATE.get(commitment.state, Stage.DONE)


def _is_shown(one: ReviewRow, view: ReviewView) -> bool:
    if view is ReviewView.ALL:
        return True
    if view is ReviewView.TO_VERIFY:
        return one.stage is Stage.VERIFY
    return one.stage not in (Stage.VERIFY, Stage.REPAIR, Stage.DONE) or bool(one.doubts)


def _steps(events: Sequence[Event], commitment: Commitment) -> Iterator[ReviewStep]:
    faults = {one.event_id: one.code.value for one in commitment.faults}
    for event in events:
        named = str(event.facts.get("commitment")) == str(commitment.commitment_id)
        if event.type in COMMITMENT_TYPES and named:
            yield ReviewStep(
                event.event_id,
                event.type,
                legal_date(event.occurred_at),
                event.actor.id,
                event.station_id,
                event.facts,
                event.body or {},
                faults.get(event.event_id, ""),
            )
