"""The desk of a signed-in clerk: every adapter behind its port, built once and handed down."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from window_app import paths
from window_app.clock import Clock
from window_app.devices.printers import open_printer
from window_app.documents import signature
from window_app.documents.binding import bind
from window_app.documents.file_reader import SeparateFileReader
from window_app.documents.known_papers import KnownPapers
from window_app.documents.maker import ReportlabPaperMaker
from window_app.documents.signers import signer_of
from window_app.documents.verifying import Verifier
from window_app.domain.line import LineControl
from window_app.domain.papers import PaperRecord
from window_app.domain.ports import Printer, Signer
from window_app.forms import DefinitionSet, load_definitions
from window_app.services.answer_limits import AnswerLimits
from window_app.services.attachments import Attachments
from window_app.services.authors import is_office
from window_app.services.calculators import Calculators
from window_app.services.case_files import CaseFiles
from window_app.services.claims import Claims
from window_app.services.clerks import Clerks
from window_app.services.code_lists import CodeLists
from window_app.services.completion import Completion
from window_app.services.copying import Copying
from window_app.services.corrections import Corrections
from window_app.services.desk import Desk
from window_app.services.drafting import Drafting
from window_app.services.due import DueWork
from window_app.services.earlier import Earlier
from window_app.services.employers import Employers
from window_app.services.intake import Intake
from window_app.services.interview import Interview
from window_app.services.issuing import Issuing
from window_app.services.judging import Judge
from window_app.services.law_books import open_books
from window_app.services.office import OfficeWork
from window_app.services.outage import OutagePaper
from window_app.services.papers import Papers
from window_app.services.party_desk import PartyDesk
from window_app.services.phrases import Phrases
from window_app.services.receiving import Receiving
from window_app.services.reception import Reception
from window_app.services.register import Register
from window_app.services.registering import Registering
from window_app.services.reuse import ReuseCounts
from window_app.services.search import Search
from window_app.services.session import Session
from window_app.services.sheets import Sheets
from window_app.services.tracking import Tracking
from window_app.settings import Settings
from window_app.storage.pinyin import initials
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
    reception = Reception(records, session, clock, law.content_hash, law.pack)
    maker, verifier, issuing = _paper_tools(records, law, clock)
    printer_for = _printers(chosen, directory / PRINTED_FOLDER)
    printer = printer_for("receipt")
    books = open_books(directory / STATUTES_FOLDER, law, station.locality, maker, printer, clock)
    outage = _outage(records, session, clock, law, maker, printer_for)
    return _with_intake(records, session, chosen, clock, law, judge, line)(
        definitions=law,
        statutes=books.statutes,
        station=station,
        session=session,
        clock=clock,
        settings=chosen,
        printer=printer,
        upkeep=records,
        line=line,
        law_books=books,
        reception=reception,
        interview=Interview(law, judge),
        intake=Intake(law, judge, reception),
        receiving=_receiving(records, session, clock, law, judge, maker, issuing, outage, line),
        papers=Papers(records, session, maker, verifier, printer_for, issuing),
        search=Search(records, verifier),
        tracking=Tracking(records, line, records),
        papers_on=_papers_on(records, session, maker, verifier, issuing, directory),
        office=OfficeWork(records, session, clock, station, law, line) if is_office(station) else None,
        outage=outage,
    )


def _with_intake(
    records: Store,
    session: Session,
    chosen: Settings,
    clock: Clock,
    law: DefinitionSet,
    judge: Judge,
    line: LineControl,
) -> "partial[Desk]":
    """Return the desk's maker with what needs neither papers nor printers."""
    station = records.station()
    return partial(
        Desk,
        answer_limits=AnswerLimits(law, station),
        due=DueWork(records, records, session, clock, station, law.calendars, judge),
        reuse=ReuseCounts(records),
        parties=_parties(records, session, law, judge),
        employers=Employers(records.employers()),
        drafting=Drafting(records, session, clock, law, judge, records.clerks),
        calculators=Calculators(law, clock, station.locality),
        phrases=Phrases(law, judge),
        sheets=Sheets(law, judge, clock),
        attachments=_attachments(records, session, law, chosen, line),
        cases=CaseFiles(records),
        claims=Claims(records, session, station),
        corrections=Corrections(records, session, clock, station, law, records.secrets().district_key),
        completion=Completion(records, session, clock, station, law),
        clerks=Clerks(records, records, session),
    )


def _parties(records: Store, session: Session, law: DefinitionSet, judge: Judge) -> PartyDesk:
    district_key = records.secrets().district_key
    return PartyDesk(
        register=Register(records, session, district_key),
        earlier=Earlier(records, Registering(records, district_key)),
        copying=Copying(records, law, judge),
        codes=CodeLists(paths.resources_dir() / "codes", initials),
    )


def _attachments(
    records: Store, session: Session, law: DefinitionSet, chosen: Settings, line: LineControl
) -> Attachments:
    reader, station, most = SeparateFileReader(), records.station(), chosen.attachment_megabytes
    return Attachments(records, records, records.vault, reader, line, session, station, law, most)


def _paper_tools(records: Store, law: DefinitionSet, clock: Clock) -> tuple[ReportlabPaperMaker, Verifier, Issuing]:
    maker = ReportlabPaperMaker(paths.resources_dir() / "fonts")
    verifier = Verifier(signer_of(records.secrets(), clock), KnownPapers(records), maker)
    return maker, verifier, Issuing(records, law, records.station(), clock)


def _outage(
    records: Store,
    session: Session,
    clock: Clock,
    law: DefinitionSet,
    maker: ReportlabPaperMaker,
    printer_for: Callable[[str], Printer],
) -> OutagePaper:
    seal = _sealer(signer_of(records.secrets(), clock))
    return OutagePaper(records, session, clock, law, maker, seal, bind, printer_for)


def _receiving(
    records: Store,
    session: Session,
    clock: Clock,
    law: DefinitionSet,
    judge: Judge,
    maker: ReportlabPaperMaker,
    issuing: Issuing,
    outage: OutagePaper,
    line: LineControl,
) -> Receiving:
    own = records.secrets()
    seal = _sealer(signer_of(own, clock))
    missing = maker.missing_characters
    earlier = Earlier(records, Registering(records, own.district_key))
    return Receiving(
        records, session, clock, law, judge, seal, own.district_key, missing, issuing, earlier, outage, line.status
    )


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
