"""One round with the centre: recheck, directory, push, pull, compare; what fails is classified, not raised."""

import time
from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from window_app import log
from window_app.clock import Clock
from window_app.domain.events import Attachment, digest
from window_app.domain.line import (
    Centre,
    ClientTooOld,
    Greeting,
    LineDown,
    NewIdentity,
    PageDamaged,
    Replica,
    Rewound,
    RoundReport,
    StationRefused,
)
from window_app.domain.ports import Signer
from window_app.domain.receipt_numbers import ReceiptNumberInvalid, parse
from window_app.errors import WindowAppError
from window_app.sync.comparing import Comparing, Differing
from window_app.sync.ends import Ends, Forked, Result, StoreDoor, StoreQueue, Tally, begun_directly, directly
from window_app.sync.handing_in import HandingIn
from window_app.sync.incarnations import Incarnations, agreed
from window_app.sync.listing import Listing, ListTrouble
from window_app.sync.pulling import Pulling
from window_app.sync.pushing import MALFORMED, Pushing

SESSION_SECONDS = 1800
KEEP_DAYS = 30
REVOKED = "line.revoked"
REFUSED = "line.refused"
_LOGGER = log.logger("line")


class Round:
    """Brings a replica and the centre to the same state; may be run again and again in one session."""

    def __init__(
        self,
        replica: Replica,
        centre: Centre,
        signer: Signer,
        *,
        clock: Clock,
        root_key: bytes,
        submit: StoreDoor = directly,
        begin: StoreQueue = begun_directly,
        pause: Callable[[], None] = lambda: None,
        sending: Callable[[tuple[int, int] | None], None] = lambda _: None,
        keep_days: int = KEEP_DAYS,
    ) -> None:
        """Take the two ends; `submit` carries work out where the replica lives, `begin` only has it begun there.

        `keep_days` is how long attachments stay here at least after the centre holds them.
        """
        self._ends = Ends(replica, centre, signer, clock, submit, pause, sending, begin)
        self._pushing = Pushing(self._ends)
        self._pulling = Pulling(self._ends, root_key)
        self._comparing = Comparing(self._ends, self._pulling)
        self._earlier = Incarnations(self._ends)
        self._handing_in = HandingIn(self._ends, keep_days)
        self._listing = Listing(self._ends, self._pulling)
        self._greeting: Greeting | None = None
        self._greeted_at = 0.0
        self._rechecked = False
        self._offset_ms: int | None = None

    def run(self) -> RoundReport:
        """Go through one round; raises nothing but what is a mistake in the program."""
        tally = Tally()
        try:
            self._run(tally)
        except WindowAppError as error:
            self._greeting = None
            return self._report(tally, error)
        trouble = tally.troubles[0] if tally.troubles else None
        return self._report(tally, trouble)

    def fetch_bodies(self, case_id: UUID, clerk: str, reason: str) -> int:
        """Fetch and keep the bodies of a case.

        Raises:
            LineDown, StationRefused, ClientTooOld.
        """
        bodies = self._in_session(lambda _: self._ends.centre.bodies(case_id, clerk, reason))
        return self._ends.store(partial(self._ends.replica.keep_bodies, bodies)) if bodies else 0

    def fetch_case(self, number: str) -> bool:
        """Fetch a case by its number, however it is written, also one from before the beginning of this replica.

        Raises:
            LineDown, StationRefused, ClientTooOld, PageDamaged.
        """
        try:
            compact = parse(number).compact
        except ReceiptNumberInvalid:
            return False
        return self._in_session(lambda greeting: self._fetch_case(greeting, compact))

    def fetch_piece(self, case_id: UUID, file: Attachment, number: int, clerk: str, reason: str) -> bool:
        """Fetch and keep a piece of an attachment; False where the centre has none that may be read.

        Raises:
            LineDown, StationRefused, ClientTooOld, PageDamaged.
        """
        content = self._in_session(lambda _: self._ends.centre.get_piece(case_id, file.digest, number, clerk, reason))
        if content is None:
            return False
        if not self._ends.store(partial(self._ends.replica.keep_piece, file, number, content)):
            raise PageDamaged(feed="", fseq=number, part="piece")
        return True

    def close(self) -> None:
        """End the session; may be called from another thread while a call hangs."""
        self._greeting = None
        self._earlier.close()
        self._ends.centre.close()

    def _fetch_case(self, greeting: Greeting, number: str) -> bool:
        case_id = self._ends.centre.find_case(number)
        if case_id is None:
            return False
        self._pulling.directory()
        for feed in greeting.feeds:
            self._pulling.cases(feed, (case_id,))
        self._fetch_sets()
        return True

    def _run(self, tally: Tally) -> None:
        if time.monotonic() - self._greeted_at > SESSION_SECONDS:
            self._greeting = None
        try:
            self._in_session(lambda greeting: self._exchange(greeting, tally))
        except Forked:
            self._renew(tally)
        except StationRefused as refused:
            self._return(tally, refused)

    def _in_session(self, step: Callable[[Greeting], Result]) -> Result:
        """Take a step in the session there is, or in a new one where that is over: a token does not last for ever."""
        begun = self._greeting is None
        try:
            try:
                return step(self._greet())
            except StationRefused:
                if begun:
                    raise
                self._greeting = None
                return step(self._greet())
        except (LineDown, StationRefused):
            self._greeting = None
            raise

    def _exchange(self, greeting: Greeting, tally: Tally) -> None:
        begun = not self._rechecked
        if begun:
            self._ends.store(self._ends.replica.read_again)
        if begun and greeting.active:
            self._recheck(greeting, tally)
        elif begun:
            self._pushing.hand_back(greeting)
            self._earlier.mend(tally)
        self._rechecked = True
        self._guarded(tally, self._pulling.directory, only=greeting.active)
        self._send_sets(only=greeting.active)
        self._pushing.push(tally)
        if not greeting.active or tally.revoked:
            tally.revoked = True
            return
        if tally.set_back and not begun:
            self._earlier.mend(tally)
        before = tally.rewound
        self._pull(greeting, tally)
        if tally.rewound > before:
            self._catch_up(tally)
        self._guarded(tally, partial(self._listing.hand_in, tally))
        self._guarded(tally, self._listing.name_clerks)
        self._fetch_sets()
        self._compare(greeting, tally, rechecked=begun or tally.rewound > before)
        if begun or tally.pulled:
            now = self._ends.clock.now()
            self._ends.store(partial(self._ends.replica.forget_confidential, greeting.backup_days, now))
        self._listing.tell(tally)
        self._handing_in.hand_in(greeting, tally, begun=begun)

    def _pull(self, greeting: Greeting, tally: Tally) -> None:
        for feed in greeting.feeds:
            self._guarded(tally, partial(self._pulling.feed, feed, tally))
            self._ends.pause()

    def _catch_up(self, tally: Tally) -> None:
        """The centre was set back: hand in again what it lost of ours, and see it stand in the feed."""
        self._greeting = None
        greeting = self._greet()
        self._recheck(greeting, tally)
        self._rechecked = True
        self._pushing.push(tally)
        self._pull(greeting, tally)

    def _recheck(self, greeting: Greeting, tally: Tally) -> None:
        self._pushing.recheck(greeting, tally)
        if not tally.revoked:
            self._earlier.mend(tally)

    def _guarded(self, tally: Tally, step: Callable[[], None], *, only: bool = True) -> None:
        """Take a step whose failure must not keep other feeds, or own events, from travelling."""
        if not only:
            return
        try:
            step()
        except (PageDamaged, Rewound) as error:
            _LOGGER.error("line.page_damaged", exc_info=error)
            tally.troubles.insert(0, error)

    def _greet(self) -> Greeting:
        if self._greeting is None:
            ends = self._ends
            before = ends.clock.now()
            greeting = ends.centre.hello()
            after = ends.clock.now()
            offset = greeting.server_at - (before + (after - before) / 2)
            self._offset_ms = round(offset.total_seconds() * 1000)
            ends.store(partial(ends.replica.note_contact, after, self._offset_ms))
            self._greeting, self._greeted_at, self._rechecked = greeting, time.monotonic(), False
        return self._greeting

    def _renew(self, tally: Tally) -> None:
        """Go on as a new station: whoever writes under the old id now, it is no longer this one."""
        _LOGGER.warning("line.forked")
        present, _ = self._ends.store(self._ends.replica.incarnations)[-1]
        held = self._earlier.mend(tally).held
        held[present] = agreed(self._ends, self._ends.centre, present, self._greet().acked)
        self._go_on_as(self._ends.centre.renew(), held, tally)

    def _return(self, tally: Tally, refused: StationRefused) -> None:
        """Go on as a new station where the centre was set back to when this one was an earlier one.

        Raises:
            StationRefused: as before, where it knows no earlier one either.
            Renewed, LineDown, ClientTooOld.
        """
        *earlier, (present, _) = self._ends.store(self._ends.replica.incarnations)
        if refused.code != REFUSED or not earlier or self._is_known():
            raise refused
        standing = self._earlier.mend(tally)
        if standing.newest is None:
            raise refused
        _LOGGER.warning("line.present_unknown")
        identity = self._earlier.renew_as(*standing.newest)
        self._go_on_as(identity, {**standing.held, present: 0}, tally)

    def _is_known(self) -> bool:
        try:
            self._ends.centre.hello()
        except StationRefused:
            return False
        return True

    def _go_on_as(self, identity: NewIdentity, held: Mapping[UUID, int], tally: Tally) -> None:
        store, replica = self._ends.store, self._ends.replica
        for station_id, upto in held.items():
            tally.rewound += store(partial(replica.doubt, station_id, upto))
        tally.renewed = store(partial(replica.renew, identity, held))
        self._greeting = None
        raise Renewed()

    def _send_sets(self, *, only: bool) -> None:
        ends = self._ends
        for content_hash, content in ends.store(ends.replica.own_sets) if only else ():
            try:
                ends.centre.keep_set(content_hash, content)
            except StationRefused as refused:
                if refused.code != MALFORMED:
                    raise
                # A set that does not fit its name must not keep events from travelling.
                _LOGGER.error("line.set_refused", extra={"fields": {"content_hash": content_hash}})
                continue
            ends.store(partial(ends.replica.note_set_sent, content_hash))

    def _fetch_sets(self) -> None:
        ends = self._ends
        for content_hash in ends.store(ends.replica.unknown_sets):
            content = ends.centre.find_set(content_hash)
            if content is not None and digest(content) == content_hash:
                ends.store(partial(ends.replica.keep_set, content_hash, content))

    def _compare(self, greeting: Greeting, tally: Tally, *, rechecked: bool) -> None:
        """Compare counts where something moved, and everywhere once a session: a centre set back ends them all."""
        feeds = set(greeting.feeds) if rechecked or tally.pushed else tally.moved
        if self._comparing.compare(feeds, tally, rechecked=rechecked):
            self._greeting = None

    def _report(self, tally: Tally, error: WindowAppError | None) -> RoundReport:
        outcome, reason = _outcome(tally, error)
        return RoundReport(
            outcome=outcome,
            reason=reason,
            pushed=tally.pushed,
            set_aside=tally.set_aside,
            pulled=tally.pulled,
            rewound=tally.rewound,
            renewed=tally.renewed,
            pieces=tally.pieces,
            pieces_left=tally.pieces_left,
            compared=tally.compared,
            differing=tally.differing,
            offset_ms=self._offset_ms,
            params=tuple(sorted(error.params.items())) if error is not None else (),
        )


class Renewed(WindowAppError):
    """This installation goes on as a new station; the next round begins with the new identity."""

    code = "line.renewed"


def _is_revoked(tally: Tally, error: WindowAppError | None) -> bool:
    refused = isinstance(error, StationRefused)
    return (tally.revoked and (error is None or refused)) or (refused and error is not None and error.code == REVOKED)


def _outcome(tally: Tally, error: WindowAppError | None) -> tuple[str, str]:
    """Return the outcome of a round and the code of what is to be told of it."""
    if isinstance(error, LineDown):
        return "down", error.code
    if _is_revoked(tally, error):
        return "revoked", REVOKED
    if isinstance(error, StationRefused | ClientTooOld):
        return "refused", error.code
    if isinstance(error, Renewed):
        return "renewed", error.code
    if isinstance(error, Differing | ListTrouble):
        return "done", error.code
    if error is not None:
        return "damaged", error.code
    return "done", "line.set_aside" if tally.set_aside else ""
