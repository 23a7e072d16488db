"""The table of the list of false commitments, as the directory says it."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, text

from window_app.storage.party_schema import metadata
from window_app.storage.schema import event_table

__all__ = ["credit_list_table", "metadata"]

# One row for each entry of the directory that speaks of the list; what it says stands there. `fault` says why one has
# no force; its other columns are then empty where it could not be read.
credit_list_table = Table(
    "credit_list",
    metadata,
    Column("dseq", Integer, primary_key=True),
    Column("token", Text, nullable=False),
    Column("commitment_id", LargeBinary),
    Column("event_id", LargeBinary),
    Column("office", Text, nullable=False),
    Column("fault", Text, nullable=False),
)
Index("credit_by_token", credit_list_table.c.token)
Index("credit_by_commitment", credit_list_table.c.commitment_id)
Index("credit_by_event", credit_list_table.c.event_id)
# The few events by which an office lists a person or takes it back.
Index(
    "event_of_credit",
    event_table.c.position,
    sqlite_where=text("type IN ('CreditListed', 'CreditRepaired', 'ObjectionDecided')"),
)
