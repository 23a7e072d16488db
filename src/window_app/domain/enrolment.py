"""The enrolment file: what the centre tells a new station, who signed it, what is sealed in it.

The file is one JSON object. `public` may be read by anybody and is signed by the centre's root
key. `sealed` holds the station's secrets, encrypted under a key derived from a one-time code that
travels another way. The seal is bound to the bytes of `public`, the root key among them: whoever
does not hold the code can neither read the secrets nor put another root key in the place of ours.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from window_app.domain.events import canonical_bytes, digest
from window_app.domain.ports import Station
from window_app.domain.stores import LineAddress

FORMAT = "window-app-enrolment"
VERSION = 1
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_GROUPS = 5
CODE_GROUP = 4


@dataclass(frozen=True, slots=True)
class EnrolmentSecrets:
    """What only this station may know.

    Attributes:
        station_secret: 32 bytes that prove the station to the centre.
        district_key: 32 bytes that key the lookup tokens of the district.
        signing_seed: 32 bytes, the Ed25519 seed this station signs its papers with.
        line: the way to the centre; None from a test centre without one.
    """

    station_secret: bytes
    district_key: bytes
    signing_seed: bytes
    line: LineAddress | None = None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An enrolment file that was checked and opened.

    Attributes:
        root_key: the centre's 32 public bytes, pinned from now on.
        signing_key_id: id of the key that belongs to `signing_seed`.
        signing_valid_until: the day from which this key no longer signs.
    """

    station: Station
    root_key: bytes
    signing_key_id: str
    signing_valid_until: datetime
    issued_at: datetime
    valid_until: datetime
    secrets: EnrolmentSecrets

    @property
    def fingerprint(self) -> str:
        """Return the root key's fingerprint in groups of four, to be compared by eye."""
        found = digest(self.root_key)[:16].upper()
        return " ".join(found[at : at + 4] for at in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class HallParticulars:
    """What a person types of a hall that stands alone and is its own centre."""

    district: str
    hall: str
    counter: str
    phone: str = "12333"
    address: str = ""


def public_bytes(public: Mapping[str, Any]) -> bytes:
    """Return the bytes of the public part that the root key signs and the seal is bound to."""
    return FORMAT.encode("ascii") + b"\n" + canonical_bytes(public)


def key_id_of(public: bytes) -> str:
    """Return the id of a public key as papers name it: eight characters of its digest in base32."""
    return base64.b32encode(hashlib.sha256(public).digest())[:8].decode("ascii")


def plain_code(code: str) -> str:
    """Return a one-time code as it enters the key derivation, however it was typed.

    >>> plain_code("abcd-2345 efgh")
    'ABCD2345EFGH'
    """
    return "".join(character for character in code.upper() if character in CODE_ALPHABET)
