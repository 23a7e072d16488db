"""What the services need of the outside, as plain nouns; only `app` knows who fills them."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from window_app.domain.due import DueItem
from window_app.domain.events import Actor, Event, NewEvent
from window_app.domain.line_status import SetApart
from window_app.domain.papers import PaperRecord, PaperState, StoredPaper, Verification
from window_app.domain.printing import JobReport, PrinterOffers
from window_app.domain.visits import DraftSummary, VisitDraft


@dataclass(frozen=True, slots=True)
class Station:
    """This installation as the centre (or practice) made it known.

    Attributes:
        station_id: one installation; never used again after a fork.
        kind: "counter" or "office".
        district: six-digit code; "000000" for practice.
        issue_code: what the receipt numbers of this station carry.
        reserve_codes: further issue codes leased at enrolment.
        practice: numbers, screens and papers say so.
        phone, address: of the hall, printed on papers; "" where not known.
    """

    station_id: UUID
    kind: str
    name: str
    hall: str
    district: str
    issue_code: str
    reserve_codes: tuple[str, ...]
    locality: str | None
    practice: bool
    office: str | None = None
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A line of the list of cases and of the finder, from the projection.

    Attributes:
        office: code of the office that has it to decide; "" where none was named.
        acknowledged: that office has taken it over from the counter.
        claimed_by: who works on it now, "" for nobody; shown everywhere, holds nobody up.
        decision_number: the office's own number of its last decision.
        conflicts: fields that two people set from one base and that a person must settle.
        own: this station received it.
        opened: its bodies are held here.
    """

    case_id: UUID
    visit_id: UUID
    number: str
    matter: str
    route: str
    applicant: str
    respondent: str
    received_on: date
    due_on: date | None
    state: str
    unsent: bool
    office: str = ""
    acknowledged: bool = False
    claimed_by: str = ""
    decision_number: str = ""
    conflicts: int = 0
    own: bool = True
    opened: bool = True


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """An event that the centre has not confirmed: state is waiting, sending, unknown or refused."""

    event_id: UUID
    type: str
    number: str
    state: str
    occurred_at: datetime
    tries: int
    reason: str
    lseq: int = 0


class UnitOfWork(Protocol):
    """One transaction of the local store; what is not committed by a clean exit never was."""

    def append(self, actor: Actor, events: Sequence[NewEvent]) -> tuple[Event, ...]:
        """Write events in order with their outbox entries and projections."""
        ...

    def next_serial(self, day: date) -> int:
        """Take the next serial of this station for a day (from 1); never given twice."""
        ...

    def next_in_series(self, series: str) -> int:
        """Take the next number of a series of this station (from 1); never given twice by this store."""
        ...

    def last_event_at(self) -> datetime | None:
        """Return the instant of this station's last event."""
        ...

    def add_paper(self, record: PaperRecord) -> None:
        """Keep a paper's record in state ISSUED."""
        ...

    def set_paper_state(self, paper_id: UUID, state: PaperState) -> None:
        """Move a paper on."""
        ...

    def store_pdf(self, paper_id: UUID, pdf: bytes) -> str:
        """Keep the PDF of a paper once and return its digest; a second call changes nothing."""
        ...

    def count_reprint(self, paper_id: UUID) -> int:
        """Count one reprint and return its number, from 1."""
        ...

    def save_draft(self, draft: VisitDraft, at: datetime) -> None:
        """Write a draft through."""
        ...

    def drop_draft(self, visit_id: UUID) -> None:
        """Remove a draft that was received, guided or discarded."""
        ...

    def keep_definition_set(self, content_hash: str, content: bytes) -> None:
        """Keep a definition set by its hash; a second call changes nothing."""
        ...


