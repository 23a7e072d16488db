"""One material of the checklist: what is due, what became of it, the files attached to it."""

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from window_app.domain.visits import EXCUSED, HANDED_OVER, MaterialState, MaterialTick
from window_app.ui.attachment_sources import can_be_taken
from window_app.ui.views.visit.state import MaterialView
from window_app.ui.widgets.attachment_line import AttachmentLine
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.texts import ENTER, Button, clear, label, polish

STATES = (
    MaterialState.ORIGINAL_SEEN,
    MaterialState.COPY_TAKEN,
    MaterialState.ELECTRONIC,
    MaterialState.MISSING,
    MaterialState.WAIVED,
    MaterialState.NOT_NEEDED,
)
MARKS = {**dict.fromkeys(HANDED_OVER, "☑"), **dict.fromkeys(EXCUSED, "—")}


class ReasonLine(QLineEdit):
    """Where the reason of a waiver is written: Enter takes it, Escape leaves it."""

    given = Signal(str)
    dropped = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep Escape to itself while it is typed in."""
        overrides = event.type() is QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take or leave what was typed."""
        if event.key() in ENTER:
            self.given.emit(self.text().strip())
        elif event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)


class MaterialLine(QFrame):
    """One material: what is due, what was handed over, why it need not be, the files that came with it.

    Signals:
        ticked: what became of it; carries the material and the tick.
        moved: the focus is to go on by so many lines.
        entered: the focus came.
        file_asked: a file is to be chosen for it.
        dropped: files or a picture were dropped or pasted here; carries material and `QMimeData`.
        opened, removed: an attached file is to be shown, taken away; carries its digest.
    """

    ticked = Signal(str, object)
    moved = Signal(int)
    entered = Signal()
    file_asked = Signal(str)
    dropped = Signal(str, object)
    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, view: MaterialView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("record", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.material = view.material
        self.view = view
        self.files: list[AttachmentLine] = []
        self._asked_for: MaterialState | None = None
        self._make_parts()
        self._lay_out()
        self.show_material(view)

    def show_material(self, view: MaterialView) -> None:
        """Show the line's present state."""
        self.view = view
        state = self._state()
        self._mark.setText(MARKS.get(state, "☐"))
        expected = self._expected(view)
        self._title.setText(view.title + (" *" if view.due else "") + (f"  ({expected})" if expected else ""))
        for one, button in self.buttons.items():
            button.setChecked(one.value == view.state)
        self.copies.blockSignals(True)
        self.copies.setValue(view.copies)
        self.copies.blockSignals(False)
        self.copies.setVisible(view.state == MaterialState.COPY_TAKEN)
        self._standing.setText(self._standing_words(state))
        self._hint.setText(view.hint)
        self._show_files()
        self._show_choices()
        self.setAccessibleName(f"{view.title}: {self._standing_words(state)}")

    def tick(self, state: MaterialState) -> None:
        """Record what became of the material; the same again takes it back. What excuses it asks for the reason."""
        if state in EXCUSED and state.value != self.view.state:
            self._ask_reason(state)
            return
        self._drop_reason()
        if state.value == self.view.state:
            state = MaterialState.MISSING
        copies = (self.view.copies or self.view.copies_due or 1) if state is MaterialState.COPY_TAKEN else 0
        self.ticked.emit(self.material, MaterialTick(state, copies))

    def say(self, text: str, kind: str = "note-error") -> None:
        """Say at this material what went wrong with a file, or what is being done; "" takes it away."""
        self.note.setText(text)
        polish(self.note, kind=kind)
        self.note.setVisible(bool(text))

    def stops(self) -> list[QWidget]:
        """Return where the arrows stop: the line, then its files."""
        return [self, *self.files]

    def offer(self, mime: QMimeData | None) -> None:
        """Take what was dropped or pasted."""
        if mime is not None:
            self.dropped.emit(self.material, mime)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by number, count copies with plus and minus, attach, move up and down."""
        text = event.text()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.offer(QGuiApplication.clipboard().mimeData())
        elif text in tuple("123456"):
            self.tick(STATES[int(text) - 1])
        elif text in ("a", "A"):
            self.file_asked.emit(self.material)
        elif text in ("+", "=", "-") and self.view.state == MaterialState.COPY_TAKEN:
            self.copies.setValue(self.copies.value() + (-1 if text == "-" else 1))
        elif event.key() == Qt.Key.Key_Up or (
            event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self.moved.emit(-1)
        elif event.key() == Qt.Key.Key_Down or (event.key() in ENTER and not event.modifiers()):
            self.moved.emit(1)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let files and pictures be dropped here."""
        if can_be_taken(event.mimeData()):
            event.acceptProposedAction()
            polish(self, here=True)

    def dragLeaveEvent(self, event: QEvent) -> None:
        """Show that nothing hangs over it any more."""
        polish(self, here=self.hasFocus())
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped; the original stays where it is."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.setFocus()
        self.offer(event.mimeData())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the focus is, and what can be done there."""
        super().focusInEvent(event)
        polish(self, here=True)
        self._show_choices()
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus went."""
        super().focusOutEvent(event)
        polish(self, here=False)
        self._show_choices()

    # -- inside

    def _make_parts(self) -> None:
        self._mark = label("☐", "strong")
        self._title = label("", wrap=True)
        self._standing = label("", "secondary")
        self._hint = label("", "faint", wrap=True)
        self.note = label("", "note-error", wrap=True)
        self.note.hide()
        self.buttons: dict[MaterialState, Button] = {}
        for number, state in enumerate(STATES, start=1):
            button = Button(f"{number} {self._named(state)}")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, state=state: self._pressed(state))
            self.buttons[state] = button
        self.attach = Button(self.tr("A  Attach a file"))
        self.attach.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.attach.clicked.connect(lambda: self.file_asked.emit(self.material))
        self._paste = label(self.tr("Ctrl+V pastes, or drop it here"), "faint")
        self.copies = QSpinBox()
        self.copies.lineEdit().setTextMargins(6, 0, 6, 0)
        self.copies.setRange(0, 999)
        self.copies.setSuffix(self.tr(" copies"))
        self.copies.setAccessibleName(self.tr("Number of copies"))
        self.copies.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.copies.valueChanged.connect(self._counted)
        self.reason = ReasonLine()
        self.reason.setMaxLength(200)
        self.reason.hide()
        self.reason.given.connect(self._reason_given)
        self.reason.dropped.connect(self._reason_dropped)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._mark)
        head.addWidget(self._title, 1)
        head.addWidget(self._standing)
        head.addWidget(self.copies)
        self._choices = QWidget()
        flow = FlowLayout(self._choices, spacing=6, between=4)
        for button in (*self.buttons.values(), self.attach, self._paste):
            flow.addWidget(button)
        self._file_lines = QVBoxLayout()
        self._file_lines.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(4, 5, 4, 5)
        whole.setSpacing(4)
        whole.addLayout(head)
        whole.addWidget(self._hint)
        whole.addWidget(self._choices)
        whole.addWidget(self.reason)
        whole.addWidget(self.note)
        whole.addLayout(self._file_lines)

    def _show_choices(self) -> None:
        """The choices stand at the line with the focus; the others are told in words."""
        here = self.hasFocus() or self.reason.hasFocus()
        self._choices.setVisible(here)
        self._hint.setVisible(here and bool(self.view.hint))

    def _show_files(self) -> None:
        if [line.view for line in self.files] == list(self.view.files):
            return
        at = next((place for place, line in enumerate(self.files) if line.hasFocus()), None)
        clear(self._file_lines)
        self.files = []
        for view in self.view.files:
            line = AttachmentLine(view, removable=True, parent=self)
            line.opened.connect(self.opened)
            line.removed.connect(self.removed)
            line.left.connect(self.moved)
            line.entered.connect(self.entered)
            self._file_lines.addWidget(line)
            self.files.append(line)
        if at is not None:
            (self.files[min(at, len(self.files) - 1)] if self.files else self).setFocus()

    def _pressed(self, state: MaterialState) -> None:
        self.buttons[state].setChecked(state.value == self.view.state)
        self.tick(state)

    def _ask_reason(self, state: MaterialState) -> None:
        self._asked_for = state
        self.say("")
        told = {
            MaterialState.WAIVED: self.tr("Waived because … (Enter)"),
            MaterialState.NOT_NEEDED: self.tr("Not needed because … (Enter)"),
        }[state]
        self.reason.setPlaceholderText(told)
        self.reason.setAccessibleName(told)
        self.reason.setText(self.view.remark)
        self.reason.show()
        self.reason.setFocus()
        self._show_choices()

    def _reason_given(self, reason: str) -> None:
        state = self._asked_for
        if state is None:
            return
        if not reason:
            self.say(self.tr("✕ Write the reason in a few words, then press Enter."))
            return
        self._drop_reason()
        self.setFocus()
        self.ticked.emit(self.material, MaterialTick(state, 0, reason))

    def _reason_dropped(self) -> None:
        self._drop_reason()
        self.setFocus()

    def _drop_reason(self) -> None:
        self._asked_for = None
        self.reason.hide()
        self.say("")

    def _counted(self, copies: int) -> None:
        self.ticked.emit(self.material, MaterialTick(MaterialState.COPY_TAKEN, copies))

    def _state(self) -> MaterialState:
        return MaterialState(self.view.state) if self.view.state else MaterialState.MISSING

    def _standing_words(self, state: MaterialState) -> str:
        said = self._named(state) + (f"：{self.view.remark}" if state in EXCUSED and self.view.remark else "")
        if state is MaterialState.MISSING and not self.view.due:
            said = ""
        files = self.tr("{n} files").format(n=len(self.view.files)) if self.view.files else ""
        return " · ".join(part for part in (said, files) if part)

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
            MaterialState.WAIVED: self.tr("waived"),
            MaterialState.NOT_NEEDED: self.tr("not needed"),
        }[state]
