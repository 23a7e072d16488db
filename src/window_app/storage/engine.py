"""The encrypted database: opened in this one place, its SQL written in Core and compiled once."""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, create_engine
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlalchemy.sql.expression import ClauseElement

from window_app.storage.failures import StoreDamaged, StoreMissing, failure_of, translated

KEY_LENGTH = 32
BUSY_SECONDS = 5
PACKS = (1000, 250, 50, 10)
"""How many rows are put into one step of an INSERT, as long as so many are left."""
_CACHE_KIB = 16 * 1024
_CHECKPOINT_PAGES = 2000
_DIALECT = SQLiteDialect_pysqlite(paramstyle="qmark")

# Written out also where they are what SQLCipher 4 chooses, so that a later library cannot choose otherwise. It would
# take pages of 4096 bytes and HMAC_SHA512, and a good half longer over the same rows (decision 0043).
CIPHER = (
    "cipher_page_size = 8192",
    "cipher_hmac_algorithm = HMAC_SHA256",
    "cipher_kdf_algorithm = PBKDF2_HMAC_SHA512",
    "cipher_plaintext_header_size = 0",
)
_ALWAYS = (
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "recursive_triggers = ON",
    f"cache_size = -{_CACHE_KIB}",
)
_WRITING = ("journal_mode = WAL", "synchronous = FULL", f"wal_autocheckpoint = {_CHECKPOINT_PAGES}")
_READING = ("query_only = ON",)

Row = tuple[Any, ...]
Values = Mapping[str, Any]


class Statement:
    """A Core statement, compiled at its first use and never again: the driver keeps it prepared."""

    __slots__ = ("_construct", "_fixed", "_names", "_packed", "_sql")

    def __init__(self, construct: ClauseElement) -> None:
        self._construct = construct
        self._sql = ""
        self._packed: dict[int, str] = {}
        self._fixed: dict[str, Any] = {}
        self._names: tuple[str, ...] = ()

    @property
    def sql(self) -> str:
        """Return the SQL text, with question marks in the order of `row`."""
        if not self._sql:
            compiled = self._construct.compile(dialect=_DIALECT)
            self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
            self._names = tuple(getattr(compiled, "positiontup", None) or ())
            self._sql = str(compiled)
        return self._sql

    def packed_sql(self, rows: int) -> str:
        """Return the SQL text of an INSERT for so many rows at once, whose values stand one behind the other."""
        packed = self._packed.get(rows)
        if packed is None:
            one = f"({', '.join('?' * self.sql.count('?'))})"
            packed = self._packed[rows] = self.sql.replace(one, ", ".join([one] * rows), 1)
        return packed

    def row(self, values: Values | None) -> Row:
        """Return values in the order of the question marks; those the statement itself holds among them."""
        if not self._sql:
            self.sql  # noqa: B018 # compiling tells the names
        if values is None:
            return tuple(self._fixed[name] for name in self._names)
        if not self._fixed:
            return tuple([values[name] for name in self._names])
        return tuple([values[name] if name in values else self._fixed[name] for name in self._names])


