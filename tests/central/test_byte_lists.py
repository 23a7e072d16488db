"""Lists of bytes reach PostgreSQL as what psycopg itself would have sent."""

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from window_app.central.embedded import EmbeddedServer
from window_app.sync.byte_lists import ByteList, take_byte_lists

BYTES = st.lists(st.none() | st.binary(max_size=40), max_size=8)


@pytest.fixture(scope="module")
def connection(server: EmbeddedServer):
    with psycopg.connect(server.dsn, autocommit=True) as opened:
        take_byte_lists(opened)
        yield opened


@settings(deadline=None)
@given(items=BYTES)
def test_a_list_of_bytes_arrives_as_the_same_array(connection, items):
    asked = "SELECT %b::bytea[], array_lower(%b::bytea[], 1)"
    got = connection.execute(asked, (ByteList(items), ByteList(items)), binary=True).fetchone()
    assert got == connection.execute(asked, (items, items), binary=True).fetchone()
    assert got[0] == items
