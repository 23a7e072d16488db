"""One writer per store: a lock of the operating system, which a killed process gives back."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from window_app.storage.failures import StoreInUse, disk_told

LOCK_NAME = "store.lock"

if sys.platform == "win32":
    import msvcrt

    # Windows keeps other processes from reading locked bytes, so the lock lies far behind the text.
    _LOCKED_BYTE = 1 << 30

    def _lock(handle: int, *, wait: bool = False) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int, *, wait: bool = False) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


class StoreLock:
    """Holds the right to write to a store until it is released or the process ends."""

    def __init__(self, directory: Path, holder: str) -> None:
        """Take the lock.

        Raises:
            StoreInUse: where another process holds it; `by` is what that process calls itself.
        """
        with disk_told():
            self._handle = os.open(directory / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._handle)
        except OSError:
            by = _holder(self._handle)
            os.close(self._handle)
            raise StoreInUse(by) from None
        # The name is a courtesy to whoever comes second; a full disk must not keep the first one out.
        with suppress(OSError):
            os.ftruncate(self._handle, 0)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, json.dumps({"holder": holder, "process": os.getpid()}).encode())

    def release(self) -> None:
        """Give the lock back; the file stays, since removing it could let two writers in."""
        if self._handle >= 0:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = -1


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Wait for a short lock that is held only while a small file is read, changed and written."""
    with disk_told():
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle, wait=True)
        yield
    finally:
        os.close(handle)


def _holder(handle: int) -> str:
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        said = json.loads(os.read(handle, 4096))
        return f"{said['holder']} ({said['process']})"
    except (ValueError, KeyError, TypeError):
        return "?"
