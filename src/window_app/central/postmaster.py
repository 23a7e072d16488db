"""The postmaster of a cluster as its own file `postmaster.pid` names it, whoever started it."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from window_app.central.binaries import Binaries

StopMode = Literal["fast", "immediate"]

_PROCESSES = Path("/proc")


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A postmaster's process and how far it has come.

    Attributes:
        ready: it takes connections.
    """

    pid: int
    port: int
    ready: bool


def read_postmaster(data: Path) -> Postmaster | None:
    """Return what `postmaster.pid` says, or None where there is none or it is not yet written."""
    try:
        lines = (data / "postmaster.pid").read_text("utf-8", errors="replace").splitlines()
        return Postmaster(int(lines[0]), int(lines[3]), len(lines) > 7 and lines[7].strip() == "ready")
    except (OSError, ValueError, IndexError):
        return None


def is_serving(found: Postmaster, data: Path) -> bool:
    """Answer whether a process really is the postmaster of this cluster.

    After a crash of the machine the number may belong to any other program; PostgreSQL itself would
    then refuse to start.
    """
    if not _is_alive(found.pid):
        return False
    folder = _PROCESSES / str(found.pid)
    if not _PROCESSES.is_dir():
        return True
    try:
        return (folder / "cwd").readlink() == data.resolve()
    except OSError:
        return _said_on_its_command(folder, data)


def end(found: Postmaster, binaries: Binaries, data: Path, mode: StopMode) -> None:
    """Tell a postmaster to end; it does so by itself afterwards."""
    if sys.platform == "win32":
        words = [str(binaries.program("pg_ctl")), "stop", "-D", str(data), "-m", mode, "-W"]
        subprocess.run(words, capture_output=True, timeout=60, check=False)  # noqa: S603 - PostgreSQL's own program
        return
    told = signal.SIGINT if mode == "fast" else signal.SIGQUIT
    try:
        os.kill(found.pid, told)
    except ProcessLookupError:
        return


def _is_alive(pid: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _said_on_its_command(folder: Path, data: Path) -> bool:
    try:
        words = (folder / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.fsencode(data) in words
