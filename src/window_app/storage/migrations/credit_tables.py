"""Tables of the first schema that notice and commitment added: the list of false commitments."""

import sqlalchemy as sa
from alembic import op

OF_CREDIT = "type IN ('CreditListed', 'CreditRepaired', 'ObjectionDecided')"


def create_credit_list() -> None:
    """Make the table of the list; the table of events stands by then."""
    op.create_table(
        "credit_list",
        sa.Column("dseq", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("commitment_id", sa.LargeBinary(), nullable=True),
        sa.Column("event_id", sa.LargeBinary(), nullable=True),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("dseq"),
    )
    op.create_index("credit_by_token", "credit_list", ["token"], unique=False)
    op.create_index("credit_by_commitment", "credit_list", ["commitment_id"], unique=False)
    op.create_index("credit_by_event", "credit_list", ["event_id"], unique=False)
    op.create_index("event_of_credit", "event", ["position"], unique=False, sqlite_where=sa.text(OF_CREDIT))
