"""The screens of a desk: each is made when it is first asked for, and joined to the others then."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, Protocol, Self, TypeVar, overload

from PySide6.QtWidgets import QStackedWidget, QWidget

from window_app.ui.views.administration.settings_page import SettingsPage
from window_app.ui.views.case.case_page import CasePage
from window_app.ui.views.closing.closing_screen import ClosingScreen
from window_app.ui.views.drafts.drafts_screen import DraftsScreen
from window_app.ui.views.due.due_screen import DueScreen
from window_app.ui.views.due.outage_screen import OutageScreen
from window_app.ui.views.law.law_page import LawPage
from window_app.ui.views.lists.screens import CasesScreen, ConflictsScreen, FindScreen
from window_app.ui.views.lists.unsent_screen import UnsentScreen
from window_app.ui.views.office.queue_screen import QueueScreen
from window_app.ui.views.reception.home import ReceptionHome

if TYPE_CHECKING:
    from window_app.ui.shell import DeskShell


class HasStack(Protocol):
    """Whoever leads to screens."""

    @property
    def stack(self) -> QStackedWidget:
        """Return what shows one screen at a time."""


Owner = TypeVar("Owner", bound=HasStack)
Shown = TypeVar("Shown", bound=QWidget)


class Screen(Generic[Owner, Shown]):
    """A screen that is made when its owner is first asked for it, and kept.

    To make them all would take half of the time in which a desk opens, for pages that most days nobody looks at.
    """

    def __init__(self, make: Callable[[Owner], Shown]) -> None:
        """Take what makes the screen and joins it to the others."""
        self._make = make
        self._name = ""

    def __set_name__(self, owner: type[Owner], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, owner: None, kind: type[Owner]) -> Self: ...

    @overload
    def __get__(self, owner: Owner, kind: type[Owner]) -> Shown: ...

    def __get__(self, owner: Owner | None, kind: type[Owner]) -> Self | Shown:
        """Make the screen; from then on the owner's own attribute hides this one."""
        if owner is None:
            return self
        made = self._make(owner)
        vars(owner)[self._name] = made
        owner.stack.addWidget(made)
        return made

    def made(self, owner: Owner) -> Shown | None:
        """Return the screen where its owner was asked for it before, else None."""
        return vars(owner).get(self._name)


def make_home(shell: "DeskShell") -> ReceptionHome:
    """Make the first page of a counter."""
    home = ReceptionHome(shell.place)
    home.new_asked.connect(shell.visits.begin)
    home.resume_asked.connect(shell.visits.resume)
    home.due_asked.connect(lambda: shell.show_screen("due"))
    home.closing_asked.connect(lambda: shell.show_screen("closing"))
    home.outage_asked.connect(shell.visits.begin_outage)
    return home


def make_queue(shell: "DeskShell") -> QueueScreen:
    """Make the first page of an office."""
    queue = QueueScreen(shell.place)
    queue.case_asked.connect(shell.show_case)
    return queue


def make_drafts(shell: "DeskShell") -> DraftsScreen:
    """Make the list of the visits that were put aside."""
    drafts = DraftsScreen(shell.place)
    drafts.resume_asked.connect(shell.visits.resume)
    drafts.new_asked.connect(shell.visits.begin)
    drafts.discard_asked.connect(shell.visits.ask_discard)
    return drafts


def make_finder(shell: "DeskShell") -> FindScreen:
    """Make the page on which cases are found."""
    finder = FindScreen(shell.place)
    finder.case_asked.connect(shell.show_case)
    finder.parties_asked.connect(lambda: shell.show_screen("parties"))
    return finder


def make_cases(shell: "DeskShell") -> CasesScreen:
    """Make the list of all cases."""
    cases = CasesScreen(shell.place, shell.place.desk.tracking.window_at)
    cases.case_asked.connect(shell.show_case)
    return cases


def make_conflicts(shell: "DeskShell") -> ConflictsScreen:
    """Make the list of what is to be settled."""
    conflicts = ConflictsScreen(shell.place)
    conflicts.case_asked.connect(shell.show_case)
    return conflicts


def make_unsent(shell: "DeskShell") -> UnsentScreen:
    """Make the list of what the centre has not confirmed, with the line as it stands by now."""
    unsent = UnsentScreen(shell.place)
    unsent.case_asked.connect(shell.show_case)
    unsent.try_asked.connect(shell.line.nudge)
    unsent.noted.connect(shell.refresh_status)
    shell.line.changed.connect(unsent.show_status)
    unsent.show_status(shell.line.status)
    return unsent


def make_due(shell: "DeskShell") -> DueScreen:
    """Make the list of what is due."""
    due = DueScreen(shell.place)
    due.case_asked.connect(shell.show_case)
    due.visit_asked.connect(shell.visits.resume)
    due.party_asked.connect(shell.register.show_party)
    due.stored_changed.connect(shell.stored)
    return due


def make_outage(shell: "DeskShell") -> OutageScreen:
    """Make the list of the forms for an outage."""
    outage = OutageScreen(shell.place)
    outage.case_asked.connect(shell.show_case)
    outage.entry_asked.connect(shell.visits.begin_outage)
    return outage


def make_closing(shell: "DeskShell") -> ClosingScreen:
    """Make the page of what a day came to."""
    closing = ClosingScreen(shell.place)
    closing.screen_asked.connect(shell.show_screen)
    return closing


def make_case(shell: "DeskShell") -> CasePage:
    """Make the page of a case."""
    case = CasePage(shell.place)
    case.closed.connect(lambda: shell.show_screen(shell.before))
    case.stored_changed.connect(shell.stored)
    return case


def make_law(shell: "DeskShell") -> LawPage:
    """Make the law library."""
    law = LawPage(shell.place)
    law.left.connect(shell.keys.escape)
    return law


def make_administration(shell: "DeskShell") -> SettingsPage:
    """Make the settings, with the ways to what is set up on pages of its own."""
    page = SettingsPage(shell.settings, shell.directory, shell.place.desk.definitions.content_hash[:16])
    page.outage.setHidden(shell.is_office)
    ways = {
        "outage": page.outage_asked,
        "employers": page.employers_asked,
        "samples": page.samples_asked,
        "printers": page.printers_asked,
        "figures": page.figures_asked,
    }
    for name, asked in ways.items():
        asked.connect(lambda name=name: shell.show_screen(name))
    page.applied.connect(shell.settings_applied)
    return page
