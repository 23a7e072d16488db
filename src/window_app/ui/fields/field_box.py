"""A field as it stands in the form: label, editor, and what is wrong with it."""

from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from window_app.ui.fields.editors import LineEditor
from window_app.ui.fields.registry import editor_for
from window_app.ui.views.visit.state import FieldAddress, FieldView
from window_app.ui.widgets.texts import Button, label, polish, row


class FieldBox(QWidget):
    """Shows a `FieldView`.

    Signals:
        edited: address and value as a pair.
    """

    edited = Signal(object)
    left = Signal()
    reveal_asked = Signal(object)

    def __init__(self, view: FieldView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.address: FieldAddress = view.address
        self.kind = view.kind
        self.editor = editor_for(view)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._title = label(view.label + (" *" if view.due else ""), "field-label")
        self._title.setBuddy(self.editor.target())
        self._head = row(self._title, None)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self._lines.addLayout(self._head)
        self._lines.addWidget(self.editor)
        self.editor.edited.connect(lambda: self.edited.emit((self.address, self.editor.value())))
        self.editor.left.connect(self.left)
        self.update_view(view)

    @cached_property
    def _reveal(self) -> Button:
        made = Button(self.tr("Show Ctrl+R"), "link")
        made.hide()
        made.clicked.connect(lambda: self.reveal_asked.emit(self.address))
        self._head.addWidget(made)
        return made

    @cached_property
    def _problem(self) -> QLabel:
        made = label("", "error", wrap=True)
        made.hide()
        self._lines.addWidget(made)
        return made

    def update_view(self, view: FieldView, *, keep_value: bool = False) -> None:
        """Show the field's present state; `keep_value` leaves what is being typed alone."""
        self._title.setText(view.label + (" *" if view.due else ""))
        if not keep_value:
            self.editor.show_value(view.value)
        for widget in self.editor.targets():
            widget.setAccessibleName(view.label)
            widget.setAccessibleDescription(view.problem or view.hint)
            widget.setToolTip(view.hint)
        self._show_problem(view)
        self._offer_reveal()

    def show_checked(self, problem: str) -> None:
        """Follow a key at once: what is right now loses its mark; what is not yet right is left to be typed on."""
        if "_problem" not in self.__dict__ or self._problem.isHidden() or self._problem.text() == "✕ " + problem:
            return
        if problem:
            self._problem.setText("✕ " + problem)
        else:
            self._problem.hide()
            self.editor.mark("")

    def value(self) -> object:
        """Return the value as typed."""
        return self.editor.value()

    def composing(self) -> bool:
        """Answer whether an input method is in the middle of a word here."""
        return self.editor.composing()

    def reveal(self) -> None:
        """Show what the mask hides."""
        if isinstance(self.editor, LineEditor):
            self.editor.reveal(True)
        self._offer_reveal()

    def hides_something(self) -> bool:
        """Answer whether a mask stands in the place of a value."""
        return isinstance(self.editor, LineEditor) and self.editor.hidden_value and bool(self.editor.value())

    def has_focus(self) -> bool:
        """Answer whether the clerk is in this field."""
        return any(widget.hasFocus() for widget in self.editor.targets())

    def _offer_reveal(self) -> None:
        hides = self.hides_something()
        if hides or "_reveal" in self.__dict__:
            self._reveal.setVisible(hides)

    def _show_problem(self, view: FieldView) -> None:
        shown = view.problem if view.severity == "error" or not self.has_focus() else ""
        mark = {"error": "✕ ", "due": "○ ", "warning": "△ "}.get(view.severity, "")
        if shown or "_problem" in self.__dict__:
            polish(self._problem, kind="error" if view.severity == "error" else "due")
            self._problem.setText(mark + shown if shown else "")
            self._problem.setVisible(bool(shown))
        self.editor.mark(view.severity if shown and view.severity == "error" else "")
