"""A paper on the screen: what it says in short, print, save, open, and "did it come out?"."""

from uuid import UUID

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from window_app.services.paper_runs import KINDS as IN_SHEETS
from window_app.ui.views.papers.reprint_ask import ReprintAsk
from window_app.ui.views.visit.state import PaperView
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.texts import Ask, Button, badge, bind_here, label, polish, row

FAILED = "✕ "
AT_RECEIVING = frozenset({"receipt", "notice_once", "report_receipt", "guidance"})


class PaperCard(QFrame):
    """One paper. `marked` cards print marked reprints instead of the first original, each with its reason.

    Signals:
        again_asked: carries the paper, what to do with its reprint ("print", "save", "open"), reason and words.
    """

    print_asked = Signal(object)
    save_asked = Signal(object)
    open_asked = Signal(object)
    look_asked = Signal(object)
    sheets_asked = Signal(object)
    confirmed = Signal(object, str)
    again_asked = Signal(object, str, str, str)

    def __init__(self, paper: PaperView, *, marked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.paper = paper
        self.marked = marked
        self.setAccessibleName(f"{paper.title} {paper.number}")
        self.print_button = Button(self.tr("Marked reprint  F6") if marked else self.tr("Print  F6"))
        self.print_button.clicked.connect(lambda: self._ask_for("print", self.print_asked))
        self.save_button = Button(self.tr("Save a copy  Ctrl+S"))
        self.save_button.clicked.connect(lambda: self._ask_for("save", self.save_asked))
        self.open_button = Button(self.tr("Open"))
        self.open_button.clicked.connect(lambda: self._ask_for("open", self.open_asked))
        self.look_button = Button(self.tr("Look at it  Alt+V"))
        self.look_button.clicked.connect(lambda: self.look_asked.emit(self.paper.paper_id))
        self.sheets_button = Button(self.tr("A sheet for each person  Alt+B"))
        self.sheets_button.clicked.connect(lambda: self.sheets_asked.emit(self.paper.paper_id))
        self.sheets_button.setVisible(paper.kind in IN_SHEETS)
        self.note = label("", "secondary", wrap=True)
        self.note.hide()
        self.ask: Ask | None = None
        self.reasons: ReprintAsk | None = None
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
        buttons = QWidget()
        ways = FlowLayout(buttons)
        for button in (self.print_button, self.look_button, self.save_button, self.open_button, self.sheets_button):
            ways.addWidget(button)
        self._lines.addWidget(buttons)
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

    def lay_in(self, widget: QWidget) -> None:
        """Show something below what the card says."""
        self._lines.addWidget(widget)

    def ask_why(self, action: str) -> None:
        """Ask why the paper is printed again; the answer does what was asked for."""
        self.drop_reasons()
        asked = ReprintAsk(self)
        self.reasons = asked
        asked.answered.connect(lambda reason, text: self._again(action, reason, text))
        asked.dropped.connect(self.drop_reasons)
        self._lines.addWidget(asked)
        asked.take_focus()

    def drop_reasons(self) -> bool:
        """Ask no more why; answers whether a question stood there."""
        asked = self.reasons
        if asked is None:
            return False
        self.reasons = None
        self.print_button.setFocus()
        asked.hide()
        asked.deleteLater()
        return True

    def _ask_for(self, action: str, signal: SignalInstance) -> None:
        if self.marked:
            self.ask_why(action)
        else:
            signal.emit(self.paper.paper_id)

    def _again(self, action: str, reason: str, text: str) -> None:
        self.drop_reasons()
        self.again_asked.emit(self.paper.paper_id, action, reason, text)

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
    sheets_asked = Signal(object)
    confirmed = Signal(object, str)
    again_asked = Signal(object, str, str, str)

    def __init__(self, *, marked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marked = marked
        self.cards: list[PaperCard] = []
        bind_here(self, "Alt+V", self.look)
        bind_here(self, "Alt+B", self.ask_for_sheets)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(10)

    def show_papers(self, papers: tuple[PaperView, ...]) -> None:
        """Show these papers; unchanged cards stay as they are."""
        if [card.paper for card in self.cards] == list(papers):
            return
        at = self._focused()
        notes = {card.paper.paper_id: card.note.text() for card in self.cards}
        before = {card.paper: card for card in self.cards}
        self._take_out()
        self.cards = []
        for paper in papers:
            same = before.pop(paper, None)
            if same is not None:
                self._put_in(same)
                continue
            card = PaperCard(paper, marked=self._marked and not _is_new(paper), parent=self)
            card.print_asked.connect(self.print_asked)
            card.save_asked.connect(self.save_asked)
            card.open_asked.connect(self.open_asked)
            card.look_asked.connect(self.look_asked)
            card.sheets_asked.connect(self.sheets_asked)
            card.confirmed.connect(self.confirmed)
            card.again_asked.connect(self.again_asked)
            card.say(notes.get(paper.paper_id, ""))
            self._put_in(card)
        for gone in before.values():
            gone.hide()
            gone.deleteLater()
        if at is not None and self.cards:
            self.take_focus()

    def _put_in(self, card: PaperCard) -> None:
        self.cards.append(card)
        self._lines.addWidget(card)

    def _take_out(self) -> None:
        while self._lines.count():
            self._lines.takeAt(0)

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

    def ask_for_sheets(self) -> None:
        """Ask for a sheet for each person of the paper with the focus, else of the first that has such sheets."""
        at = self._focused()
        first = [self.cards[at]] if at is not None else []
        card = next((one for one in first + self.cards if one.paper.kind in IN_SHEETS), None)
        if card is not None:
            card.sheets_button.click()

    def escape(self) -> bool:
        """Drop the question that is open on a card; answers whether there was one."""
        return any([card.drop_reasons() for card in self.cards])

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
    """Answer whether the original is still to come out; what was sent to a printer at receiving, somebody may have."""
    if paper.kind in AT_RECEIVING:
        return paper.state in ("issued", "rendered", "not_out")
    return paper.state != "confirmed"
