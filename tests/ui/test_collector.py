"""What lives in Qt dies on the interface thread, whatever the workers do."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from window_app.tasks import TaskRunner
from window_app.ui.collector import InterfaceCollector

RINGS = 200


class Witness(QObject):
    """Tells on which thread it died; held by a ring of references, as a closed page is."""

    def __init__(self, died_on: list[int]) -> None:
        super().__init__()
        self.ring = self
        self._died_on = died_on

    def __del__(self) -> None:
        self._died_on.append(threading.get_ident())


@pytest.fixture
def eager() -> Iterator[None]:
    """Python's own thresholds: the suite's are too high for one test."""
    before = gc.get_threshold()
    gc.set_threshold(700, 2, 2)
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("eager")
def test_what_a_page_left_dies_on_the_interface_thread_while_workers_allocate(qapp: QApplication) -> None:
    taken_over = InterfaceCollector(qapp)
    died_on: list[int] = []
    stop = threading.Event()

    def allocate() -> None:
        while not stop.is_set():
            kept = [[] for _ in range(5_000)]  # type: ignore[var-annotated]
            del kept

    with TaskRunner() as tasks:
        working = tasks.submit_free(allocate)
        try:
            for _ in range(RINGS):
                Witness(died_on)
            while len(died_on) < RINGS:
                QApplication.processEvents()
                assert not working.done()
        finally:
            stop.set()
    taken_over.close()
    gc.disable()  # the session's collector goes on
    assert set(died_on) == {threading.get_ident()}


def test_the_collector_is_given_back(qapp: QApplication) -> None:
    InterfaceCollector(qapp).close()
    try:
        assert gc.isenabled()
    finally:
        gc.disable()
