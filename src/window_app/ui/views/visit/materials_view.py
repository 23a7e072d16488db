"""Step four: the checklist, ticked by keyboard."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from window_app.domain.visits import MaterialState, MaterialTick
from window_app.ui.views.visit.state import MaterialView
from window_app.ui.widgets.texts import ENTER, Button, label, polish

STATES = (
    MaterialState.ORIGINAL_SEEN,
    MaterialState.COPY_TAKEN,
    MaterialState.ELECTRONIC,
    MaterialState.MISSING,
)


class MaterialLine(QFrame):
    """One material: what is due, and what was handed over."""

    ticked = Signal(str, object)
    moved = Signal(int)
    entered = Signal()

    def __init__(self, view: MaterialView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("record", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.material = view.material
        self.view = view
        self._mark = label("☐", "strong")
        self._title = label("", wrap=True)
        self.buttons: dict[MaterialState, Button] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 5, 4, 5)
        line.setSpacing(8)
        line.addWidget(self._mark)
        line.addWidget(self._title, 1)
        for number, state in enumerate(STATES, start=1):
            button = Button(f"{number} {self._named(state)}")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, state=state: self.tick(state))
            self.buttons[state] = button
            line.addWidget(button)
        self.copies = QSpinBox()
        self.copies.lineEdit().setTextMargins(6, 0, 6, 0)
        self.copies.setRange(0, 999)
        self.copies.setSuffix(self.tr(" copies"))
        self.copies.setAccessibleName(self.tr("Number of copies"))
        self.copies.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.copies.valueChanged.connect(self._counted)
        line.addWidget(self.copies)
        self.show_material(view)

    def show_material(self, view: MaterialView) -> None:
        """Show the line's present state."""
        self.view = view
        done = view.state in ("original_seen", "copy_taken", "electronic")
        self._mark.setText("☑" if done else "☐")
        expected = self._expected(view)
        self._title.setText(view.title + (" *" if view.due else "") + (f"  ({expected})" if expected else ""))
        for state, button in self.buttons.items():
            button.setChecked(state.value == view.state)
        self.copies.blockSignals(True)
        self.copies.setValue(view.copies)
        self.copies.blockSignals(False)
        self.copies.setVisible(view.state == "copy_taken")
        chosen = next((self._named(state) for state in STATES if state.value == view.state), self.tr("missing"))
        self.setAccessibleName(f"{view.title}: {chosen}")

    def tick(self, state: MaterialState) -> None:
        """Record what became of the material; the same again takes it back."""
        if state.value == self.view.state:
            state = MaterialState.MISSING
        copies = (self.view.copies or self.view.copies_due or 1) if state is MaterialState.COPY_TAKEN else 0
        self.ticked.emit(self.material, MaterialTick(state, copies))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by number, count copies with plus and minus, move up and down."""
        text = event.text()
        if text in ("1", "2", "3", "4"):
            self.tick(STATES[int(text) - 1])
        elif text in ("+", "=", "-") and self.view.state == "copy_taken":
            self.copies.setValue(self.copies.value() + (-1 if text == "-" else 1))
        elif event.key() == Qt.Key.Key_Up or (
            event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self.moved.emit(-1)
        elif event.key() == Qt.Key.Key_Down or (event.key() in ENTER and not event.modifiers()):
            self.moved.emit(1)
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

    def _counted(self, copies: int) -> None:
        self.ticked.emit(self.material, MaterialTick(MaterialState.COPY_TAKEN, copies))

    def _expected(self, view: MaterialView) -> str:
        if not view.due:
            return ""
        if view.copies_due:
            return self.tr("copies due: {n}").format(n=view.copies_due)
        return self.tr("to be seen") if view.original == "seen" else ""

    def _named(self, state: MaterialState) -> str:
        return {
            MaterialState.ORIGINAL_SEEN: self.tr("original seen"),
            MaterialState.COPY_TAKEN: self.tr("copy taken"),
            MaterialState.ELECTRONIC: self.tr("electronic"),
            MaterialState.MISSING: self.tr("missing"),
        }[state]


class MaterialsView(QWidget):
    """The checklist of the visit; missing materials never hold anything up.

    What this visitor need not bring stands under a fold, save where it was handed over all the same.
    """

    ticked = Signal(str, object)
    finished = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[MaterialLine] = []
        self._unfolded = False
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._others = QVBoxLayout()
        self._others.setSpacing(0)
        self.fold = Button("", "quiet-link")
        self.fold.clicked.connect(self.turn_fold)
        self._empty: QLabel = label(self.tr("No materials belong to this route."), "secondary")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._empty)
        whole.addLayout(self._rows)
        whole.addWidget(self.fold)
        whole.addLayout(self._others)

    def show_materials(self, views: tuple[MaterialView, ...]) -> None:
        """Show the checklist; what is due stands first."""
        ordered = sorted(views, key=is_aside)
        if [(line.material, is_aside(line.view)) for line in self.lines] != [
            (view.material, is_aside(view)) for view in ordered
        ]:
            self._rebuild(ordered)
        for line, view in zip(self.lines, ordered, strict=True):
            line.show_material(view)
        self._empty.setVisible(not views)
        self._show_fold()

    def turn_fold(self) -> None:
        """Show or hide what is not due."""
        self._unfolded = not self._unfolded
        self._show_fold()

    def take_focus(self) -> None:
        """Put the focus on the first line that was not ticked yet."""
        shown = [line for line in self.lines if not line.isHidden()]
        waiting = [line for line in shown if not line.view.state or line.view.state == "missing"]
        target = next(iter(waiting or shown), None)
        if target is not None:
            target.setFocus()
        elif self.lines:
            self.fold.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on from the fold as from a line."""
        if self.fold.hasFocus() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)

    def _show_fold(self) -> None:
        aside = [line for line in self.lines if is_aside(line.view)]
        for line in aside:
            line.setVisible(self._unfolded or line.hasFocus())
        sign = "▾" if self._unfolded else "▸"
        self.fold.setText(f"{sign} " + self.tr("Other materials, not due here: {n}").format(n=len(aside)))
        self.fold.setAccessibleName(self.fold.text())
        self.fold.setVisible(bool(aside))

    def _rebuild(self, views: list[MaterialView]) -> None:
        kept = {line.material: line for line in self.lines}
        self.lines = []
        for view in views:
            line = kept.pop(view.material, None) or self._line(view)
            line.view = view
            self._rows.removeWidget(line)
            self._others.removeWidget(line)
            (self._others if is_aside(view) else self._rows).addWidget(line)
            line.show()
            self.lines.append(line)
        for line in kept.values():
            self._rows.removeWidget(line)
            self._others.removeWidget(line)
            line.hide()
            line.deleteLater()

    def _line(self, view: MaterialView) -> MaterialLine:
        line = MaterialLine(view, self)
        line.ticked.connect(self.ticked)
        line.moved.connect(self._move)
        line.entered.connect(self.entered)
        return line

    def _move(self, step: int) -> None:
        stops: list[QWidget] = [line for line in self.lines if not is_aside(line.view)]
        if not self.fold.isHidden():
            stops.append(self.fold)
        stops += [line for line in self.lines if is_aside(line.view) and not line.isHidden()]
        at = next((place for place, stop in enumerate(stops) if stop.hasFocus()), 0) + step
        if at >= len(stops):
            self.finished.emit()
        elif at >= 0:
            stops[at].setFocus()


def is_aside(view: MaterialView) -> bool:
    """Answer whether a material is neither due nor handed over."""
    return not view.due and view.state in ("", MaterialState.MISSING.value)
