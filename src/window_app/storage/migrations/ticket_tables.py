"""A table of the first schema that printing added: queue tickets."""

import sqlalchemy as sa
from alembic import op


def create_tickets() -> None:
    """Make the table of queue tickets."""
    op.create_table(
        "ticket",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("business", sa.Text(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.Text(), nullable=False),
        sa.Column("ahead", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("prints", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "business", "serial"),
        sqlite_with_rowid=False,
    )
