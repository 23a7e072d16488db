"""The desk of a signed-in clerk: every adapter behind its port, built once and handed down."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from window_app import paths
from window_app.app.commitments import build_commitments
from window_app.app.printing import printing_setup
from window_app.clock import Clock
from window_app.devices.printers import open_printer
from window_app.documents import signature
from window_app.documents.binding import bind
from window_app.documents.file_reader import SeparateFileReader
from window_app.documents.known_papers import KnownPapers
from window_app.documents.maker import ReportlabPaperMaker
from window_app.documents.signers import KeysOfDistrict, signer_of
from window_app.documents.verify_page import verify_page
from window_app.documents.verifying import Verifier
from window_app.domain.line import LineControl
from window_app.domain.papers import PaperRecord
from window_app.domain.ports import Printer, Signer
from window_app.forms import DefinitionSet, load_definitions
from window_app.i18n import Catalogue
from window_app.services.answer_limits import AnswerLimits
from window_app.services.attachments import Attachments
from window_app.services.authors import is_office
from window_app.services.calculators import Calculators
from window_app.services.case_files import CaseFiles
from window_app.services.case_papers import CasePapers
from window_app.services.case_values import CaseValues
from window_app.services.claims import Claims
from window_app.services.clerks import Clerks
from window_app.services.code_lists import CodeLists
from window_app.services.commitment_desk import CommitmentDesk
from window_app.services.commitment_letters import CommitmentLetters
from window_app.services.commitment_review import CommitmentReview
from window_app.services.commitment_rulings import CommitmentRulings
from window_app.services.completion import Completion
from window_app.services.copying import Copying
from window_app.services.corrections import Corrections
from window_app.services.day_end import DayEnd
from window_app.services.desk import Desk
from window_app.services.drafting import Drafting
from window_app.services.due import DueWork
from window_app.services.earlier import Earlier
from window_app.services.employers import Employers
from window_app.services.handouts import Handouts
from window_app.services.intake import Intake
from window_app.services.interview import Interview
from window_app.services.issuing import Issuing
from window_app.services.judging import Judge
from window_app.services.law_books import open_books
from window_app.services.office import OfficeWork
from window_app.services.outage import OutagePaper
from window_app.services.paper_pictures import PaperPictures
from window_app.services.paper_runs import PaperRuns
from window_app.services.paper_samples import PaperSamples
from window_app.services.paper_values import Counter
from window_app.services.papers import Papers
from window_app.services.party_desk import PartyDesk
from window_app.services.phrases import Phrases
from window_app.services.printing_setup import PrintingSetup
from window_app.services.queue_tickets import QueueTickets
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


@cache
def _code_lists(folder: Path) -> CodeLists:
    """Return the code lists that came with the program; a desk that is locked and opened again reads none anew."""
    return CodeLists(folder, initials)


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
    printing = printing_setup(chosen, directory / PRINTED_FOLDER, law)
    printer_for = printing.printer_for
    books = open_books(directory / STATUTES_FOLDER, law, station.locality, maker, printing.printer, clock)
    outage = _outage(records, session, clock, law, maker, printer_for)
    commitments = build_commitments(records, session, clock, law, judge, issuing)
    papers = Papers(records, session, maker, verifier, printer_for, issuing, printing.copies_of)
    case_papers = _case_papers(records, session, clock, law, maker, issuing, judge)
    day_end = _day_end(records, session, clock, law, maker, issuing, outage)
    made = _with_intake(records, session, chosen, clock, law, judge, line)
    return _with_printing(made, records, law, clock, printing, papers, issuing, maker)(
        definitions=law,
        statutes=books.statutes,
        station=station,
        settings=chosen,
        upkeep=records,
        line=line,
        law_books=books,
        reception=reception,
        intake=Intake(law, judge, reception),
        receiving=_receiving(records, session, clock, law, judge, maker, issuing, outage, commitments, line),
        commitments=commitments,
        papers=papers,
        case_papers=case_papers,
        day_end=day_end,
        handouts=Handouts(records, case_papers, day_end, papers, printer_for, bind),
        search=Search(records, verifier),
        papers_on=_papers_on(records, session, maker, verifier, issuing, directory),
        outage=outage,
    )


def _with_printing(
    made: "partial[Desk]",
    records: Store,
    law: DefinitionSet,
    clock: Clock,
    printing: PrintingSetup,
    papers: Papers,
    issuing: Issuing,
    maker: ReportlabPaperMaker,
) -> "partial[Desk]":
    """Return the desk's maker with its printers, and with papers that need none."""
    seal = _sealer(signer_of(records.secrets(), clock))
    return partial(
        made,
        printing=printing,
        printer=printing.printer,
        paper_runs=PaperRuns(papers, issuing, maker, seal, bind, printing.printer_for),
        tickets=QueueTickets(records.tickets(), clock, records.station(), printing),
        paper_pictures=PaperPictures(SeparateFileReader()),
        paper_samples=PaperSamples(law, maker, clock, paths.resources_dir()),
        verify_page=partial(_verify_page, records, law, clock, printing.chosen.language),
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
    review = CommitmentReview(records, law, clock, station)
    return partial(
        Desk,
        commitment_letters=_letters(records, session, clock, law, review),
        commitment_review=review,
        commitment_rulings=_rulings(records, session, clock, law, review),
        session=session,
        clock=clock,
        interview=Interview(law, judge),
        tracking=Tracking(records, line, records),
        office=OfficeWork(records, session, clock, station, law, line) if is_office(station) else None,
        answer_limits=AnswerLimits(law, station),
        due=DueWork(records, records, session, clock, station, law.calendars, judge, records),
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
        codes=_code_lists(paths.resources_dir() / "codes"),
    )


def _rulings(
    records: Store, session: Session, clock: Clock, law: DefinitionSet, review: CommitmentReview
) -> CommitmentRulings | None:
    station = records.station()
    if not is_office(station):
        return None
    return CommitmentRulings(records, session, clock, station, law.offices.get(station.office or ""), review)


def _letters(
    records: Store, session: Session, clock: Clock, law: DefinitionSet, review: CommitmentReview
) -> CommitmentLetters | None:
    station = records.station()
    if not is_office(station):
        return None
    issuing = Issuing(records, law, station, clock)
    seal = _sealer(signer_of(records.secrets(), clock))
    return CommitmentLetters(records, session, clock, law, station, review, issuing, seal)


def _attachments(
    records: Store, session: Session, law: DefinitionSet, chosen: Settings, line: LineControl
) -> Attachments:
    reader, station, most = SeparateFileReader(), records.station(), chosen.attachment_megabytes
    return Attachments(records, records, records.vault, reader, line, session, station, law, most)


def _paper_tools(records: Store, law: DefinitionSet, clock: Clock) -> tuple[ReportlabPaperMaker, Verifier, Issuing]:
    maker = ReportlabPaperMaker(paths.resources_dir() / "fonts")
    verifier = Verifier(_known_keys(records, clock), KnownPapers(records), maker)
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
    commitments: CommitmentDesk,
    line: LineControl,
) -> Receiving:
    own = records.secrets()
    seal = _sealer(signer_of(own, clock))
    missing = maker.missing_characters
    earlier = Earlier(records, Registering(records, own.district_key))
    more = (issuing, earlier, outage, commitments.drafts, line.status)
    return Receiving(records, session, clock, law, judge, seal, own.district_key, missing, *more)


