"""Labels, links and buttons with the kinds of the style sheet."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WrappedLabel(QLabel):
    """A label that breaks its lines at whatever width it gets, and asks for no more height than they take."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        """Ask for one line; the lines that follow come from the width."""
        return QSize(24, self.fontMetrics().height())


def label(text: str, kind: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """Return a label that never reads its text as markup."""
    made = WrappedLabel(text, parent) if wrap else QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        made.setProperty("kind", kind)
    return made


def badge(text: str, tone: str = "soft", parent: QWidget | None = None) -> QLabel:
    """Return a small rounded mark; the text carries the meaning, the tone only helps."""
    made = label(text, parent=parent)
    made.setProperty("badge", tone)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def key_cap(text: str, parent: QWidget | None = None) -> QLabel:
    """Return the drawing of a key."""
    made = label(text, "key", parent=parent)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


class Button(QPushButton):
    """A button that Enter presses where it has the focus, as Space does everywhere."""

    def __init__(self, text: str, kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)
        if kind:
            self.setProperty("kind", kind)
        if kind in ("link", "quiet"):
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter; leave every other key to Qt."""
        if event.key() in ENTER and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.click()
            return
        super().keyPressEvent(event)


def bind(widget: QWidget, keys: str, button: QPushButton) -> None:
    """Let a key press a button at once, wherever the focus is in the window."""
    QShortcut(QKeySequence(keys), widget).activated.connect(button.click)


def bind_here(widget: QWidget, keys: str, action: Callable[[], object]) -> None:
    """Let a key do something while the focus is in a widget or its children."""
    shortcut = QShortcut(QKeySequence(keys), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(action)


def polish(widget: QWidget, **properties: object) -> None:
    """Set style properties and let the style sheet see them; does nothing where they already hold.

    An empty text is as good as none. What was never shown sees the style sheet when it is.
    """
    changed = False
    for name, value in properties.items():
        if (widget.property(name) or "") != (value or ""):
            widget.setProperty(name, value)
            changed = True
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        if isinstance(widget, QFrame):
            # A frame, and so each label, asks for its padding only then.
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))


def row(*parts: QWidget | int | None, spacing: int = 8) -> QHBoxLayout:
    """Return a row of widgets; None is a stretch, a number a gap."""
    made = QHBoxLayout()
    fill(made, parts, spacing)
    return made


def column(*parts: QWidget | int | None, spacing: int = 8) -> QVBoxLayout:
    """Return a column of widgets; None is a stretch, a number a gap."""
    made = QVBoxLayout()
    fill(made, parts, spacing)
    return made


def fill(layout: QHBoxLayout | QVBoxLayout, parts: tuple[QWidget | int | None, ...], spacing: int) -> None:
    """Put parts into a layout that has none yet."""
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        else:
            layout.addWidget(part)


@contextmanager
def laid_out_once(layout: QLayout) -> Iterator[None]:
    """Let a layout take in, show and hide several parts at once; each by itself lays the whole page out anew."""
    if not layout.isEnabled():
        yield
        return
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)
        layout.invalidate()
        holder = layout.parentWidget()
        if holder is not None and holder.isVisible():
            layout.activate()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class Ask(QFrame):
    """A question with its answers on buttons, laid into the page; it holds nothing up."""

    answered = Signal(str)

    def __init__(self, text: str, answers: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        """Take the question and its answers: code, and the text of the button, which begins with its key."""
        super().__init__(parent)
        self.setObjectName("ask")
        self.setAccessibleName(text)
        self.buttons: dict[str, Button] = {}
        self._keys: dict[str, Button] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(8)
        line.addWidget(label(text, wrap=True), 1)
        for code, shown in answers:
            button = Button(shown, parent=self)
            button.clicked.connect(lambda _=False, code=code: self.answered.emit(code))
            self.buttons[code] = button
            if shown[1:3] == "  ":
                self._keys[shown[0].lower()] = button
            line.addWidget(button)

    def take_focus(self) -> None:
        """Put the focus on the first answer."""
        next(iter(self.buttons.values())).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by the key that stands on the button."""
        button = self._keys.get(event.text().lower())
        if button is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            button.click()
            return
        super().keyPressEvent(event)
