"""The list of what is due: overdue first, opened, settled, moved and handed on by keys."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent

from window_app.domain.due import DueItem, DueOwner
from window_app.domain.events import StreamKind
from window_app.errors import WindowAppError
from window_app.services.due import DueRow
from window_app.ui.views.due.due_panels import DueSettlePanel, HandPanel, MovePanel
from window_app.ui.views.due.due_words import DueWords
from window_app.ui.views.lists.list_screen import ListScreen
from window_app.ui.widgets.action_panel import ActionPanel
from window_app.ui.widgets.flow import flowing
from window_app.ui.widgets.table import Column, RowsModel
from window_app.ui.widgets.texts import Button, bind_here, clear, column
from window_app.ui.workplace import Workplace

SHARES = (16, 18, 32, 8, 16, 10)
SPARE = (3, 5)


class DueScreen(ListScreen):
    """Shows what this clerk sees to, or all that is known here.

    Signals:
        case_asked: a case is to be opened; carries its number.
        visit_asked: a draft is to be taken up; carries the visit's id.
        party_asked: a person or an employer is to be shown; carries the id.
        stored_changed: something was put on record.
    """

    case_asked = Signal(str)
    visit_asked = Signal(object)
    party_asked = Signal(object)
    stored_changed = Signal()

    def __init__(self, place: Workplace) -> None:
        self._words = DueWords(place.desk, place.texts)
        super().__init__(place, self.tr("What is due"), RowsModel(self._columns()), SHARES, SPARE)
        self._mine = True
        self.panel: ActionPanel | None = None
        self.filters = {True: Button(self.tr("1  Mine")), False: Button(self.tr("2  All"))}
        for mine, button in self.filters.items():
            button.setCheckable(True)
            button.clicked.connect(partial(self.narrow, mine))
        self.settle = Button(self.tr("Settle  F5"), "primary")
        self.move_button = Button(self.tr("Another date  Ctrl+R"))
        self.hand = Button(self.tr("Hand on  Ctrl+H"))
        self.open_button = Button(self.tr("Open  Enter"))
        self._panel_lines = column()
        self.lines.insertLayout(1, self._panel_lines)
        verbs = (self.open_button, self.settle, self.move_button, self.hand)
        self.lines.insertWidget(1, flowing(*self.filters.values(), *verbs))
        self._join()

    def refresh(self) -> None:
        """Read the list again."""
        mine, due = self._mine, self.place.desk.due
        self.place.tasks.run(lambda: due.rows(mine=mine), self.show_rows, self.show_failure)

    def show_rows(self, rows: tuple[DueRow, ...]) -> None:
        """Show these items; the one that was selected stays so."""
        before = self._current()
        self.problem.hide()
        self.table.records.show_rows(rows)
        at = next((at for at, one in enumerate(rows) if before and one.item.due_id == before.item.due_id), 0)
        if rows:
            self.table.selectRow(at)
        for mine, button in self.filters.items():
            button.setChecked(mine is self._mine)
        self.count.setText(str(len(rows)) if rows else "")
        self.show_empty("" if rows else self.tr("Nothing is due. Ctrl+W on a case or a visit notes something."))
        for button in (self.settle, self.move_button, self.hand, self.open_button):
            button.setEnabled(bool(rows))

    def narrow(self, mine: bool) -> None:
        """Show what this clerk sees to, or everything."""
        self._mine = mine
        self.refresh()
        self.table.setFocus()

    def press_settle(self) -> None:
        """Ask what came of the selected item."""
        if self.settle.isEnabled():
            self._ask_settle()

    def escape(self) -> bool:
        """Drop the panel that is open; answers whether there was one."""
        if self.panel is None:
            return False
        self.close_panel()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Narrow the list by the number on a button."""
        if event.text() in ("1", "2"):
            self.narrow(event.text() == "1")
            return
        super().keyPressEvent(event)

    def open_panel(self, panel: ActionPanel) -> None:
        """Show a panel above the list."""
        self.close_panel()
        self.panel = panel
        panel.cancelled.connect(self.close_panel)
        self._panel_lines.addWidget(panel)
        panel.show()
        panel.take_focus()

    def close_panel(self) -> None:
        """Take the panel away."""
        self.panel = None
        clear(self._panel_lines)
        self.table.setFocus()

    def _join(self) -> None:
        self.settle.clicked.connect(self._ask_settle)
        self.move_button.clicked.connect(self._ask_move)
        self.hand.clicked.connect(self._ask_hand)
        self.open_button.clicked.connect(lambda: self._open(self._current()))
        self.table.opened.connect(self._open)
        bind_here(self, "Ctrl+R", self.move_button.click)
        bind_here(self, "Ctrl+H", self.hand.click)

    def _columns(self) -> list[Column]:
        words = self._words
        return [
            (self.tr("By when"), words.when),
            (self.tr("What"), words.cause),
            (self.tr("About"), words.about),
            (self.tr("Applicant"), words.who),
            (self.tr("Words"), lambda row: row.text or "—"),
            (self.tr("Who sees to it"), lambda row: words.owner(row.item.owner, row.owner, here=row.item.here)),
        ]

    def _current(self) -> DueRow | None:
        found: Any = self.table.current()
        return found if isinstance(found, DueRow) else None

    def _open(self, row: DueRow | None) -> None:
        if row is None:
            return
        if row.case is not None:
            self.case_asked.emit(row.case.number)
        elif row.item.link.visit_id is not None:
            self.visit_asked.emit(row.item.link.visit_id)
        elif row.item.link.stream.kind in (StreamKind.PERSON, StreamKind.EMPLOYER):
            self.party_asked.emit(row.item.link.stream.id)

    def _ask_settle(self) -> None:
        row = self._current()
        if row is None:
            return
        panel = DueSettlePanel(self._words.line(row), self._words.results(row.item.cause), self)
        due, due_id = self.place.desk.due, row.item.due_id
        panel.confirmed.connect(
            lambda values: self._do(lambda: due.settle(due_id, values["result"], values["text"]), panel)
        )
        self.open_panel(panel)

    def _ask_move(self) -> None:
        row = self._current()
        if row is None:
            return
        panel = MovePanel(self._words.line(row), self)
        due, due_id = self.place.desk.due, row.item.due_id

        def work(values: Mapping[str, str]) -> DueItem:
            return due.move(due_id, due.read_day(values["day"]), values["reason"])

        panel.confirmed.connect(lambda values: self._do(lambda: work(values), panel))
        self.open_panel(panel)

    def _ask_hand(self) -> None:
        row = self._current()
        if row is not None:
            due = self.place.desk.due
            self.place.tasks.run(
                lambda: due.colleagues(row.item), lambda owners: self._hand(row, owners), self.show_failure
            )

    def _hand(self, row: DueRow, owners: tuple[tuple[DueOwner, str], ...]) -> None:
        shown = [(str(at), self._words.owner(owner, name)) for at, (owner, name) in enumerate(owners)]
        panel = HandPanel(self._words.line(row), shown, self)
        due, due_id = self.place.desk.due, row.item.due_id

        def work(values: Mapping[str, str]) -> DueItem:
            return due.hand(due_id, owners[int(values["owner"])][0], values["reason"])

        panel.confirmed.connect(lambda values: self._do(lambda: work(values), panel))
        self.open_panel(panel)

    def _do(self, work: Callable[[], DueItem], panel: ActionPanel) -> None:
        def done(_: DueItem) -> None:
            self.close_panel()
            self.refresh()
            self.stored_changed.emit()

        def failed(error: WindowAppError) -> None:
            panel.show_problem(self.place.texts.message(error))

        self.place.tasks.run(work, done, failed)
