"""Sealed pieces of attachments: ordinary files beside the store, each named by the digest of what is in it.

A file has a key of its own, which lies in the encrypted store alone; so changing the data key touches no piece, and
erasing the key makes every copy unreadable. A piece is written beside its name, made durable and then renamed: what
bears a name is whole. May be used from any thread; what is wanted is decided by the store (`attachments.sweep`).
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from window_app.domain.attachments import PIECE_BYTES, FileGone
from window_app.domain.events import Attachment, digest
from window_app.storage.failures import disk_told
from window_app.storage.files import sync_directory

FOLDER = "attachments"
_KEY_BYTES = 32
_NAME = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".new"
_STALE = timedelta(days=1)


class Vault:
    """Implements `domain.attachments.SealedFiles` over a folder, made when the first piece is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._fresh: set[str] = set()
        self._unfinished = 0

    def seal(self, content: bytes, media_type: str) -> tuple[Attachment, str]:
        """Seal a content under a fresh key, store every piece durably and return what describes it, and the key.

        Raises:
            DiskFull, DiskFailed: pieces written so far are cleared away.
        """
        key = secrets.token_bytes(_KEY_BYTES)
        whole = hashlib.sha256()
        names: list[str] = []
        size = 0
        try:
            for piece in _sealed(content, key):
                whole.update(piece)
                size += len(piece)
                names.append(digest(piece))
                self._hold(names[-1])
                self._write(names[-1], piece)
            self._make_durable(names)
        except BaseException:
            self._let_go(names)
            self.remove(names)
            raise
        return Attachment(whole.hexdigest(), size, media_type, tuple(names)), key.hex()

    def open(self, file: Attachment, key: str) -> bytes:
        """Return the plain content.

        Raises:
            FileGone: a piece is not here, or is not what was sealed.
        """
        cipher, count = AESGCM(bytes.fromhex(key)), len(file.pieces)
        plain: list[bytes] = []
        for number, name in enumerate(file.pieces):
            piece = self.read(name)
            if piece is None:
                raise FileGone()
            try:
                plain.append(cipher.decrypt(_nonce(number), piece, _place(number, count)))
            except InvalidTag:
                raise FileGone("attachment.damaged") from None
        return b"".join(plain)

    def lacking(self, file: Attachment) -> tuple[int, ...]:
        """Return the numbers of the pieces, from 0, that are not here."""
        return tuple(number for number, name in enumerate(file.pieces) if not self._path(name).exists())

    def release(self, names: Iterable[str]) -> None:
        """Let go of the hold on fresh pieces: what is wanted of them stands in a draft or an event by now."""
        self._let_go(names)

    def read(self, name: str) -> bytes | None:
        """Return a piece; None where it is not here, or where its bytes are no longer what was written."""
        try:
            piece = self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            return None
        return piece if digest(piece) == name else None

    def fits(self, name: str, piece: bytes) -> bool:
        """Answer whether a piece is the one of a name."""
        return digest(piece) == name

    def holds(self, file: Attachment) -> bool:
        """Answer whether any piece of a file is here."""
        return len(self.lacking(file)) < len(file.pieces)

    def keep(self, name: str, piece: bytes) -> bool:
        """Keep a piece that came from elsewhere; False where it is not the one of this name.

        Raises:
            DiskFull, DiskFailed.
        """
        if not _NAME.fullmatch(name) or digest(piece) != name:
            return False
        self._hold(name)
        try:
            self._write(name, piece)
            self._make_durable([name])
        finally:
            self._let_go([name])
        return True

    def remove(self, names: Iterable[str]) -> int:
        """Remove pieces and return how many there were; those of a file that is just being attached stay."""
        count = 0
        with self._lock, disk_told():
            for name in set(names) - self._fresh:
                path = self._path(name)
                if path.exists():
                    path.unlink()
                    count += 1
        return count

    def there(self, name: str) -> bool:
        """Answer whether a piece of this name is here, whatever is in it."""
        return bool(_NAME.fullmatch(name)) and self._path(name).exists()

    def stale(self, wanted: set[str], now: datetime) -> int:
        """Return how many pieces nobody wants that are older than any that may still be on its way into a draft."""
        known, before = wanted | self._fresh, (now - _STALE).timestamp()
        there = (path for path in self._folder.glob("??/*") if path.name[:64] not in known)
        return sum(path.stat().st_mtime < before for path in there)

    def is_empty(self) -> bool:
        """Answer whether no piece was ever kept here."""
        return not self._folder.exists()

    def sweep(self, wanted: set[str]) -> int:
        """Remove every piece but the wanted ones and those just being attached, and what a kill left half written."""
        with disk_told():
            there = [path for path in self._folder.glob("??/*") if path.is_file()]
        with self._lock, disk_told():
            doomed = [path for path in there if path.name not in wanted and path.name[:64] not in self._fresh]
            for path in doomed:
                path.unlink(missing_ok=True)
        return len(doomed)

    def _write(self, name: str, piece: bytes) -> None:
        path = self._path(name)
        if path.exists():
            return
        with self._lock:
            self._unfinished += 1
            beside = path.with_name(f"{name}{_UNFINISHED}{self._unfinished}")
        with disk_told():
            try:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                with beside.open("wb") as file:
                    beside.chmod(0o600)
                    file.write(piece)
                    file.flush()
                    os.fsync(file.fileno())
                beside.replace(path)
            except OSError:
                beside.unlink(missing_ok=True)
                raise

    def _make_durable(self, names: Iterable[str]) -> None:
        with disk_told():
            for folder in {self._path(name).parent for name in names}:
                sync_directory(folder)
            sync_directory(self._folder)
            sync_directory(self._folder.parent)

    def _hold(self, name: str) -> None:
        with self._lock:
            self._fresh.add(name)

    def _let_go(self, names: Iterable[str]) -> None:
        with self._lock:
            self._fresh.difference_update(names)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            # A name comes from an envelope, which anybody may have written: it must not lead out of the folder.
            raise FileGone("attachment.damaged")
        return self._folder / name[:2] / name


def _sealed(content: bytes, key: bytes) -> Iterator[bytes]:
    cipher = AESGCM(key)
    count = max(1, -(-len(content) // PIECE_BYTES))
    for number in range(count):
        plain = content[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]
        yield cipher.encrypt(_nonce(number), plain, _place(number, count))


def _nonce(number: int) -> bytes:
    # The key seals one file and nothing else, so the number of the piece is a nonce that never comes twice.
    return number.to_bytes(12, "big")


def _place(number: int, count: int) -> bytes:
    """Return what is authenticated with a piece: where it stands, so that none can be moved, doubled or cut off."""
    return f"window-app-attachment\n{number}\n{count}".encode("ascii")
