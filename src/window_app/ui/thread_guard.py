"""Watches the interface thread: no storage, network, printing, font or PDF work may run on it.

Every function and method of the modules that have no business there is a door: while something watches, calls
through it on the watching thread are noted. Everything else runs at its own speed; a profile function, which
Python calls at every call and return of the interface, took a third of the time of a window's test.
"""

import importlib
import pkgutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, update_wrapper
from inspect import unwrap
from types import BuiltinFunctionType, FrameType, FunctionType, ModuleType
from typing import Any, ParamSpec, TypeVar

FORBIDDEN = (
    "window_app.storage",
    "window_app.sync",
    "window_app.central",
    "window_app.documents",
    "window_app.devices",
    "sqlalchemy.engine.base",
    "sqlalchemy.engine.cursor",
    "sqlalchemy.engine.result",
    "sqlcipher3.dbapi2",
    "reportlab.pdfbase.pdfdoc",
    "reportlab.pdfbase.ttfonts",
    "reportlab.pdfgen.canvas",
    "subprocess",
    "socket",
    "urllib.request",
    "http.client",
)
"""Packages of the program, with all that they hold, and the modules through which others are reached."""

PASSED_BY = ("__del__", "__getattr__", "_internal_poll", "_collection_gced")
"""What the garbage collector or Python itself calls on whatever thread it happens to run."""

RUN_BY_OTHERS = "window_app.storage.migrations."
"""Scripts that Alembic runs."""

Given = ParamSpec("Given")
Result = TypeVar("Result")
Door = tuple[object, str, Any, Any]
"""Where a callable stands, its name there, itself, and the one that notes its calls."""


class _Watch(threading.local):
    """Who watches, thread by thread."""

    found: list[str] | None = None


_WATCH = _Watch()


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
    before, found = _WATCH.found, []  # type: tuple[list[str] | None, list[str]]
    doors = _doors()
    for place, name, _, noting in doors:
        setattr(place, name, noting)
    _WATCH.found = found
    try:
        yield found
    finally:
        _WATCH.found = before
        if before is None:
            for place, name, plain, _ in doors:
                setattr(place, name, plain)


@contextmanager
def elsewhere() -> Iterator[None]:
    """Stop watching for as long as the context lasts; for what a test does on its own behalf."""
    before, _WATCH.found = _WATCH.found, None
    try:
        yield
    finally:
        _WATCH.found = before


@cache
def _doors() -> list[Door]:
    """Return every forbidden function and method, wherever a module of the program has a name for it."""
    modules = _forbidden_modules()
    noting = {id(plain): (plain, made) for module in modules for plain, made in _of_module(module)}
    doors: list[Door] = []
    users = [module for name, module in sys.modules.items() if name.startswith("window_app")]
    for module in {id(module): module for module in (*modules, *users)}.values():
        for name, value in list(vars(module).items()):
            if id(value) in noting:
                doors.append((module, name, *noting[id(value)]))
    for module in modules:
        for value in list(vars(module).values()):
            if isinstance(value, type) and value.__module__ == module.__name__:
                doors += _of_class(value)
    return doors


def _forbidden_modules() -> list[ModuleType]:
    modules = []
    for name in FORBIDDEN:
        module = importlib.import_module(name)
        modules.append(module)
        for found in pkgutil.walk_packages(getattr(module, "__path__", []), name + "."):
            if not found.name.startswith(RUN_BY_OTHERS) and not found.name.endswith("__main__"):
                modules.append(importlib.import_module(found.name))
    return modules


def _of_module(module: ModuleType) -> Iterator[tuple[Any, Any]]:
    for value in vars(module).values():
        ours = isinstance(value, BuiltinFunctionType) and module.__name__ == "sqlcipher3.dbapi2"
        if ours or _is_ours(value, module):
            yield value, _noting(value)


def _of_class(kind: type) -> Iterator[Door]:
    for name, value in list(vars(kind).items()):
        if isinstance(value, (staticmethod, classmethod)) and isinstance(value.__func__, FunctionType):
            yield kind, name, value, type(value)(_noting(value.__func__))
        elif isinstance(value, property) and value.fget is not None:
            yield kind, name, value, value.getter(_noting(value.fget))
        elif isinstance(value, FunctionType) and name not in PASSED_BY:
            yield kind, name, value, _noting(value)


def _is_ours(value: object, module: ModuleType) -> bool:
    """Answer whether a name of a module stands for a function that was written there."""
    if isinstance(value, type) or not callable(value) or not hasattr(value, "__name__"):
        return False
    plain = unwrap(value)
    return isinstance(plain, FunctionType) and plain.__globals__ is vars(module)


def _noting(plain: Callable[Given, Result]) -> Callable[Given, Result]:
    """Return a callable that does the same and notes its calls on a watching thread."""
    name = f"{plain.__module__}.{plain.__qualname__}"

    def noted(*arguments: Given.args, **options: Given.kwargs) -> Result:
        if _WATCH.found is not None and not _importing(sys._getframe(1)):
            _WATCH.found.append(name)
        return plain(*arguments, **options)

    for extra in ("cache_clear", "cache_info"):
        if hasattr(plain, extra):
            setattr(noted, extra, getattr(plain, extra))
    return update_wrapper(noted, plain)


def _importing(frame: FrameType) -> bool:
    """Answer whether a call happens while some module is being imported."""
    step: FrameType | None = frame
    while step is not None:
        if step.f_code.co_filename.startswith("<frozen importlib"):
            return True
        step = step.f_back
    return False
