"""PostgreSQL refuses to run as root: where we are root, its processes run as somebody else."""

import os
import shutil
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from window_app.errors import WindowAppError

ACCOUNTS = ("postgres", "nobody")


class Unprivileged:
    """The account under which the server's processes run, and how a command is started as it.

    Nothing of the machine is changed but the owner of the server's own folder. Where that folder lies
    below one that the account cannot pass (a home of mode 0700, say), the command gets the one
    capability to pass and read folders, and no other.
    """

    def __init__(self, *needed: Path) -> None:
        """Choose the account; `needed` are the places that it must reach.

        Raises:
            WindowAppError: `central.embedded_no_account` where root finds no account to use.
        """
        self._account = _account() if _is_root() else None
        self._needed = needed

    def own(self, folder: Path) -> None:
        """Give a folder, which must be the server's own, to the account."""
        if self._account is not None:
            os.chown(folder, *self._account)

    def command(self, *words: str | Path) -> list[str]:
        """Return the words that start a program as the account.

        Raises:
            WindowAppError: `central.embedded_no_account` where this system has no way to do it.
        """
        plain = [str(word) for word in words]
        if self._account is None:
            return plain
        user, group = self._account
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            raise WindowAppError("central.embedded_no_account")
        reach = "-all" if all(_passable(place) for place in self._needed) else "-all,+dac_read_search"
        return [
            setpriv,
            f"--reuid={user}",
            f"--regid={group}",
            "--clear-groups",
            f"--inh-caps={reach}",
            f"--ambient-caps={reach}",
            *plain,
        ]


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _account() -> tuple[int, int]:
    if sys.platform == "win32":
        raise WindowAppError("central.embedded_no_account")
    import pwd

    known: Sequence[pwd.struct_passwd] = [entry for entry in pwd.getpwall() if entry.pw_name in ACCOUNTS]
    for name in ACCOUNTS:
        for entry in known:
            if entry.pw_name == name and entry.pw_uid != 0:
                return entry.pw_uid, entry.pw_gid
    raise WindowAppError("central.embedded_no_account")


def _passable(place: Path) -> bool:
    """Answer whether every folder above a place lets everybody pass."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in place.resolve().parents)
