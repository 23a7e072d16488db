"""Commands on a hall of their own."""

from pathlib import Path

import pytest
from tests.journeys.commands import Commands


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache folder for all commands of the run, so that definitions are read once."""
    return tmp_path_factory.mktemp("commands-home")


@pytest.fixture
def window_app(tmp_path: Path, shared_home: Path) -> Commands:
    return Commands(tmp_path / "data", shared_home)
