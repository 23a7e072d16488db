"""What a clerk types as an answer, and what a fact takes of it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_app.services.answers import UNCLEAR, AnswerInvalid, read_answer

CHOICES = {"wages": {"zh": "拖欠工资", "en": "Unpaid wages"}, "other": {"zh": "其他", "en": "Other"}}


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("bool", "是", True),
        ("bool", "没有", False),
        ("bool", True, True),
        ("bool", "Ｙ", True),
        ("integer", "１２", 12),
        ("integer", "十二", 12),
        ("integer", "两千三百", 2300),
        ("integer", 7, 7),
        ("money", "3,500.5元", "3500.50"),
        ("money", "¥18000", "18000"),
        ("money", "1.2万", "12000"),
        ("money", 10000, "10000"),
        ("date", "2026年3月1日", "2026-03-01"),
        ("date", "20260301", "2026-03-01"),
        ("date", "2026/3/1", "2026-03-01"),
        ("date", "２０２６-３-１", "2026-03-01"),
        ("duration", "8个月", "P8M"),
        ("duration", "1年零2个月", "P1Y2M"),
        ("duration", "半年", "P6M"),
        ("duration", "p1y", "P1Y"),
        ("text", " 文字 ", "文字"),
        ("enum", "wages", "wages"),
        ("enum", "拖欠工资", "wages"),
        ("enum", "unpaid wages", "wages"),
    ],
)
def test_an_answer_is_read_as_people_type_it(kind: str, typed: object, value: object) -> None:
    assert read_answer(kind, typed, values=CHOICES) == value


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("bool", "也许", "answer.bool"),
        ("integer", "3.5", "answer.integer"),
        ("integer", True, "answer.integer"),
        ("money", "1.005", "answer.money"),
        ("money", "NaN", "answer.money"),
        ("money", "1e5000000", "answer.money"),
        ("date", "2026-02-30", "answer.no_such_date"),
        ("date", "昨天", "answer.date"),
        ("duration", "一阵子", "answer.duration"),
        ("text", "  ", "answer.empty"),
        ("enum", "nothing", "answer.choice"),
        ("enum", 3, "answer.choice"),
        ("list", "x", "answer.invalid"),
    ],
)
def test_what_is_no_answer_says_what_is_expected(kind: str, typed: object, code: str) -> None:
    with pytest.raises(AnswerInvalid) as raised:
        read_answer(kind, typed, values=CHOICES)
    assert raised.value.code == code


@pytest.mark.parametrize("typed", ["不清楚", "说不清", "unclear", " 不知道 "])
def test_not_clear_is_an_answer_only_where_it_may_be_given(typed: str) -> None:
    assert read_answer("date", typed, unclear=True) == UNCLEAR
    with pytest.raises(AnswerInvalid):
        read_answer("date", typed)


@given(st.sampled_from(["bool", "integer", "money", "date", "duration", "text", "enum"]), st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused_by_code(kind: str, typed: str) -> None:
    with suppress(AnswerInvalid):
        read_answer(kind, typed, values=CHOICES)


@given(st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_an_amount_survives_being_written_and_read_again(yuan: int, cents: int) -> None:
    first = read_answer("money", f"{yuan}.{cents:02d}")
    assert read_answer("money", first) == first
