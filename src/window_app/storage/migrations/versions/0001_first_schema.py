"""The first schema: events, outbox, feeds, directory, cases with their search index, papers, drafts, sets."""

import sqlalchemy as sa
from alembic import op

from window_app.storage.migrations.commitment_tables import create_commitments
from window_app.storage.migrations.credit_tables import create_credit_list
from window_app.storage.migrations.intake_tables import create_attachments, create_due, create_parties
from window_app.storage.migrations.ticket_tables import create_tickets

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Dropped in this order, what refers goes before what it refers to.
TABLES = (
    "ticket",
    "attachment_event",
    "attachment",
    "credit_list",
    "commitment",
    "commitment_token",
    "case_current",
    "party",
    "party_merge",
    "party_token",
    "party_visit",
    "due_item",
    "paper",
    "pdf",
    "outbox",
    "body",
    "other_seal",
    "set_apart",
    "event",
    "feed",
    "feed_count",
    "directory_entry",
    "known_station",
    "known_key",
    "erased",
    "meta",
    "station_state",
    "draft",
    "definition_set",
    "unknown_set",
)


def upgrade() -> None:
    """Step up."""
    _create_events()
    _create_seals()
    _create_cases()
    _index_cases()
    create_due()
    create_parties()
    _create_papers()
    create_attachments()
    _create_feeds()
    _create_directory()
    create_credit_list()
    create_commitments()
    create_tickets()
    _create_settings()


def downgrade() -> None:
    """Step down: nothing is left."""
    op.execute("DROP TABLE case_search")
    op.execute("DROP TABLE party_search")
    for name in TABLES:
        op.drop_table(name)