class Records(Protocol):
    """Reading of the local store, and the door to writing."""

    def unit_of_work(self) -> AbstractContextManager[UnitOfWork]:
        """Open a transaction; leaving by an exception rolls it back."""
        ...

    def station(self) -> Station:
        """Return who this installation is."""
        ...

    def drafts(self) -> tuple[DraftSummary, ...]:
        """Return the drafts, last changed first."""
        ...

    def find_draft(self, visit_id: UUID) -> VisitDraft | None:
        """Return a draft."""
        ...

    def find_case(self, number: str) -> CaseRow | None:
        """Return the case with this receipt number, however it is written."""
        ...

    def get_case(self, case_id: UUID) -> CaseRow:
        """Return a case.

        Raises:
            KeyError: where this store does not know it.
        """
        ...

    def cases_of_visit(self, visit_id: UUID) -> tuple[CaseRow, ...]:
        """Return the cases that this station made of a visit, in order of receiving."""
        ...

    def events(self, stream_id: UUID) -> tuple[Event, ...]:
        """Return the events of a stream in the order the fold takes them."""
        ...

    def search(self, text: str, limit: int) -> tuple[CaseRow, ...]:
        """Return cases by part of a name, pinyin initials, number, phone tail."""
        ...

    def cases(self, after: str | None, limit: int) -> tuple[CaseRow, ...]:
        """Return a window of the list of cases, newest first, after a keyset position."""
        ...

    def cases_at(self, offset: int, limit: int) -> tuple[CaseRow, ...]:
        """Return a window of the list of cases, newest first, from a row counted from 0."""
        ...

    def count_cases(self) -> int:
        """Return how many cases the list holds."""
        ...

    def queue(self, office: str, limit: int) -> tuple[CaseRow, ...]:
        """Return the cases an office has not closed, nearest limit first, those without one after them."""
        ...

    def claim_stations(self, claimed: Mapping[UUID, str]) -> Mapping[UUID, UUID]:
        """Return at which station the clerk who holds a case works; takes the code by which each is held."""
        ...

    def is_here(self, station_id: UUID) -> bool:
        """Answer whether a station is this installation, under its present identity or an earlier one."""
        ...

    def conflicting(self, limit: int) -> tuple[CaseRow, ...]:
        """Return the cases with a conflict that nobody has settled, newest first."""
        ...

    def papers(self, *, case_id: UUID | None = None, visit_id: UUID | None = None) -> tuple[StoredPaper, ...]:
        """Return the papers of a case or of a visit, in order of issue."""
        ...

    def find_slips(self, number: str) -> tuple[StoredPaper, ...]:
        """Return the papers of visits, not of cases, that carry a slip number."""
        ...

    def get_paper(self, paper_id: UUID) -> StoredPaper:
        """Return a paper.

        Raises:
            KeyError: where this store does not know it.
        """
        ...

    def find_pdf(self, paper_id: UUID) -> bytes | None:
        """Return the stored PDF of a paper."""
        ...

    def papers_issued(self, first: datetime, until: datetime) -> tuple[StoredPaper, ...]:
        """Return the papers issued from an instant on and before another, in order of issue."""
        ...

    def unsettled_papers(self) -> tuple[StoredPaper, ...]:
        """Return papers nobody has yet said came out."""
        ...

    def outbox(self, limit: int) -> tuple[OutboxRow, ...]:
        """Return what the centre has not confirmed, oldest first."""
        ...

    def last_contact(self) -> tuple[datetime, int] | None:
        """Return when the centre was last reached and how far its clock was ahead, in milliseconds; None for never."""
        ...

    def set_apart(self, limit: int) -> tuple[SetApart, ...]:
        """Return what came from the centre and could not be taken for an event, the oldest first."""
        ...

    def count_set_apart(self, *, new: bool = False) -> int:
        """Return how many of these there are; with `new` those alone that no person has noted as seen."""
        ...

    def see_set_apart(self) -> None:
        """Note that a person has seen what was set apart; it stays in the list."""
        ...

    def count_outbox(self) -> int:
        """Return how many events the centre has not confirmed."""
        ...

    def find_definition_set(self, content_hash: str) -> bytes | None:
        """Return a kept definition set by its hash."""
        ...

    def reuse_totals(self, first: date, last: date) -> tuple[int, int, int, int]:
        """Return, of the cases received here between two days: all, those with reuse, fields, materials."""
        ...

    def due_list(self, clerk: str | None, limit: int) -> tuple[DueItem, ...]:
        """Return what is open, the nearest date first; with a clerk only hers, her counter's and her office's."""
        ...

    def count_due(self, clerk: str, today: date) -> tuple[int, int]:
        """Return how much is open for a clerk, and of it how much is due by a day."""
        ...

    def find_due(self, due_id: UUID) -> DueItem | None:
        """Return an item of what is or was due."""
        ...

    def due_about(self, stream_id: UUID) -> tuple[DueItem, ...]:
        """Return what is or was due about a case, a visit or a person."""
        ...

    def due_texts(self, items: Sequence[DueItem]) -> Mapping[UUID, str]:
        """Return what was written with items, by their ids, where it is held here."""
        ...


class Signer(Protocol):
    """Signs with this station's key."""

    def key_id(self) -> str:
        """Return the id of the key that signs now."""
        ...

    def sign(self, content: bytes) -> str:
        """Return the Ed25519 signature of bytes, in hex."""
        ...


class PaperMaker(Protocol):
    """Makes PDFs from paper records; touches no store."""

    def render(self, record: PaperRecord, *, reprint: int = 0, preview: bool = False) -> bytes:
        """Return the PDF; `reprint` > 0 marks it as that reprint, `preview` as not valid."""
        ...

    def missing_characters(self, record: PaperRecord) -> tuple[str, ...]:
        """Return the characters of a paper that no font has and that are drawn as their code point."""
        ...

    def read_record(self, pdf: bytes) -> Mapping[str, Any] | None:
        """Return the record embedded in a PDF, or None where there is none."""
        ...


class PaperVerifier(Protocol):
    """Checks a PDF or a QR text against the keys known here."""

    def verify_pdf(self, pdf: bytes) -> Verification:
        """Answer for a PDF."""
        ...

    def verify_qr(self, text: str) -> Verification:
        """Answer for the text of a QR code."""
        ...


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """A printer's name, whether it prints now, and what it said.

    Attributes:
        detail: the code of what is worst ("printer.media_empty", "printer.stopped"); "" where nothing is wrong.
        notes: codes of what will be wrong soon, such as toner that is running low.
    """

    name: str
    ready: bool
    detail: str = ""
    notes: tuple[str, ...] = ()


class Printer(Protocol):
    """Takes finished PDFs to paper."""

    @property
    def simulated(self) -> bool:
        """Answer whether nothing comes out on paper."""
        ...

    def status(self) -> PrinterStatus:
        """Return whether jobs can be sent."""
        ...

    def print_pdf(self, pdf: bytes, title: str, copies: int = 1) -> str:
        """Send a PDF, to come out so many times, and return the job's name.

        Raises:
            PrinterError: where the job was not taken.
        """
        ...

    def offers(self) -> PrinterOffers:
        """Return which sides and trays can be chosen."""
        ...

    def job(self, name: str) -> JobReport:
        """Return where a job stands that `print_pdf` named."""
        ...
