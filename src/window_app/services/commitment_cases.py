"""Commitments on a case that was taken in: made for what was missing, withdrawn before the case has ended.

Making one counts as bringing the material: where nothing else is missing the case is complete from that day.
Withdrawing makes the material due again: a one-time notice of everything that is missing is issued, where the
law still lets one out, and a due item waits for it. Each is one transaction and refuses a repeat.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from window_app.clock import Clock
from window_app.domain import due
from window_app.domain.commitment_drafts import COMMIT, DraftCommitment, PaperSignature, Signer
from window_app.domain.commitments import Commitment, CommitmentState, case_has_ended, fold_commitments
from window_app.domain.conflicts import day
from window_app.domain.due import DueLink, DueOwner, OwnerKind
from window_app.domain.due_causes import CORRECTION
from window_app.domain.events import Confidentiality, NewEvent, Stream, StreamKind
from window_app.domain.papers import PaperRecord
from window_app.domain.ports import Station
from window_app.domain.visits import VisitDraft
from window_app.forms import DefinitionSet
from window_app.services import commitment_events
from window_app.services.authors import author_of, is_office
from window_app.services.case_files import CaseFile, CaseFiles, written
from window_app.services.commitment_events import MadeAt
from window_app.services.commitment_offers import EXAMINATION, CommitmentOffers, Offer
from window_app.services.commitment_persons import CommitmentRefused, token_of
from window_app.services.commitments import Commitments, Store
from window_app.services.completion import Completion
from window_app.services.session import Session
from window_app.services.visit_events import paper_issued
from window_app.services.withdrawal_notice import WithdrawalNotice, draft_of

WITHDRAWN = "commitment_withdrawn"
"""The reason of the due item that waits for the material."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal came to: the case, its commitment, and the notice where the law let one out."""

    file: CaseFile
    commitment: Commitment
    notice: UUID | None


