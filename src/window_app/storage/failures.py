"""What can go wrong with a store, one class per cause, and the driver's errors turned into them."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as driver

from window_app.errors import WindowAppError

_BUSY = frozenset({5, 6})
_FULL = frozenset({13})
_DAMAGED = frozenset({11, 26})
_INPUT_OUTPUT = 10
_CANNOT_OPEN = 14
_READ_ONLY = 8


class StoreMissing(WindowAppError):
    """The directory holds no store."""

    code = "store.missing"


class StoreExists(WindowAppError):
    """The directory already holds a store, which is never overwritten."""

    code = "store.exists"


class StoreInUse(WindowAppError):
    """Another program writes to this store; `by` says which."""

    code = "store.in_use"

    def __init__(self, by: str) -> None:
        super().__init__(by=by)
        self.by = by


class StoreDamaged(WindowAppError):
    """The store's bytes are not what was written. Nothing was changed; a backup must be brought back."""

    code = "store.damaged"


class StoreTooNew(WindowAppError):
    """A newer program has written this store; this one must not touch it."""

    code = "store.too_new"


class StoreNeedsUpgrade(WindowAppError):
    """The store is of an older program and must be opened for writing once."""

    code = "store.needs_upgrade"


class DiskFull(WindowAppError):
    """No room on the disk; the transaction was rolled back whole."""

    code = "store.disk_full"


class DiskFailed(WindowAppError):
    """The disk did not read or write; the transaction was rolled back whole."""

    code = "store.disk_failed"


class WrongPassword(WindowAppError):
    """The password does not open the slot; the next attempt is allowed after `wait_seconds`."""

    code = "store.wrong_password"

    def __init__(self, wait_seconds: int) -> None:
        super().__init__("store.wrong_password_wait" if wait_seconds else None, wait_seconds=wait_seconds)
        self.wait_seconds = wait_seconds


class ClerkUnknown(WindowAppError):
    """No slot for this clerk."""

    code = "store.clerk_unknown"


class ClerkKnown(WindowAppError):
    """This clerk already has a slot."""

    code = "store.clerk_known"


class PasswordDue(WindowAppError):
    """The slot opens with a one-time code, which serves to set a password and for nothing else."""

    code = "store.password_due"


class LastClerk(WindowAppError):
    """The last slot that opens the store cannot be taken away."""

    code = "store.last_clerk"


class AlreadyReceived(WindowAppError):
    """This matter of this visit was taken in before; nothing was written."""

    code = "store.already_received"


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the driver raises inside the block into the store's own errors."""
    try:
        yield
    except driver.DatabaseError as error:
        failure = failure_of(error)
        if failure is None:
            raise
        raise failure from error


@contextmanager
def disk_told() -> Iterator[None]:
    """Turn what the system says of files inside the block into the store's own errors."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull() from error
        raise DiskFailed(reason=errno.errorcode.get(error.errno or 0, "")) from error


def failure_of(error: BaseException) -> WindowAppError | None:
    """Return the store's own error for what the driver raised, or None where it is a defect of ours."""
    extended = getattr(error, "sqlite_errorcode", None)
    if not isinstance(extended, int):
        return None
    code = extended & 0xFF
    if code in _FULL:
        return DiskFull()
    if code in _DAMAGED:
        return StoreDamaged(part=getattr(error, "sqlite_errorname", ""))
    if code in _BUSY:
        return StoreInUse("?")
    if code in (_INPUT_OUTPUT, _CANNOT_OPEN, _READ_ONLY):
        return DiskFailed(reason=getattr(error, "sqlite_errorname", ""))
    return None
