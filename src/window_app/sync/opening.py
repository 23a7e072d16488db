"""Opening the line of a store: as what, to where, at which pace."""

from dataclasses import replace
from functools import partial
from typing import Protocol

from window_app import __version__
from window_app.clock import Clock
from window_app.domain.line import Centre, LineControl, Replica
from window_app.domain.ports import Signer, Station
from window_app.domain.stores import StationSecrets
from window_app.errors import WindowAppError
from window_app.settings import Settings
from window_app.sync.line import Line, Pace
from window_app.sync.no_line import NoLine
from window_app.sync.on_call import OnCallLine
from window_app.sync.round import Round
from window_app.tasks import TaskRunner

LARGEST_PORT = 65535


class NoCentre(WindowAppError):
    """This station has no centre: practice, or enrolled without a line."""

    code = "line.none"


class AddressInvalid(WindowAppError):
    """What was given is no HOST or HOST:PORT."""

    code = "line.address"


class HeldStore(Replica, Protocol):
    """An open store as the line needs it: the replica, and who this installation is."""

    def station(self) -> Station:
        """Return who this installation is."""
        ...

    def secrets(self) -> StationSecrets:
        """Return the station's secrets."""
        ...

    def replace_secrets(self, held: StationSecrets) -> None:
        """Put other secrets in place."""
        ...


def open_line(
    held: HeldStore, signer: Signer, clock: Clock, chosen: Settings, runner: TaskRunner | None = None
) -> LineControl:
    """Return the line of an open store; with a runner it begins to run.

    Must be called where the store may be used.
    """
    own = held.secrets()
    if own.line is None:
        return NoLine()
    if runner is None:
        return on_call(held, signer, clock, chosen)
    pace = pace_of(chosen)
    connect = partial(connect_to_centre, held, pace.deadline_seconds)
    return Line(held, connect, signer, clock=clock, root_key=own.root_key, runner=runner, pace=pace)


def on_call(held: HeldStore, signer: Signer, clock: Clock, chosen: Settings) -> OnCallLine:
    """Return a line without a thread, for a command.

    Raises:
        NoCentre: this station has none.
    """
    own = held.secrets()
    if own.line is None:
        raise NoCentre()

    def begin() -> Round:
        centre = connect_to_centre(held, pace_of(chosen).deadline_seconds)
        keep_days = chosen.attachment_keep_days
        return Round(held, centre, signer, clock=clock, root_key=own.root_key, keep_days=keep_days)

    return OnCallLine(held, begin)


def pace_of(chosen: Settings) -> Pace:
    """Return how the line goes at this machine."""
    return Pace(
        chosen.line_poll_seconds, chosen.line_spread_seconds, chosen.line_deadline_seconds, chosen.attachment_keep_days
    )


def connect_to_centre(held: HeldStore, deadline_seconds: float) -> Centre:
    """Return the centre as this installation knows it now; nothing is sent yet.

    Raises:
        NoCentre: this station has none.
    """
    from window_app.sync.postgres import PostgresCentre

    own = held.secrets()
    if own.line is None:
        raise NoCentre()
    station_id = held.station().station_id
    return PostgresCentre(
        own.line, station_id, own.station_secret, release=__version__, deadline_seconds=deadline_seconds
    )


def move_centre(held: HeldStore, address: str) -> None:
    """Note that the centre answers at another HOST or HOST:PORT from now on.

    Raises:
        NoCentre: this station has none.
        AddressInvalid.
    """
    own = held.secrets()
    if own.line is None:
        raise NoCentre()
    host, port = read_address(address, own.line.port)
    held.replace_secrets(replace(own, line=replace(own.line, host=host, port=port)))


def read_address(address: str, port: int) -> tuple[str, int]:
    """Return host and port of HOST, HOST:PORT or [IPv6]:PORT.

    >>> read_address("centre.example:6432", 5432)
    ('centre.example', 6432)
    >>> read_address("[::1]", 5432)
    ('::1', 5432)

    Raises:
        AddressInvalid.
    """
    text = address.strip()
    host, found, after = text.rpartition(":")
    if not found or text.endswith("]"):
        host, after = text, str(port)
    host = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    if not host or any(character.isspace() or character in "/@,=" for character in host):
        raise AddressInvalid(address=address)
    if not (after.isascii() and after.isdigit() and 0 < int(after) <= LARGEST_PORT):
        raise AddressInvalid(address=address)
    return host, int(after)
