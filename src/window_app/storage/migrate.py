"""The schema of a store: made at once for a new one, brought up step by step for an old one."""

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table, insert, select

from window_app.storage.engine import Database, Statement
from window_app.storage.failures import StoreDamaged, StoreNeedsUpgrade, StoreTooNew
from window_app.storage.files import sync_directory
from window_app.storage.ticket_schema import metadata

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0001"
"""The revision that `schema.py` describes; a test compares it with the newest migration."""

BACKUP_PREFIX = "store.before-"
_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
_READ_VERSION = Statement(select(_version.c.version_num))


def create_schema(database: Database) -> None:
    """Make all tables of the present revision, in one transaction."""
    with database.core_transaction() as connection:
        metadata.create_all(connection)
        _version.create(connection)
        connection.execute(insert(_version).values(version_num=HEAD))


def check_schema(database: Database) -> None:
    """Check that this program and the store agree.

    Raises:
        StoreTooNew, StoreNeedsUpgrade, StoreDamaged.
    """
    found = revision(database)
    if found == HEAD:
        return
    if found not in _known(configuration()):
        raise StoreTooNew(found=found, known=HEAD)
    raise StoreNeedsUpgrade(found=found, known=HEAD)


def revision(database: Database) -> str:
    """Return the revision that a store is of.

    Raises:
        StoreDamaged: where it does not say.
    """
    if not database.pragma("table_info(alembic_version)"):
        raise StoreDamaged(part="alembic_version")
    row = database.one(_READ_VERSION)
    if row is None:
        raise StoreDamaged(part="alembic_version")
    return str(row[0])


def upgrade(database: Database, config: "Config | None" = None, target: str = "head") -> Path | None:
    """Bring an older store up in one transaction, after a copy was laid beside it.

    The copy is under the same key. It stays until the data key changes or the next upgrade.

    Returns:
        The copy, or None where nothing was to be done.

    Raises:
        StoreTooNew: where a newer program wrote the store; nothing is touched.
    """
    found = revision(database)
    if config is None and found == HEAD:
        return None
    config = config or configuration()
    if found not in _known(config):
        raise StoreTooNew(found=found, known=HEAD)
    from alembic import command

    copy = _copy_beside(database, found)
    # Tables that are made anew lose no rows to references while foreign keys rest.
    database.pragma("foreign_keys = OFF")
    try:
        with database.core_transaction() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, target)
    finally:
        database.pragma("foreign_keys = ON")
    return copy


def downgrade(database: Database, target: str) -> None:
    """Take the schema back to an earlier revision in one transaction; for tests and for support."""
    from alembic import command

    config = configuration()
    with database.core_transaction() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, target)


def configuration(versions: Path | None = None) -> "Config":
    """Return Alembic's configuration; `versions` adds a folder of further migrations, for tests."""
    from alembic.config import Config

    location = files("window_app.storage") / "migrations"
    config = Config()
    config.set_main_option("script_location", str(location))
    config.set_main_option("path_separator", "newline")
    places = [str(location / "versions"), *([str(versions)] if versions else [])]
    config.set_main_option("version_locations", "\n".join(places))
    return config


def remove_copies(directory: Path) -> None:
    """Remove copies that older data keys would still open."""
    for copy in directory.glob(f"{BACKUP_PREFIX}*"):
        copy.unlink()
    sync_directory(directory)


def _known(config: "Config") -> frozenset[str]:
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory.from_config(config).walk_revisions())


def _copy_beside(database: Database, found: str) -> Path:
    remove_copies(database.path.parent)
    copy = database.path.with_name(f"{BACKUP_PREFIX}{found}.db")
    database.pragma("wal_checkpoint(TRUNCATE)")
    copy.write_bytes(database.path.read_bytes())
    copy.chmod(0o600)
    sync_directory(copy.parent)
    return copy
