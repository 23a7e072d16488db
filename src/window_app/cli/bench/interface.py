"""Measures of the interface, each in a process of its own since Qt allows one application a process."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from window_app.cli.bench.desks import MANY, Halls, practice_desk
from window_app.cli.bench.measures import Measure, milliseconds, percentile

STARTS = 9
OPEN_WITHIN_MS = 50.0


def cases_list(halls: Halls) -> Measure:
    """Measure opening, jumping in and scrolling a list of a million cases against a minimal model."""
    found = measured("list", halls.of(MANY)[1] / "data")
    opened = found["open_ms"]
    fast = opened <= OPEN_WITHIN_MS
    detail = {"open_ms": round(opened, 2), "open_gate_ms": OPEN_WITHIN_MS, "open_met": fast}
    return Measure("ms", found["value_ms"], found["floor_ms"], 1.5, detail=detail, also_met=fast)


def start(halls: Halls) -> Measure:
    """Measure start to first paint against an empty window, process by process."""
    del halls
    with practice_desk() as (desk, folder):
        desk.close()
        ours, floor = [], []
        for at in range(STARTS + 1):
            bare, full = _started("empty", folder / "data"), _started("start", folder / "data")
            if at:
                floor.append(bare)
                ours.append(full)
    return Measure("ms", milliseconds(percentile(ours, 0.5)), milliseconds(percentile(floor, 0.5)), 3.0)


def _started(what: str, data: Path) -> float:
    begun = time.monotonic()
    return float(measured(what, data)["painted_at"]) - begun


def measured(what: str, data: Path) -> dict[str, Any]:
    """Return what one measurement of the interface said, made in a process of its own."""
    done = subprocess.run(  # noqa: S603 # our own module, our own folder
        [sys.executable, "-m", "window_app.cli.measuring", what, str(data)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=True,
        timeout=300,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
