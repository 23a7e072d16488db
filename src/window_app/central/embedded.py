"""A PostgreSQL of our own: for a stand-alone hall, for practice with a line, for the tests.

Its files lie in a folder that holds nothing else. It listens on this machine alone. The server is a
process of its own that outlives a killed program; whoever starts it next takes it over.
"""

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from window_app import log
from window_app.central.binaries import Binaries, wheel_binaries
from window_app.central.cluster import Cluster, Endpoint, surroundings
from window_app.central.folder_lock import FolderLock
from window_app.central.postmaster import Postmaster, StopMode, end, is_serving, read_postmaster
from window_app.central.unprivileged import Unprivileged
from window_app.errors import WindowAppError

DATABASE = "window_app"
START_SECONDS = 60.0
STOP_SECONDS = 60.0
_OLD_LOG = 2_000_000
_LOGGER = log.logger("central.embedded")


class EmbeddedFailed(WindowAppError):
    """The server did not start, or did not end. Params: step, exit_code."""

    code = "central.embedded_failed"


class EmbeddedServer:
    """Keeps one PostgreSQL server; a context manager that starts and stops it.

    Attributes:
        owned: this object looks after the server; False where another living program does, and then
            `stop` leaves it alone.
    """

    def __init__(
        self, directory: Path, *, binaries: Path | None = None, settings: Mapping[str, str] | None = None
    ) -> None:
        """Name the server's folder, made where it is missing; nothing is started yet.

        Args:
            directory: holds nothing but the server.
            binaries: the folder of `postgres` and `initdb`; those of the program's wheel otherwise.
            settings: further settings of postgresql.conf.

        Raises:
            BinariesMissing: where there are none.
        """
        self._binaries = wheel_binaries() if binaries is None else Binaries(binaries)
        self.directory = directory.absolute()
        self._cluster = Cluster(self.directory, settings or {})
        self._lock = FolderLock(self.directory / "server.lock")
        self._process: subprocess.Popen[bytes] | None = None
        self.owned = False

    def __enter__(self) -> "EmbeddedServer":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def dsn(self) -> str:
        """Return the superuser's connection string for the database "postgres"."""
        return self.endpoint.dsn("postgres")

    @property
    def endpoint(self) -> Endpoint:
        """Return where the server listens."""
        return self._cluster.endpoint()

    @property
    def log_file(self) -> Path:
        """Return the server's own log."""
        return self._cluster.log

    def pid(self) -> int | None:
        """Return the number of the server's process, or None where it does not run."""
        found = self._running()
        return None if found is None else found.pid

    def start(self) -> "EmbeddedServer":
        """Start the server, or take over the one that a killed program left, and wait until it answers.

        Raises:
            EmbeddedFailed: it did not come up.
            WindowAppError: `central.embedded_folder` for a folder with other things in it;
                `central.embedded_no_account` where root finds nobody to run it as.
        """
        self._prepare_folder()
        self.owned = self._lock.take()
        if not self.owned:
            self._await_other()
            return self
        try:
            self._start_owned()
        except BaseException:
            self.stop("immediate")
            raise
        return self

    def stop(self, mode: StopMode = "fast") -> None:
        """End the server and wait until it has; "immediate" is as good as a power cut.

        Raises:
            EmbeddedFailed: it did not end in time.
        """
        if not self.owned:
            return
        self._end_running(mode)
        if self._process is not None:
            # Its folder may be gone, and with it the file that names it.
            self._process.terminate()
            self._process.wait(STOP_SECONDS)
            self._process = None
        self.owned = False
        self._lock.release()

    def ensure_database(self, name: str = DATABASE) -> str:
        """Make a database where it is missing and return the superuser's connection string for it.

        Raises:
            EmbeddedFailed: the server does not answer.
        """
        try:
            with psycopg.connect(self.dsn, autocommit=True) as connection:
                known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
                if known is None:
                    connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        except psycopg.Error as error:
            raise EmbeddedFailed(step="database", exit_code=None) from error
        return self.endpoint.dsn(name)

    def _prepare_folder(self) -> None:
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        foreign = {entry.name for entry in self.directory.iterdir()} - {"cluster", "password", "server.lock"}
        if foreign and not self._cluster.is_made():
            raise WindowAppError("central.embedded_folder", folder=self.directory.name)

    def _start_owned(self) -> None:
        account = Unprivileged(self.directory, self._binaries.folder)
        if not self._cluster.is_made():
            self._cluster.make(self._binaries, account)
        left = self._running()
        if left is not None and self._answers():
            _LOGGER.info("central.embedded_taken_over")
            return
        if left is not None:
            self._end_running("immediate")
        self._forget_stale()
        self._launch(account, self._cluster.endpoint())
        if not self._await_ready():
            self._launch(account, self._cluster.move())
            if not self._await_ready():
                raise EmbeddedFailed(step="start", exit_code=self._exit_code())

    def _launch(self, account: Unprivileged, endpoint: Endpoint) -> None:
        self._cluster.write_settings(endpoint, self._binaries.release())
        words = account.command(self._binaries.program("postgres"), "-D", self._cluster.data)
        with _opened_log(self._cluster.log) as kept:
            self._process = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program, no word of it typed by anybody
                words,
                stdin=subprocess.DEVNULL,
                stdout=kept,
                stderr=kept,
                cwd=self._cluster.data,
                env=surroundings(),
                start_new_session=True,
            )

    def _await_ready(self) -> bool:
        """Wait until the server takes connections; False where its process ended instead."""
        process = self._process

        def settled() -> bool:
            found = read_postmaster(self._cluster.data)
            return (found is not None and found.ready) or (process is not None and process.poll() is not None)

        if not _wait(settled, START_SECONDS):
            raise EmbeddedFailed(step="start", exit_code=None)
        return process is None or process.poll() is None

    def _await_other(self) -> None:
        """Wait for the server that another living program starts."""

        def ready() -> bool:
            found = self._running() if self._cluster.is_made() else None
            return found is not None and found.ready

        if not _wait(ready, START_SECONDS):
            raise EmbeddedFailed(step="other", exit_code=None)

    def _running(self) -> Postmaster | None:
        found = read_postmaster(self._cluster.data)
        return found if found is not None and is_serving(found, self._cluster.data) else None

    def _answers(self) -> bool:
        """Answer whether the running server lets us in and is the one of this folder."""
        try:
            with psycopg.connect(self.dsn, connect_timeout=5) as connection:
                row = connection.execute("SHOW data_directory").fetchone()
        except psycopg.Error:
            return False
        return row is not None and Path(row[0]).resolve() == self._cluster.data.resolve()

    def _end_running(self, mode: StopMode) -> None:
        found = self._running()
        if found is None:
            return
        end(found, self._binaries, self._cluster.data, mode)
        if not _wait(self._has_ended, STOP_SECONDS):
            raise EmbeddedFailed(step="stop", exit_code=None)

    def _has_ended(self) -> bool:
        if self._process is not None:
            self._process.poll()
        return self._running() is None

    def _forget_stale(self) -> None:
        """Remove the mark of a postmaster that is no more; PostgreSQL mistrusts any living process of that number."""
        (self._cluster.data / "postmaster.pid").unlink(missing_ok=True)

    def _exit_code(self) -> int | None:
        return None if self._process is None else self._process.returncode


def _opened_log(path: Path) -> IO[bytes]:
    """Open the server's log to go on with it; a long one is put aside once."""
    if path.exists() and path.stat().st_size > _OLD_LOG:
        path.replace(path.with_name(path.name + ".1"))
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")


def _wait(settled: Callable[[], bool], seconds: float) -> bool:
    """Look again until something is so; False where it was not so in time."""
    until = time.monotonic() + seconds
    while not settled():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