class CaseCommitments:
    """Makes and withdraws commitments on received cases."""

    def __init__(
        self,
        records: Store,
        session: Session,
        clock: Clock,
        station: Station,
        definitions: DefinitionSet,
        offers: CommitmentOffers,
        drafts: Commitments,
        completion: Completion,
        notice: WithdrawalNotice,
        district_key: bytes,
    ) -> None:
        """Keep the tools."""
        self._records = records
        self._session = session
        self._clock = clock
        self._station = station
        self._definitions = definitions
        self._offers = offers
        self._drafts = drafts
        self._completion = completion
        self._notice = notice
        self._district_key = district_key
        self._actor = author_of(station, session)
        self._files = CaseFiles(records)

    def offers_of(self, number: str) -> tuple[Offer, ...]:
        """Return what a received case offers in place of what is missing of it.

        Raises:
            NoSuchCase, CommitmentRefused: not held here, or not a counter's to take.
        """
        file = self._held(number)
        return self._offered(file, draft_of(file))

    def take(self, number: str, material: str, chosen: DraftCommitment) -> CaseFile:
        """Put a signed commitment on record for a material that is missing; complete the case where it was the last.

        `chosen.wording` is the digest of the pair that was signed, as `offers_of` shows it.

        Raises:
            NoSuchCase, CommitmentRefused, IdentityFault: nothing was changed, and the code says why.
        """
        with self._records.unit_of_work() as work:
            file = self._held(number)
            self._check_takes(file, material)
            draft = _with(draft_of(file), material, chosen)
            offer = next((one for one in self._offered(file, draft) if one.material == material), None)
            if offer is None or offer.definition.code != chosen.code:
                raise CommitmentRefused("commitments.repealed", title=material)
            if chosen.choice != COMMIT:
                raise CommitmentRefused("commitments.not_chosen")
            for fault in self._drafts.against(draft, offer):
                raise fault
            signed = self._drafts.signed_pair(draft, offer, (file.case_id, file.state.number), self._clock.now())
            work.append(self._actor, self._events(file, offer, chosen, signed))
            if signed is not None:
                work.add_paper(signed)
        return self._files.again(file)

    def issue(self, number: str, material: str, signer: Signer | None = None) -> PaperRecord:
        """Issue notice and commitment of a received case, to be signed on paper; it has the case's number.

        Raises:
            NoSuchCase, CommitmentRefused: nothing is offered there, or the applicant may not commit.
            PaperForbidden: the law does not allow the paper.
        """
        with self._records.unit_of_work() as work:
            file = self._held(number)
            self._check_takes(file, material)
            draft = _with(draft_of(file), material, DraftCommitment("", COMMIT, signer=signer or Signer()))
            offer = next((one for one in self._offered(file, draft) if one.material == material), None)
            if offer is None:
                raise CommitmentRefused()
            record = self._drafts.pair_to_sign(draft, offer, (file.case_id, file.state.number), self._clock.now())
            self._notice.check(record)
            work.append(self._actor, [paper_issued(record, Confidentiality.RESTRICTED)])
            work.add_paper(record)
        return record

    def withdraw(self, number: str, material: str, reason: str) -> Withdrawn:
        """Withdraw a commitment before the case has ended; the material is due again, and told at once.

        Raises:
            NoSuchCase, CommitmentRefused: nothing was changed, and the code says why.
        """
        said = written(reason)
        if not said:
            raise CommitmentRefused("commitments.reason_needed")
        with self._records.unit_of_work() as work:
            file = self._held(number)
            commitment = self._standing(file, material)
            now = self._clock.now()
            record, correct_by = self._notice.record(file, material, now)
            event = commitment_events.withdrawn(commitment, self._clock.today(), said, file.state.office)
            issued = [] if record is None else [paper_issued(record, Confidentiality.RESTRICTED)]
            work.append(self._actor, [event, *issued, self._waiting(file, commitment, correct_by)])
            if record is not None:
                work.add_paper(record)
        again = self._files.again(file)
        found = next(one for one in fold_commitments(again.events) if one.commitment_id == commitment.commitment_id)
        return Withdrawn(again, found, None if record is None else record.paper_id)

    # -- inside

    def _held(self, number: str) -> CaseFile:
        file = self._files.get(number)
        if is_office(self._station):
            raise CommitmentRefused("commitments.office_station")
        if file.confidential or not file.held:
            raise CommitmentRefused("commitments.not_held")
        if file.state.read_only:
            raise CommitmentRefused("office.newer_program")
        return file

    def _check_takes(self, file: CaseFile, material: str) -> None:
        if any(one.material == material and not one.barred for one in fold_commitments(file.events)):
            raise CommitmentRefused("commitments.twice")
        if case_has_ended(file.state) or file.state.completed_on is not None:
            raise CommitmentRefused("commitments.after_completion")

    def _offered(self, file: CaseFile, draft: VisitDraft) -> tuple[Offer, ...]:
        on = self._clock.today()
        return self._offers.of_judged(draft, self._notice.judged(file, draft, on), on)

    def _events(
        self, file: CaseFile, offer: Offer, chosen: DraftCommitment, signed: PaperRecord | None
    ) -> list[NewEvent]:
        guardian = token_of(chosen.signer, self._district_key)
        seen, law = self._records.seen(), self._definitions.content_hash
        at = MadeAt(file.case_id, self._clock.today(), file.state.office, law, seen, guardian)
        events = [commitment_events.made(offer, chosen, at, self._definitions.calendars)]
        if signed is not None:
            events.append(paper_issued(signed, Confidentiality.RESTRICTED))
        if not self._still_missing(file, offer.material):
            events += self._completion.events(file, (offer.material,))
        return events

    def _still_missing(self, file: CaseFile, material: str) -> bool:
        """Answer whether anything else is missing of a case for which a commitment is made."""
        as_signed = DraftCommitment("", COMMIT, signature=PaperSignature("", file.receiving.occurred_at, ""))
        judged = self._notice.judged(file, _with(draft_of(file), material, as_signed), self._clock.today())
        lines = () if judged.filling is None else judged.filling.materials()
        return any(line.missing for line in lines) or any(one.severity == "due" for one in judged.problems)

    def _standing(self, file: CaseFile, material: str) -> Commitment:
        found = [one for one in fold_commitments(file.events) if one.material == material and not one.barred]
        if not found:
            raise CommitmentRefused("commitments.none")
        if case_has_ended(file.state):
            raise CommitmentRefused("commitments.after_completion")
        if found[0].state is CommitmentState.WITHDRAWN:
            raise CommitmentRefused("commitments.withdrawn_already", on=found[0].withdrawn_on or "")
        if found[0].state not in (CommitmentState.MADE, CommitmentState.UNCLEAR):
            raise CommitmentRefused("commitments.verified_already")
        if found[0].examination and _is_closed(file.answers, self._clock.today()):
            raise CommitmentRefused("commitments.examination_closed")
        return found[0]

    def _waiting(self, file: CaseFile, commitment: Commitment, correct_by: date | None) -> NewEvent:
        stream = Stream(StreamKind.CASE, file.case_id)
        owner = DueOwner(OwnerKind.CLERK, self._session.clerk, self._records.station().station_id)
        return due.opened(
            DueLink(stream, file.case_id, file.state.visit_id),
            due.due_id_for(stream, WITHDRAWN, str(commitment.commitment_id)),
            CORRECTION,
            WITHDRAWN,
            owner,
            correct_by,
            readers=(file.state.office,) if file.state.office else (),
        )


def _is_closed(answers: Mapping[str, Any], today: date) -> bool:
    """Answer whether the registration for an examination is closed: the fee was paid, or its last day is over."""
    said = answers.get(EXAMINATION)
    if not isinstance(said, Mapping):
        return False
    closes_on = day(said.get("closes_on"))
    return said.get("fee_paid") is True or (closes_on is not None and closes_on < today)


def _with(draft: VisitDraft, material: str, chosen: DraftCommitment) -> VisitDraft:
    (matter,) = draft.matters
    return draft.with_matter(replace(matter, commitments={**matter.commitments, material: chosen}))
