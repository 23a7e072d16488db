"""A PostgreSQL cluster on disk: made once, with settings for an old machine and nothing personal in its log."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from window_app.central.binaries import Binaries
from window_app.central.unprivileged import Unprivileged
from window_app.errors import WindowAppError

SUPERUSER = "postgres"
_MARK = "server.json"
_PASSWORD = "password"  # noqa: S105 - the name of the file that holds it
_DATA = "cluster"
_FIRST_PORT = 20000
_PORTS = 10000
# The system's limit for the address of a socket, less the name of the socket itself.
_LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.65535") - 1

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "password_encryption": "scram-sha-256",
    "max_connections": "100",
    "shared_buffers": "48MB",
    "work_mem": "4MB",
    "maintenance_work_mem": "32MB",
    "effective_cache_size": "256MB",
    "min_wal_size": "32MB",
    "max_wal_size": "256MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}

# The C library of Linux hands the memory of each page back to the system and asks for it anew at the next, which is a
# third of a pulled row's time. So a session keeps up to 32 MB that it has used. Elsewhere nobody reads these.
_KEPT_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_TRIM_THRESHOLD_": "33554432"}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server listens; `socket_folder` is None where the path would be too long for a socket."""

    port: int
    socket_folder: Path | None
    password: str = field(repr=False)

    def dsn(self, database: str) -> str:
        """Return the superuser's connection string for a database."""
        return (
            f"host=127.0.0.1 port={self.port} dbname={quoted(database)} user={SUPERUSER} "
            f"password={quoted(self.password)} connect_timeout=10"
        )


class Cluster:
    """The files of a server in a folder of their own."""

    def __init__(self, directory: Path, settings: Mapping[str, str]) -> None:
        """Name the folder; nothing is read yet."""
        self.directory = directory
        self.data = directory / _DATA
        self.log = directory / "server.log"
        self._settings = settings

    def is_made(self) -> bool:
        """Answer whether the cluster was made, to the end."""
        return (self.directory / _MARK).is_file()

    def make(self, binaries: Binaries, account: Unprivileged) -> None:
        """Make the cluster; one that was left half made by a kill is made anew.

        Raises:
            WindowAppError: `central.embedded_folder` for a folder that holds other things;
                `central.embedded_failed` where `initdb` fails.
        """
        if self.data.exists():
            shutil.rmtree(self.data)
        password = secrets.token_hex(24)
        account.own(self.directory)
        self.data.mkdir(mode=0o700)
        account.own(self.data)
        secret = self.directory / _PASSWORD
        secret.unlink(missing_ok=True)
        _write_private(secret, password)
        account.own(secret)
        self._initdb(binaries, account, secret)
        self._write_endpoint(free_port())

    def endpoint(self) -> Endpoint:
        """Return where the server listens."""
        mark = self.directory / _MARK
        try:
            port = int(json.loads(mark.read_text("ascii"))["port"])
            password = (self.directory / _PASSWORD).read_text("ascii").strip()
        except (OSError, ValueError, KeyError, TypeError):
            raise WindowAppError("central.embedded_folder", folder=self.directory.name) from None
        return Endpoint(port, self._socket_folder(), password)

    def move(self) -> Endpoint:
        """Choose another port: somebody else's program took ours."""
        self._write_endpoint(free_port())
        return self.endpoint()

    def write_settings(self, endpoint: Endpoint, release: int) -> None:
        """Write the settings of this start."""
        place = "" if endpoint.socket_folder is None else str(endpoint.socket_folder)
        chosen = {**_SETTINGS, "port": str(endpoint.port), "unix_socket_directories": place}
        if sys.platform != "win32":
            chosen["unix_socket_permissions"] = "0700"
        if release >= 18:
            chosen["io_method"] = "sync"
        chosen.update(self._settings)
        lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in chosen.items()]
        target = self.data / "window_app.conf"
        target.write_text("".join(lines), encoding="utf-8")
        target.chmod(0o644)
        main = self.data / "postgresql.conf"
        include = "include 'window_app.conf'\n"
        said = main.read_text("utf-8")
        if include not in said:
            main.write_text(said + "\n" + include, encoding="utf-8")

    def _initdb(self, binaries: Binaries, account: Unprivileged, secret: Path) -> None:
        words = account.command(
            binaries.program("initdb"),
            f"--pgdata={self.data}",
            f"--username={SUPERUSER}",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--data-checksums",
            "--no-instructions",
        )
        done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, no word of it typed by anybody
            words, capture_output=True, timeout=300, check=False, cwd=self.data, env=surroundings()
        )
        if done.returncode != 0:
            raise WindowAppError("central.embedded_failed", step="initdb", exit_code=done.returncode)

    def _write_endpoint(self, port: int) -> None:
        beside = self.directory / (_MARK + ".new")
        beside.write_text(json.dumps({"port": port}), encoding="ascii")
        beside.replace(self.directory / _MARK)

    def _socket_folder(self) -> Path | None:
        fits = len(str(self.directory).encode()) <= _LONGEST_SOCKET_FOLDER
        return self.directory if sys.platform != "win32" and fits and "," not in str(self.directory) else None


def surroundings() -> dict[str, str]:
    """Return the environment of the server's programs: this one's without PostgreSQL's own variables."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**_KEPT_MEMORY, **inherited, "LC_ALL": "C"}


def quoted(value: str) -> str:
    """Return a value as a connection string wants it."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)


def free_port() -> int:
    """Return a port of this machine that nobody listens on, below those the system hands out by itself.

    Raises:
        WindowAppError: `central.embedded_failed` where none is found.
    """
    for _ in range(200):
        port = _FIRST_PORT + secrets.randbelow(_PORTS)
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise WindowAppError("central.embedded_failed", step="port", exit_code=None)
