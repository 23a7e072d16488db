"""Attachments go to the centre piece by piece, after events and never in their way."""

import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from window_app import log
from window_app.domain.attachments import HandingState, PieceAnswer
from window_app.domain.events import Attachment
from window_app.domain.line import Greeting
from window_app.sync.ends import Ends, Tally

ROUND_SECONDS = 8.0
"""Of one round; then events of others are looked for again."""
AT_ONCE = 500
LOST = "attachment.lost_here"
REFUSED = "attachment.refused_there"
_LOGGER = log.logger("line")


class HandingIn:
    """Sends what the centre lacks of own attachments, and gives up here what it has held for long enough."""

    def __init__(self, ends: Ends, keep_days: int) -> None:
        self._ends = ends
        self._keep_days = keep_days

    def hand_in(self, greeting: Greeting, tally: Tally, *, begun: bool) -> None:
        """Send pieces until there are none, until an own event waits, or until the round's time for it is over.

        With `begun`, at the beginning of a session, the centre is asked whether it still holds what it held.

        Raises:
            LineDown, StationRefused, ClientTooOld.
        """
        if begun:
            self._recheck()
            self._give_up(greeting)
        files = self._ends.store(partial(self._ends.replica.open_attachments, AT_ONCE))
        if not files:
            return
        states = self._ends.centre.attachment_states([file.digest for file in files])
        until = time.monotonic() + ROUND_SECONDS
        for file in files:
            if not self._goes_on(file, states, greeting.server_at, tally, until):
                tally.pieces_left = True
                return

    def _recheck(self) -> None:
        store, replica = self._ends.store, self._ends.replica
        held = store(replica.whole_attachments)
        for at in range(0, len(held), AT_ONCE):
            some = held[at : at + AT_ONCE]
            states = self._ends.centre.attachment_states(some)
            lost = [one for one in some if states.get(one) not in (HandingState.WHOLE, HandingState.ERASED)]
            if lost:
                _LOGGER.warning("line.attachments_lost_there", extra={"fields": {"count": len(lost)}})
                store(partial(replica.note_lost, lost))

    def _give_up(self, greeting: Greeting) -> None:
        """Remove what the centre has held for longer than its backups reach back and than is kept here in any case."""
        days = max(self._keep_days, greeting.backup_days)
        before = greeting.server_at - timedelta(days=days)
        self._ends.store(partial(self._ends.replica.drop_attachments, before))

    def _goes_on(
        self, file: Attachment, states: Mapping[str, HandingState], now: datetime, tally: Tally, until: float
    ) -> bool:
        """Send what is lacking of one; False where the round must go back to events first."""
        state = states.get(file.digest)
        if state is None:
            return True
        if state is HandingState.OPEN:
            held = set(self._ends.centre.held_pieces(file.digest))
            for number in range(len(file.pieces)):
                if number in held:
                    continue
                if not self._send(file, number, len(held)):
                    return True
                held.add(number)
                tally.pieces += 1
                self._ends.pause()
                if len(held) < len(file.pieces) and self._must_stop(until):
                    return False
        self._ends.store(partial(self._ends.replica.note_handed_in, file.digest, now))
        return not self._must_stop(until)

    def _send(self, file: Attachment, number: int, held: int) -> bool:
        """Send a piece; False where this attachment cannot go on."""
        store, replica = self._ends.store, self._ends.replica
        content = store(partial(replica.own_piece, file, number))
        if content is None:
            store(partial(replica.note_sent_pieces, file.digest, held, LOST))
            return False
        answer = self._ends.centre.put_piece(file.digest, number, content)
        if answer is PieceAnswer.OK:
            store(partial(replica.note_sent_pieces, file.digest, held + 1, ""))
            return True
        reason = REFUSED if answer is PieceAnswer.MALFORMED else ""
        store(partial(replica.note_sent_pieces, file.digest, held, reason))
        return False

    def _must_stop(self, until: float) -> bool:
        return time.monotonic() >= until or self._event_waits()

    def _event_waits(self) -> bool:
        def waits() -> bool:
            replica = self._ends.replica
            return replica.own_batch(replica.acked(), 1) is not None

        return self._ends.store(waits)
