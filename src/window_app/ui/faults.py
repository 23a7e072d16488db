"""Defects of the interface itself: logged without anybody's data, and told on the screen instead of a console."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from window_app import log
from window_app.errors import WindowAppError

UNEXPECTED = "ui.unexpected"
_LOGGER = log.logger("interface")


@contextmanager
def watched(tell: Callable[[WindowAppError], object]) -> Iterator[None]:
    """Log what no slot caught, as long as the context lasts, and `tell` that it happened.

    Neither the log nor the console gets the text of such an error: it may hold what was typed.
    """
    before = sys.excepthook

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):
            before(kind, error, trace)
            return
        _LOGGER.error("interface.failed", exc_info=(kind, error, trace))
        print(f"interface.failed {kind.__name__}", file=sys.stderr)
        tell(WindowAppError(UNEXPECTED, kind=kind.__name__))

    sys.excepthook = caught
    try:
        yield
    finally:
        sys.excepthook = before
