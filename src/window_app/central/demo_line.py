"""The switch of a demonstration's line, for whoever stands in one of its folders."""

import json
import socket
from dataclasses import dataclass, field
from pathlib import Path

from window_app.errors import WindowAppError

DEMO_FILE = "demo.json"
_SECONDS = 5.0


class DemoNotRunning(WindowAppError):
    """The demonstration's centre does not run, or this is no folder of a demonstration. Params: folder."""

    code = "demo.not_running"


@dataclass(frozen=True, slots=True)
class DemoLine:
    """The line between the stations of a demonstration and its centre."""

    folder: Path
    control_port: int
    token: str = field(repr=False)

    def is_cut(self) -> bool:
        """Answer whether the line is cut.

        Raises:
            DemoNotRunning.
        """
        return self._ask("status")

    def cut(self) -> None:
        """Cut the line: connections end, new ones are refused.

        Raises:
            DemoNotRunning.
        """
        self._ask("cut")

    def mend(self) -> None:
        """Let connections pass again.

        Raises:
            DemoNotRunning.
        """
        self._ask("mend")

    def stop(self) -> None:
        """End the demonstration's centre.

        Raises:
            DemoNotRunning.
        """
        self._ask("stop")

    def _ask(self, what: str) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.control_port), timeout=_SECONDS) as asked:
                asked.sendall(json.dumps({"token": self.token, "do": what}).encode() + b"\n")
                return bool(json.loads(asked.makefile("rb").readline(1000))["cut"])
        except (OSError, ValueError, KeyError, TypeError):
            raise DemoNotRunning(folder=self.folder.name) from None


def find_demo(directory: Path) -> DemoLine | None:
    """Return the switch of the demonstration that a folder is or stands in; None outside of any."""
    for folder in (directory, directory.absolute().parent):
        try:
            said = json.loads((folder / DEMO_FILE).read_text("utf-8"))
            return DemoLine(folder, int(said["control_port"]), str(said["token"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return None
