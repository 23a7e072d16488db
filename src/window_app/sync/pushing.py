"""Pushing: own events go to the centre in order, any number of times with the effect of one."""

from functools import partial

from window_app import log
from window_app.domain.line import BATCH_MOST, Greeting, LineDown, OwnBatch, PushAnswer, PushCode, StationRefused
from window_app.errors import WindowAppError
from window_app.sync.ends import Ends, Forked, Tally

FIRST_BATCH = 250
MOST_GAPS = 3
QUARANTINED = "line.quarantined"
QUARANTINE_FULL = "line.quarantine_full"
SET_ASIDE = "line.set_aside"
MALFORMED = "line.malformed"
ANSWER_LOST = "line.answer_lost"
_LOGGER = log.logger("line")


class PushStuck(WindowAppError):
    """The centre took a batch and says that it did not."""

    code = "line.stuck"


class Pushing:
    """Sends own events; remembers from round to round how large a batch may be on this line."""

    def __init__(self, ends: Ends) -> None:
        self._ends = ends
        self._limit = FIRST_BATCH
        self._unknown: tuple[int, int] | None = None
        self._handed_in = 0

    def recheck(self, greeting: Greeting, tally: Tally) -> None:
        """Find out whether the centre or this store lost something while there was no line.

        The last own event that the centre says it holds is sent again. So a lost acknowledgement is
        noticed also by a counter that never writes again, and a rolled-back disk before it writes.

        Raises:
            Forked: this store does not hold that event, or another in its place.
        """
        store, replica = self._ends.store, self._ends.replica
        self._handed_in = 0
        held = greeting.acked
        if held:
            batch = store(partial(replica.own_batch, held - 1, 1))
            if batch is None or batch.first_lseq != held:
                raise Forked()
            answer = self._send(batch)
            if answer.code is PushCode.FORK:
                raise Forked()
            if answer.code in (PushCode.QUARANTINED, PushCode.FULL):
                tally.revoked = True
                return
            held = answer.acked
        before = store(replica.acked)
        if held < before:
            self._doubt(held, tally)
        if held != before:
            store(partial(replica.note_acked, held, greeting.epoch))
        self._forget_unknown(held)

    def hand_back(self, greeting: Greeting) -> None:
        """Where the centre that revoked this station lost what it had confirmed, let that be handed in once more."""
        store, replica = self._ends.store, self._ends.replica
        if greeting.acked < store(replica.acked):
            store(partial(replica.note_acked, greeting.acked, greeting.epoch))

    def push(self, tally: Tally) -> None:
        """Send all own events that the centre has not confirmed.

        Raises:
            Forked, LineDown, StationRefused.
        """
        store, replica = self._ends.store, self._ends.replica
        after = max(store(replica.acked), self._handed_in)
        gaps = 0
        while True:
            batch = store(partial(replica.own_batch, after, self._limit))
            if batch is None:
                return
            answer = self._send(batch)
            gaps += answer.code is PushCode.GAP
            if gaps > MOST_GAPS:
                raise PushStuck()
            if answer.code is PushCode.FULL:
                # Nothing behind it would be taken either; all of it stays here.
                self._note(batch.first_lseq, batch.events[-1].lseq, "refused", QUARANTINE_FULL)
                tally.revoked = True
                return
            after = self._take(batch, answer, tally)
            self._ends.pause()

    def _take(self, batch: OwnBatch, answer: PushAnswer, tally: Tally) -> int:
        """Note what the centre did with a batch and return behind which event to go on."""
        store, replica = self._ends.store, self._ends.replica
        first, last = batch.first_lseq, batch.events[-1].lseq
        if answer.code is PushCode.FORK:
            raise Forked()
        if answer.code is PushCode.QUARANTINED:
            self._note(first, last, "refused", QUARANTINED)
            tally.revoked = True
            tally.set_aside += len(batch.events)
            self._handed_in = last
            return last
        if answer.code is PushCode.OK and answer.acked < last:
            raise PushStuck()
        store(partial(replica.note_acked, answer.acked, answer.epoch))
        if answer.code is PushCode.GAP:
            tally.set_back = True
            self._doubt(answer.acked, tally)
            return answer.acked
        if answer.set_aside:
            _LOGGER.warning("line.set_aside", extra={"fields": {"count": len(answer.set_aside)}})
            for lseq in answer.set_aside:
                self._note(lseq, lseq, "refused", SET_ASIDE)
        tally.pushed += len(batch.events)
        tally.set_aside += len(answer.set_aside)
        self._limit = min(self._limit * 2, BATCH_MOST)
        return last

    def _send(self, batch: OwnBatch) -> PushAnswer:
        first, last = batch.first_lseq, batch.events[-1].lseq
        signer = self._ends.signer
        key_id, signature = signer.key_id(), signer.sign(batch.signed_bytes)
        self._ends.sending((first, last))
        try:
            return self._ends.centre.push(batch, key_id, signature)
        except LineDown as down:
            self._limit = max(1, min(self._limit, len(batch.events)) // 2)
            if down.sent:
                self._unknown = (first, last)
                self._note(first, last, "unknown", ANSWER_LOST)
            raise
        except StationRefused as refused:
            if refused.code == MALFORMED:
                self._note(first, last, "refused", MALFORMED)
            raise
        finally:
            self._ends.sending(None)

    def _forget_unknown(self, held: int) -> None:
        """Take back "unknown" from events of which the recheck said that they did not arrive."""
        unknown, self._unknown = self._unknown, None
        if unknown is not None and unknown[1] > held:
            first, last = max(unknown[0], held + 1), unknown[1]
            self._note(first, last, "waiting", "")

    def _doubt(self, held: int, tally: Tally) -> None:
        """Believe no number that the centre gave from the first event on which it lost."""
        store, replica = self._ends.store, self._ends.replica
        present, _ = store(replica.incarnations)[-1]
        tally.rewound += store(partial(replica.doubt, present, held))

    def _note(self, first: int, last: int, state: str, reason: str) -> None:
        self._ends.store(partial(self._ends.replica.note_outcome, first, last, state, reason))
