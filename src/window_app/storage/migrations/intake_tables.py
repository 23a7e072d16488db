"""Tables of the first schema that intake added: the register of parties, what is due, attached files."""

import sqlalchemy as sa
from alembic import op


def create_parties() -> None:
    """Make the tables of the register."""
    op.create_table(
        "party",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("chief", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_index("party_by_id", "party", ["party_id"], unique=True)
    op.create_index("party_by_chief", "party", ["chief"], unique=False)
    op.create_table(
        "party_merge",
        sa.Column("event_id", sa.LargeBinary(), nullable=False),
        sa.Column("one", sa.LargeBinary(), nullable=True),
        sa.Column("other", sa.LargeBinary(), nullable=True),
        sa.Column("undone", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("party_merge_by_one", "party_merge", ["one"], unique=False)
    op.create_index("party_merge_by_other", "party_merge", ["other"], unique=False)
    op.create_table(
        "party_token",
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("token", "kind", "subject"),
        sqlite_with_rowid=False,
    )
    _create_party_visits()


def _create_party_visits() -> None:
    op.create_table(
        "party_visit",
        sa.Column("party_id", sa.LargeBinary(), nullable=False),
        sa.Column("visit_id", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("party_id", "visit_id", "role"),
        sqlite_with_rowid=False,
    )
    op.create_index("party_visit_by_visit", "party_visit", ["visit_id"], unique=False)
    op.execute(
        "CREATE VIRTUAL TABLE party_search USING fts5(terms, content='', contentless_delete=1, tokenize='ascii')"
    )


def create_due() -> None:
    """Make the table of what is due."""
    op.create_table(
        "due_item",
        sa.Column("due_id", sa.LargeBinary(), nullable=False),
        sa.Column("stream_kind", sa.Text(), nullable=False),
        sa.Column("stream_id", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("visit_id", sa.LargeBinary(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("owner_kind", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("owner_station", sa.LargeBinary(), nullable=True),
        sa.Column("here", sa.Integer(), nullable=False),
        sa.Column("own", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("station_id", sa.LargeBinary(), nullable=False),
        sa.Column("last_event", sa.LargeBinary(), nullable=False),
        sa.Column("said_by", sa.LargeBinary(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.Text(), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("due_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("due_by_case", "due_item", ["case_id"], unique=False)
    op.create_index("due_by_stream", "due_item", ["stream_id"], unique=False)
    op.create_index("due_open", "due_item", ["due_on"], unique=False, sqlite_where=sa.text("result = ''"))


def create_attachments() -> None:
    """Make the tables of attached files."""
    op.create_table(
        "attachment",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("pieces", sa.LargeBinary(), nullable=False),
        sa.Column("own", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("whole_at", sa.Text(), nullable=True),
        sa.Column("dropped", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index(
        "attachment_open",
        "attachment",
        ["digest"],
        unique=False,
        sqlite_where=sa.text("own = 1 AND whole_at IS NULL AND dropped = 0"),
    )
    op.create_table(
        "attachment_event",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["attachment.digest"]),
        sa.ForeignKeyConstraint(["position"], ["event.position"]),
        sa.PrimaryKeyConstraint("digest", "position"),
        sqlite_with_rowid=False,
    )
