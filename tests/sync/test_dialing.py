"""What a server says when it lets nobody in yet: the line is told to come again, not that nobody is there."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from window_app.domain.line import LineDown
from window_app.domain.stores import LineAddress
from window_app.sync.dialing import dial


@contextmanager
def server_that_says(message: str, code: str) -> Iterator[int]:
    """Listen as a PostgreSQL that refuses whoever connects with an error."""
    fields = b"".join(kind + text.encode() + b"\0" for kind, text in ((b"S", "FATAL"), (b"C", code), (b"M", message)))
    answer = b"E" + (len(fields) + 5).to_bytes(4, "big") + fields + b"\0"
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(10_000)
            connection.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        thread.join(5)
        listening.close()


@pytest.mark.parametrize(
    ("message", "code", "reason"),
    [
        ("the database system is in recovery mode", "57P03", "busy"),
        ("the database system is not yet accepting connections", "57P03", "busy"),
        ("the database system is not accepting connections", "57P03", "busy"),
        ("the database system is starting up", "57P03", "busy"),
        ("sorry, too many clients already", "53300", "busy"),
        ("the database system is shutting down", "57P03", "stopping"),
        ('database "window_app" does not exist', "3D000", "login"),
    ],
)
def test_a_server_that_lets_nobody_in_yet_is_called_what_it_is(message: str, code: str, reason: str) -> None:
    with server_that_says(message, code) as port:
        address = LineAddress("127.0.0.1", port, "window_app", "s_1", "secret")
        with pytest.raises(LineDown) as told:
            dial(address, 5.0, lambda: False, None)
    assert told.value.code == f"line.reason.{reason}"
    assert not told.value.sent
