"""Finds persons and employers as one types."""

from PySide6.QtCore import Signal

from window_app.domain.parties import PartyKind
from window_app.domain.party_records import PartyRow
from window_app.ui.masking import masked
from window_app.ui.views.lists.list_screen import SearchScreen
from window_app.ui.widgets.table import Column
from window_app.ui.workplace import Workplace


class PartiesScreen(SearchScreen):
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
        find, widths = place.desk.parties.register.find, ((20, 8, 22, 12, 6, 10), (2, 0))
        super().__init__(place, self.tr("Persons and employers"), find, columns, widths)
        self.line.setPlaceholderText(
            self.tr("part of a name · pinyin initials · number or its end · end of a phone number")
        )
        self.line.setAccessibleName(self.tr("Find a person or an employer"))
        self.show_empty(*self.nothing(""))

    def take_focus(self) -> None:
        """Put the focus into the line and look again, for something may have been merged."""
        super().take_focus()
        self.search()

    def kind_words(self, kind: PartyKind) -> str:
        """Return what a kind of party is called."""
        return self.tr("person") if kind is PartyKind.PERSON else self.tr("employer")

    def open_row(self, found: PartyRow) -> None:
        """Show the person or the employer."""
        self.party_asked.emit(found.party_id)

    def nothing(self, text: str) -> tuple[str, str]:
        """Say that there is nobody."""
        if not text:
            return self.tr("Type to find somebody whom a visit named."), ""
        return self.tr("Nobody found for “{text}”.").format(text=text), ""


def shown_number(row: PartyRow) -> str:
    """Return a party's number as the hall may see it."""
    return masked("resident_id" if row.kind is PartyKind.PERSON else "uscc", row.number) or "—"
