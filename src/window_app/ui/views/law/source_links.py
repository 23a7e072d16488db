"""The sources of a row or an answer as buttons: each opens its article, Alt and its number press it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from window_app.domain.assessment import Citation
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.texts import Button, bind_here, clear

MOST_KEYS = 9


class SourceLinks(QWidget):
    """Buttons in a row that breaks; `asked` carries law and article."""

    asked = Signal(str, str)

    def __init__(self, page: QWidget) -> None:
        """Take the page in which the keys hold."""
        super().__init__(page)
        self._flow = FlowLayout(self, spacing=10, between=4)
        self.buttons: list[Button] = []
        for number in range(MOST_KEYS):
            bind_here(page, f"Alt+{number + 1}", partial(self._press, number))

    def show_sources(self, sources: Sequence[tuple[Citation, str]]) -> None:
        """Show citations with the words for each."""
        clear(self._flow)
        self.buttons = []
        for number, (citation, shown) in enumerate(sources, start=1):
            key = f"Alt+{number}  " if number <= MOST_KEYS else ""
            button = Button(f"{key}{shown}", "link", self)
            button.clicked.connect(lambda _=False, one=citation: self.asked.emit(one.law, one.article))
            self._flow.addWidget(button)
            self.buttons.append(button)
        self.setVisible(bool(self.buttons))

    def _press(self, number: int) -> None:
        if number < len(self.buttons):
            self.buttons[number].click()
