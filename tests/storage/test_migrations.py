"""The schema: one description, one history, and a way up that cannot lose anything."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from tests.storage import halls

from window_app.storage import migrate
from window_app.storage.engine import Database, open_database
from window_app.storage.failures import StoreDamaged, StoreNeedsUpgrade, StoreTooNew
from window_app.storage.party_schema import PARTY_SEARCH_TABLE
from window_app.storage.schema import SEARCH_TABLE, metadata

GOOD = """
from alembic import op
revision, down_revision, branch_labels, depends_on = "9001", "0001", None, None
def upgrade():
    op.execute("ALTER TABLE draft ADD COLUMN colour TEXT")
def downgrade():
    op.execute("ALTER TABLE draft DROP COLUMN colour")
"""
BAD = GOOD.replace(
    '    op.execute("ALTER TABLE draft ADD', '    op.execute("DROP TABLE pdf")\n    op.execute("ALTER TABLE nothing ADD'
)


def tables(database: Database) -> list[tuple[str, str]]:
    cursor = database._connection.cursor()
    return sorted(
        (name, " ".join((sql or "").replace('"', "").split()))
        for name, sql in cursor.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    )


@pytest.fixture
def empty(tmp_path):
    database = open_database(tmp_path / "empty.db", b"k" * 32, create=True)
    yield database
    database.close()


def by_steps(database: Database) -> None:
    from alembic import command

    config = migrate.configuration()
    with database.core_transaction() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def test_the_tables_described_are_the_tables_migrated_to(empty, tmp_path):
    by_steps(empty)
    at_once = open_database(tmp_path / "at-once.db", b"k" * 32, create=True)
    migrate.create_schema(at_once)
    assert tables(empty) == tables(at_once)
    assert migrate.revision(empty) == migrate.revision(at_once) == migrate.HEAD
    with empty.core_transaction() as connection:
        indexes = (SEARCH_TABLE, PARTY_SEARCH_TABLE)
        context = MigrationContext.configure(
            connection, opts={"include_object": lambda _object, name, *_: not name.startswith(indexes)}
        )
        assert compare_metadata(context, metadata) == []
    at_once.close()


def test_the_newest_step_is_the_one_the_program_knows():
    assert ScriptDirectory.from_config(migrate.configuration()).get_heads() == [migrate.HEAD]


def test_down_and_up_again(empty):
    by_steps(empty)
    before = tables(empty)
    migrate.downgrade(empty, "base")
    assert [name for name, _ in tables(empty)] == ["alembic_version"]
    by_steps(empty)
    assert tables(empty) == before


def later_steps(tmp_path: Path, text: str) -> Config:
    folder = tmp_path / "steps"
    folder.mkdir()
    (folder / "9001_next.py").write_text(text)
    return migrate.configuration(folder)


def test_an_upgrade_leaves_a_copy_that_still_opens(hall, records, tmp_path):
    taken = halls.take_in(records)
    copy = migrate.upgrade(records._database, later_steps(tmp_path, GOOD))
    assert copy is not None
    assert copy == hall / "store.before-0001.db"
    assert ("colour",) in [(row[1],) for row in records._database.pragma("table_info(draft)")]
    assert records.integrity() == ()
    kept = open_database(copy, records._data_key, read_only=True)
    assert migrate.revision(kept) == "0001"
    kept.close()
    assert records.find_case(taken.number) is not None


def test_an_upgrade_that_fails_changes_nothing(records, tmp_path):
    before = tables(records._database)
    with pytest.raises(Exception, match="nothing"):
        migrate.upgrade(records._database, later_steps(tmp_path, BAD))
    assert tables(records._database) == before
    assert migrate.revision(records._database) == "0001"
    halls.take_in(records)
    assert records._database.pragma("foreign_keys") == [(1,)]


def test_a_newer_store_is_left_alone(hall, records):
    records._database._connection.execute("UPDATE alembic_version SET version_num = '0999'")
    records.close()
    before = (hall / "store.db").read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreTooNew) as refused:
            halls.enter(hall, read_only=read_only)
        assert refused.value.params["found"] == "0999"
    assert (hall / "store.db").read_bytes() == before


def test_an_older_store_is_upgraded_by_a_writer_alone(hall, records, monkeypatch, tmp_path):
    records.close()
    config = later_steps(tmp_path, GOOD)
    monkeypatch.setattr(migrate, "HEAD", "9001")
    monkeypatch.setattr(migrate, "configuration", lambda: config)
    with pytest.raises(StoreNeedsUpgrade):
        halls.enter(hall, read_only=True)
    again = halls.enter(hall)
    assert migrate.revision(again._database) == "9001"
    again.close()
    halls.enter(hall, read_only=True).close()


def test_a_store_without_a_revision_is_damaged(hall, records):
    records._database._connection.execute("DROP TABLE alembic_version")
    records.close()
    with pytest.raises(StoreDamaged):
        halls.enter(hall)


def test_copies_go_when_the_data_key_changes(hall, records, tmp_path):
    from window_app.storage.slot_crypto import CHEAP

    migrate.upgrade(records._database, later_steps(tmp_path, GOOD))
    records.admit_clerk("0013", "李娜", password="another good one", profile=CHEAP)
    records.revoke_clerk("0013")
    assert list(hall.glob("store.before-*")) == []
