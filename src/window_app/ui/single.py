"""One window per store: a second start brings the first to the front."""

import hashlib
from pathlib import Path

from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

WAIT_MS = 500
CALL = b"raise\n"


def door_name(directory: Path) -> str:
    """Return the name under which the window of a data directory listens."""
    return "window-app-" + hashlib.sha256(str(directory.resolve()).encode()).hexdigest()[:16]


class FirstWindow:
    """Listens for a second start and comes to the front."""

    def __init__(self, directory: Path, window: QWidget) -> None:
        self._window = window
        self._server = QLocalServer(window)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        name = door_name(directory)
        QLocalServer.removeServer(name)
        self._server.newConnection.connect(self._called)
        self._server.listen(name)

    def _called(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
            caller.disconnectFromServer()
            self._window.showNormal() if self._window.isMinimized() else None
            self._window.raise_()
            self._window.activateWindow()


def raise_first(directory: Path) -> bool:
    """Bring the window that holds a store to the front; answers whether there was one to hear."""
    caller = QLocalSocket()
    caller.connectToServer(door_name(directory))
    if not caller.waitForConnected(WAIT_MS):
        return False
    caller.write(CALL)
    caller.flush()
    caller.disconnectFromServer()
    return True
