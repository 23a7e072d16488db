"""The line of a demonstration: passes TCP on to the centre until somebody cuts it. One loop, no threads."""

import json
import selectors
import socket
from collections.abc import Callable
from contextlib import suppress

_PIECE = 1 << 16
# Whoever takes nothing for so long is cut off, so that nobody else waits for them.
_SECONDS = 10.0


class Forwarder:
    """Listens for stations on one port and for commands on another, on this machine alone."""

    def __init__(self, port: int, control_port: int, token: str, centre_port: Callable[[], int]) -> None:
        """Take the ports; `centre_port` tells where the centre listens now.

        Raises:
            OSError: where somebody else listens on one of them.
        """
        self._token = token
        self._centre_port = centre_port
        self._cut = False
        self._goes_on = True
        self._peers: dict[socket.socket, socket.socket] = {}
        self._selector = selectors.DefaultSelector()
        for at, met in ((port, self._admit), (control_port, self._obey)):
            listening = socket.create_server(("127.0.0.1", at))
            self._selector.register(listening, selectors.EVENT_READ, met)

    def run(self) -> None:
        """Pass on until told to stop."""
        try:
            while self._goes_on:
                for key, _ in self._selector.select():
                    if key.fd >= 0 and isinstance(key.fileobj, socket.socket):
                        key.data(key.fileobj)
        finally:
            for key in list(self._selector.get_map().values()):
                if isinstance(key.fileobj, socket.socket):
                    key.fileobj.close()
            self._selector.close()

    def _admit(self, listening: socket.socket) -> None:
        near, _ = listening.accept()
        if self._cut:
            near.close()
            return
        try:
            far = socket.create_connection(("127.0.0.1", self._centre_port()), timeout=_SECONDS)
        except OSError:
            near.close()
            return
        for end, other in ((near, far), (far, near)):
            end.settimeout(_SECONDS)
            self._peers[end] = other
            self._selector.register(end, selectors.EVENT_READ, self._pass_on)

    def _pass_on(self, end: socket.socket) -> None:
        if end not in self._peers:
            return
        try:
            piece = end.recv(_PIECE)
            if piece:
                self._peers[end].sendall(piece)
                return
        except OSError:
            piece = b""
        self._part(end)

    def _part(self, end: socket.socket) -> None:
        for one in (end, self._peers.pop(end)):
            self._peers.pop(one, None)
            self._selector.unregister(one)
            one.close()

    def _obey(self, listening: socket.socket) -> None:
        asker, _ = listening.accept()
        with asker, suppress(OSError, ValueError, KeyError, TypeError):
            asker.settimeout(1.0)
            said = json.loads(asker.makefile("rb").readline(1000))
            if said["token"] != self._token:
                return
            self._do(str(said["do"]))
            asker.sendall(json.dumps({"cut": self._cut, "connections": len(self._peers) // 2}).encode() + b"\n")

    def _do(self, what: str) -> None:
        if what == "cut":
            self._cut = True
            for end in list(self._peers):
                if end in self._peers:
                    self._part(end)
        elif what == "mend":
            self._cut = False
        elif what == "stop":
            self._goes_on = False
