"""What is handed out on the page of a visit: the application to be signed, and the papers in their sets."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from window_app.domain.papers import PaperRecord
from window_app.services.handouts import Handout
from window_app.ui.views.papers.handout_card import HandoutView
from window_app.ui.views.papers.handout_place import HandoutPlace
from window_app.ui.widgets.texts import bind_here

if TYPE_CHECKING:
    from window_app.ui.views.visit.visit_page import VisitPage

APPLICATION_KEY, SETS_KEY = "Alt+A", "Alt+S"


class VisitHandouts(QObject):
    """Opens the card at the top of the page; after receiving the application goes on record first."""

    def __init__(self, page: "VisitPage") -> None:
        super().__init__(page)
        self._page = page
        self.at = HandoutPlace(page, page.place, page.handout_lines, self._settle, page.steps.focus)
        self.at.changed.connect(lambda: page.run(page.presenter.papers_again))
        self.at.said.connect(page.passing.say)
        page.routes.application_asked.connect(self.ask_application)
        page.received.application_asked.connect(self.ask_application)
        page.received.sets_asked.connect(self.ask_sets)
        page.closed.connect(self.at.close)
        bind_here(page, APPLICATION_KEY, self.ask_application)
        bind_here(page, SETS_KEY, self.ask_sets)

    def ask_application(self) -> None:
        """Offer the application of the matter on the page, filled in; put those of cases on record."""
        page = self._page
        state, desk = page.state, page.place.desk
        if state is None or state.moving is not None:
            return
        if state.received is not None:
            self._put_on_record(tuple(number for number, _ in state.received.numbers))
            return
        kind, key = state.application, state.current
        if not kind:
            return
        page.flush()

        def make(_: str) -> Handout:
            return desk.handouts.application(page.presenter.draft, key)

        title = page.place.texts.of(desk.definitions.wording[kind].title)
        told = self.tr("As the form stands now. The visitor reads it, signs it and hands it in.")
        self.at.open(HandoutView(title, told, (), make, lambda _: make("").pdf))

    def ask_sets(self) -> None:
        """Offer the sets of the papers that taking in issued."""
        page = self._page
        if page.state is None or page.state.received is None or not page.state.received.numbers:
            return
        numbers = tuple(number for number, _ in page.state.received.numbers)
        handouts = page.place.desk.handouts
        page.place.tasks.run(lambda: handouts.sets(numbers), self.at.open_sets, page.asks.failed)

    def _put_on_record(self, numbers: tuple[str, ...]) -> None:
        page, handouts = self._page, self._page.place.desk.handouts

        def show(records: tuple[PaperRecord, ...]) -> None:
            page.run(page.presenter.papers_again, lambda _: self._stand_on(records[0]))
            page.stored_changed.emit()

        page.place.tasks.run(lambda: handouts.applications_of(numbers), show, page.asks.failed)

    def _stand_on(self, record: PaperRecord) -> None:
        card = self._page.received.papers.card_of(record.paper_id)
        if card is not None:
            self._page.scroller.settle(card)
            card.print_button.setFocus()
            self._page.scroller.bring_into_sight(card)

    def _settle(self, card: QWidget | None) -> None:
        self._page.scroller.settle(card)
        if card is not None:
            self._page.scroller.verticalScrollBar().setValue(0)  # its page's head stays in sight with it
            self._page.scroller.bring_into_sight(card)
