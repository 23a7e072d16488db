"""The keys of the visit page."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from window_app.ui.views.visit.visit_page import VisitPage

ROUTE_KEYS = 4


class VisitKeys(QObject):
    """Binds keys to what the page does; plain Enter comes from the page's own key events."""

    def __init__(self, page: "VisitPage") -> None:
        super().__init__(page)
        self._page = page
        steps = page.steps
        travel = page.travel
        self._bind("Ctrl+Return", self._finish)
        self._bind("Ctrl+Enter", self._finish)
        self._bind("Ctrl+Z", travel.undo)
        self._bind("Ctrl+U", travel.undo)
        self._bind("Ctrl+Y", travel.redo)
        self._bind("Ctrl+Shift+Z", travel.redo)
        self._bind("Ctrl+H", travel.hand_over)
        self._bind("Alt+Left", steps.back)
        self._bind("Ctrl+M", steps.add_matter)
        self._bind("Ctrl+PgDown", partial(steps.next_matter, 1))
        self._bind("Ctrl+PgUp", partial(steps.next_matter, -1))
        self._bind("Ctrl+N", steps.add_record)
        self._bind("Ctrl+D", steps.remove_record)
        self._bind("Ctrl+R", steps.reveal)
        self._bind("Ctrl+S", page.save_paper)
        self._bind("Ctrl+O", self._override)
        self._bind("Ctrl+0", page.side.toggle)
        for number in range(1, ROUTE_KEYS + 1):
            self._bind(f"Ctrl+{number}", partial(steps.choose, number))

    def _finish(self) -> None:
        if self._page.handing.isHidden():
            self._page.steps.finish_section()
        else:
            self._page.handing.confirm.click()

    def _override(self) -> None:
        """Open the clerk's own choice of a route, with the drawer that it stands in."""
        page = self._page
        drawn = page.side.is_drawer and not page.side.is_out
        if drawn:
            page.side.toggle()
        if not drawn or page.routes.override.isHidden():
            page.routes.toggle_override()
        else:
            page.routes.override.choice.setFocus()

    def _bind(self, keys: str, action: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self._page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(action)
