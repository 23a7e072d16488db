"""The tables of commitments, made anew from the events of their cases."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, text

from window_app.storage.credit_schema import metadata

__all__ = ["COMMITMENT_PROJECTIONS", "commitment_table", "commitment_token_table", "metadata"]

# A line for each commitment, to find it by; what it says is folded from the events of its case.
commitment_table = Table(
    "commitment",
    metadata,
    Column("commitment_id", LargeBinary, primary_key=True),
    Column("case_id", LargeBinary, nullable=False),
    Column("code", Text, nullable=False),
    Column("material", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("made_on", Text, nullable=False),
    Column("due_on", Text),
    Column("own", Integer, nullable=False),
    Column("to_verify", Integer, nullable=False),
    Column("faults", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("commitment_by_case", commitment_table.c.case_id)
Index("commitment_open", commitment_table.c.due_on, sqlite_where=text("to_verify = 1"))

# Whose commitment it is: tokens of the applicant and of a guardian who signed.
commitment_token_table = Table(
    "commitment_token",
    metadata,
    Column("token", Text, primary_key=True),
    Column("commitment_id", LargeBinary, primary_key=True),
    sqlite_with_rowid=False,
)
Index("commitment_token_of", commitment_token_table.c.commitment_id)

COMMITMENT_PROJECTIONS = (commitment_table, commitment_token_table)
