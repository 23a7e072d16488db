"""An enrolment scanned from QR codes is the file, or it is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.services.conftest import MORNING
from tests.services.test_enrolment import AUTHORITY, CLOCK, CODE, FILE, PARTICULARS

from window_app.domain.enrolment_pieces import MARK, PIECE_CHARACTERS, split
from window_app.domain.stores import LineAddress
from window_app.services.enrolment_pieces import EnrolmentPieces
from window_app.services.setup import EnrolmentInvalid, read_enrolment

LINE = LineAddress("centre.example.gov.cn", 6432, "window_app", "station_0123456789abcdef", "p" * 43, "PEM\n" * 300)
TEXTS = split(FILE)


def scanned(texts: tuple[str, ...]) -> EnrolmentPieces:
    pieces = EnrolmentPieces()
    for text in texts:
        pieces.add(text)
    return pieces


def test_in_any_order_they_give_the_enrolment() -> None:
    pieces = scanned(TEXTS[::-1])
    assert (pieces.have, pieces.of, pieces.missing) == (len(TEXTS), len(TEXTS), ())
    assert read_enrolment(pieces.content(), CODE, CLOCK) == read_enrolment(FILE, CODE, CLOCK)


def test_each_text_is_what_a_scanner_can_type() -> None:
    assert len(TEXTS) > 1
    for text in TEXTS:
        assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/-")
        assert len(text) <= PIECE_CHARACTERS + 40
        assert text.startswith(MARK + ":")


def test_the_line_travels_in_the_sealed_part_with_its_certificate() -> None:
    file, code = AUTHORITY.enrol(PARTICULARS, MORNING, line=LINE)
    assert LINE.password.encode() not in file
    assert read_enrolment(scanned(split(file)).content(), code, CLOCK).secrets.line == LINE
    assert read_enrolment(FILE, CODE, CLOCK).secrets.line is None


def test_before_the_last_one_it_says_which_are_missing() -> None:
    pieces = scanned(TEXTS[1:])
    assert not pieces.complete
    assert pieces.missing == (1,)
    with pytest.raises(EnrolmentInvalid) as raised:
        pieces.content()
    assert raised.value.code == "setup.pieces_missing"
    assert pieces.add(TEXTS[0])
    assert not pieces.add(TEXTS[0])
    assert pieces.complete


def test_a_piece_of_another_enrolment_changes_nothing() -> None:
    pieces = scanned(TEXTS[:1])
    other = split(AUTHORITY.enrol(PARTICULARS, MORNING)[0])
    with pytest.raises(EnrolmentInvalid) as raised:
        pieces.add(other[1])
    assert raised.value.code == "setup.piece_other"
    assert pieces.have == 1


@given(st.integers(min_value=0, max_value=len(TEXTS[0]) - 1), st.characters(codec="ascii"))
def test_a_misread_sign_is_noticed(place: int, sign: str) -> None:
    text = TEXTS[0][:place] + sign + TEXTS[0][place + 1 :]
    pieces = EnrolmentPieces()
    if "".join(text.split()).upper() == TEXTS[0]:
        return
    with pytest.raises(EnrolmentInvalid):
        pieces.add(text)
    assert pieces.have == 0


@given(st.text(max_size=900))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(EnrolmentInvalid):
        EnrolmentPieces().add(text)


def test_what_is_no_enrolment_is_not_split() -> None:
    with pytest.raises(ValueError, match="Expecting value"):
        split(b"no json")
    with pytest.raises(ValueError, match="too long"):
        split(json.dumps({"x": [str(n) * 3 for n in range(20000)]}).encode())
