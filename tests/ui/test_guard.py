"""The guard that holds over every test of the window can fail."""

import importlib
import pkgutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType

import pytest

from window_app.app import Entrance
from window_app.storage import store
from window_app.ui import thread_guard


@pytest.fixture(autouse=True)
def interface_thread() -> None:
    """This file watches for itself."""


def test_storage_on_the_watching_thread_is_seen(practice_hall: Path) -> None:
    with thread_guard.watched() as found:
        Entrance(practice_hall).describe()
    assert any(call.startswith("window_app.storage") for call in found)


def test_the_methods_of_an_open_store_are_seen(practice_hall: Path) -> None:
    opened = store.open(practice_hall)
    with thread_guard.watched() as found:
        opened.close()
    assert "window_app.storage.opened.Store.close" in found


def test_a_function_that_another_module_has_a_name_for_is_seen(tmp_path: Path) -> None:
    with thread_guard.watched() as found:
        importlib.import_module("window_app.app.entrance").hosts_centre(tmp_path)
    assert "window_app.central.hosted_line.hosts_centre" in found


def test_a_socket_on_the_watching_thread_is_seen() -> None:
    with thread_guard.watched() as found:
        socket.getaddrinfo("localhost", None)
    assert found


def test_a_process_on_the_watching_thread_is_seen() -> None:
    with thread_guard.watched() as found:
        subprocess.run(["true"], check=True)
    assert "subprocess.run" in found


def test_every_function_and_method_of_the_adapters_is_a_door() -> None:
    with thread_guard.watched():
        plain = {name for name, function in functions() if function.__code__.co_name != "noted"}
        doors = {name for name, function in functions() if function.__code__.co_name == "noted"}
    assert plain == set()
    assert len(doors) > 1000
    assert not any(function.__code__.co_name == "noted" for _, function in functions())


def functions() -> Iterator[tuple[str, FunctionType]]:
    """Return what a call can enter by its name: functions of modules, methods, properties."""
    for part in ("storage", "sync", "central", "documents", "devices"):
        package = importlib.import_module(f"window_app.{part}")
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if info.name.startswith(thread_guard.RUN_BY_OTHERS) or info.name.endswith("__main__"):
                continue
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                if getattr(value, "__module__", None) != module.__name__:
                    continue
                members = vars(value).items() if isinstance(value, type) else [(name, value)]
                for member, each in members:
                    function = getattr(each, "fget", None) or getattr(each, "__func__", each)
                    if isinstance(function, FunctionType) and member not in thread_guard.PASSED_BY:
                        yield f"{module.__name__}.{name}.{member}", function


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
