"""What a station puts at the end of the directory, signed by itself: an office's list, and names of clerks."""

from collections.abc import Callable
from functools import partial

from window_app import log
from window_app.domain.line import EntryToSign, StationRefused, directory_bytes
from window_app.errors import WindowAppError
from window_app.sync.ends import Ends, Tally
from window_app.sync.pulling import Pulling
from window_app.sync.refusals import ENDED

MOST_TRIES = 8
Append = Callable[[int, str, bytes, str], bool]
_LOGGER = log.logger("line")


class ListTrouble(WindowAppError):
    """What is wrong with the list and stops nothing: an entry has no force (params: `dseq`, `part`), or was refused."""

    code = "credit.without_force"


class Listing:
    """Hands in entries; what was handed in before, or by an answer that got lost, stands there once."""

    def __init__(self, ends: Ends, pulling: Pulling) -> None:
        self._ends = ends
        self._pulling = pulling

    def hand_in(self, tally: Tally) -> None:
        """Append what waits, oldest first; what the centre refuses is told and tried again in the next round.

        Raises:
            LineDown, StationRefused, ClientTooOld, PageDamaged.
        """
        store, replica = self._ends.store, self._ends.replica
        key_id = self._ends.signer.key_id()
        for entry in store(partial(replica.credit_waiting, key_id)):
            try:
                self._append(entry, self._ends.centre.append_credit)
            except StationRefused as refused:
                if refused.code in ENDED:
                    raise
                _LOGGER.error("line.credit_refused", exc_info=refused)
                tally.troubles.append(ListTrouble(refused.code))
            self._ends.pause()

    def name_clerks(self) -> None:
        """Say what this station's clerks are called where the directory does not say so yet.

        A name that the centre refuses holds nothing up: others go on seeing the code.

        Raises:
            LineDown, ClientTooOld, PageDamaged.
        """
        store, replica = self._ends.store, self._ends.replica
        key_id = self._ends.signer.key_id()
        for entry in store(partial(replica.clerks_waiting, key_id)):
            try:
                self._append(entry, self._ends.centre.append_clerk)
            except StationRefused as refused:
                if refused.code in ENDED:
                    raise
                _LOGGER.warning("line.clerk_not_named", exc_info=refused)
                return
            self._ends.pause()

    def tell(self, tally: Tally) -> None:
        """Tell of an entry in the directory that has no force, once after it came."""
        for dseq, part in sorted(self._pulling.without_force.items()):
            tally.troubles.append(ListTrouble(dseq=dseq, part=part))
        self._pulling.without_force.clear()

    def _append(self, entry: EntryToSign, append: Append) -> None:
        """Sign an entry for the place behind the last one, and anew where somebody was there first."""
        content = entry.content()
        for _ in range(MOST_TRIES):
            last, link = self._ends.store(self._ends.replica.directory_end)
            signature = self._ends.signer.sign(directory_bytes(last + 1, link, content))
            appended = append(last + 1, link, content, signature)
            self._pulling.directory()
            if appended:
                return
        _LOGGER.warning("line.directory_busy")
