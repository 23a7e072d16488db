"""The interpreter survives a day of signals: PySide6 6.12.0 on Python 3.11 did not."""

import subprocess
import sys

from window_app.ui import thread_guard

EMIT = """
import sys
from PySide6.QtCore import QObject, Signal
class Sender(QObject):
    sent = Signal()
sender = Sender()
before = [sys.getrefcount(one) for one in (None, True, False)]
for _ in range(100_000):
    sender.sent.emit()
after = [sys.getrefcount(one) for one in (None, True, False)]
print(max(abs(late - early) for early, late in zip(before, after)))
"""


def test_a_day_of_signals_takes_no_reference_that_is_not_its_own() -> None:
    with thread_guard.elsewhere():
        done = subprocess.run([sys.executable, "-c", EMIT], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 100
