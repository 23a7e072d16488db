"""A hall that hosts its centre, as its own line sees it: closing the line ends the server as well."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from window_app.central.keys import ROOT
from window_app.domain.events import Attachment
from window_app.domain.line import LineControl, LineStatus

SERVER_FOLDER = "centre"
KEYS_FOLDER = "centre-keys"


def hosts_centre(directory: Path) -> bool:
    """Answer whether a data directory hosts its centre, without loading what a centre needs."""
    return (directory / KEYS_FOLDER / ROOT).is_file()


class HostedLine:
    """A line to a centre that runs as long as the line does."""

    def __init__(self, line: LineControl, stop: Callable[[], None]) -> None:
        """Take the line and what ends the centre."""
        self._line = line
        self._stop = stop

    def status(self) -> LineStatus:
        """Return how the line stands now."""
        return self._line.status()

    def nudge(self) -> None:
        """Begin a round at once."""
        self._line.nudge()

    def watch(self, told: Callable[[LineStatus], None]) -> None:
        """Have every change told, on the line's own thread."""
        self._line.watch(told)

    def fetch_bodies(self, case_id: UUID, clerk: str, reason: str) -> int:
        """Fetch and keep the bodies of a case."""
        return self._line.fetch_bodies(case_id, clerk, reason)

    def fetch_case(self, number: str) -> bool:
        """Fetch a case older than this replica's beginning."""
        return self._line.fetch_case(number)

    def fetch_piece(self, case_id: UUID, file: Attachment, number: int, clerk: str, reason: str) -> bool:
        """Fetch and keep a piece of a file of a case."""
        return self._line.fetch_piece(case_id, file, number, clerk, reason)

    def close(self) -> None:
        """End the line, then the server."""
        try:
            self._line.close()
        finally:
            self._stop()
