"""The work of an office: its queue, opening a case on record, taking it over, deciding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from window_app.clock import Clock, legal_date
from window_app.domain.cases import CaseStatus
from window_app.domain.events import EventType
from window_app.domain.line import LineControl, LineDown, StationRefused
from window_app.domain.ports import CaseRow, Records, Station
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.services.answer_limits import AnswerLimits
from window_app.services.authors import author_of
from window_app.services.case_files import CaseFile, CaseFiles
from window_app.services.deciding import Deciding, Decision, DecisionOption, DecisionRefused
from window_app.services.due_openings import of_return
from window_app.services.informants import without_informant
from window_app.services.session import Session

OPEN_REASONS = ("decide", "inquiry", "correct")
NEAR_DAYS = 2
NO_LINE = "line.none"
_MOST = 5000


@dataclass(frozen=True, slots=True)
class QueueView:
    """What of the queue to show: whose cases, in which states (none named: all open ones), how near their limit."""

    claims: str = "all"
    states: frozenset[str] = frozenset()
    near_days: int | None = None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A case in the queue.

    Attributes:
        days_left: until its limit, negative behind it; None where no limit runs.
        limit: "none", "running", "near", "overdue" or "stopped" (suspended, or returned and not completed).
        mine: this clerk holds it.
        holder: the station at which whoever holds it works; None for nobody.
    """

    row: CaseRow
    days_left: int | None
    limit: str
    mine: bool
    holder: UUID | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What fetching bodies brought; with a code it was not possible and what is there is shown."""

    bodies: int
    code: str = ""
    params: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case that was opened on record, and what may be decided."""

    file: CaseFile
    fetched: Fetched | None
    options: tuple[DecisionOption, ...]


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """A decision on record, with its number and the limit it began; `warnings` are message codes."""

    file: CaseFile
    state: str
    decision_number: str
    decided_on: date
    due_on: date | None
    provisional: bool
    warnings: tuple[str, ...] = field(default=())


