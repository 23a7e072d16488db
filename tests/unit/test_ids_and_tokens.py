"""Ids grow; tokens tell the same person without telling who."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_app.domain.ids import IdSource, new_id
from window_app.domain.tokens import lookup_token, normalised_number

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
KEY = b"d" * 32


@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=50))
def test_ids_grow_whatever_the_clock_does(steps):
    source = IdSource()
    ids = [source.new_id(NOW + timedelta(milliseconds=step)) for step in steps]
    assert ids == sorted(set(ids))
    assert {(made.version, made.variant) for made in ids} == {(7, "specified in RFC 4122")}


def test_an_id_begins_with_its_moment():
    made = IdSource().new_id(NOW)
    assert made.int >> 80 == int(NOW.timestamp() * 1000)


def test_threads_share_one_source_without_doubles():
    made: list[object] = []

    def make():
        made.extend(new_id(NOW) for _ in range(500))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 4000


def test_a_moment_before_all_clocks_still_gives_an_id():
    assert IdSource().new_id(datetime(1960, 1, 1, tzinfo=UTC)).version == 7


@pytest.mark.parametrize(
    "written", ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_a_number_has_one_token_however_it_is_written(written):
    assert lookup_token(KEY, "person", written) == lookup_token(KEY, "person", "11010519491231002X")


def test_the_first_generation_of_a_resident_number_is_the_same_person():
    assert normalised_number("110105491231002") == "11010519491231002X"


def test_district_and_kind_keep_tokens_apart():
    token = lookup_token(KEY, "person", "11010519491231002X")
    assert len(bytes.fromhex(token)) == 32
    assert token != lookup_token(b"e" * 32, "person", "11010519491231002X")
    assert token != lookup_token(KEY, "employer", "11010519491231002X")


def test_nobody_has_no_token():
    with pytest.raises(ValueError, match="empty"):
        lookup_token(KEY, "person", " - ")
    with pytest.raises(ValueError, match="32 bytes"):
        lookup_token(b"short", "person", "1")
