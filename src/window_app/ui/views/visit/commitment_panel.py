"""A commitment in place of a certificate, unfolded under its material: choice, reasons, texts, signature.

The choice is the applicant's: nothing is preset, nothing is required, and it can be taken back. The panel shows what
the services say and tells what was done; it decides nothing.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from window_app.domain.commitment_drafts import APPLICANT, COMMIT, GUARDIAN, OTHER, PROVE
from window_app.ui.views.papers.paper_cards import PaperList
from window_app.ui.views.visit.commitment_reading import CommitmentView, ReasonView
from window_app.ui.views.visit.commitment_signer import CommitmentSigner
from window_app.ui.views.visit.commitment_signing import CommitmentSigning
from window_app.ui.views.visit.commitment_texts import CommitmentTexts
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.texts import ENTER, Button, clear, label, polish, row
from window_app.ui.workplace import Workplace

_PASSED_ON = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
"""Keys of the page around: to other materials, and up and down."""


class CommitmentPanel(QFrame):
    """Everything about one commitment, by keys that stand on the buttons.

    Signals:
        chosen: "commit", "prove", or "" for a choice taken back.
        pair_asked, slip_asked: notice and commitment, or the slip with the reasons, are to be printed.
        paper_signed: the printed pair was signed; carries its number.
        inked: a signature was drawn; carries the strokes.
        closed: the focus can go back to the material.
        grown: the panel is higher or lower than before; carries what has to be in sight, None for nothing.
    """

    chosen = Signal(str)
    pair_asked = Signal()
    slip_asked = Signal()
    paper_signed = Signal(str)
    inked = Signal(object)
    closed = Signal()
    grown = Signal(object)

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view: CommitmentView | None = None
        self._title = label("", "step-title", wrap=True)
        self._authority = label("", "secondary", wrap=True)
        self.commit_button = self._button(self.tr("1  Commit in writing"), lambda: self.choose(COMMIT))
        self.prove_button = self._button(self.tr("2  Bring the certificate"), lambda: self.choose(PROVE))
        self.back_button = self._button(self.tr("0  Take the choice back"), lambda: self.choose(""))
        self._reasons = QVBoxLayout()
        self.slip_button = self._button(self.tr("6  Print the reasons for the visitor"), self.slip_asked.emit)
        self.signer = CommitmentSigner()
        self.texts = CommitmentTexts()
        self.fold = self._button("", self.turn_fold, "quiet-link")
        self.papers = PaperList()
        self.signing = CommitmentSigning(place.theme)
        self.problem = label("", "note-error", wrap=True)
        self._unfolded = True
        self._build()

    def show_view(self, view: CommitmentView) -> None:
        """Show the present state; once it is signed the texts fold, so that the signature is in sight."""
        first = self.view is None
        newly = view.counts and self.view is not None and not self.view.counts
        chosen = self.view is not None and view.choice != self.view.choice
        self._unfolded = self._unfolded and not newly
        self.view = view
        self._title.setText(self.tr("In place of: {certificate}").format(certificate=view.certificate))
        self._authority.setText(self.tr("issued by: {authority}").format(authority=view.authority))
        self.setAccessibleName(self._title.text())
        for choice, button in self._choices().items():
            button.setChecked(bool(choice) and choice == view.choice)
        self.back_button.setVisible(bool(view.choice))
        self.commit_button.setEnabled(view.open or view.choice == COMMIT)
        self._show_reasons(view.reasons)
        self.slip_button.setVisible(bool(view.reasons) and any(one.articles for one in view.reasons))
        committing = view.choice == COMMIT
        # Who may not sign can be put right here; whoever is excluded for another reason sees the reasons alone.
        self.signer.setVisible(committing)
        self.signer.show_view(view)
        self.signing.setVisible(committing and view.open)
        self.signing.show_view(view)
        self._show_papers(view)
        self._show_texts()
        self.say("✕ " + "\n✕ ".join(text for place, text in view.faults if not place) if self._untold(view) else "")
        self.grown.emit(self if first else self.signing if newly else self.prove_button if chosen else None)

    def say(self, text: str) -> None:
        """Say what went wrong; "" takes it away."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.grown.emit(None)

    def choose(self, choice: str) -> None:
        """Tell the applicant's choice; one that is open to nobody is not taken."""
        view = self.view
        for known, button in self._choices().items():
            button.setChecked(view is not None and bool(known) and known == view.choice)
        if view is None or choice == view.choice or (choice == COMMIT and not view.open):
            return
        self.chosen.emit(choice)

    def turn_fold(self) -> None:
        """Show or hide both texts."""
        self._unfolded = not self._unfolded
        self._show_texts()
        self.grown.emit(None)

    def event(self, event: QEvent) -> bool:
        """Keep Escape to itself, whatever the window does with it."""
        overrides = event.type() is QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what stands on the buttons; nothing that is typed here reaches the material."""
        action = self._keys().get(event.text().lower())
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif event.key() in ENTER:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if not self.signer.move_focus(-1 if back else 1):
                self.setFocus()
        elif action is not None:
            action()
        elif event.key() in _PASSED_ON:
            event.ignore()
        else:
            event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the focus is."""
        super().focusInEvent(event)
        polish(self, active=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus went."""
        super().focusOutEvent(event)
        polish(self, active=False)

    # -- inside

    def _keys(self) -> Mapping[str, Callable[[], object]]:
        view = self.view
        keys: dict[str, Callable[[], object]] = {
            "1": lambda: self.choose(COMMIT),
            "2": lambda: self.choose(PROVE),
            "0": lambda: self.choose(""),
            "9": self.turn_fold,
            "y": lambda: self.papers.answer("yes"),
            "n": lambda: self.papers.answer("no"),
        }
        if view is None or view.choice != COMMIT:
            return {**keys, "6": self.slip_button.click}
        keys |= {key: self._signs(kind) for key, kind in zip("345", (APPLICANT, GUARDIAN, OTHER), strict=True)}
        printing = self.signing.print_button if view.open else self.slip_button
        return {
            **keys,
            "6": printing.click,
            "7": self.signing.paper_button.click,
            "8": self.signing.ink_button.click,
        }

    def _signs(self, kind: str) -> Callable[[], None]:
        return lambda: self.signer.choose(kind)

    def _escape(self) -> None:
        if self.signing.drop_pad():
            self.setFocus()
        elif self.hasFocus():
            self.closed.emit()
        else:
            self.setFocus()

    def _choices(self) -> Mapping[str, Button]:
        return {COMMIT: self.commit_button, PROVE: self.prove_button, "": self.back_button}

    @staticmethod
    def _untold(view: CommitmentView) -> bool:
        return view.choice == COMMIT and view.open and any(not place for place, _ in view.faults)

    def _show_reasons(self, reasons: tuple[ReasonView, ...]) -> None:
        clear(self._reasons)
        for one in reasons:
            articles = self.tr("Article: {articles}").format(articles=one.articles) if one.articles else ""
            repair = self.tr("What helps: {repair}").format(repair=one.repair) if one.repair else ""
            shown = "\n".join(part for part in (f"△ {one.reason}", articles, repair) if part)
            self._reasons.addWidget(label(shown, "note-caution", wrap=True))

    def _show_papers(self, view: CommitmentView) -> None:
        paper = view.paper if view.choice == COMMIT and view.open else view.slip
        shown = () if paper is None or view.signature else (paper,)
        focus: QWidget | None = self.window().focusWidget()
        if not shown and focus is not None and self.papers.isAncestorOf(focus):
            self.setFocus()  # before the cards go, or the focus would leave the panel
        self.papers.show_papers(shown)

    def _show_texts(self) -> None:
        view = self.view
        shown = view is not None and bool(view.pages) and view.open and view.choice != PROVE
        self.fold.setVisible(shown)
        self.texts.setVisible(shown and self._unfolded)
        sign = "▾" if self._unfolded else "▸"
        self.fold.setText(f"9  {sign} " + self.tr("Notice and commitment, as they will be signed  (PgDn reads on)"))
        self.fold.setAccessibleName(self.fold.text())
        if view is not None and shown:
            self.texts.show_pages(view.pages)

    def _button(self, text: str, action: Callable[[], object], kind: str = "") -> Button:
        button = Button(text, kind)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _=False: action())
        return button

    def _build(self) -> None:
        choices = QWidget()
        flow = FlowLayout(choices, spacing=6, between=4)
        for button in self._choices().values():
            button.setCheckable(True)
            flow.addWidget(button)
        self.signing.pair_asked.connect(self.pair_asked)
        self.signing.paper_signed.connect(self.paper_signed)
        self.signing.inked.connect(self.inked)
        self.signing.grown.connect(self.grown)
        self.problem.hide()
        self._reasons.setSpacing(6)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 12, 16, 12)
        lines.setSpacing(10)
        head = row(self._title, self._button(self.tr("Close  Esc"), self.closed.emit))
        head.setStretch(0, 1)
        lines.addLayout(head)
        lines.addWidget(self._authority)
        own = self.tr("The choice is the applicant's own: nobody has to commit, nobody may ask her to.")
        lines.addWidget(label(own, "secondary", wrap=True))
        lines.addWidget(choices)
        lines.addLayout(self._reasons)
        lines.addLayout(row(self.slip_button, None))
        for part in (self.signer, self.fold, self.texts, self.signing, self.papers, self.problem):
            lines.addWidget(part)
