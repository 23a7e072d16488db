"""Field types: what is typed at a counter, good and bad."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from window_app.forms.definitions import FieldDefinition, FieldType
from window_app.forms.fields import check_field, parse_field, told_by_number

TODAY = date(2026, 11, 21)


def field(kind: str, **more) -> FieldDefinition:
    return FieldDefinition("field", FieldType(kind), {"zh": "字段", "en": "Field"}, **more)


def stored(of: FieldDefinition, value: object):
    parsed = parse_field(of, value, TODAY)
    assert parsed is not None
    return parsed.stored


def fault(of: FieldDefinition, value: object) -> str:
    problem = check_field(of, value, TODAY)
    assert problem is not None
    assert problem.severity == "error"
    return problem.code


def with_check(first: str) -> str:
    return first + mod_11_2.calc_check_digit(first)


# --- text ---


@pytest.mark.parametrize(
    "kind", ["text", "long_text", "person_name", "resident_id", "date", "money", "choice", "phone"]
)
@pytest.mark.parametrize("value", [None, "", "   ", "\u3000"])
def test_nothing_entered_is_no_problem(kind, value):
    assert check_field(field(kind), value, TODAY) is None
    assert parse_field(field(kind), value, TODAY) is None


@pytest.mark.parametrize("name", ["𬭚", "张䶮", "阿卜杜热合曼·买买提", "O’Connor, José", "李👩‍👩‍👧", "\u3406\ufa11"])
def test_every_character_of_a_name_is_kept_as_it_is(name):
    assert stored(field("person_name"), f" {name} ") == name


def test_names_are_counted_in_characters_and_not_in_utf16_units():
    assert stored(field("person_name"), "𬭚" * 200) == "𬭚" * 200
    assert fault(field("person_name"), "𬭚" * 201) == "field.too_long"


def test_ten_thousand_characters_of_statement_are_taken():
    assert len(stored(field("long_text"), "拖" * 10_000)) == 10_000
    problem = check_field(field("long_text", max_length=10_000), "拖" * 10_001)
    assert problem is not None
    assert (problem.code, problem.params) == ("field.too_long", {"length": 10_001, "limit": 10_000})


@pytest.mark.parametrize(
    ("kind", "value", "position", "character"),
    [
        ("text", "张\x00三", 2, "U+0000"),
        ("text", "𬭚𬭚\x07", 3, "U+0007"),
        ("text", "张\n三", 2, "U+000A"),
        ("text", "张\t三", 2, "U+0009"),
        ("long_text", "第一行\r\n第二行\x1b", 8, "U+001B"),
        ("person_name", "张\x85三", 2, "U+0085"),
        ("person_name", "张\ud86d", 2, "U+D86D"),
        ("phone", "139\x001234", 4, "U+0000"),
    ],
)
def test_a_control_character_is_refused_with_its_place(kind, value, position, character):
    problem = check_field(field(kind), value)
    assert problem is not None
    assert problem.code == "field.control_character"
    assert problem.params == {"position": position, "character": character}


def test_a_statement_may_have_lines_and_tabs():
    assert stored(field("long_text"), "一\r\n\t二\n三") == "一\n\t二\n三"


@given(st.text(max_size=150))
def test_text_is_taken_whole_or_refused_but_never_changed(text):
    problem = check_field(field("text"), text)
    if problem is None and text.strip():
        assert stored(field("text"), text) == text.strip()
    elif problem is not None:
        assert problem.code == "field.control_character"


@pytest.mark.parametrize("kind", ["text", "resident_id", "uscc", "date", "phone", "choice", "money"])
@pytest.mark.parametrize("value", [["x"], {"a": "b"}, True])
def test_a_value_of_the_wrong_kind_is_refused_and_not_a_crash(kind, value):
    assert fault(field(kind), value) == "field.not_text"


# --- resident numbers ---


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("11010519491231002", "resident"),
        ("44052419800101001", "resident"),
        ("81000019900307203", "hk_macao_taiwan"),
        ("82000019850512114", "hk_macao_taiwan"),
        ("83000019770923305", "hk_macao_taiwan"),
        ("93115619900101123", "foreigner"),
    ],
)
def test_residents_hong_kong_macao_taiwan_residents_and_foreigners_pass(first, kind):
    number = with_check(first)
    assert stored(field("resident_id"), number) == number
    filled = told_by_number(field("resident_id", fills={"birth_date": "born", "sex": "gender", "kind": "card"}), number)
    assert filled["born"] == f"{first[6:10]}-{first[10:12]}-{first[12:14]}"
    assert filled["gender"] == ("male" if int(first[16]) % 2 else "female")
    assert filled["card"] == kind


def test_the_number_of_the_standard_with_its_x():
    assert stored(field("resident_id"), "11010519491231002x") == "11010519491231002X"
    assert stored(field("resident_id"), "110105 19491231 002Ｘ") == "11010519491231002X"


def test_the_old_card_of_foreigners_passes_and_tells_no_birth_date():
    of = field("resident_id", fills={"birth_date": "born", "kind": "card"})
    assert stored(of, "usa110076010102") == "USA110076010102"
    assert told_by_number(of, "USA110076010102") == {"card": "foreigner"}


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("110105194912310021", "field.resident_id_check"),
        ("110105491231002", "field.resident_id_old"),
        ("1101051949123100", "field.resident_id_length"),
        ("11010519491231002XX", "field.resident_id_length"),
        ("11010519491231A02X", "field.resident_id_form"),
        (with_check("16010519491231002"), "field.resident_id_region"),
        (with_check("11010519490231002"), "field.resident_id_birth"),
        (with_check("11010518991231002"), "field.resident_id_birth"),
        (with_check("11010520261122002"), "field.resident_id_birth"),
        ("US1110076010102", "field.resident_id_length"),
    ],
)
def test_a_number_that_cannot_be_right_says_why(number, code):
    of = field("resident_id", fills={"birth_date": "born"})
    assert fault(of, number) == code
    assert told_by_number(of, number, TODAY) == {}


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(place, change):
    good = with_check("44052419800101001")
    bad = good[:place] + str((int(good[place]) + change) % 10) + good[place + 1 :]
    assert check_field(field("resident_id"), bad, TODAY) is not None


def test_faults_never_repeat_the_number():
    problem = check_field(field("resident_id"), "110105194912310021", TODAY)
    assert problem is not None
    assert "1949" not in str(problem)


# --- social credit codes ---


@pytest.mark.parametrize(
    "code",
    ["91110000600037341L", "9 1 110000 600037341l", "９１１１００００６０００３７３４１Ｌ"],
)
def test_codes_of_companies_pass(code):
    assert stored(field("uscc"), code) == "91110000600037341L"


@pytest.mark.parametrize("department", "123456789ANY")
def test_codes_of_every_department_pass(department):
    from stdnum.cn.uscc import calc_check_digit

    first = f"{department}1110000600037341"
    assert stored(field("uscc"), first + calc_check_digit(first)) == first + calc_check_digit(first)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("911100006000373410", "field.uscc_check"),
        ("91110000600037341", "field.uscc_length"),
        ("110000600037341", "field.uscc_old"),
        ("60003734-1", "field.uscc_old"),
        ("9111000060003734IL", "field.uscc_form"),
        ("91A1000060003734LL", "field.uscc_form"),
    ],
)
def test_a_code_that_cannot_be_right_says_why(code, why):
    assert fault(field("uscc"), code) == why


# --- dates ---


@pytest.mark.parametrize(
    "typed", ["2026-03-01", "2026/3/1", "2026.03.01", "2026年3月1日", "20260301", "２０２６－０３－０１", " 2026-3-1 "]
)
def test_dates_are_taken_as_they_are_written_in_china(typed):
    assert stored(field("date"), typed) == "2026-03-01"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2026-02-30", "field.date_impossible"),
        ("2025-02-29", "field.date_impossible"),
        ("2026-13-01", "field.date_impossible"),
        ("2026-00-10", "field.date_impossible"),
        ("0000-01-01", "field.date_impossible"),
        ("1850-01-01", "field.date_range_of_years"),
        ("2999-01-01", "field.date_range_of_years"),
        ("yesterday", "field.date_form"),
        ("26-3-1", "field.date_form"),
        ("2026-03", "field.date_form"),
        ("٢٠٢٦-03-01", "field.date_form"),
    ],
)
def test_impossible_dates_are_refused(typed, code):
    assert fault(field("date"), typed) == code


def test_a_date_may_be_bound_to_today_and_to_a_day():
    past = field("date", maximum="today")
    assert stored(past, "2026-11-21") == "2026-11-21"
    assert fault(past, "2026-11-22") == "field.date_future"
    assert check_field(past, "2026-11-22") is None
    since = field("date", minimum=date(2008, 5, 1), maximum=date(2026, 6, 30))
    assert fault(since, "2008-04-30") == "field.date_early"
    assert fault(since, "2026-07-01") == "field.date_late"


def test_a_period_may_be_open_but_not_backwards():
    assert stored(field("date_range"), {"from": "2026-3-1", "to": ""}) == {"from": "2026-03-01"}
    assert parse_field(field("date_range"), {"from": "", "to": None}) is None
    assert fault(field("date_range"), {"from": "2026-03-02", "to": "2026-03-01"}) == "field.date_range_order"
    assert fault(field("date_range"), {"from": "2026-03-02", "til": "2026-03-01"}) == "field.date_range_form"
    assert fault(field("date_range"), "2026-03-02") == "field.date_range_form"
    assert fault(field("date_range"), {"from": "2026-02-30"}) == "field.date_impossible"


# --- money and numbers ---


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12000", "12000.00"),
        ("12,000.5", "12000.50"),
        ("￥12000.50元", "12000.50"),
        ("１２０００．５０", "12000.50"),
        ("0.01", "0.01"),
        ("999999999999.99", "999999999999.99"),
        (12000, "12000.00"),
        (0.1, "0.10"),
        ("0012", "12.00"),
    ],
)
def test_amounts_are_kept_to_the_fen(typed, kept):
    parsed = parse_field(field("money"), typed)
    assert parsed is not None
    assert (parsed.stored, parsed.value) == (kept, Decimal(kept))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1000000000000", "field.money_too_large"),
        (10**12, "field.money_too_large"),
        ("9" * 50, "field.money_too_large"),
        ("9" * 100_000, "field.money_form"),
        ("-1", "field.too_small"),
        ("1.005", "field.money_places"),
        ("1e5", "field.money_form"),
        ("1e999999", "field.money_form"),
        (Decimal("1e999999"), "field.money_form"),
        (1e300, "field.money_form"),
        pytest.param(10**5000, "field.too_many_digits", id="five thousand digits"),
        ("1,00", "field.money_form"),
        ("NaN", "field.money_form"),
        (float("nan"), "field.money_form"),
        (float("inf"), "field.money_form"),
        ("三千", "field.money_form"),
        ("12 000", "field.money_form"),
    ],
)
def test_amounts_that_make_no_sense_are_refused(typed, code):
    assert fault(field("money"), typed) == code


def test_a_claim_of_nothing_is_refused_where_the_definition_says_so():
    assert stored(field("money"), "0") == "0.00"
    assert fault(field("money", minimum=Decimal("0.01")), "0") == "field.zero"
    assert fault(field("money", minimum=Decimal(100)), "99.99") == "field.too_small"
    assert fault(field("money", maximum=Decimal(100)), "100.01") == "field.too_large"


@given(st.decimals(0, Decimal("999999999999.99"), places=2))
def test_any_amount_comes_back_as_it_was(amount):
    parsed = parse_field(field("money"), f"{amount:.2f}")
    assert parsed is not None
    assert parsed.value == amount


def test_whole_numbers():
    assert stored(field("integer"), "３") == 3
    assert stored(field("integer"), 12) == 12
    assert fault(field("integer"), "1.5") == "field.integer_form"
    assert fault(field("integer"), "9" * 5000) == "field.integer_form"
    assert fault(field("integer", minimum=Decimal(1)), 0) == "field.zero"
    assert fault(field("integer", maximum=Decimal(5)), 6) == "field.too_large"


# --- choices, flags, phones ---


def test_only_listed_choices_are_taken():
    of = field("choice", values={"male": {"zh": "男", "en": "Male"}})
    assert stored(of, "male") == "male"
    assert fault(of, "男") == "field.choice_unknown"


@pytest.mark.parametrize(("value", "kept"), [(True, True), (False, False), ("true", True), ("false", False)])
def test_flags(value, kept):
    assert stored(field("bool"), value) is kept


@pytest.mark.parametrize("value", ["yes", "是", 1, 0])
def test_anything_else_is_no_flag(value):
    assert fault(field("bool"), value) == "field.not_bool"


@pytest.mark.parametrize(
    "number",
    [
        "13912345678", "139 1234 5678", "0512-65123456", "010-12345678", "(0512)65123456", "0512-65123456转801",
        "65123456", "12333", "12345", "12348", "110", "10086", "95588", "96123", "400-810-8888", "8008108888",
        "+852 2345 6789", "１３９１２３４５６７８",
    ],
)  # fmt: skip
def test_numbers_that_can_be_called_are_taken(number):
    assert check_field(field("phone"), number) is None


@pytest.mark.parametrize("number", ["1391234567", "139123456789", "123", "99999", "abc", "0512-6512", "12912345678"])
def test_numbers_that_cannot_be_called_are_refused(number):
    assert fault(field("phone"), number) == "field.phone_form"


def test_a_region_and_an_address_are_text():
    assert stored(field("region"), "320506") == "320506"
    assert stored(field("address"), "苏州市吴中区䶮路 1 号") == "苏州市吴中区䶮路 1 号"
    assert fault(field("address"), "路" * 301) == "field.too_long"


@given(st.sampled_from(list(FieldType)), st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none()))
def test_no_input_whatever_breaks_a_field(kind, value):
    of = replace(field("text"), type=kind, values={"a": {"zh": "甲", "en": "A"}}, maximum=None)
    problem = check_field(of, value, TODAY)
    assert problem is None or problem.code.startswith("field.")
