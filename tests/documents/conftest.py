"""One maker for all tests of papers: the fonts are parsed once."""

import pytest
from tests.documents.samples import FONTS

from window_app.documents.maker import ReportlabPaperMaker


@pytest.fixture(scope="session")
def maker() -> ReportlabPaperMaker:
    return ReportlabPaperMaker(FONTS)
