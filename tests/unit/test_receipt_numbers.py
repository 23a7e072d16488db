"""Receipt numbers: one grammar, typed by people, safe against their slips."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from window_app.domain import receipt_numbers
from window_app.domain.receipt_numbers import ALPHABET, ReceiptNumber, ReceiptNumberInvalid, parse

CHARACTERS = st.sampled_from(ALPHABET)
NUMBERS = st.builds(
    ReceiptNumber,
    district=st.from_regex(r"[0-9]{6}", fullmatch=True),
    issue_code=st.text(CHARACTERS, min_size=4, max_size=4),
    drawn_on=st.dates(date(2024, 1, 1), date(2099, 12, 31)),
    serial=st.integers(1, 9999),
    mark=st.text(CHARACTERS, min_size=2, max_size=2),
)
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
LOOK_ALIKES = str.maketrans({"0": "O", "1": "l"})


def refusal(text: str) -> str:
    with pytest.raises(ReceiptNumberInvalid) as refused:
        parse(text)
    return refused.value.code


@given(NUMBERS)
def test_a_number_is_read_back_however_it_is_typed(number):
    shown = str(number)
    for typed in (
        shown,
        shown.lower(),
        shown.replace("-", ""),
        shown.replace("-", " – "),
        f"  {shown}\n",
        shown.translate(LOOK_ALIKES),
        shown.translate(LOOK_ALIKES).upper(),
        shown.translate(FULL_WIDTH),
        shown.replace("-", "－"),
    ):
        assert parse(typed) == number
    assert receipt_numbers.find_in(f"WA1|{shown}|x") == number
    assert len(number.compact) == receipt_numbers.LENGTH


@given(NUMBERS, st.data())
def test_every_single_wrong_character_is_found(number, data):
    compact = number.compact
    at = data.draw(st.integers(0, len(compact) - 1))
    for wrong in ALPHABET:
        if wrong != compact[at]:
            assert refusal(compact[:at] + wrong + compact[at + 1 :]) in {"number.check", "number.character"}


def test_neighbours_that_changed_places_are_found_as_far_as_the_standard_promises():
    """Hybrid systems miss few exchanges: here, two ordered pairs for each of 30 remainders."""
    missed = total = 0
    for running in range(1, 31):
        after = [step(running, value) for value in range(30)]
        for one in range(30):
            for two in range(30):
                if one != two:
                    total += 1
                    missed += step(after[one], two) == step(after[two], one)
    assert total == 30 * 30 * 29
    assert missed == 60


def step(running: int, value: int) -> int:
    return ((running + value) % 30 or 30) * 2 % 31


@given(NUMBERS)
def test_exchanged_neighbours_are_refused_or_are_one_of_the_known_few(number):
    compact = number.compact
    for at, (one, two) in enumerate(pairwise(compact)):
        if one == two:
            continue
        exchanged = compact[:at] + two + one + compact[at + 2 :]
        if receipt_numbers.check_character(exchanged[:-1]) == exchanged[-1]:
            running = 30
            for character in compact[:at]:
                running = step(running, ALPHABET.index(character))
            values = ALPHABET.index(one), ALPHABET.index(two)
            assert step(step(running, values[0]), values[1]) == step(step(running, values[1]), values[0])


@given(NUMBERS)
def test_the_check_character_is_that_of_another_program_for_the_standard(number):
    payload = number.compact[:-1]
    assert receipt_numbers.check_character(payload) == mod_37_36.calc_check_digit(payload, ALPHABET)


def test_a_number_drawn_once_reads_the_same_for_ever():
    number = ReceiptNumber("440305", "A1C2", date(2026, 11, 21), 12, "CB")
    assert str(number) == "440305-A1C2-261121-0012-CBE"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "number.length"),
        ("440305-A1C2-261121-0012-CB", "number.length"),
        ("440305-A1C2-261121-0012-CB€", "number.character"),
        ("440305-A1C2-261121-0012-CBU", "number.character"),
        ("440305-A1C2-261121-0012-CBF", "number.check"),
        ("😀", "number.length"),
    ],
)
def test_what_is_no_number_is_refused_with_the_reason(text, code):
    assert refusal(text) == code


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ("440305A1C22613210012CB", "number.day"),
        ("440305A1C22602300012CB", "number.day"),
        ("44030AA1C22611210012CB", "number.character"),
        ("440305A1C22611210000CB", "number.serial_used_up"),
    ],
)
def test_a_right_check_character_saves_no_wrong_part(payload, code):
    assert refusal(payload + receipt_numbers.check_character(payload)) == code


def test_serials_end_with_the_day():
    with pytest.raises(ReceiptNumberInvalid):
        receipt_numbers.draw("440305", "A1C2", date(2026, 11, 21), 10_000)


def test_practice_shows_in_the_number():
    day = date(2026, 11, 21)
    assert receipt_numbers.draw(receipt_numbers.PRACTICE_DISTRICT, "0000", day, 1).practice
    assert not receipt_numbers.draw("440305", "A1C2", day + timedelta(days=1), 1).practice


def test_two_machines_cloned_from_one_disk_seldom_draw_the_same():
    drawn = {str(receipt_numbers.draw("440305", "A1C2", date(2026, 11, 21), 1)) for _ in range(200)}
    assert len(drawn) > 150


def test_the_alphabet_has_no_look_alikes():
    assert len(ALPHABET) == len(set(ALPHABET)) == 30
    assert not set(ALPHABET) & set("ILOSUZ")
