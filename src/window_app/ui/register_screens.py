"""The screens of persons, employers and their directory, and of figures, and the ways between them."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from window_app.ui.views.administration.employers_page import EmployersPage
from window_app.ui.views.administration.figures_page import FiguresPage
from window_app.ui.views.administration.printers_page import PrintersPage
from window_app.ui.views.papers.samples_screen import SamplesScreen
from window_app.ui.views.parties.parties_screen import PartiesScreen
from window_app.ui.views.parties.party_page import PartyPage
from window_app.ui.workplace import Workplace

if TYPE_CHECKING:
    from window_app.ui.shell import DeskShell

_BACK = {
    **dict.fromkeys(("employers", "figures", "samples", "printers"), "administration"),
    "parties": "find",
    "party": "parties",
}


class RegisterScreens(QObject):
    """Makes the screens and leads between them."""

    def __init__(self, shell: "DeskShell", place: Workplace) -> None:
        super().__init__(shell)
        self._shell = shell
        self.employers = EmployersPage(place)
        self.figures = FiguresPage(place)
        self.parties = PartiesScreen(place)
        self.party = PartyPage(place)
        self.samples = SamplesScreen(place)
        self.printers = PrintersPage(place)

    def screens(self) -> dict[str, QWidget]:
        """Return the screens by their names."""
        shown: dict[str, QWidget] = {"employers": self.employers, "figures": self.figures, "parties": self.parties}
        return {**shown, "party": self.party, "samples": self.samples, "printers": self.printers}

    def join(self) -> None:
        """Lead from the other screens here, and back."""
        shell = self._shell
        shell.administration.employers_asked.connect(lambda: shell.show_screen("employers"))
        shell.finder.parties_asked.connect(lambda: shell.show_screen("parties"))
        shell.administration.samples_asked.connect(lambda: shell.show_screen("samples"))
        shell.administration.printers_asked.connect(lambda: shell.show_screen("printers"))
        self.printers.closed.connect(lambda: shell.show_screen("administration"))
        self.printers.applied.connect(shell.settings_applied)
        self.samples.closed.connect(lambda: shell.show_screen("administration"))
        shell.administration.figures_asked.connect(lambda: shell.show_screen("figures"))
        self.figures.closed.connect(lambda: shell.show_screen("administration"))
        self.parties.party_asked.connect(self._show_party)
        shell.due.party_asked.connect(self._show_party)
        self.party.case_asked.connect(shell.show_case)
        self.party.stored_changed.connect(shell.stored)
        self.employers.progressed.connect(shell.keep_awake)

    def enter(self, screen: QWidget | None) -> bool:
        """Make one of these screens ready to be worked with; answers whether it is one."""
        if isinstance(screen, EmployersPage | FiguresPage | PrintersPage | SamplesScreen):
            screen.refresh()
        if not isinstance(
            screen, EmployersPage | FiguresPage | PartiesScreen | PartyPage | PrintersPage | SamplesScreen
        ):
            return False
        screen.take_focus()
        return True

    def escape(self, name: str) -> bool:
        """Lead back from a screen, or close what lies over it; answers whether it is one of these."""
        if name not in _BACK:
            return False
        over = {"party": self.party.escape, "samples": self.samples.escape}.get(name)
        if over is None or not over():
            self._shell.show_screen(_BACK[name])
        return True

    def _show_party(self, party_id: UUID) -> None:
        self.party.show_party(party_id)
        self._shell.show_screen("party")
