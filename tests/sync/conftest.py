"""One server a worker and a fresh centre with its counters for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.postgres import CentreDatabase, centre_template, fresh_centre, server  # noqa: F401 # fixtures
from tests.sync.centres import Centre, Station, make_disks


@pytest.fixture(scope="session")
def disks(centre_template: CentreDatabase, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    """The disks of the template's counters."""
    return make_disks(centre_template, tmp_path_factory.mktemp("disks"))


@pytest.fixture
def centre(fresh_centre: CentreDatabase, disks: Path, tmp_path: Path) -> Iterator[Centre]:  # noqa: F811
    """A fresh centre behind a proxy."""
    made = Centre(fresh_centre, disks, tmp_path)
    yield made
    made.close()


@pytest.fixture
def station(centre: Centre) -> Iterator[Callable[[str], Station]]:
    """Open enrolled counters by name; closed at the end."""
    opened: list[Station] = []

    def open_it(name: str) -> Station:
        opened.append(centre.station(name))
        return opened[-1]

    yield open_it
    for one in opened:
        one.close()


@pytest.fixture
def east(station: Callable[[str], Station]) -> Station:
    return station("east")


@pytest.fixture
def west(station: Callable[[str], Station]) -> Station:
    return station("west")
