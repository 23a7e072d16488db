"""The papers of a commitment before anything was received: the pair to sign, the slip that says why not.

Both are papers of the visit. The same text is issued once: who asks again gets the paper that is there.
"""

from uuid import UUID

from window_app.clock import Clock, legal_date
from window_app.domain.events import Confidentiality
from window_app.domain.papers import PaperRecord
from window_app.domain.ports import Records
from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.services.commitment_offers import CatalogueTexts, CommitmentOffers, Offer
from window_app.services.commitment_papers import PAIR, REFUSAL, CommitmentPapers, NoName
from window_app.services.commitment_persons import CommitmentRefused
from window_app.services.commitments import excluded
from window_app.services.issuing import Issuing
from window_app.services.judging import Judge
from window_app.services.session import Session
from window_app.services.visit_events import paper_issued


class CommitmentIssuing:
    """Issues the papers of a draft's commitments."""

    def __init__(
        self,
        records: Records,
        session: Session,
        clock: Clock,
        definitions: DefinitionSet,
        judge: Judge,
        offers: CommitmentOffers,
        papers: CommitmentPapers,
        issuing: Issuing,
    ) -> None:
        """Keep the tools; `offers` says what may be committed, `issuing` asks the law before a paper is made."""
        self._records = records
        self._session = session
        self._clock = clock
        self._definitions = definitions
        self._judge = judge
        self._offers = offers
        self._papers = papers
        self._issuing = issuing

    def pair(self, draft: VisitDraft, key: str, material: str) -> PaperRecord:
        """Issue notice and commitment to be signed on paper, and return the paper; a repeat returns the same one.

        Raises:
            CommitmentRefused: nothing is offered there, or the applicant may not commit.
            PaperForbidden: the law does not allow the paper.
        """
        offer = self._offer(draft, key, material)
        for fault in excluded(offer):
            raise fault
        if offer.pair is None:
            raise NoName()
        now = self._clock.now()
        number = offer.pair.number(draft.visit_id, legal_date(now))
        return self._known(draft.visit_id, PAIR, number) or self._issued(
            self._papers.pair_record(offer.pair, draft.visit_id, now)
        )

    def refusal(self, draft: VisitDraft, key: str, material: str) -> PaperRecord:
        """Issue the slip with reason, article and way to repair, and return the paper; a repeat returns the same one.

        Raises:
            CommitmentRefused: nothing is offered there, or nothing that is known stands against it.
        """
        offer = self._offer(draft, key, material)
        grounds = [one for one in offer.exclusions if not one.missing]
        if not grounds:
            raise CommitmentRefused("commitments.nothing_against")
        now = self._clock.now()
        judged = next(one for one in self._judge.judge(draft, draft.legal_day(legal_date(now))) if one.draft.key == key)
        texts = CatalogueTexts(offer.definition, self._definitions.vocabulary)
        record = self._papers.refusal_record(judged, material, texts, grounds, draft.visit_id, now)
        return self._known(draft.visit_id, REFUSAL, record.number) or self._issued(record)

    def _offer(self, draft: VisitDraft, key: str, material: str) -> Offer:
        found = next((one for one in self._offers.of(draft, key) if one.material == material), None)
        if found is None:
            raise CommitmentRefused()
        return found

    def _known(self, visit_id: UUID, kind: str, number: str) -> PaperRecord | None:
        held = (one.record for one in self._records.papers(visit_id=visit_id))
        return next((one for one in held if (one.kind, one.number) == (kind, number)), None)

    def _issued(self, record: PaperRecord) -> PaperRecord:
        self._issuing.check_new(record.kind, None, {})
        if self._records.find_draft(record.visit_id) is None:
            raise WindowAppError("commitment.no_draft")
        with self._records.unit_of_work() as work:
            work.append(self._session.actor, [paper_issued(record, Confidentiality.RESTRICTED)])
            work.add_paper(record)
        return record
