"""Running the command line as a user does: a process of its own, its output, its exit code."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from tests.forking import fork


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
    """Runs verbs on one data directory, each in a process forked for it; with options of subprocess, in a new one."""

    data: Path
    home: Path

    def __call__(
        self, *arguments: str | Path, env: Mapping[str, str] | None = None, stdin: str = "", **options: Any
    ) -> Outcome:
        words = ["window_app.cli", "--data", str(self.data), *map(str, arguments)]
        known = {name: value for name, value in os.environ.items() if not name.startswith("WINDOW_APP_")}
        surroundings = {**known, "XDG_CACHE_HOME": str(self.home / "cache"), **(env or {})}
        with ExitStack() as held:
            files = [held.enter_context(TemporaryFile("w+", encoding="utf-8")) for _ in range(3)]
            files[0].write(stdin)
            for file in files:
                file.seek(0)
            if options:
                command = [sys.executable, "-m", *words]
                given, out, err = files
                code = subprocess.run(
                    command, stdin=given, stdout=out, stderr=err, timeout=120, env=surroundings, check=False, **options
                ).returncode
            else:
                code = fork(words, surroundings, files).wait()
            for file in files:
                file.seek(0)
            return Outcome(code, files[1].read(), files[2].read())


def paper_text(path: str | Path) -> str:
    """Return a PDF's text without white space and without the practice mark, as pdftotext reads it."""
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, timeout=60)
    return "".join(done.stdout.decode("utf-8").split())
