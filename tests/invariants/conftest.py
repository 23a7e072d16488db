"""One server for all invariant tests of a worker, the ground they stand on, and chance with its seed said."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.invariants.world import Ground, World, make_ground

from window_app.central.embedded import EmbeddedServer

FAST = {"synchronous_commit": "off", "fsync": "off", "full_page_writes": "off"}


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A centre and its stations on a server that nobody stops hard."""
    folder = tmp_path_factory.mktemp("ground")
    with EmbeddedServer(folder / "server", settings=FAST) as server:
        yield make_ground(server.dsn, folder)


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Chance whose seed is printed; WINDOW_APP_SEED repeats a run."""
    seed = int(os.environ.get("WINDOW_APP_SEED") or random.SystemRandom().randrange(10**9))
    print(f"seed {seed} of {request.node.name} (repeat: WINDOW_APP_SEED={seed})")
    request.node.user_properties.append(("seed", seed))
    return random.Random(seed)


@pytest.fixture
def world(ground: Ground, tmp_path: Path) -> Iterator[World]:
    """A fresh world."""
    with World(ground, tmp_path / "world") as made:
        yield made
