"""Commitments on the page of a visit: the panel under a material, and what is done there."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from window_app.domain.commitment_drafts import Signer
from window_app.domain.ink import Stroke
from window_app.domain.papers import PaperRecord
from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.ui.views.papers.paper_actions import PaperActions
from window_app.ui.views.visit.commitment_panel import CommitmentPanel
from window_app.ui.views.visit.commitment_reading import CommitmentReader, CommitmentView

if TYPE_CHECKING:
    from window_app.ui.views.visit.visit_page import VisitPage

Change = Callable[[VisitDraft], VisitDraft]


class VisitCommitments(QObject):
    """Opens the panel, reads it anew after every change of the visit, and takes to the services what was done."""

    def __init__(self, page: "VisitPage") -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.place.desk
        self._reader = CommitmentReader(page.place.desk, page.place.texts)
        self._material = ""
        self._then: Callable[[], object] | None = None
        self._wanted: QWidget | None = None
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(0)
        self._look.timeout.connect(self._look_at)
        self.panel: CommitmentPanel | None = None
        page.materials.commit_asked.connect(self.open)
        page.arrived.connect(lambda _: self.refresh())
        page.closed.connect(self._leave)

    def open(self, material: str) -> None:
        """Unfold the panel under a material, with the focus in it; a second time leads back into it."""
        line = self._page.materials.line_of(material)
        if line is None or not self._page.working():
            return
        if self.panel is not None and isValid(self.panel) and self._material == material:
            self.panel.setFocus()
            return
        self.close(focus=False)
        self._material = material
        panel = self._made()
        self.panel = panel
        line.show_below(panel)
        panel.setFocus()
        self.refresh()

    def close(self, *, focus: bool = True) -> None:
        """Fold the panel; the focus goes back to its material."""
        line = self._page.materials.line_of(self._material) if self._material else None
        self.panel, self._material = None, ""
        if line is not None:
            line.drop_below()
            if focus:
                line.setFocus()
            self._page.scroller.settle(line)

    def refresh(self) -> None:
        """Read what the panel shows anew."""
        panel, material = self.panel, self._material
        if panel is None or not isValid(panel) or self._page.state is None or self._page.state.received is not None:
            return
        current = self._page.state.current

        def read() -> CommitmentView | None:
            return self._reader.read(self._page.presenter.draft, material, current)

        def show(view: CommitmentView | None) -> None:
            if self.panel is not panel or not isValid(panel):
                return
            if view is None:
                self.close()
                return
            panel.show_view(view)
            then, self._then = self._then, None
            if then is not None:
                then()

        self._page.place.tasks.run(read, show, self._failed)

    # -- what the panel tells

    def _choose(self, choice: str) -> None:
        self._change(lambda draft, key, of: self._desk.commitments.drafts.choose(draft, key, of, choice or None))

    def _sign_as(self, signer: Signer) -> None:
        def asked() -> None:
            if self.panel is not None and signer.kind == "guardian" and not signer.name:
                self.panel.signer.take_focus()

        self._change(lambda draft, key, of: self._desk.commitments.drafts.sign_as(draft, key, of, signer), asked)

    def _ink(self, strokes: Sequence[Stroke]) -> None:
        self._change(lambda draft, key, of: self._desk.commitments.drafts.sign_in_ink(draft, key, of, strokes))

    def _paper(self, number: str) -> None:
        self._change(lambda draft, key, of: self._desk.commitments.drafts.sign_on_paper(draft, key, of, number))

    def _pair(self) -> None:
        self._issue(lambda draft, key, of: self._desk.commitments.issuing.pair(draft, key, of))

    def _slip(self) -> None:
        self._issue(lambda draft, key, of: self._desk.commitments.issuing.refusal(draft, key, of))

    # -- inside

    def _made(self) -> CommitmentPanel:
        panel = CommitmentPanel(self._page.place)
        panel.chosen.connect(self._choose)
        panel.signer.given.connect(self._sign_as)
        panel.inked.connect(self._ink)
        panel.paper_signed.connect(self._paper)
        panel.pair_asked.connect(self._pair)
        panel.slip_asked.connect(self._slip)
        panel.closed.connect(self.close)
        panel.grown.connect(lambda wanted: self._settle(panel, wanted))
        actions = PaperActions(self._page.place, panel.papers, marked=False)
        actions.changed.connect(self.refresh)
        return panel

    def _change(
        self, work: Callable[[VisitDraft, str, str], VisitDraft], then: Callable[[], object] | None = None
    ) -> None:
        view, page = self._view(), self._page
        if view is None:
            return
        key, material = view.matter_key, view.material

        def change(draft: VisitDraft) -> VisitDraft:
            return work(draft, key, material)

        self._then = then
        page.run(lambda: page.presenter.change_draft(change), failed=self._failed)

    def _issue(self, work: Callable[[VisitDraft, str, str], PaperRecord]) -> None:
        view, page = self._view(), self._page
        if view is None:
            return
        key, material = view.matter_key, view.material

        def issue() -> PaperRecord:
            page.presenter.keep()
            return work(page.presenter.draft, key, material)

        page.flush()
        page.place.tasks.run(issue, lambda record: self._issued(record), self._failed)

    def _issued(self, record: PaperRecord) -> None:
        panel = self.panel

        def send() -> None:
            card = None if panel is None or not isValid(panel) else panel.papers.card_of(record.paper_id)
            if card is not None:
                card.print_button.click()

        self._then = send
        self.refresh()

    def _settle(self, panel: CommitmentPanel, wanted: QWidget | None) -> None:
        """Lay the page out anew, and have something of the panel in sight."""
        self._page.scroller.settle(panel)
        if wanted is not None:
            self._wanted = wanted
            self._look.start()

    def _look_at(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None and isValid(wanted):
            self._page.scroller.bring_into_sight(wanted)

    def _view(self) -> CommitmentView | None:
        return None if self.panel is None or not isValid(self.panel) else self.panel.view

    def _failed(self, error: WindowAppError) -> None:
        self._then = None
        if self.panel is not None and isValid(self.panel):
            self.panel.say("✕ " + self._page.place.texts.message(error))
            self._page.scroller.settle(self.panel)

    def _leave(self) -> None:
        self.panel, self._material = None, ""
