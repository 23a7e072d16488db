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
        self._bind("Ctrl+Return", steps.finish_section)
        self._bind("Ctrl+Enter", steps.finish_section)
        self._bind("Alt+Left", steps.back)
        self._bind("Ctrl+M", steps.add_matter)
        self._bind("Ctrl+PgDown", partial(steps.next_matter, 1))
        self._bind("Ctrl+PgUp", partial(steps.next_matter, -1))
        self._bind("Ctrl+N", steps.add_record)
        self._bind("Ctrl+D", steps.remove_record)
        self._bind("Ctrl+U", page.asks.undo)
        self._bind("Ctrl+R", steps.reveal)
        self._bind("Ctrl+S", page.save_paper)
        self._bind("Ctrl+O", page.routes.toggle_override)
        self._bind("Ctrl+0", page.side.toggle)
        for number in range(1, ROUTE_KEYS + 1):
            self._bind(f"Ctrl+{number}", partial(steps.choose, number))

    def _bind(self, keys: str, action: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self._page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(action)
