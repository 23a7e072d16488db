"""A field that two people set from one base: both values side by side, and the panel that settles it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from window_app.ui.views.case.case_view import ConflictView, SideView
from window_app.ui.widgets.action_panel import ActionPanel
from window_app.ui.widgets.texts import Button, badge, label, row

KEPT, OTHER = "kept", "other"


class ConflictCard(QFrame):
    """Shows what stands, what was set beside it, by whom and when.

    Signals:
        settle_asked: carries the conflict.
    """

    settle_asked = Signal(object)

    def __init__(self, view: ConflictView, *, first: bool, writable: bool) -> None:
        """`first` has the key on its button; without `writable` there is none."""
        super().__init__()
        self.view = view
        self.setProperty("card", True)
        self.setAccessibleName(view.title)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(18, 12, 18, 12)
        lines.setSpacing(6)
        self.settle = Button(self.tr("Settle  Ctrl+T") if first else self.tr("Settle"), parent=self)
        self.settle.setVisible(writable)
        self.settle.clicked.connect(lambda: self.settle_asked.emit(view))
        lines.addLayout(row(badge(self.tr("To settle"), "caution"), label(view.title, "strong"), None, self.settle))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._side(grid, 0, self.tr("stands (first)"), view.kept)
        self._side(grid, 1, self.tr("other value"), view.other)
        lines.addLayout(grid)

    def _side(self, grid: QGridLayout, line: int, name: str, side: SideView) -> None:
        grid.addWidget(label(name, "faint"), line, 0)
        grid.addWidget(label(side.value, "strong", wrap=True), line, 1)
        grid.addWidget(label(side.who, "secondary"), line, 2)
        grid.addWidget(label(side.when, "faint"), line, 3)


class SettlePanel(ActionPanel):
    """Asks which value holds, and why; shows both in full."""

    def __init__(self, view: ConflictView, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.view = view
        self.set_words(self.tr("Settle: {field}").format(field=view.title), self.tr("Settle"))
        self.explain(self.tr("Both changes stay on record. What you choose holds from now on, everywhere."))
        if not view.known:
            self.explain(
                self.tr("One of the values is not on this machine: leave this and fetch it with Ctrl+G first."),
                "note-caution",
            )
        if view.masked:
            self.explain(self.tr("Numbers are shown in full here; that you looked is on record."))
        sides = [(KEPT, self._told(view.kept)), (OTHER, self._told(view.other))]
        required = self.tr("Choose the value that holds.")
        self.add_choice("which", self.tr("What holds"), sides, required=required)
        self.add_line("reason", self.tr("Reason"), required=self.tr("Give the reason in a sentence."))

    def _told(self, side: SideView) -> str:
        return f"{side.full}  ({side.who}, {side.when})"
