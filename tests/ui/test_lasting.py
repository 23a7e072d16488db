"""The interpreter survives a day of signals on Python 3.11 with PySide6 6.12."""

import subprocess
import sys

from window_app.ui import lasting, thread_guard

EMIT = """
import sys
from PySide6.QtCore import QObject, Signal
from window_app.ui import lasting
class Sender(QObject):
    sent = Signal()
lasting.hold()
sender = Sender()
for _ in range(200_000):
    sender.sent.emit()
print(lasting.hold())
"""


def test_a_day_of_signals_does_not_end_the_program() -> None:
    with thread_guard.elsewhere():
        done = subprocess.run([sys.executable, "-c", EMIT], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "0"


def test_holding_twice_changes_nothing() -> None:
    lasting.hold()
    before = sys.getrefcount(True)
    assert lasting.hold() == 0
    assert abs(sys.getrefcount(True) - before) < lasting.PLENTY // 2
