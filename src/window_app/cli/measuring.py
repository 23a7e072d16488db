"""One measurement of the interface in a process of its own: `python -m window_app.cli.measuring WHAT DIR`."""

import json
import sys
from pathlib import Path

from window_app.cli.program import LateEntrance


def main(what: str, data: Path) -> None:
    """Measure and say the figures as JSON."""
    from window_app.ui import measure

    if what == "empty":
        found = {"painted_at": measure.empty_paint()}
    elif what == "start":
        found = {"painted_at": measure.first_paint(LateEntrance(data))}
    elif what == "form":
        from window_app.ui.measure_form import form_times

        desk = LateEntrance(data).sign_in()
        try:
            found = form_times(desk)
        finally:
            desk.close()
    else:
        from window_app.ui.measure_list import list_times

        desk = LateEntrance(data).sign_in(read_only=True)
        try:
            found = list_times(desk)
        finally:
            desk.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
