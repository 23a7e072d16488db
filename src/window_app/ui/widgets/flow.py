"""A layout that fills line after line, as words do."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays widgets out from the left and starts a new line where one is full.

    Qt asks for the same heights again and again while it lays a page out; they are kept until it says that they may
    have changed, as its own layouts do.
    """

    def __init__(self, parent: QWidget | None = None, spacing: int = 8, between: int | None = None) -> None:
        """Take the room between items of a line, and that between lines where it is another."""
        super().__init__(parent)
        self._between = spacing if between is None else between
        self._items: list[QLayoutItem] = []
        self._right_from: int | None = None
        self._heights: dict[int, int] = {}
        self._smallest: QSize | None = None
        self.setContentsMargins(QMargins(0, 0, 0, 0))
        self.setSpacing(spacing)

    def push_right(self) -> None:
        """Let what comes from here on stand at the right where everything fits into one line."""
        self._right_from = len(self._items)
        self.invalidate()

    def invalidate(self) -> None:
        """Forget what was worked out: an item has changed."""
        self._heights.clear()
        self._smallest = None
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item at the end."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Answer that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that the lines take at a width."""
        known = self._heights.get(width)
        if known is None:
            known = self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return known

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the size of the widest item."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size below which an item would be cut."""
        if self._smallest is None:
            self._smallest = QSize()
            for item in self._items:
                self._smallest = self._smallest.expandedTo(item.minimumSize())
        return QSize(self._smallest)

    def _place(self, rect: QRect, *, move: bool) -> int:
        lines = self._lines(rect.width())
        pushed = self._items[self._right_from :] if self._right_from is not None and len(lines) == 1 else []
        top = rect.y()
        for line in lines:
            left, tallest = rect.x(), max(size.height() for _, size in line)
            spare = rect.width() - sum(size.width() + self.spacing() for _, size in line) + self.spacing()
            for item, size in line:
                if item in pushed:
                    left, pushed = left + max(0, spare), []
                if move:
                    item.setGeometry(QRect(QPoint(left, top + (tallest - size.height()) // 2), size))
                left += size.width() + self.spacing()
            top += tallest + self._between
        return top - self._between - rect.y() if lines else 0

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in (one for one in self._items if not is_hidden(one)):
            hint = item.sizeHint()
            own = min(hint.width(), max(width, item.minimumSize().width()))
            height = item.heightForWidth(own) if item.hasHeightForWidth() else hint.height()
            if not lines or left + own > width:
                lines.append([])
                left = 0
            lines[-1].append((item, QSize(own, height)))
            left += own + self.spacing()
        return lines


def flowing(*parts: QWidget, spacing: int = 8) -> QWidget:
    """Return parts in a row that breaks where the width, or large text, leaves no room for all."""
    held = QWidget()
    flow = FlowLayout(held, spacing=spacing, between=6)
    for part in parts:
        flow.addWidget(part)
    return held


def is_hidden(item: QLayoutItem) -> bool:
    """Answer whether an item takes no room."""
    widget = item.widget()
    return widget is not None and widget.isHidden()
