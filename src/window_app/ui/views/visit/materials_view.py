"""Step four: the checklist, ticked by keyboard, with the files that visitors bring."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from window_app.domain.visits import MaterialState
from window_app.ui.views.visit.material_choices import STATES as STATES
from window_app.ui.views.visit.material_line import MaterialLine as MaterialLine
from window_app.ui.views.visit.state import MaterialView
from window_app.ui.widgets.texts import Button, label, laid_out_once


class MaterialsView(QWidget):
    """The checklist of the visit; missing materials never hold anything up.

    What this visitor need not bring stands under a fold, save where it was handed over all the same; its lines
    are made when they are asked for.

    Signals:
        ticked, file_asked, dropped, opened, removed, commit_asked: as a line has them.
        finished: the focus is to leave the checklist.
        entered: the focus came into it.
    """

    ticked = Signal(str, object)
    file_asked = Signal(str)
    dropped = Signal(str, object)
    opened = Signal(str)
    removed = Signal(str)
    commit_asked = Signal(str)
    finished = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[MaterialLine] = []
        self.views: list[MaterialView] = []
        self._unfolded = False
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._others = QVBoxLayout()
        self._others.setSpacing(0)
        self.fold = Button("", "quiet-link")
        self.fold.clicked.connect(self.turn_fold)
        self.fold.installEventFilter(self)
        self._empty: QLabel = label(self.tr("No materials belong to this route."), "secondary")
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self._empty)
        self._whole.addLayout(self._rows)
        self._whole.addWidget(self.fold)
        self._whole.addLayout(self._others)

    def show_materials(self, views: tuple[MaterialView, ...]) -> None:
        """Show the checklist; what is due stands first."""
        self.views = sorted(views, key=is_aside)
        with laid_out_once(self._whole):
            self._show_lines()
            self._empty.setVisible(not views)
            self._show_fold()

    def line_of(self, material: str) -> MaterialLine | None:
        """Return the line of a material, None where it is not on the list any more."""
        if any(view.material == material for view in self.views):
            self._show_lines(also=material)
        return next((line for line in self.lines if line.material == material), None)

    def turn_fold(self) -> None:
        """Show or hide what is not due."""
        self._unfolded = not self._unfolded
        with laid_out_once(self._whole):
            self._show_lines()
            self._show_fold()

    def take_focus(self) -> None:
        """Put the focus on the first line that was not ticked yet."""
        shown = [line for line in self.lines if not line.isHidden()]
        waiting = [line for line in shown if not line.view.state or line.view.state == "missing"]
        target = next(iter(waiting or shown), None)
        if target is not None:
            target.setFocus()
        elif self.views:
            self.fold.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on from the fold as from a line; left to itself, a button gives the arrows to whatever comes next."""
        arrows = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if watched is self.fold and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = arrows.get(Qt.Key(event.key()))
            if step is not None:
                self._move(step)
                return True
        return super().eventFilter(watched, event)

    def _show_lines(self, also: str = "") -> None:
        """Let each material that is in sight, or was once, have its line; and the one named."""
        known = {line.material: line for line in self.lines}
        wanted = [
            view for view in self.views if self._unfolded or not is_aside(view) or view.material in (*known, also)
        ]
        if [(line.material, is_aside(line.view)) for line in self.lines] != [
            (view.material, is_aside(view)) for view in wanted
        ]:
            self._rebuild(wanted)
        for line, view in zip(self.lines, wanted, strict=True):
            if line.view is not view:
                line.show_material(view)

    def _show_fold(self) -> None:
        for line in self.lines:
            if is_aside(line.view):
                line.setVisible(self._unfolded or line.hasFocus())
        aside = sum(is_aside(view) for view in self.views)
        sign = "▾" if self._unfolded else "▸"
        self.fold.setText(f"{sign} " + self.tr("Other materials, not due here: {n}").format(n=aside))
        self.fold.setAccessibleName(self.fold.text())
        self.fold.setVisible(bool(aside))

    def _rebuild(self, views: list[MaterialView]) -> None:
        kept = {line.material: line for line in self.lines}
        self.lines = []
        for view in views:
            line = kept.pop(view.material, None) or self._line(view)
            if line.view is not view:
                line.show_material(view)
            aside = is_aside(view)
            rows, at = (self._others if aside else self._rows), sum(is_aside(one.view) is aside for one in self.lines)
            if rows.indexOf(line) != at:
                self._rows.removeWidget(line)
                self._others.removeWidget(line)
                rows.insertWidget(at, line)
            line.setVisible(self._unfolded or not aside or line.hasFocus())
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
        line.file_asked.connect(self.file_asked)
        line.dropped.connect(self.dropped)
        line.opened.connect(self.opened)
        line.removed.connect(self.removed)
        line.commit_asked.connect(self.commit_asked)
        return line

    def _move(self, step: int) -> None:
        stops: list[QWidget] = [stop for line in self.lines if not is_aside(line.view) for stop in line.stops()]
        if not self.fold.isHidden():
            stops.append(self.fold)
        aside = (line for line in self.lines if is_aside(line.view) and not line.isHidden())
        stops += [stop for line in aside for stop in line.stops()]
        at = next((place for place, stop in enumerate(stops) if stop.hasFocus()), 0) + step
        if at >= len(stops):
            self.finished.emit()
        elif at >= 0:
            stops[at].setFocus()


def is_aside(view: MaterialView) -> bool:
    """Answer whether a material is neither due nor handed over, and has no files."""
    return not view.due and not view.files and view.state in ("", MaterialState.MISSING.value)
