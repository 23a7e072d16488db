"""What the line is measured against: the barest ways of PostgreSQL to take the same rows, and to answer at all."""

from collections.abc import Sequence
from time import perf_counter
from typing import LiteralString
from uuid import UUID

import psycopg

from window_app.domain.events import digest
from window_app.domain.line import OwnBatch

Row = tuple[str, int, bytes, UUID, int, bytes, bytes, bytes]

_MAKE = """
CREATE SCHEMA yardstick;
CREATE TABLE yardstick.event (
    feed_id text NOT NULL,
    fseq bigint NOT NULL,
    event_id bytea NOT NULL UNIQUE,
    station_id uuid NOT NULL,
    lseq bigint NOT NULL,
    link bytea NOT NULL,
    envelope bytea NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (feed_id, fseq),
    UNIQUE (station_id, lseq)
);
"""
_COPY: LiteralString = "COPY yardstick.event FROM STDIN (FORMAT binary)"
_INSERT: LiteralString = "INSERT INTO yardstick.event VALUES (%b, %b, %b, %b, %b, %b, %b, %b)"
_TYPES = ("text", "int8", "bytea", "uuid", "int8", "bytea", "bytea", "bytea")


class BareCentre:
    """A table with a feed's key, the two that keep events single, and nothing else; not a function, not a policy."""

    def __init__(self, dsn: str) -> None:
        """Make the table in a database, as its superuser."""
        self._connection = psycopg.connect(dsn, autocommit=True)
        self._connection.execute("SET synchronous_commit = on")
        self._connection.execute(_MAKE)
        self._fseq = 0

    def copy(self, batch: OwnBatch, feed: str) -> float:
        """Write the rows of a batch by COPY, durably, and return the seconds it took."""
        rows = self._rows(batch, feed)
        start = perf_counter()
        with self._connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.set_types(_TYPES)
            for row in rows:
                copy.write_row(row)
        return perf_counter() - start

    def insert_one(self, batch: OwnBatch, feed: str) -> float:
        """Write the bytes of a batch as one row in a transaction of its own and return the seconds it took."""
        rows = self._rows(batch, feed)
        head = rows[-1]
        row = (*head[:6], b"".join(one[6] for one in rows), b"".join(one[7] for one in rows))
        start = perf_counter()
        self._connection.execute(_INSERT, row)
        return perf_counter() - start

    def select_one(self) -> float:
        """Ask for nothing and return the seconds until the answer."""
        start = perf_counter()
        self._connection.execute("SELECT 1").fetchall()
        return perf_counter() - start

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _rows(self, batch: OwnBatch, feed: str) -> Sequence[Row]:
        rows: list[Row] = []
        for event in batch.events:
            self._fseq += 1
            identity = bytes.fromhex(digest(event.envelope)[:32])
            link, station = bytes.fromhex(event.link), batch.station_id
            rows.append((feed, self._fseq, identity, station, event.lseq, link, event.envelope, event.body or b""))
        return rows
