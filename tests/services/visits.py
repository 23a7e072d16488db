"""The collected visits of tests/data."""

import json
from pathlib import Path
from typing import Any

VISITS = Path(__file__).resolve().parents[1] / "data" / "visits"


def visit(name: str) -> dict[str, Any]:
    """Return a collected visit by the start of its file's name."""
    found: dict[str, Any] = json.loads(next(VISITS.glob(f"{name}*.json")).read_text("utf-8"))
    return found
