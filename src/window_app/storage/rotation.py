"""Changing the data key of a database so that a kill leaves it whole, under the old or the new key."""

from pathlib import Path

from window_app.storage.engine import Database, open_database
from window_app.storage.failures import StoreDamaged, StoreInUse


def change_key(path: Path, old: bytes, new: bytes) -> None:
    """Write every page anew under another key, in one transaction with a rollback journal.

    In the write-ahead log pages of both keys would stand side by side, and a log cut off by a
    kill could be read with neither; a rollback journal brings the old pages back as they were.

    Raises:
        StoreInUse: where another program reads the store at this moment; nothing was changed.
        DiskFull, DiskFailed: nothing was changed.
    """
    database = open_database(path, old)
    try:
        database.pragma("busy_timeout = 500")
        if database.pragma("journal_mode = DELETE") != [("delete",)]:
            raise StoreInUse("?")
        database.pragma(f"rekey = \"x'{new.hex()}'\"")
    finally:
        database.close()


def open_with_either(
    path: Path, present: bytes, announced: bytes | None, *, read_only: bool = False
) -> tuple[Database, bytes]:
    """Open a database that may have been left in the middle of a change, and return the key it has.

    Raises:
        StoreDamaged: where neither key opens it.
    """
    try:
        return open_database(path, present, read_only=read_only), present
    except StoreDamaged:
        if announced is None:
            raise
    return open_database(path, announced, read_only=read_only), announced
