"""A step of the visit page: a card that shrinks to a line when it is finished."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from window_app.ui.widgets.texts import Button, key_cap, label, polish, row

NUMBERS = "①②③④⑤⑥"


class StepCard(QFrame):
    """Header with number, title and a word on how far it is; below it the step's own widget.

    Signals:
        opened: the clerk wants to work on this step.
    """

    opened = Signal()
    aside = Signal()

    def __init__(self, number: int, title: str, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(title)
        self.body = body
        self._title = label(f"{NUMBERS[number - 1]}  {title}", "step-title")
        self._hint = label("", "secondary", wrap=True)
        self._key = key_cap("")
        self._aside = Button("", "link")
        self._open = Button(self.tr("Open Enter"), "link")
        self._key.hide()
        self._aside.hide()
        self._open.hide()
        self._open.clicked.connect(self.opened)
        self._aside.clicked.connect(self.aside)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(18, 14, 18, 14)
        lines.setSpacing(10)
        head = row(self._title, self._hint, self._key, self._aside, self._open, spacing=10)
        head.setStretch(1, 1)
        lines.addLayout(head)
        lines.addWidget(body)

    def set_title(self, number: int, title: str) -> None:
        """Name the step."""
        self._title.setText(f"{NUMBERS[number - 1]}  {title}")
        self.setAccessibleName(title)

    def set_hint(self, text: str, kind: str = "secondary") -> None:
        """Say how far the step is, beside its title."""
        self._hint.setText(text)
        polish(self._hint, kind=kind)

    def set_aside(self, key: str, text: str) -> None:
        """Show an action of the step at the right, with its key; "" hides it."""
        self._key.setText(key)
        self._aside.setText(text)
        self._aside.setAccessibleName(text)
        self._key.setVisible(bool(key))
        self._aside.setVisible(bool(text))

    def set_state(self, *, open_: bool, active: bool, reachable: bool = True) -> None:
        """Unfold or shrink the step, and frame it where the work is."""
        self.body.setVisible(open_)
        self._open.setVisible(not open_ and reachable)
        if not open_:
            self._key.hide()
            self._aside.hide()
        polish(self, active=active)

    def focus_header(self) -> None:
        """Put the focus on the line of a shrunk step."""
        self._open.setFocus()
