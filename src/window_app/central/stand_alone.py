"""A hall that is its own centre: the server and the keys lie in the data directory of its one machine.

Nothing listens on a network. What another centre would keep elsewhere is here on the same disk, so a
stand-alone hall must be backed up as a whole.
"""

from pathlib import Path
from uuid import uuid4

from window_app import log
from window_app.central.administration import CentreAdministration, Enrolled, LinePlace
from window_app.central.connecting import as_administrator, connected
from window_app.central.embedded import DATABASE, EmbeddedServer
from window_app.central.enrolment import SealCost, StationParticulars
from window_app.central.hosted_line import KEYS_FOLDER, SERVER_FOLDER, hosts_centre
from window_app.central.keys import KeyFolder
from window_app.clock import Clock
from window_app.domain.enrolment import HallParticulars
from window_app.errors import WindowAppError

# The file and its code are read at once by the program that made them.
_SEAL = SealCost(memory_kib=8 * 1024, passes=1, lanes=1)
_RESERVES = 2


class StandAloneCentre:
    """The centre inside a data directory."""

    def __init__(self, directory: Path, clock: Clock, *, binaries: Path | None = None) -> None:
        """Name the data directory; nothing is started yet.

        Raises:
            BinariesMissing: where PostgreSQL's programs are not there.
        """
        self._keys_folder = directory / KEYS_FOLDER
        self._clock = clock
        self._server = EmbeddedServer(directory / SERVER_FOLDER, binaries=binaries)

    @property
    def address(self) -> str:
        """Return where it answers now, as HOST:PORT; another port where somebody took ours."""
        return f"127.0.0.1:{self._server.endpoint.port}"

    def start(self) -> None:
        """Start the server, or use the one that runs, and bring the schema up to this release.

        Raises:
            EmbeddedFailed: it did not come up.
            CentreFailed: the schema could not be brought up to this release.
        """
        self._server.start()
        try:
            self._administration().upgrade()
        except BaseException:
            self._server.stop()
            raise

    def stop(self) -> None:
        """End the server."""
        self._server.stop()

    def enrol(self, hall: HallParticulars) -> Enrolled:
        """Set the centre up for a hall and enrol its counter; the server runs while it does so.

        A call after a kill goes on with what is there: codes once given are not given again.
        """
        if not hosts_centre(self._keys_folder.parent):
            KeyFolder.create(self._keys_folder)
        self._server.start()
        try:
            administration = self._administration()
            administration.initialise(hall.district.strip())
            first = self._codes_given()
            codes = tuple(f"A{number:03d}" for number in range(first + 1, first + 2 + _RESERVES))
            place = LinePlace("127.0.0.1", self._server.endpoint.port, DATABASE)
            return administration.enrol(_particulars(hall, codes), place)
        finally:
            self._server.stop()

    def _administration(self) -> CentreAdministration:
        dsn = self._server.ensure_database()
        return CentreAdministration(dsn, KeyFolder(self._keys_folder), clock=self._clock, cost=_SEAL)

    def _codes_given(self) -> int:
        with connected(self._server.ensure_database()) as connection:
            as_administrator(connection)
            row = connection.execute("SELECT count(*) FROM centre.issue_code WHERE code LIKE 'A%'").fetchone()
        return 0 if row is None else int(row[0])


def start_hosted(directory: Path, clock: Clock) -> StandAloneCentre | None:
    """Start the centre that a data directory hosts; None where it hosts none or it does not start.

    A centre that does not start must keep nobody from the work: the line is down then, and the log says why.
    """
    if not hosts_centre(directory):
        return None
    try:
        centre = StandAloneCentre(directory, clock)
        centre.start()
    except WindowAppError as error:
        log.logger("central.stand_alone").error("central.not_started", exc_info=error)
        return None
    return centre


def _particulars(hall: HallParticulars, codes: tuple[str, ...]) -> StationParticulars:
    return StationParticulars(
        station_id=uuid4(),
        kind="counter",
        name=hall.counter.strip(),
        hall=hall.hall.strip(),
        hall_phone=hall.phone.strip(),
        hall_address=hall.address.strip(),
        district=hall.district.strip(),
        issue_code=codes[0],
        reserve_codes=codes[1:],
    )
