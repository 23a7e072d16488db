"""A file attached to a material, in one line: what it is called, how large it is, what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from window_app.ui.attachment_view import AttachmentView
from window_app.ui.widgets.texts import ENTER, Button, label, polish

KINDS = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}
DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
MEGABYTE = 1024 * 1024


def size_words(size: int) -> str:
    """Return a size for people.

    >>> size_words(900), size_words(2_621_440)
    ('1 KB', '2.5 MB')
    """
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(1, round(size / 1024))} KB"


class AttachmentLine(QFrame):
    """Enter looks at the file, Delete takes it away, the arrows go on.

    Signals:
        opened: the file is to be shown; carries its digest.
        removed: it is to be taken away; carries its digest.
        left: the focus is to go on by so many lines.
        entered: the focus came.
    """

    opened = Signal(str)
    removed = Signal(str)
    left = Signal(int)
    entered = Signal()

    def __init__(
        self, view: AttachmentView, *, removable: bool, received: bool = False, parent: QWidget | None = None
    ) -> None:
        """Take the file; of a received case it is withdrawn, which leaves it here struck, not taken away."""
        super().__init__(parent)
        self.view = view
        self._removable = removable
        self.setProperty("record", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        pages = self.tr("{n} pages").format(n=view.pages) if view.pages > 1 else ""
        told = [KINDS.get(view.media_type, view.media_type), pages, size_words(view.size), view.standing]
        what = " · ".join(part for part in (view.withdrawn, *told) if part)
        self.name = label(view.name, "faint" if view.withdrawn else "", wrap=True)
        self._strike(struck=bool(view.withdrawn))
        self.look = Button(self.tr("Look  Enter"), "link")
        self.look.clicked.connect(lambda: self.opened.emit(view.digest))
        self.take_away = Button(self.tr("Withdraw  Del") if received else self.tr("Take away  Del"), "link")
        self.take_away.clicked.connect(lambda: self.removed.emit(view.digest))
        line = QHBoxLayout(self)
        line.setContentsMargins(28, 2, 4, 2)
        line.setSpacing(8)
        line.addWidget(label("↳", "faint"))
        line.addWidget(self.name, 1)
        line.addWidget(label(what, "secondary", wrap=bool(view.withdrawn)), int(bool(view.withdrawn)))
        for button in (self.look, self.take_away):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            line.addWidget(button)
        self.take_away.setHidden(not removable)
        self.setAccessibleName(f"{view.name}: {what}")

    def _strike(self, *, struck: bool) -> None:
        font = self.name.font()
        font.setStrikeOut(struck)
        self.name.setFont(font)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look, take away, move up and down."""
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in (*ENTER, Qt.Key.Key_Space) and not shift:
            self.opened.emit(self.view.digest)
        elif event.key() in DELETE and self._removable:
            self.removed.emit(self.view.digest)
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit(1)
        elif event.key() == Qt.Key.Key_Up or event.key() in ENTER:
            self.left.emit(-1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the focus is."""
        super().focusInEvent(event)
        polish(self, here=True)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus went."""
        super().focusOutEvent(event)
        polish(self, here=False)
