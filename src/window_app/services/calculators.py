"""Calculators at the desk: which fits a claim, first values, the calculation, what is taken over and corrected."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from window_app.clock import Clock
from window_app.domain.assessment import Citation, Text
from window_app.domain.capitals import LIMIT, capitals
from window_app.domain.visits import MatterDraft, VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet, FieldDefinition, FieldType, is_empty, parse_field
from window_app.forms.calculating import CalculatedStep, Calculation, Law, calculate
from window_app.forms.calculators import CLAIM_SECTIONS, KIND_FIELDS, Calculator
from window_app.forms.fields import FieldFault

CLAIM = "claim"
FACT = "fact"
MOST_REASON = 500
_AMOUNT = FieldDefinition("amount", FieldType.MONEY, {})


class NoSuchCalculator(WindowAppError):
    """No calculator has this code."""

    code = "calculator.unknown"


class NothingToTake(WindowAppError):
    """The calculation has no figure."""

    code = "calculator.nothing_to_take"


@dataclass(frozen=True, slots=True)
class ClaimSum:
    """The claims of a section added up.

    Attributes:
        figures: the sum of the amounts that can be read.
        capitals: the same in Chinese capitals; "" where it is too large for them.
        count: how many claims there are; `open` how many of them have no amount that can be read.
    """

    figures: Decimal
    capitals: str
    count: int
    open: int


@dataclass(frozen=True, slots=True)
class KeptCalculation:
    """What was calculated for a claim, and what was made of it.

    Attributes:
        calculated: the calculator's result; `claimed` what stands in the claim, None for nothing readable.
        reason: why they differ, in the clerk's words.
    """

    calculator: str
    inputs: Mapping[str, Any]
    on: date
    calculated: Decimal
    claimed: Decimal | None
    reason: str

    @property
    def difference(self) -> Decimal:
        """Return by how much the claim is above the result."""
        return (self.claimed or Decimal(0)) - self.calculated


class Calculators:
    """Calculates claims by the law as written down; keeps nothing but what is put into a draft."""

    def __init__(self, definitions: DefinitionSet, clock: Clock, locality: str | None = None) -> None:
        """Take the law, the clock, and the locality whose values hold here."""
        self._definitions = definitions
        self._clock = clock
        self._locality = locality

    def all(self) -> tuple[Calculator, ...]:
        """Return every calculator in order of code."""
        return tuple(self._definitions.calculators.values())

    def fitting(self, kind: str | None) -> tuple[Calculator, ...]:
        """Return the calculators for a kind of claim; none where no kind is chosen."""
        return tuple(each for each in self.all() if kind in each.claims)

    def find(self, code: str) -> Calculator:
        """Return a calculator.

        Raises:
            NoSuchCalculator: where there is none of that code.
        """
        known = self._definitions.calculators
        if code not in known:
            raise NoSuchCalculator(name=code, known=", ".join(known))
        return known[code]

    def kind(self, draft: VisitDraft, key: str, section: str, record: int) -> str | None:
        """Return what is claimed in a record, None where nothing is chosen yet."""
        claim = _record(draft.matter(key), section, record)
        return next((str(claim[name]) for name in KIND_FIELDS if claim.get(name)), None)

    def prefilled(self, draft: VisitDraft, key: str, section: str, record: int, code: str) -> dict[str, Any]:
        """Return first values of the inputs, as typed: of an earlier calculation, else from claim, form and facts."""
        kept = draft.matter(key).calculations.get(place_of(section, record))
        if kept is not None and kept.get("calculator") == code:
            return dict(kept["inputs"])
        found: dict[str, Any] = {}
        for asked in self.find(code).inputs:
            for source in asked.prefill:
                value = _told(draft, key, section, record, source)
                if not is_empty(value) and value != "unclear":
                    found[asked.code] = value
                    break
        return found

    def calculate(
        self, code: str, typed: Mapping[str, Any], on: date | None = None, locality: str | None = None
    ) -> Calculation:
        """Return what a calculator makes of what was typed; by default today and here.

        Raises:
            NoSuchCalculator: where there is none of that code.
            WindowAppError: `rules.unknown_locality`.
        """
        place = locality or self._locality
        if place is not None:
            self._definitions.rules.chain(place)
        known = self._definitions.localities.get(place or "")
        law = Law(
            self._definitions.rules.parameters,
            self._definitions.calendars,
            place,
            known.title if known is not None else {},
        )
        return calculate(self.find(code), typed, law, on or self._clock.today())

    def take_over(self, draft: VisitDraft, key: str, section: str, record: int, made: Calculation) -> VisitDraft:
        """Return the draft with the result as the claim's amount, its period, and the calculation kept beside it.

        Raises:
            NothingToTake: where there is no figure, or it is zero.
        """
        if not made.result:
            raise NothingToTake()
        matter = draft.matter(key)
        records = [dict(each) for each in matter.answers.get(section) or ()]
        while len(records) <= record:
            records.append({})
        known = self._claim_fields(section)
        records[record] |= {name: value for name, value in made.fills.items() if name in known}
        records[record]["amount"] = f"{made.result:.2f}"
        kept = {**matter.calculations, place_of(section, record): _as_kept(made)}
        changed = replace(matter, answers={**matter.answers, section: records}, calculations=kept)
        return draft.with_matter(changed)

    def with_reason(self, draft: VisitDraft, key: str, section: str, record: int, reason: str) -> VisitDraft:
        """Return the draft with the reason why a claim differs from its calculation.

        Raises:
            FieldFault: where the reason is too long.
        """
        if len(reason) > MOST_REASON:
            raise FieldFault("field.too_long", length=len(reason), limit=MOST_REASON)
        matter = draft.matter(key)
        place = place_of(section, record)
        if place not in matter.calculations:
            return draft
        kept = {**matter.calculations, place: {**matter.calculations[place], "reason": reason.strip()}}
        return draft.with_matter(replace(matter, calculations=kept))

    def kept(self, draft: VisitDraft, key: str, section: str, record: int) -> KeptCalculation | None:
        """Return what was calculated for a claim, None where nothing was."""
        matter = draft.matter(key)
        found = matter.calculations.get(place_of(section, record))
        if found is None:
            return None
        return KeptCalculation(
            calculator=found["calculator"],
            inputs=found["inputs"],
            on=date.fromisoformat(found["on"]),
            calculated=Decimal(found["result"]),
            claimed=_amount(_record(matter, section, record)),
            reason=found.get("reason", ""),
        )

    def total(self, draft: VisitDraft, key: str, section: str) -> ClaimSum:
        """Return the claims of a section added up."""
        matter = draft.matter(key)
        records = [each for each in matter.answers.get(section) or () if isinstance(each, Mapping)]
        return sum_of(_amount(each) for each in records)

    def _claim_fields(self, section: str) -> frozenset[str]:
        return self._definitions.field_codes(section)


def sum_of(amounts: Iterable[Decimal | None]) -> ClaimSum:
    """Return amounts added up; None stands for a claim without one."""
    known = list(amounts)
    figures = sum((each for each in known if each is not None), Decimal("0.00"))
    return ClaimSum(figures, in_capitals(figures), len(known), sum(each is None for each in known))


def claimed_values(answers: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the claims of stored answers added up, for a paper; None where no amount is claimed."""
    records = [record for section in CLAIM_SECTIONS for record in answers.get(section) or ()]
    amounts = [amount for record in records if (amount := _amount(record)) is not None]
    total = sum_of(amounts)
    if not total.figures or not total.capitals:
        return None
    return {"figures": f"{total.figures:,.2f}", "capitals": total.capitals, "count": len(records)}


