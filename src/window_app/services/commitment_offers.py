"""What a matter offers in place of certificates, and what stands against it: law, list, earlier commitments, signer.

API: `CommitmentOffers.of(draft, key)` gives an `Offer` for each material of a matter that a commitment may
replace, with the exclusions that hold (reason, way to repair, articles), the pair as it reads now, and the faults of
a commitment that was chosen. `Offer.counts` says whether its signature stands. Nothing here writes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from window_app.clock import Clock
from window_app.domain.assessment import Text
from window_app.domain.commitment_drafts import COMMIT, DraftCommitment, InkSignature, Signer
from window_app.domain.commitment_ports import CommitmentRecords
from window_app.domain.commitment_words import Objection, Outcome
from window_app.domain.commitments import Commitment
from window_app.domain.credit import Listing, together, told_by
from window_app.domain.credit_list import CreditStanding
from window_app.domain.events import digest
from window_app.domain.ink import ink_fault
from window_app.domain.ports import Station
from window_app.domain.visits import HANDED_OVER, MaterialState, VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import CommitmentDefinition, DefinitionSet, MaterialLine, commitment_values
from window_app.rules.commitment_exclusions import Exclusion
from window_app.rules.vocabulary import Vocabulary
from window_app.services.commitment_papers import CommitmentPapers, NoName, PairText
from window_app.services.commitment_persons import (
    CommitmentRefused,
    Committing,
    applicant_of,
    signer_faults,
    token_of,
)
from window_app.services.judging import Judge, JudgedMatter

EXAMINATION = "examination"
"""The section of a form that says for which examination, until when, and whether the fee was paid."""
_MARK_LENGTH = 16
_OFFERED_FOR = frozenset({MaterialState.MISSING, MaterialState.COMMITTED, *HANDED_OVER})


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """What is known here of the persons of a commitment: their periods on the list, their commitments."""

    listings: tuple[Listing, ...]
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A commitment that may stand in place of a material.

    Attributes:
        exclusions: why it may not be made, each with the way to repair; nothing where it may.
        chosen: what the applicant chose, None where nobody asked yet.
        pair: notice and commitment as they read now for this applicant and signer; None before the name is typed.
        faults: what is wrong with the commitment chosen; nothing where there is none.
        brought: the material was ticked as brought, so nothing is to be committed.
        examination: mark of the examination registered for, "" where it is none or has no name yet.
    """

    matter_key: str
    material: str
    title: Text
    definition: CommitmentDefinition
    applicant: Committing
    exclusions: tuple[Exclusion, ...]
    chosen: DraftCommitment | None
    pair: PairText | None
    faults: tuple[WindowAppError, ...] = ()
    brought: bool = False
    examination: str = ""

    @property
    def open(self) -> bool:
        """Whether the applicant may choose to commit."""
        return not self.exclusions and not self.brought and self.pair is not None

    @property
    def wording(self) -> str:
        """Return the digest of the pair, which a signature names; "" before there is one."""
        return "" if self.pair is None else self.pair.digest

    @property
    def counts(self) -> bool:
        """Whether a commitment was chosen and signed, and still is what was signed."""
        return self.chosen is not None and self.chosen.committed and self.open and not self.faults


@dataclass(frozen=True, slots=True)
class CatalogueTexts:
    """What the pair says of a commitment of the catalogue."""

    definition: CommitmentDefinition
    vocabulary: Vocabulary

    @property
    def notice(self) -> str:
        """Return the code of the notice's wording."""
        return self.definition.notice

    @property
    def commitment(self) -> str:
        """Return the code of the commitment's wording."""
        return self.definition.commitment

    def values(self) -> Mapping[str, Any]:
        """Return what both texts say of the commitment."""
        return commitment_values(self.definition, self.vocabulary)


