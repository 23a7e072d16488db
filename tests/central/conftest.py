"""The centre's tests run on the PostgreSQL of the wheel and, where it is installed, on Debian's 15."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from tests.central.pen import Ends, Pen
from tests.postgres import DEBIAN_15, CentreDatabase, copy_of, make_template, running_server

from window_app.central.embedded import EmbeddedServer

ABSENT = f"no PostgreSQL 15 in {DEBIAN_15}: apt-get install postgresql-15"
HERE = [
    pytest.param(None, id="embedded"),
    pytest.param(
        DEBIAN_15,
        id="debian15",
        marks=pytest.mark.skipif(not DEBIAN_15.is_dir(), reason=ABSENT),
    ),
]


@pytest.fixture(scope="session", params=HERE)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """A server of each kind, one after the other."""
    with running_server(tmp_path_factory.mktemp("pg"), binaries=request.param) as running:
        yield running


@pytest.fixture(scope="session")
def centre_template(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> CentreDatabase:
    """The centre that fresh ones are copied from."""
    return make_template(server, tmp_path_factory.mktemp("keys"))


@pytest.fixture
def ends(centre: CentreDatabase) -> Iterator[Ends]:
    """Each station's end of the line, by name."""
    with Ends(centre) as made:
        yield made


@pytest.fixture
def centre(centre_template: CentreDatabase) -> Iterator[CentreDatabase]:
    """A centre of one's own."""
    with copy_of(centre_template) as made:
        yield made


@pytest.fixture
def attacker(centre: CentreDatabase) -> Iterator[psycopg.Connection[Any]]:
    """The login of the western counter, as psql has it."""
    with centre.stations["west"].psql() as connection:
        yield connection


@pytest.fixture
def victim(ends: Ends) -> Pen:
    """The eastern counter, with a case and a confidential report at the centre."""
    pen = ends.pen("east")
    pen.receive("310101-1")
    pen.receive("310101-2", office="inspection", **{"class": "confidential"})
    assert pen.push(ends["east"]).acked == 2
    return pen
