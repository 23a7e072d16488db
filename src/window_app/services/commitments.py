"""Commitments at the counter: chosen and signed in a draft, taken with the visit, or later on a received case.

API of the desk attribute `commitments`:

- a draft: `offers(draft, key)`, `choose`, `sign_as`, `sign_in_ink`, `sign_on_paper`; each of the last four
  returns the new draft and stores nothing. Choosing anew, another signer, another name or wording take the
  signature away or make it count no more; `Offer.faults` says why.
- receiving: `problems(draft, judged)`, `made(...)`, `papers(...)`, called by `Receiving` alone, in its one
  transaction.

The desk's `committed` (services/commitment_cases.py) does the same on received cases: `offers_of(number)`,
`take(number, material, chosen)`, `withdraw(number, material, reason)`; `commitment_files`
(services/commitment_files.py) shows a person's commitments across cases.

What may not be is refused with a `CommitmentRefused`, whose code says why; nothing is changed then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from window_app.clock import Clock
from window_app.domain.commitment_drafts import (
    CHOICES,
    COMMIT,
    DraftCommitment,
    InkSignature,
    PaperSignature,
    Signature,
    Signer,
)
from window_app.domain.commitment_ports import CommitmentRecords
from window_app.domain.events import NewEvent
from window_app.domain.ink import Stroke, ink_fault
from window_app.domain.papers import PaperRecord
from window_app.domain.ports import Records
from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet, Problem
from window_app.services import commitment_events
from window_app.services.citing import articles
from window_app.services.commitment_events import MadeAt
from window_app.services.commitment_offers import CommitmentOffers, Offer
from window_app.services.commitment_papers import PAIR, CommitmentPapers
from window_app.services.commitment_persons import CommitmentRefused, token_of
from window_app.services.judging import JudgedMatter
from window_app.services.session import Session
from window_app.services.visit_events import NumberedCase


class Store(Records, CommitmentRecords, Protocol):
    """What commitments need of the store."""


class Commitments:
    """Takes the applicant's choice and signature down, and puts commitments on record."""

    def __init__(
        self,
        records: Store,
        session: Session,
        clock: Clock,
        definitions: DefinitionSet,
        offers: CommitmentOffers,
        papers: CommitmentPapers,
        district_key: bytes,
    ) -> None:
        """Keep the tools; `offers` says what may be committed, `papers` composes what is signed."""
        self._records = records
        self._session = session
        self._clock = clock
        self._definitions = definitions
        self._offers = offers
        self._papers = papers
        self._district_key = district_key

    # -- a draft

    def offers(self, draft: VisitDraft, key: str) -> tuple[Offer, ...]:
        """Return what a matter offers in place of certificates, each with the reasons against it."""
        return self._offers.of(draft, key)

    def choose(self, draft: VisitDraft, key: str, material: str, choice: str | None) -> VisitDraft:
        """Return the draft with the applicant's own choice: to commit, to prove, or None to take it back.

        Raises:
            CommitmentRefused: nothing is offered there, or she is excluded; the reason and the way to repair are told.
        """
        if choice is not None and choice not in CHOICES:
            raise CommitmentRefused("commitments.choice_unknown", known=", ".join(CHOICES))
        offer = self._offer(draft, key, material)
        if choice is None:
            kept = {code: one for code, one in draft.matter(key).commitments.items() if code != material}
            return draft.with_matter(replace(draft.matter(key), commitments=kept))
        if choice == COMMIT:
            self._check_open(offer)
        signer = Signer() if offer.chosen is None else offer.chosen.signer
        return _with(draft, key, material, DraftCommitment(offer.definition.code, choice, self._clock.now(), signer))

    def sign_as(self, draft: VisitDraft, key: str, material: str, signer: Signer) -> VisitDraft:
        """Return the draft with who is to sign; whoever signed before has not signed this.

        Raises:
            CommitmentRefused: the applicant did not choose to commit.
        """
        chosen = self._chosen(draft, key, material)
        return _with(draft, key, material, replace(chosen, signer=signer, signature=None, wording=""))

    def sign_in_ink(self, draft: VisitDraft, key: str, material: str, strokes: Sequence[Stroke]) -> VisitDraft:
        """Return the draft with a signature drawn on the screen, given to the pair as it reads now.

        Raises:
            CommitmentRefused: not chosen, excluded, the signer cannot be, or no signature.
        """
        wrong = ink_fault(strokes)
        if wrong:
            raise CommitmentRefused(wrong)
        return self._signed(draft, key, material, InkSignature(tuple(strokes), self._clock.now()))

    def sign_on_paper(self, draft: VisitDraft, key: str, material: str, number: str) -> VisitDraft:
        """Return the draft with a signature that the clerk saw on the printed pair of this number.

        Raises:
            CommitmentRefused: as `sign_in_ink`; no such pair was printed for this visit, or it read otherwise.
        """
        signature = PaperSignature(number.strip(), self._clock.now(), self._session.clerk)
        return self._signed(draft, key, material, signature)

    # -- receiving

    def problems(self, draft: VisitDraft, judged: JudgedMatter) -> Iterator[Problem]:
        """Yield what of a matter's commitments stands against taking it in."""
        if not _commits(judged):
            return
        on = draft.legal_day(self._clock.today())
        gone = set(self._offers.repealed(judged))
        offers = {one.material: one for one in self._offers.of_judged(draft, judged, on)}
        for material, chosen in judged.draft.commitments.items():
            if chosen.choice != COMMIT:
                continue
            offer = offers.get(material)
            if material in gone:
                yield _problem(material, CommitmentRefused("commitments.repealed", title=material))
            elif offer is None:
                yield _problem(material, CommitmentRefused())
            else:
                yield from (_problem(material, one) for one in self.against(draft, offer))

    def made(self, draft: VisitDraft, case: NumberedCase, on: date) -> tuple[NewEvent, ...]:
        """Return the commitments of a case that is being taken in; to be written in its transaction."""
        judged = case.taken.judged
        if not _commits(judged):
            return ()
        taken = [offer for offer in self._offers.of_judged(draft, judged, on) if _is_chosen(offer)]
        return tuple(self._made(offer, self._at(case, offer, on, judged.office or "")) for offer in taken)

    def papers(self, draft: VisitDraft, case: NumberedCase, on: date, now: datetime) -> tuple[PaperRecord, ...]:
        """Return the pairs that were signed on the screen, with their ink; those on paper were issued before."""
        if not _commits(case.taken.judged):
            return ()
        offers = self._offers.of_judged(draft, case.taken.judged, on)
        about = (case.case_id, case.number)
        made = (self.signed_pair(draft, offer, about, now) for offer in offers if _is_chosen(offer))
        return tuple(record for record in made if record is not None)

    # -- shared with received cases

    def signed_pair(self, draft: VisitDraft, offer: Offer, case: tuple[UUID, str], now: datetime) -> PaperRecord | None:
        """Return the pair with the ink drawn on the screen; None where it was signed on paper."""
        signature = None if offer.chosen is None else offer.chosen.signature
        if offer.pair is None or not isinstance(signature, InkSignature):
            return None
        return self._papers.pair_record(offer.pair, draft.visit_id, now, case=case, signed=signature)

    def pair_to_sign(self, draft: VisitDraft, offer: Offer, case: tuple[UUID, str], now: datetime) -> PaperRecord:
        """Return the pair of a received case with room for a pen.

        Raises:
            CommitmentRefused: the applicant may not commit.
        """
        self._check_open(offer)
        if offer.pair is None:
            raise CommitmentRefused("commitments.name_needed")
        return self._papers.pair_record(offer.pair, draft.visit_id, now, case=case)

    # -- inside

    def _offer(self, draft: VisitDraft, key: str, material: str) -> Offer:
        found = next((one for one in self._offers.of(draft, key) if one.material == material), None)
        if found is None:
            raise CommitmentRefused()
        return found

    def _chosen(self, draft: VisitDraft, key: str, material: str) -> DraftCommitment:
        chosen = draft.matter(key).commitments.get(material)
        if chosen is None or chosen.choice != COMMIT:
            raise CommitmentRefused("commitments.not_chosen")
        return chosen

    def _signed(self, draft: VisitDraft, key: str, material: str, signature: Signature) -> VisitDraft:
        chosen = self._chosen(draft, key, material)
        offer = self._offer(draft, key, material)
        self._check_open(offer)
        signed = replace(chosen, signature=signature, wording=offer.wording)
        following = _with(draft, key, material, signed)
        for fault in self.against(following, self._offer(following, key, material)):
            raise fault
        return following

    @staticmethod
    def _check_open(offer: Offer) -> None:
        if offer.brought:
            raise CommitmentRefused("commitments.brought")
        for fault in excluded(offer):
            raise fault

    def against(self, draft: VisitDraft, offer: Offer) -> Iterator[WindowAppError]:
        """Yield everything that stands against a commitment that was chosen."""
        yield from excluded(offer)
        yield from offer.faults
        chosen = offer.chosen
        if chosen is not None and isinstance(chosen.signature, PaperSignature):
            yield from self._paper_faults(draft, chosen, chosen.signature)

    def _paper_faults(
        self, draft: VisitDraft, chosen: DraftCommitment, signature: PaperSignature
    ) -> Iterator[WindowAppError]:
        issued = (one.record for one in self._records.papers(visit_id=draft.visit_id))
        texts = {
            one.content["values"]["digest"] for one in issued if one.kind == PAIR and one.number == signature.number
        }
        if not texts:
            yield CommitmentRefused("commitments.paper_unknown", number=signature.number[:40])
        elif chosen.wording not in texts:
            yield CommitmentRefused("commitments.changed")

    def _at(self, case: NumberedCase, offer: Offer, on: date, office: str) -> MadeAt:
        signer = Signer() if offer.chosen is None else offer.chosen.signer
        guardian = token_of(signer, self._district_key)
        seen = self._records.seen()
        return MadeAt(case.case_id, on, office, self._definitions.content_hash, seen, guardian)

    def _made(self, offer: Offer, at: MadeAt) -> NewEvent:
        if offer.chosen is None:
            raise CommitmentRefused("commitments.not_chosen")
        return commitment_events.made(offer, offer.chosen, at, self._definitions.calendars)


def excluded(offer: Offer) -> Iterator[CommitmentRefused]:
    """Yield why an offer is not open to its applicant, each with what helps and the articles."""
    if offer.pair is None:
        yield CommitmentRefused("commitments.name_needed")
    for one in offer.exclusions:
        if one.missing:
            yield CommitmentRefused("commitments.unchecked")
            continue
        said = {"reason": one.reason, "repair": one.repair, "articles": articles(one.citations)}
        yield CommitmentRefused("commitments.excluded", **said)


def _commits(judged: JudgedMatter) -> bool:
    return judged.is_taken_in and any(one.choice == COMMIT for one in judged.draft.commitments.values())


def _is_chosen(offer: Offer) -> bool:
    return offer.chosen is not None and offer.chosen.choice == COMMIT


def _with(draft: VisitDraft, key: str, material: str, chosen: DraftCommitment) -> VisitDraft:
    matter = draft.matter(key)
    return draft.with_matter(replace(matter, commitments={**matter.commitments, material: chosen}))


def _problem(material: str, fault: WindowAppError) -> Problem:
    params: Mapping[str, object] = fault.params
    return Problem("", None, material, fault.code, params, None, "error")