def in_capitals(amount: Decimal) -> str:
    """Return an amount in Chinese capitals with 人民币 before it, "" where they do not reach."""
    return f"人民币{capitals(amount)}" if 0 <= amount < LIMIT else ""


def place_of(section: str, record: int) -> str:
    """Return the key under which the calculation of a claim is kept."""
    return f"{section}/{record}"


def without_record(calculations: Mapping[str, Any], section: str, record: int) -> dict[str, Any]:
    """Return the calculations of a matter after a record of a section was taken out: later ones move up."""
    kept: dict[str, Any] = {}
    for place, calculation in calculations.items():
        name, _, number = place.rpartition("/")
        at = int(number)
        if name != section or at < record:
            kept[place] = calculation
        elif at > record:
            kept[place_of(name, at - 1)] = calculation
    return kept


def recorded(matter: MatterDraft, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the calculations of a matter for its event's body: result, amount claimed, difference, reason, steps.

    `answers` are the answers as they are stored; a claim that is no longer there is left out.
    """
    return [entry for section in CLAIM_SECTIONS for entry in _recorded(matter, section, answers.get(section) or ())]


def _recorded(matter: MatterDraft, section: str, records: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for at, record in enumerate(records):
        kept = matter.calculations.get(place_of(section, at))
        if kept is not None:
            claimed = _amount(record)
            difference = (claimed or Decimal(0)) - Decimal(kept["result"])
            yield {
                "section": section,
                "record": at,
                **kept,
                "claimed": None if claimed is None else f"{claimed:.2f}",
                "difference": f"{difference:.2f}",
            }


def _as_kept(made: Calculation) -> dict[str, Any]:
    return {
        "calculator": made.calculator,
        "on": made.on.isoformat(),
        "inputs": dict(made.inputs),
        "result": f"{made.result:.2f}",
        "reason": "",
        "steps": [_kept_step(step) for step in made.steps],
        "notes": [note["zh"] for note in made.notes],
    }


def _kept_step(step: CalculatedStep) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "step": step.code,
        "title": step.title["zh"],
        "formula": step.formula.get("zh", ""),
        "value": step.value + step.unit.get("zh", ""),
        "basis": [cited(each) for each in step.basis],
    }
    if step.rows:
        kept["rows"] = [[row.label["zh"], row.formula["zh"], row.value] for row in step.rows]
    return kept


def cited(citation: Citation) -> dict[str, Any]:
    """Return a citation as it is kept."""
    return {"law": citation.law, "article": citation.article, "paragraph": citation.paragraph, "item": citation.item}


def _record(matter: MatterDraft, section: str, record: int) -> Mapping[str, Any]:
    records = matter.answers.get(section) or ()
    found = records[record] if record < len(records) else {}
    return found if isinstance(found, Mapping) else {}


def _amount(record: Mapping[str, Any]) -> Decimal | None:
    value = record.get("amount")
    if is_empty(value):
        return None
    try:
        parsed = parse_field(_AMOUNT, value)
    except WindowAppError:
        return None
    return None if parsed is None else parsed.value


def _told(draft: VisitDraft, key: str, section: str, record: int, source: str) -> Any:  # noqa: ANN401 - as typed
    place, _, name = source.partition(".")
    matter = draft.matter(key)
    if place == CLAIM:
        return _record(matter, section, record).get(name)
    if place == FACT:
        return {**draft.facts, **matter.facts}.get(name)
    content = {**draft.answers, **matter.answers}.get(place)
    first = content[0] if isinstance(content, list | tuple) and content else content
    return first.get(name) if isinstance(first, Mapping) else None


def title_of(definitions: DefinitionSet, code: str) -> Text:
    """Return what a calculator is called, its code where the definitions no longer have it."""
    known = definitions.calculators.get(code)
    return known.title if known is not None else {"zh": code, "en": code}
