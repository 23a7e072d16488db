"""The administrator's key folder: the root key and each district's key. They never enter the database.

Whoever holds the root key can put a station into the directory; whoever holds a district's key can
try names against its lookup tokens. So the folder belongs to one person's account and nobody else reads it.
"""

import os
import re
import secrets
import stat
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from window_app.errors import WindowAppError

ROOT = "root.key"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_DISTRICT = re.compile(r"[0-9]{6}\Z")


class KeysRefused(WindowAppError):
    """The key folder is missing, damaged, open to others, or already there. Params: folder, file."""

    code = "central.keys_missing"


class KeyFolder:
    """The keys of one centre."""

    def __init__(self, folder: Path) -> None:
        """Open a key folder.

        Raises:
            KeysRefused: `central.keys_missing`, `central.keys_exposed` (others may read), `central.keys_damaged`.
        """
        self._folder = folder
        if not (folder / ROOT).is_file():
            raise KeysRefused(folder=folder.name)
        _refuse_exposed(folder)
        self.root = Ed25519PrivateKey.from_private_bytes(_read(folder / ROOT))

    @classmethod
    def create(cls, folder: Path) -> "KeyFolder":
        """Make a key folder with a new root key.

        Raises:
            KeysRefused: `central.keys_exist` where there is a root key already; it is never replaced.
        """
        if (folder / ROOT).exists():
            raise KeysRefused("central.keys_exist", folder=folder.name)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_exposed(folder)
        _write(folder / ROOT)
        return cls(folder)

    @property
    def root_key(self) -> bytes:
        """Return the root's 32 public bytes."""
        return self.root.public_key().public_bytes_raw()

    def make_district_key(self, district: str) -> None:
        """Make the key of a district where there is none; an existing one is never replaced."""
        place = self._place(district)
        if not place.exists():
            _write(place)

    def district_key(self, district: str) -> bytes:
        """Return the 32 bytes that key the lookup tokens of a district.

        Raises:
            KeysRefused: `central.keys_missing` where the district was not initialised with this folder.
        """
        place = self._place(district)
        if not place.is_file():
            raise KeysRefused("central.keys_no_district", folder=self._folder.name, district=district)
        return _read(place)

    def _place(self, district: str) -> Path:
        check_district(district)
        return self._folder / f"district-{district}.key"


def check_district(district: str) -> None:
    """Refuse what is no district code.

    Raises:
        WindowAppError: `central.district`.
    """
    if not _DISTRICT.match(district):
        raise WindowAppError("central.district", district=district)


def _refuse_exposed(place: Path) -> None:
    if sys.platform == "win32":
        return
    if place.stat().st_mode & _OTHERS:
        raise KeysRefused("central.keys_exposed", folder=place.name)


def _read(place: Path) -> bytes:
    _refuse_exposed(place)
    try:
        key = bytes.fromhex(place.read_text("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != 32:
        raise KeysRefused("central.keys_damaged", folder=place.name)
    return key


def _write(place: Path) -> None:
    """Write a new key so that it is there whole or not at all."""
    part = place.with_name(place.name + ".new")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    part.replace(place)
