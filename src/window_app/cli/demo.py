"""The demonstration: a centre, two counters and two offices on one machine, and a line that can be cut."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from window_app import settings
from window_app.central.demo_line import DemoLine, DemoNotRunning, find_demo
from window_app.cli.speech import Misunderstood, say, warn
from window_app.clock import FixedClock, SystemClock
from window_app.errors import WindowAppError
from window_app.i18n import Catalogue

if TYPE_CHECKING:
    from window_app.central.demonstration import Demonstration

# Sample cases lie some days back, and keys must have been valid by then.
_EARLIER = timedelta(days=12)
_START_SECONDS = 60.0


def demo(chosen: argparse.Namespace) -> int:
    """Run a demonstration, or work its switch."""
    if chosen.action == "run":
        return _run(chosen)
    if chosen.folder is None:
        raise Misunderstood("demo.no_demo")
    if chosen.action == "serve":
        return _serve(chosen.folder)
    line = find_demo(chosen.folder)
    if line is None:
        raise DemoNotRunning(folder=chosen.folder.name)
    {"cut": line.cut, "mend": line.mend, "stop": line.stop, "status": line.is_cut}[chosen.action]()
    if chosen.action == "stop":
        say({"line": "stopped"})
    else:
        say({"line": "cut" if line.is_cut() else "whole"})
    return 0


def _run(chosen: argparse.Namespace) -> int:
    from window_app.central.demonstration import Demonstration

    with _folder(chosen.folder) as folder:
        demonstration = Demonstration(folder, FixedClock(SystemClock().now() - _EARLIER))
        fresh = not demonstration.is_made()
        if fresh:
            _make(demonstration)
        with _serving(folder) as line:
            if fresh:
                _fill(folder)
            if chosen.walk:
                from window_app.cli.demo_walk import walk

                say(walk(demonstration, line))
                return 0
            say(_described(folder))
            return _show(folder, line)


@contextmanager
def _folder(chosen: Path | None) -> Iterator[Path]:
    """Give the folder that was named, or one that goes with this run."""
    if chosen is not None:
        yield chosen.absolute()
        return
    folder = Path(tempfile.mkdtemp(prefix="window-app-demo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make(demonstration: "Demonstration") -> None:
    from window_app.app import Entrance

    for station, enrolled in demonstration.make():
        entrance = Entrance(demonstration.folder / station.folder, FixedClock(SystemClock().now() - _EARLIER))
        entrance.enrol(entrance.read_enrolment(enrolled.file, enrolled.code), "", "", "")
        pace = settings.Settings(line_poll_seconds=5, line_spread_seconds=0)
        settings.save(pace, entrance.directory)


def _fill(folder: Path) -> None:
    """Receive the sample cases at both counters and let everybody have them."""
    from window_app.app import Entrance, sync_once
    from window_app.central.demonstration import STATIONS
    from window_app.services import practice

    counters = [station for station in STATIONS if station.kind == "counter"]
    for share, station in enumerate(counters):
        clock = practice.SampleClock(SystemClock().now())
        desk = Entrance(folder / station.folder).practise(clock=clock)
        try:
            practice.fill(desk, clock, share=share, shares=len(counters))
        finally:
            desk.close()
    for station in (*counters, *STATIONS):
        sync_once(folder / station.folder)


def _described(folder: Path) -> dict[str, Any]:
    from window_app.central.demonstration import STATIONS

    return {
        "folder": str(folder),
        "stations": [
            {
                "name": station.name,
                "kind": station.kind,
                "office": station.office,
                "data": str(folder / station.folder),
                "command": f"window-app --data {folder / station.folder}",
            }
            for station in STATIONS
        ],
        "switch": {what: f"window-app demo {what} --data {folder}" for what in ("cut", "mend", "status", "stop")},
    }


def _show(folder: Path, line: DemoLine) -> int:
    """Open a window for each station and wait until all are closed; without a display until somebody says stop."""
    from window_app.central.demonstration import STATIONS

    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform in ("win32", "darwin")):
        warn(Catalogue(settings.load(folder).language).text("demo.no_display"))
        _await_stop(line)
        return 0
    windows = [
        subprocess.Popen(_program("--data", folder / station.folder))  # noqa: S603 - this very program
        for station in STATIONS
    ]
    for window in windows:
        window.wait()
    return 0


def _await_stop(line: DemoLine) -> None:
    while True:
        try:
            line.is_cut()
        except DemoNotRunning:
            return
        time.sleep(1.0)


@contextmanager
def _serving(folder: Path) -> Iterator[DemoLine]:
    """Keep the demonstration's centre in a process of its own; one that runs already is used and left alone."""
    line = find_demo(folder)
    if line is None:
        raise DemoNotRunning(folder=folder.name)
    if _answers(line):
        yield line
        return
    serving = subprocess.Popen(  # noqa: S603 - this very program
        _program("demo", "serve", "--data", folder), stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _await_start(serving, line)
        yield line
    finally:
        serving.terminate()
        serving.wait()


def _await_start(serving: "subprocess.Popen[bytes]", line: DemoLine) -> None:
    until = time.monotonic() + _START_SECONDS
    while not _answers(line):
        if serving.poll() is not None or time.monotonic() > until:
            raise WindowAppError("demo.not_begun", folder=line.folder.name)
        time.sleep(0.05)


def _answers(line: DemoLine) -> bool:
    try:
        line.is_cut()
    except DemoNotRunning:
        return False
    return True


def _serve(folder: Path) -> int:
    from window_app.central.demonstration import Demonstration

    signal.signal(signal.SIGTERM, _interrupted)
    demonstration = Demonstration(folder.absolute(), SystemClock())
    if not demonstration.is_made():
        raise DemoNotRunning(folder=folder.name)
    demonstration.serve()
    return 0


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def _program(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "window_app.cli", *map(str, words)]
