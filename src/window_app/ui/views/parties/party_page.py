"""One person or employer: what is known, what was before, the visits that name it, and whether two are one."""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from window_app.domain.due import DueItem
from window_app.domain.events import Stream, StreamKind
from window_app.domain.parties import KEPT_FIELDS, PartyKind, PartyState
from window_app.domain.party_records import PartyGroup, PartyRow
from window_app.errors import WindowAppError
from window_app.services.due import DueRow
from window_app.services.earlier import EarlierVisit
from window_app.ui.masking import masked
from window_app.ui.views.due.due_words import DueWords
from window_app.ui.views.due.noting import KEY as DUE_KEY
from window_app.ui.views.due.noting import note_panel
from window_app.ui.views.lists.case_words import CaseWords
from window_app.ui.views.office.commitment_card import CommitmentCard
from window_app.ui.views.office.commitment_reading import CommitmentReader, CommitmentView
from window_app.ui.views.parties.merge_panels import MergePanel, SeparatePanel
from window_app.ui.widgets.action_panel import ActionPanel
from window_app.ui.widgets.flow import flowing
from window_app.ui.widgets.growing_area import GrowingArea
from window_app.ui.widgets.table import Column, RowsModel, Table
from window_app.ui.widgets.texts import Button, bind_here, clear, label, row
from window_app.ui.workplace import Workplace

ROW = 34
_MASKS = {"id_number": "resident_id", "phone": "phone", "other_number": "resident_id"}


@dataclass(frozen=True, slots=True)
class PartyRead:
    """Everything the page shows."""

    row: PartyRow
    group: PartyGroup
    visits: tuple[EarlierVisit, ...]
    twins: tuple[PartyRow, ...]
    due: tuple[DueRow, ...] = ()
    commitments: tuple[CommitmentView, ...] = ()


