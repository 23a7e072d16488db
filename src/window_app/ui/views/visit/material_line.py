"""One material of the checklist: what is due, what became of it, the files attached to it."""

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from window_app.domain.visits import EXCUSED, HANDED_OVER, MaterialState, MaterialTick
from window_app.ui.attachment_sources import can_be_taken
from window_app.ui.views.visit.material_choices import STATES, MaterialChoices
from window_app.ui.views.visit.reason_line import ReasonLine
from window_app.ui.views.visit.state import MaterialView
from window_app.ui.widgets.attachment_line import AttachmentLine
from window_app.ui.widgets.texts import ENTER, Button, clear, label, polish

MARKS = {**dict.fromkeys((*HANDED_OVER, MaterialState.COMMITTED), "☑"), **dict.fromkeys(EXCUSED, "—")}
COMMIT_KEY = "C"
ORDER = ("hint", "choices", "reason", "below", "note", "files")
"""What stands under the head of a line, from top to bottom; each part is made when it is needed first."""


class MaterialLine(QFrame):
    """One material: what is due, what was handed over, why it need not be, the files that came with it.

    A page shows many of them at once, so a line is little more than its words until the focus comes. Something
    else that can be done at a material joins it by `offer_choice` and unfolds under it by `show_below`.

    Signals:
        ticked: what became of it; carries the material and the tick.
        moved: the focus is to go on by so many lines.
        entered: the focus came.
        file_asked: a file is to be chosen for it.
        dropped: files or a picture were dropped or pasted here; carries material and `QMimeData`.
        opened, removed: an attached file is to be shown, taken away; carries its digest.
        commit_asked: the visitor may want to commit in writing instead.
    """

    ticked = Signal(str, object)
    moved = Signal(int)
    entered = Signal()
    file_asked = Signal(str)
    dropped = Signal(str, object)
    opened = Signal(str)
    removed = Signal(str)
    commit_asked = Signal(str)

    def __init__(self, view: MaterialView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("record", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.material = view.material
        self.view = view
        self.files: list[AttachmentLine] = []
        self._asked_for: MaterialState | None = None
        self._offered: dict[str, tuple[str, Callable[[], object]]] = {}
        self._parts: list[str] = []
        self._lay_out()
        self.show_material(view)

    def show_material(self, view: MaterialView) -> None:
        """Show the line's present state."""
        self.view = view
        state = self._state()
        self._mark.setText(MARKS.get(state, "☐"))
        expected = self._expected(view)
        self._title.setText(view.title + (" *" if view.due else "") + (f"  ({expected})" if expected else ""))
        self._show_copies()
        self._standing.setText(self._standing_words(state))
        self._show_files()
        if view.commitment and COMMIT_KEY not in self._offered:
            self.offer_choice(COMMIT_KEY, self.tr("Commitment instead"), lambda: self.commit_asked.emit(self.material))
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
        if not text and "note" not in self._parts:
            return
        self.note.setText(text)
        polish(self.note, kind=kind)
        self.note.setVisible(bool(text))

    def offer_choice(self, key: str, text: str, pressed: Callable[[], object]) -> None:
        """Offer something further at this material: a button that begins with its key, a capital letter."""
        self.withdraw_choice(key)
        self._offered[key] = (f"{key}  {text}", pressed)
        if "choices" in self._parts:
            self.choices.add(*self._offered[key])

    def withdraw_choice(self, key: str) -> None:
        """Offer it no more."""
        known = self._offered.pop(key, None)
        if known is not None and "choices" in self._parts:
            self.choices.remove(known[0])

    def show_below(self, panel: QWidget) -> None:
        """Unfold a panel under the line, in the place of the one before; `drop_below` lets it go."""
        clear(self._below)
        self._below.addWidget(panel)
        panel.show()

    def drop_below(self) -> None:
        """Let the panel under the line go; the focus comes back to the line."""
        if self._below.count():
            clear(self._below)
            self.setFocus()

    def stops(self) -> list[QWidget]:
        """Return where the arrows stop: the line, then its files."""
        return [self, *self.files]

    def offer(self, mime: QMimeData | None) -> None:
        """Take what was dropped or pasted."""
        if mime is not None:
            self.dropped.emit(self.material, mime)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by number, count copies with plus and minus, attach, move up and down."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.offer(QGuiApplication.clipboard().mimeData())
        elif event.key() == Qt.Key.Key_Up or (
            event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self.moved.emit(-1)
        elif event.key() == Qt.Key.Key_Down or (event.key() in ENTER and not event.modifiers()):
            self.moved.emit(1)
        elif not self._choose(event.text().upper()):
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

    # -- what is made when it is needed

    @cached_property
    def choices(self) -> MaterialChoices:
        """Return what can be done here, on buttons."""
        made = MaterialChoices(self._named, self)
        made.pressed.connect(self._pressed)
        made.file_asked.connect(lambda: self.file_asked.emit(self.material))
        for text, pressed in self._offered.values():
            made.add(text, pressed)
        self._put("choices", made)
        return made

    @property
    def buttons(self) -> dict[MaterialState, Button]:
        """Return the buttons of the states."""
        return self.choices.buttons

    @cached_property
    def copies(self) -> QSpinBox:
        """Return where copies are counted."""
        made = QSpinBox()
        made.lineEdit().setTextMargins(6, 0, 6, 0)
        made.setRange(0, 999)
        made.setSuffix(self.tr(" copies"))
        made.setAccessibleName(self.tr("Number of copies"))
        made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        made.valueChanged.connect(self._counted)
        self._head.addWidget(made)
        return made

    @cached_property
    def reason(self) -> ReasonLine:
        """Return where the reason of a waiver is written."""
        made = ReasonLine()
        made.setMaxLength(200)
        made.given.connect(self._reason_given)
        made.dropped.connect(self._reason_dropped)
        self._put("reason", made)
        return made

    @cached_property
    def note(self) -> QLabel:
        """Return where it is said what went wrong."""
        made = label("", "note-error", wrap=True)
        self._put("note", made)
        return made

    @cached_property
    def _hint(self) -> QLabel:
        made = label("", "faint", wrap=True)
        self._put("hint", made)
        return made

    @cached_property
    def _below(self) -> QVBoxLayout:
        return self._lines_of("below")

    @cached_property
    def _file_lines(self) -> QVBoxLayout:
        return self._lines_of("files")

    def _lines_of(self, part: str) -> QVBoxLayout:
        holder = QWidget()
        made = QVBoxLayout(holder)
        made.setContentsMargins(0, 0, 0, 0)
        made.setSpacing(0)
        self._put(part, holder, shown=True)
        return made

    def _put(self, part: str, widget: QWidget, *, shown: bool = False) -> None:
        at = sum(ORDER.index(known) < ORDER.index(part) for known in self._parts)
        self._parts.append(part)
        widget.hide()
        self._whole.insertWidget(at + 1, widget)
        widget.setVisible(shown)

    # -- inside

    def _lay_out(self) -> None:
        self._mark = label("☐", "strong")
        self._title = label("", wrap=True)
        self._standing = label("", "secondary")
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self._mark)
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._standing)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(4, 5, 4, 5)
        self._whole.setSpacing(4)
        self._whole.addLayout(self._head)

    def _choose(self, key: str) -> bool:
        if key in tuple("123456"):
            self.tick(STATES[int(key) - 1])
        elif key == "A":
            self.file_asked.emit(self.material)
        elif key in ("+", "=", "-") and self.view.state == MaterialState.COPY_TAKEN:
            self.copies.setValue(self.copies.value() + (-1 if key == "-" else 1))
        elif key in self._offered:
            self._offered[key][1]()
        else:
            return False
        return True

    def _show_copies(self) -> None:
        taken = self.view.state == MaterialState.COPY_TAKEN
        if not taken and "copies" not in self.__dict__:
            return
        self.copies.blockSignals(True)
        self.copies.setValue(self.view.copies)
        self.copies.blockSignals(False)
        self.copies.setVisible(taken)

    def _show_choices(self) -> None:
        """The choices stand at the line with the focus; the others are told in words."""
        here = self.hasFocus() or ("reason" in self._parts and self.reason.hasFocus())
        if here or "choices" in self._parts:
            self.choices.show_chosen(self.view.state)
            self.choices.setVisible(here)
        told = here and bool(self.view.hint)
        if told or "hint" in self._parts:
            self._hint.setText(self.view.hint)
            self._hint.setVisible(told)

    def _show_files(self) -> None:
        if [line.view for line in self.files] == list(self.view.files):
            return
        at = next((place for place, line in enumerate(self.files) if line.hasFocus()), None)
        if self.files:
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
        if "reason" in self._parts:
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
            MaterialState.COMMITTED: self.tr("committed instead"),
        }[state]
