"""The full-text index over persons and employers: name part, pinyin initials, number, end of a phone number."""

from collections.abc import Mapping

from sqlalchemy import bindparam, column, delete, insert, literal_column, select, table, text

from window_app.storage.engine import Database, Statement
from window_app.storage.party_schema import PARTY_SEARCH_TABLE
from window_app.storage.search_terms import match_expression, party_phrases, party_terms

_search = table(PARTY_SEARCH_TABLE, column("rowid"), column("terms"))
_INSERT = Statement(insert(_search).values(rowid=bindparam("position"), terms=bindparam("terms")))
_DELETE = Statement(delete(_search).where(literal_column("rowid") == bindparam("position")))
_CLEAR = Statement(delete(_search))
_MATCH = Statement(
    select(literal_column("rowid"))
    .select_from(_search)
    .where(text(f"{PARTY_SEARCH_TABLE} MATCH :wanted"))
    .order_by(literal_column("rowid").desc())
    .limit(bindparam("most"))
)


def add(database: Database, position: int, said: Mapping[str, str]) -> None:
    """Index a party by what is said of it: name, number, phone."""
    terms = party_terms(said["name"], said["number"], said["phone"])
    database.run(_INSERT, {"position": position, "terms": terms})


def renew(database: Database, position: int, said: Mapping[str, str]) -> None:
    """Index a party anew."""
    database.run(_DELETE, {"position": position})
    add(database, position, said)


def clear(database: Database) -> None:
    """Empty the index."""
    database.run(_CLEAR)


def find(database: Database, typed: str, most: int) -> list[int]:
    """Return positions of parties that a typed text asks for, last registered first."""
    wanted = party_phrases(typed)
    if not wanted:
        return []
    rows = database.rows(_MATCH, {"wanted": match_expression(wanted), "most": most})
    return [int(row[0]) for row in rows]
