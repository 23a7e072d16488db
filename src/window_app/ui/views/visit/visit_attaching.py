"""Files for the materials of the visit on the page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject

from window_app.domain.attachments import DraftAttachment
from window_app.services.attachments import Source
from window_app.ui.attaching import Attaching

if TYPE_CHECKING:
    from window_app.ui.views.visit.visit_page import VisitPage


class VisitAttaching(QObject):
    """Joins the checklist to the files: chosen, dropped, pasted, shown, taken away."""

    def __init__(self, page: "VisitPage") -> None:
        super().__init__(page)
        self._page = page
        self._gone = False
        self._attaching = Attaching(page, page.place)
        self.preview = self._attaching.preview
        materials = page.materials
        materials.file_asked.connect(self._choose)
        materials.dropped.connect(self._take)
        materials.opened.connect(self._look)
        materials.removed.connect(lambda digest: page.run(lambda: page.presenter.detach(digest)))
        self.preview.closed.connect(self._back)
        page.closed.connect(self._leave)
        self._shown_from = ""

    def bring(self, material: str, sources: list[Source]) -> None:
        """Attach files to a material, one after the other."""
        page = self._page

        def known() -> tuple[DraftAttachment, ...]:
            return page.presenter.draft.attachments

        def brought(attached: DraftAttachment) -> None:
            # A visit that was put aside while the file was looked into must not be written again by this page.
            if not self._gone and page.working():
                page.run(lambda: page.presenter.attach(attached))

        self._attaching.bring(material, sources, known, brought, lambda text, kind: self._say(material, text, kind))

    def _choose(self, material: str) -> None:
        sources = self._attaching.choose()
        if sources:
            self.bring(material, sources)

    def _take(self, material: str, mime: QMimeData) -> None:
        self.bring(material, self._attaching.sources(mime, self._page.place.desk.clock.now()))

    def _look(self, digest: str) -> None:
        found = next((one for one in self._page.presenter.draft.attachments if one.file.digest == digest), None)
        if found is not None:
            self._shown_from = digest
            self._attaching.look(found)

    def _back(self) -> None:
        lines = (line for material in self._page.materials.lines for line in material.files)
        line = next((one for one in lines if one.view.digest == self._shown_from), None)
        if line is not None:
            line.setFocus()

    def _say(self, material: str, text: str, kind: str) -> None:
        line = self._page.materials.line_of(material)
        if line is not None and not self._gone:
            line.say(text, kind)
            self._page.scroller.settle(line)

    def _leave(self) -> None:
        self._gone = True
