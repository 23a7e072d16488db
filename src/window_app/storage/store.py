"""The doors of the local store: what stands in a directory, making a store, opening one."""

import secrets
from collections.abc import Mapping
from pathlib import Path

from window_app.clock import Clock, SystemClock
from window_app.domain.ports import Station
from window_app.domain.stores import ClerkEntry, FirstClerk, StationSecrets
from window_app.storage import integrity, key_slots, migrate, particulars
from window_app.storage.engine import KEY_LENGTH, Database, open_database
from window_app.storage.failures import ClerkUnknown, PasswordDue, StoreDamaged, StoreExists, StoreMissing, disk_told
from window_app.storage.files import sync_directory
from window_app.storage.high_water import HIGH_WATER_NAME
from window_app.storage.key_slots import STORE_NAME, KeySlots, describe
from window_app.storage.lock import StoreLock
from window_app.storage.opened import Store
from window_app.storage.rotation import open_with_either
from window_app.storage.slot_crypto import CHEAP, PRODUCTION, KeyProfile

__all__ = ["CHEAP", "PRODUCTION", "KeyProfile", "Store", "create", "describe", "open", "set_password"]

_UNFINISHED = "store.db.unfinished"


def create(
    directory: Path,
    station: Station,
    held: StationSecrets,
    clerk: FirstClerk | None,
    *,
    profile: KeyProfile = PRODUCTION,
    clock: Clock | None = None,
    hall: Mapping[str, str] | None = None,
    holder: str = "window-app",
) -> Store:
    """Make a store and open it; a practice station takes no clerk and no password.

    Until the slots stand, a kill leaves nothing but a file that the next call makes anew.

    Raises:
        StoreExists: the directory already holds one; it is never overwritten.
        StoreInUse, DiskFull, DiskFailed.
    """
    if (clerk is None) != station.practice:
        raise ValueError("a counter has a first clerk, practice has none")
    with disk_told():
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = StoreLock(directory, holder)
    try:
        if describe(directory) is not None:
            raise StoreExists(directory=directory.name)
        # Of a store that stood here before and is gone: it says nothing of this one.
        (directory / HIGH_WATER_NAME).unlink(missing_ok=True)
        data_key = secrets.token_bytes(KEY_LENGTH)
        _make_database(directory / _UNFINISHED, data_key, station, held, hall or {})
        key_slots.write_slots(directory, _first_slots(station, clerk, data_key, profile))
        database = _open_file(directory, data_key, None, read_only=False)[0]
        return Store(directory, database, data_key, clock or SystemClock(), lock)
    except BaseException:
        lock.release()
        raise


def open(
    directory: Path,
    clerk: str | None = None,
    password: str | None = None,
    *,
    clock: Clock | None = None,
    read_only: bool = False,
    holder: str = "window-app",
) -> Store:
    """Open a store for a clerk; a practice store takes neither code nor password.

    Read-only, it stands beside the one writer and never waits for it.

    Raises:
        StoreMissing, StoreInUse, StoreDamaged, StoreTooNew, StoreNeedsUpgrade (read-only),
        ClerkUnknown, WrongPassword, DiskFull, DiskFailed.
    """
    now = clock or SystemClock()
    if describe(directory) is None:
        raise StoreMissing(directory=directory.name)
    lock = None if read_only else StoreLock(directory, holder)
    try:
        present, announced = _data_keys(directory, clerk, password, now)
        database, data_key = _open_file(directory, present, announced, read_only=read_only)
        if not read_only:
            _settle(directory, on_next=data_key == announced)
        return Store(directory, database, data_key, now, lock)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def set_password(
    directory: Path,
    clerk: str,
    secret: str,
    password: str,
    *,
    profile: KeyProfile = PRODUCTION,
    clock: Clock | None = None,
    holder: str = "window-app",
) -> None:
    """Put a password in the place of a one-time code or of an old password, which opens nothing afterwards.

    Raises:
        StoreMissing, StoreInUse, StoreDamaged, ClerkUnknown, WrongPassword.
    """
    lock = StoreLock(directory, holder)
    try:
        _, private = key_slots.unlock(directory, clerk, secret, (clock or SystemClock()).now())
        key_slots.change_slots(directory, lambda slots: slots.with_password(clerk, private, password, profile))
    finally:
        lock.release()


def _make_database(
    path: Path, data_key: bytes, station: Station, held: StationSecrets, hall: Mapping[str, str]
) -> None:
    for leftover in path.parent.glob(path.name + "*"):
        leftover.unlink()
    database = open_database(path, data_key, create=True)
    try:
        migrate.create_schema(database)
        with database.transaction():
            particulars.write_station(database, station)
            particulars.write_secrets(database, held)
            particulars.write_particulars(database, hall)
    finally:
        database.close()


def _first_slots(station: Station, clerk: FirstClerk | None, data_key: bytes, profile: KeyProfile) -> KeySlots:
    shown = {"name": station.name, "hall": station.hall, "kind": station.kind}
    if clerk is None:
        return KeySlots(shown, (), practice_key=data_key)
    return KeySlots(shown, ()).with_clerk(
        ClerkEntry(clerk.code, clerk.name, clerk.role), clerk.password, data_key, profile
    )


def _data_keys(directory: Path, clerk: str | None, password: str | None, clock: Clock) -> tuple[bytes, bytes | None]:
    slots = key_slots.read_slots(directory)
    if slots.practice_key is not None:
        return slots.practice_key, None
    if clerk is None or password is None:
        raise ClerkUnknown(clerk=clerk or "")
    slots, private = key_slots.unlock(directory, clerk, password, clock.now())
    if slots.slot(clerk).clerk.awaits_password:
        raise PasswordDue(clerk=clerk)
    return key_slots.data_keys(slots, clerk, private)


def _settle(directory: Path, *, on_next: bool) -> None:
    if key_slots.read_slots(directory).changing:
        key_slots.change_slots(directory, lambda slots: slots.settled(on_next=on_next))
        migrate.remove_copies(directory)


def _open_file(directory: Path, present: bytes, announced: bytes | None, *, read_only: bool) -> tuple[Database, bytes]:
    path = directory / STORE_NAME
    unfinished = directory / _UNFINISHED
    if not path.exists() and unfinished.exists() and not read_only:
        unfinished.replace(path)
        sync_directory(directory)
    if not path.exists():
        raise StoreDamaged(part=path.name)
    database, data_key = open_with_either(path, present, announced, read_only=read_only)
    try:
        integrity.check_pages(database)
        if read_only:
            migrate.check_schema(database)
        else:
            migrate.upgrade(database)
    except BaseException:
        database.close()
        raise
    return database, data_key
