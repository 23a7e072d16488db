"""A practice counter with its window, empty or with sample cases."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from tests.postgres import CentreDatabase, centre_template, copy_of, server  # noqa: F401 - fixtures of the centre
from tests.services.visits import visit
from tests.ui.counter_window import MORNING, CounterWindow
from tests.ui.stations import StationWindow

from window_app import paths
from window_app.app import Entrance, building
from window_app.forms import DefinitionSet
from window_app.services.practice import SampleClock
from window_app.ui import thread_guard
from window_app.ui.collector import InterfaceCollector

Open = Callable[..., CounterWindow]
Sit = Callable[..., StationWindow]


@pytest.fixture(scope="session", autouse=True)
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Definitions are parsed once for all windows of the run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def shared_definitions() -> Iterator[None]:
    """A set never changes once it is loaded: all windows of this process work by the one of their folder."""
    load = building.load_set

    @cache
    def loaded(folder: Path) -> DefinitionSet:
        assert folder == paths.definitions_dir()
        return load()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "load_set", lambda: loaded(paths.definitions_dir()))
        yield


@pytest.fixture(scope="session", autouse=True)
def collector(qapp: QApplication) -> Iterator[None]:
    """What no window needs any more dies on this thread, as in the program."""
    taken_over = InterfaceCollector(qapp)
    yield
    taken_over.close()


@pytest.fixture(autouse=True)
def interface_thread() -> Iterator[None]:
    """No test of the window may do storage, printing, PDF or network work on the interface thread."""
    with thread_guard.watched() as found:
        yield
    assert not found, f"on the interface thread: {sorted(set(found))}"


@pytest.fixture
def practice_hall(tmp_path: Path) -> Path:
    """A folder with an empty practice hall."""
    directory = tmp_path / "data"
    with thread_guard.elsewhere():
        Entrance(directory, SampleClock(MORNING)).practise().close()
    return directory


@pytest.fixture
def open_window(qapp: Any, practice_hall: Path) -> Iterator[Open]:
    """Open the window of this test's hall, again and again as after a kill."""
    del qapp
    opened: list[CounterWindow] = []

    def open_it(**options: Any) -> CounterWindow:
        for one in opened:
            one.close()
        opened.clear()
        opened.append(CounterWindow(options.pop("directory", practice_hall), **options))
        return opened[0]

    yield open_it
    for one in opened:
        one.close()


@pytest.fixture
def counter(open_window: Open) -> CounterWindow:
    return open_window()


@pytest.fixture
def collected() -> Callable[[str], dict[str, Any]]:
    return visit


@pytest.fixture
def centre(centre_template: CentreDatabase) -> Iterator[CentreDatabase]:  # noqa: F811 - the fixture of that name
    """A real centre of this test's own."""
    with ExitStack() as held:
        with thread_guard.elsewhere():
            made = held.enter_context(copy_of(centre_template))
        yield made
        with thread_guard.elsewhere():
            held.close()


@pytest.fixture
def sit(qapp: Any, tmp_path: Path, centre: CentreDatabase) -> Iterator[Sit]:
    """Sit down at a station of the centre; a second time its window comes to the front again."""
    del qapp
    windows: dict[str, StationWindow] = {}

    def at(name: str, **options: Any) -> StationWindow:
        if name not in windows:
            windows[name] = StationWindow(tmp_path, centre, name, **options)
        return windows[name].front()

    yield at
    for window in windows.values():
        window.close()
