"""Setting a machine up: reading the enrolment file that makes it a counter of a district."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from argon2.exceptions import Argon2Error
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from window_app.clock import Clock
from window_app.domain.enrolment import (
    FORMAT,
    VERSION,
    Enrolment,
    EnrolmentSecrets,
    HallParticulars,
    plain_code,
    public_bytes,
)
from window_app.domain.events import EventType, NewEvent, Stream, StreamKind
from window_app.domain.ports import Records, Station
from window_app.domain.receipt_numbers import PRACTICE_DISTRICT
from window_app.domain.stores import LineAddress
from window_app.errors import WindowAppError
from window_app.services.session import Session

__all__ = [
    "Enrolment",
    "EnrolmentExpired",
    "EnrolmentInvalid",
    "HallParticulars",
    "WrongCode",
    "check_clerk",
    "check_hall",
    "note_enrolment",
    "read_enrolment",
]

MOST_MEMORY_KIB = 1024 * 1024
MOST_PASSES = 16
SHORTEST_PASSWORD = 8
LONGEST_CODE = 32


class EnrolmentInvalid(WindowAppError):
    """The file is no enrolment file, of a newer version, damaged or altered."""

    code = "setup.enrolment_invalid"


class EnrolmentExpired(WindowAppError):
    """The file's time is over; the centre makes a new one."""

    code = "setup.enrolment_expired"


class WrongCode(WindowAppError):
    """The one-time code does not open the file."""

    code = "setup.wrong_code"


def read_enrolment(content: bytes, code: str, clock: Clock) -> Enrolment:
    """Check an enrolment file's signature and time and open its sealed part.

    Raises:
        EnrolmentInvalid: not an enrolment file, altered, or of a version this program does not know.
        EnrolmentExpired: its time is over.
        WrongCode: the one-time code does not fit.
    """
    document = _document(content)
    public = document["public"]
    _check_signature(public, document.get("signature"))
    try:
        enrolment = _enrolment(public, _unseal(document["sealed"], code, public_bytes(public)))
    except (KeyError, TypeError, ValueError) as error:
        raise EnrolmentInvalid(part=type(error).__name__) from None
    if clock.now() > enrolment.valid_until:
        raise EnrolmentExpired(until=enrolment.valid_until.date().isoformat())
    return enrolment


def check_hall(hall: HallParticulars) -> None:
    """Check what was typed of a hall that stands alone.

    Raises:
        WindowAppError: `setup.district`, `setup.hall_name`.
    """
    district = hall.district.strip()
    if len(district) != 6 or not district.isascii() or not district.isdigit() or district == PRACTICE_DISTRICT:
        raise WindowAppError("setup.district")
    if not hall.hall.strip() or not hall.counter.strip():
        raise WindowAppError("setup.hall_name")


def check_clerk(code: str, name: str, password: str) -> None:
    """Check what the first clerk of a new counter typed.

    Raises:
        WindowAppError: code, name or password cannot be taken; the error's code says which.
    """
    check_clerk_code(code)
    check_clerk_name(name)
    check_password(password)


def check_clerk_code(code: str) -> None:
    """Check a clerk's code.

    Raises:
        WindowAppError: `setup.clerk_code`.
    """
    if not code.strip() or not code.isascii() or len(code) > LONGEST_CODE:
        raise WindowAppError("setup.clerk_code")


def check_clerk_name(name: str) -> None:
    """Check a clerk's name.

    Raises:
        WindowAppError: `setup.clerk_name`.
    """
    if not name.strip():
        raise WindowAppError("setup.clerk_name")


