"""The running line: rounds on a thread of its own, soon after each other or far apart, as the line allows."""

import secrets
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from random import Random
from threading import Condition
from typing import Any, TypeVar
from uuid import UUID

from window_app import log
from window_app.clock import Clock
from window_app.domain.events import Attachment
from window_app.domain.line import Centre, LineDown, LineStatus, LinkState, Replica, RoundReport
from window_app.domain.ports import Signer
from window_app.sync.round import KEEP_DAYS, Round
from window_app.tasks import Loop, TaskRunner

SHORTEST_WAIT = 2.0
LONGEST_WAIT = 600.0
CLOSE_SECONDS = 2.0
MOST_CALLS_OF_AN_ERRAND = 6

Result = TypeVar("Result")
_LOGGER = log.logger("line")
_STATES = {
    "done": LinkState.CONNECTED,
    "damaged": LinkState.CONNECTED,
    "renewed": LinkState.CONNECTING,
    "down": LinkState.DOWN,
    "refused": LinkState.REFUSED,
    "revoked": LinkState.REFUSED,
}


class _Ended(Exception):
    """The line is being closed: what is under way stops where it stands."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How the line goes: seconds between polls, over which reconnects are spread, and until a call is given up.

    `keep_days` is how long attachments stay here at least after the centre holds them.
    """

    poll_seconds: float = 15.0
    spread_seconds: float = 300.0
    deadline_seconds: float = 20.0
    keep_days: int = KEEP_DAYS


@dataclass(frozen=True, slots=True)
class _Errand:
    """Something a person waits for: done on the line's thread, between two calls of a round."""

    work: Callable[[Round], Any]
    result: "Future[Any]"


