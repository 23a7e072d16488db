"""The directory: a chain of entries in the order in which they were made.

Each is signed by the root key, but those of the list of false commitments: they are signed by a station of the
office that decided, which the root key names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from window_app.central.connecting import Connection
from window_app.domain.credit_list import DirectoryReading, signed_by_station
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


@dataclass(frozen=True, slots=True)
class DirectoryCheck:
    """What checking a directory found.

    Attributes:
        sound: how many entries from the first one on are in their place, chained, and the root key's or an office's.
        broken: the number of the entry that ends them; None where all hold.
        without_force: offices' entries that have none, by their number, with the reason; they break nothing.
    """

    sound: int
    broken: int | None
    without_force: Mapping[int, str]


def check_directory(entries: tuple[DirectoryEntry, ...], root_key: bytes) -> DirectoryCheck:
    """Check the chain, every signature, and who signed."""
    reading, without_force, previous = DirectoryReading(), dict[int, str](), ""
    for place, entry in enumerate(entries, start=1):
        if entry.dseq != place or entry.previous != previous:
            return DirectoryCheck(place - 1, place, without_force)
        if signed_by_station(entry.content):
            fault = reading.fault(entry, _holds)
            if fault:
                without_force[place] = fault
        elif _holds(root_key, entry.signature, directory_bytes(entry.dseq, entry.previous, entry.content)):
            reading.note(entry)
        else:
            return DirectoryCheck(place - 1, place, without_force)
        previous = entry.link
    return DirectoryCheck(len(entries), None, without_force)


def first_fault(entries: tuple[DirectoryEntry, ...], root_key: bytes) -> int | None:
    """Return the number of the first entry that is out of its place, not chained or not rightly signed, if any."""
    found = check_directory(entries, root_key)
    faults = [*found.without_force, *([] if found.broken is None else [found.broken])]
    return min(faults, default=None)


def _holds(public: bytes, signature: str, content: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True
