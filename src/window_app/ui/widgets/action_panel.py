"""A form of a few lines laid into the page, with what it does on its button; it holds nothing up."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QVBoxLayout, QWidget

from window_app.ui.fields.editors import ChoiceBox
from window_app.ui.fields.line import Line
from window_app.ui.widgets.check_list import CheckList
from window_app.ui.widgets.texts import ENTER, Button, label, polish, row

Entry = Line | ChoiceBox | CheckList


class ActionPanel(QFrame):
    """Asks for what an action needs: Enter goes on, Ctrl+Enter does it, Esc drops it.

    Signals:
        confirmed: carries what was entered, by name.
        cancelled: nothing is to be done.
        moved: carries the entry that the focus went to.
    """

    confirmed = Signal(object)
    cancelled = Signal()
    moved = Signal(object)

    def __init__(self, title: str = "", confirm: str = "", parent: QWidget | None = None) -> None:
        """Take the title and what the button does, without its key."""
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName(title)
        self._entries: dict[str, Entry] = {}
        self._names: dict[str, QWidget] = {}
        self._codes: dict[str, list[str]] = {}
        self._required: dict[str, str] = {}
        self._title = label(title, "step-title", wrap=True)
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setHorizontalSpacing(14)
        self._form.setVerticalSpacing(8)
        self.problem = label("", "note-error", wrap=True)
        self.problem.hide()
        self.confirm = Button(f"{confirm}  Ctrl+Enter", "primary")
        self.confirm.clicked.connect(self._ask)
        self.cancel = Button(self.tr("Leave it  Esc"))
        self.cancel.clicked.connect(self.cancelled)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(18, 14, 18, 14)
        self._lines.setSpacing(10)
        self._lines.addWidget(self._title)
        self._lines.addLayout(self._form)
        self._lines.addWidget(self.problem)
        self._lines.addLayout(row(self.cancel, None, self.confirm))

    def set_words(self, title: str, confirm: str) -> None:
        """Name the panel and what its button does, without its key."""
        self.setAccessibleName(title)
        self._title.setText(title)
        self.confirm.setText(f"{confirm}  Ctrl+Enter")
        self.confirm.setAccessibleName(self.confirm.text())

    def explain(self, text: str, kind: str = "secondary") -> None:
        """Say below the title what this means."""
        self._lines.insertWidget(self._lines.count() - 3, label(text, kind, wrap=True))

    def add_line(self, name: str, title: str, *, required: str = "", hint: str = "", latin: bool = False) -> Line:
        """Add a line of text; `required` is what to say where it stays empty."""
        line = Line(latin=latin)
        line.setPlaceholderText(hint)
        self._add(name, title, line, required)
        return line

    def add_choice(self, name: str, title: str, options: Sequence[tuple[str, str]], *, required: str = "") -> ChoiceBox:
        """Add a choice whose n-th value the key n takes; options are codes with their texts."""
        box = ChoiceBox()
        box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        self._add(name, title, box, required)
        self.set_options(name, options)
        return box

    def set_options(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        """Offer other values in a choice; a single one is taken at once."""
        box = self._entries[name]
        if not isinstance(box, ChoiceBox):
            raise TypeError(name)
        self._codes[name] = ["", *(code for code, _ in options)]
        box.clear()
        box.addItem("—")
        for number, (_, shown) in enumerate(options, start=1):
            box.addItem(f"{number}  {shown}" if number < 10 else shown)
        box.setCurrentIndex(1 if len(options) == 1 else 0)

    def add_checks(
        self, name: str, title: str, options: Sequence[tuple[str, str]], *, ticked: bool = False
    ) -> CheckList:
        """Add lines to tick."""
        checks = CheckList(options, ticked=ticked)
        self._add(name, title, checks, "")
        return checks

    def add_below(self, widget: QWidget) -> None:
        """Add something to read at the place reached so far."""
        self._form.addRow("", widget)

    def show_entry(self, name: str, shown: bool) -> None:
        """Show or hide an entry with its name; one that is hidden counts as empty and is not required."""
        self._entries[name].setVisible(shown)
        self._names[name].setVisible(shown)

    def value(self, name: str) -> str:
        """Return what was entered under a name, "" for nothing."""
        entry = self._entries[name]
        if entry.isHidden():
            return ""
        if isinstance(entry, CheckList):
            return " ".join(entry.chosen())
        if isinstance(entry, ChoiceBox):
            return self._codes[name][max(0, entry.currentIndex())]
        return entry.text().strip()

    def values(self) -> dict[str, str]:
        """Return everything that was entered."""
        return {name: self.value(name) for name in self._entries}

    def show_problem(self, text: str, name: str = "") -> None:
        """Say what is wrong, at its entry where there is one; "" takes it away."""
        self.problem.setText("✕ " + text if text else "")
        self.problem.setVisible(bool(text))
        for known, entry in self._entries.items():
            polish(entry, problem="error" if text and known == name else "")
        if text and name:
            self._entries[name].setFocus()
        if text:
            self.moved.emit(self.problem)
        self.show_busy(False)

    def show_busy(self, busy: bool) -> None:
        """Show that it is being done."""
        self.confirm.setDisabled(busy)

    def take_focus(self) -> None:
        """Put the focus on the first entry, on the button where there is none."""
        shown = [entry for entry in self._entries.values() if not entry.isHidden()]
        (shown[0] if shown else self.confirm).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Enter, back by Shift+Enter, do it by Ctrl+Enter."""
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirm.click()
        else:
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)

    def _step(self, way: int) -> None:
        shown = [entry for entry in self._entries.values() if not entry.isHidden()]
        at = next((place for place, entry in enumerate(shown) if has_focus(entry)), -1) + way
        if at >= len(shown):
            self.confirm.click()
        elif at >= 0:
            shown[at].setFocus()
            self.moved.emit(shown[at])

    def _add(self, name: str, title: str, entry: Entry, required: str) -> None:
        shown = label(title + (" *" if required else ""), "field-label")
        entry.setAccessibleName(title)
        self._entries[name] = entry
        self._names[name] = shown
        if required:
            self._required[name] = required
        self._form.addRow(shown, entry)

    def _ask(self) -> None:
        for name, text in self._required.items():
            if not self._entries[name].isHidden() and not self.value(name):
                self.show_problem(text, name)
                return
        self.show_problem("")
        self.show_busy(True)
        self.confirmed.emit(self.values())


def has_focus(entry: Entry) -> bool:
    """Answer whether an entry, or a line of it, has the focus."""
    return any(box.hasFocus() for box in entry.boxes.values()) if isinstance(entry, CheckList) else entry.hasFocus()
