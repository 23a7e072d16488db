"""The table of queue tickets: the working day of a counter, kept for a month, of no concern to anybody else."""

from sqlalchemy import Column, Integer, Table, Text

from window_app.storage.commitment_schema import metadata

__all__ = ["metadata", "ticket_table"]

ticket_table = Table(
    "ticket",
    metadata,
    Column("day", Text, primary_key=True),
    Column("business", Text, primary_key=True),
    Column("serial", Integer, primary_key=True),
    Column("drawn_at", Text, nullable=False),
    Column("ahead", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("paper", Text, nullable=False),
    Column("prints", Integer, nullable=False),
    sqlite_with_rowid=False,
)
