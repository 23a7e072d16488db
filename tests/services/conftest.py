"""A practice desk in a folder of its own, on the real store, forms, rules and papers."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.services.offices import District, Place
from tests.services.visits import visit

from window_app import paths, settings
from window_app.app import build_desk, practice_secrets, practice_station
from window_app.domain.visits import VisitDraft
from window_app.forms import DefinitionSet, load_definitions
from window_app.services.desk import Desk
from window_app.services.practice import SampleClock
from window_app.services.session import Session
from window_app.storage import store

MORNING = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def law() -> DefinitionSet:
    return load_definitions(paths.definitions_dir())


@pytest.fixture
def shared_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tests that open halls by themselves read the definitions once for all of a worker."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "shared-cache"))


@pytest.fixture
def clock() -> SampleClock:
    return SampleClock(MORNING)


@pytest.fixture
def open_desk(tmp_path: Path, law: DefinitionSet, clock: SampleClock) -> Iterator[Callable[[], Desk]]:
    """Open the desk of this test's hall, again and again as after a kill."""
    directory = tmp_path / "data"
    opened: list[Desk] = []

    def open_it() -> Desk:
        if opened:
            opened[-1].close()
        if store.describe(directory) is None:
            store.create(directory, practice_station(), practice_secrets(), None, clock=clock).close()
        records = store.open(directory, clock=clock)
        desk = build_desk(directory, records, Session("c1", "李窗口"), settings.Settings(), clock, law)
        opened.append(desk)
        return desk

    yield open_it
    if opened:
        opened[-1].close()


@pytest.fixture
def desk(open_desk: Callable[[], Desk]) -> Desk:
    return open_desk()


@pytest.fixture
def draft_of(desk: Desk) -> Callable[[str], VisitDraft]:
    """Return the draft of a collected visit."""
    return lambda name: desk.intake.from_json(visit(name))


@pytest.fixture
def district(tmp_path: Path, law: DefinitionSet, clock: SampleClock) -> Iterator[District]:
    """Stations that hand each other their events without a centre."""
    made = District(tmp_path, law, clock)
    yield made
    made.close()


@pytest.fixture
def counter(district: District) -> Place:
    return district.open("A1C1")


@pytest.fixture
def inspection(district: District) -> Place:
    return district.open("J1C1", "inspection", "j7")


@pytest.fixture
def arbitration(district: District) -> Place:
    return district.open("Z1C1", "arbitration", "z3")
