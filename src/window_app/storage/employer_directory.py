"""The employer directory: an encrypted file of its own beside the store, exchanged as a whole.

A million entries would make every backup and every change of the store's key slow, and they can be
taken in again at any time. So they lie apart, under a key of their own that stands in the store.
An import makes a new file with a new key; one row of the store says which file counts. Until it is
written the old directory stands, whatever happens, and files that no row names are removed.
"""

import json
import os
import secrets
import shutil
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import (
    Column,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    column,
    delete,
    insert,
    select,
    table,
    text,
)

from window_app.clock import Clock
from window_app.domain.employers import DirectoryState, Employer
from window_app.storage.employer_terms import employer_match, employer_terms
from window_app.storage.engine import KEY_LENGTH, Database, Row, Statement, open_database
from window_app.storage.failures import DiskFailed, StoreDamaged, StoreMissing, disk_told
from window_app.storage.files import sync_directory
from window_app.storage.search_terms import normalised_name

PREFIX = "employers-"
_SEARCH = "employer_search"
_CACHE_KIB = 128 * 1024
_FIELDS = ("name", "uscc", "address", "representative", "phone", "region", "industry", "status")

metadata = MetaData()
employer_table = Table(
    "employer",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("name_key", Text, nullable=False),
    *(Column(name, Text, nullable=False) for name in _FIELDS),
    Column("fresh", Integer, nullable=False),
)
_T = employer_table.c
Index("employer_by_code", _T.uscc, unique=True, sqlite_where=_T.uscc != text("''"))
Index("employer_by_name", _T.name_key)
_CREATE_SEARCH = f"CREATE VIRTUAL TABLE {_SEARCH} USING fts5(terms, content='', contentless_delete=1, tokenize='ascii')"

_COLUMNS = tuple(_T[name] for name in _FIELDS)
_INSERT = Statement(insert(employer_table).values({one.name: bindparam(one.name) for one in employer_table.columns}))
_search = table(_SEARCH, column("rowid"), column("terms"))
_INDEX = Statement(insert(_search).values(rowid=bindparam("position"), terms=bindparam("terms")))
_UNINDEX = Statement(delete(_search).where(column("rowid") == bindparam("position")))
_DROP = Statement(delete(employer_table).where(_T.position == bindparam("position")))
_AT_CODE = Statement(select(_T.position, _T.fresh).where(_T.uscc == bindparam("uscc"), _T.uscc != text("''")))
_ALL_OLD = Statement(employer_table.update().values(fresh=text("0")))
_COUNT = Statement(select(text("count(*)")).select_from(employer_table))
_LAST = Statement(select(text("coalesce(max(position), 0)")).select_from(employer_table))
_BY_CODE = Statement(select(*_COLUMNS).where(_T.uscc == bindparam("uscc"), _T.uscc != text("''")))
_BY_START = Statement(
    select(_T.position, *_COLUMNS)
    .where(_T.name_key >= bindparam("start"), _T.name_key < bindparam("beyond"))
    .order_by(_T.name_key)
    .limit(bindparam("most"))
)
_BY_CODE_START = Statement(
    select(_T.position, *_COLUMNS)
    .where(_T.uscc >= bindparam("start"), _T.uscc < bindparam("beyond"), _T.uscc != text("''"))
    .order_by(_T.uscc)
    .limit(bindparam("most"))
)
_MATCH = Statement(
    select(_T.position, *_COLUMNS).where(
        _T.position.in_(
            select(column("rowid"))
            .select_from(_search)
            .where(text(f"{_SEARCH} MATCH :wanted"))
            .order_by(column("rowid").desc())
            .limit(bindparam("most"))
        )
    )
)
_MERGE = Statement(insert(table(_SEARCH, column(_SEARCH))).values({_SEARCH: "optimize"}))

Noted = Callable[[], bytes | None]
Note = Callable[[bytes], None]


