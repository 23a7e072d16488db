"""Who reported stays apart: lists, the finder and hand-overs show a report without its informant."""

from dataclasses import replace

from window_app.domain.ports import CaseRow
from window_app.services.visit_events import CONFIDENTIAL_ROUTE


def is_report(row: CaseRow) -> bool:
    """Answer whether a case is a report, so that its informant may not be known."""
    return row.route == CONFIDENTIAL_ROUTE


def without_informant(row: CaseRow) -> CaseRow:
    """Return a case's line as everybody may see it: of a report it does not say who reported."""
    return replace(row, applicant="") if is_report(row) else row