def _create_events() -> None:
    op.create_table(
        "event",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.LargeBinary(), nullable=False),
        sa.Column("stream_kind", sa.Text(), nullable=False),
        sa.Column("stream_id", sa.LargeBinary(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.LargeBinary(), nullable=False),
        sa.Column("lseq", sa.Integer(), nullable=True),
        sa.Column("feed", sa.Text(), nullable=True),
        sa.Column("fseq", sa.Integer(), nullable=True),
        sa.Column("occurred_at", sa.Integer(), nullable=False),
        sa.Column("chain_hash", sa.LargeBinary(), nullable=False),
        sa.Column("body_digest", sa.LargeBinary(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_index("event_by_feed", "event", ["feed", "fseq"], unique=True, sqlite_where=sa.text("fseq IS NOT NULL"))
    op.create_index("event_by_id", "event", ["event_id"], unique=False, sqlite_where=sa.text("fseq IS NOT NULL"))
    op.create_index("event_by_station", "event", ["station_id", "lseq"], unique=True)
    op.create_index("event_by_stream", "event", ["stream_id", "event_id"], unique=True)
    op.create_table(
        "body",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["position"],
            ["event.position"],
        ),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_table(
        "outbox",
        sa.Column("lseq", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("lseq"),
    )


def _create_seals() -> None:
    op.create_table(
        "other_seal",
        sa.Column("station_id", sa.LargeBinary(), nullable=False),
        sa.Column("lseq", sa.Integer(), nullable=False),
        sa.Column("chain_hash", sa.LargeBinary(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["position"],
            ["event.position"],
        ),
        sa.PrimaryKeyConstraint("station_id", "lseq"),
    )
    op.create_index("other_seal_by_position", "other_seal", ["position"], unique=False)
    op.create_table(
        "set_apart",
        sa.Column("station_id", sa.LargeBinary(), nullable=False),
        sa.Column("lseq", sa.Integer(), nullable=False),
        sa.Column("chain_hash", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=True),
        sa.Column("fseq", sa.Integer(), nullable=True),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("noticed_at", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("seen_at", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.PrimaryKeyConstraint("station_id", "lseq", "chain_hash", "reason"),
    )


def _create_cases() -> None:
    op.create_table(
        "case_current",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.LargeBinary(), nullable=False),
        sa.Column("visit_id", sa.LargeBinary(), nullable=True),
        sa.Column("matter_key", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("number_key", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("applicant", sa.Text(), nullable=False),
        sa.Column("respondent", sa.Text(), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("own", sa.Integer(), nullable=False),
        sa.Column("last_lseq", sa.Integer(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("acknowledged", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=False),
        sa.Column("decision_number", sa.Text(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("confidential", sa.Integer(), nullable=False),
        sa.Column("fields_prefilled", sa.Integer(), nullable=False),
        sa.Column("materials_reused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )


def _index_cases() -> None:
    op.create_index("case_by_id", "case_current", ["case_id"], unique=True)
    op.create_index("case_by_number", "case_current", ["number_key"], unique=False)
    op.create_index(
        "case_by_office",
        "case_current",
        ["office", "due_on"],
        unique=False,
        sqlite_where=sa.text("own = 0 AND state NOT IN ('closed', 'voided')"),
    )
    op.create_index(
        "case_by_visit", "case_current", ["visit_id", "matter_key"], unique=False, sqlite_where=sa.text("own = 1")
    )
    op.create_index(
        "case_conflicting", "case_current", ["position"], unique=False, sqlite_where=sa.text("conflicts > 0")
    )
    op.create_index(
        "case_to_forget",
        "case_current",
        ["case_id"],
        unique=False,
        sqlite_where=sa.text("confidential = 1 AND own = 1 AND opened = 1 AND acknowledged = 1"),
    )
    op.execute("CREATE VIRTUAL TABLE case_search USING fts5(terms, content='', contentless_delete=1, tokenize='ascii')")


def _create_papers() -> None:
    op.create_table(
        "pdf",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "paper",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.LargeBinary(), nullable=False),
        sa.Column("visit_id", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reprints", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("pdf_digest", sa.LargeBinary(), nullable=True),
        sa.Column("heading", sa.LargeBinary(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["pdf_digest"],
            ["pdf.digest"],
        ),
        sa.ForeignKeyConstraint(
            ["issued"],
            ["event.position"],
        ),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_index("paper_by_id", "paper", ["paper_id"], unique=True)
    op.create_index("paper_by_visit", "paper", ["visit_id"], unique=False)
    op.create_index("paper_of_no_case", "paper", ["number"], unique=False, sqlite_where=sa.text("case_id IS NULL"))
    op.create_index(
        "paper_unsettled", "paper", ["position"], unique=False, sqlite_where=sa.text("state != 'confirmed'")
    )


def _create_feeds() -> None:
    op.create_table(
        "feed",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("witness", sa.LargeBinary(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("base_witness", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("feed"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "feed_count",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("station_id", sa.LargeBinary(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("last_lseq", sa.Integer(), nullable=False),
        sa.Column("last_link", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("base_events", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("base_lseq", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("base_link", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("base_places", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("feed", "station_id"),
        sqlite_with_rowid=False,
    )


def _create_directory() -> None:
    op.create_table(
        "directory_entry",
        sa.Column("dseq", sa.Integer(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("dseq"),
    )
    op.create_index("directory_by_subject", "directory_entry", ["kind", "subject", "dseq"], unique=False)
    op.create_table(
        "known_station",
        sa.Column("station_id", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("station_id"),
    )
    op.create_table(
        "known_key",
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("station_id", sa.LargeBinary(), nullable=True),
        sa.Column("revoked", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key_id"),
    )
    op.create_index("known_key_by_station", "known_key", ["station_id"], unique=False)
    op.create_table(
        "erased",
        sa.Column("event_id", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
        sqlite_with_rowid=False,
    )


def _create_settings() -> None:
    op.create_table(
        "meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "station_state",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draft",
        sa.Column("visit_id", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("visit_id"),
    )
    op.create_table(
        "definition_set",
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("content_hash"),
    )
    op.create_table(
        "unknown_set",
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("content_hash"),
        sqlite_with_rowid=False,
    )
