"""Who authored an event: this installation, under whatever id it had, or a station of the directory."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from window_app.domain.ports import Station
from window_app.storage.engine import Database, Statement
from window_app.storage.schema import known_station_table
from window_app.storage.station_state import read_value, write_value

_FORMER = "former_stations"
_KINDS = Statement(select(known_station_table.c.station_id, known_station_table.c.kind, known_station_table.c.office))


class Seat(NamedTuple):
    """What the directory calls a station: "counter" or "office", and of which office; None where it says nothing."""

    kind: str | None = None
    office: str | None = None


_UNKNOWN = Seat()


@dataclass(frozen=True, slots=True)
class Own:
    """This installation: the id it authors under, all ids it ever had, its kind and its office."""

    station_id: UUID
    ids: frozenset[UUID]
    kind: str
    office: str | None = None


class Authors:
    """Kinds and offices of stations, read from the directory once somebody else's is asked for."""

    def __init__(self, database: Database, own: Own) -> None:
        self._database = database
        self._own = own
        self._known: dict[UUID, Seat] | None = None
        self._here = Seat(own.kind, own.office)
        self._asked: tuple[UUID | None, Seat] = None, _UNKNOWN

    def seat_of(self, station_id: UUID) -> Seat:
        """Return what a station is; nothing where the directory does not (yet) name it."""
        # A page asks for the same one, as the same object, hundreds of times.
        asked, seat = self._asked
        if station_id is not asked:
            seat = self._here if station_id in self._own.ids else self._others().get(station_id, _UNKNOWN)
            self._asked = station_id, seat
        return seat

    def _others(self) -> Mapping[UUID, Seat]:
        """Return what every station of the directory is."""
        if self._known is None:
            rows = self._database.rows(_KINDS)
            self._known = {UUID(bytes=station): Seat(kind, office or None) for station, kind, office in rows}
        return self._known


def read_own(database: Database, station: Station) -> Own:
    """Return who this installation is and was."""
    ids = frozenset((*former_stations(database), station.station_id))
    return Own(station.station_id, ids, station.kind, station.office)


def former_stations(database: Database) -> tuple[UUID, ...]:
    """Return the ids that this installation had before, oldest first."""
    return tuple(UUID(said) for said in (read_value(database, _FORMER) or "").split())


def add_former(database: Database, station_id: UUID) -> None:
    """Note an id that this installation gives up."""
    former = (*former_stations(database), station_id)
    write_value(database, _FORMER, " ".join(map(str, former)))
