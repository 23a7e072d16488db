"""The rail on the left: the screens of the program, with their pictures."""

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from window_app import paths
from window_app.ui.theme import Theme

WIDTH = 84


def icon(name: str, colour: str, size: int, ratio: float = 1.0) -> QIcon:
    """Return one of the program's pictures in a colour of the palette."""
    from PySide6.QtSvg import QSvgRenderer

    text = (paths.resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode("utf-8")))
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return QIcon(pixmap)


class Rail(QWidget):
    """One button per screen; the screen on show is pressed in."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        # In large text the names need the height: eight screens must fit a screen of 768 lines.
        self._large = theme.scale > 1.3
        self.setProperty("large", self._large)
        self.setFixedWidth(theme.px(WIDTH * 0.72) if self._large else WIDTH)
        self.buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 10, 0, 10)
        self._lines.setSpacing(2)
        self._lines.addStretch(1)

    def add(self, name: str, title: str) -> None:
        """Add a screen at the end."""
        button = QToolButton(self)
        button.setText(title)
        button.setAccessibleName(title)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        size = self._theme.px(12 if self._large else 22)
        button.setIcon(icon(name, self._theme.colours.rail_text, size, self.devicePixelRatioF()))
        button.setIconSize(QSize(size, size))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setMinimumHeight(self._theme.px(38 if self._large else 62))
        button.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(button)
        self.buttons[name] = button
        self._lines.insertWidget(self._lines.count() - 1, button)
        self._widen(button)

    def show_current(self, name: str) -> None:
        """Press the button of the screen on show; a screen without one presses none."""
        self._group.setExclusive(name in self.buttons)
        for key, button in self.buttons.items():
            button.setChecked(key == name)

    def set_count(self, name: str, title: str, count: int) -> None:
        """Show a number beside a screen's name."""
        button = self.buttons[name]
        button.setText(f"{title} {count}" if count else title)
        button.setAccessibleName(button.text())
        self._widen(button)

    def _widen(self, button: QToolButton) -> None:
        """Grow where a title would not fit whole, in large text."""
        if self._large:
            button.ensurePolished()
            needed = button.fontMetrics().horizontalAdvance(button.text()) + self._theme.px(8)
            self.setFixedWidth(max(self.width(), needed))
