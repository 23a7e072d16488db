"""Small values that change with the work: head of the chain, serials, cursors."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.sqlite import insert

from window_app.storage.engine import Database, Statement
from window_app.storage.schema import event_table, station_state_table

HEAD = "head"
ACKED = "acked"
ISSUE_CODE = "issue_code"
CLOCK_OFFSET = "clock_offset_ms"
CONTACT = "contact"
CENTRE_EPOCH = "epoch"

_S = station_state_table.c
_READ = Statement(select(_S.value).where(_S.name == bindparam("name")))
_TAIL = Statement(
    select(
        select(_S.value).where(_S.name == HEAD).scalar_subquery(),
        select(func.max(event_table.c.position)).scalar_subquery(),
        select(_S.value).where(_S.name == CLOCK_OFFSET).scalar_subquery(),
    )
)
_insert = insert(station_state_table).values(name=bindparam("name"), value=bindparam("value"))
_WRITE = Statement(_insert.on_conflict_do_update(index_elements=["name"], set_={"value": _insert.excluded.value}))


@dataclass(frozen=True, slots=True)
class Head:
    """The end of this station's chain: sequence, link and moment of its last event.

    Before the first event they are 0, "" and None. `at` counts microseconds since 1970, UTC.
    """

    lseq: int = 0
    chain: str = ""
    at: int | None = None


def read_value(database: Database, name: str) -> str | None:
    """Return a value, or None where it was never written."""
    row = database.one(_READ, {"name": name})
    return None if row is None else str(row[0])


def read_number(database: Database, name: str) -> int:
    """Return a value as a number; 0 where it was never written."""
    return int(read_value(database, name) or 0)


def write_value(database: Database, name: str, value: object) -> None:
    """Write a value inside the open transaction."""
    database.run(_WRITE, {"name": name, "value": str(value)})


@dataclass(frozen=True, slots=True)
class Tail:
    """Where a transaction goes on: the head, the last position of any event, the clock's offset."""

    head: Head
    position: int
    clock_offset_ms: int | None


def read_tail(database: Database) -> Tail:
    """Return where a transaction goes on."""
    head, position, offset = database.rows(_TAIL)[0]
    return Tail(_head(head), position or 0, None if offset is None else int(offset))


def read_head(database: Database) -> Head:
    """Return the end of the chain."""
    return _head(read_value(database, HEAD))


def write_head(database: Database, head: Head) -> None:
    """Move the end of the chain on."""
    write_value(database, HEAD, f"{head.lseq} {head.chain} {head.at}")


def serial_name(day: date) -> str:
    """Return the name under which the last serial of a day stands."""
    return f"serial {day.isoformat()}"


def _head(said: str | None) -> Head:
    if said is None:
        return Head()
    lseq, chain, at = said.split(" ")
    return Head(int(lseq), chain, int(at))
