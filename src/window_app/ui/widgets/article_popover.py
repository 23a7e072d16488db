"""The text of an article, laid over the page; Escape closes it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from window_app.ui.widgets.texts import Button, bind_here, label, row


class ArticlePopover(QFrame):
    """Shows where a citation stands, what it says in short, and its text where the library has it.

    Signals:
        closed: the focus can go back.
        library_asked: the article is to be read in the library; carries `place`, law and article.
    """

    closed = Signal()
    library_asked = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("popover")
        self.place = ("", "")
        self._title = label("", "step-title", wrap=True)
        self._gist = label("", "secondary", wrap=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Text of the article"))
        self.missing = label("", "note-caution", wrap=True)
        close = Button(self.tr("Close  Esc"))
        close.clicked.connect(self.dismiss)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 14, 16, 14)
        lines.setSpacing(10)
        self.library = Button(self.tr("In the law library  Ctrl+B"))
        self.library.clicked.connect(self._to_library)
        bind_here(self, "Ctrl+B", self.library.click)
        head = row(self._title, self.library, close)
        head.setStretch(0, 1)
        lines.addLayout(head)
        lines.addWidget(self._gist)
        lines.addWidget(self.text, 1)
        lines.addWidget(self.missing)
        self.hide()

    def show_article(self, title: str, gist: str, text: str | None, *, verified: bool) -> None:
        """Show an article; None says that its text is not installed."""
        self._title.setText(title)
        self._gist.setText(gist)
        self._gist.setVisible(bool(gist))
        self.text.setVisible(text is not None)
        self.library.setVisible(text is not None)
        self.text.setPlainText(text or "")
        notes = []
        if text is None:
            notes.append(self.tr("Text not installed. An administrator installs it with: window-app statutes import"))
        if not verified:
            notes.append(self.tr("Cited from memory, not yet compared with the official text."))
        self.missing.setText("\n".join(notes))
        self.missing.setVisible(bool(notes))
        self._place()
        self.show()
        self.raise_()
        (self.text if text is not None else self).setFocus()

    def dismiss(self) -> None:
        """Close and tell so, that the focus can go back."""
        self.hide()
        self.closed.emit()

    def _to_library(self) -> None:
        self.dismiss()
        self.library_asked.emit(*self.place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        outer = parent.rect()
        width = min(640, outer.width() - 48)
        self.adjustSize()
        height = min(max(180, self.sizeHint().height() if self.text.isHidden() else 420), outer.height() - 48)
        self.setGeometry(outer.center().x() - width // 2, 40, width, height)
