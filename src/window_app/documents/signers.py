"""What a station signs with (papers by the key of that day, the line by its last one), and what it checks by."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from window_app.clock import Clock, legal_date
from window_app.documents import signature
from window_app.domain.stores import KnownKey, StationSecrets


def signer_of(own: StationSecrets, clock: Clock) -> signature.Ed25519Signer:
    """Return the signer of a station's keys."""
    signing = [
        signature.SigningKey(
            key.seed, _day(key.valid_from, otherwise=date.min), _day(key.valid_until, otherwise=date.max)
        )
        for key in own.signing_keys
    ]
    return signature.Ed25519Signer(signing, (), clock)


class KeysOfDistrict:
    """The keys that papers are checked against here: this station's own, and what the directory says by now."""

    def __init__(self, own: signature.Ed25519Signer, directory: Callable[[], Sequence[KnownKey]]) -> None:
        """Keep the own keys and the way to the directory, which is read anew for each question."""
        self._own = own
        self._directory = directory

    def find(self, key_id: str) -> signature.PublicKey | None:
        """Return a key, or None where nobody told of it."""
        return next((key for key in self.all() if key.key_id == key_id), None)

    def all(self) -> tuple[signature.PublicKey, ...]:
        """Return every key, this station's own first; what the directory says of one is what counts."""
        named = {key.key_id: _public(key) for key in self._directory()}
        return tuple(({key.key_id: key for key in self._own.public_keys()} | named).values())


def _public(key: KnownKey) -> signature.PublicKey:
    return signature.PublicKey(
        key.key_id,
        key.public,
        _day(key.valid_from, otherwise=date.min),
        _day(key.valid_until, otherwise=date.max),
        revoked=key.revoked,
        station_revoked=key.station_revoked,
    )


def line_signer_of(own: StationSecrets, clock: Clock) -> signature.Ed25519Signer:
    """Return the signer of what a station hands in: its last key, whatever its clock says.

    A clock that stands years off must not keep anything from the centre; whether a key may sign is
    for those who read the directory.
    """
    last = own.signing_keys[-1]
    return signature.Ed25519Signer([signature.SigningKey(last.seed)], (), clock)


def _day(instant: datetime | None, *, otherwise: date) -> date:
    return otherwise if instant is None else legal_date(instant)
