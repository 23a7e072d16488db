"""The services of commitments, built once for a desk."""

from window_app.clock import Clock
from window_app.documents import signature
from window_app.documents.signers import signer_of
from window_app.domain.papers import PaperRecord
from window_app.forms import DefinitionSet
from window_app.services.commitment_cases import CaseCommitments
from window_app.services.commitment_desk import CommitmentDesk
from window_app.services.commitment_figures import CommitmentFigures
from window_app.services.commitment_files import CommitmentFiles
from window_app.services.commitment_issuing import CommitmentIssuing
from window_app.services.commitment_offers import CommitmentOffers
from window_app.services.commitment_papers import CommitmentPapers
from window_app.services.commitments import Commitments
from window_app.services.completion import Completion
from window_app.services.issuing import Issuing
from window_app.services.judging import Judge
from window_app.services.paper_values import Counter
from window_app.services.session import Session
from window_app.services.withdrawal_notice import WithdrawalNotice
from window_app.storage.store import Store


def build_commitments(
    records: Store,
    session: Session,
    clock: Clock,
    law: DefinitionSet,
    judge: Judge,
    issuing: Issuing,
) -> CommitmentDesk:
    """Return the services of commitments of a desk."""
    signer = signer_of(records.secrets(), clock)

    def seal(record: PaperRecord) -> PaperRecord:
        return signature.sign_record(record, signer)

    station, key = records.station(), records.secrets().district_key
    counter = Counter(station, session)
    papers = CommitmentPapers(law, counter, seal)
    offers = CommitmentOffers(records, law, judge, papers, station, clock, key)
    drafts = Commitments(records, session, clock, law, offers, papers, key)
    completion = Completion(records, session, clock, station, law)
    notice = WithdrawalNotice(law, judge, counter, issuing, seal, key)
    return CommitmentDesk(
        drafts=drafts,
        issuing=CommitmentIssuing(records, session, clock, law, judge, offers, papers, issuing),
        cases=CaseCommitments(records, session, clock, station, law, offers, drafts, completion, notice, key),
        files=CommitmentFiles(records, law, offers, key),
        figures=CommitmentFigures(records, law),
    )
