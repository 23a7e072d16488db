"""How a commitment is signed: on the printed pair, or drawn on the screen; what was signed, and whether it stands."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from window_app.domain.commitment_drafts import GUARDIAN
from window_app.ui.theme import Theme
from window_app.ui.views.visit.commitment_reading import CommitmentView
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.ink_field import InkField
from window_app.ui.widgets.signature_pad import SignaturePad
from window_app.ui.widgets.texts import Button, label, polish


class CommitmentSigning(QFrame):
    """Offers both ways and shows the signature there is.

    Signals:
        pair_asked: the pair is to be printed.
        paper_signed: the printed pair was signed; carries its number.
        inked: a signature was drawn; carries the strokes.
        grown: it is higher or lower than before; carries what has to be in sight, None for nothing.
    """

    pair_asked = Signal()
    paper_signed = Signal(str)
    inked = Signal(object)
    grown = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: CommitmentView | None = None
        self.pad: SignaturePad | None = None
        self.standing = label("", "note-plain", wrap=True)
        self.shown = InkField(theme, read_only=True)
        self.print_button = self._button(self.tr("6  Print both to sign on paper"), self.pair_asked.emit)
        self.paper_button = self._button(self.tr("7  It was signed on paper"), self._signed_on_paper)
        self.ink_button = self._button(self.tr("8  Sign on the screen"), self.show_pad)
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=6, between=4)
        for button in (self.print_button, self.paper_button, self.ink_button):
            flow.addWidget(button)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        for part in (self.standing, self.shown, buttons):
            self._lines.addWidget(part)
        self.shown.hide()

    def show_view(self, view: CommitmentView) -> None:
        """Show whether it is signed, and how."""
        if self._view is not None and (view.counts or not view.open):
            self.drop_pad()
        self._view = view
        told, kind = self._told(view)
        self.standing.setText(told)
        polish(self.standing, kind=kind)
        self.shown.setVisible(bool(view.strokes))
        self.shown.show_ink(view.strokes)
        self.shown.setAccessibleName(view.signed)
        self.paper_button.setEnabled(view.paper is not None and view.signature == "")
        again = self.tr("8  Sign anew on the screen") if view.signature else self.tr("8  Sign on the screen")
        self.ink_button.setText(again)
        self.ink_button.setAccessibleName(again)

    def show_pad(self) -> None:
        """Unfold the pad; the one that is open already gets the focus."""
        view = self._view
        if view is None:
            return
        if self.pad is None:
            who = view.signer.name if view.signer.kind == GUARDIAN else view.applicant
            self.pad = SignaturePad(self._theme, who)
            self.pad.signed.connect(self._drawn)
            self.pad.left.connect(self._left)
            self._lines.addWidget(self.pad)
            self.grown.emit(self.pad)
        self.pad.field.setFocus()

    def drop_pad(self) -> bool:
        """Let the pad go with what was drawn on it; answers whether there was one."""
        if self.pad is None:
            return False
        pad, self.pad = self.pad, None
        self._lines.removeWidget(pad)
        pad.hide()
        pad.deleteLater()
        self.grown.emit(None)
        return True

    def _drawn(self, strokes: object) -> None:
        self._leave_pad()
        self.inked.emit(strokes)

    def _left(self) -> None:
        self._leave_pad()

    def _leave_pad(self) -> None:
        panel = self.parentWidget()
        if panel is not None:
            panel.setFocus()
        self.drop_pad()

    def _signed_on_paper(self) -> None:
        view = self._view
        if view is not None and view.paper is not None:
            self.paper_signed.emit(view.paper.number)

    def _told(self, view: CommitmentView) -> tuple[str, str]:
        if not view.signature:
            return self.tr("Not signed yet: on the printed pair, or on the screen."), "note-plain"
        if view.counts:
            return "✓ " + view.signed, "note-good"
        return self.tr("△ {signed} It does not count for what stands here now.").format(
            signed=view.signed
        ), "note-caution"

    def _button(self, text: str, action: Callable[[], object]) -> Button:
        button = Button(text)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _=False: action())
        return button
