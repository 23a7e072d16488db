"""The right column: beside the page where there is room, a drawer over it where there is none."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QHBoxLayout, QWidget

from window_app.ui.theme import Theme

WIDTH = 440
NARROW_PAGE = 1024 - 84


class SidePanel:
    """Places a side widget beside or over the main widget of a page."""

    def __init__(self, page: QWidget, main: QWidget, side: QWidget, theme: Theme) -> None:
        self._page = page
        self._side = side
        self._theme = theme
        self.is_drawer = False
        self.is_out = False
        self._line = QHBoxLayout(page)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._line.addWidget(main, 1)
        self._line.addWidget(side)
        side.setFixedWidth(theme.px(WIDTH))

    def fit(self, width: int) -> None:
        """Choose column or drawer by the width of the page."""
        drawer = width <= NARROW_PAGE * self._theme.scale
        if drawer != self.is_drawer:
            self.is_drawer = drawer
            self.is_out = False
            if drawer:
                self._line.removeWidget(self._side)
                self._side.hide()
            else:
                self._side.setFixedWidth(self._theme.px(WIDTH))
                self._line.addWidget(self._side)
                self._side.show()
        self._place()

    def toggle(self) -> None:
        """Pull the drawer out or push it in; a column stays."""
        if self.is_drawer:
            self.is_out = not self.is_out
            self._side.setVisible(self.is_out)
            self._place()

    def push_in(self) -> None:
        """Push the drawer in."""
        if self.is_drawer and self.is_out:
            self.toggle()

    def _place(self) -> None:
        if not self.is_drawer:
            return
        width = min(self._theme.px(WIDTH), round(self._page.width() * 0.85))
        self._side.setFixedWidth(width)
        self._side.setGeometry(QRect(self._page.width() - width, 0, width, self._page.height()))
        if self.is_out:
            self._side.raise_()