class Database:
    """One connection to an encrypted database file, used by one thread at a time."""

    def __init__(self, connection: driver.Connection, path: Path) -> None:
        self.path = path
        self.lock = threading.RLock()
        self._connection = connection
        self._cursor = connection.cursor()
        self._depth = 0

    def run(self, statement: Statement, values: Values | None = None) -> int:
        """Carry out a statement and return how many rows it changed."""
        count: int = self._cursor.execute(statement.sql, _bound(statement.row(values))).rowcount
        return count

    def run_many(self, statement: Statement, rows: Iterable[Values]) -> None:
        """Carry out a statement once for every row."""
        self._cursor.executemany(statement.sql, [_bound(statement.row(row)) for row in rows])

    def run_rows(self, statement: Statement, rows: list[Row]) -> int:
        """Carry out a statement once for every row of values in its own order and return how many rows it changed."""
        count: int = self._cursor.executemany(statement.sql, map(_bound, rows)).rowcount if rows else 0
        return count

    def run_packed(self, statement: Statement, rows: list[Row], *, bound: bool = False) -> int:
        """Insert rows like `run_rows`, many in one step, and return how many.

        SQLite lets other threads go on during a step and asks for its turn again behind each, which with a
        step for every row is waiting more than writing. Rows that are `bound` hold a bytearray for all bytes.
        """
        count, at = 0, 0
        for size in PACKS:
            while len(rows) - at >= size:
                values: list[Any] = []
                for row in rows[at : at + size]:
                    values += row
                values = values if bound else _bound(values)
                count += self._cursor.execute(statement.packed_sql(size), values).rowcount
                at += size
        return count + self.run_rows(statement, rows[at:])

    def rows(self, statement: Statement, values: Values | None = None) -> list[Row]:
        """Return all rows of a query."""
        with self.lock:
            try:
                found: list[Row] = self._cursor.execute(statement.sql, _bound(statement.row(values))).fetchall()
            except driver.DatabaseError as error:
                raise failure_of(error) or error from error
        return found

    def one(self, statement: Statement, values: Values | None = None) -> Row | None:
        """Return the first row of a query, or None."""
        found = self.rows(statement, values)
        return found[0] if found else None

    def pragma(self, text: str) -> list[Row]:
        """Carry out a PRAGMA and return its rows."""
        with self.lock, translated():
            found: list[Row] = self._cursor.execute(f"PRAGMA {text}").fetchall()
        return found

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the write lock; a clean exit commits, an exception rolls everything back.

        Raises:
            DiskFull, DiskFailed, StoreDamaged, StoreInUse: nothing of the transaction was written.
        """
        with self.lock:
            if self._depth:
                raise RuntimeError("a unit of work is already open")
            self._depth = 1
            try:
                with translated():
                    self._cursor.execute("BEGIN IMMEDIATE")
                    yield
                    self._cursor.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._depth = 0

    def _roll_back(self) -> None:
        # SQLite ends the transaction by itself after some failures, a full disk among them.
        if self._connection.in_transaction:
            self._cursor.execute("ROLLBACK")

    @contextmanager
    def core_transaction(self) -> Iterator[Connection]:
        """Hold the write lock and lend this connection to SQLAlchemy, which makes and migrates tables."""
        engine = create_engine(
            "sqlite://",
            module=driver,
            creator=lambda: self._connection,
            poolclass=StaticPool,
            pool_reset_on_return=None,
        )
        # Connected before the transaction begins: at its first connection the engine rolls back.
        with engine.connect() as connection, self.transaction():
            # Begun in its eyes too, so that nothing below commits by itself.
            connection.begin()
            try:
                yield connection
            except DBAPIError as error:
                raise failure_of(error.orig or error) or error from error

    def close(self) -> None:
        """Close the file; the last writer leaves no write-ahead log behind."""
        with self.lock:
            self._connection.close()


def open_database(path: Path, key: bytes, *, create: bool = False, read_only: bool = False) -> Database:
    """Open an encrypted database with its raw data key.

    Raises:
        StoreMissing: where there is no such file and `create` is not asked for.
        StoreDamaged: where the file is no database under this key.
        DiskFull, DiskFailed: where the system does not let us.
    """
    if len(key) != KEY_LENGTH:
        raise ValueError("the data key has 32 bytes")
    if not create and not path.exists():
        raise StoreMissing(part=path.name)
    # SQLite would take an empty file for a new database and begin to write it.
    if not create and not path.stat().st_size:
        raise StoreDamaged(part=path.name)
    mode = "ro" if read_only else "rwc" if create else "rw"
    connection: Any = None
    try:
        connection = driver.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=BUSY_SECONDS,
            check_same_thread=False,
            cached_statements=256,
        )
        _prepare(connection, key, read_only)
    except driver.DatabaseError as error:
        if connection is not None:
            connection.close()
        raise failure_of(error) or StoreDamaged(part=path.name) from error
    return Database(connection, path)


def fits_key(path: Path, key: bytes) -> bool:
    """Return whether a database file opens with a key."""
    try:
        open_database(path, key, read_only=True).close()
    except StoreDamaged:
        return False
    return True


def _bound(values: Iterable[Any]) -> list[Any]:
    """Return values as the driver binds them fastest.

    For `bytes` it first searches for an adapter and fails, which takes it twenty times as long as binding
    a `bytearray`; SQLite copies either.
    """
    return [bytearray(value) if type(value) is bytes else value for value in values]


def _prepare(connection: driver.Connection, key: bytes, read_only: bool) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in (*CIPHER, *_ALWAYS):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    for pragma in _READING if read_only else _WRITING:
        connection.execute(f"PRAGMA {pragma}").fetchall()
