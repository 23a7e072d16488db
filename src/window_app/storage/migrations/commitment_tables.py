"""Tables of the first schema that notice and commitment added: the commitments and whose they are."""

import sqlalchemy as sa
from alembic import op


def create_commitments() -> None:
    """Make the tables of commitments."""
    op.create_table(
        "commitment",
        sa.Column("commitment_id", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("material", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("own", sa.Integer(), nullable=False),
        sa.Column("to_verify", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("commitment_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("commitment_by_case", "commitment", ["case_id"], unique=False)
    op.create_index("commitment_open", "commitment", ["due_on"], unique=False, sqlite_where=sa.text("to_verify = 1"))
    op.create_table(
        "commitment_token",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("commitment_id", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("token", "commitment_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("commitment_token_of", "commitment_token", ["commitment_id"], unique=False)
