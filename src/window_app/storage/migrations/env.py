"""Alembic's entrance: the connection is handed in, nothing is read from files or the environment."""

from alembic import context

from window_app.storage.schema import SEARCH_TABLE, metadata


def _ours(_object: object, name: str | None, _kind: str, _reflected: bool, _compared: object) -> bool:
    return not (name or "").startswith(SEARCH_TABLE)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,
    include_object=_ours,
)
context.run_migrations()
