"""A paper on the screen: what it says in short, print, save, open, and "did it come out?"."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from window_app.ui.views.visit.state import PaperView
from window_app.ui.widgets.texts import Ask, Button, badge, bind_here, clear, label, polish, row

FAILED = "✕ "
AT_RECEIVING = frozenset({"receipt", "notice_once", "report_receipt", "guidance"})


class PaperCard(QFrame):
    """One paper. `marked` cards print marked reprints instead of the first original."""

    print_asked = Signal(object)
    save_asked = Signal(object)
    open_asked = Signal(object)
    look_asked = Signal(object)
    confirmed = Signal(object, str)

    def __init__(self, paper: PaperView, *, marked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.paper = paper
        self.marked = marked
        self.setAccessibleName(f"{paper.title} {paper.number}")
        self.print_button = Button(self.tr("Marked reprint  F6") if marked else self.tr("Print  F6"))
        self.print_button.clicked.connect(lambda: self.print_asked.emit(self.paper.paper_id))
        self.save_button = Button(self.tr("Save a copy  Ctrl+S"))
        self.save_button.clicked.connect(lambda: self.save_asked.emit(self.paper.paper_id))
        self.open_button = Button(self.tr("Open"))
        self.open_button.clicked.connect(lambda: self.open_asked.emit(self.paper.paper_id))
        self.look_button = Button(self.tr("Look at it  Alt+V"))
        self.look_button.clicked.connect(lambda: self.look_asked.emit(self.paper.paper_id))
        self.note = label("", "secondary", wrap=True)
        self.note.hide()
        self.ask: Ask | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(18, 14, 18, 14)
        self._lines.setSpacing(8)
        head = row(label(paper.title, "step-title"), self._state(paper), None)
        if paper.reprints:
            head.addWidget(badge(self.tr("{n} reprints").format(n=paper.reprints)))
        if paper.practice:
            head.addWidget(label(self.tr("Practice"), "practice"))
        self._lines.addLayout(head)
        self._lines.addWidget(label(paper.number, "number"))
        self._lines.addLayout(self._summary(paper))
        self._lines.addLayout(row(self.print_button, self.look_button, self.save_button, self.open_button, None))
        self._lines.addWidget(self.note)
        if paper.state in ("printed", "not_out"):
            self.ask_whether_out()

    def say(self, text: str) -> None:
        """Say below the buttons what became of printing or saving."""
        self.note.setText(text)
        polish(self.note, kind="note-error" if text.startswith(FAILED) else "secondary")
        self.note.setVisible(bool(text))

    def ask_whether_out(self) -> None:
        """Ask whether the paper came out; nothing waits for the answer."""
        if self.ask is not None:
            return
        answers = [("yes", self.tr("Y  It is in hand")), ("no", self.tr("N  No, print again"))]
        self.ask = Ask(self.tr("Did the paper come out?"), answers, self)
        self.ask.answered.connect(self._answered)
        self._lines.addWidget(self.ask)

    def answer(self, code: str) -> bool:
        """Press an answer by key; answers whether a question stood there."""
        if self.ask is None:
            return False
        self.ask.buttons[code].click()
        return True

    def _answered(self, code: str) -> None:
        if self.ask is not None:
            self.print_button.setFocus()  # before the question goes, or the focus would leave the page
            self.ask.hide()
            self.ask.deleteLater()
            self.ask = None
        self.confirmed.emit(self.paper.paper_id, code)

    def _summary(self, paper: PaperView) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for at, (name, value) in enumerate(paper.lines):
            grid.addWidget(label(name, "faint"), at, 0)
            grid.addWidget(label(value, wrap=True), at, 1)
        return grid

    def _state(self, paper: PaperView) -> QWidget:
        shown = {
            "issued": (self.tr("recorded"), "soft"),
            "rendered": (self.tr("ready to print"), "soft"),
            "printed": (self.tr("sent to the printer"), "caution"),
            "confirmed": (self.tr("✓ handed over"), "good"),
            "not_out": (self.tr("did not come out"), "error"),
        }
        return badge(*shown.get(paper.state, (paper.state, "soft")))


class PaperList(QWidget):
    """The papers of a visit or case; keys act on the first one that still needs something."""

    print_asked = Signal(object)
    save_asked = Signal(object)
    open_asked = Signal(object)
    look_asked = Signal(object)
    confirmed = Signal(object, str)

    def __init__(self, *, marked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marked = marked
        self.cards: list[PaperCard] = []
        bind_here(self, "Alt+V", self.look)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(10)

    def show_papers(self, papers: tuple[PaperView, ...]) -> None:
        """Show these papers; unchanged cards stay as they are."""
        if [card.paper for card in self.cards] == list(papers):
            return
        at = self._focused()
        notes = {card.paper.paper_id: card.note.text() for card in self.cards}
        clear(self._lines)
        self.cards = []
        for paper in papers:
            card = PaperCard(paper, marked=self._marked and not _is_new(paper), parent=self)
            card.print_asked.connect(self.print_asked)
            card.save_asked.connect(self.save_asked)
            card.open_asked.connect(self.open_asked)
            card.look_asked.connect(self.look_asked)
            card.confirmed.connect(self.confirmed)
            card.say(notes.get(paper.paper_id, ""))
            self.cards.append(card)
            self._lines.addWidget(card)
        if at is not None and self.cards:
            self.take_focus()

    def card_of(self, paper_id: UUID) -> PaperCard | None:
        """Return the card of a paper."""
        return next((card for card in self.cards if card.paper.paper_id == paper_id), None)

    def current(self) -> PaperCard | None:
        """Return the card that keys act on: the one with the focus, else the first not yet handed over."""
        at = self._focused()
        if at is not None:
            return self.cards[at]
        waiting = [card for card in self.cards if card.paper.state != "confirmed"]
        return next(iter(waiting or self.cards), None)

    def look(self) -> None:
        """Ask to look at the paper with the focus, else at the first not yet handed over."""
        card = self.current()
        if card is not None:
            card.look_button.click()

    def take_focus(self) -> None:
        """Put the focus on the first button that still matters."""
        waiting = [card for card in self.cards if card.paper.state != "confirmed"]
        card = next(iter(waiting or self.cards), None)
        if card is not None:
            (card.ask.buttons["yes"] if card.ask is not None else card.print_button).setFocus()

    def answer(self, code: str) -> bool:
        """Answer the first open "did it come out?" with "yes" or "no"; answers whether there was one."""
        if code not in ("yes", "no"):
            return False
        card = self.current()
        asked = [one for one in ([card] if card is not None else []) + self.cards if one.ask is not None]
        return asked[0].answer(code) if asked else False

    def _focused(self) -> int | None:
        widget = self.window().focusWidget() if self.window() is not None else None
        for at, card in enumerate(self.cards):
            if widget is not None and (widget is card or card.isAncestorOf(widget)):
                return at
        return None


def _is_new(paper: PaperView) -> bool:
    """Answer whether a paper was issued for a case and its original is still to come out."""
    return paper.state != "confirmed" and paper.kind not in AT_RECEIVING
