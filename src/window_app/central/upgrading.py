"""Bringing a centre up to this release, and never back to an older one."""

from window_app.central.connecting import CentreFailed, Connection, one
from window_app.central.schema import apply, own_root, steps


def upgrade(connection: Connection) -> tuple[str, ...]:
    """Apply what this release has and the centre has not, and return the names of it.

    Raises:
        CentreFailed: `central.newer` where a newer release has been here; its functions would be overwritten.
    """
    table = one(connection, "SELECT to_regclass('centre.migration')")
    if table is not None and table[0] is not None:
        ours = {step.name for step in steps((own_root(),))}
        applied = {str(name) for (name,) in connection.execute("SELECT name FROM centre.migration")}
        if applied - ours:
            raise CentreFailed("central.newer", step=min(applied - ours))
    return tuple(apply(connection))