class PartyPage(QWidget):
    """Shows a party; says that two are one, or takes that back, with a reason.

    Signals:
        closed: the clerk leaves the page.
        case_asked: a case is to be shown; carries its number.
        stored_changed: something was put on record.
    """

    closed = Signal()
    case_asked = Signal(str)
    stored_changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setObjectName("page")
        self.place = place
        self.read: PartyRead | None = None
        self.panel: ActionPanel | None = None
        self._party: UUID | None = None
        self._words = CaseWords(place.desk, place.texts)
        self._due_words = DueWords(place.desk, place.texts)
        self._reviewed = CommitmentReader(place.desk, place.texts)
        self.commitments = CommitmentCard()
        self.title = label("", "page-title")
        self.note = label("", "note-error", wrap=True)
        self.twins = label("", "note-caution", wrap=True)
        self.merge = Button(self.tr("Registered twice: merge  Ctrl+M"))
        self.separate = Button(self.tr("Take a merge back  Ctrl+D"))
        self.note_due = Button(self.tr("Note something due  Ctrl+W"))
        self.due = label("", "secondary", wrap=True)
        self.asks = QVBoxLayout()
        self.details = QGridLayout()
        self.members = label("", "secondary", wrap=True)
        columns: list[Column] = [
            (self.tr("Day"), lambda one: one.on.isoformat()),
            (self.tr("As"), lambda one: "、".join(self.place.texts.text(f"party.role.{role}") for role in one.roles)),
            (self.tr("Cases"), self._cases),
        ]
        self.visits = Table(RowsModel(columns), self.tr("Visits"), place.theme.px(ROW), (3, 3, 12), (1,))
        self.visits.opened.connect(self._open_visit)
        self._lay_out()
        self.merge.clicked.connect(self._ask_merge)
        self.separate.clicked.connect(self._ask_separate)
        self.note_due.clicked.connect(self._ask_due)
        bind_here(self, DUE_KEY, self.note_due.click)
        bind_here(self, "Ctrl+M", self.merge.click)
        bind_here(self, "Ctrl+D", self.separate.click)

    def show_party(self, party_id: UUID) -> None:
        """Read a party and show it."""
        self._party = party_id
        desk, about = self.place.desk.parties, self.place.desk.due.about
        review = self.place.desk.commitment_review

        def work() -> PartyRead:
            register = desk.register
            visits, row_ = desk.earlier.visits(party_id), register.row(party_id)
            due = tuple(item for member in row_.members for item in about(member))
            group = register.get(party_id)
            found = self._reviewed.views(review.of_person(token for one in group.members for token in one.tokens))
            return PartyRead(row_, group, visits, register.twins(party_id), due, found)

        self.place.tasks.run(work, self._show, self._failed)

    def take_focus(self) -> None:
        """Put the focus on the visits."""
        self.visits.setFocus()

    def escape(self) -> bool:
        """Close what is asked; answers whether anything was."""
        if self.panel is None:
            return False
        self._drop_panel()
        return True

    # -- showing

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("card", True)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(20, 14, 20, 14)
        inner.setSpacing(8)
        inner.addLayout(self.details)
        inner.addWidget(self.members)
        body = QWidget()
        body.setObjectName("pageBody")
        lines = QVBoxLayout(body)
        lines.setContentsMargins(18, 14, 18, 16)
        lines.setSpacing(10)
        lines.addLayout(row(self.title, None))
        lines.addWidget(self.note)
        lines.addWidget(self.twins)
        lines.addLayout(self.asks)
        lines.addWidget(flowing(self.note_due, self.merge, self.separate))
        lines.addWidget(card)
        lines.addWidget(self.commitments)
        lines.addWidget(self.due)
        lines.addWidget(self.visits)
        lines.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(GrowingArea(body))
        self.details.setHorizontalSpacing(18)
        self.details.setVerticalSpacing(6)
        self.details.setColumnStretch(2, 1)
        self.note.hide()
        self.twins.hide()

    def _show(self, read: PartyRead) -> None:
        self.read = read
        self.note.hide()
        state = read.group.state
        self.title.setText(state.name or "—")
        self._show_details(state)
        self.separate.setVisible(any(not merge.undone for merge in read.group.merges))
        several = len(read.group.members) > 1
        names = "；".join(_member_words(one) for one in read.group.members)
        self.members.setText(self.tr("Merged from: {names}").format(names=names) if several else "")
        self.members.setVisible(several)
        names = "、".join(twin.name for twin in read.twins)
        self.twins.setText(self.tr("△ Perhaps registered twice: {names}").format(names=names))
        self.twins.setVisible(bool(read.twins))
        self.commitments.show_commitments(read.commitments, writable=False)
        self._show_due(read.due)
        self.visits.records.show_rows(read.visits)
        self.visits.setFixedHeight(self.place.theme.px(ROW) * (min(len(read.visits), 8) + 1) + 8)
        self.visits.select_first()
        self.visits.setFocus()

    def _show_due(self, rows: tuple[DueRow, ...]) -> None:
        marks = (("✓" if one.item.settled else "•", self._due_words.line(one)) for one in rows)
        told = "\n".join(f"{mark}  {text}" for mark, text in marks)
        self.due.setText(self.tr("What is due") + "\n" + told)
        self.due.setVisible(bool(rows))

    def _show_details(self, state: PartyState) -> None:
        clear(self.details)
        line = 0
        for name in KEPT_FIELDS[state.kind]:
            value = self._said(name, state.value(name))
            former = "；".join(dict.fromkeys(self._said(name, one.value) for one in state.former.get(name, ())))
            if not value and not former:
                continue
            self.details.addWidget(label(self.place.texts.text(f"party.{name}"), "field-label"), line, 0)
            self.details.addWidget(label(value, wrap=True), line, 1)
            if former:
                text = self.tr("before: {values}").format(values=former)
                self.details.addWidget(label(text, "faint", wrap=True), line, 2)
            line += 1

    def _said(self, name: str, value: str) -> str:
        code = f"party.{name}.{value}"
        if name in ("sex", "kind") and code in self.place.texts:
            return self.place.texts.text(code)
        if name == "industry" and value:
            choices = self.place.desk.parties.codes.of("industry")
            return value if choices is None else choices.title(value)
        return masked(_MASKS.get(name, "text"), value)

    def _cases(self, visit: EarlierVisit) -> str:
        cases = [
            f"{case.number} · {self._words.matter(case.matter)} · {self._words.state(case.state)}"
            for case in visit.cases
        ]
        return "；".join(cases) or self.tr("inquiry or guidance: {kinds}").format(
            kinds=self._words.matters(visit.kinds)
        )

    def _open_visit(self, visit: EarlierVisit) -> None:
        if visit.cases:
            self.case_asked.emit(visit.cases[0].number)

    # -- what is due

    def _ask_due(self) -> None:
        """Ask what is due about the person or employer."""
        read = self.read
        if read is None:
            return
        kind = StreamKind.PERSON if read.row.kind is PartyKind.PERSON else StreamKind.EMPLOYER
        self._lay_in(note_panel(self.place, Stream(kind, read.row.party_id), self._noted, self))

    def _noted(self, _: DueItem) -> None:
        if self.read is not None:
            self._changed(self.read.row.party_id)

    # -- merging

    def _ask_merge(self) -> None:
        if self.read is not None:
            self._ask(MergePanel(self.read.twins), self._merge)

    def _ask_separate(self) -> None:
        if self.read is not None and self.separate.isVisibleTo(self):
            self._ask(SeparatePanel(self.read.group), self._separate)

    def _ask(self, panel: ActionPanel, answered: object) -> None:
        panel.confirmed.connect(answered)
        self._lay_in(panel)

    def _lay_in(self, panel: ActionPanel) -> None:
        self._drop_panel()
        self.panel = panel
        panel.cancelled.connect(self._drop_panel)
        self.asks.addWidget(panel)
        panel.take_focus()

    def _merge(self, said: dict[str, str]) -> None:
        read, register = self.read, self.place.desk.parties.register
        if read is None:
            return
        kind, own = read.row.kind, read.row.party_id

        def work() -> UUID:
            other = said["twin"] or _only(register.find(said["other"], kind, 3), own)
            register.merge(own, UUID(str(other)), said["reason"])
            return own

        self.place.tasks.run(work, self._changed, self._refused)

    def _separate(self, said: dict[str, str]) -> None:
        read, register = self.read, self.place.desk.parties.register
        if read is None:
            return
        own = read.row.party_id

        def work() -> UUID:
            register.separate(own, UUID(said["merge"]), said["reason"])
            return own

        self.place.tasks.run(work, self._changed, self._refused)

    def _changed(self, party_id: UUID) -> None:
        self._drop_panel()
        self.stored_changed.emit()
        self.show_party(party_id)

    def _refused(self, error: WindowAppError) -> None:
        if self.panel is not None:
            self.panel.show_problem(self.place.texts.message(error))

    def _drop_panel(self) -> None:
        self.panel = None
        clear(self.asks)
        self.visits.setFocus()

    def _failed(self, error: WindowAppError) -> None:
        self.note.setText("✕ " + self.place.texts.message(error))
        self.note.show()


def _member_words(state: PartyState) -> str:
    number = state.value("id_number") if state.kind is PartyKind.PERSON else state.value("uscc")
    shown = masked("resident_id", number) if state.kind is PartyKind.PERSON else number
    return " ".join(part for part in (state.name, shown) if part)


def _only(rows: tuple[PartyRow, ...], own: UUID) -> UUID:
    """Return the one that was found.

    Raises:
        WindowAppError: nobody was, or several were.
    """
    others = [one for one in rows if one.party_id != own]
    if len(others) != 1:
        raise WindowAppError("register.not_found" if not others else "register.several_found")
    return others[0].party_id