def check_password(password: str) -> None:
    """Check a password that somebody chose.

    Raises:
        WindowAppError: `setup.password_short`.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise WindowAppError("setup.password_short", least=SHORTEST_PASSWORD)


def note_enrolment(records: Records, session: Session) -> None:
    """Put the enrolment on record at the first sign-in, once."""
    station = records.station()
    if records.events(station.station_id):
        return
    facts = {"issue_code": station.issue_code, "district": station.district, "kind": station.kind}
    stream = Stream(StreamKind.DEVICE, station.station_id)
    with records.unit_of_work() as work:
        work.append(
            session.actor,
            [
                NewEvent(stream, EventType.STATION_ENROLLED, facts=facts),
                NewEvent(stream, EventType.CLERK_ADMITTED, facts={"clerk": session.clerk, "role": session.role}),
            ],
        )


def _document(content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(content)
    except ValueError:
        raise EnrolmentInvalid(part="json") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise EnrolmentInvalid(part="format")
    if document.get("version") != VERSION:
        raise EnrolmentInvalid("setup.enrolment_version", version=document.get("version"))
    if not all(isinstance(document.get(part), dict) for part in ("public", "sealed")):
        raise EnrolmentInvalid(part="public")
    return document


def _check_signature(public: dict[str, Any], signature: object) -> None:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public["root_key"]))
        key.verify(bytes.fromhex(str(signature)), public_bytes(public))
    except (KeyError, TypeError, ValueError, InvalidSignature):
        raise EnrolmentInvalid(part="signature") from None


def _unseal(sealed: dict[str, Any], code: str, bound_to: bytes) -> dict[str, Any]:
    memory, passes = int(sealed["memory_kib"]), int(sealed["passes"])
    if memory > MOST_MEMORY_KIB or passes > MOST_PASSES:
        raise EnrolmentInvalid(part="sealed")
    try:
        key = hash_secret_raw(
            plain_code(code).encode("ascii"),
            bytes.fromhex(sealed["salt"]),
            time_cost=passes,
            memory_cost=memory,
            parallelism=int(sealed["lanes"]),
            hash_len=32,
            type=Type.ID,
        )
    except Argon2Error:
        raise EnrolmentInvalid(part="sealed") from None
    try:
        opened = AESGCM(key).decrypt(bytes.fromhex(sealed["nonce"]), bytes.fromhex(sealed["content"]), bound_to)
    except InvalidTag:
        raise WrongCode() from None
    secrets = json.loads(opened)
    if not isinstance(secrets, dict):
        raise EnrolmentInvalid(part="sealed")
    return secrets


def _enrolment(public: dict[str, Any], secrets: dict[str, Any]) -> Enrolment:
    signing = public["signing_key"]
    return Enrolment(
        station=_station(public),
        root_key=bytes.fromhex(public["root_key"]),
        signing_key_id=str(signing["key_id"]),
        signing_valid_until=datetime.fromisoformat(signing["valid_until"]),
        issued_at=datetime.fromisoformat(public["issued_at"]),
        valid_until=datetime.fromisoformat(public["valid_until"]),
        secrets=EnrolmentSecrets(
            station_secret=_secret(secrets["station_secret"]),
            district_key=_secret(secrets["district_key"]),
            signing_seed=_secret(secrets["signing_seed"]),
            line=_line(secrets.get("line")),
        ),
    )


def _line(said: dict[str, Any] | None) -> LineAddress | None:
    """Return the way to the centre; files of a test centre, and of earlier releases, say nothing of one."""
    if said is None:
        return None
    return LineAddress(
        host=str(said["host"]),
        port=int(said["port"]),
        database=str(said["database"]),
        user=str(said["user"]),
        password=str(said["password"]),
        certificate=str(said["certificate"]),
    )


def _station(public: dict[str, Any]) -> Station:
    practice = public.get("practice", False) is True
    if practice != (public["district"] == PRACTICE_DISTRICT):
        raise ValueError("practice and its district belong together")
    return Station(
        station_id=UUID(public["station_id"]),
        kind=str(public["kind"]),
        name=str(public["name"]),
        hall=str(public["hall"]),
        district=str(public["district"]),
        issue_code=str(public["issue_code"]),
        reserve_codes=tuple(str(code) for code in public["reserve_codes"]),
        locality=public["locality"],
        practice=practice,
        office=public["office"],
        phone=str(public["hall_phone"]),
        address=str(public["hall_address"]),
    )


def _secret(text: str) -> bytes:
    secret = bytes.fromhex(text)
    if len(secret) != 32:
        raise ValueError("a secret has 32 bytes")
    return secret
