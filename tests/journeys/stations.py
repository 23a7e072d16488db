"""Counters and offices as processes of their own before a real centre."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.forking import ForkedWithPipes
from tests.journeys.commands import Commands, Outcome
from tests.postgres import CentreDatabase
from tests.services.visits import visit

from window_app.app import Entrance
from window_app.storage import store

PASSWORD = "journey-2026"
PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class StationCommands:
    """Runs verbs as the clerk of one enrolled station; `folder` is for files handed to them."""

    run: Callable[..., Outcome]
    folder: Path

    def done(self, *arguments: str | Path) -> Any:
        """Run a verb that must succeed and return what it says."""
        outcome = self.run(*arguments)
        assert outcome.code == 0, outcome.err
        return outcome.json

    def says_no(self, *arguments: str | Path) -> str:
        """Run a verb that must be refused: exit code 1, a message, nothing said."""
        outcome = self.run(*arguments)
        assert (outcome.code, outcome.out) == (1, ""), outcome
        assert outcome.err.strip()
        assert "Traceback" not in outcome.err
        return outcome.err

    def sync(self) -> Any:
        """Go through a round with the centre."""
        said = self.done("sync")
        assert said["outcome"] == "done"
        return said

    def receive(self, name: str) -> str:
        """Take a collected visit in and return the number of its first case."""
        intake = {key: value for key, value in visit(name).items() if key not in ("on", "clerk")}
        said = self.done("receive", self.file(intake), "--out", self.folder / "papers")
        number: str = said["cases"][0]["number"]
        return number

    def file(self, content: object) -> Path:
        """Write what a verb is to read."""
        path = self.folder / "input.json"
        path.write_text(json.dumps(content), "utf-8")
        return path


@dataclass
class StationProcess:
    """A station's long-lived process: started at its first verb, ended by the test that owns it."""

    data: Path
    env: dict[str, str]
    _process: ForkedWithPipes | None = field(default=None)

    def __call__(self, *arguments: str | Path) -> Outcome:
        """Run a verb in the process and return how it ended."""
        if self._process is None:
            self._process = ForkedWithPipes(["tests.journeys.station_process"], self.env)
        self._process.stdin.write(json.dumps(["--data", str(self.data), *map(str, arguments)]) + "\n")
        self._process.stdin.flush()
        return Outcome(**json.loads(self._process.stdout.readline()))

    def end(self) -> None:
        """End the process by ending its input."""
        if self._process is not None:
            self._process.end()


def set_up(centre: CentreDatabase, name: str, folder: Path, clerk: str) -> dict[str, str]:
    """Set a machine up as one of the centre's stations and return the environment its clerk works in."""
    seat = centre.stations[name]
    secrets = replace(seat.enrolment.secrets, line=seat.address)
    Entrance(folder / "data").enrol(
        replace(seat.enrolment, secrets=secrets), clerk, "经办人", PASSWORD, profile=store.CHEAP
    )
    password_file = folder / "password"
    password_file.write_text(f"{PASSWORD}\n", "utf-8")
    return {"WINDOW_APP_CLERK": clerk, "WINDOW_APP_PASSWORD_FILE": str(password_file)}


def single_commands(folder: Path, home: Path, env: dict[str, str]) -> StationCommands:
    """Return a station each of whose verbs is a process of its own."""
    commands = Commands(folder / "data", home)
    return StationCommands(lambda *arguments: commands(*arguments, env=env), folder)


def long_lived(folder: Path, home: Path, env: dict[str, str]) -> tuple[StationCommands, StationProcess]:
    """Return a station whose verbs run one after another in one process."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("WINDOW_APP_")}
    process = StationProcess(folder / "data", {**known, "XDG_CACHE_HOME": str(home / "cache"), **env})
    return StationCommands(process, folder), process
