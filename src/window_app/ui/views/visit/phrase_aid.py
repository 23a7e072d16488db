"""The aid of statements: phrases found by a few letters and put in at the cursor; nothing is overwritten."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QFrame, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from window_app.services.phrases import OfferedPhrase, matching
from window_app.ui.fields.line import Line
from window_app.ui.views.visit.aids import AidPanel, AidPlace
from window_app.ui.widgets.texts import ENTER, Button, bind_here, label, row

PHRASES_KEY = "Ctrl+F"
STATEMENT_SECTIONS = frozenset({"statement", "violation", "reported_act", "clue", "aid", "accident"})
_SHOWN_LINES = 8
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class PhraseAid:
    """Stands at the sections that tell what happened."""

    @property
    def sections(self) -> frozenset[str]:
        """Return the sections with a statement."""
        return STATEMENT_SECTIONS

    def panel(self, place: AidPlace) -> AidPanel:
        """Return a panel for one of them."""
        return PhrasePanel(place)


class PhrasePanel(AidPanel):
    """A button, and behind it a list of phrases that narrows while letters are typed."""

    def __init__(self, place: AidPlace) -> None:
        super().__init__()
        self._at = place
        self._offered: tuple[OfferedPhrase, ...] = ()
        self._paper: QPlainTextEdit | None = None
        self._bound = False
        self._build()

    def refresh(self) -> None:
        """Bind the key to the section once the panel stands in it."""
        section = self._section()
        if not self._bound and section is not None:
            self._bound = True
            bind_here(section, PHRASES_KEY, self.toggle)

    def toggle(self) -> None:
        """Open the list, or close it."""
        if self.box.isVisible():
            self.close_list()
            return
        self._paper = self._statement()
        phrases, texts = self._at.place.desk.phrases, self._at.place.texts
        draft, key = self._at.draft(), self._at.matter_key
        self._at.place.tasks.run(lambda: phrases.offered(draft, key, texts), self._open)

    def close_list(self) -> None:
        """Close the list; the focus goes back into the statement."""
        self.box.hide()
        if self._paper is not None:
            self._paper.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move through the list and Enter take a phrase while letters are typed."""
        if watched is not self.search or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()  # elsewhere Escape leaves the page
            return True
        if event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in ENTER and not self.search.composing:
                self._insert()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_list()
                return True
        return super().eventFilter(watched, event)

    def _open(self, offered: tuple[OfferedPhrase, ...]) -> None:
        self._offered = offered
        self.search.clear()
        self._narrow("")
        self.box.show()
        self.search.setFocus()

    def _narrow(self, sought: str) -> None:
        self.list.clear()
        for phrase in matching(self._offered, sought):
            item = QListWidgetItem(("◆ " if phrase.template else "") + phrase.title)
            item.setData(Qt.ItemDataRole.UserRole, phrase.text)
            self.list.addItem(item)
        shown = min(self.list.count(), _SHOWN_LINES)
        self.list.setVisible(shown > 0)
        if shown:
            self.list.setFixedHeight(self.list.sizeHintForRow(0) * shown + 2 * self.list.frameWidth() + 2)
            self.list.setCurrentRow(0)
        self._none.setVisible(not self.list.count())
        self._preview(self.list.currentItem())

    def _preview(self, item: QListWidgetItem | None, _: QListWidgetItem | None = None) -> None:
        self._text.setText(str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else "")

    def _insert(self) -> None:
        item, paper = self.list.currentItem(), self._paper
        if not self.list.count() or paper is None:
            return
        cursor = paper.textCursor()
        # What is selected stays: the phrase comes after it.
        cursor.setPosition(max(cursor.selectionEnd(), cursor.position()), QTextCursor.MoveMode.MoveAnchor)
        cursor.insertText(str(item.data(Qt.ItemDataRole.UserRole)))
        paper.setTextCursor(cursor)
        self.close_list()

    def _section(self) -> QWidget | None:
        strip = self.parentWidget()
        return strip.parentWidget() if strip is not None else None

    def _statement(self) -> QPlainTextEdit | None:
        """Return the text that was worked on, else the first of the section."""
        section = self._section()
        papers = section.findChildren(QPlainTextEdit) if section is not None else []
        return next((paper for paper in papers if paper.hasFocus()), papers[0] if papers else None)

    def _build(self) -> None:
        self.button = Button(self.tr("Phrases…  {key}").format(key=PHRASES_KEY), "choose")
        self.button.clicked.connect(self.toggle)
        self.box = QFrame()
        self.box.setObjectName("panel")
        self.box.setProperty("card", True)
        self.box.hide()
        self.search = Line()
        self.search.setPlaceholderText(self.tr("Part of the phrase, or its pinyin initials"))
        self.search.setAccessibleName(self.tr("Find a phrase"))
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._preview)
        self.list.itemDoubleClicked.connect(lambda _: self._insert())
        self._none = label(self.tr("No phrase fits these letters."), "due")
        self._text = label("", "secondary", wrap=True)
        keys = label(
            self.tr("↑ ↓ choose   Enter put in at the cursor   Esc leave   ◆ whole statement"), "faint", wrap=True
        )
        lines = QVBoxLayout(self.box)
        lines.setContentsMargins(12, 10, 12, 10)
        lines.setSpacing(6)
        for part in (self.search, self.list, self._none, self._text, keys):
            lines.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(row(self.button, None))
        whole.addWidget(self.box)
