"""Stores to test with, closed at the end whatever happened."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.storage import feeds, halls

from window_app.storage.opened import Store


@pytest.fixture
def hall(tmp_path: Path) -> Path:
    """The directory of a store."""
    return tmp_path / "hall"


@pytest.fixture
def records(hall: Path) -> Iterator[Store]:
    """A fresh store of a counter."""
    opened = halls.make(hall)
    yield opened
    opened.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Store]:
    """A fresh store of the inspection office, which follows the district's feed."""
    opened = feeds.make(tmp_path / "office", feeds.office())
    yield opened
    opened.close()


@pytest.fixture
def hall_of(tmp_path):
    """Stores of further stations, closed at the end."""
    with ExitStack() as stack:

        def make(station):
            made = feeds.make(tmp_path / station.name, station)
            stack.callback(made.close)
            return made

        yield make


@pytest.fixture
def ours(hall_of):
    return hall_of(halls.STATION)


@pytest.fixture
def other(hall_of):
    return hall_of(feeds.counter(2))
