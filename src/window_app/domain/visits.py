"""A visit while it is being taken down: what a draft holds and what receiving works from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from window_app.domain.attachments import DraftAttachment
from window_app.domain.commitment_drafts import DraftCommitment
from window_app.domain.drafts import HandOver, KeptAnswer
from window_app.domain.outage import OutageForm


class MaterialState(StrEnum):
    """What became of a material on the checklist. Unlisted materials are missing.

    WAIVED: the visitor need not bring it, by law or by what the hall can look up itself. NOT_NEEDED: it is not
    called for in this case. Both give their reason as the remark; a waiver without one is a material missing.
    COMMITTED: a signed commitment stands in its place; no tick says so, only the matter's commitments do.
    """

    ORIGINAL_SEEN = "original_seen"
    COPY_TAKEN = "copy_taken"
    ELECTRONIC = "electronic"
    WAIVED = "waived"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"
    COMMITTED = "committed"


TICKABLE = tuple(state for state in MaterialState if state is not MaterialState.COMMITTED)
"""States that a clerk can tick."""
HANDED_OVER = frozenset({MaterialState.ORIGINAL_SEEN, MaterialState.COPY_TAKEN, MaterialState.ELECTRONIC})
"""States in which the visitor brought the material."""
EXCUSED = frozenset({MaterialState.WAIVED, MaterialState.NOT_NEEDED})
"""States in which she need not bring it, for a reason."""


@dataclass(frozen=True, slots=True)
class MaterialTick:
    """One ticked line of the checklist: state, number of copies, remark."""

    state: MaterialState
    copies: int = 0
    remark: str = ""


REPORT_ROUTE = "report"
"""The route of a report in confidence, 举报: who made it stays apart."""


@dataclass(frozen=True, slots=True)
class MatterDraft:
    """One matter of a visit.

    Attributes:
        key: stable within the visit ("m1", "m2", …).
        facts: facts of scope `matter` (JSON values; dates as ISO text).
        route: the visitor's choice among the routes offered; None until chosen.
        override_reason: why the clerk leaves the routes offered; "" where she does not.
        answers: form answers of this matter's own sections, by section; a repeated section is a
            list of mappings, another one a mapping, from field to JSON value as typed.
        calculations: what was calculated for a claim, by its place ("claims/0"): calculator, inputs as typed,
            day, result, steps, and the reason where the claim differs; see `services/calculators.py`.
        commitments: by material, what the applicant chose instead of bringing it; see `commitment_drafts`.
    """

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    route: str | None = None
    override_reason: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    calculations: Mapping[str, Any] = field(default_factory=dict)
    commitments: Mapping[str, DraftCommitment] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """A visit as typed so far; written through to the store on every change.

    Attributes:
        facts: facts of scope `visit`.
        answers: answers of shared form sections (applicant, respondents, …), by section.
        materials: ticks by material code, shared by all matters.
        attachments: files attached to materials, in order; sealed and stored, not yet stated by any event.
        definition_set: content hash of the set the draft was begun with.
        outage: the outage form that is typed in; None for a visit of the hour.
        reused: how many fields of a record were copied from what was known already, by its place ("applicant",
            "workers/3"); counted for the statistics, see `services/reuse.py`.
        links: the registered person or employer that a record is, by its place ("applicant", "workers/3").
        repeats: why the visit goes on although an earlier case is like it, by that case's number.
        owner: code of the clerk who takes the visit down; "" in drafts of an older program.
        handed_over: to whom the draft was handed and has not come yet; None where it was not.
        kept: answers that a newer definition set has no place for.
    """

    visit_id: UUID
    opened_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    materials: Mapping[str, MaterialTick] = field(default_factory=dict)
    matters: tuple[MatterDraft, ...] = ()
    definition_set: str = ""
    note: str = ""
    attachments: tuple[DraftAttachment, ...] = ()
    outage: OutageForm | None = None
    reused: Mapping[str, int] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    repeats: Mapping[str, str] = field(default_factory=dict)
    owner: str = ""
    handed_over: HandOver | None = None
    kept: tuple[KeptAnswer, ...] = ()

    def legal_day(self, today: date) -> date:
        """Return the day by which the law judges the visit: the true day of an outage form, else today."""
        on = None if self.outage is None else self.outage.on
        return today if on is None or on > today else on

    @property
    def reports(self) -> bool:
        """Whether a matter of the visit is a report in confidence."""
        return any(matter.route == REPORT_ROUTE for matter in self.matters)

    def matter(self, key: str) -> MatterDraft:
        """Return the matter with this key.

        Raises:
            KeyError: where the visit has no such matter.
        """
        for matter in self.matters:
            if matter.key == key:
                return matter
        raise KeyError(key)

    def with_matter(self, matter: MatterDraft) -> "VisitDraft":
        """Return the visit with this matter put in the place of its namesake, or added."""
        if any(known.key == matter.key for known in self.matters):
            matters = tuple(matter if known.key == matter.key else known for known in self.matters)
        else:
            matters = (*self.matters, matter)
        return replace(self, matters=matters)


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """A line of the list of drafts; `owner`, `handed_over` and `definition_set` as the draft has them."""

    visit_id: UUID
    opened_at: datetime
    changed_at: datetime
    visitor: str
    matters: tuple[str, ...]
    owner: str = ""
    handed_over: HandOver | None = None
    definition_set: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedCase:
    """A matter that was taken in."""

    case_id: UUID
    matter_key: str
    number: str
    route: str
    paper_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """What receiving a visit produced.

    Attributes:
        paper_ids: papers of the visit as a whole (guidance).
        warnings: codes of what the clerk should be told.
        unprintable: characters of the papers that no font has, as U+31350: drawn as that mark.
        reused: what nobody had to type or bring again, as `fields_prefilled` and `materials_reused`.
    """

    visit_id: UUID
    cases: tuple[ReceivedCase, ...]
    paper_ids: tuple[UUID, ...]
    warnings: tuple[str, ...]
    received_on: date
    unprintable: tuple[str, ...] = ()
    reused: Mapping[str, int] = field(default_factory=dict)