class OfficeWork:
    """What a clerk of an office does. All is done here first and goes out when there is a line."""

    def __init__(
        self,
        records: Records,
        session: Session,
        clock: Clock,
        station: Station,
        definitions: DefinitionSet,
        line: LineControl,
    ) -> None:
        self._records = records
        self._clock = clock
        self._line = line
        self._clerk = session.clerk
        self._actor = author_of(station, session)
        self._files = CaseFiles(records)
        self._deciding = Deciding(station, lambda: records.station().issue_code, definitions, clock)
        self._limits = AnswerLimits(definitions, station)
        self.code = station.office or ""

    @property
    def kind(self) -> str:
        """Return the kind of this office, such as "arbitration"; "" where the definitions do not know it."""
        return self._deciding.kind

    def queue(self, view: QueueView = QueueView(), limit: int = 200) -> tuple[QueueRow, ...]:
        """Return the cases this office has to decide, nearest limit first.

        Raises:
            WindowAppError: `office.view_unknown`.
        """
        if view.claims not in ("all", "mine", "unclaimed"):
            raise WindowAppError("office.view_unknown")
        today = self._clock.today()
        rows = self._records.queue(self.code, _MOST)
        holders = self._records.claim_stations({row.case_id: row.claimed_by for row in rows if row.claimed_by})
        found = (self._queue_row(row, today, holders.get(row.case_id)) for row in rows)
        return tuple([one for one in found if _is_shown(one, view)][:limit])

    def fetch(self, case_id: UUID, reason: str = "decide") -> Fetched:
        """Fetch what was written of a case; waits for the network, so for free workers alone.

        A missing line is no failure: the answer says so, and what is held here can be shown.
        """
        check_reason(reason)
        try:
            return Fetched(self._line.fetch_bodies(case_id, self._clerk, reason))
        except (LineDown, StationRefused) as error:
            return Fetched(0, error.code, tuple(error.params.items()))

    def fetch_older(self, number: str) -> bool:
        """Fetch a case from before this store's beginning by its number; waits for the network."""
        try:
            return self._line.fetch_case(number)
        except (LineDown, StationRefused):
            return False

    def open(self, number: str, reason: str = "decide", fetched: Fetched | None = None) -> OpenedCase:
        """Open a case on record: who, when and why; once for a clerk, a reason and a day.

        Raises:
            NoSuchCase: where it is not held here.
            WindowAppError: `office.reason_unknown`, `office.not_ours`.
        """
        check_reason(reason)
        with self._records.unit_of_work() as work:
            file = self._files.get(number)
            self._check_seen(file)
            if not self._opened_today(file, reason):
                work.append(self._actor, [file.about(EventType.CASE_OPENED, facts={"reason": reason})])
        again = self._files.again(file)
        return OpenedCase(again, fetched, self._deciding.options(again))

    def acknowledge(self, number: str) -> CaseFile:
        """Take a case over from the counter; a repeat writes nothing.

        Raises:
            NoSuchCase, DecisionRefused: not held here, or another office's.
        """
        with self._records.unit_of_work() as work:
            file = self._files.get(number)
            self._check_ours(file)
            if file.state.acknowledged:
                return file
            on = {"acknowledged_on": self._clock.today().isoformat()}
            work.append(self._actor, [file.about(EventType.CASE_ACKNOWLEDGED, home=True, facts=on)])
        return self._files.again(file)

    def options(self, number: str) -> tuple[DecisionOption, ...]:
        """Return what the law offers in the present state.

        Raises:
            NoSuchCase: where no such case is held here.
        """
        return self._deciding.options(self._files.get(number))

    def decide(self, number: str, decision: Decision) -> DecisionMade:
        """Decide: one transaction with the decision's own number, valid at once, sent when there is a line.

        A case that this office has not acknowledged is acknowledged by the decision.

        Raises:
            NoSuchCase, DecisionRefused: nothing was changed, and the code says why.
        """
        with self._records.unit_of_work() as work:
            file = self._files.get(number)
            events, decided = self._deciding.decide(work, file, decision)
            if not file.state.acknowledged:
                on = {"acknowledged_on": self._clock.today().isoformat()}
                events.insert(0, file.about(EventType.CASE_ACKNOWLEDGED, home=True, facts=on))
            written = work.append(self._actor, events)
            if file.confidential:
                work.append(self._actor, [self._deciding.details(file, written[-1], decided, decision)])
            if decision.state == CaseStatus.RETURNED:
                correct_by = self._limits.correction_day(file, self._clock.today())
                work.append(self._actor, [of_return(file, written[-1], correct_by)])
        return DecisionMade(
            file=self._files.again(file),
            state=decided.state,
            decision_number=decided.decision_number,
            decided_on=decided.decided_on,
            due_on=decided.due_on,
            provisional=decided.provisional,
            warnings=decided.warnings,
        )

    def give_back(self, number: str, reason: str, materials: tuple[str, ...] = ()) -> DecisionMade:
        """Return a case for completion: everything that is missing, told at once."""
        return self.decide(number, Decision(CaseStatus.RETURNED, reason=reason, materials=materials))

    def _check_ours(self, file: CaseFile) -> None:
        if file.state.office != self.code:
            raise DecisionRefused("office.not_ours", office=file.state.office)

    def _check_seen(self, file: CaseFile) -> None:
        if self.code not in file.state.offices:
            raise DecisionRefused("office.not_ours", office=file.state.office)

    def _opened_today(self, file: CaseFile, reason: str) -> bool:
        today = self._clock.today()
        return any(
            event.type == EventType.CASE_OPENED
            and event.actor == self._actor
            and self._records.is_here(event.station_id)
            and event.facts.get("reason") == reason
            and legal_date(event.occurred_at) == today
            for event in file.events
        )

    def _queue_row(self, row: CaseRow, today: date, holder: UUID | None) -> QueueRow:
        row = without_informant(row)
        mine = row.claimed_by == self._actor.id and holder is not None and self._records.is_here(holder)
        left, limit = self._limit(row, today)
        return QueueRow(row, left, limit, mine, holder)

    def _limit(self, row: CaseRow, today: date) -> tuple[int | None, str]:
        if row.due_on is None:
            return None, "none"
        left = (row.due_on - today).days
        if self._is_stopped(row):
            return None, "stopped"
        return left, "overdue" if left < 0 else "near" if left <= NEAR_DAYS else "running"

    def _is_stopped(self, row: CaseRow) -> bool:
        if row.state == CaseStatus.SUSPENDED:
            return True
        return row.state == CaseStatus.RETURNED and self._files.read(row).state.completed_on is None


def check_reason(reason: str) -> None:
    """Check the reason for which somebody opens a case.

    Raises:
        WindowAppError: `office.reason_unknown`.
    """
    if reason not in OPEN_REASONS:
        raise WindowAppError("office.reason_unknown", reasons=", ".join(OPEN_REASONS))


def _is_shown(one: QueueRow, view: QueueView) -> bool:
    if view.claims == "mine" and not one.mine:
        return False
    if view.claims == "unclaimed" and one.row.claimed_by:
        return False
    if view.states and one.row.state not in view.states:
        return False
    return view.near_days is None or (one.days_left is not None and one.days_left <= view.near_days)


def as_facts(made: DecisionMade) -> Mapping[str, Any]:
    """Return a decision as JSON says it."""
    return {
        "state": made.state,
        "decision_number": made.decision_number,
        "decided_on": made.decided_on.isoformat(),
        "due_on": None if made.due_on is None else made.due_on.isoformat(),
        "provisional": made.provisional,
        "warnings": list(made.warnings),
    }
