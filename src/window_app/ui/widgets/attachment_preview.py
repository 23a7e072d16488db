"""A file laid over the page: its pages, larger and smaller; Escape closes it. It executes nothing of the file."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from window_app.domain.attachments import Picture
from window_app.errors import WindowAppError
from window_app.ui.widgets.texts import Button, label, row

ZOOMS = (50, 75, 100, 150, 200, 300)
WIDEST = 4000
Pages = Callable[[int, int], Picture]
"""Makes a page, from 0, at most so many pixels wide; runs on a free worker."""
Run = Callable[[Callable[[], Picture], Callable[[Picture], object], Callable[[WindowAppError], None]], None]


class AttachmentPreview(QFrame):
    """Shows one page at a time. Pages are made elsewhere; what comes too late is dropped.

    Signals:
        closed: the focus can go back.
        save_asked: the file is to be saved as a copy.
    """

    closed = Signal()
    save_asked = Signal()

    def __init__(self, parent: QWidget, run: Run, told: Callable[[WindowAppError], str]) -> None:
        super().__init__(parent)
        self.setObjectName("popover")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._run = run
        self._told = told
        self._pages: Pages | None = None
        self._asked = 0
        self.count = 0
        self.page = 0
        self.zoom = 100
        self.title = label("", "step-title", wrap=True)
        self.place = label("", "secondary")
        self.problem = label("", "note-error", wrap=True)
        self.sheet = QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area = QScrollArea()
        self.area.setWidget(self.sheet)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()
        parent.installEventFilter(self)
        self.hide()

    def show_pages(self, name: str, count: int, pages: Pages) -> None:
        """Show a file from its first page."""
        self.title.setText(name)
        self._pages, self.count, self.page, self.zoom = pages, count, 0, 100
        self.sheet.clear()
        self._fit()
        self.show()
        self.raise_()
        self.setFocus()
        self._show_page()

    def dismiss(self) -> None:
        """Close, and forget the picture."""
        self._asked += 1
        self._pages = None
        self.sheet.clear()
        self.hide()
        self.closed.emit()

    def turn(self, step: int) -> None:
        """Show another page."""
        page = min(max(self.page + step, 0), self.count - 1)
        if page != self.page:
            self.page = page
            self.area.verticalScrollBar().setValue(0)
            self._show_page()

    def enlarge(self, step: int) -> None:
        """Show the page larger or smaller."""
        at = min(max(ZOOMS.index(self.zoom) + step, 0), len(ZOOMS) - 1)
        if ZOOMS[at] != self.zoom:
            self.zoom = ZOOMS[at]
            self._show_page()

    def event(self, event: QEvent) -> bool:
        """Keep Escape to itself while it is open, whatever the window does with it."""
        overrides = event.type() is QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn, enlarge, scroll, close."""
        bar = self.area.verticalScrollBar()
        step = max(40, bar.pageStep() // 3)
        doing: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Escape: self.dismiss,
            Qt.Key.Key_PageDown: partial(self.turn, 1),
            Qt.Key.Key_PageUp: partial(self.turn, -1),
            Qt.Key.Key_Home: partial(self.turn, -self.count),
            Qt.Key.Key_End: partial(self.turn, self.count),
            Qt.Key.Key_Plus: partial(self.enlarge, 1),
            Qt.Key.Key_Equal: partial(self.enlarge, 1),
            Qt.Key.Key_Minus: partial(self.enlarge, -1),
            Qt.Key.Key_Down: lambda: bar.setValue(bar.value() + step),
            Qt.Key.Key_Up: lambda: bar.setValue(bar.value() - step),
        }
        action = doing.get(event.key())
        if action is None:
            super().keyPressEvent(event)
        else:
            action()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of what it lies over."""
        if event.type() is QEvent.Type.Resize and watched is self.parentWidget() and not self.isHidden():
            self._fit()
        return super().eventFilter(watched, event)

    def _show_page(self) -> None:
        pages = self._pages
        if pages is None:
            return
        self._asked += 1
        asked, page = self._asked, self.page
        # At 100 a page is as wide as a sheet held at reading distance, or as there is room for.
        sheet = min(max(200, self.area.viewport().width() - 16), 60 * self.fontMetrics().averageCharWidth() * 2)
        width = min(WIDEST, sheet * self.zoom // 100)
        self.place.setText(self._where())
        self.problem.hide()
        self._run(lambda: pages(page, width), partial(self._arrived, asked), partial(self._failed, asked))

    def _arrived(self, asked: int, made: Picture) -> None:
        if asked != self._asked:
            return
        image = QImage(made.pixels, made.width, made.height, made.width * 4, QImage.Format.Format_RGBA8888)
        self.sheet.setPixmap(QPixmap.fromImage(image))
        self.sheet.setAccessibleName(self._where())

    def _failed(self, asked: int, error: WindowAppError) -> None:
        if asked == self._asked:
            self.sheet.clear()
            self.problem.setText("✕ " + self._told(error))
            self.problem.show()

    def _where(self) -> str:
        page = self.tr("page {page} of {count}").format(page=self.page + 1, count=self.count)
        return f"{page} · {self.zoom} %"

    def _build(self) -> None:
        parts = (
            (self.tr("Previous  PgUp"), partial(self.turn, -1)),
            (self.tr("Next  PgDn"), partial(self.turn, 1)),
            (self.tr("Smaller  −"), partial(self.enlarge, -1)),
            (self.tr("Larger  +"), partial(self.enlarge, 1)),
            (self.tr("Close  Esc"), self.dismiss),
        )
        buttons = []
        for text, action in parts:
            button = Button(text)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, action=action: action())
            buttons.append(button)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(14, 12, 14, 12)
        lines.setSpacing(8)
        head = row(self.title, self.place)
        head.setStretch(0, 1)
        lines.addLayout(head)
        lines.addLayout(row(*buttons, None))
        lines.addWidget(self.problem)
        lines.addWidget(self.area, 1)
        self.problem.hide()

    def _fit(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect().adjusted(16, 12, -16, -12))
