"""A centre of one's own on the worker's server."""

import pytest
from tests.central.pen import Pen
from tests.postgres import CentreDatabase, centre_template, fresh_centre, server

__all__ = ["centre", "centre_template", "fresh_centre", "pen", "server"]


@pytest.fixture
def centre(fresh_centre: CentreDatabase) -> CentreDatabase:
    return fresh_centre


@pytest.fixture
def pen(centre: CentreDatabase) -> Pen:
    return Pen.of(centre.stations["east"])
