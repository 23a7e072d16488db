"""Editors: each shows a value as typed and signals what the clerk changed, never what the program set."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from window_app.ui.fields.line import Line, left_to_page
from window_app.ui.masking import is_masked_kind, masked
from window_app.ui.views.visit.state import FieldView
from window_app.ui.widgets.texts import ENTER, label, polish

LATIN = {"resident_id", "uscc", "phone", "money", "integer", "date", "date_range"}


class Editor(QWidget):
    """What every editor offers: `edited` on each change by the clerk, `left` when the focus goes."""

    edited = Signal()
    left = Signal()

    def value(self) -> object:
        """Return the value as typed; None or "" where there is none."""
        raise TypeError(type(self).__name__)

    def show_value(self, value: object) -> None:
        """Show a value without signalling."""
        del value
        raise TypeError(type(self).__name__)

    def target(self) -> QWidget:
        """Return the widget that takes the focus first."""
        return self

    def targets(self) -> list[QWidget]:
        """Return all widgets that take the focus, in order."""
        return [self.target()]

    def composing(self) -> bool:
        """Answer whether an input method is in the middle of a word."""
        return False

    def mark(self, severity: str) -> None:
        """Show that something is wrong here; "" takes the mark away."""
        for widget in self.targets():
            polish(widget, problem=severity)

    def lay(self, *parts: QWidget) -> None:
        """Fill this editor with its parts, side by side."""
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for part in parts:
            line.addWidget(part, 1 if isinstance(part, QLineEdit | QComboBox | QPlainTextEdit) else 0)
        self.setFocusProxy(self.target())


class LineEditor(Editor):
    """One line of text; identity numbers and phones are masked while nobody types in them."""

    def __init__(self, view: FieldView) -> None:
        super().__init__()
        self._kind = view.kind
        self._value = ""
        self._revealed = False
        self.line = Line(latin=view.kind in LATIN)
        self.line.setPlaceholderText(view.hint if view.kind in LATIN else "")
        self.line.textEdited.connect(self._typed)
        self.line.left.connect(self._leave)
        self.line.entered.connect(self._enter)
        self.lay(self.line)

    def value(self) -> object:
        """Return the text, never its mask."""
        return self._value

    def show_value(self, value: object) -> None:
        """Show a value as the mask allows."""
        text = "" if value is None else str(value)
        if text == self._value and self.line.text():
            return
        self._value = text
        self._draw()

    def target(self) -> QWidget:
        """Return the line."""
        return self.line

    def composing(self) -> bool:
        """Answer whether a word is being composed in the line."""
        return self.line.composing

    @property
    def hidden_value(self) -> bool:
        """Answer whether a mask stands where the value is."""
        return is_masked_kind(self._kind) and not self._revealed and self.line.text() != self._value

    def reveal(self, revealed: bool) -> None:
        """Show the value itself, or its mask again."""
        self._revealed = revealed
        self._draw()

    def _typed(self, text: str) -> None:
        self._value = text
        self.edited.emit()

    def _enter(self) -> None:
        if self.hidden_value:
            self.line.selectAll()

    def _leave(self) -> None:
        self._draw()
        self.left.emit()

    def _draw(self) -> None:
        shown = self._value if self._revealed else masked(self._kind, self._value)
        if shown != self.line.text() and not (self.line.hasFocus() and self.line.text() == self._value):
            place = self.line.cursorPosition()
            self.line.setText(shown)
            self.line.setCursorPosition(min(place, len(shown)))


class Paper(QPlainTextEdit):
    """Lines of text; Enter makes a line, Tab goes on."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.composing = False
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the text was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter with Ctrl or Shift to the form."""
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.key() in ENTER and event.modifiers() & held:
            event.ignore()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to a page that has them for all its fields."""
        return False if left_to_page(event) else super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Keep in mind whether a word is being composed."""
        super().inputMethodEvent(event)
        self.composing = bool(event.preeditString())


class LongEditor(Editor):
    """Several lines; grows with what is written, to a third of a screen."""

    def __init__(self, view: FieldView) -> None:
        super().__init__()
        self.paper = Paper()
        self.paper.setPlaceholderText(view.hint)
        self._silent = False
        self.paper.textChanged.connect(self._changed)
        self.paper.left.connect(self.left)
        self.lay(self.paper)
        self._grow()

    def value(self) -> object:
        """Return the whole text."""
        return self.paper.toPlainText()

    def show_value(self, value: object) -> None:
        """Show a text; the cursor stays where it is when nothing changed."""
        text = "" if value is None else str(value)
        if text != self.paper.toPlainText():
            self._silent = True
            self.paper.setPlainText(text)
            self._silent = False

    def target(self) -> QWidget:
        """Return the text."""
        return self.paper

    def composing(self) -> bool:
        """Answer whether a word is being composed."""
        return self.paper.composing

    def _changed(self) -> None:
        self._grow()
        if not self._silent:
            self.edited.emit()

    def _grow(self) -> None:
        spacing = self.paper.fontMetrics().lineSpacing()
        lines = min(10, max(3, self.paper.document().size().toSize().height()))
        self.paper.setFixedHeight(lines * spacing + 24)


class ChoiceBox(QComboBox):
    """A choice whose n-th value the key n takes."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the choice was left; its own list does not count."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a value by its number; 0 or Delete takes the choice back."""
        key = event.key()
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_0):
            self._take(0)
        elif event.text().isdigit() and int(event.text()) < self.count():
            self._take(int(event.text()))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the choice, when the wheel passes over it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _take(self, index: int) -> None:
        self.setCurrentIndex(index)
        self.activated.emit(index)


class ChoiceEditor(Editor):
    """One of the values of the definition."""

    def __init__(self, view: FieldView) -> None:
        super().__init__()
        self._values: list[object] = [None]
        self.box = ChoiceBox()
        self.box.setMinimumWidth(60)
        self._values.extend(value for value, _ in view.choices)
        named = (f"{at}  {shown}" if at < 10 else shown for at, (_, shown) in enumerate(view.choices, start=1))
        self.box.addItems(["—", *named])
        self.box.activated.connect(lambda _=0: self.edited.emit())
        self.box.left.connect(self.left)
        self.lay(self.box)

    def value(self) -> object:
        """Return the chosen value, None where none is."""
        return self._values[self.box.currentIndex()] if self.box.currentIndex() >= 0 else None

    def show_value(self, value: object) -> None:
        """Show a value; one that the definition does not know shows as none."""
        index = self.place_of(value)
        if index != self.box.currentIndex():
            self.box.setCurrentIndex(index)

    def place_of(self, value: object) -> int:
        """Return the place of a value from 1, 0 where the definition does not know it."""
        return self._values.index(value) if value in self._values else 0

    def target(self) -> QWidget:
        """Return the box."""
        return self.box


class RangeEditor(Editor):
    """Two dates, from and to."""

    def __init__(self, view: FieldView) -> None:
        super().__init__()
        self.first = Line(latin=True)
        self.last = Line(latin=True)
        for line in (self.first, self.last):
            line.setPlaceholderText(view.hint)
            line.textEdited.connect(lambda _="": self.edited.emit())
            line.left.connect(self.left)
        self.lay(self.first, label("–", "secondary"), self.last)

    def value(self) -> object:
        """Return {"from": …, "to": …} as typed, None where both are empty."""
        first, last = self.first.text(), self.last.text()
        return {"from": first, "to": last} if first or last else None

    def show_value(self, value: object) -> None:
        """Show both dates."""
        known = value if isinstance(value, dict) else {}
        for line, name in ((self.first, "from"), (self.last, "to")):
            text = str(known.get(name) or "")
            if text != line.text():
                line.setText(text)

    def target(self) -> QWidget:
        """Return the first date."""
        return self.first

    def targets(self) -> list[QWidget]:
        """Return both dates."""
        return [self.first, self.last]
