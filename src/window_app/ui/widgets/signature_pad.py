"""A pad to sign on: clear it, see it drawn again, hand it in; with nothing drawn nothing is handed in."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from window_app.domain.ink import EMPTY, Stroke, ink_fault
from window_app.ui.theme import Theme
from window_app.ui.widgets.ink_field import InkField
from window_app.ui.widgets.texts import ENTER, Button, label, row


class SignaturePad(QFrame):
    """Takes one signature. Del clears, R draws it again, Ctrl+Enter hands it in, Esc leaves.

    Signals:
        signed: carries the strokes, as `domain/ink.py` has them; never without any.
        left: nothing is to be signed here.
        changed: something was drawn or cleared.
    """

    signed = Signal(object)
    left = Signal()
    changed = Signal()

    def __init__(self, theme: Theme, who: str = "", parent: QWidget | None = None) -> None:
        """Take the look and the name of who signs, for those who hear it read."""
        super().__init__(parent)
        self._who = who
        self.field = InkField(theme)
        self.field.drawn.connect(self._drawn)
        self.standing = label("", "secondary", wrap=True)
        self.problem = label("", "note-error", wrap=True)
        self.problem.hide()
        self.clear_button = self._button(self.tr("Clear  Del"), self.clear)
        self.replay_button = self._button(self.tr("Draw it again  R"), self.field.replay)
        self.leave_button = self._button(self.tr("Leave it  Esc"), self.left.emit)
        self.done_button = self._button(self.tr("Signed  Ctrl+Enter"), self.hand_in, "primary")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(self.field)
        lines.addWidget(self.standing)
        lines.addWidget(self.problem)
        lines.addLayout(row(self.leave_button, self.clear_button, self.replay_button, None, self.done_button))
        self.setFocusProxy(self.field)
        self.field.installEventFilter(self)
        self._show()

    def set_signer(self, who: str) -> None:
        """Say who is to sign."""
        self._who = who
        self._show()

    def strokes(self) -> tuple[Stroke, ...]:
        """Return what was drawn so far."""
        return self.field.strokes()

    def clear(self) -> None:
        """Wipe the pad."""
        self.field.clear()
        self._show()
        self.changed.emit()

    def hand_in(self) -> None:
        """Hand the signature in, or say why it is none."""
        strokes = self.field.strokes()
        fault = ink_fault(strokes)
        if not fault:
            self._say("")
            self.signed.emit(strokes)
        elif fault == EMPTY:
            self._say(self.tr("✕ There is no signature yet: sign in the box with mouse, finger or pen."))
        else:
            self._say(self.tr("✕ This drawing cannot be kept; clear it and sign once more."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the pad, before the page and the window have them."""
        if not isinstance(event, QKeyEvent) or watched is not self.field:
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.ShortcutOverride and self._claims(event):
            event.accept()
            return True
        return event.type() is QEvent.Type.KeyPress and self._key(event)

    @staticmethod
    def _claims(event: QKeyEvent) -> bool:
        """Answer whether a key is the pad's own although the page has a shortcut for it."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return event.key() == Qt.Key.Key_Escape or (bool(control) and event.key() in ENTER)

    def _key(self, event: QKeyEvent) -> bool:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        elif event.key() == Qt.Key.Key_R and not control:
            self.field.replay()
        elif event.key() in ENTER and control:
            self.hand_in()
        else:
            return False
        return True

    def _drawn(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._say("")
        count = len(self.field.strokes())
        told = self.tr("Strokes drawn: {n}").format(n=count) if count else self.tr("Nothing was drawn yet.")
        self.standing.setText(told)
        name = self.tr("Signature of {name}").format(name=self._who) if self._who else self.tr("Signature")
        self.field.setAccessibleName(name)
        self.field.setAccessibleDescription(told)
        self.clear_button.setEnabled(bool(count))
        self.replay_button.setEnabled(bool(count))

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _button(self, text: str, action: Callable[[], object], kind: str = "") -> Button:
        button = Button(text, kind)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _=False: action())
        return button