class StoredEmployers:
    """The directory of a store; one writer makes drafts, everybody reads the adopted file."""

    def __init__(self, folder: Path, noted: Noted, note: Note, clock: Clock, *, may_write: bool = True) -> None:
        """Take the folder, and how the store keeps which file counts; what no row names is removed."""
        self._folder = folder
        self._noted = noted
        self._note = note
        self._clock = clock
        self._opened: tuple[str, Database] | None = None
        # An import runs beside the worker that searches; it takes the file away only between two searches.
        self._lock = threading.RLock()
        if may_write:
            self._sweep()

    def state(self) -> DirectoryState | None:
        """Return what the directory is; None before the first import."""
        said = self._said()
        if said is None:
            return None
        return DirectoryState(int(str(said["entries"])), str(said["source"]), datetime.fromisoformat(str(said["at"])))

    def find(self, text: str, limit: int) -> tuple[Employer, ...]:
        """Return entries by part of a name, pinyin initials, beginning or end of the credit code, best first.

        Best are those whose name begins with what was typed, then those whose code does.
        """
        with self._lock:
            return self._find(text, limit)

    def _find(self, text: str, limit: int) -> tuple[Employer, ...]:
        database = self._database()
        wanted = employer_match(text)
        if database is None or not wanted:
            return ()
        found: dict[int, Row] = {}
        start = normalised_name(text)
        for statement, beginning in ((_BY_START, start), (_BY_CODE_START, start.upper())):
            if len(beginning) > 1 and (statement is _BY_START or beginning.isascii()):
                values = {"start": beginning, "beyond": beginning + "\U0010ffff", "most": limit}
                found.update({row[0]: row[1:] for row in database.rows(statement, values)})
        if len(found) < limit:
            values = {"wanted": wanted, "most": limit}
            found.update({row[0]: row[1:] for row in database.rows(_MATCH, values) if row[0] not in found})
        return tuple(Employer(*row) for row in list(found.values())[:limit])

    def by_code(self, uscc: str) -> Employer | None:
        """Return the entry with a credit code."""
        with self._lock:
            database = self._database()
            row = None if database is None else database.one(_BY_CODE, {"uscc": uscc})
        return None if row is None else Employer(*row)

    def draft(self, *, keep: bool) -> "DraftFile":
        """Begin another directory in a file of its own: empty, or with the entries there are."""
        path = self._folder / f"{PREFIX}{secrets.token_hex(6)}.db"
        said = self._said() if keep else None
        with disk_told():
            if said is not None:
                shutil.copyfile(self._folder / str(said["file"]), path)
        key = bytes.fromhex(str(said["key"])) if said is not None else secrets.token_bytes(KEY_LENGTH)
        return DraftFile(path, key, self._adopt, fresh=said is None)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._opened is not None:
                self._opened[1].close()
                self._opened = None

    def _adopt(self, path: Path, key: bytes, source: str, entries: int) -> DirectoryState:
        before = self._said()
        at = self._clock.now()
        said = {"file": path.name, "key": key.hex(), "entries": entries, "source": source, "at": at.isoformat()}
        with self._lock:
            self._note(json.dumps(said, ensure_ascii=False).encode("utf-8"))
            self.close()
        if before is not None:
            remove(self._folder / str(before["file"]))
        return DirectoryState(entries, source, at)

    def _said(self) -> dict[str, object] | None:
        noted = self._noted()
        if noted is None:
            return None
        said: dict[str, object] = json.loads(noted)
        return said

    def _database(self) -> Database | None:
        said = self._said()
        if said is None:
            return None
        name = str(said["file"])
        if self._opened is None or self._opened[0] != name:
            self.close()
            try:
                opened = open_database(self._folder / name, bytes.fromhex(str(said["key"])), read_only=True)
            except (StoreMissing, StoreDamaged):
                return None  # taken in again, it is there again; nothing of a case hangs on it
            self._opened = name, opened
        return self._opened[1]

    def _sweep(self) -> None:
        said = self._said()
        kept = None if said is None else str(said["file"])
        for path in self._folder.glob(f"{PREFIX}*.db"):
            if path.name != kept:
                remove(path)


class DraftFile:
    """A directory being made; adopted, or gone when its block is left."""

    def __init__(
        self, path: Path, key: bytes, adopt: Callable[[Path, bytes, str, int], DirectoryState], *, fresh: bool
    ) -> None:
        """Open the file; a fresh one gets its tables."""
        self._path = path
        self._key = key
        self._adopt = adopt
        self._adopted = False
        self._database = open_database(path, key, create=fresh)
        if fresh:
            with self._database.core_transaction() as connection:
                metadata.create_all(connection)
                connection.exec_driver_sql(_CREATE_SEARCH)
        # What is half made is thrown away after a crash; it is flushed once, before it is adopted.
        for pragma in ("journal_mode = DELETE", "journal_mode = OFF", "synchronous = OFF"):
            self._database.pragma(pragma)
        self._database.pragma(f"cache_size = -{_CACHE_KIB}")
        self._block = self._database.transaction()

    def __enter__(self) -> "DraftFile":
        self._block.__enter__()
        self._database.run(_ALL_OLD)
        self._position = int(self._database.rows(_LAST)[0][0])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._adopted:
            self._block.__exit__(kind or DiskFailed, error or DiskFailed(), trace)
            self._database.close()
            remove(self._path)

    def add(self, employer: Employer) -> bool:
        """Add an entry; False where its credit code stands in this draft already."""
        row = self._database.one(_AT_CODE, {"uscc": employer.uscc}) if employer.uscc else None
        if row is not None:
            if row[1]:
                return False
            self._database.run(_UNINDEX, {"position": row[0]})
            self._database.run(_DROP, {"position": row[0]})
        self._position += 1
        values = {name: getattr(employer, name) for name in _FIELDS}
        key = normalised_name(employer.name)
        self._database.run(_INSERT, {"position": self._position, "name_key": key, "fresh": 1, **values})
        terms = employer_terms(employer.name, employer.uscc)
        self._database.run(_INDEX, {"position": self._position, "terms": terms})
        return True

    def adopt(self, source: str) -> DirectoryState:
        """Put the draft in the place of the directory: flushed, then named by the one row that counts."""
        self._database.run(_MERGE)
        entries = int(self._database.rows(_COUNT)[0][0])
        self._block.__exit__(None, None, None)
        self._database.close()
        with disk_told():
            with self._path.open("rb") as written:
                os.fsync(written.fileno())
            sync_directory(self._path.parent)
        state = self._adopt(self._path, self._key, source, entries)
        self._adopted = True
        return state


def remove(path: Path) -> None:
    """Remove a file of a directory with what SQLite laid beside it."""
    for each in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))):
        each.unlink(missing_ok=True)
