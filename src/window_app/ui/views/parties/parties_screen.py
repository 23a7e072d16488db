"""Finds persons and employers as one types."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from window_app.domain.parties import PartyKind
from window_app.domain.party_records import PartyRow
from window_app.ui.fields.line import Line
from window_app.ui.masking import masked
from window_app.ui.views.lists.screens import TYPING_MS, ListScreen
from window_app.ui.widgets.table import Column, RowsModel
from window_app.ui.widgets.texts import ENTER
from window_app.ui.workplace import Workplace


class PartiesScreen(ListScreen):
    """A line and what it finds; Enter opens.

    Signals:
        party_asked: a person or an employer is to be shown; carries its id.
    """

    party_asked = Signal(object)

    def __init__(self, place: Workplace) -> None:
        columns: list[Column] = [
            (self.tr("Name"), lambda row: row.name or "—"),
            (self.tr("Kind"), lambda row: self.kind_words(row.kind)),
            (self.tr("Number"), shown_number),
            (self.tr("Phone"), lambda row: masked("phone", row.phone) or "—"),
            (self.tr("Visits"), lambda row: str(row.visits)),
            (self.tr("Mark"), lambda row: self.tr("{n} merged").format(n=len(row.members)) if row.members[1:] else ""),
        ]
        super().__init__(place, self.tr("Persons and employers"), RowsModel(columns), (20, 8, 22, 12, 6, 10), (2, 0))
        self.line = Line()
        self.line.setPlaceholderText(
            self.tr("part of a name · pinyin initials · number or its end · end of a phone number")
        )
        self.line.setAccessibleName(self.tr("Find a person or an employer"))
        self.lines.insertWidget(1, self.line)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self.search)
        self.line.textEdited.connect(lambda _="": self._timer.start())
        self.table.opened.connect(lambda row: self.party_asked.emit(row.party_id))
        self.searched = ""
        self.show_empty(self.tr("Type to find somebody whom a visit named."))

    def take_focus(self) -> None:
        """Put the focus into the line and look again, for something may have been merged."""
        self.line.setFocus()
        self.line.selectAll()
        self.search()

    def kind_words(self, kind: PartyKind) -> str:
        """Return what a kind of party is called."""
        return self.tr("person") if kind is PartyKind.PERSON else self.tr("employer")

    def search(self) -> None:
        """Look for what stands in the line now."""
        self._timer.stop()
        text, find = self.line.text().strip(), self.place.desk.parties.register.find

        def done(rows: tuple[PartyRow, ...]) -> None:
            if text == self.line.text().strip():
                self._show_found(text, rows)

        self.place.tasks.run(lambda: find(text), done, self.show_failure)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from the line to the list by Down; open the first by Enter."""
        if event.key() == Qt.Key.Key_Down and self.line.hasFocus():
            self.table.setFocus()
            self.table.select_first()
        elif event.key() in ENTER and self.line.hasFocus():
            self.search()
            self.place.tasks.run(lambda: None, lambda _: self._open_row())
        else:
            super().keyPressEvent(event)

    def _open_row(self) -> None:
        row = self.table.current() or self.table.records.record(0)
        if row is not None:
            self.party_asked.emit(row.party_id)

    def _show_found(self, text: str, rows: tuple[PartyRow, ...]) -> None:
        self.searched = text
        self.problem.hide()
        self.table.records.show_rows(rows)
        self.table.select_first()
        self.count.setText(self.tr("{n} found").format(n=len(rows)) if rows else "")
        nothing = self.tr("Nobody found for “{text}”.").format(text=text)
        start = self.tr("Type to find somebody whom a visit named.")
        self.show_empty("" if rows else (nothing if text else start))


def shown_number(row: PartyRow) -> str:
    """Return a party's number as the hall may see it."""
    return masked("resident_id" if row.kind is PartyKind.PERSON else "uscc", row.number) or "—"
