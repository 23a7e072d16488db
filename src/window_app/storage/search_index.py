"""The full-text index over parties and numbers, fed in batches; what is not yet in it is searched as it is.

An index entry costs a transaction more than all its other rows, a batch of entries costs little
more than one. So the newest cases wait outside the index until there are enough of them, and a
search looks through these few one by one, with the same terms and the same answer.
"""

import json
from collections.abc import Sequence

from sqlalchemy import bindparam, column, delete, insert, literal_column, select, table, text

from window_app.domain.fold import Party
from window_app.storage.engine import Database, Statement
from window_app.storage.schema import SEARCH_TABLE, case_table
from window_app.storage.search_terms import match_expression, matches, phrases_for, terms_of
from window_app.storage.station_state import read_number, write_value

BATCH = 64
_BULK = 20_000
_INDEXED = "search_position"
_C = case_table.c
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_search = table(SEARCH_TABLE, column("rowid"), column("terms"))
_INSERT = Statement(insert(_search).values(rowid=bindparam("position"), terms=bindparam("terms")))
_DELETE = Statement(delete(_search).where(literal_column("rowid") == bindparam("position")))
_CLEAR = Statement(delete(_search))
_MERGE = Statement(insert(table(SEARCH_TABLE, column(SEARCH_TABLE))).values({SEARCH_TABLE: "optimize"}))
_MATCH = Statement(
    select(literal_column("rowid"))
    .select_from(_search)
    .where(text(f"{SEARCH_TABLE} MATCH :wanted"))
    .order_by(literal_column("rowid").desc())
    .limit(bindparam("most"))
)
_BETWEEN = Statement(
    select(_C.position, _C.number_key, _C.parties)
    .where(_C.position > bindparam("after"), _C.position <= bindparam("last"))
    .order_by(_C.position)
)
_BEYOND = 1 << 62


def advance(database: Database, last: int) -> None:
    """Take waiting cases into the index once there are enough of them."""
    indexed = read_number(database, _INDEXED)
    if last - indexed >= BATCH:
        _take_in(database, indexed, last)


def renew(database: Database, position: int) -> None:
    """Index a case anew after its parties changed."""
    if position > read_number(database, _INDEXED):
        return
    database.run(_DELETE, {"position": position})
    database.run_many(_INSERT, _entries(database, position - 1, position))


def clear(database: Database) -> None:
    """Empty the index."""
    database.run(_CLEAR)
    write_value(database, _INDEXED, 0)


def merge(database: Database) -> None:
    """Put the index's pieces together into one, which halves what a search in a large store must look up."""
    database.run(_MERGE)


def find(database: Database, typed: str, most: int) -> list[int]:
    """Return positions of cases that a typed text asks for, newest first."""
    wanted = phrases_for(typed)
    if not wanted:
        return []
    indexed = read_number(database, _INDEXED)
    waiting = _entries(database, indexed, _BEYOND)
    found = [int(entry["position"]) for entry in reversed(waiting) if matches(str(entry["terms"]), wanted)][:most]
    if len(found) < most:
        rows = database.rows(_MATCH, {"wanted": match_expression(wanted), "most": most - len(found)})
        found.extend(int(row[0]) for row in rows)
    return found


def _take_in(database: Database, indexed: int, last: int) -> None:
    while indexed < last:
        through = min(indexed + _BULK, last)
        database.run_packed(_INSERT, [_INSERT.row(entry) for entry in _entries(database, indexed, through)])
        indexed = through
    write_value(database, _INDEXED, last)


def _entries(database: Database, after: int, last: int) -> list[dict[str, int | str]]:
    return [
        {"position": position, "terms": terms_of(_parties(text), number_key)}
        for position, number_key, text in database.rows(_BETWEEN, {"after": after, "last": last})
    ]


def parties_text(parties: Sequence[Party]) -> str:
    """Return the parties as a case's row keeps them."""
    return "[]" if not parties else _encode([[party.role, party.name, party.phone] for party in parties])


def _parties(text: str) -> list[Party]:
    return [] if text == "[]" else [Party(role, name, phone) for role, name, phone in json.loads(text)]
