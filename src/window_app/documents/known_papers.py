"""Finds the papers that this store knows, for the verifier."""

from uuid import UUID

from window_app.domain.papers import StoredPaper
from window_app.domain.ports import Records


class KnownPapers:
    """The papers of a store."""

    def __init__(self, records: Records) -> None:
        """Keep the store to look in."""
        self._records = records

    def by_number(self, number: str, kind: str) -> tuple[StoredPaper, ...]:
        """Return the papers of a kind which carry the receipt number of a case of this store, or a slip number."""
        case = self._records.find_case(number)
        papers = self._records.find_slips(number) if case is None else self._records.papers(case_id=case.case_id)
        return tuple(paper for paper in papers if (paper.record.number, paper.record.kind) == (number, kind))

    def by_id(self, paper_id: UUID) -> StoredPaper | None:
        """Return a paper, or None where this store does not know it."""
        try:
            return self._records.get_paper(paper_id)
        except KeyError:
            return None
