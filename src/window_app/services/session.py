"""Signing in: who sits at the counter, and the door to this machine's store."""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from window_app.domain.events import Actor, ActorKind
from window_app.domain.stores import ClerkEntry, StoreDescription
from window_app.errors import WindowAppError

ADMINISTRATOR = "administrator"
PRACTICE_CLERK = "practice"
PRACTICE_NAME = "练习人员"


@dataclass(frozen=True, slots=True)
class Session:
    """A clerk at work. `role` is "clerk" or "administrator"."""

    clerk: str
    name: str
    role: str = "clerk"

    @property
    def actor(self) -> Actor:
        """Return the author of this session's events."""
        return Actor(ActorKind.CLERK, self.clerk)


Opened = TypeVar("Opened")
OpenedStore = TypeVar("OpenedStore", covariant=True)


class StoreDoor(Protocol[OpenedStore]):
    """Opens the store of a data directory; `app` knows what stands behind it."""

    def describe(self, directory: Path) -> StoreDescription | None:
        """Return what stands in the directory, or None where no store does."""
        ...

    def open(self, directory: Path, clerk: str | None, password: str | None) -> OpenedStore:
        """Open the store; a practice store takes no password.

        Raises:
            WindowAppError: wrong password (with the seconds to wait), store in use, damaged or missing.
        """
        ...


class NoHall(WindowAppError):
    """The data directory holds no store yet."""

    code = "session.no_hall"


class UnknownClerk(WindowAppError):
    """No clerk of this code may sign in on this machine."""

    code = "session.unknown_clerk"


class SignIn(Generic[Opened]):
    """Lets clerks in, offline, by the key slots of this machine."""

    def __init__(self, directory: Path, door: StoreDoor[Opened]) -> None:
        self._directory = directory
        self._door = door

    def describe(self) -> StoreDescription | None:
        """Return who may sign in here, or None where nothing has been set up."""
        return self._door.describe(self._directory)

    def sign_in(self, clerk: str | None = None, password: str | None = None) -> tuple[Session, Opened]:
        """Open the store for a clerk and return the session with the unlocked store.

        A practice hall takes neither code nor password.

        Raises:
            NoHall: where nothing has been set up.
            UnknownClerk: where no such clerk was admitted here.
            WindowAppError: as the store says: wrong password, in use, damaged.
        """
        hall = self.describe()
        if hall is None:
            raise NoHall(directory=str(self._directory))
        if hall.practice:
            return self._practise(hall)
        known = next((one for one in hall.clerks if one.code == clerk), None)
        if known is None:
            raise UnknownClerk(clerk=clerk or "")
        records = self._door.open(self._directory, known.code, password or "")
        return Session(known.code, known.name, known.role), records

    def _practise(self, hall: StoreDescription) -> tuple[Session, Opened]:
        known = hall.clerks[0] if hall.clerks else ClerkEntry(PRACTICE_CLERK, PRACTICE_NAME, "administrator")
        return Session(known.code, known.name, known.role), self._door.open(self._directory, None, None)
