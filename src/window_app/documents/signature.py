"""What of a paper is signed, the keys that sign, and the short form in the QR code.

Signed is one line of text without personal data: `WA1:number:KIND:YYYYMMDD:KEYID:DIGEST`. The digest is
salted and covers every field of the record. The QR code holds this line and the signature.
"""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from window_app.clock import Clock, legal_date
from window_app.domain.papers import PaperRecord
from window_app.domain.ports import Signer
from window_app.errors import WindowAppError

FORMAT = "WA1"
DIGEST_TAG = b"window-app/paper/1\n"
DIGEST_BYTES = 20
KEY_ID_CHARACTERS = 8
SIGNATURE_BYTES = 64


class NoSigningKey(WindowAppError):
    """No key of this station may sign on the day."""

    code = "signature.no_key"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that papers can be checked against; kept for good, also after it was revoked.

    Attributes:
        public: the 32 bytes of an Ed25519 public key.
        valid_from, valid_until: legal dates on which it may have signed, both included.
        revoked: nothing that it signed is believed any more.
        station_revoked: whoever signed with it works no more; what was signed before stays good.
    """

    key_id: str
    public: bytes
    valid_from: date = date.min
    valid_until: date = date.max
    revoked: bool = False
    station_revoked: bool = False

    def valid_on(self, day: date) -> bool:
        """Tell whether it was allowed to sign on a day."""
        return self.valid_from <= day <= self.valid_until


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs: its 32-byte seed and the legal dates on which it may."""

    seed: bytes
    valid_from: date = date.min
    valid_until: date = date.max

    def public_key(self) -> PublicKey:
        """Return the public half under its key id."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return PublicKey(key_id_of(public), public, self.valid_from, self.valid_until)


def key_id_of(public: bytes) -> str:
    """Return the id of a public key: eight characters of its digest."""
    return base64.b32encode(sha256(public).digest())[:KEY_ID_CHARACTERS].decode("ascii")


class Ed25519Signer:
    """Signs with the newest of its keys that is valid today and, as far as it was told, not revoked."""

    def __init__(self, signing: Sequence[SigningKey], known: Sequence[PublicKey], clock: Clock) -> None:
        """Keep keys; `known` says more of some of them and names others."""
        self._clock = clock
        self._signing = tuple(sorted(signing, key=lambda key: key.valid_from))
        own = (key.public_key() for key in self._signing)
        self._known = {key.key_id: key for key in (*own, *known)}

    def key_id(self) -> str:
        """Return the id of the key that signs now.

        Raises:
            NoSigningKey: where none is valid today.
        """
        return self._current().public_key().key_id

    def sign(self, content: bytes) -> str:
        """Return the signature of bytes by the current key, in hex."""
        return Ed25519PrivateKey.from_private_bytes(self._current().seed).sign(content).hex()

    def find(self, key_id: str) -> PublicKey | None:
        """Return a known key, or None."""
        return self._known.get(key_id)

    def public_keys(self) -> tuple[PublicKey, ...]:
        """Return every public key ever told, this station's own first."""
        return tuple(self._known.values())

    def _current(self) -> SigningKey:
        today = self._clock.today()
        for key in reversed(self._signing):
            revoked = self._known[key.public_key().key_id].revoked
            if key.valid_from <= today <= key.valid_until and not revoked:
                return key
        raise NoSigningKey(on=today.isoformat())


@dataclass(frozen=True, slots=True)
class ShortForm:
    """What the QR code of a paper says."""

    number: str
    kind: str
    issued_on: date
    key_id: str
    digest: str
    signature: bytes

    def signed_bytes(self) -> bytes:
        """Return the bytes that the signature covers."""
        return _signed_line(self.number, self.kind, self.issued_on, self.key_id, self.digest)


def content_digest(record: PaperRecord) -> str:
    """Return the salted digest of everything in a record but key id and signature, in base32."""
    fields = {name: value for name, value in record_fields(record).items() if name not in ("key_id", "signature")}
    content = canonical_json(fields)
    salted = sha256(DIGEST_TAG + bytes.fromhex(record.content_salt) + content).digest()
    return base64.b32encode(salted[:DIGEST_BYTES]).decode("ascii")


def record_fields(record: PaperRecord) -> dict[str, Any]:
    """Return a record as JSON."""
    return {
        "paper_id": str(record.paper_id),
        "kind": record.kind,
        "number": record.number,
        "case_id": None if record.case_id is None else str(record.case_id),
        "visit_id": str(record.visit_id),
        "issued_at": record.issued_at.astimezone(UTC).isoformat(timespec="seconds"),
        "content": record.content,
        "content_salt": record.content_salt,
        "key_id": record.key_id,
        "signature": record.signature,
        "practice": record.practice,
    }


def canonical_json(content: Mapping[str, Any]) -> bytes:
    """Return JSON in the one form that is digested: sorted keys, no white space, ASCII."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode(
        "ascii"
    )


def signed_bytes(record: PaperRecord) -> bytes:
    """Return the bytes of a record that are signed."""
    return _signed_line(record.number, record.kind, legal_date(record.issued_at), record.key_id, content_digest(record))


def _signed_line(number: str, kind: str, on: date, key_id: str, digest: str) -> bytes:
    fields = (FORMAT, number, kind.upper().replace("_", "-"), on.strftime("%Y%m%d"), key_id, digest)
    return ":".join(fields).encode("utf-8")


def sign_record(record: PaperRecord, signer: Signer) -> PaperRecord:
    """Return the record with key id and signature of the signer's current key."""
    keyed = replace(record, key_id=signer.key_id(), signature="")
    return replace(keyed, signature=signer.sign(signed_bytes(keyed)))


def qr_text(record: PaperRecord) -> str:
    """Return the text of a paper's QR code: the signed line and the signature in base32."""
    signature = base64.b32encode(bytes.fromhex(record.signature)).rstrip(b"=")
    return (signed_bytes(record) + b":" + signature).decode("utf-8")


def parse_qr(text: str) -> ShortForm | None:
    """Return what the text of a QR code says, None where it is none of ours or was cut.

    Raises:
        ValueError: where it begins as ours does and goes on as ours never would.
    """
    fields = text.strip().split(":")
    if fields[0] != FORMAT:
        return None
    if len(fields) != 7:
        raise ValueError(len(fields))
    _, number, kind, day, key_id, digest, signature = fields
    try:
        issued_on = date.fromisoformat(day)
        raw = base64.b32decode(signature + "=" * (-len(signature) % 8))
    except (ValueError, binascii.Error) as cause:
        raise ValueError(str(cause)) from cause
    return ShortForm(number, kind.lower().replace("-", "_"), issued_on, key_id, digest, raw)


def signature_holds(public: bytes, signature: bytes, content: bytes) -> bool:
    """Tell whether a signature of bytes is by a public key."""
    if len(signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except InvalidSignature:
        return False
    return True
