"""A field whose value comes from a long list: typing a code, pinyin initials or characters narrows it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from window_app.services.code_lists import Choices, CodeEntry
from window_app.ui.fields.editors import Editor
from window_app.ui.fields.line import Line
from window_app.ui.views.visit.state import FieldView
from window_app.ui.widgets.texts import ENTER


class ChooserEditor(Editor):
    """One line with what it may mean below; what is in no list stays as typed."""

    def __init__(self, view: FieldView) -> None:
        super().__init__()
        self._choices: Choices | None = view.lookup
        self._value = ""
        self.found: tuple[CodeEntry, ...] = ()
        self.line = Line()
        self.line.setPlaceholderText(view.hint)
        self.rows = QListWidget()
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setAccessibleName(view.label)
        self.rows.itemClicked.connect(lambda _: self.take())
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        lines.addWidget(self.line)
        lines.addWidget(self.rows)
        self.rows.hide()
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.left.connect(self._leave)
        self.line.entered.connect(self.line.selectAll)

    def value(self) -> object:
        """Return the code that was chosen, or the text where it is none of the list."""
        return self._value

    def show_value(self, value: object) -> None:
        """Show what a value says."""
        text = "" if value is None else str(value)
        if text == self._value and self.line.text():
            return
        self._value = text
        if not self.rows.isVisible():
            self.line.setText(self._title(text))

    def target(self) -> QWidget:
        """Return the line."""
        return self.line

    def composing(self) -> bool:
        """Answer whether a word is being composed in the line."""
        return self.line.composing

    def take(self) -> None:
        """Take the entry that is marked."""
        at = self.rows.currentRow()
        if 0 <= at < len(self.found):
            entry = self.found[at]
            self._value = entry.code
            self.line.setText(entry.title)
            self._show(())
            self.edited.emit()

    def event(self, event: QEvent) -> bool:
        """Keep Escape for the open list; elsewhere it leaves the page."""
        if event.type() == QEvent.Type.ShortcutOverride and self.rows.isVisible():
            pressed = event.key() if isinstance(event, QKeyEvent) else None
            if pressed == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by Up and Down, take by Enter, close by Escape; without a list every key is the form's."""
        key = event.key()
        if not self.rows.isVisible():
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.rows.setCurrentRow(max(0, min(self.rows.count() - 1, self.rows.currentRow() + step)))
        elif key in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.take()
        elif key == Qt.Key.Key_Escape:
            self._show(())
        else:
            super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        self._value = text if self._choices is None else self._choices.read(text)
        self._show(() if self._choices is None else self._choices.find(text))
        self.edited.emit()

    def _leave(self) -> None:
        self._show(())
        self.line.setText(self._title(self._value))
        self.left.emit()

    def _title(self, value: str) -> str:
        return value if self._choices is None or not value else self._choices.title(value)

    def _show(self, found: tuple[CodeEntry, ...]) -> None:
        self.found = found
        self.rows.clear()
        for entry in found:
            self.rows.addItem(f"{entry.code}  {entry.title}")
        self.rows.setVisible(bool(found))
        if found:
            self.rows.setCurrentRow(0)
            height = self.rows.sizeHintForRow(0) * len(found) + 2 * self.rows.frameWidth() + 4
            self.rows.setFixedHeight(height)
