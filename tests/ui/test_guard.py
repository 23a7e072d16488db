"""The guard that holds over every test of the window can fail."""

import socket
import threading
from pathlib import Path

import pytest

from window_app.app import Entrance
from window_app.ui import thread_guard


@pytest.fixture(autouse=True)
def interface_thread() -> None:
    """This file watches for itself."""


def test_storage_on_the_watching_thread_is_seen(practice_hall: Path) -> None:
    with thread_guard.watched() as found:
        Entrance(practice_hall).describe()
    assert any(call.startswith("window_app.storage") for call in found)


def test_a_socket_on_the_watching_thread_is_seen() -> None:
    with thread_guard.watched() as found:
        socket.getaddrinfo("localhost", None)
    assert found


def test_work_on_another_thread_is_not_seen(practice_hall: Path) -> None:
    with thread_guard.watched() as found:
        worker = threading.Thread(target=Entrance(practice_hall).describe)
        worker.start()
        worker.join()
    assert found == []


def test_plain_work_is_not_seen() -> None:
    with thread_guard.watched() as found:
        sorted(str(number) for number in range(10))
    assert found == []
