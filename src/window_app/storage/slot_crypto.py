"""The cryptography of key slots: a key pair per clerk, its private half under the clerk's password.

The data key is sealed to the public half. So it can be changed for everybody while only one
clerk is there, and a password never opens more than its own slot.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32
_NONCE_BYTES = 12
_SALT_BYTES = 16
_PURPOSE = b"window-app data key"


@dataclass(frozen=True, slots=True)
class KeyProfile:
    """What deriving a key from a password costs."""

    memory_kib: int
    passes: int
    lanes: int


PRODUCTION = KeyProfile(memory_kib=64 * 1024, passes=3, lanes=4)
CHEAP = KeyProfile(memory_kib=64, passes=1, lanes=1)
"""For tests alone: a password under it is worth nothing."""


@dataclass(frozen=True, slots=True)
class LockedPair:
    """A key pair whose private half opens with a secret: a password or a one-time code."""

    profile: KeyProfile
    salt: bytes
    public: bytes
    private: bytes

    @classmethod
    def make(cls, secret: str, bound_to: str, profile: KeyProfile) -> "LockedPair":
        """Make a fresh pair; `bound_to` (the clerk) keeps slots from being exchanged."""
        pair = X25519PrivateKey.generate()
        salt = secrets.token_bytes(_SALT_BYTES)
        private = _encrypt(_derive(secret, salt, profile), pair.private_bytes_raw(), bound_to.encode())
        return cls(profile, salt, pair.public_key().public_bytes_raw(), private)

    def unlock(self, secret: str, bound_to: str) -> X25519PrivateKey | None:
        """Return the private half, or None where the secret does not fit."""
        try:
            opened = _decrypt(_derive(secret, self.salt, self.profile), self.private, bound_to.encode())
        except InvalidTag:
            return None
        return X25519PrivateKey.from_private_bytes(opened)

    def to_json(self) -> dict[str, Any]:
        """Return the pair as JSON values."""
        profile = [self.profile.memory_kib, self.profile.passes, self.profile.lanes]
        return {
            "argon2id": profile,
            "salt": self.salt.hex(),
            "public": self.public.hex(),
            "private": self.private.hex(),
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "LockedPair":
        """Return the pair of JSON values."""
        read = {name: bytes.fromhex(said[name]) for name in ("salt", "public", "private")}
        return cls(KeyProfile(*(int(value) for value in said["argon2id"])), **read)


def seal_key(data_key: bytes, public: bytes) -> bytes:
    """Return a data key that only the holder of the private half can read."""
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    own = once.public_key().public_bytes_raw()
    return own + _encrypt(_stretch(shared, own + public), data_key, public)


def open_key(sealed: bytes, private: X25519PrivateKey) -> bytes:
    """Return the data key that was sealed to a pair.

    Raises:
        ValueError: where the sealed bytes were changed.
    """
    public = private.public_key().public_bytes_raw()
    own, content = sealed[:_KEY_BYTES], sealed[_KEY_BYTES:]
    shared = private.exchange(X25519PublicKey.from_public_bytes(own))
    try:
        return _decrypt(_stretch(shared, own + public), content, public)
    except InvalidTag:
        raise ValueError("the sealed key was changed") from None


def _derive(secret: str, salt: bytes, profile: KeyProfile) -> bytes:
    return hash_secret_raw(
        secret.encode("utf-8"),
        salt,
        time_cost=profile.passes,
        memory_cost=profile.memory_kib,
        parallelism=profile.lanes,
        hash_len=_KEY_BYTES,
        type=Type.ID,
    )


def _stretch(shared: bytes, context: bytes) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, salt=context, info=_PURPOSE).derive(shared)


def _encrypt(key: bytes, content: bytes, bound_to: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to)


def _decrypt(key: bytes, content: bytes, bound_to: bytes) -> bytes:
    return AESGCM(key).decrypt(content[:_NONCE_BYTES], content[_NONCE_BYTES:], bound_to)
