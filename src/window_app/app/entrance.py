"""The way from a data directory to a desk, and one round of the line without a desk."""

import secrets
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from window_app import settings
from window_app.app.building import build_desk
from window_app.central.demo_line import DemoLine, find_demo
from window_app.central.hosted_line import HostedLine, hosts_centre
from window_app.clock import Clock, SystemClock
from window_app.documents.signers import line_signer_of
from window_app.domain.enrolment import HallParticulars, key_id_of
from window_app.domain.line import LineControl, RoundReport
from window_app.domain.ports import Station
from window_app.domain.receipt_numbers import PRACTICE_DISTRICT
from window_app.domain.stores import FirstClerk, SigningKey, StationSecrets, StoreDescription
from window_app.services import practice, setup
from window_app.services.desk import Desk
from window_app.services.session import PRACTICE_CLERK, PRACTICE_NAME, Session, SignIn
from window_app.services.setup import Enrolment
from window_app.settings import Settings
from window_app.storage import store
from window_app.storage.failures import StoreExists
from window_app.storage.store import Store
from window_app.sync.no_line import NoLine
from window_app.sync.opening import move_centre, on_call, open_line
from window_app.tasks import TaskRunner

PRACTICE_ISSUE_CODE = "PRAC"
SAMPLES_WANTED = "samples.wanted"


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

    def practise(
        self,
        clerk: str | None = None,
        *,
        clock: Clock | None = None,
        read_only: bool = False,
        runner: TaskRunner | None = None,
    ) -> Desk:
        """Return the desk of the practice hall, made empty where there is none yet."""
        if self.describe() is None:
            self._create_practice_store()
        now = clock or practice.clock_of_practice(self._clock)
        records = store.open(self.directory, clock=now, read_only=read_only)
        session = Session(clerk or PRACTICE_CLERK, clerk or PRACTICE_NAME, "administrator")
        return self._desk(records, session, now, runner)

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
        """Set this machine up as the station of an enrolment, with its first clerk; for practice without any."""
        clerk = None
        if not enrolment.station.practice:
            setup.check_clerk(clerk_code, clerk_name, password)
            clerk = FirstClerk(clerk_code.strip(), clerk_name.strip(), password)
        held = _secrets_of(enrolment)
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        store.create(self.directory, enrolment.station, held, clerk, profile=profile, clock=self._clock).close()

    def create_hall(
        self,
        hall: HallParticulars,
        clerk_code: str,
        clerk_name: str,
        password: str,
        *,
        profile: store.KeyProfile = store.PRODUCTION,
    ) -> None:
        """Set this machine up as a hall that stands alone: its own centre, with local connections only.

        Takes some seconds. A call after a kill goes on with what is there.

        Raises:
            WindowAppError: what was typed cannot be taken, and nothing was made (`setup.…`, `store.exists`);
                or PostgreSQL is missing or does not start (`central.…`).
        """
        from window_app.central.stand_alone import StandAloneCentre

        setup.check_hall(hall)
        setup.check_clerk(clerk_code, clerk_name, password)
        if self.describe() is not None:
            raise StoreExists()
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        enrolled = StandAloneCentre(self.directory, self._clock).enrol(hall)
        enrolment = self.read_enrolment(enrolled.file, enrolled.code)
        self.enrol(enrolment, clerk_code, clerk_name, password, profile=profile)

    def hosts_centre(self) -> bool:
        """Answer whether this machine is a hall that stands alone."""
        return hosts_centre(self.directory)

    def demo(self) -> DemoLine | None:
        """Return the switch of the demonstration's line; None where this folder belongs to none."""
        return find_demo(self.directory)

    def set_password(
        self, clerk: str, secret: str, password: str, *, profile: store.KeyProfile = store.PRODUCTION
    ) -> None:
        """Put a password in the place of a clerk's one-time code, or of her old password."""
        setup.check_password(password)
        store.set_password(self.directory, clerk, secret, password, profile=profile, clock=self._clock)

    def sign_in(
        self,
        clerk: str | None = None,
        password: str | None = None,
        *,
        read_only: bool = False,
        runner: TaskRunner | None = None,
    ) -> Desk:
        """Sign a clerk in and return the desk; a practice hall takes neither code nor password.

        With a runner the line to the centre begins to run.
        """
        if (self.directory / SAMPLES_WANTED).exists() and not read_only:
            self._fill_practice()
        hall = self.describe()
        if hall is not None and hall.practice:
            return self.practise(read_only=read_only, runner=runner)
        door = _Door(self._clock, read_only=read_only)
        session, records = SignIn(self.directory, door).sign_in(clerk, password)
        if not records.station().practice and not read_only:
            setup.note_enrolment(records, session)
        return self._desk(records, session, self._clock, runner)

    def _desk(self, records: Store, session: Session, clock: Clock, runner: TaskRunner | None) -> Desk:
        line: LineControl = NoLine()
        try:
            chosen = self.settings()
            stop = None if runner is None else _start_centre(self.directory, records, clock)
            line = open_line(records, line_signer_of(records.secrets(), clock), clock, chosen, runner)
            line = line if stop is None else HostedLine(line, stop)
            return build_desk(self.directory, records, session, chosen, clock, line=line)
        except BaseException:
            line.close()
            records.close()
            raise

    def _create_practice_store(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        store.create(self.directory, practice_station(), practice_secrets(), None, clock=self._clock).close()

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


def sync_once(
    directory: Path, clerk: str | None = None, password: str | None = None, *, address: str | None = None
) -> RoundReport:
    """Go through one round with the centre; `address` notes first that it answers elsewhere now.

    Raises:
        NoCentre: this station has none.
        WindowAppError: the store could not be opened, or the address is none.
    """
    clock = SystemClock()
    held = store.open(directory, clerk, password, clock=clock)
    stop = None
    try:
        stop = _start_centre(directory, held, clock)
        if address is not None:
            move_centre(held, address)
        return on_call(held, line_signer_of(held.secrets(), clock), clock, settings.load(directory)).run()
    finally:
        if stop is not None:
            stop()
        held.close()


def _start_centre(directory: Path, held: Store, clock: Clock) -> Callable[[], None] | None:
    """Start the centre that a data directory hosts and return what ends it; None where it hosts none."""
    if not hosts_centre(directory):
        return None
    from window_app.central.stand_alone import start_hosted

    centre = start_hosted(directory, clock)
    if centre is None:
        return None
    line = held.secrets().line
    if line is not None and f"{line.host}:{line.port}" != centre.address:
        move_centre(held, centre.address)
    return centre.stop


class _Door:
    """Opens stores with this program's clock."""

    def __init__(self, clock: Clock, *, read_only: bool) -> None:
        self._clock = clock
        self._read_only = read_only

    def describe(self, directory: Path) -> StoreDescription | None:
        return store.describe(directory)

    def open(self, directory: Path, clerk: str | None, password: str | None) -> Store:
        return store.open(directory, clerk, password, clock=self._clock, read_only=self._read_only)


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


def practice_secrets() -> StationSecrets:
    """Return new secrets for a practice counter, which no centre knows."""
    seed = secrets.token_bytes(32)
    key_id = key_id_of(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())
    return StationSecrets(secrets.token_bytes(32), secrets.token_bytes(32), (SigningKey(key_id, seed),))


def _secrets_of(enrolment: Enrolment) -> StationSecrets:
    sealed = enrolment.secrets
    key = SigningKey(enrolment.signing_key_id, sealed.signing_seed, enrolment.issued_at, enrolment.signing_valid_until)
    return StationSecrets(
        sealed.station_secret, sealed.district_key, (key,), root_key=enrolment.root_key, line=sealed.line
    )
