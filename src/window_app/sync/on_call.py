"""The line of a command: it connects when something is asked for and holds nothing open."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from window_app.domain.events import Attachment
from window_app.domain.line import LineStatus, LinkState, Replica, RoundReport
from window_app.sync.round import Round

Result = TypeVar("Result")
MOST_RENEWALS = 2


class OnCallLine:
    """Implements `domain.line.LineControl` without a thread, for a caller who owns the store."""

    def __init__(self, replica: Replica, begin: Callable[[], Round]) -> None:
        """Take the store and the way to a new round; nothing is connected yet."""
        self._replica = replica
        self._begin = begin

    def status(self) -> LineStatus:
        """Return what the store remembers of the last contact."""
        contact = self._replica.last_contact()
        if contact is None:
            return LineStatus(LinkState.CONNECTING)
        return LineStatus(LinkState.CONNECTING, last_contact=contact[0], offset_ms=contact[1])

    def nudge(self) -> None:
        """Do nothing: a command that receives leaves the sending to `run` or to the desktop."""

    def watch(self, told: Callable[[LineStatus], None]) -> None:
        """Tell nothing: without a thread nothing changes by itself."""

    def run(self) -> RoundReport:
        """Go through one round; after a fork, through another one with the new identity."""
        renewed = 0
        for _ in range(MOST_RENEWALS):
            report = self._with_round(Round.run)
            if report.outcome != "renewed":
                break
            renewed += report.renewed
        return replace(report, renewed=renewed) if renewed else report

    def fetch_bodies(self, case_id: UUID, clerk: str, reason: str) -> int:
        """Fetch and keep the bodies of a case.

        Raises:
            LineDown, StationRefused.
        """
        return self._with_round(lambda round_: round_.fetch_bodies(case_id, clerk, reason))

    def fetch_case(self, number: str) -> bool:
        """Fetch a case older than this replica's beginning by its number.

        Raises:
            LineDown, StationRefused, PageDamaged.
        """
        return self._with_round(lambda round_: round_.fetch_case(number))

    def fetch_piece(self, case_id: UUID, file: Attachment, number: int, clerk: str, reason: str) -> bool:
        """Fetch and keep a piece of an attachment.

        Raises:
            LineDown, StationRefused, PageDamaged.
        """
        return self._with_round(lambda round_: round_.fetch_piece(case_id, file, number, clerk, reason))

    def close(self) -> None:
        """Do nothing: nothing is held open."""

    def _with_round(self, step: Callable[[Round], Result]) -> Result:
        round_ = self._begin()
        try:
            return step(round_)
        finally:
            round_.close()