class Line:
    """Implements `domain.line.LineControl`: polls, pushes at once when nudged, backs off with jitter and a ceiling.

    The network stays on the line's own thread; pieces of work on the store go through the runner's
    database worker, each of them short.
    """

    def __init__(
        self,
        replica: Replica,
        connect: Callable[[], Centre],
        signer: Signer,
        *,
        clock: Clock,
        root_key: bytes,
        runner: TaskRunner,
        pace: Pace,
        chance: Random | None = None,
    ) -> None:
        """Start the thread; `connect` is called on the database worker and does not touch the network."""
        self._replica = replica
        self._connect = connect
        self._signer = signer
        self._clock = clock
        self._root_key = root_key
        self._runner = runner
        self._pace = pace
        self._chance = chance or secrets.SystemRandom()
        self._turn = Condition()
        self._closing = False
        self._nudged = False
        self._errands: deque[_Errand] = deque()
        self._pending: set[Future[Any]] = set()
        self._watchers: list[Callable[[LineStatus], None]] = []
        self._status = LineStatus(LinkState.CONNECTING)
        self._round: Round | None = None
        self._failures = 0
        self._tried_at = 0.0
        self._loop = Loop("line", self._run)

    def status(self) -> LineStatus:
        """Return how the line stands now."""
        return self._status

    def nudge(self) -> None:
        """Begin a round at once; while the line is down, not sooner than a moment after the last try."""
        with self._turn:
            self._nudged = True
            self._turn.notify_all()

    def watch(self, told: Callable[[LineStatus], None]) -> None:
        """Have every change told, on the line's own thread."""
        self._watchers.append(told)

    def fetch_bodies(self, case_id: UUID, clerk: str, reason: str) -> int:
        """Fetch and keep the bodies of a case; waits for the network, so for free workers alone.

        Raises:
            LineDown, StationRefused.
        """
        kept: int = self._ask(lambda round_: round_.fetch_bodies(case_id, clerk, reason))
        return kept

    def fetch_case(self, number: str) -> bool:
        """Fetch a case older than this replica's beginning by its number; waits for the network.

        Raises:
            LineDown, StationRefused, PageDamaged.
        """
        found: bool = self._ask(lambda round_: round_.fetch_case(number))
        return found

    def fetch_piece(self, case_id: UUID, file: Attachment, number: int, clerk: str, reason: str) -> bool:
        """Fetch and keep a piece of an attachment; waits for the network, so for free workers alone.

        Raises:
            LineDown, StationRefused, PageDamaged.
        """
        kept: bool = self._ask(lambda round_: round_.fetch_piece(case_id, file, number, clerk, reason))
        return kept

    def close(self) -> None:
        """End the line within two seconds, whatever hangs; may be called on the database worker and again."""
        with self._turn:
            self._closing = True
            for future in self._pending:
                # Where the caller is the database worker itself, what waits behind it would never begin.
                future.cancel()
            self._turn.notify_all()
        round_ = self._round
        if round_ is not None:
            round_.close()
        if not self._loop.join(CLOSE_SECONDS):
            _LOGGER.warning("line.not_ended")

    def _ask(self, work: Callable[[Round], Any]) -> Any:  # noqa: ANN401 # what the errand returns
        errand = _Errand(work, Future())
        with self._turn:
            if self._closing:
                raise LineDown("cut")
            self._errands.append(errand)
            self._turn.notify_all()
        try:
            return errand.result.result(self._pace.deadline_seconds * MOST_CALLS_OF_AN_ERRAND)
        except TimeoutError:
            errand.result.cancel()
            raise LineDown("timeout") from None

    def _run(self) -> None:
        try:
            self._recall()
            delay = 0.0
            while self._wait(delay):
                delay = self._turn_once()
        except _Ended:
            pass
        finally:
            self._end()

    def _recall(self) -> None:
        """Begin with what the store remembers of the last contact."""
        contact = self._store(self._replica.last_contact)
        if contact is not None:
            self._tell(replace(self._status, last_contact=contact[0], offset_ms=contact[1]))

    def _turn_once(self) -> float:
        """Go through one round and return how long to wait for the next."""
        lost = self._status.state is LinkState.CONNECTED
        if not lost:
            self._tell(replace(self._status, state=LinkState.CONNECTING, next_try_at=None))
        try:
            report = self._opened().run()
        except _Ended:
            raise
        except Exception as error:  # a mistake in one round must not end the line for the day
            _LOGGER.exception("line.unexpected", exc_info=error)
            report = RoundReport("damaged", "line.unexpected")
        self._tried_at = time.monotonic()
        if report.outcome == "renewed":
            self._leave()
        self._failures = 0 if report.outcome == "done" else self._failures + 1
        delay = self._delay(report, lost=lost)
        self._tell(self._standing(report, delay))
        return delay

    def _delay(self, report: RoundReport, *, lost: bool) -> float:
        if report.outcome == "done" and report.pieces_left:
            return 0.0
        if report.outcome == "done":
            return self._pace.poll_seconds * self._chance.uniform(0.5, 1.5)
        if report.outcome == "renewed" and self._failures == 1:
            return 0.0
        if report.outcome == "down" and lost and self._pace.spread_seconds:
            # A centre that was away has all its stations before the door when it comes back.
            return self._chance.uniform(0.0, self._pace.spread_seconds)
        ceiling = min(LONGEST_WAIT, SHORTEST_WAIT * 2.0 ** min(self._failures - 1, 16))
        return self._chance.uniform(0.0, ceiling)

    def _standing(self, report: RoundReport, delay: float) -> LineStatus:
        now = self._clock.now()
        state = _STATES[report.outcome]
        reached = report.outcome not in ("down", "refused") and report.reason != "line.unexpected"
        offset = self._status.offset_ms if report.offset_ms is None else report.offset_ms
        return LineStatus(
            state=state,
            last_contact=now if reached else self._status.last_contact,
            offset_ms=offset,
            reason=report.reason,
            params=report.params,
            next_try_at=None if report.outcome == "done" else now + timedelta(seconds=delay),
        )

    def _opened(self) -> Round:
        if self._round is None:
            centre = self._store(self._connect)
            self._round = Round(
                self._replica,
                centre,
                self._signer,
                clock=self._clock,
                root_key=self._root_key,
                submit=self._store,
                begin=self._begin,
                pause=self._pause,
                sending=self._show_sending,
                keep_days=self._pace.keep_days,
            )
        return self._round

    def _leave(self) -> None:
        round_, self._round = self._round, None
        if round_ is not None:
            round_.close()

    def _wait(self, delay: float) -> bool:
        """Wait for the next round, doing errands meanwhile; False when the line ends."""
        until = time.monotonic() + delay
        while True:
            with self._turn:
                if self._closing:
                    return False
                if self._nudged:
                    self._nudged = False
                    until = min(until, self._tried_at + (SHORTEST_WAIT if self._failures else 0.0))
                rest = until - time.monotonic()
                if rest <= 0:
                    return True
                if not self._errands:
                    self._turn.wait(rest)
            self._do_errands()

    def _pause(self) -> None:
        if self._closing:
            raise _Ended()
        self._do_errands()

    def _do_errands(self) -> None:
        while True:
            with self._turn:
                if not self._errands or self._closing:
                    return
                errand = self._errands.popleft()
            if not errand.result.set_running_or_notify_cancel():
                continue
            try:
                errand.result.set_result(errand.work(self._opened()))
            except _Ended:
                errand.result.set_exception(LineDown("cut"))
                raise
            except Exception as error:  # whoever asked for the errand is told; the line goes on
                errand.result.set_exception(error)

    def _store(self, work: Callable[[], Result], /) -> Result:
        """Carry work out on the database worker; stops where the line is being closed."""
        return self._begin(work)()

    def _begin(self, work: Callable[[], Result], /) -> Callable[[], Result]:
        """Have work begun on the database worker; what waits for it stops where the line is being closed."""
        with self._turn:
            if self._closing:
                raise _Ended()
            try:
                future = self._runner.submit(work)
            except RuntimeError:
                raise _Ended() from None
            self._pending.add(future)
        return partial(self._wait_for, future)

    def _wait_for(self, future: "Future[Result]") -> Result:
        try:
            return future.result()
        except CancelledError:
            raise _Ended() from None
        finally:
            with self._turn:
                self._pending.discard(future)

    def _show_sending(self, sending: tuple[int, int] | None) -> None:
        self._tell(replace(self._status, sending=sending))

    def _tell(self, status: LineStatus) -> None:
        if status == self._status:
            return
        self._status = status
        for told in tuple(self._watchers):
            told(status)

    def _end(self) -> None:
        self._leave()
        with self._turn:
            left, self._errands = self._errands, deque()
            self._closing = True
        for errand in left:
            if errand.result.set_running_or_notify_cancel():
                errand.result.set_exception(LineDown("cut"))
