"""Everything of commitments that a counter works with; the desk's attribute `commitments`."""

from dataclasses import dataclass

from window_app.services.commitment_cases import CaseCommitments
from window_app.services.commitment_figures import CommitmentFigures
from window_app.services.commitment_files import CommitmentFiles
from window_app.services.commitment_issuing import CommitmentIssuing
from window_app.services.commitments import Commitments


@dataclass(frozen=True, slots=True)
class CommitmentDesk:
    """The services of commitments.

    Attributes:
        drafts: choice and signature in a draft (`services/commitments.py`).
        issuing: the pair to sign on paper, and the slip that says why not (`services/commitment_issuing.py`).
        cases: made and withdrawn on a received case (`services/commitment_cases.py`).
        files: a person's commitments across cases (`services/commitment_files.py`).
        figures: what was spared, what was true and what false (`services/commitment_figures.py`).
    """

    drafts: Commitments
    issuing: CommitmentIssuing
    cases: CaseCommitments
    files: CommitmentFiles
    figures: CommitmentFigures
