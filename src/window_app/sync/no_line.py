"""The line of a station that has no centre: practice."""

from collections.abc import Callable
from uuid import UUID

from window_app.domain.events import Attachment
from window_app.domain.line import LineStatus, LinkState


class NoLine:
    """Implements `domain.line.LineControl` where there is nothing to connect to; nothing is ever sent or fetched."""

    def status(self) -> LineStatus:
        """Return that there is no line."""
        return LineStatus(LinkState.NONE)

    def nudge(self) -> None:
        """Do nothing."""

    def watch(self, told: Callable[[LineStatus], None]) -> None:
        """Tell nothing: this never changes."""

    def fetch_bodies(self, case_id: UUID, clerk: str, reason: str) -> int:  # noqa: ARG002 # the port names them
        """Return 0: whatever this station may read, it holds."""
        return 0

    def fetch_case(self, number: str) -> bool:  # noqa: ARG002 # the port names it
        """Return False: there is nobody to ask."""
        return False

    def fetch_piece(self, case_id: UUID, file: Attachment, number: int, clerk: str, reason: str) -> bool:  # noqa: ARG002 # the port names them
        """Return False: there is nobody to ask."""
        return False

    def close(self) -> None:
        """Do nothing."""
