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
    """

    station_id: UUID
    here: Mapping[str, str]
    said: Mapping[tuple[UUID, str], str]

    def of(self, author: str, station_id: UUID) -> str:
        """Return who an author at a station is, without the office; a code of whom nothing is known stays one."""
        clerk = author.rpartition("/")[2]
        said = self.said.get((station_id, clerk), clerk)
        return self.here.get(clerk, said) if station_id == self.station_id else said

    def known(self, author: str, station_id: UUID | None) -> str | None:
        """Return the name of an author at a station, None where nothing is known but the code."""
        clerk = author.rpartition("/")[2]
        name = None if station_id is None or not clerk else self.of(author, station_id)
        return None if name == clerk else name
