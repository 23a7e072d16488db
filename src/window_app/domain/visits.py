"""A visit while it is being taken down: what a draft holds and what receiving works from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class MaterialState(StrEnum):
    """What became of a material on the checklist. Unlisted materials are missing."""

    ORIGINAL_SEEN = "original_seen"
    COPY_TAKEN = "copy_taken"
    ELECTRONIC = "electronic"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class MaterialTick:
    """One ticked line of the checklist: state, number of copies, remark."""

    state: MaterialState
    copies: int = 0
    remark: str = ""


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
    """

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    route: str | None = None
    override_reason: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """A visit as typed so far; written through to the store on every change.

    Attributes:
        facts: facts of scope `visit`.
        answers: answers of shared form sections (applicant, respondents, …), by section.
        materials: ticks by material code, shared by all matters.
        definition_set: content hash of the set the draft was begun with.
    """

    visit_id: UUID
    opened_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    materials: Mapping[str, MaterialTick] = field(default_factory=dict)
    matters: tuple[MatterDraft, ...] = ()
    definition_set: str = ""
    note: str = ""

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
    """A line of the list of drafts."""

    visit_id: UUID
    opened_at: datetime
    changed_at: datetime
    visitor: str
    matters: tuple[str, ...]


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
    """

    visit_id: UUID
    cases: tuple[ReceivedCase, ...]
    paper_ids: tuple[UUID, ...]
    warnings: tuple[str, ...]
    received_on: date
    unprintable: tuple[str, ...] = ()
