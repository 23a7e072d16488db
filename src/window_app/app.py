"""The composition root: builds every object once and hands it down."""

import os
import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from window_app import paths, settings
from window_app.clock import Clock, FixedClock, SystemClock, legal_date
from window_app.devices.printers import open_printer
from window_app.documents import signature
from window_app.documents.known_papers import KnownPapers
from window_app.documents.maker import ReportlabPaperMaker
from window_app.documents.verifying import Verifier
from window_app.domain.enrolment import key_id_of
from window_app.domain.events import EventType, NewEvent, Stream, StreamKind
from window_app.domain.papers import PaperRecord
from window_app.domain.ports import Printer, Signer, Station
from window_app.domain.receipt_numbers import PRACTICE_DISTRICT
from window_app.domain.stores import FirstClerk, SigningKey, StationSecrets, StoreDescription
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet, StatuteLibrary, load_definitions
from window_app.services import practice, setup
from window_app.services.clerks import Clerks
from window_app.services.desk import Desk
from window_app.services.intake import Intake
from window_app.services.interview import Interview
from window_app.services.judging import Judge
from window_app.services.papers import Papers
from window_app.services.receiving import Receiving
from window_app.services.reception import Reception
from window_app.services.search import Search
from window_app.services.session import PRACTICE_CLERK, PRACTICE_NAME, Session, SignIn
from window_app.services.setup import Enrolment
from window_app.services.tracking import Tracking
from window_app.settings import Settings
from window_app.storage import store
from window_app.storage.store import Store

PRACTICE_ISSUE_CODE = "PRAC"
PRINTED_FOLDER = "printed"
STATUTES_FOLDER = "statutes"
SAMPLES_WANTED = "samples.wanted"


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
) -> Desk:
    """Return the desk of a clerk who signed in to a store."""
    law = definitions or load_set()
    station = records.station()
    own = records.secrets()
    signer = signer_of(own, clock)
    judge = Judge(law, station, clock)
    reception = Reception(records, session, clock, law.content_hash)
    maker = ReportlabPaperMaker(paths.resources_dir() / "fonts")
    verifier = Verifier(signer, KnownPapers(records), maker)
    printer_for = _printers(chosen, directory / PRINTED_FOLDER)

    def papers_on(queue: str) -> Papers:
        return Papers(records, session, maker, verifier, lambda _: open_printer("cups", queue, directory))

    return Desk(
        reception=reception,
        interview=Interview(law, judge),
        intake=Intake(law, judge, reception),
        receiving=Receiving(
            records, session, clock, law, judge, _sealer(signer), own.district_key, maker.missing_characters
        ),
        papers=Papers(records, session, maker, verifier, printer_for),
        search=Search(records, verifier),
        tracking=Tracking(records),
        definitions=law,
        statutes=StatuteLibrary(directory / STATUTES_FOLDER, law.statute_titles),
        station=station,
        session=session,
        clock=clock,
        settings=chosen,
        printer=printer_for("receipt"),
        clerks=Clerks(records, records, session),
        upkeep=records,
        papers_on=papers_on,
    )


def _sealer(signer: Signer) -> Callable[[PaperRecord], PaperRecord]:
    def seal(record: PaperRecord) -> PaperRecord:
        return signature.sign_record(record, signer)

    return seal


def _printers(chosen: Settings, folder: Path) -> Callable[[str], Printer]:
    def printer_for(kind: str) -> Printer:
        return open_printer(chosen.printer_driver, chosen.queue_for(kind), folder)

    return printer_for


def signer_of(own: StationSecrets, clock: Clock) -> signature.Ed25519Signer:
    """Return the signer of a station's keys, which also knows the public keys of others."""
    signing = [
        signature.SigningKey(
            key.seed, _day(key.valid_from, otherwise=date.min), _day(key.valid_until, otherwise=date.max)
        )
        for key in own.signing_keys
    ]
    known = [signature.PublicKey(key.key_id, key.public, revoked=key.revoked) for key in own.known_keys]
    return signature.Ed25519Signer(signing, known, clock)


def _day(instant: datetime | None, *, otherwise: date) -> date:
    return otherwise if instant is None else legal_date(instant)


