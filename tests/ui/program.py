"""The real program in a process of its own, at its keys: `python -m tests.ui.program DIR HOW_FAR`.

Says "ready" when it has come so far, then goes on waiting until it is killed.
"""

import os
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"


def main(directory: Path, how_far: str) -> None:
    from tests.services.visits import visit
    from tests.ui.counter_window import CounterWindow

    counter = CounterWindow(directory)
    if how_far == "parked":
        _park(counter)
    else:
        counter.driver.prepare(visit("01")) if how_far != "typing" else _type(counter)
    if how_far in ("received", "printed"):
        counter.driver.receive()
    if how_far == "printed":
        from window_app.ui.journey.keys import Key

        counter.keys.press(Key.Key_F6)
    print("ready", flush=True)
    while True:
        counter.keys.settle()
        time.sleep(0.01)


def _park(counter: object) -> None:
    from tests.ui.counter_window import CounterWindow

    from window_app.ui.journey.keys import Key

    assert isinstance(counter, CounterWindow)
    for name in ("Ann", "Bo"):
        counter.keys.press(Key.Key_F2)
        counter.keys.type(name)
        counter.keys.press(Key.Key_Return)
        counter.keys.press(Key.Key_F4)


def _type(counter: object) -> None:
    from tests.ui.counter_window import CounterWindow

    from window_app.ui.journey.keys import Key
    from window_app.ui.views.visit.visit_page import WRITE_THROUGH_MS

    assert isinstance(counter, CounterWindow)
    counter.keys.press(Key.Key_F2)
    counter.keys.type("司马光")
    end = time.monotonic() + 2 * WRITE_THROUGH_MS / 1000
    counter.keys.wait_until(lambda: time.monotonic() > end)
    counter.keys.settle()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
