"""Reads the project's Python as a tree, for rules about it."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "src" / "window_app"


@dataclass(frozen=True)
class Source:
    """One Python file; `name` is its path from the project's root."""

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return _parse(self.text)

    @property
    def part(self) -> str:
        """Which part of the package it belongs to: `ui`, `clock`, …; empty outside the package."""
        inside = self.name.removeprefix("src/window_app/")
        return "" if inside == self.name else inside.split("/")[0].removesuffix(".py")


@cache
def _parse(text: str) -> ast.Module:
    return ast.parse(text)


def read(folder: str) -> list[Source]:
    """All Python files below a folder of the project."""
    files = sorted((PROJECT / folder).rglob("*.py"))
    return [Source(path.relative_to(PROJECT).as_posix(), path.read_text(encoding="utf-8")) for path in files]


def imports(source: Source) -> Iterator[tuple[int, str]]:
    """Line and full name of all that is imported, inside functions too."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions and methods."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def called_name(call: ast.Call) -> str:
    """The last part of what is called: `tr` of `self.tr(…)`."""
    return str(getattr(call.func, "attr", None) or getattr(call.func, "id", ""))


@cache
def kept_files() -> tuple[Path, ...]:
    """All files that are, or would be, committed."""
    if (PROJECT / ".git").exists():
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True).stdout.decode().split("\0")
        found = [PROJECT / name for name in listed if name]
    else:
        made = {".venv", ".venv-old-qt", "build", "dist", "__pycache__"}
        found = [path for path in PROJECT.rglob("*") if not made & set(path.relative_to(PROJECT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def kept_texts() -> Iterator[tuple[str, str]]:
    """Name and text of each kept file that is text."""
    for path in kept_files():
        content = path.read_bytes()
        if b"\0" not in content[:8000]:
            yield path.relative_to(PROJECT).as_posix(), content.decode("utf-8", errors="replace")