class Entrance:
    """The way from a data directory to a desk; `services.desk.Entrance` says what each step does."""

    def __init__(self, directory: Path, clock: Clock | None = None) -> None:
        """Name the data directory; nothing is read yet."""
        self.directory = directory
        self._clock = clock or SystemClock()

    def describe(self) -> StoreDescription | None:
        """Return who may sign in here, or None where nothing has been set up."""
        return store.describe(self.directory)

    def settings(self) -> Settings:
        """Return the settings of this machine; readable before anybody signs in."""
        return settings.load(self.directory)

    def create_practice(self) -> None:
        """Set up a practice hall with sample cases; a call after a kill completes it."""
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        wanted = self.directory / SAMPLES_WANTED
        if self.describe() is None:
            wanted.touch()
            self._create_practice_store()
        self._fill_practice()

    def practise(self, clerk: str | None = None, *, clock: Clock | None = None, read_only: bool = False) -> Desk:
        """Return the desk of the practice hall, made empty where there is none yet."""
        if self.describe() is None:
            self._create_practice_store()
        now = clock or practice_clock(self._clock)
        records = store.open(self.directory, clock=now, read_only=read_only)
        session = Session(clerk or PRACTICE_CLERK, clerk or PRACTICE_NAME, "administrator")
        return self._desk(records, session, now)

    def read_enrolment(self, content: bytes, code: str) -> Enrolment:
        """Check an enrolment file and open its sealed part with the one-time code."""
        return setup.read_enrolment(content, code, self._clock)

    def enrol(
        self,
        enrolment: Enrolment,
        clerk_code: str,
        clerk_name: str,
        password: str,
        *,
        profile: store.KeyProfile = store.PRODUCTION,
    ) -> None:
        """Set this machine up as the counter of an enrolment, with its first clerk."""
        setup.check_clerk(clerk_code, clerk_name, password)
        clerk = FirstClerk(clerk_code.strip(), clerk_name.strip(), password)
        held = _secrets_of(enrolment)
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        store.create(self.directory, enrolment.station, held, clerk, profile=profile, clock=self._clock).close()

    def set_password(
        self, clerk: str, secret: str, password: str, *, profile: store.KeyProfile = store.PRODUCTION
    ) -> None:
        """Put a password in the place of a clerk's one-time code, or of her old password."""
        setup.check_password(password)
        store.set_password(self.directory, clerk, secret, password, profile=profile, clock=self._clock)

    def sign_in(self, clerk: str | None = None, password: str | None = None, *, read_only: bool = False) -> Desk:
        """Sign a clerk in and return the desk; a practice hall takes neither code nor password."""
        if (self.directory / SAMPLES_WANTED).exists() and not read_only:
            self._fill_practice()
        hall = self.describe()
        if hall is not None and hall.practice:
            return self.practise(read_only=read_only)
        door = _Door(self._clock, read_only=read_only)
        session, records = SignIn(self.directory, door).sign_in(clerk, password)
        if not records.station().practice and not read_only:
            _note_enrolment(records, session)
        return self._desk(records, session, self._clock)

    def _desk(self, records: Store, session: Session, clock: Clock) -> Desk:
        try:
            return build_desk(self.directory, records, session, self.settings(), clock)
        except BaseException:
            records.close()
            raise

    def _create_practice_store(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        store.create(self.directory, practice_station(), _practice_secrets(), None, clock=self._clock).close()

    def _fill_practice(self) -> None:
        wanted = self.directory / SAMPLES_WANTED
        if not wanted.exists():
            return
        clock = practice.SampleClock(self._clock.now())
        desk = self.practise(clock=clock)
        try:
            practice.fill(desk, clock)
        finally:
            desk.close()
        wanted.unlink()


class _Door:
    """Opens stores with this program's clock."""

    def __init__(self, clock: Clock, *, read_only: bool) -> None:
        self._clock = clock
        self._read_only = read_only

    def describe(self, directory: Path) -> StoreDescription | None:
        return store.describe(directory)

    def open(self, directory: Path, clerk: str | None, password: str | None) -> Store:
        return store.open(directory, clerk, password, clock=self._clock, read_only=self._read_only)


def practice_clock(otherwise: Clock) -> Clock:
    """Return the clock of a practice hall: WINDOW_APP_PRACTICE_NOW where it is set, and never anywhere else.

    Raises:
        WindowAppError: `practice.now_invalid` where it is no instant with its zone.
    """
    chosen = os.environ.get("WINDOW_APP_PRACTICE_NOW")
    if not chosen:
        return otherwise
    try:
        instant = datetime.fromisoformat(chosen)
    except ValueError:
        raise WindowAppError("practice.now_invalid") from None
    if instant.tzinfo is None:
        raise WindowAppError("practice.now_invalid")
    return FixedClock(instant.astimezone(UTC))


def practice_station() -> Station:
    """Return a new practice counter; its numbers begin with the reserved district."""
    return Station(
        station_id=uuid4(),
        kind="counter",
        name="1号窗口",
        hall="练习大厅",
        district=PRACTICE_DISTRICT,
        issue_code=PRACTICE_ISSUE_CODE,
        reserve_codes=(),
        locality=None,
        practice=True,
        phone="12333",
    )


def _practice_secrets() -> StationSecrets:
    seed = secrets.token_bytes(32)
    key_id = key_id_of(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())
    return StationSecrets(secrets.token_bytes(32), secrets.token_bytes(32), (SigningKey(key_id, seed),))


def _secrets_of(enrolment: Enrolment) -> StationSecrets:
    sealed = enrolment.secrets
    key = SigningKey(enrolment.signing_key_id, sealed.signing_seed, enrolment.issued_at, enrolment.signing_valid_until)
    return StationSecrets(sealed.station_secret, sealed.district_key, (key,), root_key=enrolment.root_key)


def _note_enrolment(records: Store, session: Session) -> None:
    """Put the enrolment on record at the first sign-in, once."""
    station = records.station()
    if records.events(station.station_id):
        return
    facts = {"issue_code": station.issue_code, "district": station.district, "kind": station.kind}
    stream = Stream(StreamKind.DEVICE, station.station_id)
    with records.unit_of_work() as work:
        work.append(
            session.actor,
            [
                NewEvent(stream, EventType.STATION_ENROLLED, facts=facts),
                NewEvent(stream, EventType.CLERK_ADMITTED, facts={"clerk": session.clerk, "role": session.role}),
            ],
        )
