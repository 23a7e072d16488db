"""What stands at the door of a local store: the station's secrets, its clerks, how it looks from outside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key this station signs papers with: the 32 bytes of its Ed25519 seed and its time."""

    key_id: str
    seed: bytes = field(repr=False)
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A public key that papers are checked against; old ones stay, revoked ones stay marked.

    Attributes:
        station_revoked: whoever signed with it works no more; what was signed before stays good.
        valid_from, valid_until: when it may sign; None without a limit.
    """

    key_id: str
    public: bytes
    revoked: bool = False
    station_revoked: bool = False
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class LineAddress:
    """Where the centre answers and as whom this station logs in.

    Attributes:
        certificate: PEM of the authority that signed the server's certificate; "" to verify nothing, for
            local connections alone.
    """

    host: str
    port: int
    database: str
    user: str
    password: str = field(repr=False)
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class StationSecrets:
    """What only this installation may know; lies in the encrypted store and nowhere else.

    Attributes:
        station_secret: 32 bytes that prove the station to the centre.
        district_key: 32 bytes that key the lookup tokens.
        signing_keys: oldest first; the last one signs.
        root_key: the centre's 32 public bytes, pinned at enrolment; empty for practice.
        line: the way to the centre; None where this station has none (practice).
    """

    station_secret: bytes = field(repr=False)
    district_key: bytes = field(repr=False)
    signing_keys: tuple[SigningKey, ...]
    root_key: bytes = b""
    line: LineAddress | None = None


@dataclass(frozen=True, slots=True)
class FirstClerk:
    """The clerk who sets a store up. `role` is "clerk" or "administrator"."""

    code: str
    name: str
    password: str = field(repr=False)
    role: str = "administrator"


@dataclass(frozen=True, slots=True)
class ClerkEntry:
    """A clerk who may sign in. `awaits_password`: admitted by a one-time code that is not yet used."""

    code: str
    name: str
    role: str
    awaits_password: bool = False


@dataclass(frozen=True, slots=True)
class StoreDescription:
    """What can be said of a store without unlocking it; `station` holds name, hall, kind."""

    practice: bool
    clerks: tuple[ClerkEntry, ...]
    station: Mapping[str, str]
