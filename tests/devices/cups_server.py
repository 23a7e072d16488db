"""A CUPS server of its own and real IPP printers behind it, for tests: no printer of this machine is touched."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

COMMANDS = (
    "cupsd",
    "lpadmin",
    "lpoptions",
    "lp",
    "lpstat",
    "cupsdisable",
    "cupsreject",
    "ippeveprinter",
    "dbus-daemon",
    "avahi-daemon",
)
PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
WAIT_SECONDS = 45.0
STARTS, START_SECONDS = 5, 20.0

SETTINGS = """Listen 127.0.0.1:{port}
Browsing No
WebInterface No
DefaultAuthType None
LogLevel warn
MaxLogSize 0
PreserveJobFiles No
<Location />
Order allow,deny
Allow all
</Location>
<Location /admin>
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
Allow all
</Limit>
</Policy>
"""
FILES = """ServerRoot {root}/server
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/state
TempDir {root}/tmp
AccessLog {root}/access_log
ErrorLog {root}/error_log
PageLog {root}/page_log
SystemGroup root
"""


def missing() -> list[str]:
    """Return what this machine lacks."""
    return [name for name in COMMANDS if shutil.which(name, path=PATH) is None]


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def wait_for(ready: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while not ready():
        assert time.monotonic() < until, what
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as tried:
        tried.settimeout(0.5)
        return tried.connect_ex(("127.0.0.1", port)) == 0


class CupsServer:
    """cupsd in the foreground, with a folder and a port of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = free_port()
        self._started: list[subprocess.Popen[bytes]] = []
        # cupsd runs its parts as another user, who must get at these folders.
        for name in ("server", "spool", "cache", "state", "tmp"):
            (root / name).mkdir(parents=True)
        for folder in (root, *root.iterdir()):
            folder.chmod(0o777)
        (root / "server" / "cupsd.conf").write_text(SETTINGS.format(port=self.port))
        (root / "server" / "cups-files.conf").write_text(FILES.format(root=root))

    def start(self) -> None:
        server = self.root / "server"
        self._run(["cupsd", "-f", "-c", str(server / "cupsd.conf"), "-s", str(server / "cups-files.conf")])
        wait_for(lambda: listens(self.port), "cupsd does not listen")

    def printer(self, queue: str, *, command: Path | None = None) -> Path:
        """Start an IPP printer, make a queue for it and return the folder of what it received.

        A command is run for each job, and says on its standard error how the printer is; without any, the printer
        would take five seconds over a page.
        """
        received = self.root / queue
        received.mkdir()
        port = self._listening(queue, command or Path(shutil.which("true") or ""), received)
        self.admin("lpadmin", "-p", queue, "-E", "-v", f"ipp://localhost:{port}/ipp/print", "-m", "everywhere")
        return received

    def _listening(self, queue: str, command: Path, received: Path) -> int:
        """Start a printer and return its port; another test may take a port that was free a moment ago."""
        kept = ["ippeveprinter", "-k", "-2", "-c", str(command), "-d", str(received), "-f", "application/pdf"]
        for _ in range(STARTS):
            port = free_port()
            printer = self._run([*kept, "-p", str(port), "-n", "localhost", queue])
            until = time.monotonic() + START_SECONDS
            while printer.poll() is None and time.monotonic() < until:
                if listens(port):
                    return port
                time.sleep(0.05)
            printer.kill()
        raise AssertionError(f"no printer starts: {printer.wait()}")

    def silent(self, queue: str) -> socket.socket:
        """Make a queue whose printer takes connections and never says a word."""
        deaf = socket.socket()
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        uri = f"socket://127.0.0.1:{deaf.getsockname()[1]}"
        self.admin("lpadmin", "-p", queue, "-E", "-v", uri, "-m", "raw")
        return deaf

    def admin(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environment(), capture_output=True, text=True, timeout=30, check=False)
        assert done.returncode == 0, (command, done.stderr)
        return done.stdout

    def environment(self) -> dict[str, str]:
        return {**os.environ, "PATH": PATH, "CUPS_SERVER": f"127.0.0.1:{self.port}", "LC_ALL": "C"}

    def stop(self) -> None:
        for process in reversed(self._started):
            process.send_signal(signal.SIGTERM)
        for process in self._started:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _run(self, command: list[str]) -> "subprocess.Popen[bytes]":
        started = subprocess.Popen(
            command,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._started.append(started)
        return started


def _answers(bus: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as tried:
        return tried.connect_ex(str(bus)) == 0


def announce(root: Path) -> list[subprocess.Popen[bytes]]:
    """Start the bus and the announcer that an IPP printer needs; those that run already are left alone."""
    started = []
    environment = {**os.environ, "PATH": PATH}
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    bus = Path("/run/dbus/system_bus_socket")
    if not _answers(bus):
        # A bus that was killed leaves its socket behind.
        bus.unlink(missing_ok=True)
        bus.parent.mkdir(parents=True, exist_ok=True)
        command = ["dbus-daemon", "--system", "--nofork", "--nopidfile"]
        started.append(subprocess.Popen(command, env=environment, **quiet))  # type: ignore[call-overload]
        wait_for(lambda: _answers(bus), "no system bus")
    checked = subprocess.run(["avahi-daemon", "--check"], env=environment, check=False)
    if checked.returncode != 0:
        command = ["avahi-daemon", "--no-drop-root", "--no-chroot", "--no-rlimits"]
        started.append(subprocess.Popen(command, env=environment, **quiet))  # type: ignore[call-overload]
        wait_for(
            lambda: subprocess.run(["avahi-daemon", "--check"], env=environment, check=False).returncode == 0, "avahi"
        )
    assert root.exists()
    return started
