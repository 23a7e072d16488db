"""The directory: a chain of entries, each signed by the root key, in the order in which they were made."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from window_app.central.connecting import Connection
from window_app.domain.events import canonical_bytes
from window_app.domain.line import DirectoryEntry, directory_bytes


class Directory:
    """Adds entries to the directory within the transaction of a connection."""

    def __init__(self, connection: Connection, root: Ed25519PrivateKey, at: datetime) -> None:
        """Take the connection, the key that signs and the moment that the entries name."""
        self._connection = connection
        self._root = root
        self._at = at

    def add(self, entry: str, said: Mapping[str, Any]) -> None:
        """Sign an entry of a kind and put it at the end; the next one waits for this transaction."""
        self._connection.execute("SELECT epoch FROM centre.centre FOR UPDATE")
        last = next(iter(read_directory(self._connection, last=True)), None)
        dseq, previous = (1, "") if last is None else (last.dseq + 1, last.link)
        content = canonical_bytes({"entry": entry, "at": self._at.isoformat(), **said})
        signature = self._root.sign(directory_bytes(dseq, previous, content)).hex()
        self._connection.execute(
            "INSERT INTO centre.directory_entry (dseq, previous, content, signature) VALUES (%s, %s, %s, %s)",
            (dseq, previous, content, signature),
        )


def read_directory(connection: Connection, *, last: bool = False) -> tuple[DirectoryEntry, ...]:
    """Return all entries in order, or the last one alone."""
    order = b"DESC LIMIT 1" if last else b"ASC"
    rows = connection.execute(
        b"SELECT dseq, previous, content, signature FROM centre.directory_entry ORDER BY dseq " + order
    )
    return tuple(DirectoryEntry(*row) for row in rows)


def first_fault(entries: tuple[DirectoryEntry, ...], root_key: bytes) -> int | None:
    """Return the number of the first entry that is out of its place, not chained or not signed; None where all hold."""
    key = Ed25519PublicKey.from_public_bytes(root_key)
    previous = ""
    for place, entry in enumerate(entries, start=1):
        if entry.dseq != place or entry.previous != previous:
            return place
        try:
            key.verify(bytes.fromhex(entry.signature), directory_bytes(entry.dseq, entry.previous, entry.content))
        except (InvalidSignature, ValueError):
            return place
        previous = entry.link
    return None
