"""Watches the interface thread: no storage, network, printing, font or PDF work may run on it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType

FORBIDDEN = (
    "window_app.storage",
    "window_app.sync",
    "window_app.central",
    "window_app.documents",
    "window_app.devices",
    "sqlalchemy",
    "sqlcipher3",
    "reportlab",
    "subprocess",
    "socket",
    "urllib",
    "http.client",
)


PASSED_BY = ("<module>", "__del__", "_internal_poll", "_collection_gced")
"""Imports, and what the garbage collector calls on whatever thread it happens to run."""


@cache
def is_forbidden(module: str) -> bool:
    """Answer whether code of this module has no business on the interface thread."""
    return any(module == name or module.startswith(name + ".") for name in FORBIDDEN)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Collect every forbidden call that the calling thread makes while the context lasts.

    The list holds `module.function` of each call, in order. Imports are no calls into a module's
    work and are left out. Only the calling thread is watched; workers do as they like.
    """
    found: list[str] = []

    def look(frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            module = frame.f_globals.get("__name__", "")
            if is_forbidden(module) and frame.f_code.co_name not in PASSED_BY and not _importing(frame):
                found.append(f"{module}.{frame.f_code.co_name}")
        elif event == "c_call":
            module = getattr(argument, "__module__", None) or type(getattr(argument, "__self__", None)).__module__
            if is_forbidden(str(module)) and not _importing(frame):
                found.append(f"{module}.{getattr(argument, '__name__', '')}")

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        yield found
    finally:
        sys.setprofile(before)


@contextmanager
def elsewhere() -> Iterator[None]:
    """Stop watching for as long as the context lasts; for what a test does on its own behalf."""
    before = sys.getprofile()
    sys.setprofile(None)
    try:
        yield
    finally:
        sys.setprofile(before)


def _importing(frame: FrameType) -> bool:
    """Answer whether a call happens while some module is being imported."""
    step: FrameType | None = frame
    while step is not None:
        if step.f_code.co_filename.startswith("<frozen importlib"):
            return True
        step = step.f_back
    return False
