"""Who may sign in at this machine: clerks admitted by an administrator, and revoked."""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from window_app.domain.events import EventType, NewEvent, Stream, StreamKind
from window_app.domain.ports import Records
from window_app.domain.stores import ClerkEntry
from window_app.errors import WindowAppError
from window_app.services.clerk_names import ClerkNames
from window_app.services.session import ADMINISTRATOR, Session
from window_app.services.setup import check_clerk_code, check_clerk_name

ROLES = ("clerk", ADMINISTRATOR)


class KeySlots(Protocol):
    """The slots that open the store, one per clerk."""

    def clerks(self) -> tuple[ClerkEntry, ...]:
        """Return the clerks who may sign in here."""
        ...

    def clerk_names(self) -> Mapping[tuple[UUID, str], str]:
        """Return what clerks are called as their stations say it, by station and code."""
        ...

    def admit_clerk(self, code: str, name: str, role: str) -> str:
        """Open a slot and return the one-time code with which the clerk sets a password."""
        ...

    def revoke_clerk(self, code: str) -> None:
        """Take a slot away and change the data key."""
        ...


class NotAdministrator(WindowAppError):
    """Only an administrator admits and revokes clerks."""

    code = "clerks.not_administrator"


class Clerks:
    """Admits and revokes clerks; each change is on record."""

    def __init__(self, slots: KeySlots, records: Records, session: Session) -> None:
        self._slots = slots
        self._records = records
        self._session = session

    def list(self) -> tuple[ClerkEntry, ...]:
        """Return the clerks who may sign in here."""
        return self._slots.clerks()

    def names(self) -> ClerkNames:
        """Return who stands behind clerks' codes, here and elsewhere."""
        return names_of(self._slots, self._records, self._session)

    def admit(self, code: str, name: str, role: str = "clerk") -> str:
        """Admit a clerk and return the one-time code with which she sets her password.

        Raises:
            NotAdministrator: the session may not.
            WindowAppError: code or name cannot be taken, or the clerk is known already.
        """
        self._require_administrator()
        check_clerk_code(code)
        check_clerk_name(name)
        if role not in ROLES:
            raise WindowAppError("clerks.role", role=role, known=", ".join(ROLES))
        one_time_code = self._slots.admit_clerk(code.strip(), name.strip(), role)
        self._note(EventType.CLERK_ADMITTED, clerk=code.strip(), role=role)
        return one_time_code

    def revoke(self, code: str) -> None:
        """Revoke a clerk; a copy of her slot opens nothing that is written from now on.

        Raises:
            NotAdministrator: the session may not.
            WindowAppError: there is no such clerk, or she is the last who can open the store.
        """
        self._require_administrator()
        self._slots.revoke_clerk(code)
        self._note(EventType.CLERK_REVOKED, clerk=code)

    def _require_administrator(self) -> None:
        if self._session.role != ADMINISTRATOR or self._records.station().practice:
            raise NotAdministrator()

    def _note(self, kind: str, **facts: str) -> None:
        stream = Stream(StreamKind.DEVICE, self._records.station().station_id)
        with self._records.unit_of_work() as work:
            work.append(self._session.actor, [NewEvent(stream, kind, facts=facts)])


def names_of(slots: KeySlots, records: Records, session: Session) -> ClerkNames:
    """Return who stands behind clerks' codes, here and elsewhere."""
    here = {one.code: one.name for one in slots.clerks()}
    return ClerkNames(records.station().station_id, {**here, session.clerk: session.name}, slots.clerk_names())
