"""Where the program's own files and a machine's files lie."""

import os
from pathlib import Path

import platformdirs

from window_app.errors import WindowAppError

_PACKAGE = Path(__file__).resolve().parent
_NAME = "window-app"


class ProgramFilesMissing(WindowAppError):
    """A folder that belongs to the program is not where the program was installed."""

    code = "paths.missing"


def _program_dir(name: str) -> Path:
    """Find one of the program's folders: package data (installed, frozen), else beside the sources."""
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parents[1] / name):
        if candidate.is_dir():
            return candidate
    raise ProgramFilesMissing(folder=name)


def definitions_dir() -> Path:
    """Return the folder of the definition set that came with the program.

    Raises:
        ProgramFilesMissing: when the installation is incomplete.
    """
    return _program_dir("forms")


def resources_dir() -> Path:
    """Return the folder of fonts, icons, styles and texts.

    Raises:
        ProgramFilesMissing: when the installation is incomplete.
    """
    return _program_dir("resources")


def default_data_dir() -> Path:
    """Return the folder of the local store: WINDOW_APP_DATA, else this user's own data folder."""
    chosen = os.environ.get("WINDOW_APP_DATA")
    return Path(chosen).expanduser() if chosen else platformdirs.user_data_path(_NAME, appauthor=False)


def default_cache_dir() -> Path:
    """Return this user's folder for files that can be made again at any time."""
    return platformdirs.user_cache_path(_NAME, appauthor=False)
