"""What the running line tells: the report of a round, how it stands, and the line as services and screens know it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from window_app.domain.events import Attachment

CLOCK_TOLERANCE_MS = 5 * 60 * 1000


@dataclass(frozen=True, slots=True)
class RoundReport:
    """One round: what went out, what came in, and why it ended where it did.

    `outcome` is "done", "down", "refused", "revoked", "renewed" or "damaged"; `reason` is a message code.
    `pieces` of attachments were handed in; with `pieces_left` the next round is to begin at once.
    """

    outcome: str
    reason: str = ""
    pushed: int = 0
    set_aside: int = 0
    pulled: int = 0
    rewound: int = 0
    renewed: int = 0
    compared: bool = False
    differing: tuple[str, ...] = ()
    offset_ms: int | None = None
    params: tuple[tuple[str, Any], ...] = ()
    pieces: int = 0
    pieces_left: bool = False


@dataclass(frozen=True, slots=True)
class SetApart:
    """What came in a page and was not taken for an event; kept byte for byte.

    Attributes:
        feed, fseq: its place in a feed; None where the event itself was taken, its body or its fold not.
        reason: "unreadable", "other_content" (another event under a known id), "twice", "no_place" (its
            station has others at its place), "body" (does not fit the envelope), "fold".
        noticed_at: when it came; None for what came before that was noted.
        station: the author's name as the directory has it; "" where it names none.
        seen_at: when a person noted that it was seen; None for what is new.
    """

    feed: str | None
    fseq: int | None
    station_id: UUID
    lseq: int
    reason: str
    noticed_at: datetime | None = None
    station: str = ""
    seen_at: datetime | None = None


class LinkState(StrEnum):
    """How the line stands."""

    NONE = "none"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    DOWN = "down"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LineStatus:
    """What the status bar shows of the line. NONE: this station has no centre (practice)."""

    state: LinkState
    last_contact: datetime | None = None
    offset_ms: int | None = None
    reason: str = ""
    params: tuple[tuple[str, Any], ...] = ()
    next_try_at: datetime | None = None
    sending: tuple[int, int] | None = None

    @property
    def clock_off(self) -> bool:
        """Tell whether this machine's clock is further from the centre's than statutory dates may bear."""
        return self.offset_ms is not None and abs(self.offset_ms) > CLOCK_TOLERANCE_MS


class LineControl(Protocol):
    """The running line as services and screens know it; no call waits for the network."""

    def status(self) -> LineStatus:
        """Return how the line stands now."""
        ...

    def nudge(self) -> None:
        """Begin a round at once: something was received, or a person asked for it."""
        ...

    def watch(self, told: Callable[[LineStatus], None]) -> None:
        """Have every change told, on the line's own thread."""
        ...

    def fetch_bodies(self, case_id: UUID, clerk: str, reason: str) -> int:
        """Fetch and keep the bodies of a case; waits for the network, so for free workers alone.

        Raises:
            LineDown, StationRefused.
        """
        ...

    def fetch_case(self, number: str) -> bool:
        """Fetch a case older than this replica's beginning by its number; waits for the network."""
        ...

    def fetch_piece(self, case_id: UUID, file: Attachment, number: int, clerk: str, reason: str) -> bool:
        """Fetch and keep a piece of an attachment; waits for the network, so for free workers alone.

        False where the centre has no such piece that this station may read.

        Raises:
            LineDown, StationRefused, PageDamaged.
        """
        ...

    def close(self) -> None:
        """End the line within its deadline."""
        ...
