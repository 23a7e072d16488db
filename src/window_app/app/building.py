"""The desk of a signed-in clerk: every adapter behind its port, built once and handed down."""

from collections.abc import Callable
from pathlib import Path

from window_app import paths
from window_app.clock import Clock
from window_app.devices.printers import open_printer
from window_app.documents import signature
from window_app.documents.known_papers import KnownPapers
from window_app.documents.maker import ReportlabPaperMaker
from window_app.documents.signers import signer_of
from window_app.documents.verifying import Verifier
from window_app.domain.line import LineControl
from window_app.domain.papers import PaperRecord
from window_app.domain.ports import Printer, Signer
from window_app.forms import DefinitionSet, load_definitions
from window_app.services.authors import is_office
from window_app.services.case_files import CaseFiles
from window_app.services.claims import Claims
from window_app.services.clerks import Clerks
from window_app.services.completion import Completion
from window_app.services.corrections import Corrections
from window_app.services.desk import Desk
from window_app.services.intake import Intake
from window_app.services.interview import Interview
from window_app.services.issuing import Issuing
from window_app.services.judging import Judge
from window_app.services.law_books import open_books
from window_app.services.office import OfficeWork
from window_app.services.papers import Papers
from window_app.services.receiving import Receiving
from window_app.services.reception import Reception
from window_app.services.search import Search
from window_app.services.session import Session
from window_app.services.tracking import Tracking
from window_app.settings import Settings
from window_app.storage.store import Store
from window_app.sync.no_line import NoLine

PRINTED_FOLDER = "printed"
STATUTES_FOLDER = "statutes"


def load_set() -> DefinitionSet:
    """Return the definition set that came with the program."""
    return load_definitions(paths.definitions_dir(), cache=paths.default_cache_dir() / "definitions")


def build_desk(
    directory: Path,
    records: Store,
    session: Session,
    chosen: Settings,
    clock: Clock,
    definitions: DefinitionSet | None = None,
    line: LineControl | None = None,
) -> Desk:
    """Return the desk of a clerk who signed in to a store."""
    law = definitions or load_set()
    station = records.station()
    line = line or NoLine()
    judge = Judge(law, station, clock)
    reception = Reception(records, session, clock, law.content_hash)
    maker, verifier, issuing = _paper_tools(records, law, clock)
    printer_for = _printers(chosen, directory / PRINTED_FOLDER)
    printer = printer_for("receipt")
    books = open_books(directory / STATUTES_FOLDER, law, station.locality, maker, printer, clock)
    return Desk(
        reception=reception,
        interview=Interview(law, judge),
        intake=Intake(law, judge, reception),
        receiving=_receiving(records, session, clock, law, judge, maker, issuing, line),
        papers=Papers(records, session, maker, verifier, printer_for, issuing),
        search=Search(records, verifier),
        tracking=Tracking(records, line),
        definitions=law,
        statutes=books.statutes,
        station=station,
        session=session,
        clock=clock,
        settings=chosen,
        printer=printer,
        clerks=Clerks(records, records, session),
        upkeep=records,
        papers_on=_papers_on(records, session, maker, verifier, issuing, directory),
        line=line,
        cases=CaseFiles(records),
        claims=Claims(records, session, station),
        corrections=Corrections(records, session, clock, station, law, records.secrets().district_key),
        completion=Completion(records, session, clock, station, law),
        office=OfficeWork(records, session, clock, station, law, line) if is_office(station) else None,
        law_books=books,
    )


def _paper_tools(records: Store, law: DefinitionSet, clock: Clock) -> tuple[ReportlabPaperMaker, Verifier, Issuing]:
    maker = ReportlabPaperMaker(paths.resources_dir() / "fonts")
    verifier = Verifier(signer_of(records.secrets(), clock), KnownPapers(records), maker)
    return maker, verifier, Issuing(records, law, records.station(), clock)


def _receiving(
    records: Store,
    session: Session,
    clock: Clock,
    law: DefinitionSet,
    judge: Judge,
    maker: ReportlabPaperMaker,
    issuing: Issuing,
    line: LineControl,
) -> Receiving:
    own = records.secrets()
    seal = _sealer(signer_of(own, clock))
    missing = maker.missing_characters
    return Receiving(records, session, clock, law, judge, seal, own.district_key, missing, issuing, line.status)


def _papers_on(
    records: Store,
    session: Session,
    maker: ReportlabPaperMaker,
    verifier: Verifier,
    issuing: Issuing,
    directory: Path,
) -> Callable[[str], Papers]:
    def on(queue: str) -> Papers:
        return Papers(records, session, maker, verifier, lambda _: open_printer("cups", queue, directory), issuing)

    return on


def _sealer(signer: Signer) -> Callable[[PaperRecord], PaperRecord]:
    def seal(record: PaperRecord) -> PaperRecord:
        return signature.sign_record(record, signer)

    return seal


def _printers(chosen: Settings, folder: Path) -> Callable[[str], Printer]:
    def printer_for(kind: str) -> Printer:
        return open_printer(chosen.printer_driver, chosen.queue_for(kind), folder)

    return printer_for
