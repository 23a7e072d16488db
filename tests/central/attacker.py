"""What a counter's login in the wrong hands tries: helpers of the tests of attacks."""

from typing import Any

import psycopg
import pytest
from psycopg import errors
from tests.central.pen import Ends


def token_of(ends: Ends, name: str) -> bytes:
    """Return a station's session token."""
    ends[name].hello()
    token = ends[name]._token
    assert token is not None
    return token


def denied(connection: psycopg.Connection[Any], statement: str) -> None:
    """Hold a statement to be refused for want of a right."""
    with pytest.raises((errors.InsufficientPrivilege, errors.UndefinedFunction, errors.UndefinedTable)):
        connection.execute(statement.encode())
