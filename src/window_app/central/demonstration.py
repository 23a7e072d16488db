"""A centre with two counters and two offices in one folder, for practice and for showing the line."""

import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from window_app.central.administration import CentreAdministration, Enrolled, LinePlace
from window_app.central.cluster import free_port
from window_app.central.demo_line import DEMO_FILE
from window_app.central.embedded import DATABASE, EmbeddedServer
from window_app.central.enrolment import SealCost, StationParticulars
from window_app.central.forwarder import Forwarder
from window_app.central.keys import ROOT, KeyFolder
from window_app.clock import Clock
from window_app.domain.line import CONFIDENTIAL
from window_app.domain.receipt_numbers import PRACTICE_DISTRICT
from window_app.errors import WindowAppError

HALL = "示范区人社服务大厅"
_BEGUN = "demo.begun"
_SERVER = "centre"
_KEYS = "centre-keys"
_SEAL = SealCost(memory_kib=64, passes=1, lanes=1)


@dataclass(frozen=True, slots=True)
class DemoStation:
    """A station of the demonstration; `folder` is its data directory below that of the demonstration."""

    folder: str
    kind: str
    name: str
    issue_code: str
    office: str | None = None


STATIONS = (
    DemoStation("counter-a", "counter", "1号窗口", "PRA1"),
    DemoStation("counter-b", "counter", "2号窗口", "PRA2"),
    DemoStation("arbitration", "office", "仲裁院立案窗口", "PRA3", "arbitration"),
    DemoStation("inspection", "office", "监察大队受理窗口", "PRA4", "inspection"),
)


class Demonstration:
    """The centre of a demonstration and its stations' enrolments."""

    def __init__(self, folder: Path, clock: Clock, *, binaries: Path | None = None) -> None:
        """Name the folder; nothing is made yet.

        Raises:
            BinariesMissing: where PostgreSQL's programs are not there.
        """
        self.folder = folder
        self._clock = clock
        self._server = EmbeddedServer(folder / _SERVER, binaries=binaries)

    def is_made(self) -> bool:
        """Answer whether the folder holds a demonstration."""
        return (self.folder / DEMO_FILE).is_file()

    def make(self) -> Iterator[tuple[DemoStation, Enrolled]]:
        """Make the centre and yield each station with its enrolment; the folder counts as made at the end.

        A making that was killed is begun anew.

        Raises:
            WindowAppError: `demo.folder` for a folder that holds other things.
        """
        self._prepare_folder()
        port, control_port = free_port(), free_port()
        with self._server as server:
            if not (self.folder / _KEYS / ROOT).exists():
                KeyFolder.create(self.folder / _KEYS)
            centre = CentreAdministration(
                server.ensure_database(), KeyFolder(self.folder / _KEYS), clock=self._clock, cost=_SEAL
            )
            centre.initialise(PRACTICE_DISTRICT)
            for station in STATIONS:
                feeds = [PRACTICE_DISTRICT, *([PRACTICE_DISTRICT + CONFIDENTIAL] if _reads_reports(station) else [])]
                place = LinePlace("127.0.0.1", port, DATABASE)
                yield station, centre.enrol(_particulars(station), place, feeds=feeds)
        _write_private(
            self.folder / DEMO_FILE,
            {
                "port": port,
                "control_port": control_port,
                "token": secrets.token_hex(16),
                "stations": [station.folder for station in STATIONS],
            },
        )
        (self.folder / _BEGUN).unlink()

    def _prepare_folder(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        begun = self.folder / _BEGUN
        ours = {_BEGUN, _SERVER, _KEYS, *(station.folder for station in STATIONS)}
        found = {entry.name for entry in self.folder.iterdir()}
        if found and (_BEGUN not in found or found - ours):
            raise WindowAppError("demo.folder", folder=self.folder.name)
        for name in found - {_BEGUN}:
            shutil.rmtree(self.folder / name)
        begun.touch()

    def serve(self) -> None:
        """Run the centre and its line until somebody stops them.

        Raises:
            WindowAppError: `demo.port_taken` where somebody else took a port of it.
        """
        said = json.loads((self.folder / DEMO_FILE).read_text("utf-8"))
        with self._server as server:
            port = server.endpoint.port
            try:
                forwarder = Forwarder(said["port"], said["control_port"], said["token"], lambda: port)
            except OSError:
                raise WindowAppError("demo.port_taken", port=said["port"]) from None
            forwarder.run()

    @contextmanager
    def centre(self) -> Iterator[CentreAdministration]:
        """Give the administrator's side of the running centre."""
        with self._server as server:
            yield CentreAdministration(
                server.ensure_database(), KeyFolder(self.folder / _KEYS), clock=self._clock, cost=_SEAL
            )


def _reads_reports(station: DemoStation) -> bool:
    return station.office == "inspection"


def _particulars(station: DemoStation) -> StationParticulars:
    return StationParticulars(
        station_id=uuid4(),
        kind=station.kind,
        name=station.name,
        hall=HALL,
        hall_phone="000-00000001",
        hall_address="示范区练习路1号",
        district=PRACTICE_DISTRICT,
        issue_code=station.issue_code,
        office=station.office,
        practice=True,
    )


def _write_private(path: Path, said: object) -> None:
    beside = path.with_name(path.name + ".new")
    beside.touch(mode=0o600)
    beside.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    beside.replace(path)
