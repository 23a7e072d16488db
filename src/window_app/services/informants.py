"""Who reported stays apart: lists, the finder and hand-overs show a report without its informant."""

from dataclasses import replace

from window_app.domain.ports import CaseRow, Station
from window_app.services.authors import is_office
from window_app.services.visit_events import CONFIDENTIAL_ROUTE

INFORMANT_SECTION = "informant"
"""The section of a report's form that says who made it."""


def is_report(row: CaseRow) -> bool:
    """Answer whether a case is a report, so that its informant may not be known."""
    return row.route == CONFIDENTIAL_ROUTE


def without_informant(row: CaseRow) -> CaseRow:
    """Return a case's line as everybody may see it: of a report it does not say who reported."""
    return replace(row, applicant="") if is_report(row) else row


def hidden_sections(row: CaseRow, station: Station) -> frozenset[str]:
    """Return the sections of a received form that a station does not show.

    Once a report is taken in, who made it is for the office that works on it: a counter hides it, the
    one that received it too.
    """
    return frozenset({INFORMANT_SECTION}) if is_report(row) and not is_office(station) else frozenset()
