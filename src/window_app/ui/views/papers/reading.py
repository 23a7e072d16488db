"""Turns stored papers into what a screen shows. No Qt."""

from collections.abc import Iterable, Mapping
from typing import Any

from window_app.clock import CHINA
from window_app.domain.papers import StoredPaper
from window_app.domain.visits import Received, VisitDraft
from window_app.i18n import Catalogue
from window_app.services.desk import Desk
from window_app.ui.views.visit.state import PaperView, ReceivedView

SHOWN_LINES = 6


class PaperReader:
    """Reads the papers of one desk."""

    def __init__(self, desk: Desk, texts: Catalogue) -> None:
        self._desk = desk
        self._texts = texts

    def of_received(self, received: Received) -> tuple[PaperView, ...]:
        """Return all papers that taking in issued, those of the cases first."""
        ids = [paper_id for case in received.cases for paper_id in case.paper_ids]
        ids += [paper_id for paper_id in received.paper_ids if paper_id not in ids]
        return tuple(self.view(self._desk.papers.get(paper_id)) for paper_id in ids)

    def again(self, paper: PaperView) -> PaperView:
        """Return a paper as the store knows it now."""
        return self.view(self._desk.papers.get(paper.paper_id))

    def all_again(self, received: ReceivedView, draft: VisitDraft) -> tuple[PaperView, ...]:
        """Return the papers of what was taken in as the store knows them now, with those issued since."""
        known = {paper.paper_id for paper in received.papers}
        since = [one for one in self._desk.papers.of_visit(draft.visit_id) if one.record.paper_id not in known]
        return (*(self.again(paper) for paper in received.papers), *self.views(since))

    def views(self, papers: Iterable[StoredPaper]) -> tuple[PaperView, ...]:
        """Return several papers."""
        return tuple(self.view(paper) for paper in papers)

    def view(self, paper: StoredPaper) -> PaperView:
        """Return what a card says of a paper, from the same record that the PDF is made of."""
        content = paper.record.content
        return PaperView(
            paper_id=paper.record.paper_id,
            kind=paper.record.kind,
            title=self._title(content.get("title")) or paper.record.kind,
            number=paper.record.number,
            state=str(paper.state),
            reprints=paper.reprints,
            lines=(self._issued(paper), *short_lines(content)),
            practice=paper.record.practice,
        )

    def _title(self, title: object) -> str:
        if isinstance(title, Mapping):
            return self._texts.of({str(key): str(text) for key, text in title.items()})
        return str(title or "")

    def _issued(self, paper: StoredPaper) -> tuple[str, str]:
        moment = paper.record.issued_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
        return self._texts.text("ui.paper.issued"), moment


def short_lines(content: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the first labelled values of a paper's blocks."""
    found: list[tuple[str, str]] = []
    for block in content.get("blocks", ()):
        for item in block.get("items", ()) if block.get("block") == "fields" else ():
            label, value = str(item.get("label", "")), str(item.get("value", item.get("text", "")))
            if label and value:
                found.append((label, value))
    return tuple(found[:SHOWN_LINES])
