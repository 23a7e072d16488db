"""Small files that are either the old or the new one, never half of each."""

import os
from pathlib import Path

from window_app.storage.failures import disk_told


def write_atomically(path: Path, content: bytes) -> None:
    """Replace a file's content so that a kill or a power cut leaves the old or the new one.

    Raises:
        DiskFull, DiskFailed: the old content is still there.
    """
    beside = path.with_name(path.name + ".new")
    with disk_told():
        try:
            with beside.open("wb") as file:
                beside.chmod(0o600)
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise
        sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Make renames and new names in a directory durable, where the system has directories to flush."""
    if os.name == "nt":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
