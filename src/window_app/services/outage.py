"""Outage paper at the counter: forms printed in advance, checked when they are typed in, voided with a reason."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from window_app.clock import CHINA, Clock
from window_app.domain.events import Confidentiality, Event, EventType, NewEvent, Stream, StreamKind
from window_app.domain.ids import new_id
from window_app.domain.outage import MOST_FORMS, REASONS, VOID_REASONS, FormState, OutageForm, PrintedForm, fold_forms
from window_app.domain.papers import PaperRecord
from window_app.domain.ports import CaseRow, PaperMaker, Printer, Records
from window_app.domain.receipt_numbers import ReceiptNumber, ReceiptNumberInvalid, draw, find_in, parse
from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet, Problem
from window_app.forms.wording import paper_content
from window_app.services.authors import is_office
from window_app.services.case_files import written
from window_app.services.session import Session

PAPER = "outage_form"
OTHER = "other"
BLANK_ROWS = 6
"""Lines of the table of materials."""


class OutageRefused(WindowAppError):
    """It cannot be done so; the code says why, and nothing was changed."""

    code = "outage.never_printed"


@dataclass(frozen=True, slots=True)
class PrintedBatch:
    """Forms that were printed together, with their pages."""

    batch: UUID
    numbers: tuple[str, ...]
    pdf: bytes


class OutagePaper:
    """Keeps the outage forms of one counter; also those it printed under an earlier identity."""

    def __init__(
        self,
        records: Records,
        session: Session,
        clock: Clock,
        definitions: DefinitionSet,
        maker: PaperMaker,
        seal: Callable[[PaperRecord], PaperRecord],
        bind: Callable[[Sequence[bytes]], bytes],
        printer_for: Callable[[str], Printer],
    ) -> None:
        """Keep the tools; `bind` makes one PDF of several, `seal` signs a paper's record."""
        self._records = records
        self._session = session
        self._clock = clock
        self._definitions = definitions
        self._maker = maker
        self._seal = seal
        self._bind = bind
        self._printer_for = printer_for

    # -- the forms

    def forms(self) -> tuple[PrintedForm, ...]:
        """Return the forms printed here, those printed last first."""
        return tuple(reversed(self._forms().values()))

    def find(self, number: str) -> PrintedForm | None:
        """Return the form with a number, however it is written; None where none was printed here."""
        try:
            return self._forms().get(str(_read(number)))
        except ReceiptNumberInvalid:
            return None

    def reserve(self, count: int) -> tuple[UUID, tuple[str, ...]]:
        """Draw numbers for blank forms and put them on record in one transaction; none of them is drawn again.

        Only what was put on record may be printed, so a kill before that wastes nothing and one after it
        leaves forms that can be printed from the list.

        Raises:
            OutageRefused: an office's station, or a number of forms that nobody prints at once.
        """
        station = self._records.station()
        if is_office(station):
            raise OutageRefused("outage.office_station")
        if not 1 <= count <= MOST_FORMS:
            raise OutageRefused("outage.count", most=MOST_FORMS)
        today = self._clock.today()
        with self._records.unit_of_work() as work:
            drawn = [draw(station.district, station.issue_code, today, work.next_serial(today)) for _ in range(count)]
            numbers = tuple(str(number) for number in drawn)
            facts = {"numbers": list(numbers), "printed_on": today.isoformat(), "practice": station.practice}
            stream = Stream(StreamKind.DEVICE, station.station_id)
            (event,) = work.append(self._session.actor, [NewEvent(stream, EventType.OUTAGE_FORMS_PRINTED, facts=facts)])
        return event.event_id, numbers

    def print(self, count: int) -> PrintedBatch:
        """Reserve so many forms and return their pages, to be saved or sent to the printer."""
        batch, _ = self.reserve(count)
        return self.pages(batch)

    def pages(self, batch: UUID, numbers: Sequence[str] = ()) -> PrintedBatch:
        """Return the pages of the open forms of a batch, or of those named; they may be printed again.

        Raises:
            OutageRefused: none of them is open any more.
        """
        forms = [
            form
            for form in self._forms().values()
            if form.batch == batch and form.state is FormState.OPEN and (not numbers or form.number in numbers)
        ]
        if not forms:
            raise OutageRefused("outage.none_open")
        pages = [self._maker.render(self._record(form)) for form in forms]
        return PrintedBatch(batch, tuple(form.number for form in forms), self._bind(pages))

    def send(self, printed: PrintedBatch) -> str:
        """Send pages to the printer and return the job's name."""
        return self._printer_for(PAPER).print_pdf(printed.pdf, f"{printed.numbers[0]}-{PAPER}")

    def void(self, number: str, reason: str, text: str = "") -> PrintedForm:
        """Void a form that was not used; a paper with its number is refused from then on.

        Raises:
            OutageRefused: not printed here, not open any more, or without a reason.
        """
        said = written(text)
        if reason not in VOID_REASONS:
            raise OutageRefused("outage.void_reason", known=", ".join(VOID_REASONS))
        if reason == OTHER and not said:
            raise OutageRefused("outage.words_needed")
        with self._records.unit_of_work() as work:
            form = self._open_form(number)
            facts = {"numbers": [form.number], "reason": reason, "voided_on": self._clock.today().isoformat()}
            voided = NewEvent(
                Stream(StreamKind.DEVICE, form.station_id),
                EventType.OUTAGE_FORM_VOIDED,
                facts=facts,
                body={"text": said} if said else {},
                confidentiality=Confidentiality.RESTRICTED if said else Confidentiality.OPEN,
            )
            work.append(self._session.actor, [voided])
        return self._forms()[form.number]

    # -- typing one in

    def problems(self, draft: VisitDraft) -> tuple[Problem, ...]:
        """Return what is wrong with the outage form of a visit, each at its field; nothing for a visit of the hour."""
        form = draft.outage
        if form is None:
            return ()
        found, printed = self._number_problem(form)
        return tuple(one for one in (found, self._day_problem(form, printed), _reason_problem(form)) if one is not None)

    def entered(self, draft: VisitDraft, today: date, *, confidential: bool) -> tuple[str, NewEvent]:
        """Return the number of a visit's form and the event that marks the form as used.

        Must be called in the transaction of the receiving, so that a form is never used twice.

        Raises:
            OutageRefused: the form is not open any more.
        """
        form = draft.outage or OutageForm()
        printed = self._open_form(form.number)
        facts: dict[str, Any] = {
            "numbers": [printed.number],
            "visit_id": str(draft.visit_id),
            "true_on": form.day,
            "entered_on": today.isoformat(),
            "reason": form.reason,
        }
        kind = Confidentiality.CONFIDENTIAL if confidential else Confidentiality.RESTRICTED
        body = {"remark": written(form.remark)} if form.remark.strip() else {}
        stream = Stream(StreamKind.DEVICE, printed.station_id)
        event = NewEvent(stream, EventType.OUTAGE_FORM_ENTERED, body=body, facts=facts, confidentiality=kind)
        return printed.number, event

    def earlier(self, number: str) -> CaseRow | None:
        """Return the case that was taken in under a form's number."""
        return self._records.find_case(number)

    # -- inside

    def _forms(self) -> dict[str, PrintedForm]:
        found: dict[str, PrintedForm] = {}
        for events in reversed(list(self._own_events())):
            found.update(fold_forms(events))
        return found

    def _own_events(self) -> Iterator[list[Event]]:
        """Yield the events of this counter's own streams, the present identity first.

        Of an identity given up, what another machine printed under it since does not count.
        """
        station, newer, upto = self._records.station().station_id, set[UUID](), None
        while station not in newer:
            newer.add(station)
            events = self._records.events(station)
            yield [event for event in events if _is_ours(event, newer - {station}, upto)]
            renewed = [one for one in events if one.type == EventType.STATION_RENEWED and one.facts.get("previous")]
            if not renewed:
                return
            station, upto = UUID(renewed[0].facts["previous"]), int(renewed[0].facts.get("previous_lseq") or 0)

    def _open_form(self, number: str) -> PrintedForm:
        found, printed = self._number_problem(OutageForm(number))
        if found is not None or printed is None:
            code, params = ("outage.never_printed", {}) if found is None else (found.code, found.params)
            raise OutageRefused(code, **params)
        return printed

    def _number_problem(self, form: OutageForm) -> tuple[Problem | None, PrintedForm | None]:
        if not form.number.strip():
            return _problem("number", "outage.number_missing"), None
        try:
            wanted = _read(form.number)
        except ReceiptNumberInvalid as error:
            return _problem("number", error.code, **error.params), None
        number = str(wanted)
        earlier = self._records.find_case(number)
        if earlier is not None:
            return _problem("number", "outage.entered_already", number=number, on=earlier.received_on), None
        printed = self._forms().get(number)
        if printed is None:
            other = wanted.issue_code != self._records.station().issue_code
            code = "outage.other_counter" if other else "outage.never_printed"
            return _problem("number", code, **({"counter": wanted.issue_code} if other else {})), None
        if printed.state is FormState.USED:
            return _problem("number", "outage.entered_already", number=number, on=printed.true_on or ""), printed
        if printed.state is FormState.VOID:
            return _problem("number", "outage.voided", on=printed.changed_on or ""), printed
        return None, printed

    def _day_problem(self, form: OutageForm, printed: PrintedForm | None) -> Problem | None:
        if form.on is None:
            return _problem("day", "outage.day_missing")
        if form.on > self._clock.today():
            return _problem("day", "outage.day_future")
        if printed is not None and form.on < printed.printed_on:
            return _problem("day", "outage.day_before_print", on=printed.printed_on)
        return None

    def _record(self, form: PrintedForm) -> PaperRecord:
        station = self._records.station()
        at = datetime.combine(form.printed_on, time(12), CHINA)
        values: dict[str, Any] = {"number": form.number, "hall": station.hall, "counter": station.name}
        values |= {"phone": station.phone, "rows": [{}] * BLANK_ROWS}
        content = paper_content(self._definitions.wording[PAPER], values, form.printed_on)
        unsigned = PaperRecord(
            paper_id=new_id(at),
            kind=PAPER,
            number=form.number,
            case_id=None,
            visit_id=form.batch,
            issued_at=at,
            content=content,
            content_salt=secrets.token_hex(16),
            key_id="",
            signature="",
            practice=station.practice,
        )
        return self._seal(unsigned)


def _read(text: str) -> ReceiptNumber:
    """Return the number that was typed, or that stands in the text of a scanned QR code."""
    return find_in(text) or parse(text)


def _is_ours(event: Event, newer: Iterable[UUID], upto: int | None) -> bool:
    if upto is None or event.type != EventType.OUTAGE_FORMS_PRINTED:
        return True
    return event.station_id in newer or (event.station_id == event.stream.id and event.lseq <= upto)


def _reason_problem(form: OutageForm) -> Problem | None:
    if form.reason not in REASONS:
        return _problem("reason", "outage.reason_missing")
    if form.reason == OTHER and not form.remark.strip():
        return _problem("remark", "outage.words_needed")
    return None


def _problem(field: str, code: str, **params: object) -> Problem:
    return Problem(section="outage", index=0, field=field, code=code, params=params, message=None, severity="error")
