"""How the line to the centre stands, as the screens follow it. The interface thread never asks the line itself."""

from PySide6.QtCore import QObject, Signal

from window_app.domain.line import LineStatus, LinkState
from window_app.ui.workplace import Workplace


class LineWatch(QObject):
    """Follows the line of a desk.

    Signals:
        changed: the line stands differently; carries its status.
    """

    changed = Signal(object)

    def __init__(self, place: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._line = place.desk.line
        self._tasks = place.tasks
        self._following = False
        self.status = LineStatus(LinkState.NONE)

    def start(self) -> None:
        """Follow the line from now on."""
        self._following = True
        line, told = self._line, self._tasks.here(self._take)

        def begin() -> LineStatus:
            line.watch(told)
            return line.status()

        self._tasks.run_free(begin, self._take)

    def stop(self) -> None:
        """Follow it no more; what is still on its way is dropped."""
        self._following = False

    def nudge(self) -> None:
        """Ask for a round at once."""
        self._tasks.run_free(self._line.nudge)

    def _take(self, status: LineStatus) -> None:
        if self._following:
            self.status = status
            self.changed.emit(status)