def _case_papers(
    records: Store,
    session: Session,
    clock: Clock,
    law: DefinitionSet,
    maker: ReportlabPaperMaker,
    issuing: Issuing,
    judge: Judge,
) -> CasePapers:
    station = records.station()
    values = CaseValues(law, Counter(station, session), clock)
    seal = _sealer(signer_of(records.secrets(), clock))
    return CasePapers(records, session, clock, station, law, values, issuing, maker, seal, bind, judge)


def _day_end(
    records: Store,
    session: Session,
    clock: Clock,
    law: DefinitionSet,
    maker: ReportlabPaperMaker,
    issuing: Issuing,
    outage: OutagePaper,
) -> DayEnd:
    counter = Counter(records.station(), session)
    return DayEnd(records, counter, clock, law, maker, _sealer(signer_of(records.secrets(), clock)), issuing, outage)


def _known_keys(records: Store, clock: Clock) -> KeysOfDistrict:
    return KeysOfDistrict(signer_of(records.secrets(), clock), records.known_keys)


def _verify_page(records: Store, law: DefinitionSet, clock: Clock, language: str) -> str:
    keys = _known_keys(records, clock).all()
    short = "zh" if language.startswith("zh") else "en"
    titles = {one.paper: one.title.get(short, one.title["zh"]) for one in law.wording.values()}
    hall = records.station().hall
    return verify_page(keys, titles, hall, clock.today(), paths.resources_dir(), Catalogue(language))


def paper_samples(law: DefinitionSet, clock: Clock) -> PaperSamples:
    """Return papers with made-up values of a definition set; no store is opened for them."""
    resources = paths.resources_dir()
    return PaperSamples(law, ReportlabPaperMaker(resources / "fonts"), clock, resources)


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
