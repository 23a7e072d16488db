"""What is due: the list of a clerk, and what she does with it. The program's own openings are in `due_openings`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from window_app.clock import Clock
from window_app.domain import due
from window_app.domain.due import DueItem, DueLink, DueOwner, DueStanding, OwnerKind
from window_app.domain.due_causes import CAUSES
from window_app.domain.events import Confidentiality, Event, NewEvent, Stream, StreamKind
from window_app.domain.ids import new_id
from window_app.domain.party_records import PartyRecords
from window_app.domain.ports import CaseRow, Records, Station
from window_app.domain.working_days import PeriodUnit, WorkingDays
from window_app.errors import WindowAppError
from window_app.forms.fields import read_date
from window_app.services.authors import author_of, is_office
from window_app.services.case_files import written
from window_app.services.clerk_names import ClerkNames
from window_app.services.clerks import KeySlots, names_of
from window_app.services.due_openings import BY_HAND, stream_class
from window_app.services.informants import without_informant
from window_app.services.judging import Judge
from window_app.services.session import Session
from window_app.services.visit_events import is_confidential

MOST = 500
LONGEST_DAYS = 5 * 366
_WORKDAYS = re.compile(r"\+\s*(\d{1,3})")


class DueRefused(WindowAppError):
    """It cannot be done so; the code says why, and nothing was changed."""

    code = "due.unknown"


@dataclass(frozen=True, slots=True)
class DueRow:
    """A line of the list.

    Attributes:
        text: what was written with it, "" where that is not held here.
        case: the case it is about, without the informant; None where it is about a visit or a person alone.
        mine: it is this clerk's, her counter's or her office's.
        party: name of the person or employer that it is about, "" where it is about a case or a visit.
        owner: name of the clerk who sees to it, "" where it is none or only the code is known.
    """

    item: DueItem
    standing: DueStanding
    text: str
    case: CaseRow | None
    mine: bool
    party: str = ""
    owner: str = ""


class DueWork:
    """Opens, moves, hands on and settles what is due; every change is an event and one transaction."""

    def __init__(
        self,
        records: Records,
        slots: KeySlots,
        session: Session,
        clock: Clock,
        station: Station,
        calendar: WorkingDays,
        judge: Judge,
        parties: PartyRecords,
    ) -> None:
        """Keep the tools; `slots` knows the colleagues of this counter, `judge` which visit may be a report."""
        self._parties = parties
        self._records = records
        self._slots = slots
        self._session = session
        self._clock = clock
        self._station = station
        self._calendar = calendar
        self._judge = judge
        self._actor = author_of(station, session)

    # -- reading

    def rows(self, *, mine: bool = True, limit: int = MOST) -> tuple[DueRow, ...]:
        """Return what is open, overdue first; with `mine` only what this clerk, her counter or office sees to."""
        return self._rows(self._records.due_list(self._session.clerk if mine else None, limit))

    def about(self, stream_id: UUID) -> tuple[DueRow, ...]:
        """Return what is or was due about a case, a visit or a person, in the order of opening."""
        return self._rows(self._records.due_about(stream_id))

    def count(self) -> tuple[int, int]:
        """Return how much is open for this clerk, and of it how much is due today or overdue."""
        return self._records.count_due(self._session.clerk, self._clock.today())

    def get(self, due_id: UUID) -> DueItem:
        """Return an item.

        Raises:
            DueRefused: where this machine knows none of this id.
        """
        found = self._records.find_due(due_id)
        if found is None:
            raise DueRefused()
        return found

    def colleagues(self, item: DueItem) -> tuple[tuple[DueOwner, str], ...]:
        """Return to whom an item may be handed, with names: the clerks here, the counter, the case's office."""
        here = self._station_id()
        known = [(one.code, one.name) for one in self._slots.clerks()] or [(self._session.clerk, self._session.name)]
        owners = [(DueOwner(OwnerKind.CLERK, code, here), name) for code, name in known]
        if not is_office(self._station):
            owners.append((DueOwner(OwnerKind.COUNTER, "", here), self._station.name))
        case = None if item.link.case_id is None else self._case(item.link.case_id)
        office = case.office if case is not None else self._station.office
        if office:
            owners.append((DueOwner(OwnerKind.OFFICE, office), office))
        return tuple((owner, name) for owner, name in owners if owner != item.owner)

    def read_day(self, typed: str) -> date | None:
        """Return the day that was typed: a date, "+5" for the fifth working day from today, or nothing.

        Raises:
            FieldFault: no date.
            DueRefused: in the past, or years away.
        """
        text = typed.strip()
        if not text:
            return None
        ahead = _WORKDAYS.fullmatch(text)
        if ahead is not None:
            return self._calendar.add(self._clock.today(), int(ahead.group(1)), PeriodUnit.WORKDAYS).on
        return self._checked(read_date(text))

    # -- writing

    def open(
        self, about: Stream, cause: str, due_on: date | None = None, text: str = "", owner: DueOwner | None = None
    ) -> DueItem:
        """Open something by hand; it is this clerk's unless an owner is named.

        Raises:
            DueRefused: the cause is not a clerk's, there is neither date nor text, the date cannot be.
        """
        known = CAUSES.get(cause)
        if known is None or not known.by_hand:
            raise DueRefused("due.cause_unknown", known=", ".join(one.code for one in CAUSES.values() if one.by_hand))
        said = written(text)
        if due_on is None and not said:
            raise DueRefused("due.nothing_said")
        self._checked(due_on)
        due_id = new_id(self._clock.now())
        mine = owner or self._own()
        with self._records.unit_of_work() as work:
            link, kind, readers = self._link(about)
            new = due.opened(
                link, due_id, cause, BY_HAND, mine, due_on, text=said, confidentiality=kind, readers=readers
            )
            work.append(self._actor, [new])
        return self.get(due_id)

    def move(self, due_id: UUID, due_on: date | None, reason: str) -> DueItem:
        """Give an item another date, or none, and say why.

        Raises:
            DueRefused: no reason, settled already, or the date cannot be.
        """
        said = _reason(reason)
        self._checked(due_on)
        return self._change(due_id, lambda item, like: due.moved(item, due_on, said, like=like))

    def hand(self, due_id: UUID, owner: DueOwner, reason: str = "") -> DueItem:
        """Give an item to a colleague, to the counter as a whole, or to the case's office.

        Raises:
            DueRefused: settled already, or not somebody it may be handed to.
        """
        said = written(reason)
        if owner not in [one for one, _ in self.colleagues(self.get(due_id))]:
            raise DueRefused("due.owner_unknown")
        return self._change(due_id, lambda item, like: due.handed(item, owner, said, like=like))

    def settle(self, due_id: UUID, result: str, text: str = "") -> DueItem:
        """End an item with what came of it; a repeat by whoever was second changes nothing.

        Raises:
            DueRefused: settled already, or no result of its cause.
        """
        said = written(text)
        cause = CAUSES.get(self.get(due_id).cause)
        results = CAUSES["follow_up"].results if cause is None else cause.results
        if result not in results:
            raise DueRefused("due.result_unknown", known=", ".join(results))
        return self._change(due_id, lambda item, like: due.settled(item, result, said, like=like))

    # -- inside

    def _change(self, due_id: UUID, state: "_Statement") -> DueItem:
        with self._records.unit_of_work() as work:
            item = self.get(due_id)
            if item.settled:
                raise DueRefused("due.settled", result=item.result)
            work.append(self._actor, [state(item, self._opening(item))])
        return self.get(due_id)

    def _opening(self, item: DueItem) -> Event:
        events = self._records.events(item.link.stream.id)
        return next(event for event in events if event.event_id == item.said_by)

    def _link(self, about: Stream) -> tuple[DueLink, Confidentiality, tuple[str, ...]]:
        if about.kind is StreamKind.CASE:
            case = self._case(about.id)
            if case is None:
                raise DueRefused("due.case_unknown")
            kind = stream_class(self._records.events(about.id))
            return DueLink(about, case.case_id, case.visit_id), kind, (case.office,) if case.office else ()
        if about.kind is StreamKind.VISIT:
            draft = self._records.find_draft(about.id)
            kind = stream_class(self._records.events(about.id))
            if draft is not None and is_confidential(self._judge.judge(draft, draft.legal_day(self._clock.today()))):
                kind = Confidentiality.CONFIDENTIAL
            return DueLink(about, None, about.id), kind, ()
        return DueLink(about), Confidentiality.RESTRICTED, ()

    def _rows(self, items: Sequence[DueItem]) -> tuple[DueRow, ...]:
        texts, today = self._records.due_texts(items), self._clock.today()
        of_clerks = any(item.owner.kind is OwnerKind.CLERK for item in items)
        names = names_of(self._slots, self._records, self._session) if of_clerks else None
        return tuple(
            DueRow(
                item=item,
                standing=due.standing(item.due_on, today, self._calendar),
                text=texts.get(item.due_id, ""),
                case=self._case(item.link.case_id) or self._case_of_visit(item.link.visit_id),
                mine=self._is_mine(item),
                party=self._party(item.link.stream),
                owner=_owner_name(item, names),
            )
            for item in items
        )

    def _party(self, stream: Stream) -> str:
        if stream.kind not in (StreamKind.PERSON, StreamKind.EMPLOYER):
            return ""
        row = self._parties.party_row(stream.id)
        return "" if row is None else row.name

    def _is_mine(self, item: DueItem) -> bool:
        return item.here and (item.owner.kind is not OwnerKind.CLERK or item.owner.code == self._session.clerk)

    def _case(self, case_id: UUID | None) -> CaseRow | None:
        if case_id is None:
            return None
        try:
            return without_informant(self._records.get_case(case_id))
        except KeyError:
            return None

    def _case_of_visit(self, visit_id: UUID | None) -> CaseRow | None:
        """Return the first case that a visit came to; None while it is a draft, or where it came to none."""
        found = () if visit_id is None else self._records.cases_of_visit(visit_id)
        return without_informant(found[0]) if found else None

    def _own(self) -> DueOwner:
        return DueOwner(OwnerKind.CLERK, self._session.clerk, self._station_id())

    def _station_id(self) -> UUID:
        # Asked anew: after a fork the station goes on under another id.
        return self._records.station().station_id

    def _checked(self, day: date | None) -> date | None:
        today = self._clock.today()
        if day is not None and day < today:
            raise DueRefused("due.day_past", on=day)
        if day is not None and day > today + timedelta(days=LONGEST_DAYS):
            raise DueRefused("due.day_far", on=day)
        return day


def _owner_name(item: DueItem, names: ClerkNames | None) -> str:
    if names is None or item.owner.kind is not OwnerKind.CLERK:
        return ""
    return names.known(item.owner.code, names.station_id if item.here else item.owner.station) or ""


_Statement = Callable[[DueItem, Event], NewEvent]


def _reason(text: str) -> str:
    said = written(text)
    if not said:
        raise DueRefused("due.reason_needed")
    return said
