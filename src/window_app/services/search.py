"""Finding a case as one types: name part, pinyin initials, number, phone tail, QR text."""

from window_app.domain.papers import Verdict
from window_app.domain.ports import CaseRow, PaperVerifier, Records
from window_app.services.informants import is_report, without_informant


class Search:
    """Finds cases of this counter's store."""

    def __init__(self, records: Records, verifier: PaperVerifier) -> None:
        self._records = records
        self._verifier = verifier

    def find(self, text: str, limit: int = 50) -> tuple[CaseRow, ...]:
        """Return the cases that a typed or scanned text means, best first; none for an empty text.

        A report is found by its number alone, and without its informant.
        """
        wanted = text.strip()
        if not wanted:
            return ()
        exact = self._records.find_case(self._number_of(wanted) or wanted)
        if exact is not None:
            return (without_informant(exact),)
        return tuple(row for row in self._records.search(wanted, limit) if not is_report(row))

    def _number_of(self, text: str) -> str:
        """Return the number of a scanned QR text, also of an altered one: finding proves nothing."""
        found = self._verifier.verify_qr(text)
        return "" if found.verdict is Verdict.NOT_OURS else found.number
