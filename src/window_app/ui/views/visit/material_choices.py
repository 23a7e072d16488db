"""What can be done at a material: one button for each state, one for files, further ones with keys of their own."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from window_app.domain.visits import MaterialState
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.texts import Button, label

STATES = (
    MaterialState.ORIGINAL_SEEN,
    MaterialState.COPY_TAKEN,
    MaterialState.ELECTRONIC,
    MaterialState.MISSING,
    MaterialState.WAIVED,
    MaterialState.NOT_NEEDED,
)


class MaterialChoices(QWidget):
    """Stands at the line that has the focus and never takes it away.

    Signals:
        pressed: a state was chosen.
        file_asked: a file is to be chosen.
    """

    pressed = Signal(object)
    file_asked = Signal()

    def __init__(self, named: Callable[[MaterialState], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, spacing=6, between=4)
        self.buttons: dict[MaterialState, Button] = {}
        for number, state in enumerate(STATES, start=1):
            button = self.add(f"{number} {named(state)}", partial(self.pressed.emit, state))
            button.setCheckable(True)
            self.buttons[state] = button
        self.attach = self.add(self.tr("A  Attach a file"), self.file_asked.emit)
        self._flow.addWidget(label(self.tr("Ctrl+V pastes, or drop it here"), "faint"))

    def add(self, text: str, pressed: Callable[[], object]) -> Button:
        """Add a button and return it."""
        button = Button(text)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _=False: pressed())
        self._flow.addWidget(button)
        return button

    def remove(self, text: str) -> None:
        """Take a button that was added away again."""
        for button in self.findChildren(Button):
            if button.text() == text:
                self._flow.removeWidget(button)
                button.hide()
                button.deleteLater()

    def show_chosen(self, state: str) -> None:
        """Mark the button of the state that holds."""
        for one, button in self.buttons.items():
            button.setChecked(one.value == state)
