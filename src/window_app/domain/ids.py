"""Identities: UUIDs of version 7 (RFC 9562), which sort by the moment and the order they were made in."""

import secrets
import threading
from datetime import datetime
from uuid import UUID

_COUNTER_BITS = 42
_TAIL_BITS = 32
_COUNTER_START_BITS = 40
_MOST_MILLISECONDS = (1 << 48) - 1


class IdSource:
    """Makes ids that grow strictly, also within a millisecond and when the clock steps back.

    The 74 bits that RFC 9562 leaves free hold a counter of 42 bits, begun anew at a random place
    in each millisecond, and 32 random bits: nobody guesses an id from its neighbour.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._milliseconds = 0
        self._counter = 0

    def new_id(self, at: datetime) -> UUID:
        """Return a fresh id for an aware instant, greater than every one given before."""
        milliseconds = min(int(at.timestamp() * 1000), _MOST_MILLISECONDS)
        with self._lock:
            if milliseconds > self._milliseconds:
                self._milliseconds = milliseconds
                self._counter = secrets.randbits(_COUNTER_START_BITS)
            else:
                self._counter += 1
            value = _compose(self._milliseconds, self._counter, secrets.randbits(_TAIL_BITS))
        return UUID(int=value)


def _compose(milliseconds: int, counter: int, tail: int) -> int:
    high = counter >> 30
    low = (counter & ((1 << 30) - 1)) << _TAIL_BITS | tail
    return milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low


# Strict growth is a property of the whole process, so the process has one source.
new_id = IdSource().new_id