class CommitmentOffers:
    """Says what may be committed; asks the store alone, so a missing line changes nothing."""

    def __init__(
        self,
        records: CommitmentRecords,
        definitions: DefinitionSet,
        judge: Judge,
        papers: CommitmentPapers,
        station: Station,
        clock: Clock,
        district_key: bytes,
    ) -> None:
        """Keep the tools; `papers` composes what is signed."""
        self._records = records
        self._definitions = definitions
        self._judge = judge
        self._papers = papers
        self._station = station
        self._clock = clock
        self._district_key = district_key

    def of(self, draft: VisitDraft, key: str) -> tuple[Offer, ...]:
        """Return what is offered for a matter as typed so far, in the order of its checklist."""
        on = draft.legal_day(self._clock.today())
        judged = next(one for one in self._judge.judge(draft, on) if one.draft.key == key)
        return self.of_judged(draft, judged, on)

    def of_judged(self, draft: VisitDraft, judged: JudgedMatter, on: date) -> tuple[Offer, ...]:
        """Return what is offered for a matter that was judged for a legal day; nothing for a report."""
        if judged.filling is None or judged.definition is None or not judged.is_taken_in or draft.reports:
            return ()
        applicant = applicant_of(judged.filling.normalised(), self._district_key)
        chosen = judged.draft.commitments
        asked = (line for line in judged.filling.materials() if line.due or line.code in chosen)
        lines = (line for line in asked if line.state in _OFFERED_FOR)
        found = ((line, self._definition(judged.definition.code, line.code)) for line in lines)
        return tuple(
            self._offer(judged, line, definition, applicant, on) for line, definition in found if definition is not None
        )

    def standing(self, tokens: Iterable[str]) -> PersonStanding:
        """Return what is known here of persons, by their lookup tokens."""
        wanted = tuple(dict.fromkeys(token for token in tokens if token))
        made = {one.commitment_id: one for token in wanted for one in self._records.commitments_of(token)}
        listed = [one for token in wanted for one in self._records.listings(token)]
        told = [one for one in told_by(made.values()) if one.token in wanted]
        return PersonStanding(together(listed, told), tuple(made.values()))

    def repealed(self, judged: JudgedMatter) -> Iterator[str]:
        """Yield the materials for which a commitment was chosen that this set does not have for them any more."""
        matter = "" if judged.definition is None else judged.definition.code
        for material, chosen in judged.draft.commitments.items():
            definition = self._definition(matter, material)
            if chosen.choice == COMMIT and (definition is None or definition.code != chosen.code):
                yield material

    def exclusions(
        self, definition: CommitmentDefinition, applicant: Committing, signer: Signer, on: date, examination: str = ""
    ) -> tuple[Exclusion, ...]:
        """Return why a commitment may not be made; asked offline against list and earlier commitments."""
        standing = self.standing((applicant.token, token_of(signer, self._district_key)))
        facts = {
            **definition.facts,
            "commitment_applicant": "employer" if applicant.employer else "natural_person",
            "commitment_choice": COMMIT,
            "commitment_signer": signer.kind,
            "commitment_capacity": signer.capacity,
        }
        if applicant.token:
            facts.update(credit_facts(standing, examination, on))
        return self._judge.commitment_exclusions(facts, on)

    def _definition(self, matter: str, material: str) -> CommitmentDefinition | None:
        found = self._definitions.commitments_for(matter, material, self._station.locality)
        return found[0] if found else None

    def _offer(
        self,
        judged: JudgedMatter,
        line: MaterialLine,
        definition: CommitmentDefinition,
        applicant: Committing,
        on: date,
    ) -> Offer:
        chosen = judged.draft.commitments.get(line.code)
        signer = Signer() if chosen is None else chosen.signer
        pair = self._pair(judged, line.code, definition, signer)
        wording = "" if pair is None else pair.digest
        brought = line.state in HANDED_OVER
        faults = () if chosen is None else tuple(_faults(chosen, applicant, wording, brought=brought, on=on))
        mark = _examination(judged) if definition.examination else ""
        return Offer(
            matter_key=judged.draft.key,
            material=line.code,
            title=line.title,
            definition=definition,
            applicant=applicant,
            exclusions=self.exclusions(definition, applicant, signer, on, mark),
            chosen=chosen,
            pair=pair,
            faults=faults,
            brought=brought,
            examination=mark,
        )

    def _pair(
        self, judged: JudgedMatter, material: str, definition: CommitmentDefinition, signer: Signer
    ) -> PairText | None:
        texts = CatalogueTexts(definition, self._definitions.vocabulary)
        try:
            return self._papers.pair(judged, material, texts, signer, self._clock.now())
        except NoName:
            return None


def credit_facts(standing: PersonStanding, examination: str, on: date) -> dict[str, Any]:
    """Return the facts of the exclusion table that list and earlier commitments give.

    An examination is told by its mark; one without a name yet is taken for any.
    """
    states = {one.standing for one in standing.listings}
    order = (CreditStanding.LISTED, CreditStanding.REPAIRED, CreditStanding.STRUCK)
    entry = next((state.value for state in order if state in states), "none")
    by_commitment = {one.commitment_id: one.standing for one in standing.listings}
    false = {_false_as(one, by_commitment.get(one.commitment_id)) for one in standing.commitments}
    earlier = next((word for word in ("unrepaired", "repaired", "revoked") if word in false), "none")
    same = (one for one in standing.commitments if one.examination and examination in ("", one.examination))
    again = any(one.withdrawn_on is not None and one.withdrawn_on.year == on.year for one in same)
    return {"credit_entry": entry, "false_commitment": earlier, "withdrawn_this_year": again}


def _examination(judged: JudgedMatter) -> str:
    """Return the mark of the examination that a form names: the same for the same name and year."""
    said = {} if judged.filling is None else judged.filling.normalised().get(EXAMINATION, {})
    name = "".join(str(said.get("name") or "").split())
    return digest(f"{name} {said.get('year') or ''}".encode())[:_MARK_LENGTH] if name else ""


def _false_as(commitment: Commitment, listed: CreditStanding | None) -> str:
    if commitment.objection is Objection.STRUCK:
        return "revoked"
    if not commitment.is_false:
        return "none"
    if CreditStanding.REPAIRED in (listed, commitment.list_standing):
        return "repaired"
    # What was put right in time and never listed holds nothing against the person.
    corrected = commitment.outcome is Outcome.CORRECTED and listed is None and commitment.list_standing is None
    return "none" if corrected else "unrepaired"


def _faults(
    chosen: DraftCommitment, applicant: Committing, wording: str, *, brought: bool, on: date
) -> Iterator[WindowAppError]:
    if chosen.choice != COMMIT:
        return
    if brought:
        yield CommitmentRefused("commitments.brought")
    if not applicant.token:
        yield CommitmentRefused("commitments.number_needed")
    yield from signer_faults(chosen.signer, applicant, on)
    if chosen.signature is None:
        yield CommitmentRefused("commitments.unsigned")
        return
    if chosen.wording != wording:
        yield CommitmentRefused("commitments.changed")
    if isinstance(chosen.signature, InkSignature):
        wrong = ink_fault(chosen.signature.strokes)
        if wrong:
            yield CommitmentRefused(wrong)
