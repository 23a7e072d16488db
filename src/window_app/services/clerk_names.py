"""Who stands behind a clerk's code: at this machine by its slots, elsewhere by what the clerk's station says."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ClerkNames:
    """Names as they are known here; codes are given by each station, so the same one can be somebody else elsewhere.

    Attributes:
        station_id: this installation.
        here: who may sign in at it, by code.
        said: what stations say in the directory, by station and code.
        offices: the office of each station that belongs to one.
    """

    station_id: UUID
    here: Mapping[str, str]
    said: Mapping[tuple[UUID, str], str]
    offices: Mapping[UUID, str]

    def of(self, author: str, station_id: UUID) -> str:
        """Return who an author at a station is, without the office; a code of whom nothing is known stays one."""
        clerk = author.rpartition("/")[2]
        said = self.said.get((station_id, clerk), clerk)
        return self.here.get(clerk, said) if station_id == self.station_id else said

    def of_office(self, author: str) -> str:
        """Return who an office's clerk is where the station is not told; the code where it could be two."""
        office, _, clerk = author.rpartition("/")
        stations = {station for station, name in self.offices.items() if office and name == office}
        found = {self.of(author, station) for station in stations} - {clerk}
        return found.pop() if len(found) == 1 else clerk
