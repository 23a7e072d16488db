"""Earlier incarnations: after a fork a station goes on as another one, but a centre set back may know only the old.

What the centre lost of an earlier chain nobody else may hold. So this installation says hello as each station that it
ever was, and hands in again what is missing; where the centre does not know the present one, it goes on from the
newest that it knows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar
from uuid import UUID

from window_app import log
from window_app.domain.line import Centre, Greeting, LineDown, NewIdentity, OwnBatch, PushCode, StationRefused
from window_app.sync.ends import Ends, Tally

BATCH = 200
Result = TypeVar("Result")
_LOGGER = log.logger("line")


@dataclass(slots=True)
class Standing:
    """Up to where the centre holds each earlier chain as this store does; `newest` is the last one it knows."""

    held: dict[UUID, int] = field(default_factory=dict)
    newest: tuple[UUID, bytes] | None = None


class Incarnations:
    """Speaks with the centre as each station that this installation was, each in a session of its own."""

    def __init__(self, ends: Ends) -> None:
        self._ends = ends
        self._centre: Centre | None = None
        self._closed = False
        self._limit = BATCH

    def mend(self, tally: Tally) -> Standing:
        """Hand in what the centre lost of earlier chains; one that it does not know counts as held up to 0.

        Raises:
            LineDown, ClientTooOld.
        """
        standing = Standing()
        *earlier, _ = self._ends.store(self._ends.replica.incarnations)
        for station_id, secret in earlier:
            try:
                self._as(station_id, secret, partial(self._mend, standing, tally, (station_id, secret)))
            except StationRefused:
                standing.held[station_id] = 0
            self._ends.pause()
        return standing

    def renew_as(self, station_id: UUID, secret: bytes) -> NewIdentity:
        """Have the centre give a new identity to an incarnation that it knows.

        Raises:
            LineDown, StationRefused, ClientTooOld.
        """
        return self._as(station_id, secret, lambda centre, _: centre.renew())

    def close(self) -> None:
        """End the session there is; may be called from another thread while a call hangs."""
        self._closed = True
        centre = self._centre
        if centre is not None:
            centre.close()

    def _as(self, station_id: UUID, secret: bytes, work: Callable[[Centre, Greeting], Result]) -> Result:
        centre = self._centre = self._ends.centre.as_station(station_id, secret)
        try:
            if self._closed:
                raise LineDown("cut")
            return work(centre, centre.hello())
        finally:
            self._centre = None
            centre.close()

    def _mend(
        self, standing: Standing, tally: Tally, who: tuple[UUID, bytes], centre: Centre, greeting: Greeting
    ) -> None:
        if not greeting.active:
            # Revoked: what the centre lost of it is kept there for a person.
            self._push(tally, who[0], centre, greeting.acked)
            return
        held = agreed(self._ends, centre, who[0], greeting.acked)
        if held == greeting.acked:
            held = self._push(tally, who[0], centre, held)
        standing.held[who[0]] = held
        standing.newest = who

    def _push(self, tally: Tally, station_id: UUID, centre: Centre, held: int) -> int:
        store, replica = self._ends.store, self._ends.replica
        tally.rewound += store(partial(replica.doubt, station_id, held))
        while (batch := store(partial(replica.own_batch, held, self._limit, station_id))) is not None:
            code, set_aside = self._sent(centre, batch)
            if code is PushCode.QUARANTINED:
                set_aside = len(batch.events)
            elif code is not PushCode.OK:
                _LOGGER.warning("line.earlier_chain_stopped", extra={"fields": {"code": code}})
                break
            held = batch.events[-1].lseq
            tally.pushed += len(batch.events)
            tally.set_aside += set_aside
            self._ends.pause()
        return held

    def _sent(self, centre: Centre, batch: OwnBatch) -> tuple[PushCode, int]:
        """Send a batch; a line that breaks gets a smaller one the next time."""
        try:
            answer = _send(self._ends, centre, batch)
        except LineDown:
            self._limit = max(1, min(self._limit, len(batch.events)) // 2)
            raise
        self._limit = min(self._limit * 2, BATCH)
        return answer


def agreed(ends: Ends, centre: Centre, station_id: UUID, acked: int) -> int:
    """Return up to where a centre that holds `acked` events of a station holds the chain that this store holds."""
    if acked == 0 or _agrees(ends, centre, station_id, acked):
        return acked
    low, high = 0, acked
    while high - low > 1:
        middle = (low + high) // 2
        if _agrees(ends, centre, station_id, middle):
            low = middle
        else:
            high = middle
    return low


def _agrees(ends: Ends, centre: Centre, station_id: UUID, lseq: int) -> bool:
    """Answer whether the centre holds the same event at a place: it is sent again, and is no fork."""
    batch = ends.store(partial(ends.replica.own_batch, lseq - 1, 1, station_id))
    return batch is not None and batch.first_lseq == lseq and _send(ends, centre, batch)[0] is PushCode.OK


def _send(ends: Ends, centre: Centre, batch: OwnBatch) -> tuple[PushCode, int]:
    answer = centre.push(batch, ends.signer.key_id(), ends.signer.sign(batch.signed_bytes))
    return answer.code, len(answer.set_aside)
