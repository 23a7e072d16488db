"""The schema of the centre: migrations in order, then the protocol's functions, each applied once as it is written.

A release brings migrations (tables, roles, policies) and, by protocol version, functions. Functions
of the version before stay, so that stations which have not been upgraded go on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from psycopg import Connection, sql

from window_app.central.partitions import add_partitions
from window_app.domain.events import digest

_FUNCTION_OWNER = "window_app_service"
_LOCK = 0x77696E646F77


@dataclass(frozen=True, slots=True)
class Step:
    """One file of the schema; `name` is its place in the release, such as "functions/v1/push.sql"."""

    name: str
    text: str

    @property
    def is_migration(self) -> bool:
        """Answer whether it is applied once and never again, rather than whenever it was changed."""
        return self.name.startswith("migrations/")


def own_root() -> Traversable:
    """Return the folder with this release's migrations and functions."""
    return files("window_app.central")


def steps(roots: Sequence[Traversable]) -> Iterator[Step]:
    """Yield the steps of one or more folders in order: all migrations, then all functions."""
    for kind in ("migrations", "functions"):
        found = (step for root in roots for step in _below(root / kind, kind))
        yield from sorted(found, key=lambda step: step.name)


def apply(connection: Connection[Any], roots: Sequence[Traversable] | None = None) -> tuple[str, ...]:
    """Bring a database up to this release in one transaction and return the names of the steps that were new.

    The caller's login must be the database's owner or a superuser. Two at once wait for each other.
    """
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        wanted = _pending(connection, roots)
        for step in wanted:
            _apply(connection, step)
        _record(connection, wanted)
        for name in ("doors.sql", "storage.sql"):
            connection.execute((own_root() / name).read_text("utf-8").encode())
        add_partitions(connection)
    return tuple(step.name for step in wanted)


def pending(connection: Connection[Any], roots: Sequence[Traversable] | None = None) -> tuple[str, ...]:
    """Return the names of the steps that `apply` would take."""
    return tuple(step.name for step in _pending(connection, roots))


def _below(folder: Traversable, name: str) -> Iterator[Step]:
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        place = f"{name}/{entry.name}"
        if entry.is_dir():
            yield from _below(entry, place)
        elif entry.name.endswith(".sql"):
            yield Step(place, entry.read_text("utf-8"))


def _pending(connection: Connection[Any], roots: Sequence[Traversable] | None) -> list[Step]:
    known = _known(connection)
    return [
        step
        for step in steps(roots or (own_root(),))
        if step.name not in known or (not step.is_migration and known[step.name] != digest(step.text.encode()))
    ]


def _known(connection: Connection[Any]) -> dict[str, str]:
    there = connection.execute("SELECT to_regclass('centre.migration')").fetchone()
    if there is None or there[0] is None:
        return {}
    return dict(connection.execute("SELECT name, digest FROM centre.migration").fetchall())


def _apply(connection: Connection[Any], step: Step) -> None:
    if step.is_migration:
        connection.execute(step.text.encode())
        return
    connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(_FUNCTION_OWNER)))
    connection.execute(step.text.encode())
    connection.execute("RESET ROLE")


def _record(connection: Connection[Any], applied: Sequence[Step]) -> None:
    for step in applied:
        connection.execute(
            "INSERT INTO centre.migration (name, digest) VALUES (%s, %s)"
            " ON CONFLICT (name) DO UPDATE SET digest = excluded.digest, applied_at = now()",
            (step.name, digest(step.text.encode())),
        )
