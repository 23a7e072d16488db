"""The visits of a counter as its window leads through them: one page at a time, the others put aside."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from window_app.domain.visits import DraftSummary
from window_app.errors import WindowAppError
from window_app.ui.views.due.noting import VisitNoting
from window_app.ui.views.due.outage_strip import OutageStrip
from window_app.ui.views.visit.aid_list import section_aids
from window_app.ui.views.visit.presenter import VisitPresenter
from window_app.ui.views.visit.visit_page import VisitPage
from window_app.ui.widgets.texts import Ask, clear
from window_app.ui.workplace import Workplace

if TYPE_CHECKING:
    from window_app.ui.shell import DeskShell

DISCARDED = "clerk"


class Visiting(QObject):
    """Begins visits, takes them up, puts them aside; a page that cannot be stored stays."""

    def __init__(self, shell: "DeskShell", place: Workplace) -> None:
        super().__init__(shell)
        self._shell = shell
        self._place = place
        self.page: VisitPage | None = None
        place.tasks.run_free(place.desk.parties.codes.warm)

    def flush(self) -> None:
        """Hand over what was typed on the page of the visit."""
        if self.page is not None:
            self.escape()
            self.page.flush(leaving=True)

    def escape(self) -> bool:
        """Drop the panel that stands above the page; answers whether there was one."""
        return self.page is not None and self.noting.drop()

    def keep(self) -> None:
        """Store the visit on the page; runs where the store lives.

        Raises:
            WindowAppError: the store does not take it; the page must stay.
        """
        page = self.page
        if page is not None:
            page.presenter.keep()

    def unsaved(self) -> bool:
        """Answer whether something of the visit on the page would be lost with the page."""
        return self.page is not None and self.page.working() and bool(self.page.trouble)

    def open_visit(self) -> UUID | None:
        """Return the visit on the page that is not finished, None where there is none."""
        if self.page is None or self.page.state is None or self.page.state.received is not None:
            return None
        return self.page.state.visit_id if self.page.touched() else None

    def working(self) -> bool:
        """Answer whether a visit is being worked on."""
        return self.page is not None and self.page.state is not None and self.page.working()

    def begin(self) -> None:
        """Begin a visit; the one on the page is put aside, or stays where it cannot be stored."""
        self.flush()
        self._place.tasks.run(self._present, lambda presenter: self._open(presenter).begin(), self._failed)

    def begin_outage(self) -> None:
        """Begin a visit that is typed in from an outage form."""
        self.flush()

        def opened(presenter: VisitPresenter) -> None:
            page = self._open(presenter)
            page.run(presenter.begin, lambda _: self.outage.begin())

        self._place.tasks.run(self._present, opened, self._failed)

    def resume(self, visit_id: UUID) -> None:
        """Take up a draft; the visit on the page is put aside, or stays where it cannot be stored."""
        self.flush()
        self._place.tasks.run(self._present, lambda presenter: self._open(presenter).resume(visit_id), self._failed)

    def ask_discard(self, draft: DraftSummary) -> None:
        """Ask whether a draft is to go for good."""
        shell = self._shell
        clear(shell.asks)
        text = self.tr("Discard the visit of {visitor} for good?").format(visitor=draft.visitor or "—")
        ask = Ask(text, [("no", self.tr("1  Keep it")), ("yes", self.tr("2  Discard"))], shell)

        def answered(code: str) -> None:
            clear(shell.asks)
            shell.drafts.table.setFocus()
            if code == "yes":
                reception = self._place.desk.reception
                self._place.tasks.run(
                    lambda: reception.discard(draft.visit_id, DISCARDED),
                    lambda _: self._after_discard(draft.visit_id),
                    self._failed,
                )

        ask.answered.connect(answered)
        shell.asks.addWidget(ask)
        ask.take_focus()

    def _present(self) -> VisitPresenter:
        self.keep()
        return VisitPresenter(self._place.desk, self._place.texts)

    def _failed(self, error: WindowAppError) -> None:
        self._shell.say(self._place.texts.message(error))

    def _open(self, presenter: VisitPresenter) -> VisitPage:
        old = self.page
        page = VisitPage(self._place, presenter, section_aids())
        page.closed.connect(self._closed)
        page.stored_changed.connect(self._shell.stored)
        page.troubled.connect(self._shell.say)
        page.law_asked.connect(self._shell.show_law)
        page.case_asked.connect(self._shell.show_case)
        self.outage = OutageStrip(page)
        self.noting = VisitNoting(page, self._shell.asks)
        self.page = page
        self._shell.stack.addWidget(page)
        self._shell.show_screen("visit")
        self._drop(old)
        return page

    def _closed(self) -> None:
        page, self.page = self.page, None
        if page is not None and page.state is not None:
            self._shell.home.put_off(page.state.visit_id)
        self._shell.show_screen("reception")
        self._shell.refresh_status()
        self._drop(page)

    def _drop(self, page: VisitPage | None) -> None:
        if page is not None:
            self._shell.stack.removeWidget(page)
            page.deleteLater()

    def _after_discard(self, visit_id: UUID) -> None:
        page = self.page
        if page is not None and page.state is not None and page.state.visit_id == visit_id:
            self.page = None  # typed into later it would come back
            self._drop(page)
        self._shell.drafts.refresh()
        self._shell.refresh_status()
