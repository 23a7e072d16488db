"""One round of a seat, with everything that the running program has in it."""

from dataclasses import dataclass, replace

from tests.invariants.seats import Seat

from window_app import __version__
from window_app.documents.signature import Ed25519Signer, SigningKey
from window_app.domain.line import RoundReport
from window_app.sync.postgres import PostgresCentre
from window_app.sync.round import Round

DEADLINE_SECONDS = 5.0


@dataclass(frozen=True)
class Way:
    """Where a seat finds the centre now: past the wire of the test instead of where it was enrolled."""

    host: str
    port: int
    database: str


def centre_at(seat: Seat, way: Way, *, deadline: float = DEADLINE_SECONDS) -> PostgresCentre:
    """Return a seat's connection to the centre, not yet made."""
    held = seat.store.secrets()
    if held.line is None:
        raise ValueError(f"{seat.name} has no line")
    address = replace(held.line, host=way.host, port=way.port, database=way.database)
    station_id = seat.store.station().station_id
    return PostgresCentre(address, station_id, held.station_secret, release=__version__, deadline_seconds=deadline)


def round_at(seat: Seat, way: Way, *, deadline: float = DEADLINE_SECONDS) -> Round:
    """Return the line of a seat as the program builds it; who takes it closes it."""
    held = seat.store.secrets()
    centre = centre_at(seat, way, deadline=deadline)
    # As `app.line_signer_of` makes it; importing `app` would cost each killed process a second.
    signer = Ed25519Signer([SigningKey(held.signing_keys[-1].seed)], (), seat.clock)
    return Round(seat.store, centre, signer, clock=seat.clock, root_key=held.root_key)


def one_round(seat: Seat, way: Way, *, deadline: float = DEADLINE_SECONDS) -> RoundReport:
    """Go through one round and end the session."""
    line = round_at(seat, way, deadline=deadline)
    try:
        return line.run()
    finally:
        line.close()
