"""What a station signs with: papers by the key that is valid that day, the line by its last key."""

from datetime import date, datetime

from window_app.clock import Clock, legal_date
from window_app.documents import signature
from window_app.domain.stores import StationSecrets


def signer_of(own: StationSecrets, clock: Clock) -> signature.Ed25519Signer:
    """Return the signer of a station's keys, which also knows the public keys of others."""
    signing = [
        signature.SigningKey(
            key.seed, _day(key.valid_from, otherwise=date.min), _day(key.valid_until, otherwise=date.max)
        )
        for key in own.signing_keys
    ]
    known = [signature.PublicKey(key.key_id, key.public, revoked=key.revoked) for key in own.known_keys]
    return signature.Ed25519Signer(signing, known, clock)


def line_signer_of(own: StationSecrets, clock: Clock) -> signature.Ed25519Signer:
    """Return the signer of what a station hands in: its last key, whatever its clock says.

    A clock that stands years off must not keep anything from the centre; whether a key may sign is
    for those who read the directory.
    """
    last = own.signing_keys[-1]
    return signature.Ed25519Signer([signature.SigningKey(last.seed)], (), clock)


def _day(instant: datetime | None, *, otherwise: date) -> date:
    return otherwise if instant is None else legal_date(instant)
