"""The screens of persons, employers and their directory, and of figures, and the ways between them."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from window_app.ui.desk_screens import Screen
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
    """Leads between the screens; each is made when it is first asked for."""

    def __init__(self, shell: "DeskShell", place: Workplace) -> None:
        super().__init__(shell)
        self._shell = shell
        self._place = place
        self.stack = shell.stack

    @Screen
    def employers(self) -> EmployersPage:
        """The directory of employers."""
        page = EmployersPage(self._place)
        page.progressed.connect(self._shell.keep_awake)
        return page

    @Screen
    def figures(self) -> FiguresPage:
        """The figures of a time."""
        page = FiguresPage(self._place)
        page.closed.connect(self._back_to_settings)
        return page

    @Screen
    def parties(self) -> PartiesScreen:
        """Persons and employers, searched."""
        screen = PartiesScreen(self._place)
        screen.party_asked.connect(self.show_party)
        return screen

    @Screen
    def party(self) -> PartyPage:
        """One person or employer."""
        page = PartyPage(self._place)
        page.case_asked.connect(self._shell.show_case)
        page.stored_changed.connect(self._shell.stored)
        return page

    @Screen
    def samples(self) -> SamplesScreen:
        """A sample of every paper."""
        screen = SamplesScreen(self._place)
        screen.closed.connect(self._back_to_settings)
        return screen

    @Screen
    def printers(self) -> PrintersPage:
        """The printers."""
        page = PrintersPage(self._place)
        page.closed.connect(self._back_to_settings)
        page.applied.connect(self._shell.settings_applied)
        return page

    def ways(self) -> dict[str, Callable[[], QWidget]]:
        """Return how to get to the screens, by their names."""
        return {
            "employers": lambda: self.employers,
            "figures": lambda: self.figures,
            "parties": lambda: self.parties,
            "party": lambda: self.party,
            "samples": lambda: self.samples,
            "printers": lambda: self.printers,
        }

    def put_away(self) -> None:
        """End what still runs on them before the desk is closed."""
        page = RegisterScreens.employers.made(self)
        if page is not None:
            page.cancel()

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

    def show_party(self, party_id: UUID) -> None:
        """Show a person or an employer."""
        self.party.show_party(party_id)
        self._shell.show_screen("party")

    def _back_to_settings(self) -> None:
        self._shell.show_screen("administration")
