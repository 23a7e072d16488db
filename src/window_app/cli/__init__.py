"""The services without a screen: JSON on standard output, messages on standard error, exit code 0, 1 or 2."""

import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from window_app.cli.parser import build_parser

REFUSED = 1
MISUSED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code.

    0: done. 1: the program says no (the message says why), a check failed, a gate was missed.
    2: the command or its input file could not be understood.
    """
    _speak_utf8()
    chosen = build_parser().parse_args(arguments)
    if chosen.data is None:
        chosen.data = _default_data_dir()
    module, function = chosen.verb
    try:
        return int(getattr(importlib.import_module(module), function)(chosen))
    except KeyboardInterrupt:
        return REFUSED
    except BrokenPipeError:
        # The reader went away; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except Exception as error:  # the outermost boundary: whatever happened becomes one clear message
        return _report(error, chosen.data)


def _report(error: Exception, data: Path) -> int:
    from window_app import log
    from window_app.cli.speech import Misunderstood, words_of
    from window_app.errors import WindowAppError

    catalogue = words_of(data)
    if isinstance(error, WindowAppError):
        print(catalogue.message(error), file=sys.stderr)
        return MISUSED if isinstance(error, Misunderstood) else REFUSED
    if isinstance(error, OSError):
        print(catalogue.text("cli.system", reason=error.strerror or type(error).__name__), file=sys.stderr)
        return REFUSED
    log.logger("cli").error("unexpected", exc_info=error)
    # Only frames and the kind of error: a message could quote what a visitor said.
    print("".join(traceback.format_tb(error.__traceback__)), end="", file=sys.stderr)
    print(catalogue.text("cli.unexpected", kind=type(error).__name__), file=sys.stderr)
    return REFUSED


def _default_data_dir() -> Path:
    from window_app import paths

    return paths.default_data_dir()


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says, since every message is Chinese first."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
