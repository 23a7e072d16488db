"""What can be asked of a printer: sides, tray, copies; what it says of itself and of a job."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

MOST_COPIES = 20


class Sides(StrEnum):
    """How the pages of a paper lie on its sheets; AS_IT_IS leaves it to the queue."""

    AS_IT_IS = ""
    ONE = "one"
    LONG_EDGE = "long_edge"
    SHORT_EDGE = "short_edge"


@dataclass(frozen=True, slots=True)
class PrintChoices:
    """How a kind of paper is printed.

    Attributes:
        tray: the queue's own name of a tray; "" leaves it to the queue.
        copies: at least so many; a paper that names more copies gets more.
    """

    sides: Sides = Sides.AS_IT_IS
    tray: str = ""
    copies: int = 1


AS_IT_IS = PrintChoices()


@dataclass(frozen=True, slots=True)
class PrinterOffers:
    """What a queue offers; what is empty cannot be chosen.

    Attributes:
        trays: the queue's own names of its trays, each with what a person reads.
        known: whether the queue said anything at all; one that does not is offered nothing.
    """

    sides: tuple[Sides, ...] = ()
    trays: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    known: bool = True


class JobState(StrEnum):
    """What became of a job that the printer had taken."""

    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class JobReport:
    """Where a job stands; `detail` is the code of what holds it up, "" where nothing does."""

    state: JobState
    detail: str = ""
