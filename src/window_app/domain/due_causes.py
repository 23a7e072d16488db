"""Why something is due, as data: each cause with what it may end with and the events that end it by themselves.

A later part of the program adds its cause here and opens it with `due.opened`; list, keys, settling
and the line to the centre need nothing further.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from window_app.domain.cases import CaseStatus
from window_app.domain.events import EventType

DONE = "done"
CAME = "came"
NOT_NEEDED = "not_needed"
NOT_REACHED = "not_reached"
ENDED_BY_EVENT = "by_event"
"""The result of what an event of its stream ended; nobody chooses it."""


@dataclass(frozen=True, slots=True)
class Ending:
    """An event of the same stream that ends what is due.

    Attributes:
        states: for a change of status the states that do, all of them decisions of an office.
    """

    type: str
    states: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DueCause:
    """A cause.

    Attributes:
        by_hand: a clerk may open it; the others are the program's.
        results: what a clerk may say when she settles it, the likeliest first.
        endings: events after its opening that settle it without a person.
    """

    code: str
    by_hand: bool = True
    results: tuple[str, ...] = (DONE, NOT_NEEDED, NOT_REACHED)
    endings: tuple[Ending, ...] = ()


_DECIDED = frozenset({CaseStatus.ACCEPTED, CaseStatus.REFUSED, CaseStatus.TRANSFERRED, CaseStatus.CLOSED})

CORRECTION = "correction_awaited"
CALL_BACK = "call_back"
FOLLOW_UP = "follow_up"
PROMISE = "promised_answer"
LISTED = "commitment_by_listed"

CAUSES: Mapping[str, DueCause] = {
    cause.code: cause
    for cause in (
        DueCause(FOLLOW_UP),
        DueCause(CALL_BACK, results=(DONE, NOT_REACHED, NOT_NEEDED)),
        DueCause(
            PROMISE,
            by_hand=False,
            endings=(Ending(EventType.NUMBER_VOIDED), Ending(EventType.STATUS_CHANGED, _DECIDED)),
        ),
        # Whoever is on the list made a commitment where that was not known yet: somebody tells the office and her.
        DueCause(
            LISTED,
            by_hand=False,
            results=(DONE, NOT_NEEDED),
            endings=(Ending(EventType.COMMITMENT_WITHDRAWN), Ending(EventType.NUMBER_VOIDED)),
        ),
        DueCause(
            CORRECTION,
            results=(CAME, NOT_NEEDED, NOT_REACHED),
            endings=(
                Ending(EventType.MATERIALS_COMPLETED),
                Ending(EventType.NUMBER_VOIDED),
                Ending(EventType.STATUS_CHANGED, _DECIDED),
            ),
        ),
    )
}

ENDING_TYPES = frozenset(ending.type for cause in CAUSES.values() for ending in cause.endings)
"""Types of events that can end something; whoever projects what is due looks at these too."""
