"""The tables of persons and employers, beside those of `schema.py`."""

from sqlalchemy import DDL, Column, Index, Integer, LargeBinary, Table, Text, event

from window_app.storage.schema import CREATE_SEARCH, SEARCH_TABLE, metadata

__all__ = [
    "PARTY_PROJECTIONS",
    "PARTY_SEARCH_TABLE",
    "metadata",
    "party_merge_table",
    "party_table",
    "party_token_table",
    "party_visit_table",
]

# Persons and employers by what they are found by; what is known of them is folded from their events.
# `chief` is the id they go by: their own, or that of the first registered among those that are one.
party_table = Table(
    "party",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("party_id", LargeBinary, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("chief", LargeBinary, nullable=False),
)
Index("party_by_id", party_table.c.party_id, unique=True)
Index("party_by_chief", party_table.c.chief)

# A link between two parties by the event that made it. One that was taken away before it was learnt
# of stands here without its ends.
party_merge_table = Table(
    "party_merge",
    metadata,
    Column("event_id", LargeBinary, primary_key=True),
    Column("one", LargeBinary),
    Column("other", LargeBinary),
    Column("undone", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("party_merge_by_one", party_merge_table.c.one)
Index("party_merge_by_other", party_merge_table.c.other)

# Which cases and parties carry a lookup token, wherever they come from; a token's first 16 bytes tell enough.
# Parties without a number stand here under a digest of name and phone, which leaves this store nowhere.
party_token_table = Table(
    "party_token",
    metadata,
    Column("token", LargeBinary, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("subject", LargeBinary, primary_key=True),
    sqlite_with_rowid=False,
)

party_visit_table = Table(
    "party_visit",
    metadata,
    Column("party_id", LargeBinary, primary_key=True),
    Column("visit_id", LargeBinary, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("at", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("party_visit_by_visit", party_visit_table.c.visit_id)

PARTY_PROJECTIONS = (party_table, party_merge_table, party_token_table, party_visit_table)

PARTY_SEARCH_TABLE = "party_search"
CREATE_PARTY_SEARCH = CREATE_SEARCH.replace(SEARCH_TABLE, PARTY_SEARCH_TABLE)
event.listen(metadata, "after_create", DDL(CREATE_PARTY_SEARCH))  # type: ignore[no-untyped-call]
