"""Measures of the largest form, in a process of its own; bounds in milliseconds, as a person feels them."""

from window_app.cli.bench.desks import Halls, practice_desk
from window_app.cli.bench.interface import measured
from window_app.cli.bench.measures import Measure

OPEN_WITHIN_MS = 100.0
KEY_WITHIN_MS = 16.0


def form_open(halls: Halls) -> Measure:
    """Measure opening the largest form: from the key that chooses its route until its fields are painted.

    Materials and law follow turn by turn, none of which may hold the interface for longer than opening may
    take; nor may opening a whole page from its draft with a thousand workers on the list.
    """
    found = _times(halls)
    held = max(found["many_held_ms"], found["open_held_ms"])
    names = ("fields", "open_cpu_ms", "open_held_ms", "draft_open_ms", "many_open_ms", "many_held_ms")
    detail = {name: round(found[name], 2) for name in names}
    return Measure("ms", found["open_ms"], None, OPEN_WITHIN_MS, detail=detail, also_met=held <= OPEN_WITHIN_MS)


def keystroke(halls: Halls) -> Measure:
    """Measure a key in that form, a thousand workers on its list: pressed, checked against its field, painted (p95)."""
    found = _times(halls)
    detail = {name: round(found[name], 2) for name in ("key_worst_ms", "shown_held_ms")}
    return Measure("ms", found["key_ms"], None, KEY_WITHIN_MS, detail=detail)


def _times(halls: Halls) -> dict[str, float]:
    del halls
    with practice_desk() as (desk, folder):
        desk.close()
        return {name: float(value) for name, value in measured("form", folder / "data").items()}
