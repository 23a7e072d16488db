"""Enrolling a station: the centre signs its particulars and seals its secrets with a one-time code."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from window_app.domain.enrolment import (
    CODE_ALPHABET,
    CODE_GROUP,
    CODE_GROUPS,
    FORMAT,
    VERSION,
    key_id_of,
    plain_code,
    public_bytes,
)
from window_app.domain.events import canonical_bytes
from window_app.domain.receipt_numbers import PRACTICE_DISTRICT
from window_app.domain.stores import LineAddress
from window_app.errors import WindowAppError

SIGNING_TIME = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True)
class StationParticulars:
    """What the centre decides about a station before it enrols it.

    Attributes:
        practice: its numbers, screens and papers say so; lawful in the practice district alone.
    """

    station_id: UUID
    kind: str
    name: str
    hall: str
    hall_phone: str
    hall_address: str
    district: str
    issue_code: str
    reserve_codes: tuple[str, ...] = ()
    locality: str | None = None
    office: str | None = None
    practice: bool = False


def check_practice(particulars: StationParticulars) -> None:
    """Refuse practice outside of its district, and anything else in it.

    Raises:
        WindowAppError: `central.practice_district`.
    """
    if particulars.practice != (particulars.district == PRACTICE_DISTRICT):
        raise WindowAppError("central.practice_district", district=PRACTICE_DISTRICT)


@dataclass(frozen=True, slots=True)
class NewStation:
    """The secrets made for a station, of which the centre itself keeps digest and public half alone."""

    station_secret: bytes = field(repr=False)
    signing_seed: bytes = field(repr=False)

    @property
    def signing_key(self) -> bytes:
        """Return the 32 public bytes of the signing key."""
        return Ed25519PrivateKey.from_private_bytes(self.signing_seed).public_key().public_bytes_raw()


def new_station() -> NewStation:
    """Return fresh secrets.

    The signing key is made at the centre, since a counter without a line has no way to send us its
    public half; the secret half leaves the centre only inside the seal.
    """
    return NewStation(secrets.token_bytes(32), secrets.token_bytes(32))


@dataclass(frozen=True, slots=True)
class SealCost:
    """What deriving the sealing key costs; the defaults are those of RFC 9106 for little memory."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


class EnrolmentAuthority:
    """Makes enrolment files for the stations of one district."""

    def __init__(self, root: Ed25519PrivateKey, district_key: bytes, cost: SealCost | None = None) -> None:
        self._root = root
        self._district_key = district_key
        self._cost = cost or SealCost()

    @property
    def root_key(self) -> bytes:
        """Return the root's 32 public bytes."""
        return self._root.public_key().public_bytes_raw()

    def enrol(
        self,
        particulars: StationParticulars,
        issued_at: datetime,
        *,
        valid_for: timedelta = timedelta(days=14),
        line: LineAddress | None = None,
        secrets_made: NewStation | None = None,
    ) -> tuple[bytes, str]:
        """Return the enrolment file of a station and the one-time code that opens it.

        Raises:
            WindowAppError: `central.practice_district` where practice and the practice district do not
                come together.
        """
        check_practice(particulars)
        made = secrets_made or new_station()
        public = self._public(particulars, made.signing_key, issued_at, valid_for)
        code = new_code()
        hidden = {
            "station_secret": made.station_secret.hex(),
            "district_key": self._district_key.hex(),
            "signing_seed": made.signing_seed.hex(),
            "line": None if line is None else asdict(line),
        }
        document = {
            "format": FORMAT,
            "version": VERSION,
            "public": public,
            "sealed": _seal(hidden, code, public_bytes(public), self._cost),
            "signature": self._root.sign(public_bytes(public)).hex(),
        }
        return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8") + b"\n", code

    def _public(
        self, particulars: StationParticulars, signing: bytes, issued_at: datetime, valid_for: timedelta
    ) -> dict[str, Any]:
        said: dict[str, Any] = {
            "station_id": str(particulars.station_id),
            "kind": particulars.kind,
            "name": particulars.name,
            "hall": particulars.hall,
            "hall_phone": particulars.hall_phone,
            "hall_address": particulars.hall_address,
            "district": particulars.district,
            "issue_code": particulars.issue_code,
            "reserve_codes": list(particulars.reserve_codes),
            "locality": particulars.locality,
            "office": particulars.office,
            "root_key": self.root_key.hex(),
            "signing_key": {
                "key_id": key_id_of(signing),
                "public": signing.hex(),
                "valid_from": issued_at.isoformat(),
                "valid_until": (issued_at + SIGNING_TIME).isoformat(),
            },
            "issued_at": issued_at.isoformat(),
            "valid_until": (issued_at + valid_for).isoformat(),
        }
        # Absent in any other file, so that the files of earlier releases keep their bytes.
        return {**said, "practice": True} if particulars.practice else said


def new_code() -> str:
    """Return a fresh one-time code: five groups of four without look-alikes, 99 bits."""
    groups = ("".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_GROUP)) for _ in range(CODE_GROUPS))
    return "-".join(groups)


def _seal(hidden: Mapping[str, Any], code: str, bound_to: bytes, cost: SealCost) -> dict[str, Any]:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    key = hash_secret_raw(
        plain_code(code).encode("ascii"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )
    return {
        "memory_kib": cost.memory_kib,
        "passes": cost.passes,
        "lanes": cost.lanes,
        "salt": salt.hex(),
        "nonce": nonce.hex(),
        "content": AESGCM(key).encrypt(nonce, canonical_bytes(hidden), bound_to).hex(),
    }
