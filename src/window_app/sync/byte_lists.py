"""Lists of bytes as PostgreSQL takes them in binary, put together at once.

psycopg looks at every element of a list to find out what the list is, and once more to write it, which
took a seventh of a counter's own time for handing a case in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from struct import Struct
from typing import Any

from psycopg import Connection
from psycopg.adapt import Dumper
from psycopg.postgres import types
from psycopg.pq import Format

_BYTEA = types["bytea"]
_HEAD = Struct("!iiI")
_DIMENSION = Struct("!ii")
_LENGTH = Struct("!i")
_NULL = _LENGTH.pack(-1)


@dataclass(frozen=True, slots=True)
class ByteList:
    """A parameter of the type `bytea[]`; None stands for null."""

    items: Sequence[bytes | None]


class _ByteListDumper(Dumper):
    """Writes what `array_recv` of PostgreSQL reads: dimensions, whether there are nulls, element type, elements."""

    format = Format.BINARY
    oid = _BYTEA.array_oid

    def dump(self, obj: ByteList) -> bytes:
        """Return the bytes of an array of one dimension that begins at 1; of none where it is empty."""
        items = obj.items
        parts = [_HEAD.pack(1 if items else 0, None in items, _BYTEA.oid)]
        if items:
            parts.append(_DIMENSION.pack(len(items), 1))
        for item in items:
            if item is None:
                parts.append(_NULL)
            else:
                parts += (_LENGTH.pack(len(item)), item)
        return b"".join(parts)


def take_byte_lists(connection: Connection[Any]) -> None:
    """Let a connection take `ByteList` as a parameter."""
    connection.adapters.register_dumper(ByteList, _ByteListDumper)
