"""Comparing: both ends count each feed station by station, and a feed that is another one here is taken anew.

A centre that was set back can get the same events again in another order, and where the last of them lands at its old
place no witness tells. The marks of places do.
"""

from collections.abc import Iterable
from functools import partial

from window_app import log
from window_app.errors import WindowAppError
from window_app.sync.ends import Ends, Tally
from window_app.sync.pulling import Pulling

STEPS_AT_ONCE = 5000
_LOGGER = log.logger("line")


class Differing(WindowAppError):
    """After a round this store and the centre count different events; params: `count` of stations."""

    code = "line.differing"


class Comparing:
    """Compares feeds; remembers those that differ although they were taken anew, so that none is again and again."""

    def __init__(self, ends: Ends, pulling: Pulling) -> None:
        self._ends = ends
        self._pulling = pulling
        self._in_vain: set[str] = set()

    def compare(self, feeds: Iterable[str], tally: Tally, *, rechecked: bool) -> bool:
        """Compare feeds, and answer whether a new session must look into what differs.

        Args:
            feeds: what to compare; what still differed the last time is compared as well.
            tally: takes the differences.
            rechecked: this round began its session, so what the centre lacks was handed in already; a
                feed that differs all the same is stepped back to its beginning here and pulled again, and
                where that began at a checkpoint and is of no use, to the very beginning.

        Raises:
            LineDown, StationRefused, ClientTooOld, PageDamaged, Rewound.
        """
        differing: set[str] = set()
        unsettled = False
        for feed in sorted({*feeds, *self._in_vain}):
            found = self._differing(feed, tally)
            if found and rechecked and feed not in self._in_vain:
                found = self._mended(feed, tally)
                if found:
                    self._in_vain.add(feed)
            if found == frozenset():
                self._in_vain.discard(feed)
            differing |= found or set()
            unsettled = unsettled or bool(found and feed not in self._in_vain)
        tally.differing = tuple(sorted(differing))
        if differing:
            _LOGGER.warning("line.differing", extra={"fields": {"count": len(differing)}})
            tally.troubles.append(Differing(count=len(differing)))
        return unsettled

    def _differing(self, feed: str, tally: Tally) -> frozenset[str] | None:
        """Return the stations that differ, or None where the feed went on in between."""
        ends = self._ends
        upto = ends.store(partial(ends.replica.cursor, feed)).after
        theirs = ends.centre.counts(feed, upto)
        if theirs is None:
            return None
        tally.compared = True
        held = {one.station_id: one for one in ends.store(partial(ends.replica.counts, feed))}
        given = {one.station_id: one for one in theirs}
        return frozenset(str(one) for one in held.keys() | given.keys() if held.get(one) != given.get(one))

    def _mended(self, feed: str, tally: Tally) -> frozenset[str] | None:
        """Take a feed anew from where this replica began it, and answer as `_differing` does.

        Where that is a checkpoint and the feed differs still, the centre was set back behind the
        checkpoint and filled in another order: what the root key signed there is of a feed that no
        longer is. So the feed is followed from its very beginning.
        """
        self._take_anew(feed, tally)
        found = self._differing(feed, tally)
        if found and self._ends.store(partial(self._ends.replica.base, feed)):
            _LOGGER.warning("line.checkpoint_left")
            self._step_to_base(feed)
            # From its base on a step back leaves the checkpoint behind.
            self._ends.store(partial(self._ends.replica.step_back, feed, 1))
            self._pulling.feed(feed, tally)
            found = self._differing(feed, tally)
        return found

    def _take_anew(self, feed: str, tally: Tally) -> None:
        """Step a feed back to where this replica began it, keeping its events, and pull it again."""
        _LOGGER.warning("line.feed_taken_anew")
        self._step_to_base(feed)
        tally.rewound += 1
        self._pulling.feed(feed, tally)

    def _step_to_base(self, feed: str) -> None:
        store, replica = self._ends.store, self._ends.replica
        base = store(partial(replica.base, feed))
        while (after := store(partial(replica.cursor, feed)).after) > base:
            store(partial(replica.step_back, feed, min(after - base, STEPS_AT_ONCE)))
            self._ends.pause()
