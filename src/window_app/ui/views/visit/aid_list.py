"""The aids of the visit page, in the order in which they stand at a section.

A new aid: a module of its own with a class that meets `SectionAid`, and one line below.
"""

from window_app.ui.views.visit.aids import SectionAid
from window_app.ui.views.visit.claim_aid import ClaimAid
from window_app.ui.views.visit.directory_aid import DirectoryAid
from window_app.ui.views.visit.earlier_aid import EarlierAid
from window_app.ui.views.visit.phrase_aid import PhraseAid
from window_app.ui.views.visit.sheet_aid import SheetAid


def section_aids() -> tuple[SectionAid, ...]:
    """Return every aid there is."""
    return (
        EarlierAid(),
        DirectoryAid(),
        SheetAid(),
        ClaimAid(),
        PhraseAid(),
    )
