"""The desk: every service of one signed-in counter, and the entrance that leads to it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from window_app.clock import Clock
from window_app.domain.ports import Printer, Station
from window_app.domain.stores import StoreDescription
from window_app.forms import DefinitionSet
from window_app.forms.statutes import StatuteLibrary
from window_app.services.clerks import Clerks
from window_app.services.intake import Intake
from window_app.services.interview import Interview
from window_app.services.papers import Papers
from window_app.services.receiving import Receiving
from window_app.services.reception import Reception
from window_app.services.search import Search
from window_app.services.session import Session
from window_app.services.setup import Enrolment
from window_app.services.tracking import Tracking
from window_app.settings import Settings


class Upkeep(Protocol):
    """Looks after the store itself."""

    def rebuild(self) -> object:
        """Make the projections anew from the events."""
        ...

    def integrity(self) -> tuple[str, ...]:
        """Return what is wrong with the stored bytes, for support; empty where all is well."""
        ...

    def close(self) -> None:
        """Give the store back."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a screen or a command works with.

    Attributes:
        printer: the one for receipts, for its status; `papers` prints each kind on its own.
        papers_on: the papers service with a CUPS queue named for this time.
    """

    reception: Reception
    interview: Interview
    intake: Intake
    receiving: Receiving
    papers: Papers
    search: Search
    tracking: Tracking
    definitions: DefinitionSet
    statutes: StatuteLibrary
    station: Station
    session: Session
    clock: Clock
    settings: Settings
    printer: Printer
    clerks: Clerks
    upkeep: Upkeep
    papers_on: Callable[[str], Papers]

    def close(self) -> None:
        """Give the store back; the desk is of no use afterwards."""
        self.upkeep.close()


class Entrance(Protocol):
    """The way from a data directory to a desk; `app.Entrance` is the one there is."""

    directory: Path

    def describe(self) -> StoreDescription | None:
        """Return who may sign in here, or None where nothing has been set up."""
        ...

    def create_practice(self) -> None:
        """Set up a practice hall with sample cases; a call after a kill completes it."""
        ...

    def read_enrolment(self, content: bytes, code: str) -> Enrolment:
        """Check an enrolment file and open its sealed part with the one-time code."""
        ...

    def enrol(self, enrolment: Enrolment, clerk_code: str, clerk_name: str, password: str) -> None:
        """Set this machine up as the counter of an enrolment."""
        ...

    def set_password(self, clerk: str, secret: str, password: str) -> None:
        """Put a password in the place of a clerk's one-time code, or of her old password."""
        ...

    def sign_in(self, clerk: str | None = None, password: str | None = None) -> Desk:
        """Sign a clerk in and return the desk; a practice hall takes neither code nor password."""
        ...
