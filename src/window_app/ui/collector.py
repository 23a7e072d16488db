"""Python's garbage collector, kept to the interface thread.

A window that closed is a ring of references, and what lives in Qt may die on the interface thread alone. Left to
itself the collector runs on whichever thread happens to allocate, in the middle of whatever that thread does.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class InterfaceCollector(QObject):
    """Collects between two events of the interface, when as much was made as Python itself would wait for.

    The first full collection is the last to go through what stands by then: definitions and modules stay as long
    as the program, and to look through them takes longer than a keystroke may.
    """

    def __init__(self, parent: QObject) -> None:
        """Take the collector over until `close`."""
        super().__init__(parent)
        gc.disable()
        self._settled = False
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the youngest objects, and older ones when their turn has come."""
        young, middle, old = (
            count > threshold for count, threshold in zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if not young:
            return
        gc.collect(2 if old else int(middle))
        if old and not self._settled:
            self._settled = True
            gc.freeze()

    def close(self) -> None:
        """Give the collector back to Python; may be called again."""
        self._timer.stop()
        gc.enable()
