"""The two ends of a round and what its steps share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from window_app.clock import Clock
from window_app.domain.line import Centre, Replica
from window_app.domain.ports import Signer
from window_app.errors import WindowAppError

Result = TypeVar("Result")


class StoreDoor(Protocol):
    """Carries a piece of work out where the store lives and returns its result."""

    def __call__(self, work: Callable[[], Result], /) -> Result:
        """Carry it out and wait for it."""
        ...


class StoreQueue(Protocol):
    """Has a piece of work begun where the store lives, and returns what waits for its result."""

    def __call__(self, work: Callable[[], Result], /) -> Callable[[], Result]:
        """Have it begun; pieces are carried out one after another in the order in which they were begun."""
        ...


def directly(work: Callable[[], Result], /) -> Result:
    """Carry a piece of work out at once: the caller owns the store."""
    return work()


def begun_directly(work: Callable[[], Result], /) -> Callable[[], Result]:
    """Carry a piece of work out at once: the caller owns the store, and nothing else can go on meanwhile."""
    result = work()
    return lambda: result


class Forked(Exception):
    """The centre holds another chain of this station: the disk was rolled back or cloned. The round renews."""


@dataclass(frozen=True, slots=True)
class Ends:
    """What each step works with.

    Attributes:
        store: the door to the thread that owns the replica.
        begin: the same door for who does something else meanwhile.
        pause: called between two calls; whoever runs the round does other things of the line there.
        sending: told the range of own events that travel, None when they have arrived or not.
    """

    replica: Replica
    centre: Centre
    signer: Signer
    clock: Clock
    store: StoreDoor
    pause: Callable[[], None]
    sending: Callable[[tuple[int, int] | None], None]
    begin: StoreQueue = begun_directly


@dataclass(slots=True)
class Tally:
    """What one round did, as it goes on.

    Attributes:
        moved: feeds in which something new came.
        set_back: the centre lacked own events that it had confirmed.
        troubles: what did not stop the round but must be told, worst first.
        pieces: of attachments, handed in; `pieces_left`: more wait, but events go first.
    """

    pushed: int = 0
    set_aside: int = 0
    pulled: int = 0
    rewound: int = 0
    renewed: int = 0
    pieces: int = 0
    pieces_left: bool = False
    compared: bool = False
    revoked: bool = False
    set_back: bool = False
    differing: tuple[str, ...] = ()
    moved: set[str] = field(default_factory=set)
    troubles: list[WindowAppError] = field(default_factory=list)
