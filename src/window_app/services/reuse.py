"""What was reused: fields filled in from what was known, materials not asked for again; numbers only.

Three sources are counted, each field once: what a resident number told, what was copied from an earlier
visit or the directory (`VisitDraft.reused`, kept by whoever copies), and shared sections and materials that
a second matter of the same visit did not ask for again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from window_app.domain.ports import Records
from window_app.domain.visits import HANDED_OVER, VisitDraft
from window_app.forms.definitions import FieldType, SectionDefinition
from window_app.forms.fields import told_by_number
from window_app.services.paper_values import TakenIn
from window_app.services.parties import place_of


@dataclass(frozen=True, slots=True)
class Reuse:
    """How many fields nobody had to type and how many materials nobody had to bring again."""

    fields: int = 0
    materials: int = 0

    def facts(self) -> dict[str, int]:
        """Return the counts as the envelope of a receiving states them."""
        return {"fields_prefilled": self.fields, "materials_reused": self.materials}


@dataclass(frozen=True, slots=True)
class ReuseTotals:
    """The counts of a period: of how many cases something was reused, of how many in all."""

    cases: int
    cases_with: int
    fields: int
    materials: int


class ReuseCounts:
    """Counts what was reused in the cases that this counter received."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def totals(self, first: date, last: date) -> ReuseTotals:
        """Return the totals of the cases received from one day to another, both included."""
        return ReuseTotals(*self._records.reuse_totals(first, last))


def counted(draft: VisitDraft, taken: Sequence[TakenIn]) -> dict[str, Reuse]:
    """Return what was reused of each matter that is taken in, by its key; copies count with the first."""
    found: dict[str, Reuse] = {}
    seen: set[str] = set()
    brought: set[str] = set()
    for place, one in enumerate(taken):
        copied = sum(draft.reused.values()) if place == 0 else 0
        fields = copied + sum(
            _told(section, one.answers, draft.reused) for section in one.definition.sections if section.code not in seen
        )
        fields += sum(_again(section, one.answers) for section in one.definition.sections if section.code in seen)
        due = {line.code for line in one.materials if _handed(draft, line.code)}
        found[one.judged.draft.key] = Reuse(fields, len(due & brought))
        seen |= {section.code for section in one.definition.sections if section.shared}
        brought |= due
    return found


def _told(section: SectionDefinition, answers: Mapping[str, Any], copied: Mapping[str, int]) -> int:
    """Return how many fields hold what a number of the same record told; a record copied whole counts elsewhere."""
    numbers = [field for field in section.fields if field.type is FieldType.RESIDENT_ID and field.fills]
    count = 0
    for index, record in enumerate(_records(answers.get(section.code))):
        if place_of(section.code, index, repeats=section.repeat is not None) in copied:
            continue
        for field in numbers:
            told = told_by_number(field, record.get(field.code))
            count += sum(1 for name, value in told.items() if value and record.get(name) == value)
    return count


def _again(section: SectionDefinition, answers: Mapping[str, Any]) -> int:
    codes = {field.code for field in section.fields}
    return sum(
        1 for record in _records(answers.get(section.code)) for code, value in record.items() if code in codes and value
    )


def _handed(draft: VisitDraft, code: str) -> bool:
    tick = draft.materials.get(code)
    return tick is not None and tick.state in HANDED_OVER


def _records(content: object) -> list[Mapping[str, Any]]:
    if isinstance(content, Mapping):
        return [content]
    return [record for record in content if isinstance(record, Mapping)] if isinstance(content, list) else []
