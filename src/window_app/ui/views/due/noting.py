"""Noting something due about a case or a visit, from its page."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from window_app.domain.due import DueItem
from window_app.domain.events import Stream, StreamKind
from window_app.errors import WindowAppError
from window_app.ui.views.due.due_panels import OpenPanel
from window_app.ui.views.due.due_words import DueWords
from window_app.ui.views.visit.visit_layout import quiet
from window_app.ui.widgets.texts import bind_here, clear
from window_app.ui.workplace import Workplace

if TYPE_CHECKING:
    from window_app.ui.views.visit.visit_page import VisitPage

KEY = "Ctrl+W"


def note_panel(
    place: Workplace,
    about: Stream,
    done: Callable[[DueItem], object],
    parent: QWidget | None = None,
    *,
    before: Callable[[], object] = lambda: None,
) -> OpenPanel:
    """Return a panel that notes something due about a stream; what cannot be taken is said in it.

    `before` is done first, where the store lives.
    """
    panel = OpenPanel(DueWords(place.desk, place.texts).causes(), parent)
    due = place.desk.due

    def failed(error: WindowAppError) -> None:
        field = "day" if error.code.startswith(("due.day", "field.")) else ""
        panel.show_problem(place.texts.message(error), field)

    def work(values: Mapping[str, str]) -> DueItem:
        on = due.read_day(values["day"])
        before()
        return due.open(about, values["cause"], on, values["text"])

    def confirmed(values: Mapping[str, str]) -> None:
        place.tasks.run(lambda: work(values), done, failed)

    panel.confirmed.connect(confirmed)
    return panel


class VisitNoting(QObject):
    """Lets the clerk note something due about the visit on the page; the visit is stored with it."""

    def __init__(self, page: "VisitPage", above: QVBoxLayout) -> None:
        """Take the page, and the place above it: on the page itself Ctrl+Enter ends a section."""
        super().__init__(page)
        self._page = page
        self._above = above
        self.panel: OpenPanel | None = None
        self.button = quiet(self.tr("Due  Ctrl+W"))
        self.button.setToolTip(self.tr("Note something due about this visit"))
        self.button.clicked.connect(self.ask)
        page.head.addWidget(self.button)
        bind_here(page, KEY, self.ask)

    def ask(self) -> None:
        """Ask what is due."""
        state = self._page.state
        if state is None:
            return
        self._page.flush()
        clear(self._above)
        about = Stream(StreamKind.VISIT, state.visit_id)
        panel = note_panel(self._page.place, about, self._done, before=self._keep)
        panel.cancelled.connect(self.drop)
        self._above.addWidget(panel)
        panel.show()
        panel.take_focus()
        self.panel = panel

    def _keep(self) -> None:
        """Store a visit in which nothing was typed yet: what is due about it must lead somewhere."""
        presenter = self._page.presenter
        if not presenter.touched:
            presenter.change_draft(lambda draft: draft)

    def _done(self, item: DueItem) -> None:
        self.drop()
        self._page.stored_changed.emit()
        day = "" if item.due_on is None else item.due_on.isoformat()
        told = self.tr("Noted for {day}.").format(day=day) if day else self.tr("Noted.")
        self._page.asks.ask("✓ " + told, [("ok", self.tr("OK"))], lambda _: self._page.steps.focus())

    def drop(self) -> bool:
        """Take the panel away; answers whether there was one."""
        if self.panel is None:
            return False
        self.panel = None
        clear(self._above)
        self._page.steps.focus()
        return True
