"""Running the command line as a user does: a process of its own, its output, its exit code."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Commands:
    """Runs verbs on one data directory."""

    data: Path
    home: Path

    def __call__(
        self, *arguments: str | Path, env: Mapping[str, str] | None = None, stdin: str = "", **options: Any
    ) -> Outcome:
        command = [sys.executable, "-m", "window_app.cli", "--data", str(self.data), *map(str, arguments)]
        known = {name: value for name, value in os.environ.items() if not name.startswith("WINDOW_APP_")}
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            env={**known, "XDG_CACHE_HOME": str(self.home / "cache"), **(env or {})},
            **options,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)


def paper_text(path: str | Path) -> str:
    """Return a PDF's text without white space and without the practice mark, as pdftotext reads it."""
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, timeout=60)
    return "".join(done.stdout.decode("utf-8").split())
