"""Room for events ahead of the feeds: the event table is cut into ranges of feed numbers."""

from typing import Any

from psycopg import Connection, sql

RANGE = 4_000_000
_OWNER = "window_app_owner"


def add_partitions(connection: Connection[Any]) -> tuple[str, ...]:
    """Make the partition behind the one that the longest feed writes into; return what was made.

    A range that feeds have already entered stays in the last partition, which takes what no other does.
    Runs in the caller's transaction.
    """
    row = connection.execute("SELECT coalesce(max(head), 0) FROM centre.feed").fetchone()
    place = (0 if row is None else int(row[0])) // RANGE + 1
    name = f"event_p{place}"
    there = connection.execute("SELECT to_regclass(%s)", (f"centre.{name}",)).fetchone()
    if there is not None and there[0] is not None:
        return ()
    table = sql.Identifier("centre", name)
    first = place * RANGE + 1
    connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(_OWNER)))
    for words in (
        "CREATE TABLE {table} PARTITION OF centre.event FOR VALUES FROM ({first}) TO ({beyond})",
        "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    ):
        connection.execute(
            sql.SQL(words).format(table=table, first=sql.Literal(first), beyond=sql.Literal(first + RANGE))
        )
    connection.execute("RESET ROLE")
    return (name,)
