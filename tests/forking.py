"""Processes of the program without the second and a half in which each would import it.

One process of a test worker imports the program (not Qt) and forks at every request. What is forked is a process
like any other: it has the environment, folder, input and output of its own that were asked for, holds locks, can be
killed, and ends as an interpreter does. The entry point itself is run by tests/smoke and tests/packaging.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import FileIO
from pathlib import Path
from typing import IO, Any

PROJECT = Path(__file__).resolve().parents[1]
LONGEST_REQUEST = 1 << 20


@dataclass
class Forked:
    """A process that was forked; `pid` is for killing it."""

    pid: int
    _report: IO[str]
    _code: int | None = None

    def wait(self) -> int:
        """Return the exit code once it has ended, the negative number of a signal that ended it."""
        if self._code is None:
            with self._report:
                self._code = int(self._report.readline())
        return self._code


def fork(words: Sequence[str], env: Mapping[str, str], files: Sequence[IO[Any]], cwd: Path | None = None) -> Forked:
    """Run a module, or a program after "-c", with its arguments; `files` are its input, output and errors."""
    request = {"words": list(words), "env": dict(env), "cwd": str(cwd or Path.cwd())}
    read, written = os.pipe()
    socket.send_fds(_server(), [json.dumps(request).encode()], [*(file.fileno() for file in files), written])
    os.close(written)
    report = os.fdopen(read, "r", encoding="ascii")
    return Forked(int(report.readline()), report)


class ForkedWithPipes:
    """A forked process with pipes to its input and from its output; its errors go where ours go."""

    def __init__(self, words: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        """Run a module, or a program after "-c", with its arguments in the checkout."""
        given, to_it = os.pipe()
        from_it, taken = os.pipe()
        self.stdin = os.fdopen(to_it, "w", encoding="utf-8")
        self.stdout = os.fdopen(from_it, "r", encoding="utf-8")
        with FileIO(given) as given_file, FileIO(taken, "w") as taken_file:
            surroundings, errors = os.environ if env is None else env, FileIO(2, "w", closefd=False)
            self._process = fork(words, surroundings, [given_file, taken_file, errors], PROJECT)
        self.pid = self._process.pid

    def end(self) -> int:
        """End its input and return the exit code once it has ended; what it wrote is given up."""
        with self.stdout:
            return self.wait()

    def wait(self) -> int:
        """End its input and return the exit code once it has ended."""
        self.stdin.close()
        return self._process.wait()

    def kill(self) -> int:
        """Send SIGKILL and return the exit code once it has ended; what it wrote before can still be read."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        return self.wait()


@cache
def _server() -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, "-m", "tests.forking", str(theirs.fileno())]
        server = subprocess.Popen(command, cwd=PROJECT, pass_fds=[theirs.fileno()])
    atexit.register(_end, ours, server)
    return ours


def _end(line: socket.socket, server: "subprocess.Popen[bytes]") -> None:
    line.close()
    server.wait(timeout=30)


def import_program() -> None:
    """Import all of the program but its interface, and what it imports late; parse the fonts of the papers."""
    from tests.parsed_fonts import keep_for_good

    import window_app
    from window_app import paths

    importlib.import_module("pypinyin")
    for found in pkgutil.walk_packages(window_app.__path__, "window_app."):
        left_out = found.name.startswith(("window_app.ui", "window_app.storage.migrations."))
        if not left_out and not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    keep_for_good(paths.resources_dir() / "fonts")
    gc.collect()
    gc.freeze()


def serve(line: socket.socket) -> dict[str, Any] | None:
    """Fork at every request; return the request in the forked process, None in the server at its end."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        words, files, _, _ = socket.recv_fds(line, LONGEST_REQUEST, 4)
        if not words:
            return None
        if os.fork() == 0:
            line.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            request: dict[str, Any] = json.loads(words)
            _begin(request, files)
            return request
        for file in files:
            os.close(file)


def _begin(request: dict[str, Any], files: Sequence[int]) -> None:
    """Fork once more, so that one process waits for the other; return in the one that is to work."""
    *standard, report = files
    if pid := os.fork():
        with FileIO(report, "w") as told:
            for file in standard:
                os.close(file)
            told.write(f"{pid}\n".encode())
            told.write(f"{os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}\n".encode())
        os._exit(0)
    os.close(report)
    for place, file in enumerate(standard):
        os.dup2(file, place)
        os.close(file)
    # New ones: those of the server know whether its own files can be sought in.
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    os.chdir(request["cwd"])


def main() -> None:
    """Serve; in a forked process run what was asked for."""
    import_program()
    request = serve(socket.socket(fileno=int(sys.argv[1])))
    if request is not None:
        run(request["words"])


def run(words: Sequence[str]) -> None:
    """Do what `python` does with these words."""
    if words[0] == "-c":
        sys.argv = ["-c", *words[2:]]
        exec(compile(words[1], "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 - programs of tests
    else:
        sys.argv[1:] = words[1:]
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
