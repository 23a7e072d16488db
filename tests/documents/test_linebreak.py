"""Chinese line breaking."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_app.documents.linebreak import CLOSING, JOINING, OPENING, atoms, break_lines, ends_half

CHINESE = "依据劳动争议法受理"
MARKS = "，。、；：？！”》）（《“—…"
RUNS = st.sampled_from(["，", "。”", "）。", "《", "：“", "！？", "、", "（“"])
PLAIN = st.text(st.sampled_from(CHINESE + "ab12 "), min_size=1, max_size=4)


def em(text: str) -> float:
    return float(len(text))


@given(st.lists(st.one_of(PLAIN, st.text(st.sampled_from(MARKS), min_size=1, max_size=4)), max_size=60).map("".join))
def test_pieces_put_together_are_the_text(text: str) -> None:
    assert "".join(atoms(text)) == text


@given(st.lists(st.tuples(PLAIN, RUNS), max_size=40))
def test_no_line_begins_with_a_closing_or_ends_with_an_opening_mark(parts: list[tuple[str, str]]) -> None:
    text = "".join(plain + marks for plain, marks in parts) + "终"
    lines = break_lines(text, 16, em)
    assert all(len(line) <= 16 for line in lines)
    assert not [line for line in lines if line and line[0] in CLOSING and len(lines) > 1 and line is not lines[0]]
    assert not [line for line in lines if line and line[-1] in OPENING]
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    "whole",
    ["2026-11-27", "1,234.50", "abc@example.com", "12:30", "GB/T", "9704-2012", "50%", "……", "——"],
)
def test_numbers_words_dashes_and_ellipses_are_not_torn(whole: str) -> None:
    for before in range(1, 20):
        lines = break_lines("依" * before + whole + "据" * 9, 16, em)
        assert sum(whole in line for line in lines) == 1


def test_marks_stay_with_what_they_mark() -> None:
    assert atoms("他说：“好！”（见《法》）。") == ["他", "说：", "“好！”", "（见", "《法》）。"]


def test_what_is_wider_than_a_line_is_torn() -> None:
    assert [len(line) for line in break_lines("a" * 25, 10, em)] == [10, 10, 5]
    assert "".join(break_lines("据" + "！" * 25, 10, em)) == "据" + "！" * 25


def test_line_ends_in_the_text_are_kept_and_the_first_line_is_indented() -> None:
    assert break_lines("一二三四五六\r\n七八", 5, em, 2) == ["一二三", "四五六", "七八"]


def test_a_space_at_the_end_of_a_line_is_dropped() -> None:
    lines = break_lines("word another words", 8, em)
    assert lines == ["word", "another", "words"]
    assert not any(re.search(r"^ | $", line) for line in lines)


EVERYTHING = st.text(
    st.sampled_from(CHINESE + MARKS + "ab12９Ａéж \u3000/／\u00a0·～" + "e\u0301" + "葛\U000e0100"), max_size=80
)


@given(EVERYTHING, st.integers(2, 30), st.booleans())
def test_whatever_is_written_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int, lonely: bool) -> None:
    lines = break_lines(text, width, em, hang=0.5, lonely=lonely)
    blanks = str.maketrans("", "", " \u3000")
    assert "".join(lines).translate(blanks) == text.translate(blanks)
    assert all(em(line) - 0.5 * ends_half(line) <= width for line in lines)


@given(EVERYTHING, st.integers(24, 40))
def test_where_there_is_room_no_line_begins_or_ends_with_what_may_not(text: str, width: int) -> None:
    pieces = atoms(text)
    if max(map(len, pieces), default=0) > width:
        return
    lines = [line for line in break_lines(text, width, em, hang=0.5, lonely=False) if line.strip()]
    for before, after in pairwise(lines):
        assert after.lstrip(" \u3000")[:1] not in set(CLOSING + JOINING)
        assert before.rstrip(" \u3000")[-1:] not in set(OPENING + JOINING)


@pytest.mark.parametrize(
    "whole", ["和/或", "２０２６", "１２．５", "e\u0301t", "葛\U000e0100", "12\u00a0元", "Ünïcode", "Москва"]
)
def test_what_belongs_together_is_not_torn(whole: str) -> None:
    for before in range(1, 20):
        lines = break_lines("依" * before + whole + "据" * 9, 16, em)
        assert sum(whole in line for line in lines) == 1


@pytest.mark.parametrize("word", ["a" * 3000, "！" * 3000, "１" * 3000, "/" * 3000])
def test_a_word_of_three_thousand_characters_is_torn_and_its_marks_stay_with_a_letter(word: str) -> None:
    lines = break_lines(f"据（{word}）。后", 30, em)
    assert "".join(lines) == f"据（{word}）。后"
    assert all(len(line) <= 30 for line in lines)
    if word[0] == "a":
        assert not [line for line in lines if line.endswith("（") or line.startswith(("）", "。"))]


def test_a_mark_at_the_end_of_a_line_takes_half_its_width() -> None:
    assert break_lines("一二三四五，六", 5.5, em) == ["一二三四", "五，六"]
    assert break_lines("一二三四五，六", 5.5, em, hang=0.5) == ["一二三四五，", "六"]


def test_a_character_alone_in_the_last_line_is_given_company() -> None:
    assert break_lines("一二三四五六。", 5, em) == ["一二三四五", "六。"]
    assert break_lines("一二三四五六。", 5, em, lonely=False) == ["一二三四", "五六。"]
