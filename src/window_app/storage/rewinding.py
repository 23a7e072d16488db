"""Noticing that the disk was set back or cloned: the store stands before what was noted outside of it."""

from dataclasses import dataclass

from window_app.domain.ports import Station
from window_app.storage import event_log
from window_app.storage.authors import Own
from window_app.storage.engine import Database
from window_app.storage.high_water import HighWater
from window_app.storage.station_state import ISSUE_CODE, read_head, write_value


@dataclass(frozen=True, slots=True)
class Rewound:
    """The store holds events up to `found`, but had come to `reached`; `issue_code` goes on from here."""

    found: int
    reached: int
    issue_code: str


def notice(database: Database, station: Station, own: Own, reached: HighWater | None) -> Rewound | None:
    """Compare the store with what was noted, and on a setback take the next reserve code.

    The numbers given after the point of return lie in visitors' hands. A reserve code makes
    sure that none of them is given again; without one the serials of the day noted go on
    behind the last one noted. Taking papers in is never refused.
    """
    if reached is None or _reaches(database, station, own, reached):
        return None
    reserve = station.reserve_codes
    used = reserve.index(station.issue_code) + 1 if station.issue_code in reserve else 0
    code = reserve[used] if used < len(reserve) else station.issue_code
    head = read_head(database)
    with database.transaction():
        write_value(database, ISSUE_CODE, code)
        write_value(database, f"rewound {reached.lseq}", f"{head.lseq} {reached.chain}")
    return Rewound(found=head.lseq, reached=reached.lseq, issue_code=code)


def _reaches(database: Database, station: Station, own: Own, reached: HighWater) -> bool:
    """Answer whether the store has come as far as was noted.

    What was noted under an id that this installation gave up is older than the store. An id that
    it does not know is one that it took after the point of return.
    """
    if reached.station != str(station.station_id):
        return reached.station in {str(station_id) for station_id in own.ids}
    if reached.lseq == 0:
        return True
    link = event_log.link_at(database, station.station_id, reached.lseq)
    return link is not None and link == reached.chain
