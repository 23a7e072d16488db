"""The desk: every service of one signed-in counter, and the entrance that leads to it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from window_app.clock import Clock
from window_app.domain.enrolment import HallParticulars
from window_app.domain.line import LineControl
from window_app.domain.ports import Printer, Station
from window_app.domain.stores import StoreDescription
from window_app.forms import DefinitionSet
from window_app.forms.statutes import StatuteLibrary
from window_app.services.answer_limits import AnswerLimits
from window_app.services.attachments import Attachments
from window_app.services.calculators import Calculators
from window_app.services.case_files import CaseFiles
from window_app.services.case_papers import CasePapers
from window_app.services.claims import Claims
from window_app.services.clerks import Clerks
from window_app.services.commitment_desk import CommitmentDesk
from window_app.services.commitment_letters import CommitmentLetters
from window_app.services.commitment_review import CommitmentReview
from window_app.services.commitment_rulings import CommitmentRulings
from window_app.services.completion import Completion
from window_app.services.corrections import Corrections
from window_app.services.day_end import DayEnd
from window_app.services.drafting import Drafting
from window_app.services.due import DueWork
from window_app.services.employers import Employers
from window_app.services.handouts import Handouts
from window_app.services.intake import Intake
from window_app.services.interview import Interview
from window_app.services.law_books import LawBooks
from window_app.services.office import OfficeWork
from window_app.services.outage import OutagePaper
from window_app.services.paper_pictures import PaperPictures
from window_app.services.paper_runs import PaperRuns
from window_app.services.paper_samples import PaperSamples
from window_app.services.papers import Papers
from window_app.services.party_desk import PartyDesk
from window_app.services.phrases import Phrases
from window_app.services.printing_setup import PrintingSetup
from window_app.services.queue_tickets import QueueTickets
from window_app.services.receiving import Receiving
from window_app.services.reception import Reception
from window_app.services.reuse import ReuseCounts
from window_app.services.search import Search
from window_app.services.session import Session
from window_app.services.setup import Enrolment
from window_app.services.sheets import Sheets
from window_app.services.tracking import Tracking
from window_app.settings import Settings
from window_app.tasks import TaskRunner


class Upkeep(Protocol):
    """Looks after the store itself."""

    def rebuild(self) -> object:
        """Make the projections anew from the events."""
        ...

    def integrity(self) -> tuple[str, ...]:
        """Return what is wrong with the stored bytes, for support; empty where all is well."""
        ...

    def close(self) -> None:
        """Give the store back."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a screen or a command works with.

    Attributes:
        printer: the one for receipts, for its status; `papers` prints each kind on its own.
        papers_on: the papers service with a CUPS queue named for this time.
        cases: a case as it lies open, by its number.
        office: the work of the office this station belongs to; None at a counter.
        line: the way to the centre; where there is none, one that says so.
        law_books: statute texts, decision tables and the quiz, to be read.
        answer_limits: legal and promised limit of the office's answer.
        due: follow-ups, corrections awaited, promised call-backs; `reuse`: what nobody had to say again, counted.
        outage: forms printed in advance for when the system does not work.
        case_papers: what is issued for a case after its receiving; `day_end`: the closing sheet of a day;
            `handouts`: applications, sets and closing sheets on their way to the printer.
        paper_samples: papers with made-up values; `paper_pictures`: their pages on
            the screen; `verify_page`: the page with which a phone checks papers.
        parties: persons and employers across visits; `employers`: the directory to look one up in.
        commitment_letters: the office's papers about commitments, None at a counter.
        commitment_review: what is to be verified, where each commitment stands; `commitment_rulings`: what the
            office does with them, None at a counter.
        calculators: amounts of claims, step by step; `phrases`: texts for statements.
        paper_runs: long runs of sheets; `tickets`: the queue of this counter; `printing`: what its printers offer.
        commitments: in place of certificates: in a draft, on a received case, of a person.
    """

    reception: Reception
    interview: Interview
    intake: Intake
    receiving: Receiving
    papers: Papers
    search: Search
    tracking: Tracking
    definitions: DefinitionSet
    statutes: StatuteLibrary
    station: Station
    session: Session
    clock: Clock
    settings: Settings
    printer: Printer
    clerks: Clerks
    upkeep: Upkeep
    papers_on: Callable[[str], Papers]
    line: LineControl
    cases: CaseFiles
    claims: Claims
    corrections: Corrections
    completion: Completion
    office: OfficeWork | None
    law_books: LawBooks
    drafting: Drafting
    calculators: Calculators
    phrases: Phrases
    sheets: Sheets
    attachments: Attachments
    answer_limits: AnswerLimits
    due: DueWork
    outage: OutagePaper
    reuse: ReuseCounts
    parties: PartyDesk
    employers: Employers
    commitment_letters: CommitmentLetters | None
    commitment_review: CommitmentReview
    commitment_rulings: CommitmentRulings | None
    case_papers: CasePapers
    day_end: DayEnd
    paper_samples: PaperSamples
    paper_pictures: PaperPictures
    verify_page: Callable[[], str]
    commitments: CommitmentDesk
    handouts: Handouts
    paper_runs: PaperRuns
    tickets: QueueTickets
    printing: PrintingSetup

    def close(self) -> None:
        """End the line and give the store back; the desk is of no use afterwards."""
        self.line.close()
        self.upkeep.close()


class LineSwitch(Protocol):
    """Cuts the line of a demonstration and mends it; each call waits for this machine alone."""

    def is_cut(self) -> bool:
        """Answer whether the line is cut."""
        ...

    def cut(self) -> None:
        """Cut the line."""
        ...

    def mend(self) -> None:
        """Mend the line."""
        ...


class Entrance(Protocol):
    """The way from a data directory to a desk; `app.Entrance` is the one there is."""

    directory: Path

    def describe(self) -> StoreDescription | None:
        """Return who may sign in here, or None where nothing has been set up."""
        ...

    def create_practice(self) -> None:
        """Set up a practice hall with sample cases; a call after a kill completes it."""
        ...

    def read_enrolment(self, content: bytes, code: str) -> Enrolment:
        """Check an enrolment file and open its sealed part with the one-time code."""
        ...

    def enrol(self, enrolment: Enrolment, clerk_code: str, clerk_name: str, password: str) -> None:
        """Set this machine up as the counter of an enrolment."""
        ...

    def create_hall(self, hall: HallParticulars, clerk_code: str, clerk_name: str, password: str) -> None:
        """Set this machine up as a hall that stands alone; takes some seconds."""
        ...

    def demo(self) -> LineSwitch | None:
        """Return the switch of the demonstration's line; None where this folder belongs to none."""
        ...

    def set_password(self, clerk: str, secret: str, password: str) -> None:
        """Put a password in the place of a clerk's one-time code, or of her old password."""
        ...

    def sign_in(
        self, clerk: str | None = None, password: str | None = None, *, runner: TaskRunner | None = None
    ) -> Desk:
        """Sign a clerk in and return the desk; a practice hall takes neither code nor password.

        With a runner the line to the centre begins to run, and pieces of its work go through the
        runner's database worker.
        """
        ...
