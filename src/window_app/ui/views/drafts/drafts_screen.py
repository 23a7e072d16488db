"""The visits that wait: whose they are, who handed them over, taken up, handed on, discarded."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from window_app.domain.visits import DraftSummary
from window_app.ui.views.drafts.hand_over import HandOverPanel
from window_app.ui.views.lists.case_words import CaseWords
from window_app.ui.views.lists.list_screen import ListScreen
from window_app.ui.views.lists.screens import clock_time
from window_app.ui.widgets.table import Column, RowsModel
from window_app.ui.widgets.texts import Ask, Button, bind_here, clear, label, row
from window_app.ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class DraftsView:
    """The drafts, and the names of the clerks they are with."""

    drafts: tuple[DraftSummary, ...]
    names: Mapping[str, str]


class DraftsScreen(ListScreen):
    """Visits that were put aside, handed over, or left by a kill."""

    resume_asked = Signal(object)
    discard_asked = Signal(object)
    new_asked = Signal()

    def __init__(self, place: Workplace) -> None:
        words = CaseWords(place.desk, place.texts)
        self._names: Mapping[str, str] = {}
        columns: list[Column] = [
            (self.tr("Visitor"), lambda row: row.visitor or "—"),
            (self.tr("Matters"), lambda row: words.matters(row.matters)),
            (self.tr("With"), self._with),
            (self.tr("Begun"), lambda row: clock_time(row.opened_at)),
            (self.tr("Last change"), lambda row: clock_time(row.changed_at)),
        ]
        super().__init__(place, self.tr("Put aside"), RowsModel(columns), (3, 4, 4, 4, 4), (3,))
        self.table.opened.connect(self._open)
        self.empty_action.clicked.connect(self.new_asked)
        self.ask: Ask | None = None
        self._asks = QVBoxLayout()
        self.handing = HandOverPanel(place)
        self.handing.handed.connect(lambda _: self._after_handing())
        self.handing.left.connect(self.table.setFocus)
        self.lines.insertLayout(1, self._asks)
        self.lines.insertWidget(2, self.handing)
        self._remark = label("", "secondary", wrap=True)
        self.hand = Button(self.tr("Hand over  Ctrl+H"))
        self.hand.clicked.connect(self.hand_over)
        bind_here(self, "Ctrl+H", self.hand_over)
        self.lines.addWidget(self._remark)
        hint = self.tr("Enter takes a visit up again · Delete discards it")
        self.lines.addLayout(row(label(hint, "faint"), None, self.hand))
        self.table.selectionModel().currentChanged.connect(lambda *_: self._tell())

    def refresh(self) -> None:
        """Read the drafts again."""
        self.place.tasks.run(self.read, self.show_drafts, self.show_failure)

    def read(self) -> DraftsView:
        """Return what waits; runs where the store lives."""
        desk = self.place.desk
        return DraftsView(desk.reception.drafts(), desk.drafting.names())

    def show_drafts(self, view: DraftsView) -> None:
        """Show these drafts."""
        self._names = view.names
        self.table.records.show_rows(view.drafts)
        self.table.select_first()
        self.count.setText(str(len(view.drafts)) if view.drafts else "")
        empty = self.tr("No visit is waiting. A visit that you put aside with F4 stays here until you take it up.")
        self.show_empty("" if view.drafts else empty, self.tr("F2 new visit"))
        self.hand.setVisible(bool(view.drafts))
        self._tell()

    def hand_over(self) -> None:
        """Ask to which colleague the selected draft goes."""
        draft = self.table.current()
        if draft is None:
            return
        desk = self.place.desk
        self.handing.ask(lambda to, remark: desk.drafting.hand_over(desk.reception.resume(draft.visit_id), to, remark))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Discard the selected draft on Delete; Escape closes what is asked."""
        draft = self.table.current()
        if event.key() == Qt.Key.Key_Delete and draft is not None:
            self.discard_asked.emit(draft)
            return
        super().keyPressEvent(event)

    def escape(self) -> bool:
        """Close what is asked; answers whether anything was."""
        if self.ask is not None:
            self._drop()
            return True
        if not self.handing.isHidden():
            self.handing.close_panel()
            return True
        return False

    def _open(self, draft: DraftSummary) -> None:
        if is_for(draft, self.place.desk.session.clerk):
            self.resume_asked.emit(draft.visit_id)
            return
        self._drop()
        text = self.tr("This visit is with {name}. Take it up yourself? That goes on record.")
        answers = [("no", self.tr("1  Leave it")), ("yes", self.tr("2  Take it up"))]
        self.ask = Ask(text.format(name=self._named(draft.owner)), answers, self)

        def answered(code: str) -> None:
            self._drop()
            if code == "yes":
                self.resume_asked.emit(draft.visit_id)

        self.ask.answered.connect(answered)
        self._asks.addWidget(self.ask)
        self.ask.take_focus()

    def _drop(self) -> None:
        self.ask = None
        clear(self._asks)
        self.table.setFocus()

    def _after_handing(self) -> None:
        self.refresh()
        self.table.setFocus()

    def _tell(self) -> None:
        draft = self.table.current()
        remark = "" if draft is None or draft.handed_over is None else draft.handed_over.remark
        self._remark.setText(self.tr("Remark: {text}").format(text=remark) if remark else "")
        self._remark.setVisible(bool(remark))

    def _with(self, draft: DraftSummary) -> str:
        handed = draft.handed_over
        if handed is None:
            return self._named(draft.owner)
        if handed.to == self.place.desk.session.clerk:
            return self.tr("handed to you by {name}").format(name=self._named(handed.by))
        return f"{self._named(handed.by)} → {self._named(handed.to)}"

    def _named(self, clerk: str) -> str:
        session = self.place.desk.session
        if clerk == session.clerk:
            return session.name or clerk
        return self._names.get(clerk, clerk) or "—"


def is_for(draft: DraftSummary, clerk: str) -> bool:
    """Answer whether a clerk may go on with a draft without asking: it is hers, handed to her, or nobody's."""
    return draft.handed_over.to == clerk if draft.handed_over is not None else draft.owner in ("", clerk)
